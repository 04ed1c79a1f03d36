use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{company, customer};
use crate::api::each;

/// Companies with these names, a millisecond apart; answers the path of their list.
async fn companies(app: &TestApp, names: &[&str]) -> String {
    let brand = app.brand("acme").await;
    for name in names {
        company(app, &brand, json!({ "name": name })).await;
        app.advance_ms(1);
    }
    format!("{brand}/companies")
}

fn names(page: &Value) -> Vec<&str> {
    each(&page["data"], "name")
}

both! {
    async fn companies_are_listed_by_name_or_as_asked(app) {
        let list = companies(app, &["bea", "Zoe", "Ann"]).await;
        for (query, order) in [
            ("", ["Ann", "bea", "Zoe"]),
            ("?sort=name&order=desc", ["Zoe", "bea", "Ann"]),
            ("?sort=createdAt", ["bea", "Zoe", "Ann"]),
            ("?sort=createdAt&order=desc", ["Ann", "Zoe", "bea"]),
        ] {
            let page = app.get(&format!("{list}{query}")).await.ok();
            assert_eq!(names(&page), order, "{query}");
            assert_eq!(page["pagination"], json!({ "hasMore": false, "cursor": null, "nextCursor": null }));
        }
    }

    async fn pages_follow_each_other_by_cursor_also_over_equal_names(app) {
        let list = companies(app, &["a", "b", "b", "b", "c"]).await;
        for (query, all) in [
            ("limit=2", ["a", "b", "b", "b", "c"]),
            ("limit=2&order=desc", ["c", "b", "b", "b", "a"]),
            ("limit=2&sort=createdAt", ["a", "b", "b", "b", "c"]),
            ("limit=2&sort=createdAt&order=desc", ["c", "b", "b", "b", "a"]),
        ] {
            let (mut seen, mut ids, mut cursor) = (Vec::new(), std::collections::HashSet::new(), String::new());
            loop {
                let page = app.get(&format!("{list}?{query}&cursor={cursor}")).await.ok();
                seen.extend(names(&page).into_iter().map(str::to_owned));
                ids.extend(each(&page["data"], "id").into_iter().map(str::to_owned));
                match page["pagination"]["nextCursor"].as_str() {
                    Some(next) => cursor = next.to_owned(),
                    None => break,
                }
            }
            assert_eq!((seen, ids.len()), (all.map(str::to_owned).to_vec(), 5), "{query}");
        }
    }

    async fn a_search_finds_names_and_domains(app) {
        let brand = app.brand("acme").await;
        for (name, domain) in [("Example Co", "shop.example"), ("Shop", "example.com"), ("Other", "other.example")] {
            company(app, &brand, json!({ "name": name, "domain": domain })).await;
        }
        for (search, found) in [
            ("ex", vec!["Example Co", "Other", "Shop"]),
            ("EXAMPLE%20co", vec!["Example Co", "Shop"]),
            ("xample", vec![]),
            ("shop", vec!["Example Co", "Shop"]),
            ("zzz", vec![]),
            ("", vec!["Example Co", "Other", "Shop"]),
        ] {
            assert_eq!(names(&app.get(&format!("{brand}/companies?search={search}")).await.ok()), found, "{search}");
        }
    }

    async fn counts_are_of_what_is_not_deleted(app) {
        let brand = app.brand("acme").await;
        company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        for title in ["a", "b"] {
            app.ticket(&brand, json!({ "title": title, "customerEmail": "jane@example.com" })).await;
        }
        app.delete(&format!("{brand}/tickets/DT-1001")).await.ok();
        let gone = customer(app, &brand, "gone@example.com").await;
        app.ticket(&brand, json!({ "title": "c", "customerEmail": "gone@example.com" })).await;
        app.delete(&format!("{brand}/customers/{}", crate::api::id(&gone))).await.ok();
        let page = app.get(&format!("{brand}/companies")).await.ok();
        assert_eq!((&page["data"][0]["customerCount"], &page["data"][0]["ticketCount"]), (&json!(1), &json!(1)));
    }

    async fn bad_questions_are_refused(app) {
        let list = companies(app, &["a", "b"]).await;
        let page = app.get(&format!("{list}?limit=1")).await.ok();
        let cursor = page["pagination"]["nextCursor"].as_str().unwrap();
        for (path, field) in [
            (format!("{list}?limit=0"), "limit"),
            (format!("{list}?limit=101"), "limit"),
            (format!("{list}?sort=email"), "sort"),
            (format!("{list}?order=up"), "order"),
            (format!("{list}?search={}", "x".repeat(201)), "search"),
            (format!("{list}?cursor=zz"), "cursor"),
            (format!("{list}?cursor={cursor}&order=desc"), "cursor"),
            (format!("{list}?cursor={cursor}&sort=createdAt"), "cursor"),
            (format!("{list}?cursor={cursor}&search=a"), "cursor"),
            (format!("{list}?domain=a.example"), "domain"),
        ] {
            assert_eq!(app.get(&path).await.invalid(), [field], "{path}");
        }
    }
}
