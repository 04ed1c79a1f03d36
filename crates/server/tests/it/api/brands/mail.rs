//! What a brand says of its mail and of its portal.

use dispatch_http::HttpSettings;
use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::last_event;

both! {
    async fn every_field_of_mail_and_portal_is_kept_and_told(app) {
        let brand = app.brand("acme").await;
        let wanted = json!({
            "inboundEmailEnabled": false, "fromName": "Acme Support", "fromEmail": "help@mail.example",
            "autoresponseEnabled": true, "autoresponseSubject": "Re: {{ticketTitle}}", "autoresponseBody": "We have it.",
            "newTicketNotifyEmails": ["team@acme.example"], "portalOrigins": ["https://acme.example"], "portalSignup": true,
        });
        let after = app.patch(&brand, wanted.clone()).await.ok();
        let event = last_event(app, &brand).await;
        for (field, value) in wanted.as_object().unwrap() {
            assert_eq!((&after[field], &event["changes"][field]["new"]), (value, value), "{field}");
        }
        assert_eq!(app.get(&brand).await.ok(), after);
        let mut body = wanted.clone();
        body["name"] = json!("Another");
        let made = app.post("/brands", body).await.created();
        for (field, value) in wanted.as_object().unwrap() {
            assert_eq!(&made[field], value, "{field}");
        }
        let cleared = json!({ "autoresponseEnabled": false, "autoresponseSubject": null, "fromName": null, "fromEmail": null });
        let after = app.patch(&brand, cleared).await.ok();
        assert_eq!((&after["fromName"], &after["autoresponseSubject"]), (&Value::Null, &Value::Null));
    }

    async fn an_automatic_answer_needs_both_texts(app) {
        let brand = app.brand("acme").await;
        let required = |field: &str| json!({ "field": field, "message": "is required while autoresponseEnabled is true" });
        let refused = app.patch(&brand, json!({ "autoresponseEnabled": true })).await.with(400);
        assert_eq!(refused["errors"], json!([required("autoresponseSubject"), required("autoresponseBody")]));
        app.patch(&brand, json!({ "autoresponseSubject": "S", "autoresponseBody": "B", "autoresponseEnabled": true })).await.ok();
        for empty in [Value::Null, json!(" \n ")] {
            let refused = app.patch(&brand, json!({ "autoresponseBody": empty })).await.with(400);
            assert_eq!(refused["errors"], json!([required("autoresponseBody")]));
        }
    }

    async fn a_brand_sends_only_from_domains_of_the_server(app) {
        let settings = HttpSettings { mail_from_domains: vec!["acme.example".to_owned()], ..app.app.settings().clone() };
        let app = &app.with_settings(settings);
        let brand = app.brand("acme").await;
        for good in ["help@mail.example", "Help@ACME.example"] {
            app.patch(&brand, json!({ "fromEmail": good })).await.ok();
        }
        for bad in ["ceo@bank.example", "help@sub.acme.example", "help@mail.example.evil.example"] {
            let refused = app.patch(&brand, json!({ "fromEmail": bad })).await.with(400);
            assert_eq!(refused["errors"][0]["field"], "fromEmail", "{bad}");
            app.post("/brands", json!({ "name": "x", "fromEmail": bad })).await.with(400);
        }
    }

    async fn lists_hold_each_value_once(app) {
        let brand = app.brand("acme").await;
        let body = json!({
            "newTicketNotifyEmails": ["Ana@acme.example", "ana@acme.example"],
            "portalOrigins": ["https://A.example", "https://a.example", "http://a.example:8080"],
        });
        let after = app.patch(&brand, body).await.ok();
        assert_eq!(after["newTicketNotifyEmails"], json!(["ana@acme.example"]));
        assert_eq!(after["portalOrigins"], json!(["https://a.example", "http://a.example:8080"]));
    }
}
