use dispatch_testkit::both;
use serde_json::{Map, Value, json};

use super::world::World;

both! {
    async fn fields_that_are_not_known_are_ignored_and_named(app) {
        let world = World::new(app, "acme").await;
        let ticket = format!("{}/tickets/{}", world.path(), world.ticket);
        for (method, path, body) in [
            ("POST", "/brands".to_owned(), json!({ "name": "New" })),
            ("PATCH", world.path(), json!({ "name": "Renamed" })),
            ("POST", format!("{}/statuses", world.path()), json!({ "name": "New", "key": "new" })),
            ("PATCH", format!("{}/statuses/spare", world.path()), json!({ "name": "Renamed" })),
            ("POST", format!("{}/customers", world.path()), json!({ "email": "new@example.com" })),
            ("POST", format!("{}/tickets", world.path()), json!({ "title": "New" })),
            ("PATCH", ticket.clone(), json!({ "title": "Renamed" })),
            ("POST", format!("{ticket}/comments"), json!({ "body": "New" })),
            ("DELETE", format!("{}/statuses/spare", world.path()), json!({})),
        ] {
            let mut body = body;
            body["typo"] = json!({ "deep": [1] });
            body["Name"] = json!(1);
            let answer = app.call(&app.key, method, &path, body).await;
            assert!(answer.status.is_success(), "{method} {path} {}", answer.text);
            assert_eq!(answer.header("x-ignored-fields"), "typo, Name", "{method} {path}");
        }
    }

    /// Also inside of objects and lists, by their paths.
    async fn those_inside_of_others_are_named_by_their_paths(app) {
        let world = World::new(app, "acme").await;
        let body = json!({
            "name": "Rule", "trigger": { "events": ["ticket.created"], "every": 1 },
            "conditions": { "all": [{ "field": "status", "op": "eq", "value": "open", "not": true }] },
            "actions": [{ "type": "set_priority", "priority": "low" }, { "type": "add_note", "body": "Hello", "setStatus": "open" }],
            "typo": 1,
        });
        let answer = app.post(&format!("{}/automations", world.path()), body).await;
        let named: Vec<String> = answer.header("x-ignored-fields").split(", ").map(str::to_owned).collect();
        answer.created();
        assert_eq!(named, ["typo", "trigger.every", "actions[1].setStatus", "conditions.all[0].not"]);
        let body = json!({ "title": "One", "watchers": [{ "email": "a@example.com", "mail": 1 }] });
        let answer = app.post(&format!("{}/tickets", world.path()), body).await;
        assert_eq!(answer.header("x-ignored-fields"), "watchers[0].mail");
        answer.created();
    }

    async fn without_them_the_header_is_not_there(app) {
        let answer = app.post("/brands", json!({ "name": "New" })).await;
        assert!(!answer.headers.contains_key("x-ignored-fields"));
    }

    /// The header is made of what a caller sent: it must not be able to break out of it or to grow without end.
    async fn strange_names_stay_inside_the_header(app) {
        let brand = app.brand("acme").await;
        let mut body = Map::new();
        for name in ["a\r\nset-cookie: x=1", "\u{e4}, b", "", "x-y_z.1"] {
            body.insert(name.to_owned(), Value::Null);
        }
        let answer = app.patch(&brand, Value::Object(body)).await;
        assert_eq!(answer.header("set-cookie"), "");
        let named = answer.header("x-ignored-fields").to_owned();
        assert!(named.ends_with("x-y_z.1") && named.split(", ").count() == 4, "{named}");
        answer.ok();
        let many: Map<String, Value> =
            (0..1000).map(|number| (format!("{number}{}", "x".repeat(500)), Value::Null)).collect();
        let answer = app.patch(&brand, Value::Object(many)).await;
        assert!((1..16_384).contains(&answer.header("x-ignored-fields").len()));
        answer.ok();
    }

    async fn a_replay_names_them_too(app) {
        let (body, header) = (json!({ "name": "New", "typo": 1 }), [("idempotency-key", "once")]);
        for _ in 0..2 {
            let answer = app.call_with(&app.key, "POST", "/brands", body.clone(), &header).await;
            assert_eq!(answer.header("x-ignored-fields"), "typo");
            answer.created();
        }
    }
}
