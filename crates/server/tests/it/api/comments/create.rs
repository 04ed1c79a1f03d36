use dispatch_testkit::{START, both};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::api::given::{events_after, kinds, member, path, position, text};

both! {
    async fn every_field_comes_back_as_it_was_sent(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let comments = format!("{}/comments", path(&brand, &ticket));
        let sent = json!({
            "body": " <b>Hello</b>\r\n", "authorType": "STAFF", "authorId": "agent-7", "authorName": "Support Team",
            "authorEmail": "support@acme.example", "isInternal": false, "metadata": { "b": 1, "a": [null] },
            "links": [{ "url": "https://example.com", "title": "E", "type": null }], "source": "slack",
            "sourceId": " C1/17 ", "sourceData": { "thread": "1.7" }, "cc": ["a@b.example"],
        });
        let comment = app.post(&comments, sent.clone()).await.created();
        for (field, value) in sent.as_object().unwrap() {
            assert_eq!(comment[field], *value, "{field}");
        }
        let rest = json!({ "ticketId": ticket["id"], "parentId": null, "attachments": [], "createdAt": START,
            "updatedAt": START, "deletedAt": null });
        for (field, value) in rest.as_object().unwrap() {
            assert_eq!(comment[field], *value, "{field}");
        }
        assert_eq!(app.get(&comments).await.ok(), json!([comment]));
        app.post(&format!("{brand}/tickets/dt-1001/comments"), json!({ "body": "by number" })).await.created();
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn what_is_left_out_has_its_default(app) {
        let brand = app.brand("acme").await;
        let comments = format!("{}/comments", path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await));
        let comment = app.post(&comments, json!({ "body": "B" })).await.created();
        let expected = json!({ "authorType": "STAFF", "authorId": null, "authorName": null, "authorEmail": null,
            "isInternal": false, "links": [], "metadata": {}, "cc": [], "attachments": [], "source": "api",
            "sourceId": null, "sourceData": null });
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(comment[field], *value, "{field}");
        }
    }

    async fn author_types_are_read_in_every_spelling_of_the_contract(app) {
        let brand = app.brand("acme").await;
        let comments = format!("{}/comments", path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await));
        for (sent, shown) in [
            ("STAFF", "STAFF"),
            ("AGENT", "STAFF"),
            ("agent", "STAFF"),
            ("Agent", "STAFF"),
            ("CUSTOMER", "CUSTOMER"),
            ("SYSTEM", "SYSTEM"),
        ] {
            let comment = app.post(&comments, json!({ "body": "B", "authorType": sent })).await.created();
            assert_eq!(comment["authorType"], shown, "{sent}");
        }
        for wrong in ["BOT", "staff member", ""] {
            assert_eq!(
                app.post(&comments, json!({ "body": "B", "authorType": wrong })).await.invalid(),
                ["authorType"]
            );
        }
    }

    async fn an_author_is_completed_from_the_member_or_customer_with_that_address(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana Ito", &[]).await;
        let body = json!({ "title": "T", "customerEmail": "jane@example.com", "customerName": "Jane" });
        let ticket = app.ticket(&brand, body).await;
        let (jane, comments) = (text(&ticket, "customerId"), format!("{}/comments", path(&brand, &ticket)));
        let eve = json!({ "email": "eve@example.com", "name": "Eve" });
        let eve = app.post(&format!("{brand}/customers"), eve).await.created();
        for (author, shown) in [
            (json!({}), json!([null, null, null])),
            (json!({ "authorEmail": "ANA@acme.example" }), json!([ana, "Ana Ito", "ana@acme.example"])),
            (
                json!({ "authorEmail": "ana@acme.example", "authorName": "A.", "authorId": "x" }),
                json!([ana, "A.", "ana@acme.example"]),
            ),
            (json!({ "authorEmail": "eve@example.com", "authorId": "x" }), json!(["x", null, "eve@example.com"])),
            (json!({ "authorType": "CUSTOMER" }), json!([jane, "Jane", "jane@example.com"])),
            (
                json!({ "authorType": "CUSTOMER", "authorEmail": "Eve@example.com" }),
                json!([eve["id"], "Eve", "eve@example.com"]),
            ),
            (
                json!({ "authorType": "CUSTOMER", "authorEmail": "new@example.com", "authorName": "N" }),
                json!([null, "N", "new@example.com"]),
            ),
            (
                json!({ "authorType": "SYSTEM", "authorEmail": "ana@acme.example" }),
                json!([null, null, "ana@acme.example"]),
            ),
        ] {
            let mut body = author.clone();
            body["body"] = json!("B");
            let comment = app.post(&comments, body).await.created();
            assert_eq!(json!([comment["authorId"], comment["authorName"], comment["authorEmail"]]), shown, "{author}");
        }
    }

    async fn replies_nest_at_any_depth_within_their_ticket(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let comments = format!("{}/comments", path(&brand, &ticket));
        let mut parent = Value::Null;
        for depth in 0..12 {
            let reply = app.post(&comments, json!({ "body": format!("{depth}"), "parentId": parent })).await.created();
            assert_eq!(reply["parentId"], parent);
            parent = reply["id"].clone();
        }
        let other = app.ticket(&brand, json!({ "title": "other" })).await;
        let elsewhere = format!("{}/comments", path(&brand, &other));
        assert_eq!(app.post(&elsewhere, json!({ "body": "B", "parentId": parent })).await.invalid(), ["parentId"]);
        assert_eq!(app.post(&comments, json!({ "body": "B", "parentId": "cmt_none" })).await.invalid(), ["parentId"]);
        app.delete(&format!("{comments}/{}", parent.as_str().unwrap())).await.ok();
        assert_eq!(app.post(&comments, json!({ "body": "B", "parentId": parent })).await.invalid(), ["parentId"]);
    }

    async fn an_internal_note_is_mirrored_in_its_metadata(app) {
        let brand = app.brand("acme").await;
        let comments = format!("{}/comments", path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await));
        for note in [
            json!({ "isInternal": true }),
            json!({ "metadata": { "isInternal": true } }),
            json!({ "isInternal": true, "metadata": { "isInternal": false } }),
        ] {
            let mut body = note.clone();
            body["body"] = json!("B");
            let comment = app.post(&comments, body.clone()).await.created();
            assert_eq!(
                (&comment["isInternal"], &comment["metadata"]["isInternal"]),
                (&json!(true), &json!(true)),
                "{note}"
            );
            body["authorType"] = json!("CUSTOMER");
            assert_eq!(app.post(&comments, body).await.invalid(), ["isInternal"], "{note}");
        }
        let unclear = json!({ "body": "B", "metadata": { "isInternal": "true" } });
        assert_eq!(app.post(&comments, unclear).await.invalid(), ["metadata.isInternal"]);
        let open = app.post(&comments, json!({ "body": "B", "isInternal": false })).await.created();
        assert_eq!((&open["isInternal"], &open["metadata"]), (&json!(false), &json!({})));
    }

    async fn a_comment_may_move_the_ticket_and_every_event_has_its_place(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let comments = format!("{one}/comments");
        for (body, kinds_wanted, changes) in [
            (
                json!({ "setStatus": "sts_closed", "closeReason": "no_response" }),
                vec!["comment.created", "ticket.updated", "ticket.closed"],
                json!({ "status": { "old": "open", "new": "closed" }, "closeReason": { "old": null, "new": "no_response" } }),
            ),
            (
                json!({ "setStatus": "open" }),
                vec!["comment.created", "ticket.updated", "ticket.reopened"],
                json!({ "status": { "old": "closed", "new": "open" }, "closeReason": { "old": "no_response", "new": null } }),
            ),
            (
                json!({ "setStatus": "pending" }),
                vec!["comment.created", "ticket.updated"],
                json!({ "status": { "old": "open", "new": "pending" } }),
            ),
            (json!({ "setStatus": "pending" }), vec!["comment.created"], Value::Null),
            (json!({}), vec!["comment.created"], Value::Null),
        ] {
            let seen = position(app, &brand).await;
            let mut sent = body.clone();
            sent["body"] = json!("B");
            let comment = app.post(&comments, sent).await.created();
            let events = events_after(app, &brand, seen).await;
            assert_eq!(kinds(&events), kinds_wanted, "{body}");
            let ticket = app.get(&one).await.ok();
            assert_eq!((&events[0]["data"]["comment"], &events[0]["data"]["ticket"]), (&comment, &ticket), "{body}");
            if events.len() > 1 {
                assert_eq!(events[1]["changes"], changes, "{body}");
            }
        }
        let messages = app.get(&format!("{comments}?authorType=SYSTEM")).await.ok();
        let triggers: Vec<_> =
            messages.as_array().unwrap().iter().map(|message| &message["metadata"]["trigger"]).collect();
        assert_eq!(triggers, ["api"; 3], "one message for each change of status");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_bad_status_or_close_reason_writes_nothing(app) {
        let brand = app.brand("acme").await;
        let comments = format!("{}/comments", path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await));
        let seen = position(app, &brand).await;
        for (body, field) in [
            (json!({ "setStatus": "nothing" }), "setStatus"),
            (json!({ "closeReason": "duplicate" }), "closeReason"),
            (json!({ "setStatus": "resolved", "closeReason": "duplicate" }), "closeReason"),
            (json!({ "attachmentIds": ["att_1"] }), "attachmentIds[0]"),
        ] {
            let mut sent = body.clone();
            sent["body"] = json!("B");
            assert_eq!(app.post(&comments, sent).await.invalid(), [field], "{body}");
        }
        assert_eq!((app.get(&comments).await.ok(), position(app, &brand).await), (json!([]), seen));
    }

    async fn the_first_public_staff_comment_is_the_first_response(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        app.advance_ms(1_000);
        let first = "2026-01-02T03:04:09.678Z";
        for (body, responded, count) in [
            (json!({ "authorType": "CUSTOMER" }), Value::Null, 1),
            (json!({ "isInternal": true }), Value::Null, 2),
            (json!({ "authorType": "SYSTEM" }), Value::Null, 2),
            (json!({}), json!(first), 3),
            (json!({}), json!(first), 4),
        ] {
            let mut sent = body.clone();
            sent["body"] = json!("B");
            let comment = app.post(&format!("{one}/comments"), sent).await.created();
            let ticket = app.get(&one).await.ok();
            assert_eq!((&ticket["firstResponseAt"], &ticket["commentCount"]), (&responded, &json!(count)), "{body}");
            assert_eq!(ticket["updatedAt"], comment["createdAt"]);
            app.advance_ms(1_000);
        }
    }

    async fn a_message_by_a_caller_is_an_event_and_one_by_the_server_is_not(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        app.post(&format!("{one}/comments"), json!({ "body": "B", "authorType": "SYSTEM" })).await.created();
        app.patch(&one, json!({ "status": "pending" })).await.ok();
        let events = app.events(&brand).await;
        assert_eq!(kinds(&events[2..]), ["comment.created", "ticket.updated"]);
        let messages = app.get(&format!("{one}/comments")).await.ok();
        assert_eq!(messages.as_array().unwrap().len(), 2);
        assert_eq!(app.get(&one).await.ok()["commentCount"], 0);
    }

    async fn parallel_comments_are_all_counted_and_only_the_first_is_the_response(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "status": "closed" })).await;
        let (one, seen) = (path(&brand, &ticket), position(app, &brand).await);
        let comments = format!("{one}/comments");
        join_all((0..16).map(|index| {
            let author = if index % 2 == 0 { "STAFF" } else { "CUSTOMER" };
            app.post(&comments, json!({ "body": "B", "authorType": author }))
        }))
        .await;
        let shown = app.get(&one).await.ok();
        assert_eq!((&shown["commentCount"], &shown["status"]), (&json!(16), &json!("open")));
        let events = events_after(app, &brand, seen).await;
        let count = |kind: &str| kinds(&events).into_iter().filter(|found| *found == kind).count();
        let counts = (count("comment.created"), count("ticket.updated"), count("ticket.reopened"));
        assert_eq!(counts, (16, 1, 1), "reopened once");
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }
}
