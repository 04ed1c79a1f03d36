use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{each, id};

/// Creates customers with these names, a millisecond apart, and answers the path of their list.
async fn customers(app: &TestApp, names: &[&str]) -> String {
    let list = format!("{}/customers", app.brand("acme").await);
    for name in names {
        app.post(&list, json!({ "email": format!("{name}@example.com"), "name": name })).await.created();
        app.advance_ms(1);
    }
    list
}

/// The names on a page.
fn names(page: &Value) -> Vec<&str> {
    each(&page["data"], "name")
}

both! {
    async fn customers_are_listed_newest_first_or_as_asked(app) {
        let list = customers(app, &["bea", "zoe", "ann"]).await;
        for (query, order) in [
            ("", ["ann", "zoe", "bea"]),
            ("?sort=createdAt", ["ann", "zoe", "bea"]),
            ("?order=asc", ["bea", "zoe", "ann"]),
            ("?sort=email", ["zoe", "bea", "ann"]),
            ("?sort=email&order=asc", ["ann", "bea", "zoe"]),
            ("?sort=email&order=desc&limit=100", ["zoe", "bea", "ann"]),
            ("?sort=name", ["zoe", "bea", "ann"]),
            ("?sort=name&order=asc", ["ann", "bea", "zoe"]),
        ] {
            let page = app.get(&format!("{list}{query}")).await.ok();
            assert_eq!(names(&page), order, "{query}");
            assert_eq!(page["pagination"], json!({ "hasMore": false, "cursor": null, "nextCursor": null }));
        }
    }

    async fn pages_follow_each_other_by_cursor(app) {
        let list = customers(app, &["a", "b", "c", "d", "e"]).await;
        for (query, all) in [
            ("limit=2", ["e", "d", "c", "b", "a"]),
            ("limit=2&order=asc", ["a", "b", "c", "d", "e"]),
            ("limit=2&sort=email", ["e", "d", "c", "b", "a"]),
            ("limit=2&sort=email&order=asc", ["a", "b", "c", "d", "e"]),
        ] {
            let (mut seen, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
            loop {
                let page = app.get(&format!("{list}?{query}&cursor={cursor}")).await.ok();
                seen.extend(names(&page).into_iter().map(str::to_owned));
                pages += 1;
                assert_eq!(page["pagination"]["cursor"], page["pagination"]["nextCursor"]);
                match page["pagination"]["nextCursor"].as_str() {
                    Some(next) => cursor = next.to_owned(),
                    None => break,
                }
            }
            assert_eq!((seen.iter().map(String::as_str).collect::<Vec<_>>(), pages), (all.to_vec(), 3), "{query}");
        }
    }

    async fn by_name_those_without_one_come_last_in_both_orders(app) {
        let list = format!("{}/customers", app.brand("acme").await);
        let people = [("1", Some("bea")), ("2", None), ("3", Some("Ann")), ("4", None), ("5", Some("bea")), ("6", None)];
        for (email, name) in people {
            app.post(&list, json!({ "email": format!("{email}@example.com"), "name": name })).await.created();
            app.advance_ms(1);
        }
        for (order, all) in [("asc", "315246"), ("desc", "513642")] {
            for limit in 1..=7 {
                let (mut seen, mut cursor) = (String::new(), String::new());
                loop {
                    let page = app.get(&format!("{list}?sort=name&order={order}&limit={limit}&cursor={cursor}")).await.ok();
                    seen.extend(each(&page["data"], "email").into_iter().map(|email| &email[..1]));
                    match page["pagination"]["nextCursor"].as_str() {
                        Some(next) => cursor = next.to_owned(),
                        None => break,
                    }
                }
                assert_eq!(seen, all, "{order} {limit}");
            }
        }
    }

    async fn a_page_of_a_companys_customers_has_every_order(app) {
        let brand = app.brand("acme").await;
        let list = format!("{brand}/customers");
        let company = app.post(&format!("{brand}/companies"), json!({ "name": "C" })).await.created();
        for name in ["b", "c", "a"] {
            let body = json!({ "email": format!("{name}@example.com"), "name": name, "companyId": company["id"] });
            app.post(&list, body).await.created();
            app.post(&list, json!({ "email": format!("{name}@other.example"), "name": name })).await.created();
            app.advance_ms(1);
        }
        for (query, all) in [
            ("", ["a", "c", "b"]),
            ("&order=asc", ["b", "c", "a"]),
            ("&sort=name&order=asc", ["a", "b", "c"]),
            ("&sort=email", ["c", "b", "a"]),
        ] {
            let path = format!("{list}?companyId={}&limit=2{query}", id(&company));
            let first = app.get(&path).await.ok();
            let cursor = first["pagination"]["nextCursor"].as_str().unwrap();
            let second = app.get(&format!("{path}&cursor={cursor}")).await.ok();
            assert_eq!([names(&first), names(&second)].concat(), all, "{query}");
        }
        assert_eq!(app.get(&format!("{list}?companyId=co_x")).await.ok()["data"], json!([]));
    }

    async fn a_full_last_page_says_that_it_is_the_last(app) {
        let list = customers(app, &["a", "b"]).await;
        let page = app.get(&format!("{list}?limit=2")).await.ok();
        assert_eq!(page["pagination"], json!({ "hasMore": false, "cursor": null, "nextCursor": null }));
    }

    async fn customers_of_the_same_moment_are_each_on_one_page(app) {
        let list = format!("{}/customers", app.brand("acme").await);
        for number in 0..5 {
            app.post(&list, json!({ "email": format!("{number}@example.com"), "name": "x" })).await.created();
        }
        let first = app.get(&format!("{list}?limit=3")).await.ok();
        // One more between the pages, and one fewer, disturb nobody.
        app.advance_ms(1);
        app.post(&list, json!({ "email": "new@example.com", "name": "x" })).await.created();
        app.delete(&format!("{list}/{}", id(&first["data"][0]))).await.ok();
        let cursor = first["pagination"]["nextCursor"].as_str().unwrap();
        let second = app.get(&format!("{list}?limit=3&cursor={cursor}")).await.ok();
        let mut emails = [each(&first["data"], "email"), each(&second["data"], "email")].concat();
        emails.sort_unstable();
        assert_eq!(emails, ["0@example.com", "1@example.com", "2@example.com", "3@example.com", "4@example.com"]);
    }

    async fn filters_by_email_and_by_blocking(app) {
        let list = customers(app, &["ann", "bea", "eve"]).await;
        let eve = app.get(&format!("{list}?email=eve@example.com")).await.ok();
        app.patch(&format!("{list}/{}", id(&eve["data"][0])), json!({ "isBlocked": true })).await.ok();
        for (query, found) in [
            ("", vec!["bea", "ann"]),
            ("?isBlocked=false", vec!["bea", "ann"]),
            ("?isBlocked=0", vec!["bea", "ann"]),
            ("?isBlocked=", vec!["bea", "ann"]),
            ("?isBlocked=true", vec!["eve"]),
            ("?isBlocked=1", vec!["eve"]),
            ("?isBlocked=any", vec!["eve", "bea", "ann"]),
            ("?email=BEA%40example.com", vec!["bea"]),
            ("?email=be@example.com", vec![]),
            ("?email=eve@example.com", vec![]),
            ("?email=eve@example.com&isBlocked=any", vec!["eve"]),
        ] {
            assert_eq!(names(&app.get(&format!("{list}{query}")).await.ok()), found, "{query}");
        }
    }

    async fn bad_questions_are_refused(app) {
        let list = customers(app, &["a", "b"]).await;
        let other = format!("{}/customers", app.brand("other").await);
        let page = app.get(&format!("{list}?limit=1")).await.ok();
        let cursor = page["pagination"]["nextCursor"].as_str().unwrap();
        for (path, field) in [
            (format!("{list}?limit=0"), "limit"),
            (format!("{list}?limit=101"), "limit"),
            (format!("{list}?limit=x"), "limit"),
            (format!("{list}?limit=1&limit=2"), "limit"),
            (format!("{list}?sort=color"), "sort"),
            (format!("{list}?order=up"), "order"),
            (format!("{list}?isBlocked=maybe"), "isBlocked"),
            (format!("{list}?cursor=zz"), "cursor"),
            (format!("{list}?cursor={cursor}0"), "cursor"),
            (format!("{list}?cursor={cursor}&order=asc"), "cursor"),
            (format!("{list}?cursor={cursor}&sort=email"), "cursor"),
            (format!("{list}?cursor={cursor}&isBlocked=any"), "cursor"),
            (format!("{list}?cursor={cursor}&email=a@example.com"), "cursor"),
            (format!("{other}?cursor={cursor}"), "cursor"),
            (format!("{list}?search={}", "x".repeat(201)), "search"),
            (format!("{list}?cursor={cursor}&search=a"), "cursor"),
            (format!("{list}?cursor={cursor}&companyId=co_1"), "cursor"),
            (format!("{list}?cursor={cursor}&sort=name"), "cursor"),
            (format!("{list}?emial=a@example.com"), "emial"),
        ] {
            assert_eq!(app.get(&path).await.invalid(), [field], "{path}");
        }
        let next = app.get(&format!("{list}?cursor={cursor}&limit=100")).await.ok();
        assert_eq!(names(&next), ["a"], "another limit is no other list");
    }
}
