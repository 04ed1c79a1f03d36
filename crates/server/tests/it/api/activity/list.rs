use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::given::{each, member, path, status, text};

both! {
    async fn activity_tells_every_change_in_a_sentence(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "doing", true).await;
        let ana = member(app, "ana@acme.example", "Ana Ito", &[]).await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "customFields": { "plan": "pro" } })).await);
        for patch in [
            json!({ "status": "doing" }),
            json!({ "status": "closed", "closeReason": "duplicate" }),
            json!({ "status": "open", "priority": "high", "assigneeId": ana }),
            json!({ "body": "B", "customFields": { "plan": null } }),
        ] {
            app.patch(&one, patch).await.ok();
        }
        let comments = format!("{one}/comments");
        for body in [
            json!({ "body": "B", "authorName": "Support" }),
            json!({ "body": "B", "isInternal": true }),
            json!({ "body": "B", "authorType": "SYSTEM" }),
        ] {
            app.advance_ms(1);
            app.post(&comments, body).await.created();
        }
        let last = app.get(&comments).await.ok();
        let last = format!("{comments}/{}", each(&last, "id").last().unwrap());
        app.patch(&last, json!({ "body": "C" })).await.ok();
        app.delete(&last).await.ok();
        let page = app.get(&format!("{one}/activity?order=asc")).await.ok();
        assert_eq!(
            each(&page["data"], "summary"),
            [
                "Test key created the ticket",
                "Test key changed status from Open to DOING",
                "Test key changed status from DOING to Closed and close reason from nothing to duplicate",
                "Test key closed the ticket",
                "Test key changed status from Closed to Open, close reason from duplicate to nothing, \
                priority from normal to high and assignee from nothing to ana@acme.example",
                "Test key reopened the ticket",
                "Test key changed body and customFields.plan from pro to nothing",
                "Support replied",
                "Test key added an internal note",
                "Test key added a message",
                "Test key edited a comment",
                "Test key deleted a comment",
            ]
        );
    }

    async fn an_entry_is_the_event_with_a_summary(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "customerEmail": "jane@example.com" })).await);
        app.patch(&one, json!({ "status": "resolved" })).await.ok();
        app.post(&format!("{one}/comments"), json!({ "body": "B", "authorType": "CUSTOMER" })).await.created();
        app.ticket(&brand, json!({ "title": "other" })).await;
        let events = app.events(&brand).await;
        let entries = app.get(&format!("{brand}/tickets/dt-1001/activity?order=asc")).await.ok();
        let entries = entries["data"].as_array().unwrap();
        let of_ticket: Vec<&Value> = events.iter().filter(|event| event["data"]["number"] == 1001).collect();
        assert_eq!(entries.len(), of_ticket.len());
        for (entry, event) in entries.iter().zip(of_ticket) {
            for field in ["id", "sequence", "type", "timestamp", "actor", "source", "changes"] {
                assert_eq!(entry[field], event[field], "{field}");
            }
            let comment = if event["entityType"] == "comment" { &event["entityId"] } else { &Value::Null };
            assert_eq!((&entry["commentId"], &entry["attachmentId"]), (comment, &Value::Null));
            assert_eq!(entry.as_object().unwrap().len(), 10);
        }
    }

    async fn activity_is_newest_first_paged_and_filtered_by_type(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        for key in ["closed", "open"] {
            app.patch(&one, json!({ "status": key })).await.ok();
            app.post(&format!("{one}/comments"), json!({ "body": "B" })).await.created();
        }
        let all = [
            "ticket.created",
            "ticket.updated",
            "ticket.closed",
            "comment.created",
            "ticket.updated",
            "ticket.reopened",
            "comment.created",
        ];
        for (query, mut expected) in [
            ("", all.to_vec()),
            ("types=comment.*", vec!["comment.created"; 2]),
            ("types=ticket.closed,ticket.comment.created", vec!["ticket.closed", "comment.created", "comment.created"]),
            ("types=watcher.*", vec![]),
        ] {
            for order in ["asc", "desc", ""] {
                let list = format!("{one}/activity?order={order}&{query}&limit=2");
                let (mut found, mut next) = (Vec::new(), list.clone());
                loop {
                    let page = app.get(&next).await.ok();
                    found.extend(each(&page["data"], "type").into_iter().map(str::to_owned));
                    app.patch(
                        &path(&brand, &app.ticket(&brand, json!({ "title": "new" })).await),
                        json!({ "title": "N" }),
                    )
                    .await
                    .ok();
                    let Some(cursor) = page["pagination"]["nextCursor"].as_str() else { break };
                    next = format!("{list}&cursor={cursor}");
                }
                if order != "asc" {
                    found.reverse();
                }
                assert_eq!(found, expected, "{query} {order}");
            }
            expected.clear();
        }
    }

    async fn a_wrong_question_is_refused(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let other = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        app.patch(&one, json!({ "title": "U" })).await.ok();
        let page = app.get(&format!("{one}/activity?limit=1")).await.ok();
        let cursor = text(&page["pagination"], "cursor");
        for (path, field) in [
            (format!("{one}/activity?types=nonsense"), "types"),
            (format!("{one}/activity?order=up"), "order"),
            (format!("{one}/activity?limit=101"), "limit"),
            (format!("{one}/activity?after=1"), "after"),
            (format!("{one}/activity?cursor=x"), "cursor"),
            (format!("{one}/activity?order=asc&cursor={cursor}"), "cursor"),
            (format!("{one}/activity?types=ticket.*&cursor={cursor}"), "cursor"),
            (format!("{other}/activity?cursor={cursor}"), "cursor"),
        ] {
            assert_eq!(app.get(&path).await.invalid(), [field], "{path}");
        }
        app.get(&format!("{brand}/tickets/DT-9/activity")).await.refused(404, "not_found");
    }
}
