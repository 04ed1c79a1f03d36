//! Workers that die between two steps, and workers that share the work.

use dispatch_desk::{
    automations::{Acts, Rules, Stopped},
    webhooks::Step,
};
use dispatch_model::{
    BrandId,
    event::{Act, Actor},
};
use dispatch_store::Lane;
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{automation, runs};
use crate::api::{events_of, given::path};

/// One step of the consumer, as a worker does it that is ended behind it.
async fn step(app: &TestApp, brand: &str) -> Step {
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    let seams = app.app.seams();
    let act = || Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let (acts, lane) = (Acts { own: act(), run: act() }, Lane::Brand(brand.clone()));
    let rules = Rules { base_url: String::new(), max_depth: 5 };
    let done: Result<Step, Stopped> = app
        .db
        .write(lane, "test.step", move |tx| {
            let (acts, brand, rules) = (acts.clone(), brand.clone(), rules.clone());
            Box::pin(async move { dispatch_desk::automations::consume(tx, &acts, &brand, &rules, None).await })
        })
        .await;
    done.expect("a step")
}

both! {
    async fn a_crash_between_two_steps_repeats_nothing_and_loses_nothing(app) {
        let brand = app.brand("acme").await;
        let rules = [
            automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "add_note", "body": "1" }])).await,
            automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "add_note", "body": "2" }])).await,
        ];
        let tickets = [app.ticket(&brand, json!({ "title": "One" })).await, app.ticket(&brand, json!({ "title": "Two" })).await];
        // A worker comes as far as the first run, and the next one takes it from there.
        let first = step(app, &brand).await;
        assert_eq!((first.more, first.ran.is_some()), (true, true));
        assert_eq!((runs(app, &rules[0]).await.len(), runs(app, &rules[1]).await.len()), (1, 0));
        app.drain().await;
        for rule in &rules {
            assert_eq!(runs(app, rule).await.len(), 2);
        }
        for ticket in &tickets {
            let comments = app.get(&format!("{}/comments", path(&brand, ticket))).await.ok();
            assert_eq!(crate::api::each(&comments, "body"), ["1", "2"]);
        }
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn two_nodes_run_each_automation_once(app) {
        let brand = app.brand("acme").await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "add_note", "body": "Once" }])).await;
        for count in 0..20 {
            app.ticket(&brand, json!({ "title": format!("{count}") })).await;
        }
        let other = app.node().await;
        let workers = [app.worker(), other.worker(), app.worker()];
        let drained: Vec<_> = workers.into_iter().map(|worker| tokio::spawn(async move { worker.drain().await })).collect();
        for one in drained {
            one.await.unwrap().unwrap();
        }
        app.drain().await;
        assert_eq!(runs(app, &rule).await.len(), 20);
        let notes = events_of(app, &brand, "comment.created").await;
        assert_eq!(notes.len(), 20);
        assert_eq!(app.get(&rule).await.ok()["runCount"], 20);
        drop(other);
    }
}
