use dispatch_model::{BrandId, event::Telling};
use dispatch_store as store;
use dispatch_testkit::{TestApp, both};
use serde_json::json;

use crate::api::id;

/// Who is told of the last event of this type.
async fn telling(app: &TestApp, brand: &str, kind: &'static str) -> Telling {
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    let events: store::Result<Vec<dispatch_model::event::Event>> = app
        .db
        .read("test.log", move |tx| {
            let brand = brand.clone();
            Box::pin(async move { store::log::after(tx, &brand, None, 0, 100).await })
        })
        .await;
    let events = events.expect("events");
    events.iter().rev().find(|event| event.kind == kind).expect("such an event").telling
}

both! {
    /// API 21: what a request says of who is told stays with its event, and is shown to nobody.
    async fn an_event_keeps_who_is_told_of_it(app) {
        let brand = app.brand("acme").await;
        for (asked, expected) in [(json!(null), Telling::Usual), (json!(false), Telling::Usual), (json!(true), Telling::Confirm)] {
            let mut new = json!({ "title": "Printer", "customerEmail": "jane@example.com" });
            if !asked.is_null() {
                new["notifyCustomer"] = asked;
            }
            app.ticket(&brand, new).await;
            assert_eq!(telling(app, &brand, "ticket.created").await, expected);
        }
        let ticket = app.ticket(&brand, json!({ "title": "Printer", "customerEmail": "jane@example.com" })).await;
        let path = format!("{brand}/tickets/{}/comments", id(&ticket));
        for (new, expected) in [
            (json!({ "body": "x" }), Telling::Usual),
            (json!({ "body": "x", "notifyCustomer": true }), Telling::Usual),
            (json!({ "body": "x", "notifyCustomer": false }), Telling::Staff),
        ] {
            app.post(&path, new).await.created();
            assert_eq!(telling(app, &brand, "comment.created").await, expected);
        }
        let page = app.get(&format!("{brand}/events")).await.ok();
        assert!(page["data"].as_array().is_some_and(|all| !all.is_empty() && all.iter().all(|event| event.get("telling").is_none())), "{page}");
    }
}
