use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{given::ask, id, last_event, members};

both! {
    async fn a_webhook_is_shown_with_its_secret_once(app) {
        let brand = app.brand("acme").await;
        let new = json!({
            "url": "https://hooks.example.com/in", "events": ["ticket.created", "comment.*", "ticket.created"],
            "description": "For the CRM",
        });
        let made = app.post(&format!("{brand}/webhooks"), new).await.created();
        assert_eq!(
            members(&made),
            [
                "id", "brandId", "url", "events", "enabled", "description", "failureCount", "disabledReason",
                "lastTriggered", "lastSuccess", "lastFailure", "createdAt", "updatedAt", "secret",
            ]
        );
        assert!(id(&made).starts_with("wh_"), "{made}");
        let secret = made["secret"].as_str().unwrap();
        assert!(secret.starts_with("whsec_") && secret.len() == 50, "{secret}");
        assert_eq!(made["events"], json!(["ticket.created", "comment.*"]));
        assert_eq!((&made["enabled"], &made["failureCount"]), (&json!(true), &json!(0)));
        let mut shown = made.clone();
        shown.as_object_mut().unwrap().remove("secret");
        assert_eq!(app.get(&format!("{brand}/webhooks/{}", id(&made))).await.ok(), shown);
        assert_eq!(app.get(&format!("{brand}/webhooks")).await.ok(), json!([shown]));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["webhook"]), (&json!("webhook.created"), &shown));
    }

    async fn a_secret_is_kept_sealed_and_never_shown_again(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/webhooks");
        let new = json!({ "url": "https://hooks.example.com/in", "events": ["*"], "secret": "my-own-webhook-secret-000001" });
        let key = [("idempotency-key", "one")];
        let made = app.call_with(&app.key, "POST", &path, new.clone(), &key).await.created();
        assert_eq!(made["secret"], "my-own-webhook-secret-000001");
        let again = app.call_with(&app.key, "POST", &path, new, &key).await.created();
        assert_eq!((id(&again), &again["secret"]), (id(&made), &Value::Null));
        let stored = ask(app, "SELECT secret FROM webhook".to_owned()).await;
        assert!(stored[0].starts_with("s1.") && !stored[0].contains("my-own"), "{stored:?}");
        let answers = ask(app, "SELECT reply FROM idempotency".to_owned()).await;
        assert!(answers.iter().all(|reply| !reply.contains("my-own")), "{answers:?}");
        let events = serde_json::to_string(&app.events(&brand).await).unwrap();
        assert!(!events.contains("my-own") && !events.contains("s1."), "{events}");
    }

    async fn every_wrong_field_is_named(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/webhooks");
        let good = json!({ "url": "https://hooks.example.com/in", "events": ["*"] });
        for (field, value, named) in [
            ("url", Value::Null, "url"),
            ("url", json!("hooks.example.com"), "url"),
            ("url", json!("ftp://hooks.example.com"), "url"),
            ("url", json!("https://me:pass@hooks.example.com"), "url"),
            ("url", json!(format!("https://hooks.example.com/{}", "x".repeat(2048))), "url"),
            ("events", Value::Null, "events"),
            ("events", json!([]), "events"),
            ("events", json!("*"), "events"),
            ("events", json!(vec!["*"; 51]), "events"),
            ("events", json!(["*", "ticket.crated"]), "events[1]"),
            ("events", json!(["status.created"]), "events[0]"),
            ("events", json!(["webhook.ping"]), "events[0]"),
            ("secret", json!("too-short"), "secret"),
            ("secret", json!("with a space in it and long enough"), "secret"),
            ("secret", json!("x".repeat(76)), "secret"),
            ("enabled", json!("yes"), "enabled"),
            ("description", json!("x".repeat(1001)), "description"),
        ] {
            let mut wrong = good.clone();
            wrong[field] = value.clone();
            assert_eq!(app.post(&path, wrong).await.invalid(), [named], "{field} {value}");
        }
        let unknown = app.post(&path, json!({ "url": "https://x.example", "events": ["ticket.crated"] })).await.with(400);
        let message = unknown["errors"][0]["message"].as_str().unwrap();
        assert!(message.contains("ticket.crated") && message.contains("ticket.created"), "{message}");
        assert_eq!(app.get(&path).await.ok(), json!([]));
    }

    async fn a_brand_has_fifty_webhooks_at_most(app) {
        let brand = app.brand("acme").await;
        let new = json!({ "url": "https://hooks.example.com/in", "events": ["*"] });
        for _ in 0..50 {
            app.post(&format!("{brand}/webhooks"), new.clone()).await.created();
        }
        app.post(&format!("{brand}/webhooks"), new.clone()).await.refused(409, "conflict");
        let first = app.get(&format!("{brand}/webhooks")).await.ok();
        app.delete(&format!("{brand}/webhooks/{}", id(&first[0]))).await.with(204);
        app.post(&format!("{brand}/webhooks"), new).await.created();
    }
}
