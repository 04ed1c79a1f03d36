//! Addresses that must not be called: the guard of webhooks holds here too.

use serde_json::{Value, json};

use crate::api::{id, webhooks::guard::guarded};

const PRIVATE: [&str; 6] = [
    "http://public.example.com/in",
    "https://private.example.com/in",
    "https://mixed.example.com/in",
    "https://2130706433/in",
    "https://[::ffff:127.0.0.1]/in",
    "https://user@public.example.com/in",
];

/// A connection of each type to this address, with the path of the field that says it, and the part of a patch that does.
fn to(url: &str) -> [(Value, &'static str, Value); 3] {
    let site = json!({ "siteUrl": url, "email": "ana@acme.example", "projectKey": "ENG" });
    [
        (
            json!({ "type": "SLACK", "name": "x", "secrets": { "webhookUrl": url } }),
            "secrets.webhookUrl",
            json!({ "secrets": { "webhookUrl": url } }),
        ),
        (
            json!({ "type": "JIRA", "name": "x", "config": site, "secrets": { "apiToken": "t" } }),
            "config.siteUrl",
            json!({ "config": { "siteUrl": url }, "secrets": { "apiToken": "t" } }),
        ),
        (
            json!({ "type": "HTTP", "name": "x", "config": { "url": url } }),
            "config.url",
            json!({ "config": { "url": url } }),
        ),
    ]
}

#[tokio::test]
async fn an_address_that_is_not_public_is_refused_when_it_is_saved() {
    let app = guarded().await;
    let brand = app.brand("acme").await;
    let path = format!("{brand}/connections");
    for (place, (good, field, _)) in to("https://public.example.com/in").into_iter().enumerate() {
        let made = app.post(&path, good).await.created();
        for url in PRIVATE {
            let (bad, _, patch) = to(url)[place].clone();
            assert_eq!(app.post(&path, bad).await.invalid(), [field], "{url}");
            assert_eq!(app.patch(&format!("{path}/{}", id(&made)), patch).await.invalid(), [field], "{url}");
        }
    }
    let (nowhere, _, patch) = to("https://127.0.0.1/in")[2].clone();
    app.post("/brands/br_x/connections", nowhere).await.refused(404, "not_found");
    app.patch(&format!("{path}/con_x"), patch).await.refused(404, "not_found");
}

#[tokio::test]
async fn a_name_that_turns_private_is_not_called() {
    let app = guarded().await;
    let brand = app.brand("acme").await;
    let path = format!("{brand}/connections");
    let made = app.post(&path, to("https://rebound.example.com/in")[2].0.clone()).await.created();
    let answer = app.post(&format!("{path}/{}/test", id(&made)), Value::Null).await.ok();
    assert_eq!((&answer["ok"], &answer["message"]), (&json!(false), &json!("target address not allowed")));
    assert_eq!(app.get(&format!("{path}/{}", id(&made))).await.ok()["lastError"], "target address not allowed");
}
