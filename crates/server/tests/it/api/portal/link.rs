use dispatch_testkit::{Relay, TestApp, both};
use serde_json::{Value, json};

use super::{MINUTE, get, post, token};
use crate::api::mails::{recipients, with_relay};

const PAGE: &str = "https://desk.example/portal/acme";

async fn ask(app: &TestApp, email: &str, url: &str) -> dispatch_testkit::Answer {
    post(app, "", "/magic-link", json!({ "brand": "acme", "email": email, "portalUrl": url })).await
}

/// Whom links were mailed to, and the token in the last one.
async fn mailed(app: &TestApp, relay: &Relay) -> (Vec<String>, String) {
    app.drain().await;
    let taken = relay.taken();
    let token = taken.last().map(|mail| {
        let text = mail.text();
        let line = text.lines().find(|line| line.starts_with("https://")).expect("a link");
        line.rsplit_once("token=").expect("a token").1.to_owned()
    });
    (recipients(&taken).into_iter().map(str::to_owned).collect(), token.unwrap_or_default())
}

both! {
    async fn a_link_signs_in_once_and_for_15_minutes(app) {
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/customers"), json!({ "email": "jane@example.com", "name": "Jane" })).await.created();
        let (relay, app) = with_relay(app).await;
        for email in ["Jane@example.com", "nobody@example.com"] {
            assert_eq!(ask(&app, email, PAGE).await.ok(), json!({ "success": true }));
        }
        let (to, mailed_token) = mailed(&app, &relay).await;
        assert_eq!(to, ["jane@example.com"], "only whom the brand knows");
        let session = post(&app, "", "/verify", json!({ "token": mailed_token })).await.ok();
        assert_eq!((&session["email"], &session["name"]), (&json!("jane@example.com"), &json!("Jane")));
        get(&app, session["token"].as_str().unwrap(), "/tickets").await.ok();
        post(&app, "", "/verify", json!({ "token": mailed_token })).await.refused(401, "authentication_error");
        post(&app, "", "/verify", json!({ "token": "never" })).await.refused(401, "authentication_error");
        ask(&app, "jane@example.com", PAGE).await.ok();
        let (_, late) = mailed(&app, &relay).await;
        app.advance_ms(15 * MINUTE);
        post(&app, "", "/verify", json!({ "token": late })).await.refused(401, "authentication_error");
    }

    async fn with_portal_signup_everybody_gets_one(app) {
        let brand = app.brand("acme").await;
        app.patch(&brand, json!({ "portalSignup": true })).await.ok();
        let (relay, app) = with_relay(app).await;
        ask(&app, "new@example.com", PAGE).await.ok();
        let (to, mailed_token) = mailed(&app, &relay).await;
        assert_eq!(to, ["new@example.com"]);
        let customers = format!("{brand}/customers");
        assert_eq!(app.get(&customers).await.ok()["data"], json!([]), "asking makes nobody a customer");
        post(&app, "", "/verify", json!({ "token": mailed_token })).await.ok();
        assert_eq!(app.get(&customers).await.ok()["data"][0]["email"], "new@example.com");
    }

    async fn staff_sends_one_to_whoever_it_is(app) {
        let brand = app.brand("acme").await;
        app.patch(&brand, json!({ "portalOrigins": ["https://help.acme.example"] })).await.ok();
        let (relay, app) = with_relay(app).await;
        let path = format!("{brand}/portal/magic-link");
        let body = |url: &str| json!({ "email": "new@example.com", "portalUrl": url });
        assert_eq!(app.post(&path, body("https://help.acme.example/p?x=1")).await.ok(), json!({ "success": true }));
        let (to, mailed_token) = mailed(&app, &relay).await;
        assert_eq!(to, ["new@example.com"]);
        post(&app, "", "/verify", json!({ "token": mailed_token })).await.ok();
        assert_eq!(app.post(&path, body("https://evil.example/p")).await.invalid(), ["portalUrl"]);
    }

    /// A link leads to pages of the brand alone, and an unknown brand is told like a known one.
    async fn a_link_leads_to_no_foreign_page(app) {
        let brand = app.brand("acme").await;
        app.patch(&brand, json!({ "portalOrigins": ["https://help.acme.example"] })).await.ok();
        let (_relay, app) = with_relay(app).await;
        assert_eq!(ask(&app, "jane@example.com", "https://evil.example/").await.invalid(), ["portalUrl"]);
        ask(&app, "jane@example.com", "https://help.acme.example/p").await.ok();
        let nowhere = json!({ "brand": "nobody", "email": "jane@example.com", "portalUrl": PAGE });
        assert_eq!(post(&app, "", "/magic-link", nowhere).await.ok(), json!({ "success": true }));
    }

    /// Pages of origins that the brand does not list get nothing, and can read why.
    async fn pages_of_foreign_origins_are_refused(app) {
        let brand = app.brand("acme").await;
        app.patch(&brand, json!({ "portalOrigins": ["https://help.acme.example"] })).await.ok();
        let jane = token(app, &brand, "jane@example.com").await;
        for (origin, status) in [("https://help.acme.example", 200), ("https://evil.example", 403)] {
            let headers = [("origin", origin)];
            let answer = app.call_with(&jane, "GET", "/portal/tickets", Value::Null, &headers).await;
            assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (status, origin));
            assert_eq!(answer.header("access-control-allow-credentials"), "");
        }
    }
}
