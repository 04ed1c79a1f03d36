use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{
    given::{each, events_after, kinds, member, path, position, text},
    key_for,
    labels::{category, tag},
};

both! {
    async fn a_restored_ticket_is_whole_again(app) {
        let brand = app.brand("acme").await;
        let (category, tag) = (category(app, &brand, "Billing").await, tag(app, &brand, "vip").await);
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let ticket = app.ticket(&brand, json!({
            "title": "T", "body": "B", "status": "closed", "assigneeId": ana, "customerEmail": "jane@x.example",
            "categoryId": category, "tagIds": [tag], "customFields": { "plan": "pro" },
            "watchers": [{ "email": "w@x.example" }],
        })).await;
        let one = path(&brand, &ticket);
        app.post(&format!("{one}/comments"), json!({ "body": "first" })).await.created();
        let before = app.get(&one).await.ok();
        let comments = app.get(&format!("{one}/comments")).await.ok();
        let stats = app.get("/tickets/stats").await.ok();
        app.advance_ms(10);
        app.delete(&one).await.ok();
        assert_eq!(app.get("/tickets/stats").await.ok()["total"], 0);
        assert_eq!(app.get(&format!("{brand}/tickets?tagIds={tag}")).await.ok()["data"], json!([]));
        app.advance_ms(10);
        let seen = position(app, &brand).await;
        let restored = app.post(&format!("{brand}/tickets/dt-1001/restore"), Value::Null).await.ok();
        let mut expected = before.clone();
        expected["updatedAt"] = restored["updatedAt"].clone();
        assert_eq!(restored, expected);
        assert!(text(&restored, "updatedAt") > text(&before, "updatedAt"));
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["ticket.restored"]);
        assert_eq!(events[0]["data"]["ticket"], restored);
        assert_eq!(app.get(&one).await.ok(), restored);
        assert_eq!(app.get(&format!("{one}/comments")).await.ok(), comments);
        assert_eq!(each(&app.get(&format!("{one}/watchers")).await.ok(), "email"), ["w@x.example"]);
        assert_eq!(app.get("/tickets/stats").await.ok(), stats);
        for query in [format!("tagIds={tag}"), "customFields.plan=pro".to_owned(), "categoryId=billing".to_owned()] {
            assert_eq!(app.get(&format!("{brand}/tickets?{query}")).await.ok()["data"].as_array().unwrap().len(), 1);
        }
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn what_is_not_deleted_is_a_conflict_and_what_never_was_is_not_found(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        app.post(&format!("{one}/restore"), Value::Null).await.refused(409, "conflict");
        app.post(&format!("{brand}/tickets/DT-1002/restore"), Value::Null).await.refused(404, "not_found");
        app.delete(&one).await.ok();
        app.post(&format!("{one}/restore"), Value::Null).await.ok();
        app.post(&format!("{one}/restore"), Value::Null).await.refused(409, "conflict");
    }

    async fn it_is_for_admins_as_is_the_list_of_deleted_tickets(app) {
        let brand = app.brand("acme").await;
        let (support, full) = (key_for(app, &brand, "support").await, key_for(app, &brand, "full").await);
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "gone" })).await);
        app.ticket(&brand, json!({ "title": "kept" })).await;
        app.delete(&one).await.ok();
        app.call(&support, "POST", &format!("{one}/restore"), Value::Null).await.refused(403, "forbidden");
        for list in [format!("{brand}/tickets"), "/tickets".to_owned()] {
            for path in [list.clone(), format!("{list}/count")] {
                for value in ["true", "1"] {
                    let refused = app.call(&support, "GET", &format!("{path}?deleted={value}"), Value::Null).await;
                    refused.refused(403, "forbidden");
                }
                app.call(&support, "GET", &format!("{path}?deleted=false"), Value::Null).await.ok();
            }
            for (query, found) in [("deleted=true", "gone"), ("deleted=false", "kept"), ("isSpam=any", "kept")] {
                let page = app.call(&full, "GET", &format!("{list}?{query}"), Value::Null).await.ok();
                assert_eq!(each(&page["data"], "title"), [found], "{list} {query}");
                let count = app.call(&full, "GET", &format!("{list}/count?{query}"), Value::Null).await.ok();
                assert_eq!(count["count"], 1, "{list} {query}");
            }
            let page = app.call(&full, "GET", &format!("{list}?deleted=true"), Value::Null).await.ok();
            assert!(page["data"][0]["deletedAt"].is_string());
        }
        app.call(&full, "POST", &format!("{one}/restore"), Value::Null).await.ok();
    }

    async fn spam_comes_back_as_spam(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        app.post(&format!("{one}/spam"), json!({ "isSpam": true })).await.ok();
        app.delete(&one).await.ok();
        for (query, count) in [("isSpam=true", 0), ("isSpam=any", 0), ("deleted=true", 1), ("deleted=true&isSpam=true", 1)] {
            assert_eq!(app.get(&format!("{brand}/tickets/count?{query}")).await.ok()["count"], count, "{query}");
        }
        assert_eq!(app.post(&format!("{one}/restore"), Value::Null).await.ok()["isSpam"], true);
        assert_eq!(app.get(&format!("{brand}/tickets/count?isSpam=true")).await.ok()["count"], 1);
        assert_eq!(app.get(&format!("{brand}/tickets/count")).await.ok()["count"], 0);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_status_that_was_deleted_meanwhile_is_its_replacement(app) {
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/statuses"), json!({ "name": "Doing", "key": "doing" })).await.created();
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "status": "doing" })).await);
        app.delete(&one).await.ok();
        let replaced = app.call(&app.key, "DELETE", &format!("{brand}/statuses/doing"),
            json!({ "replacementStatusId": "pending" })).await;
        assert!(replaced.status.is_success(), "{}", replaced.text);
        let restored = app.post(&format!("{one}/restore"), Value::Null).await.ok();
        assert_eq!((&restored["status"], &restored["statusRef"]["key"]), (&json!("pending"), &json!("pending")));
        app.drain().await;
        assert_eq!(app.get(&one).await.ok()["status"], "pending");
        assert_eq!(app.problems(&brand).await, [""; 0]);
        assert_eq!(app.get("/tickets/stats").await.ok()["byStatus"]["pending"], 1);
    }
}
