use dispatch_testkit::{START, both};
use serde_json::{Value, json};

use super::{company, customer};
use crate::api::{event_types, id, last_event};

both! {
    async fn a_new_company_has_its_defaults_and_one_event(app) {
        let brand = app.brand("acme").await;
        let made = company(app, &brand, json!({ "name": " Example Co " })).await;
        let expected = json!({
            "id": id(&made), "brandId": brand.trim_start_matches("/brands/"), "name": "Example Co", "domain": null,
            "metadata": {}, "settings": {}, "customerCount": 0, "ticketCount": 0, "createdAt": START, "updatedAt": START,
            "deletedAt": null,
        });
        assert_eq!(made, expected);
        assert!(id(&made).starts_with("co_"));
        assert_eq!(app.get(&format!("{brand}/companies/{}", id(&made))).await.ok(), made);
        let event = last_event(app, &brand).await;
        let mut told = made;
        for count in ["customerCount", "ticketCount"] {
            told.as_object_mut().unwrap().remove(count).unwrap();
        }
        assert_eq!((&event["type"], &event["entityType"]), (&json!("company.created"), &json!("company")));
        assert_eq!(event["data"], json!({ "id": told["id"], "company": told }));
    }

    async fn a_company_takes_all_its_fields(app) {
        let brand = app.brand("acme").await;
        let body = json!({
            "name": "Example Co", "domain": " Mail.Example.COM ", "metadata": { "a": [1], "none": null },
            "settings": { "mine": { "x": [1, null] } },
        });
        let made = company(app, &brand, body).await;
        assert_eq!(made["domain"], "mail.example.com");
        assert_eq!(made["metadata"], json!({ "a": [1] }));
        assert_eq!(made["settings"], json!({ "mine": { "x": [1, null] } }));
    }

    async fn a_domain_is_taken_in_its_brand_only(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        company(app, &acme, json!({ "name": "One", "domain": "example.com" })).await;
        let body = json!({ "name": "Two", "domain": "EXAMPLE.com" });
        app.post(&format!("{acme}/companies"), body.clone()).await.refused(409, "conflict");
        company(app, &other, body).await;
        assert_eq!(event_types(app, &acme).await, ["brand.created", "company.created"]);
        // Names are nobody's alone.
        company(app, &acme, json!({ "name": "One" })).await;
    }

    async fn a_domain_of_free_mailboxes_is_refused(app) {
        let brand = app.brand("acme").await;
        for domain in ["gmail.com", "Outlook.com", "yahoo.com"] {
            let answer = app.post(&format!("{brand}/companies"), json!({ "name": "C", "domain": domain })).await;
            assert_eq!(answer.invalid(), ["domain"], "{domain}");
        }
        let own = dispatch_http::HttpSettings {
            free_mail: dispatch_model::free_mail::FreeMail::new(&["Free.example".to_owned()]),
            ..dispatch_http::HttpSettings::default()
        };
        let app = app.with_settings(own);
        let answer = app.post(&format!("{brand}/companies"), json!({ "name": "C", "domain": "free.example" })).await;
        assert_eq!(answer.invalid(), ["domain"]);
        company(&app, &brand, json!({ "name": "C", "domain": "gmail.com" })).await;
        // A company that has such a domain from before gets nobody by it.
        let made = customer(&app, &brand, "jane@free.example").await;
        assert_eq!(made["companyId"], Value::Null);
    }

    async fn every_problem_is_told_at_once(app) {
        let brand = app.brand("acme").await;
        let settings = json!({ "defaultPriority": "soon", "ccEmails": ["x"] });
        let body = json!({ "name": "", "domain": "a b", "metadata": [], "settings": settings });
        let wrong = ["name", "domain", "metadata", "settings.defaultPriority", "settings.ccEmails"];
        assert_eq!(app.post(&format!("{brand}/companies"), body).await.invalid(), wrong);
        let body = json!({ "name": "C", "domain": "gmail.com", "settings": { "defaultCategoryId": "cat_x" } });
        let wrong = ["domain", "settings.defaultCategoryId"];
        assert_eq!(app.post(&format!("{brand}/companies"), body).await.invalid(), wrong);
    }

    async fn a_repeat_with_its_key_makes_no_second_one(app) {
        let brand = app.brand("acme").await;
        let (path, body) = (format!("{brand}/companies"), json!({ "name": "C", "domain": "example.com" }));
        let header = [("idempotency-key", "once")];
        let first = app.call_with(&app.key, "POST", &path, body.clone(), &header).await.created();
        let second = app.call_with(&app.key, "POST", &path, body, &header).await;
        assert_eq!(second.header("idempotency-replayed"), "true");
        assert_eq!(second.created(), first);
    }
}
