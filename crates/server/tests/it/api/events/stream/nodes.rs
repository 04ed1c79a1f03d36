//! Several nodes on one database. On SQLite, which one process has for itself, they are two servers in this one.

use std::sync::Arc;

use dispatch_testkit::{Kind, both, until};
use futures_util::FutureExt;

use super::{meanwhile, open, tag, ticket};
use crate::api::id;

both! {
    async fn every_stream_sees_every_event_whichever_node_wrote_it(app) {
        let (brand, other) = (app.brand("acme").await, app.node().await);
        let nodes = [app, &other];
        let mut streams = [open(app, &brand, "").await, open(&other, &brand, "").await];
        for round in 0..4 {
            ticket(nodes[round % 2], &brand).await;
            // Nobody has told the other node: it looks by itself.
            nodes[(round + 1) % 2].tick().await;
        }
        let log = app.events(&brand).await;
        for stream in &mut streams {
            assert_eq!(stream.events(log.len() - 1).await, log[1..]);
        }
    }

    async fn a_key_that_is_revoked_on_one_node_ends_its_streams_on_another(app) {
        let (brand, other) = (app.brand("acme").await, app.node().await);
        let made = app.post("/accounts/me/api-keys", serde_json::json!({ "name": "K", "allBrands": true })).await;
        let made = made.created();
        let key = made["key"].as_str().unwrap().to_owned();
        let mut stream = super::super::open_as(&other, &key, &brand, "").await;
        let end = meanwhile(&mut stream, async {
            app.delete(&format!("/accounts/me/api-keys/{}", id(&made))).await.with(204);
            app.advance_ms(15_000);
            other.tick().await;
        });
        assert_eq!(end.await, None);
    }
}

/// The hint alone, without anybody who looks by himself: what one node commits wakes who follows on another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_on_one_node_wakes_who_follows_on_another() {
    dispatch_testkit::run(Kind::Postgres, async |app| {
        let other = app.node().await;
        let (acme, quiet) = (app.brand("acme").await, app.brand("quiet").await);
        app.db.listen();
        other.db.listen();
        let follow = |brand: &str| {
            let wake = Arc::<tokio::sync::Notify>::default();
            let brand = dispatch_model::BrandId::from(brand.trim_start_matches("/brands/"));
            (other.db.signals().follow(&brand, wake.clone()), wake)
        };
        let (_acme, woken) = follow(&acme);
        let (_quiet, not_woken) = follow(&quiet);
        let mut round = 0;
        // The first ones may be written before this node has heard that the other one follows.
        until("the other node is woken", async || {
            round += 1;
            tag(app, &acme, &round.to_string()).await;
            woken.notified().now_or_never().is_some()
        })
        .await;
        assert!(not_woken.notified().now_or_never().is_none(), "nothing happened there");
    })
    .await;
}
