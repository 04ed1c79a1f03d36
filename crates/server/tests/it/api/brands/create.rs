use dispatch_testkit::{START, both};
use serde_json::{Value, json};

use crate::api::{each, event_types, id, last_event};

both! {
    async fn a_new_brand_has_every_field_with_its_default(app) {
        let brand = app.post("/brands", json!({ "name": " Acme Support ", "slug": "acme" })).await.created();
        assert!(id(&brand).starts_with("br_"));
        let expected = json!({
            "id": id(&brand), "accountId": app.get("/accounts/me").await.ok()["id"], "name": "Acme Support",
            "slug": "acme", "ticketPrefix": "DT", "nextTicketNumber": 1001, "url": null, "iconUrl": null,
            "settings": {}, "metadata": {}, "ticketSchema": null,
            "fieldDefinitions": { "ticket": [], "customer": [], "company": [] },
            "inboundEmailEnabled": true, "inboundAddress": "acme@mail.example", "fromName": null, "fromEmail": null,
            "autoresponseEnabled": false, "autoresponseSubject": null, "autoresponseBody": null,
            "newTicketNotifyEmails": [], "portalOrigins": [], "portalSignup": false,
            "csatEnabled": false, "csatType": "thumbs", "csatDelayMinutes": 60,
            "csatEmailSubject": null, "csatEmailBody": null,
            "slaEnabled": false, "slaDefaultHours": 72,
            "slaByPriority": { "urgent": 4, "high": 24, "normal": 72, "low": 168 },
            "slaNotifyOverdue": true, "slaBusinessHoursOnly": false,
            "slaBusinessHours": { "start": "09:00", "end": "17:00", "days": [1, 2, 3, 4, 5], "timezone": "UTC" },
            "createdAt": START, "updatedAt": START, "deletedAt": null,
        });
        assert_eq!(brand, expected);
        assert_eq!(app.get(&format!("/brands/{}", id(&brand))).await.ok(), expected);
    }

    async fn a_new_brand_has_the_four_system_statuses_and_one_event(app) {
        let brand = app.post("/brands", json!({ "name": "Acme" })).await.created();
        let path = format!("/brands/{}", id(&brand));
        assert_eq!(
            each(&app.get(&format!("{path}/statuses")).await.ok(), "key"),
            ["open", "pending", "resolved", "closed"]
        );
        assert_eq!(event_types(app, &path).await, ["brand.created"]);
        let event = last_event(app, &path).await;
        assert_eq!(event["data"], json!({ "id": brand["id"], "brand": brand }));
        assert_eq!((&event["entityType"], &event["sequence"]), (&json!("brand"), &json!(1)));
    }

    async fn a_brand_takes_all_its_fields_at_birth(app) {
        let body = json!({
            "name": "Acme", "slug": "acme", "ticketPrefix": "ac1", "ticketNumberStart": 7,
            "url": "https://acme.example", "iconUrl": "https://acme.example/icon.png",
            "settings": { "a": 1, "gone": null }, "metadata": { "b": [1, { "c": null }] },
            "ticketSchema": { "type": "object" },
        });
        let brand = app.post("/brands", body).await.created();
        for (field, value) in [
            ("ticketPrefix", json!("AC1")),
            ("nextTicketNumber", json!(7)),
            ("url", json!("https://acme.example")),
            ("iconUrl", json!("https://acme.example/icon.png")),
            ("settings", json!({ "a": 1 })),
            ("metadata", json!({ "b": [1, { "c": null }] })),
            ("ticketSchema", json!({ "type": "object" })),
        ] {
            assert_eq!(brand[field], value, "{field}");
        }
        let ticket = app.ticket(&format!("/brands/{}", id(&brand)), json!({ "title": "First" })).await;
        assert_eq!(ticket["ticketNumber"], "AC1-7");
    }

    async fn a_bad_brand_names_every_wrong_field_and_nothing_is_created(app) {
        let body = json!({
            "name": "x".repeat(201), "slug": "-", "ticketPrefix": "A-B", "ticketNumberStart": 0, "url": "ftp://x",
            "iconUrl": 1, "settings": [], "metadata": "x", "ticketSchema": 1, "portalSignup": "yes",
        });
        let wrong = [
            "name",
            "slug",
            "ticketPrefix",
            "ticketNumberStart",
            "url",
            "iconUrl",
            "settings",
            "metadata",
            "ticketSchema",
            "portalSignup",
        ];
        assert_eq!(app.post("/brands", body).await.invalid(), wrong);
        assert_eq!(app.post("/brands", Value::Null).await.invalid(), ["name"]);
        assert_eq!(app.get("/brands").await.ok(), json!([]));
    }

    async fn ticket_prefixes_are_1_to_10_letters_and_digits(app) {
        for (prefix, stored) in [("a", "A"), ("abc0123456", "ABC0123456"), ("9", "9")] {
            let brand = app.post("/brands", json!({ "name": "Acme", "ticketPrefix": prefix })).await.created();
            assert_eq!(brand["ticketPrefix"], stored);
        }
        for prefix in ["", "ABCDEFGHIJK", "A-B", "A B", "\u{c4}", "\u{df}"] {
            let answer = app.post("/brands", json!({ "name": "Acme", "ticketPrefix": prefix })).await;
            assert_eq!(answer.invalid(), ["ticketPrefix"], "{prefix}");
        }
    }

    async fn ticket_numbers_start_from_1_to_999_999_999(app) {
        for start in [1, 999_999_999] {
            let brand = app.post("/brands", json!({ "name": "Acme", "ticketNumberStart": start })).await.created();
            let ticket = app.ticket(&format!("/brands/{}", id(&brand)), json!({ "title": "First" })).await;
            assert_eq!(ticket["number"], start);
        }
        for start in [json!(0), json!(-1), json!(1_000_000_000), json!("5"), json!(1.5), json!(true)] {
            let answer = app.post("/brands", json!({ "name": "Acme", "ticketNumberStart": start })).await;
            assert_eq!(answer.invalid(), ["ticketNumberStart"], "{start}");
        }
    }
}
