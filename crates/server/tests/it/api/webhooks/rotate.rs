use dispatch_outbound::{plain_signature, standard_signature};
use dispatch_testkit::{Received, Receiver, both};
use serde_json::{Value, json};

use super::{SECRET, ticket, webhook};
use crate::api::{id, last_event, members};

/// Whether a call is signed with these secrets, in this order, and with no others.
fn is_signed(call: &Received, secrets: &[&str]) -> bool {
    let (id, at) = (call.header("webhook-id"), call.header("webhook-timestamp").parse().unwrap());
    let standard: Vec<String> = secrets.iter().map(|secret| standard_signature(secret, id, at, &call.body)).collect();
    let plain: Vec<String> = secrets.iter().map(|secret| plain_signature(secret, &call.body)).collect();
    call.header("webhook-signature") == standard.join(" ")
        && call.header("x-dispatch-signature") == plain[0]
        && call.header("x-dispatch-signature-previous") == plain.get(1).map_or("", String::as_str)
}

both! {
    async fn both_secrets_sign_for_a_day(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        ticket(app, &brand, "One").await;
        app.drain().await;
        assert!(is_signed(&receiver.take()[0], &[SECRET]));
        let rotated = app.post(&format!("{hook}/rotate-secret"), Value::Null).await.ok();
        assert_eq!(members(&rotated), ["id", "secret", "previousSecretExpiresAt"]);
        assert_eq!(rotated["previousSecretExpiresAt"], "2026-01-03T03:04:05.678Z");
        let new = rotated["secret"].as_str().unwrap();
        assert!(new.starts_with("whsec_") && new != SECRET && hook.ends_with(id(&rotated)));
        let event = last_event(app, &brand).await;
        assert!(event["type"] == "webhook.updated" && !event.to_string().contains(new), "{event}");
        ticket(app, &brand, "Two").await;
        app.drain().await;
        assert!(is_signed(&receiver.take()[0], &[new, SECRET]));
        app.advance_ms(86_400_000);
        ticket(app, &brand, "Three").await;
        app.drain().await;
        assert!(is_signed(&receiver.take()[0], &[new]));
        let own = json!({ "secret": "my-own-webhook-secret-000001" });
        app.post(&format!("{hook}/rotate-secret"), own).await.ok();
        ticket(app, &brand, "Four").await;
        app.drain().await;
        assert!(is_signed(&receiver.take()[0], &["my-own-webhook-secret-000001", new]));
        assert_eq!(app.post(&format!("{hook}/rotate-secret"), json!({ "secret": "short" })).await.invalid(), ["secret"]);
    }

    async fn a_secret_in_a_patch_replaces_at_once(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        app.post(&format!("{hook}/rotate-secret"), Value::Null).await.ok();
        let shown = app.patch(&hook, json!({ "secret": "my-own-webhook-secret-000002" })).await.ok();
        assert_eq!(shown["secret"], Value::Null, "it is not shown");
        ticket(app, &brand, "One").await;
        app.drain().await;
        assert!(is_signed(&receiver.take()[0], &["my-own-webhook-secret-000002"]));
    }
}
