use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{
    given::{each, events_after, kinds, path, position, text},
    labels::tag,
};

/// The comments that tell what happened, oldest first: kind and body.
fn told(comments: &Value) -> Vec<(&str, &str)> {
    let system = comments.as_array().unwrap().iter().filter(|comment| comment["authorType"] == "SYSTEM");
    system.map(|comment| (text(&comment["metadata"], "kind"), text(comment, "body"))).collect()
}

both! {
    async fn the_target_gets_what_belongs_to_the_sources(app) {
        let brand = app.brand("acme").await;
        let (a, b) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await);
        let one = app.ticket(&brand, json!({
            "title": "One", "body": "First body", "customerEmail": "jane@x.example", "customerName": "Jane",
            "tagIds": [b, a], "watchers": [{ "email": "w1@x.example" }, { "email": "both@x.example" }],
            "source": "email", "sourceId": "<m1>", "links": ["https://x.example/1"],
        })).await;
        app.advance_ms(1_000);
        let two = app.ticket(&brand, json!({ "title": "Two", "watchers": [{ "email": "w2@x.example" }] })).await;
        app.advance_ms(1_000);
        let moved = app.post(&format!("{}/comments", path(&brand, &one)), json!({ "body": "moved" })).await.created();
        let answer = json!({ "body": "answer", "parentId": moved["id"], "authorType": "CUSTOMER" });
        app.post(&format!("{}/comments", path(&brand, &one)), answer).await.created();
        app.advance_ms(1_000);
        let target = app.ticket(&brand, json!({
            "title": "Target", "tagIds": [a], "priority": "low",
            "watchers": [{ "email": "both@x.example", "notifyOnComment": false }],
        })).await;
        app.post(&format!("{}/comments", path(&brand, &target)), json!({ "body": "own" })).await.created();
        app.advance_ms(1_000);

        let merge = format!("{}/merge", path(&brand, &target));
        let merged = app.post(&merge, json!({ "sourceTicketIds": [one["id"], "dt-1002", "DT-1001"] })).await.ok();
        assert_eq!(merged["targetTicketId"], target["id"]);
        assert_eq!(merged["mergedTicketIds"], json!([one["id"], two["id"]]), "each once");
        assert_eq!((&merged["mergedCount"], &merged["commentCount"]), (&json!(2), &json!(5)));
        assert_eq!(each(&merged["tags"], "name"), ["a", "b"]);
        for same in ["title", "status", "priority", "customerId", "createdAt"] {
            assert_eq!(merged[same], target[same], "{same}");
        }
        let shown = app.get(&path(&brand, &target)).await.ok();
        for (field, value) in shown.as_object().unwrap() {
            assert_eq!(merged[field], *value, "{field}");
        }

        let comments = app.get(&format!("{}/comments", path(&brand, &target))).await.ok();
        let bodies = each(&comments, "body");
        let expected = ["One\n\nFirst body", "Two", "moved", "answer", "own", "Merged from DT-1001, DT-1002"];
        assert_eq!(bodies, expected, "original times");
        let first = &comments[0];
        assert_eq!((&first["authorType"], &first["createdAt"]), (&json!("CUSTOMER"), &one["createdAt"]));
        assert_eq!((&first["authorId"], &first["authorName"]), (&one["customerId"], &json!("Jane")));
        assert_eq!((&first["source"], &first["sourceId"]), (&json!("email"), &json!("<m1>")));
        assert_eq!(comments[1]["authorEmail"], Value::Null);
        assert_eq!((&comments[2]["id"], &comments[3]["parentId"]), (&moved["id"], &moved["id"]));
        let metadata = &comments[5]["metadata"];
        assert_eq!(metadata["kind"], "merged_from");
        assert_eq!(metadata["ticketIds"], json!([one["id"], two["id"]]));
        assert_eq!(metadata["ticketNumbers"], json!(["DT-1001", "DT-1002"]));
        let watchers = app.get(&format!("{}/watchers", path(&brand, &target))).await.ok();
        let mut emails = each(&watchers, "email");
        emails.sort_unstable();
        assert_eq!(emails, ["both@x.example", "w1@x.example", "w2@x.example"]);
        let kept = watchers.as_array().unwrap().iter().find(|watcher| watcher["email"] == "both@x.example").unwrap();
        assert_eq!(kept["notifyOnComment"], false, "who watches already stays as they are");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_source_is_closed_as_a_duplicate(app) {
        let brand = app.brand("acme").await;
        let target = app.ticket(&brand, json!({ "title": "Target" })).await;
        let source = app.ticket(&brand, json!({ "title": "Source", "tags": ["x"] })).await;
        app.post(&format!("{}/comments", path(&brand, &source)), json!({ "body": "moved" })).await.created();
        app.advance_ms(1);
        app.post(&format!("{}/merge", path(&brand, &target)), json!({ "sourceTicketIds": [source["id"]] })).await.ok();
        let shown = app.get(&path(&brand, &source)).await.ok();
        assert_eq!((&shown["status"], &shown["closeReason"]), (&json!("closed"), &json!("duplicate")));
        assert_eq!((&shown["mergedIntoId"], &shown["commentCount"]), (&target["id"], &json!(0)));
        assert!(shown["closedAt"].is_string() && shown["resolvedAt"].is_string());
        assert_eq!(each(&shown["tags"], "name"), ["x"]);
        let comments = app.get(&format!("{}/comments", path(&brand, &source))).await.ok();
        let mut told = told(&comments);
        told.sort_unstable();
        let expected = [
            ("merged_into", "Merged into DT-1001"),
            ("status_changed", "Status changed from Open to Closed"),
        ];
        assert_eq!(told, expected);
        let into = comments.as_array().unwrap().iter().find(|one| one["metadata"]["kind"] == "merged_into").unwrap();
        assert_eq!(into["metadata"]["ticketId"], target["id"]);
        assert_eq!(into["metadata"]["ticketNumber"], "DT-1001");
        for (query, found) in [("merged=true", vec!["Source"]), ("merged=false", vec!["Target"]), ("", vec!["Source", "Target"])] {
            let page = app.get(&format!("{brand}/tickets?sort=title&order=asc&{query}")).await.ok();
            assert_eq!(each(&page["data"], "title"), found, "{query}");
        }
        let stats = app.get("/tickets/stats").await.ok();
        assert_eq!((&stats["total"], &stats["closed"]), (&json!(1), &json!(0)), "a duplicate is in no statistic");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn the_events_come_source_by_source_and_the_target_last(app) {
        let brand = app.brand("acme").await;
        let target = app.ticket(&brand, json!({ "title": "Target" })).await;
        app.ticket(&brand, json!({ "title": "open" })).await;
        app.ticket(&brand, json!({ "title": "closed", "status": "closed" })).await;
        let seen = position(app, &brand).await;
        let sources = json!({ "sourceTicketIds": ["DT-1002", "DT-1003"] });
        let merged = app.post(&format!("{}/merge", path(&brand, &target)), sources).await.ok();
        let events = events_after(app, &brand, seen).await;
        let expected = ["ticket.updated", "ticket.closed", "ticket.updated", "ticket.merged"];
        assert_eq!(kinds(&events), expected, "what was closed is not closed again");
        let change = |old: Value, new: Value| json!({ "old": old, "new": new });
        assert_eq!(events[0]["changes"], json!({
            "status": change(json!("open"), json!("closed")),
            "closeReason": change(Value::Null, json!("duplicate")),
            "mergedIntoId": change(Value::Null, target["id"].clone()),
        }));
        assert_eq!(events[1]["data"]["closeReason"], "duplicate");
        assert_eq!(events[2]["changes"]["closeReason"], change(Value::Null, json!("duplicate")));
        assert_eq!(events[2]["changes"].get("status"), None);
        assert_eq!(events[3]["ticketId"], target["id"]);
        assert_eq!(events[3]["data"]["mergedTicketIds"], merged["mergedTicketIds"]);
        assert_eq!(events[3]["data"]["ticket"], app.get(&path(&brand, &target)).await.ok());
        assert_eq!(events[3]["changes"], Value::Null);
    }

    async fn a_target_may_be_merged_on_and_names_the_next(app) {
        let brand = app.brand("acme").await;
        for title in ["first", "second", "third"] {
            app.ticket(&brand, json!({ "title": title })).await;
            app.advance_ms(1);
        }
        let at = |number: u16| format!("{brand}/tickets/DT-{number}");
        app.post(&format!("{}/merge", at(1002)), json!({ "sourceTicketIds": ["DT-1001"] })).await.ok();
        let merged = app.post(&format!("{}/merge", at(1003)), json!({ "sourceTicketIds": ["DT-1002"] })).await.ok();
        assert_eq!(merged["commentCount"], 2);
        let comments = app.get(&format!("{}/comments?authorType=CUSTOMER", at(1003))).await.ok();
        assert_eq!(each(&comments, "body"), ["first", "second"]);
        let (first, second) = (app.get(&at(1001)).await.ok(), app.get(&at(1002)).await.ok());
        assert_eq!((&first["mergedIntoId"], &second["mergedIntoId"]), (&second["id"], &merged["id"]));
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_repeat_with_its_key_is_answered_as_before(app) {
        let brand = app.brand("acme").await;
        let target = app.ticket(&brand, json!({ "title": "Target" })).await;
        app.ticket(&brand, json!({ "title": "Source" })).await;
        let (merge, body) = (format!("{}/merge", path(&brand, &target)), json!({ "sourceTicketIds": ["DT-1002"] }));
        let key = [("idempotency-key", "once")];
        let first = app.call_with(&app.key, "POST", &merge, body.clone(), &key).await;
        let seen = position(app, &brand).await;
        let again = app.call_with(&app.key, "POST", &merge, body.clone(), &key).await;
        assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
        assert_eq!(position(app, &brand).await, seen);
        first.ok();
        app.post(&merge, body).await.refused(409, "conflict");
        let other = json!({ "sourceTicketIds": ["DT-1001"] });
        app.call_with(&app.key, "POST", &merge, other, &key).await.refused(409, "idempotency_mismatch");
    }
}
