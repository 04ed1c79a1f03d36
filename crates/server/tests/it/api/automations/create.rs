use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{
    given::{execute, text},
    id, key_for, last_event, members,
};

both! {
    async fn an_automation_is_given_back_as_it_was_given(app) {
        let brand = app.brand("acme").await;
        let new = json!({
            "name": " Urgent ", "description": "What it is for",
            "trigger": { "events": ["ticket.created", "ticket.comment.created", "ticket.created"] },
            "conditions": { "all": [{ "field": "priority", "op": "eq", "value": "medium" }] },
            "actions": [{ "type": "assign", "assigneeId": null }, { "type": "send_survey", "delayMinutes": 5 }],
        });
        let made = app.post(&format!("{brand}/automations"), new).await.created();
        assert!(id(&made).starts_with("aut_"));
        assert_eq!(members(&made), [
            "id", "brandId", "name", "description", "enabled", "sortOrder", "trigger", "conditions", "actions", "runCount",
            "failureCount", "lastRunAt", "lastError", "createdBy", "createdAt", "updatedAt",
        ]);
        assert_eq!((&made["name"], &made["enabled"], &made["sortOrder"]), (&json!("Urgent"), &json!(true), &json!(0)));
        assert_eq!(made["trigger"], json!({ "events": ["ticket.created", "comment.created"] }));
        let conditions = json!({ "all": [{ "field": "priority", "op": "eq", "value": "normal" }], "any": [] });
        assert_eq!(made["conditions"], conditions);
        assert_eq!(made["actions"], json!([{ "type": "assign", "assigneeId": null }, { "type": "send_survey", "delayMinutes": 5 }]));
        assert_eq!(made["createdBy"], "Test key");
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["automation"]), (&json!("automation.created"), &made));
        let path = format!("{brand}/automations/{}", id(&made));
        assert_eq!(app.get(&path).await.ok(), made);
        let second = json!({ "name": "2", "trigger": { "events": ["ticket.closed"] }, "actions": [{ "type": "send_survey" }], "enabled": false });
        let second = app.post(&format!("{brand}/automations"), second).await.created();
        assert_eq!((&second["enabled"], &second["sortOrder"]), (&json!(false), &json!(1)));
        assert_eq!(app.get(&format!("{brand}/automations")).await.ok(), json!([made, second]));
    }

    /// Everything that is wrong is told at once, each with its path.
    async fn what_is_wrong_is_told_with_its_path(app) {
        let brand = app.brand("acme").await;
        let new = json!({
            "name": "",
            "trigger": { "events": ["ticket.created", "ticket.deleted"] },
            "conditions": {
                "all": [{ "field": "prio", "op": "eq", "value": 1 }, { "field": "title", "op": "gt", "value": "x" }],
                "any": [{ "field": "priority", "op": "in", "value": ["high", "asap"] }],
            },
            "actions": [{ "type": "reboot" }, { "type": "set_status" }, { "type": "add_note", "body": "{{x" }],
        });
        let answer = app.post(&format!("{brand}/automations"), new).await;
        assert_eq!(answer.invalid(), [
            "name", "trigger.events[1]", "actions[0].type", "actions[1].status", "actions[2].body",
            "conditions.all[0].field", "conditions.all[1].op", "conditions.any[0].value[1]",
        ]);
    }

    async fn what_it_refers_to_must_be_there_and_fit(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let foreign = app.post(&format!("{other}/categories"), json!({ "name": "Other" })).await.created();
        let tag = app.post(&format!("{other}/tags"), json!({ "name": "Other" })).await.created();
        let customer = app.post(&format!("{other}/customers"), json!({ "email": "jane@example.com" })).await.created();
        let company = app.post(&format!("{other}/companies"), json!({ "name": "Globex" })).await.created();
        let slack = json!({ "type": "SLACK", "name": "S", "config": {}, "secrets": { "webhookUrl": "http://127.0.0.1:1/x" } });
        let slack = app.post(&format!("{brand}/connections"), slack.clone()).await.created();
        let hook = json!({ "url": "http://127.0.0.1:1/in", "events": ["*"] });
        let hook = app.post(&format!("{other}/webhooks"), hook).await.created();
        let eq = |field: &str, value: &Value| json!({ "field": field, "op": "eq", "value": value });
        let new = json!({
            "name": "x",
            "trigger": { "events": ["ticket.created"] },
            "conditions": {
                "all": [
                    eq("status", &json!("nowhere")), eq("categoryId", &foreign["id"]), eq("category.key", &json!("other")),
                    eq("assigneeId", &json!("usr_x")), eq("customerId", &customer["id"]), eq("companyId", &company["id"]),
                    { "field": "tagIds", "op": "in", "value": [tag["id"]] },
                    { "field": "status", "op": "changed_to", "value": ["open", "nowhere"] },
                ],
            },
            "actions": [
                { "type": "set_status", "status": "nowhere" },
                { "type": "set_status", "status": "open", "closeReason": "duplicate" },
                { "type": "set_category", "categoryId": foreign["id"] },
                { "type": "assign", "assigneeId": "usr_x" },
                { "type": "remove_tags", "tags": ["nowhere"] },
                { "type": "reply", "body": "x", "setStatus": "nowhere" },
                { "type": "notify_slack", "connectionId": "con_x", "text": "x" },
                { "type": "create_jira_issue", "connectionId": slack["id"] },
                { "type": "send_webhook", "webhookId": hook["id"] },
            ],
        });
        let answer = app.post(&format!("{brand}/automations"), new).await;
        assert_eq!(answer.invalid(), [
            "conditions.all[0].value", "conditions.all[1].value", "conditions.all[2].value", "conditions.all[3].value",
            "conditions.all[4].value", "conditions.all[5].value", "conditions.all[6].value[0]", "conditions.all[7].value[1]",
            "actions[0].status", "actions[1].closeReason", "actions[2].categoryId", "actions[3].assigneeId", "actions[4].tags[0]",
            "actions[5].setStatus", "actions[6].connectionId", "actions[7].connectionId", "actions[8].webhookId",
        ]);
        assert_eq!(app.get(&format!("{brand}/automations")).await.ok(), json!([]));
    }

    async fn references_are_looked_at_beside_wrong_fields(app) {
        let brand = app.brand("acme").await;
        let new = json!({ "name": 1, "trigger": { "events": ["ticket.created"] }, "actions": [{ "type": "set_status", "status": "nowhere" }] });
        let answer = app.post(&format!("{brand}/automations"), new).await;
        assert_eq!(answer.invalid(), ["name", "actions[0].status"]);
    }

    async fn there_are_limits(app) {
        let brand = app.brand("acme").await;
        let new = json!({ "name": "x", "trigger": { "events": ["ticket.created"] }, "actions": [{ "type": "send_survey" }] });
        let with = |field: &str, value: Value| {
            let mut new = new.clone();
            new[field] = value;
            new
        };
        let cond = json!({ "field": "title", "op": "changed" });
        for (body, field) in [
            (with("actions", json!([])), "actions"),
            (with("actions", json!(vec![json!({ "type": "send_survey" }); 11])), "actions"),
            (with("trigger", json!({ "events": [] })), "trigger.events"),
            (with("conditions", json!({ "all": vec![cond; 21] })), "conditions.all"),
        ] {
            let answer = app.post(&format!("{brand}/automations"), body).await;
            assert_eq!(answer.invalid(), [field]);
        }
        let made = app.post(&format!("{brand}/automations"), new.clone()).await.created();
        let copies = (0..199).map(|count| format!("('{}', 'aut_{count}', 'x', FALSE, {count}, '[]', '{{}}', '[]', 0, 0, 0, 1, 1)", text(&made, "brandId")));
        let rows: Vec<String> = copies.collect();
        execute(app, format!(
            "INSERT INTO automation (brand_id, id, name, enabled, sort_order, events, conditions, actions, since, run_count, \
             failure_count, created_at, updated_at) VALUES {}", rows.join(", ")
        )).await;
        app.post(&format!("{brand}/automations"), new).await.refused(409, "conflict");
    }

    async fn only_those_who_configure_see_them(app) {
        let brand = app.brand("acme").await;
        let key = key_for(app, &brand, "support").await;
        app.call(&key, "GET", &format!("{brand}/automations"), Value::Null).await.refused(403, "forbidden");
        app.call(&key, "GET", &format!("{brand}/automations/runs"), Value::Null).await.refused(403, "forbidden");
    }
}
