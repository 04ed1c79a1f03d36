use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{RefusedAt as _, deliver_with, message, tickets};
use crate::api::{given::ask, key_for};

both! {
    async fn a_token_delivers_to_its_brand_alone(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let made = app.post(&format!("{brand}/inbound-token"), Value::Null).await.created();
        let token = made["token"].as_str().expect("a token").to_owned();
        assert!(token.starts_with("itk_") && token.len() == 36 && made["createdAt"].is_string());
        deliver_with(app, &token, "acme", message("", "x"), &[]).await.created();
        deliver_with(app, &token, "other", message("", "x"), &[]).await.refused(404, "not_found");
        deliver_with(app, &token, "nobody", message("", "x"), &[]).await.refused(404, "not_found");
        // It is a credential of that route alone.
        for path in [format!("{brand}/tickets"), brand.clone(), "/brands".to_owned(), format!("{brand}/mail")] {
            app.call(&token, "GET", &path, Value::Null).await.refused(401, "authentication_error");
        }
        // A new one takes its place, and without one nothing is delivered.
        let next = app.post(&format!("{brand}/inbound-token"), Value::Null).await.created();
        let next = next["token"].as_str().expect("a token").to_owned();
        deliver_with(app, &token, "acme", message("", "y"), &[]).await.refused(401, "authentication_error");
        deliver_with(app, &next, "acme", message("", "y"), &[]).await.created();
        app.delete(&format!("{brand}/inbound-token")).await.with(204);
        deliver_with(app, &next, "acme", message("", "z"), &[]).await.refused(401, "authentication_error");
        app.delete(&format!("{brand}/inbound-token")).await.refused(404, "not_found");
        assert_eq!((tickets(app, &brand).await, tickets(app, &other).await), (2, 0));
    }

    async fn a_token_is_shown_once_and_kept_as_a_hash(app) {
        let brand = app.brand("acme").await;
        let key = [("idempotency-key", "k")];
        let path = format!("{brand}/inbound-token");
        let made = app.call_with(&app.key, "POST", &path, Value::Null, &key).await.created();
        let again = app.call_with(&app.key, "POST", &path, Value::Null, &key).await.created();
        assert_eq!((&again["token"], &again["createdAt"]), (&Value::Null, &made["createdAt"]));
        let kept = ask(app, "SELECT hash FROM inbound_token".to_owned()).await;
        assert_eq!(kept, [dispatch_desk::api_keys::hash(made["token"].as_str().expect("a token"))]);
        let events = serde_json::to_string(&app.events(&brand).await).expect("JSON");
        assert!(!events.contains("itk_"));
    }

    /// API 20.1: an API key with access, else 401 or 404.
    async fn an_api_key_delivers_where_it_reaches_and_a_session_nowhere(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        for (permissions, status) in [("full", 201), ("support", 201), ("read", 403)] {
            let key = key_for(app, &brand, permissions).await;
            let raw = message(&format!("Message-ID: <{permissions}@x>\r\n"), "x");
            deliver_with(app, &key, "acme", raw, &[]).await.with(status);
            let elsewhere = deliver_with(app, &key, "other", message("", "x"), &[]).await;
            assert!(elsewhere.status == 404 || permissions == "read");
        }
        for credential in ["", "itk_00000000000000000000000000000000", "sk_live_00000000000000000000000000000000"] {
            deliver_with(app, credential, "acme", message("", "x"), &[]).await.refused(401, "authentication_error");
        }
        let member = app.session(Role::Admin, "ana@acme.example", &[&brand]).await;
        deliver_with(app, &member, "acme", message("", "x"), &[]).await.refused(401, "authentication_error");
        assert_eq!((tickets(app, &brand).await, tickets(app, &other).await), (2, 0));
    }

    async fn the_body_is_a_message_and_the_address_is_one(app) {
        app.brand("acme").await;
        app.call(&app.key, "POST", "/inbound/email/acme", json!({ "raw": "x" })).await.refused(415, "unsupported_media_type");
        let wrong = deliver_with(app, &app.key, "acme", message("", "x"), &[("x-remote-ip", "here")]).await;
        wrong.refused_at(&["X-Remote-IP"]);
        deliver_with(app, &app.key, "acme", "", &[]).await.refused(400, "validation_error");
    }
}
