//! Targets that must not be called: on a server with the guard, which is the default.

use std::{
    io,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use dispatch_http::HttpSettings;
use dispatch_outbound::{Outbound, Resolver, Resolving};
use dispatch_store::Options;
use dispatch_testkit::{Kind, TestApp};
use serde_json::{Value, json};

use crate::api::id;

/// Names of this test: `public`, `private`, `mixed`, and `rebound`, which is public the first time and private from then on.
struct Names(AtomicUsize);

impl Resolver for Names {
    fn resolve(&self, name: &str) -> Resolving {
        let first = self.0.fetch_add(usize::from(name == "rebound.example.com"), Ordering::SeqCst) == 0;
        let found: Result<Vec<&str>, io::Error> = match name {
            "public.example.com" => Ok(vec!["93.184.216.34"]),
            "private.example.com" => Ok(vec!["10.0.0.7"]),
            "mapped.example.com" => Ok(vec!["::ffff:169.254.169.254"]),
            "mixed.example.com" => Ok(vec!["93.184.216.34", "127.0.0.1"]),
            "rebound.example.com" if first => Ok(vec!["93.184.216.34"]),
            "rebound.example.com" => Ok(vec!["127.0.0.1"]),
            _ => Err(io::Error::other("no such name")),
        };
        Box::pin(async move { Ok(found?.iter().map(|text| text.parse::<IpAddr>().expect("an address")).collect()) })
    }
}

/// A server that calls nobody on a network that is not public.
pub async fn guarded() -> TestApp {
    let outbound = Outbound::with_resolver(false, Arc::new(Names(AtomicUsize::new(0)))).unwrap();
    TestApp::with_outbound(Kind::Sqlite, HttpSettings::default(), Options::default(), outbound).await
}

#[tokio::test]
async fn a_target_that_is_not_public_is_refused_when_it_is_saved() {
    let app = guarded().await;
    let brand = app.brand("acme").await;
    let path = format!("{brand}/webhooks");
    let made = app.post(&path, json!({ "url": "https://public.example.com/in", "events": ["*"] })).await.created();
    let hook = format!("{path}/{}", id(&made));
    for url in [
        "http://public.example.com/in",
        "https://private.example.com/in",
        "https://mapped.example.com/in",
        "https://mixed.example.com/in",
        "https://localhost/in",
        "https://127.0.0.1/in",
        "https://2130706433/in",
        "https://0x7f000001/in",
        "https://0177.0.0.1/in",
        "https://127.1/in",
        "https://[::1]/in",
        "https://[::ffff:127.0.0.1]/in",
        "https://169.254.169.254/latest/meta-data",
        "https://user@public.example.com/in",
        "https://public.example.com@127.0.0.1/in",
        "https://@public.example.com/in",
        "https://:@public.example.com/in",
        "https://public.example.com:0/in",
    ] {
        assert_eq!(app.post(&path, json!({ "url": url, "events": ["*"] })).await.invalid(), ["url"], "{url}");
        assert_eq!(app.patch(&hook, json!({ "url": url })).await.invalid(), ["url"], "{url}");
    }
    // What the path names comes first.
    let nowhere = json!({ "url": "https://127.0.0.1/in", "events": ["*"] });
    app.post("/brands/br_x/webhooks", nowhere.clone()).await.refused(404, "not_found");
    app.patch(&format!("{path}/wh_x"), nowhere).await.refused(404, "not_found");
    // A name that nobody knows yet may be saved; it is looked at by each call.
    app.post(&path, json!({ "url": "https://later.example.com/in", "events": ["*"] })).await.created();
}

#[tokio::test]
async fn a_name_that_turns_private_is_not_called() {
    let app = guarded().await;
    let brand = app.brand("acme").await;
    let path = format!("{brand}/webhooks");
    let made = app.post(&path, json!({ "url": "https://rebound.example.com/in", "events": ["*"] })).await.created();
    let hook = format!("{path}/{}", id(&made));
    let tested = app.post(&format!("{hook}/test"), Value::Null).await.ok();
    assert_eq!((&tested["status"], &tested["error"]), (&json!("FAILED"), &json!("target address not allowed")));
    app.ticket(&brand, json!({ "title": "One" })).await;
    app.drain().await;
    let delivery = app.get(&format!("{hook}/deliveries?status=RETRYING")).await.ok();
    assert_eq!(delivery[0]["error"], "target address not allowed");
    assert_eq!(delivery[0]["responseCode"], Value::Null);
}
