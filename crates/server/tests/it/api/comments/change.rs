use dispatch_testkit::{START, both};
use serde_json::{Value, json};

use crate::api::given::{each, events_after, kinds, path, position, text};

both! {
    async fn a_comment_is_changed_with_one_event(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let new = json!({ "body": "old", "metadata": { "a": 1, "b": 2 }, "links": ["https://a.example"] });
        let comment = app.post(&format!("{one}/comments"), new).await.created();
        let this = format!("{one}/comments/{}", text(&comment, "id"));
        let (seen, ticket) = (position(app, &brand).await, app.get(&one).await.ok());
        app.advance_ms(1);
        let patch = json!({ "body": "new", "metadata": { "a": null, "c": 3 }, "links": null });
        let changed = app.patch(&this, patch).await.ok();
        assert_eq!((&changed["body"], &changed["links"]), (&json!("new"), &json!([])));
        assert_eq!(changed["metadata"], json!({ "b": 2, "c": 3 }));
        assert_ne!(changed["updatedAt"], comment["updatedAt"]);
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["comment.updated"]);
        assert_eq!(events[0]["changes"]["body"], json!({ "old": "old", "new": "new" }));
        assert_eq!(events[0]["changes"].as_object().unwrap().len(), 3);
        assert_eq!(events[0]["data"]["comment"], changed);
        assert_eq!(app.get(&one).await.ok(), ticket, "the ticket moves only with new comments");
    }

    async fn a_change_that_changes_nothing_leaves_no_trace(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let new = json!({ "body": "B", "metadata": { "a": 1 }, "links": ["https://a.example"], "isInternal": true });
        let comment = app.post(&format!("{one}/comments"), new).await.created();
        let this = format!("{one}/comments/{}", text(&comment, "id"));
        let seen = position(app, &brand).await;
        app.advance_ms(1);
        for patch in [
            json!({}),
            json!({ "body": "B", "metadata": {}, "links": [{ "url": "https://a.example" }] }),
            json!({ "metadata": { "a": 1, "none": null } }),
            json!({ "isInternal": false, "authorName": "X" }),
            json!({ "metadata": { "isInternal": false } }),
        ] {
            assert_eq!(app.patch(&this, patch.clone()).await.ok(), comment, "{patch}");
        }
        assert_eq!(app.patch(&this, json!({ "body": null })).await.invalid(), ["body"]);
        assert_eq!(position(app, &brand).await, seen);
    }

    async fn a_deleted_comment_is_gone_and_its_replies_keep_naming_it(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let comments = format!("{one}/comments");
        let top = app.post(&comments, json!({ "body": "top" })).await.created();
        app.advance_ms(1);
        let reply = app.post(&comments, json!({ "body": "reply", "parentId": top["id"] })).await.created();
        app.advance_ms(1);
        app.post(&comments, json!({ "body": "note", "authorType": "SYSTEM" })).await.created();
        let seen = position(app, &brand).await;
        let this = format!("{comments}/{}", text(&top, "id"));
        let deleted = app.delete(&this).await.ok();
        assert_eq!(deleted["id"], top["id"]);
        assert!(deleted["deletedAt"].as_str().is_some_and(|at| at > START));
        app.get(&this).await.refused(404, "not_found");
        app.patch(&this, json!({ "body": "X" })).await.refused(404, "not_found");
        app.delete(&this).await.refused(404, "not_found");
        let listed = app.get(&comments).await.ok();
        assert_eq!(each(&listed, "body"), ["reply", "note"]);
        assert_eq!(listed[0]["parentId"], top["id"]);
        assert_eq!(app.get(&format!("{comments}/{}", text(&reply, "id"))).await.ok()["parentId"], top["id"]);
        assert_eq!(app.get(&one).await.ok()["commentCount"], 1);
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["comment.deleted"]);
        assert_eq!((&events[0]["data"]["comment"], &events[0]["changes"]), (&deleted, &Value::Null));
        assert_eq!(events[0]["data"]["ticket"]["commentCount"], 1);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_message_of_the_server_cannot_be_changed_and_one_of_a_caller_can(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        app.patch(&one, json!({ "status": "pending", "assigneeEmail": "team@else.example" })).await.ok();
        let messages = app.get(&format!("{one}/comments")).await.ok();
        let ids = each(&messages, "id");
        assert_eq!(ids.len(), 2);
        for id in ids {
            app.patch(&format!("{one}/comments/{id}"), json!({ "body": "X" })).await.refused(409, "conflict");
            app.delete(&format!("{one}/comments/{id}")).await.refused(409, "conflict");
        }
        assert_eq!(app.get(&format!("{one}/comments")).await.ok(), messages);
        let own = app.post(&format!("{one}/comments"), json!({ "body": "B", "authorType": "SYSTEM" })).await.created();
        let own = format!("{one}/comments/{}", text(&own, "id"));
        assert_eq!(app.patch(&own, json!({ "body": "X" })).await.ok()["body"], "X");
        app.delete(&own).await.ok();
        assert_eq!(app.get(&one).await.ok()["commentCount"], 0);
        assert!(app.problems(&brand).await.is_empty());
    }
}
