//! Trap 1: a client that goes away in the middle of a write. The write goes on, whole; nothing stays locked.

use std::{
    future::Future,
    pin::{Pin, pin},
    task::Poll,
};

use dispatch_store::{Lane, Result};
use dispatch_testkit::{both, until};
use serde_json::json;

use super::given::{ask, hold, hold_with, id, names, put, works};

/// Polls a future once and drops it: what a server does with the request of a client that is gone. Says whether it was
/// still under way.
async fn begin_and_drop<T>(future: impl Future<Output = T>) -> bool {
    let mut future = pin!(future);
    std::future::poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending())).await
}

both! {
    async fn a_request_dropped_while_it_waits_for_its_lane_is_carried_out_whole(app) {
        let brand = app.brand("acme").await;
        let held = hold(&app.db, Lane::Brand(id(&brand))).await;
        let (before, path) = (app.db.waiting(), format!("{brand}/tickets"));
        let mut request = Box::pin(app.post(&path, json!({ "title": "Gone", "customerEmail": "j@x.io" })));
        // The credential is looked up first; the write is queued some polls later.
        until("the write is queued", async || {
            let _still_waiting = tokio::time::timeout(std::time::Duration::from_millis(20), &mut request).await;
            app.db.waiting() > before
        })
        .await;
        drop(request);
        held.release().await.unwrap();
        let ticket = app.ticket(&brand, json!({ "title": "Next" })).await;
        assert_eq!(ticket["ticketNumber"], "DT-1002");
        let kinds: Vec<_> = app.events(&brand).await.iter().map(|event| event["type"].clone()).collect();
        assert_eq!(kinds, ["brand.created", "customer.created", "ticket.created", "ticket.created"]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_caller_dropped_while_its_operation_runs_leaves_it_whole_and_nothing_locked(app) {
        let brand = app.brand("acme").await;
        let lane = Lane::Brand(id(&brand));
        let (db, held_lane) = (app.db.clone(), lane.clone());
        let held = hold_with(move |gate| async move {
            let operation = db.write(held_lane, "test.dropped", move |tx| {
                let gate = gate.clone();
                Box::pin(async move {
                    put(tx, "before").await?;
                    gate.pass(tx).await;
                    put(tx, "behind").await
                })
            });
            let operation: Pin<Box<dyn Future<Output = Result<()>> + Send>> = Box::pin(operation);
            assert!(begin_and_drop(operation).await, "the gate holds it");
            Ok(())
        })
        .await;
        held.release().await.unwrap();
        works(&app.db, lane).await;
        assert_eq!(names(&app.db).await, ["before", "behind", "works"]);
        if app.db.dialect() == dispatch_store::Dialect::Postgres {
            let idle = "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database()
                AND state LIKE 'idle in transaction%'";
            until("no transaction stays open", async || ask(&app.db, idle).await.is_empty()).await;
        }
    }

    async fn a_caller_dropped_while_it_reads_does_not_keep_its_connection(app) {
        for _ in 0..50 {
            begin_and_drop(app.db.read("test.read", |tx| Box::pin(dispatch_store::inspect::answers(tx)))).await;
        }
        works(&app.db, Lane::Account).await;
        if app.db.dialect() == dispatch_store::Dialect::Postgres {
            let others = "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database()
                AND state LIKE 'idle in transaction%'";
            until("the dropped reads end", async || ask(&app.db, others).await.is_empty()).await;
        }
    }
}
