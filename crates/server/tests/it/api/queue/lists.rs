//! `/tickets` and `/tickets/count`: the tickets of all brands that the caller reaches (API 23).

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    given::{each, status, text},
    key_for,
};

/// Brands `acme` and `other`, with tickets a1, o1, a2, o2 in the order of their creation.
async fn given(app: &TestApp) -> [String; 2] {
    let brands = [app.brand("acme").await, app.brand("other").await];
    for title in ["1", "2"] {
        for (brand, letter) in brands.iter().zip(["a", "o"]) {
            app.ticket(brand, json!({ "title": format!("{letter}{title}") })).await;
            app.advance_ms(1);
        }
    }
    brands
}

fn id(brand: &str) -> &str {
    brand.trim_start_matches("/brands/")
}

both! {
    async fn tickets_of_all_brands_stand_in_one_order_with_their_brand(app) {
        let [acme, other] = given(app).await;
        let page = app.get("/tickets").await.ok();
        assert_eq!(each(&page["data"], "title"), ["o2", "a2", "o1", "a1"]);
        for (ticket, brand) in page["data"].as_array().unwrap().iter().zip([&other, &acme, &other, &acme]) {
            let whole = app.get(brand).await.ok();
            let expected = json!({ "id": whole["id"], "name": whole["name"], "slug": whole["slug"],
                "ticketPrefix": whole["ticketPrefix"], "iconUrl": whole["iconUrl"] });
            assert_eq!(ticket["brand"], expected);
            let mut alone = app.get(&format!("{brand}/tickets/{}", text(ticket, "id"))).await.ok();
            alone["brand"] = expected;
            assert_eq!(*ticket, alone);
        }
        let mut seen = Vec::new();
        let mut next = "/tickets?limit=1&order=asc".to_owned();
        loop {
            let page = app.get(&next).await.ok();
            seen.extend(each(&page["data"], "title").into_iter().map(str::to_owned));
            let Some(cursor) = page["pagination"]["nextCursor"].as_str() else { break };
            next = format!("/tickets?limit=1&order=asc&cursor={cursor}");
        }
        assert_eq!(seen, ["a1", "o1", "a2", "o2"]);
        assert_eq!(app.get("/tickets/count").await.ok(), json!({ "count": 4, "capped": false }));
    }

    async fn only_brands_in_reach_are_in_it_and_none_is_never_all(app) {
        let [acme, other] = given(app).await;
        let key = key_for(app, &acme, "read").await;
        for (key, ids, found) in [
            (&app.key, id(&acme).to_owned(), vec!["a2", "a1"]),
            (&app.key, format!("{},{}", id(&acme), id(&other)), vec!["o2", "a2", "o1", "a1"]),
            (&app.key, format!("{},br_none", id(&other)), vec!["o2", "o1"]),
            (&app.key, "br_none".to_owned(), vec![]),
            (&key, String::new(), vec!["a2", "a1"]),
            (&key, format!("{},{}", id(&acme), id(&other)), vec!["a2", "a1"]),
            (&key, id(&other).to_owned(), vec![]),
        ] {
            let page = app.call(key, "GET", &format!("/tickets?brandIds={ids}"), Value::Null).await.ok();
            assert_eq!(each(&page["data"], "title"), found, "{ids}");
            let count = app.call(key, "GET", &format!("/tickets/count?brandIds={ids}"), Value::Null).await.ok();
            assert_eq!(count["count"], json!(found.len()), "{ids}");
            let stats = app.call(key, "GET", &format!("/tickets/stats?brandIds={ids}"), Value::Null).await.ok();
            assert_eq!(stats["total"], json!(found.len()), "{ids}");
        }
    }

    async fn a_status_that_a_brand_lacks_finds_nothing_there(app) {
        let [acme, other] = given(app).await;
        let doing = status(app, &acme, "doing", true).await;
        app.patch(&format!("{acme}/tickets/DT-1001"), json!({ "status": "doing" })).await.ok();
        for (query, found) in [
            ("status=doing", vec!["a1"]),
            ("status=doing,open", vec!["o2", "a2", "o1", "a1"]),
            ("status=active", vec!["o2", "a2", "o1", "a1"]),
            ("status=none", vec![]),
            (&format!("status={}", text(&doing, "id")), vec!["a1"]),
            ("customerId=cus_none", vec![]),
            ("customerEmail=none@x.example", vec![]),
        ] {
            let page = app.get(&format!("/tickets?{query}")).await.ok();
            assert_eq!(each(&page["data"], "title"), found, "{query}");
            let count = app.get(&format!("/tickets/count?{query}")).await.ok();
            assert_eq!(count, json!({ "count": found.len(), "capped": false }), "{query}");
        }
        app.delete(&format!("{other}?confirm=true")).await.ok();
        assert_eq!(each(&app.get("/tickets").await.ok()["data"], "title"), ["a2", "a1"]);
    }

    async fn a_cursor_belongs_to_its_brands_and_filters(app) {
        let [acme, _] = given(app).await;
        let page = app.get("/tickets?limit=1").await.ok();
        let cursor = text(&page["pagination"], "cursor");
        app.get(&format!("/tickets?limit=2&cursor={cursor}")).await.ok();
        for list in [
            format!("/tickets?cursor={cursor}&brandIds={}", id(&acme)),
            format!("/tickets?cursor={cursor}&status=open"),
            format!("/tickets?cursor={cursor}&sort=title"),
            format!("{acme}/tickets?cursor={cursor}"),
            "/tickets?cursor=nonsense".to_owned(),
        ] {
            assert_eq!(app.get(&list).await.invalid(), ["cursor"], "{list}");
        }
    }
}
