use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{automation, runs, to_crm};
use crate::api::{each, event_types, id, last_event};

both! {
    async fn a_change_is_recorded_with_what_was_before(app) {
        let brand = app.brand("acme").await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "send_survey" }])).await;
        let old = app.get(&rule).await.ok();
        app.advance_ms(1_000);
        let patch = json!({
            "name": "Renamed", "description": "x", "trigger": { "events": ["ticket.closed"] },
            "conditions": { "any": [{ "field": "isSpam", "op": "eq", "value": false }] },
            "actions": [{ "type": "set_priority", "priority": "low" }],
        });
        let new = app.patch(&rule, patch).await.ok();
        assert_eq!((&new["name"], &new["trigger"]["events"]), (&json!("Renamed"), &json!(["ticket.closed"])));
        assert_eq!((&new["conditions"]["any"][0]["field"], &new["actions"][0]["type"]), (&json!("isSpam"), &json!("set_priority")));
        assert_eq!(app.get(&rule).await.ok(), new);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["automation"]), (&json!("automation.updated"), &new));
        assert_eq!(event["changes"]["trigger"], json!({ "old": old["trigger"], "new": new["trigger"] }));
        assert_eq!(event["changes"]["name"], json!({ "old": "Rule", "new": "Renamed" }));
        // Null conditions hold always; what changes nothing records nothing.
        let cleared = app.patch(&rule, json!({ "conditions": null, "description": null })).await.ok();
        assert_eq!((&cleared["conditions"], &cleared["description"]), (&json!({ "all": [], "any": [] }), &Value::Null));
        let count = app.events(&brand).await.len();
        app.patch(&rule, json!({ "conditions": null, "name": "Renamed" })).await.ok();
        assert_eq!(app.events(&brand).await.len(), count);
        let wrong = json!({ "name": null, "enabled": "yes", "actions": [{ "type": "set_status", "status": "nowhere" }] });
        assert_eq!(app.patch(&rule, wrong).await.invalid(), ["name", "enabled", "actions[0].status"]);
    }

    async fn a_deleted_automation_is_gone_and_its_runs_stay(app) {
        let brand = app.brand("acme").await;
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "add_note", "body": "x" }])).await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        app.delete(&rule).await.with(204);
        app.get(&rule).await.refused(404, "not_found");
        app.patch(&rule, json!({ "name": "x" })).await.refused(404, "not_found");
        app.delete(&rule).await.refused(404, "not_found");
        app.get(&format!("{rule}/runs")).await.refused(404, "not_found");
        assert_eq!(runs(app, &brand).await.len(), 1);
        assert_eq!(last_event(app, &brand).await["type"], "automation.deleted");
    }

    async fn the_order_names_each_once(app) {
        let brand = app.brand("acme").await;
        let mut ids = Vec::new();
        for _ in 0..3 {
            let rule = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "send_survey" }])).await;
            ids.push(id(&app.get(&rule).await.ok()).to_owned());
        }
        let reorder = format!("{brand}/automations/reorder");
        let wanted = json!([ids[2], ids[0], ids[1]]);
        let all = app.post(&reorder, json!({ "automationIds": wanted })).await.ok();
        assert_eq!(json!(each(&all, "id")), wanted);
        assert_eq!(app.get(&format!("{brand}/automations")).await.ok(), all);
        assert_eq!(all[2]["sortOrder"], 2);
        assert_eq!(last_event(app, &brand).await["type"], "automation.reordered");
        let count = event_types(app, &brand).await.len();
        app.post(&reorder, json!({ "automationIds": wanted })).await.ok();
        assert_eq!(event_types(app, &brand).await.len(), count);
        for (wrong, fields) in [
            (json!([ids[0], ids[0], "aut_x"]), vec!["automationIds[1]", "automationIds[2]", "automationIds"]),
            (json!([ids[0]]), vec!["automationIds"]),
        ] {
            assert_eq!(app.post(&reorder, json!({ "automationIds": wrong })).await.invalid(), fields);
        }
    }

    async fn a_deleted_brand_does_nothing_any_more(app) {
        let brand = app.brand("acme").await;
        let crm = dispatch_testkit::Receiver::start().await;
        let connection = to_crm(app, &brand, &crm, Value::Null).await;
        automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "send_webhook", "connectionId": connection }])).await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        app.worker().consume_only().await.unwrap();
        app.ticket(&brand, json!({ "title": "Two" })).await;
        app.delete(&format!("{brand}?confirm=true")).await.ok();
        app.drain().await;
        assert_eq!(crm.count(), 0);
    }
}
