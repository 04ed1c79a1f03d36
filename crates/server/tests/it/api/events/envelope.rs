//! What an event looks like. `examples.ndjson` holds the examples of API 17.3 word for word.

use std::collections::BTreeSet;

use dispatch_testkit::{START, TestApp, both};
use serde_json::{Value, json};

use crate::api::given::{kinds, path, text};

/// Objects whose keys are the caller's, or whose feature is not there yet.
const FREE: [&str; 6] = ["changes", "company", "category", "tags", "customFields", "metadata"];

fn example(kind: &str) -> Value {
    let all = include_str!("examples.ndjson").lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut found = None;
    let mut whole_ticket = Value::Null;
    for event in all {
        if event["type"] == "ticket.created" {
            whole_ticket = event["data"]["ticket"].clone();
        }
        found = found.or((event["type"] == kind).then_some(event));
    }
    let mut found = found.unwrap();
    if found["data"].get("ticket").is_some() {
        // All examples but two show four keys of the ticket; on the wire it is always whole.
        found["data"]["ticket"] = whole_ticket;
    }
    found
}

fn same_shape(at: &str, example: &Value, real: &Value) {
    let (Value::Object(wanted), Value::Object(found)) = (example, real) else {
        let kind = |value: &Value| std::mem::discriminant(value);
        assert!(example.is_null() || real.is_null() || kind(example) == kind(real), "{at}: {real}");
        return;
    };
    let keys = |object: &serde_json::Map<String, Value>| object.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(found), keys(wanted), "{at}");
    for (key, value) in wanted.iter().filter(|(key, _)| !FREE.contains(&key.as_str())) {
        same_shape(&format!("{at}.{key}"), value, &found[key]);
    }
}

/// A brand where every kind of event of the examples has happened.
async fn story(app: &TestApp) -> (String, Value) {
    let brand = app.brand("acme").await;
    let ticket = app.ticket(&brand, json!({
        "title": "T", "body": "B", "customerEmail": "jane@example.com", "customerName": "Jane", "source": "email",
    })).await;
    let one = path(&brand, &ticket);
    app.patch(&one, json!({ "status": "closed", "assigneeEmail": "team@else.example" })).await.ok();
    let reply = json!({ "body": "again", "authorType": "CUSTOMER", "source": "email" });
    app.post(&format!("{one}/comments"), reply).await.created();
    (brand, ticket)
}

both! {
    async fn events_have_the_keys_of_the_examples(app) {
        let (brand, _) = story(app).await;
        let events = app.events(&brand).await;
        for kind in [
            "ticket.created",
            "ticket.updated",
            "comment.created",
            "ticket.reopened",
            "ticket.closed",
            "customer.created",
        ] {
            let event = events.iter().find(|event| event["type"] == kind).unwrap();
            same_shape(kind, &example(kind), event);
        }
        let updated = events.iter().find(|event| event["type"] == "ticket.updated").unwrap();
        assert_eq!(updated["changes"]["status"], json!({ "old": "open", "new": "closed" }));
        assert_eq!(updated["data"]["changes"], json!(["status", "assigneeEmail"]));
    }

    async fn the_envelope_says_who_did_what_to_what_and_when(app) {
        let (brand, ticket) = story(app).await;
        let events = app.events(&brand).await;
        let expected = [
            "brand.created",
            "customer.created",
            "ticket.created",
            "ticket.updated",
            "ticket.closed",
            "comment.created",
            "ticket.updated",
            "ticket.reopened",
        ];
        assert_eq!(kinds(&events), expected);
        let key = &app.get("/accounts/me/api-keys").await.ok()[0];
        let actor = json!({ "type": "api", "id": key["id"], "name": "Test key", "email": null,
            "apiKeyPrefix": app.key[..12] });
        for (index, event) in events.iter().enumerate() {
            let kind = text(event, "type");
            assert_eq!(event["sequence"], index + 1);
            assert!(text(event, "id").starts_with("evt_"));
            let long = if kind.starts_with("comment.") { format!("ticket.{kind}") } else { kind.to_owned() };
            assert_eq!(event["event"], long);
            let entity = kind.split('.').next().unwrap();
            assert_eq!((&event["entityType"], &event["entityId"]), (&json!(entity), &event["data"]["id"]));
            assert_eq!(event["data"]["id"], event["data"][entity]["id"], "{kind}");
            let of_ticket = matches!(entity, "ticket" | "comment");
            assert_eq!(event["ticketId"], if of_ticket { ticket["id"].clone() } else { Value::Null }, "{kind}");
            assert_eq!((&event["brandId"], &event["brand_id"]), (&ticket["brandId"], &ticket["brandId"]));
            assert_eq!((&event["timestamp"], &event["createdAt"]), (&json!(START), &json!(START)));
            assert_eq!((&event["source"], &event["actor"]), (&json!("api"), &actor));
            assert_eq!((&event["causedBy"], &event["depth"]), (&Value::Null, &json!(0)));
            assert_eq!(event["changes"].is_null(), !kind.ends_with(".updated"), "{kind}");
        }
        let ids: BTreeSet<&str> = events.iter().map(|event| text(event, "id")).collect();
        assert_eq!(ids.len(), events.len());
    }

    async fn payloads_show_things_as_their_own_routes_do(app) {
        let (brand, ticket) = story(app).await;
        let events = app.events(&brand).await;
        assert_eq!(events[1]["data"]["customer"], ticket["customer"]);
        assert_eq!(events[2]["data"]["ticket"], ticket);
        let now = app.get(&path(&brand, &ticket)).await.ok();
        for event in &events[5..] {
            assert_eq!(event["data"]["ticket"], now, "as it was at the end of the transaction");
        }
        for event in events.iter().filter(|event| event["entityType"] == "ticket") {
            for (key, value) in event["data"].as_object().unwrap() {
                let own = ["ticketId", "ticket", "changes", "trigger"].contains(&key.as_str());
                assert!(own || event["data"]["ticket"][key] == *value, "{key}");
            }
        }
    }

    async fn long_bodies_are_cut_as_in_lists(app) {
        let brand = app.brand("acme").await;
        let long = "€".repeat(2_001);
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "body": long })).await);
        app.post(&format!("{one}/comments"), json!({ "body": long })).await.created();
        let events = app.events(&brand).await;
        for cut in [&events[1]["data"]["ticket"], &events[2]["data"]["ticket"], &events[2]["data"]["comment"]] {
            assert_eq!((&cut["body"], &cut["bodyTruncated"]), (&json!("€".repeat(2_000)), &json!(true)));
        }
    }
}
