//! What keeps automations from going round in circles.

use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{automation, runs, when};
use crate::api::{
    events_of,
    given::{execute, path},
};

both! {
    /// Each of them undoes what the other does: the first has led to what would start it again.
    async fn two_automations_that_undo_each_other_stop(app) {
        let brand = app.brand("acme").await;
        let up = automation(app, &brand, &["ticket.updated"], when("priority", "changed_to", json!("low")), json!([{ "type": "set_priority", "priority": "high" }])).await;
        let down = automation(app, &brand, &["ticket.updated"], when("priority", "changed_to", json!("high")), json!([{ "type": "set_priority", "priority": "low" }])).await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        app.patch(&path(&brand, &ticket), json!({ "priority": "low" })).await.ok();
        app.drain().await;
        let (ups, downs) = (runs(app, &up).await, runs(app, &down).await);
        let told = |run: &Value| (run["status"].clone(), run["reason"].clone(), run["depth"].clone());
        assert_eq!(ups.iter().map(told).collect::<Vec<_>>(), [
            (json!("skipped"), json!("own_event"), json!(2)),
            (json!("success"), Value::Null, json!(0)),
        ]);
        assert_eq!(downs.iter().map(told).collect::<Vec<_>>(), [(json!("success"), Value::Null, json!(1))]);
        let depths: Vec<Value> = events_of(app, &brand, "ticket.updated").await.iter().map(|event| event["depth"].clone()).collect();
        assert_eq!(depths, [json!(0), json!(1), json!(2)]);
    }

    /// A ring that is longer than the limit stops there, before anybody meets itself.
    async fn a_chain_of_automations_stops_at_the_depth_limit(app) {
        let brand = app.brand("acme").await;
        let tags = ["a", "b", "c", "d", "e", "f", "g"];
        for pair in tags.windows(2) {
            automation(app, &brand, &["ticket.created", "ticket.updated"], when("tags", "changed_to", json!(pair[0])), json!([{ "type": "add_tags", "tags": [pair[1]] }])).await;
        }
        let ticket = app.ticket(&brand, json!({ "title": "One", "tags": ["a"] })).await;
        app.drain().await;
        let shown = app.get(&path(&brand, &ticket)).await.ok();
        assert_eq!(crate::api::each(&shown["tags"], "name"), ["a", "b", "c", "d", "e", "f"]);
        let all = runs(app, &brand).await;
        assert_eq!(all.len(), 6);
        assert_eq!((&all[0]["status"], &all[0]["reason"], &all[0]["depth"]), (&json!("skipped"), &json!("depth_limit"), &json!(5)));
        assert_eq!(all[0]["actions"], json!([]));
        assert!(all[1..].iter().all(|run| run["status"] == "success"));
    }

    async fn no_automation_runs_on_what_it_did_itself(app) {
        let brand = app.brand("acme").await;
        let rule = automation(app, &brand, &["comment.created"], Value::Null, json!([{ "type": "add_note", "body": "Seen" }])).await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        app.post(&format!("{}/comments", path(&brand, &ticket)), json!({ "body": "Hello" })).await.created();
        app.drain().await;
        let all = runs(app, &rule).await;
        assert_eq!(all.len(), 2);
        assert_eq!((&all[0]["status"], &all[0]["reason"]), (&json!("skipped"), &json!("own_event")));
    }

    async fn a_ticket_has_a_hundred_runs_an_hour(app) {
        let brand = app.brand("acme").await;
        let rule = automation(app, &brand, &["ticket.updated"], Value::Null, json!([{ "type": "send_survey" }])).await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        for count in 0..103 {
            app.patch(&path(&brand, &ticket), json!({ "title": format!("{count}") })).await.ok();
        }
        app.drain().await;
        assert_eq!(app.get(&rule).await.ok()["runCount"], 100);
        let skipped = app.get(&format!("{rule}/runs?status=skipped")).await.ok();
        assert_eq!(crate::api::each(&skipped["data"], "reason"), ["rate_limit"; 3]);
        app.advance_ms(3_600_001);
        app.patch(&path(&brand, &ticket), json!({ "title": "Later" })).await.ok();
        app.drain().await;
        assert_eq!(app.get(&rule).await.ok()["runCount"], 101);
    }

    async fn a_ticket_that_is_gone_is_left_alone(app) {
        let brand = app.brand("acme").await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "set_priority", "priority": "low" }])).await;
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        app.delete(&path(&brand, &ticket)).await.ok();
        app.drain().await;
        let all = runs(app, &rule).await;
        assert_eq!((all.len(), &all[0]["reason"]), (1, &json!("ticket_gone")));
    }

    /// What is imported, and what follows from the deletion of a status, start nothing.
    async fn what_the_server_does_to_many_tickets_starts_nothing(app) {
        let brand = app.brand("acme").await;
        let status = app.post(&format!("{brand}/statuses"), json!({ "name": "Spare", "key": "spare" })).await.created();
        app.ticket(&brand, json!({ "title": "One", "status": "spare" })).await;
        let rule = automation(app, &brand, &["ticket.created", "ticket.updated", "ticket.closed"], Value::Null, json!([{ "type": "add_note", "body": "No" }])).await;
        app.delete(&format!("{brand}/statuses/{}?replacementStatusId=closed", crate::api::id(&status))).await.ok();
        app.drain().await;
        assert_eq!(events_of(app, &brand, "ticket.closed").await.len(), 1);
        assert!(runs(app, &rule).await.is_empty());
        app.ticket(&brand, json!({ "title": "Two" })).await;
        execute(app, "UPDATE event SET source = 'import' WHERE type = 'ticket.created'".to_owned()).await;
        app.drain().await;
        assert!(runs(app, &rule).await.is_empty());
    }
}
