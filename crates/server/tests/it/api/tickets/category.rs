use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{
    given::{each, events_after, kinds, path, position},
    labels::category,
};

both! {
    async fn a_category_is_named_by_its_id_or_key(app) {
        let brand = app.brand("acme").await;
        let billing = category(app, &brand, "Billing").await;
        for name in [billing.as_str(), "billing"] {
            let ticket = app.ticket(&brand, json!({ "title": "T", "categoryId": name })).await;
            assert_eq!(ticket["categoryId"], json!(billing), "{name}");
            assert_eq!((&ticket["category"]["id"], &ticket["category"]["key"]), (&json!(billing), &json!("billing")));
            assert_eq!(app.get(&path(&brand, &ticket)).await.ok(), ticket);
        }
        let none = app.ticket(&brand, json!({ "title": "T" })).await;
        assert_eq!((&none["categoryId"], &none["category"]), (&Value::Null, &Value::Null));
    }

    async fn a_change_is_told_by_ids_and_null_clears(app) {
        let brand = app.brand("acme").await;
        let (billing, sales) = (category(app, &brand, "Billing").await, category(app, &brand, "Sales").await);
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "categoryId": "billing" })).await);
        let seen = position(app, &brand).await;
        app.advance_ms(1);
        assert_eq!(app.patch(&one, json!({ "categoryId": "sales" })).await.ok()["category"]["name"], "Sales");
        app.patch(&one, json!({ "categoryId": sales })).await.ok();
        let cleared = app.patch(&one, json!({ "categoryId": null })).await.ok();
        assert_eq!((&cleared["categoryId"], &cleared["category"]), (&Value::Null, &Value::Null));
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["ticket.updated"; 2]);
        assert_eq!(events[0]["changes"], json!({ "categoryId": { "old": billing, "new": sales } }));
        assert_eq!(events[1]["changes"], json!({ "categoryId": { "old": sales, "new": null } }));
    }

    async fn an_unknown_one_is_refused_everywhere(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let foreign = category(app, &other, "Foreign").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        for unknown in [foreign.as_str(), "foreign", "cat_none", "Billing"] {
            let body = json!({ "title": "U", "categoryId": unknown });
            assert_eq!(app.post(&format!("{brand}/tickets"), body.clone()).await.invalid(), ["categoryId"]);
            assert_eq!(app.patch(&one, body).await.invalid(), ["categoryId"]);
            for list in ["tickets", "tickets/count"] {
                let refused = app.get(&format!("{brand}/{list}?categoryId={unknown}")).await;
                assert_eq!(refused.invalid(), ["categoryId"]);
            }
        }
        assert_eq!(app.get(&one).await.ok()["title"], "T");
    }

    async fn tickets_are_found_by_category_or_without_one(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let billing = category(app, &brand, "Billing").await;
        category(app, &other, "Billing").await;
        category(app, &brand, "Sales").await;
        for (brand, title, key) in
            [(&brand, "1", json!("billing")), (&brand, "2", json!("sales")), (&brand, "3", Value::Null),
                (&other, "4", json!("billing"))]
        {
            app.ticket(brand, json!({ "title": title, "categoryId": key })).await;
            app.advance_ms(1);
        }
        for (list, query, found) in [
            (format!("{brand}/tickets"), billing.as_str(), vec!["1"]),
            (format!("{brand}/tickets"), "billing", vec!["1"]),
            (format!("{brand}/tickets"), "null", vec!["3"]),
            (format!("{brand}/tickets"), "all", vec!["1", "2", "3"]),
            ("/tickets".to_owned(), "billing", vec!["1", "4"]),
            ("/tickets".to_owned(), billing.as_str(), vec!["1"]),
            ("/tickets".to_owned(), "sales", vec!["2"]),
            ("/tickets".to_owned(), "none", vec![]),
        ] {
            let page = app.get(&format!("{list}?order=asc&categoryId={query}")).await.ok();
            assert_eq!(each(&page["data"], "title"), found, "{list} {query}");
            let count = app.get(&format!("{list}/count?categoryId={query}")).await.ok();
            assert_eq!(count["count"], json!(found.len()), "{list} {query}");
        }
    }
}
