use dispatch_testkit::{START, both};
use serde_json::{Value, json};

use crate::api::given::{kinds, member, path, send_bytes, status, text};

both! {
    async fn an_unknown_email_creates_the_customer_and_a_known_one_links_it(app) {
        let brand = app.brand("acme").await;
        let body =
            json!({ "title": "Billing question", "customerEmail": "Jane@Example.com ", "customerName": "Jane Doe" });
        let first = app.ticket(&brand, body.clone()).await;
        assert_eq!(first["ticketNumber"], "DT-1001");
        assert_eq!(first["status"], "open");
        assert_eq!(first["customer"]["email"], "jane@example.com");
        let second = app.ticket(&brand, body).await;
        assert_eq!(second["ticketNumber"], "DT-1002");
        assert_eq!(second["customerId"], first["customerId"]);
        let events = app.events(&brand).await;
        assert_eq!(kinds(&events), ["brand.created", "customer.created", "ticket.created", "ticket.created"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn every_field_comes_back_as_it_was_sent(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana Ito", &[]).await;
        let sent = json!({
            "title": "Cannot sign in", "body": " <p>Locked out</p>\r\n", "status": "closed", "closeReason": "duplicate",
            "priority": "urgent", "assigneeId": ana, "assigneeEmail": "ana@acme.example",
            "customerEmail": "jane@example.com", "customerName": "Jane Doe", "customFields": { "plan": "pro" },
            "metadata": { "a": [1, { "b": null }] }, "source": "sms", "sourceId": " +49 1 ",
            "links": [{ "url": "https://example.com/1", "title": "One", "type": "issue" }],
            "sourceData": { "z": 1, "a": null }, "createdBy": " import job 7 ", "dueAt": "2026-02-01T00:00:00.000Z",
        });
        let ticket = app.ticket(&brand, sent.clone()).await;
        for (field, value) in sent.as_object().unwrap() {
            assert_eq!(ticket[field], *value, "{field}");
        }
        assert_eq!(ticket["assigneeName"], "Ana Ito");
        assert_eq!(ticket["customerId"], ticket["customer"]["id"]);
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok(), ticket);
    }

    async fn what_is_left_out_or_null_has_its_default(app) {
        let brand = app.brand("acme").await;
        let optional = [
            "body",
            "status",
            "statusId",
            "closeReason",
            "priority",
            "assigneeId",
            "assigneeEmail",
            "customerEmail",
            "customerName",
            "customerId",
            "customFields",
            "metadata",
            "links",
            "source",
            "sourceId",
            "sourceData",
            "createdBy",
            "dueAt",
            "categoryId",
            "tagIds",
            "tags",
            "watchers",
            "attachmentIds",
            "notifyCustomer",
        ];
        let mut nulls = json!({ "title": " A\r\nB " });
        for field in optional {
            nulls[field] = Value::Null;
        }
        let expected = json!({
            "title": "A B", "body": null, "bodyTruncated": false, "status": "open", "closeReason": null,
            "priority": "normal", "assigneeId": null, "assigneeEmail": null, "assigneeName": null, "customerId": null,
            "customer": null, "customerEmail": null, "customerName": null, "companyId": null, "categoryId": null,
            "category": null, "tagIds": [], "tags": [], "links": [], "customFields": {}, "metadata": {},
            "source": "api", "sourceId": null, "sourceData": null, "createdBy": null, "commentCount": 0,
            "attachmentCount": 0, "isSpam": false, "mergedIntoId": null, "dueAt": null, "overdueAt": null,
            "firstResponseAt": null, "resolvedAt": null, "resolvedById": null, "closedAt": null,
            "createdAt": START, "updatedAt": START, "deletedAt": null,
        });
        for body in [json!({ "title": " A\r\nB " }), nulls] {
            let ticket = app.ticket(&brand, body).await;
            for (field, value) in expected.as_object().unwrap() {
                assert_eq!(ticket[field], *value, "{field}");
            }
            assert_eq!(ticket["statusRef"]["id"], ticket["statusId"]);
        }
    }

    async fn a_status_is_named_by_key_id_or_sts_key_in_either_field(app) {
        let brand = app.brand("acme").await;
        let custom = status(app, &brand, "in_progress", true).await;
        for field in ["status", "statusId"] {
            for name in ["in_progress", text(&custom, "id"), "sts_in_progress"] {
                let ticket = app.ticket(&brand, json!({ "title": "T", field: name })).await;
                assert_eq!(
                    (&ticket["status"], &ticket["statusRef"]),
                    (&json!("in_progress"), &custom),
                    "{field} {name}"
                );
            }
        }
        let both = |id: &str| json!({ "title": "T", "status": "in_progress", "statusId": id });
        assert_eq!(app.ticket(&brand, both("sts_in_progress")).await["statusId"], custom["id"]);
        let tickets = format!("{brand}/tickets");
        assert_eq!(app.post(&tickets, both("open")).await.invalid(), ["statusId"]);
        assert_eq!(app.post(&tickets, both("sts_nothing")).await.invalid(), ["statusId"]);
        assert_eq!(app.post(&tickets, json!({ "title": "T", "status": "Open" })).await.invalid(), ["status"]);
    }

    async fn a_ticket_that_starts_inactive_has_its_times_and_no_message(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "parked", false).await;
        for (key, resolved, closed) in [
            ("pending", Value::Null, Value::Null),
            ("parked", json!(START), Value::Null),
            ("resolved", json!(START), Value::Null),
            ("closed", json!(START), json!(START)),
        ] {
            let ticket = app.ticket(&brand, json!({ "title": "T", "status": key })).await;
            assert_eq!((&ticket["resolvedAt"], &ticket["closedAt"]), (&resolved, &closed), "{key}");
            assert_eq!(app.get(&format!("{}/comments", path(&brand, &ticket))).await.ok(), json!([]));
        }
        let events = app.events(&brand).await;
        assert_eq!(kinds(&events[2..]), ["ticket.created"; 4]);
    }

    async fn a_close_reason_is_only_for_closed_tickets(app) {
        let brand = app.brand("acme").await;
        for reason in ["no_response", "out_of_scope", "customer_left", "duplicate"] {
            let ticket = app.ticket(&brand, json!({ "title": "T", "status": "closed", "closeReason": reason })).await;
            assert_eq!(ticket["closeReason"], reason);
        }
        for key in ["open", "pending", "resolved"] {
            let body = json!({ "title": "T", "status": key, "closeReason": "duplicate" });
            assert_eq!(app.post(&format!("{brand}/tickets"), body).await.invalid(), ["closeReason"], "{key}");
        }
    }

    async fn an_assignee_is_a_member_of_the_brand_or_an_address_outside(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let ana = member(app, "ana@acme.example", "Ana Ito", &[&brand]).await;
        let bo = member(app, "bo@acme.example", "Bo", &[&other]).await;
        let tickets = format!("{brand}/tickets");
        for assignee in [
            json!({ "assigneeId": ana }),
            json!({ "assigneeEmail": " ANA@acme.example" }),
            json!({ "assigneeId": ana, "assigneeEmail": "Ana@acme.example" }),
        ] {
            let mut body = assignee.clone();
            body["title"] = json!("T");
            let ticket = app.ticket(&brand, body).await;
            let found = json!([ticket["assigneeId"], ticket["assigneeEmail"], ticket["assigneeName"]]);
            assert_eq!(found, json!([ana, "ana@acme.example", "Ana Ito"]), "{assignee}");
        }
        let outside = app.ticket(&brand, json!({ "title": "T", "assigneeEmail": "Team@else.example" })).await;
        assert_eq!((&outside["assigneeId"], &outside["assigneeName"]), (&Value::Null, &Value::Null));
        assert_eq!(outside["assigneeEmail"], "team@else.example");
        for (assignee, field) in [
            (json!({ "assigneeId": "usr_nobody" }), "assigneeId"),
            (json!({ "assigneeId": bo }), "assigneeId"),
            (json!({ "assigneeEmail": "bo@acme.example" }), "assigneeEmail"),
            (json!({ "assigneeId": ana, "assigneeEmail": "else@acme.example" }), "assigneeEmail"),
        ] {
            let mut body = assignee.clone();
            body["title"] = json!("T");
            assert_eq!(app.post(&tickets, body).await.invalid(), [field], "{assignee}");
        }
        let events = app.events(&brand).await;
        assert_eq!(kinds(&events[1..]), ["ticket.created"; 4]);
    }

    async fn a_name_fills_an_empty_name_and_never_replaces_one(app) {
        let brand = app.brand("acme").await;
        let with = |name: &str| json!({ "title": "T", "customerEmail": "jane@example.com", "customerName": name });
        for (sent, shown) in [("", Value::Null), (" Jane ", json!("Jane")), ("Eve", json!("Jane"))] {
            let ticket = app.ticket(&brand, with(sent)).await;
            assert_eq!((&ticket["customerName"], &ticket["customer"]["name"]), (&shown, &shown), "{sent}");
        }
        let events = app.events(&brand).await;
        assert_eq!(
            kinds(&events[1..]),
            ["customer.created", "ticket.created", "customer.updated", "ticket.created", "ticket.created"]
        );
        let nobody = app.ticket(&brand, json!({ "title": "T", "customerName": "Eve" })).await;
        assert_eq!(nobody["customer"], Value::Null, "no email at all: a ticket without a customer");
    }

    async fn a_customer_may_be_named_by_id_and_must_be_of_the_brand(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let new = json!({ "email": "jane@example.com" });
        let jane = app.post(&format!("{brand}/customers"), new.clone()).await.created();
        let stranger = app.post(&format!("{other}/customers"), new).await.created();
        let same = json!({ "title": "T", "customerId": jane["id"], "customerEmail": "Jane@example.com" });
        assert_eq!(app.ticket(&brand, same).await["customerId"], jane["id"]);
        for (id, email, field) in [
            (&jane["id"], json!("eve@example.com"), "customerEmail"),
            (&stranger["id"], Value::Null, "customerId"),
            (&json!("cus_nobody"), Value::Null, "customerId"),
        ] {
            let body = json!({ "title": "T", "customerId": id, "customerEmail": email });
            assert_eq!(app.post(&format!("{brand}/tickets"), body).await.invalid(), [field], "{id}");
        }
        assert_eq!(app.get(&format!("{brand}/customers")).await.ok()["data"].as_array().unwrap().len(), 1);
    }

    async fn free_json_keeps_its_order_and_every_digit(app) {
        let brand = app.brand("acme").await;
        let free = r#"{"zebra":12345678901234567890.10,"apple":{"y":1.0,"x":-0},"mid":"\"ü\\"}"#;
        for field in ["customFields", "metadata", "sourceData"] {
            let body = format!(r#"{{"title":"T","{field}":{free}}}"#);
            let made = send_bytes(app, "POST", &format!("{brand}/tickets"), body).await;
            let kept = format!(r#""{field}":{free}"#);
            assert!(made.text.contains(&kept), "{}", made.text);
            let ticket = made.created();
            let read = app.get(&path(&brand, &ticket)).await;
            assert!(read.text.contains(&kept), "{}", read.text);
            let logged = app.get(&format!("{brand}/events?ticketId={}", text(&ticket, "id"))).await;
            assert!(logged.text.contains(&kept), "{}", logged.text);
        }
    }

    async fn links_are_texts_or_objects_and_come_out_as_objects(app) {
        let brand = app.brand("acme").await;
        let links = json!(["https://example.com/a", { "url": "http://example.com/b", "title": "B" }]);
        let ticket = app.ticket(&brand, json!({ "title": "T", "links": links })).await;
        let expected = json!([
            { "url": "https://example.com/a", "title": null, "type": null },
            { "url": "http://example.com/b", "title": "B", "type": null },
        ]);
        assert_eq!(ticket["links"], expected);
        let bad = json!(["ftp://example.com", "https://example.com", { "title": "no url" }]);
        let refused = app.post(&format!("{brand}/tickets"), json!({ "title": "T", "links": bad })).await;
        assert_eq!(refused.invalid(), ["links[0]", "links[2].url"]);
    }

    async fn a_due_date_is_read_with_any_offset_or_as_a_bare_date(app) {
        let brand = app.brand("acme").await;
        for (sent, shown) in [
            ("2026-03-01", "2026-03-01T00:00:00.000Z"),
            ("2026-03-01T02:00:00+02:00", "2026-03-01T00:00:00.000Z"),
            ("2026-03-01T00:00:00.1239Z", "2026-03-01T00:00:00.123Z"),
        ] {
            assert_eq!(app.ticket(&brand, json!({ "title": "T", "dueAt": sent })).await["dueAt"], shown);
        }
    }
}
