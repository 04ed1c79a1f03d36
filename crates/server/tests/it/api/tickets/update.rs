use std::collections::BTreeSet;

use dispatch_testkit::{START, both};
use futures_util::future::join_all;
use serde_json::{Map, Value, json};

use crate::api::{
    given::{events_after, kinds, member, path, position, text},
    labels::{category, tag},
};

/// What a PATCH with null does.
enum Null {
    /// The field gets this value.
    Clears(Value),
    /// 400 on the field.
    IsRefused,
}

both! {
    async fn every_field_has_three_states(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let eve = app.post(&format!("{brand}/customers"), json!({ "email": "eve@example.com" })).await.created();
        let link = json!({ "url": "https://example.com", "title": null, "type": null });
        let (billing, vip) = (category(app, &brand, "billing").await, tag(app, &brand, "vip").await);
        let cases = [
            ("title", json!("New"), Null::IsRefused),
            ("body", json!("New"), Null::Clears(Value::Null)),
            ("status", json!("pending"), Null::IsRefused),
            ("statusId", json!("sts_pending"), Null::IsRefused),
            ("closeReason", json!("duplicate"), Null::Clears(Value::Null)),
            ("priority", json!("high"), Null::IsRefused),
            ("assigneeId", json!(ana), Null::Clears(Value::Null)),
            ("assigneeEmail", json!("team@else.example"), Null::Clears(Value::Null)),
            ("customerId", eve["id"].clone(), Null::Clears(Value::Null)),
            ("customerEmail", json!("new@example.com"), Null::IsRefused),
            ("customerName", json!("Jane"), Null::IsRefused),
            ("customFields", json!({ "a": 1 }), Null::Clears(json!({}))),
            ("metadata", json!({ "a": 1 }), Null::Clears(json!({}))),
            ("links", json!([link]), Null::Clears(json!([]))),
            ("dueAt", json!("2026-05-01T00:00:00.000Z"), Null::Clears(Value::Null)),
            ("categoryId", json!(billing), Null::Clears(Value::Null)),
            ("tagIds", json!([vip]), Null::IsRefused),
            ("tags", json!(["vip"]), Null::IsRefused),
            ("addTagIds", json!([vip]), Null::IsRefused),
            ("removeTagIds", json!([vip]), Null::IsRefused),
            ("isSpam", json!(true), Null::IsRefused),
            ("expectedUpdatedAt", Value::Null, Null::IsRefused),
        ];
        let document: Value = serde_json::from_str(app.app.document()).unwrap();
        let known: BTreeSet<&str> = document["components"]["schemas"]["TicketPatch"]["properties"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(known, cases.iter().map(|(field, ..)| *field).collect(), "each field of TicketPatch has a case");

        for (field, value, null) in cases {
            let status = if field == "closeReason" { "closed" } else { "open" };
            let new = json!({ "title": "T", "body": "B", "status": status, "customerEmail": "jane@example.com" });
            let one = path(&brand, &app.ticket(&brand, new).await);
            let mut set = app.get(&one).await.ok();
            if !value.is_null() {
                set = app.patch(&one, json!({ field: value })).await.ok();
                let (shown, value) = match field {
                    "statusId" => (set["statusRef"]["key"].clone(), json!("pending")),
                    "tags" | "addTagIds" => (set["tagIds"].clone(), json!([vip])),
                    "removeTagIds" => (set["tagIds"].clone(), json!([])),
                    _ => (set[field].clone(), value),
                };
                assert_eq!(shown, value, "{field}");
            }
            assert_eq!(app.patch(&one, json!({})).await.ok(), set, "{field} left out");
            let cleared = app.patch(&one, json!({ field: null })).await;
            match null {
                Null::IsRefused => assert_eq!(cleared.invalid(), [field]),
                Null::Clears(empty) => assert_eq!(cleared.ok()[field], empty, "{field}"),
            }
        }
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_change_that_changes_nothing_leaves_no_trace(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let ticket = app.ticket(&brand, json!({
            "title": "T", "body": "B", "status": "closed", "closeReason": "duplicate", "priority": "high", "assigneeId": ana,
            "customerEmail": "jane@example.com", "customerName": "Jane", "customFields": { "a": 1.0, "b": [1] },
            "metadata": { "a": "x" }, "links": ["https://example.com"], "dueAt": "2026-05-01",
        })).await;
        app.advance_ms(5_000);
        let seen = position(app, &brand).await;
        for patch in [
            json!({}),
            json!({ "title": " T ", "body": "B", "status": "closed", "statusId": "sts_closed", "closeReason": "duplicate" }),
            json!({ "priority": "high", "assigneeId": ana, "assigneeEmail": "ANA@acme.example" }),
            json!({ "customerEmail": "Jane@example.com", "customerName": "Other", "customerId": ticket["customerId"] }),
            json!({ "customFields": { "b": [1] }, "metadata": {}, "links": [{ "url": "https://example.com" }] }),
            json!({ "customFields": { "none": null }, "dueAt": "2026-05-01T02:00:00+02:00" }),
            json!({ "source": "sms", "sourceId": "7", "sourceData": {}, "createdBy": "x", "isSpam": false, "tagIds": [] }),
        ] {
            assert_eq!(app.patch(&path(&brand, &ticket), patch.clone()).await.ok(), ticket, "{patch}");
        }
        assert_eq!(position(app, &brand).await, seen);
        let ignored = app.patch(&path(&brand, &ticket), json!({ "source": "sms", "sourceId": "7" })).await;
        assert_eq!(ignored.header("x-ignored-fields"), "source, sourceId");
    }

    async fn an_expected_time_of_change_guards_against_others(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let one = path(&brand, &ticket);
        app.advance_ms(1);
        let with = |at: &str, title: &str| json!({ "expectedUpdatedAt": at, "title": title });
        let first = app.patch(&one, with(START, "first")).await.ok();
        app.patch(&one, with(START, "second")).await.refused(409, "conflict");
        assert_eq!(app.get(&one).await.ok(), first);
        app.patch(&one, with("2026-01-02T04:04:05.679+01:00", "third")).await.ok();
        assert_eq!(app.patch(&one, json!({ "expectedUpdatedAt": START, "title": "" })).await.invalid(), ["title"]);
        assert_eq!(app.get(&one).await.ok()["title"], "third");
    }

    async fn all_changes_of_a_request_are_one_event_with_old_and_new(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let ticket = app.ticket(&brand, json!({
            "title": "T", "customerEmail": "jane@example.com", "customFields": { "gone": 1, "same": 2, "new": 3 },
            "metadata": { "a": 1 },
        })).await;
        app.advance_ms(1);
        let seen = position(app, &brand).await;
        let patched = app.patch(&path(&brand, &ticket), json!({
            "title": "U", "body": "B", "status": "closed", "closeReason": "duplicate", "priority": "medium", "assigneeId": ana,
            "customerEmail": "eve@example.com", "customFields": { "gone": null, "same": 2, "new": "x", "more": [1] },
            "metadata": { "b": 2 }, "links": ["https://example.com"], "dueAt": "2026-05-01",
        })).await.ok();
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["customer.created", "ticket.updated", "ticket.closed"]);
        let change = |old: Value, new: Value| json!({ "old": old, "new": new });
        let expected = json!({
            "title": change(json!("T"), json!("U")),
            "body": change(Value::Null, json!("B")),
            "status": change(json!("open"), json!("closed")),
            "closeReason": change(Value::Null, json!("duplicate")),
            "assigneeId": change(Value::Null, json!(ana)),
            "assigneeEmail": change(Value::Null, json!("ana@acme.example")),
            "customerId": change(ticket["customerId"].clone(), patched["customerId"].clone()),
            "customerEmail": change(json!("jane@example.com"), json!("eve@example.com")),
            "links": change(json!([]), patched["links"].clone()),
            "customFields.gone": change(json!(1), Value::Null),
            "customFields.new": change(json!(3), json!("x")),
            "customFields.more": change(Value::Null, json!([1])),
            "metadata": change(json!({ "a": 1 }), json!({ "a": 1, "b": 2 })),
            "dueAt": change(Value::Null, json!("2026-05-01T00:00:00.000Z")),
        });
        assert_eq!(events[1]["changes"], expected, "derived fields are left out");
        let named: BTreeSet<&str> =
            events[1]["data"]["changes"].as_array().unwrap().iter().map(|field| field.as_str().unwrap()).collect();
        assert_eq!(named, expected.as_object().unwrap().keys().map(String::as_str).collect());
        assert_eq!(events[1]["data"]["ticket"], patched);
        assert_eq!(events[1]["timestamp"], patched["updatedAt"]);
    }

    async fn texts_in_changes_are_cut_to_1000_code_points(app) {
        let brand = app.brand("acme").await;
        let long = |letter: &str, length: usize| letter.repeat(length);
        let ticket = app
            .ticket(
                &brand,
                json!({
                    "title": "T", "body": long("é", 3_000), "customFields": { "note": long("ü", 1_001) },
                }),
            )
            .await;
        let patch = json!({ "body": long("ö", 1_000), "customFields": { "note": long("ß", 2_000) } });
        app.patch(&path(&brand, &ticket), patch).await.ok();
        let events = app.events(&brand).await;
        let changes = &events.last().unwrap()["changes"];
        assert_eq!(changes["body"], json!({ "old": long("é", 1_000), "new": long("ö", 1_000) }));
        assert_eq!(changes["customFields.note"], json!({ "old": long("ü", 1_000), "new": long("ß", 1_000) }));
    }

    async fn a_change_beyond_the_cut_is_still_a_change(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "body": format!("{}1", "x".repeat(1_000)) })).await;
        let body = format!("{}2", "x".repeat(1_000));
        assert_eq!(app.patch(&path(&brand, &ticket), json!({ "body": body })).await.ok()["body"], json!(body));
        let events = app.events(&brand).await;
        assert_eq!(events.last().unwrap()["data"]["changes"], json!(["body"]));
    }

    async fn free_objects_are_merged_at_the_top_level(app) {
        let brand = app.brand("acme").await;
        for field in ["customFields", "metadata"] {
            let new = json!({ "title": "T", field: { "a": { "x": 1, "y": 2 }, "b": 1, "c": null } });
            let one = path(&brand, &app.ticket(&brand, new).await);
            let patched = app.patch(&one, json!({ field: { "a": { "z": 3 }, "b": null, "d": 4 } })).await.ok();
            assert_eq!(patched[field], json!({ "a": { "z": 3 }, "d": 4 }));
            assert_eq!(app.patch(&one, json!({ field: null })).await.ok()[field], json!({}));
            let full: Map<String, Value> =
                (0..7).map(|index| (format!("k{index}"), json!("x".repeat(9_000)))).collect();
            app.patch(&one, json!({ field: full })).await.ok();
            let over = app.patch(&one, json!({ field: { "k7": "x".repeat(9_000) } })).await;
            assert_eq!(over.invalid(), [field], "64 KB hold for what is stored, not only for what is sent");
        }
    }

    async fn the_customer_is_linked_created_or_named(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let one = path(&brand, &ticket);
        let linked = app.patch(&one, json!({ "customerEmail": "Jane@example.com" })).await.ok();
        assert_eq!((&linked["customerEmail"], &linked["customerName"]), (&json!("jane@example.com"), &Value::Null));
        let seen = position(app, &brand).await;
        assert_eq!(app.patch(&one, json!({ "customerName": "Jane" })).await.ok()["customerName"], "Jane");
        let named = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&named), ["customer.updated", "ticket.updated"]);
        assert_eq!(named[1]["changes"], json!({ "customerName": { "old": null, "new": "Jane" } }));
        let clash = json!({ "customerId": linked["customerId"], "customerEmail": "eve@example.com" });
        assert_eq!(app.patch(&one, clash).await.invalid(), ["customerEmail"]);
        assert_eq!(app.patch(&one, json!({ "customerId": "cus_x" })).await.invalid(), ["customerId"]);
        let unlinked = app.patch(&one, json!({ "customerId": null })).await.ok();
        assert_eq!((&unlinked["customer"], &unlinked["customerEmail"]), (&Value::Null, &Value::Null));
        let known = app.get(&format!("{brand}/customers/{}", text(&linked, "customerId"))).await.ok();
        assert_eq!((&known["name"], &known["ticketCount"]), (&json!("Jane"), &json!(0)));
    }

    async fn assignees_follow_the_rules_of_creation(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let ana = member(app, "ana@acme.example", "Ana", &[&brand]).await;
        let bo = member(app, "bo@acme.example", "Bo", &[&other]).await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let set = app.patch(&one, json!({ "assigneeEmail": "ana@acme.example" })).await.ok();
        assert_eq!((&set["assigneeId"], &set["assigneeName"]), (&json!(ana), &json!("Ana")));
        for (patch, field) in [
            (json!({ "assigneeId": bo }), "assigneeId"),
            (json!({ "assigneeId": "usr_nobody" }), "assigneeId"),
            (json!({ "assigneeEmail": "bo@acme.example" }), "assigneeEmail"),
            (json!({ "assigneeId": ana, "assigneeEmail": "bo@acme.example" }), "assigneeEmail"),
            (json!({ "status": "nothing" }), "status"),
            (json!({ "statusId": "sts_nothing" }), "statusId"),
            (json!({ "status": "open", "statusId": "sts_closed" }), "statusId"),
        ] {
            assert_eq!(app.patch(&one, patch.clone()).await.invalid(), [field], "{patch}");
        }
        let cleared = app.patch(&one, json!({ "assigneeEmail": null })).await.ok();
        assert_eq!((&cleared["assigneeId"], &cleared["assigneeEmail"]), (&Value::Null, &Value::Null));
    }

    async fn parallel_changes_of_one_ticket_lose_nothing(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let one = path(&brand, &ticket);
        let keys = ["pending", "closed", "open", "resolved"];
        join_all((0..16).map(|writer| {
            let patch = json!({ "status": keys[writer % 4], "customFields": { (format!("k{writer}")): writer } });
            app.patch(&one, patch)
        }))
        .await;
        let shown = app.get(&one).await.ok();
        assert_eq!(shown["customFields"].as_object().unwrap().len(), 16);
        let mut status = json!("open");
        for event in app.events(&brand).await {
            if let Some(change) = event["changes"].get("status") {
                assert_eq!(change["old"], status);
                status = change["new"].clone();
            }
        }
        assert_eq!(shown["status"], status);
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }
}
