//! Links lead to the address of the settings, whatever a request says of where it was sent: a mail with the token of somebody else
//! must not lead to the server of whoever asked for it.

use dispatch_testkit::both;
use serde_json::json;

use super::{EMAIL, exactly};
use crate::api::mails::with_relay;

both! {
    async fn no_link_follows_the_host_that_a_request_names(app) {
        app.owner().await;
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/customers"), json!({ "email": "jane@example.com" })).await.created();
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        let (relay, app) = with_relay(app).await;
        let key = format!("Bearer {}", app.key);
        let upload = format!("{brand}/tickets/{}/attachments", crate::api::id(&ticket));
        let owner = format!("Bearer {}", app.owner().await);
        let asked = [
            ("/auth/password/forgot", "", json!({ "email": EMAIL })),
            ("/auth/magic-link", "", json!({ "email": EMAIL })),
            ("/portal/magic-link", "", json!({ "brand": "acme", "email": "jane@example.com", "portalUrl": "https://desk.example/portal/acme" })),
            ("/members/invite", owner.as_str(), json!({ "email": "new@acme.example" })),
            (upload.as_str(), key.as_str(), json!({ "filename": "a.txt", "contentType": "text/plain" })),
        ];
        for (path, credential, body) in asked {
            let mut headers = vec![
                ("content-type", "application/json"),
                ("host", "evil.example"),
                ("x-forwarded-host", "evil.example"),
                ("x-forwarded-proto", "http"),
                ("x-forwarded-prefix", "/evil.example"),
                ("x-original-url", "//evil.example"),
                ("forwarded", "for=1.2.3.4;host=evil.example;proto=http"),
            ];
            headers.extend((!credential.is_empty()).then_some(("authorization", credential)));
            let answer = exactly(&app, "POST", path, &headers, body.to_string()).await;
            assert!(answer.status.is_success(), "{path}: {}", answer.text);
            assert!(!answer.text.contains("evil.example"), "{path}: {}", answer.text);
        }
        app.drain().await;
        let taken = relay.taken();
        assert_eq!(taken.len(), 4, "two links, one of the portal, an invitation");
        for mail in &taken {
            assert!(!mail.raw.contains("evil.example") && mail.text().contains("https://desk.example/"), "{}", mail.text());
        }
    }
}
