//! `customFields.<key>`: equality with the text of a top-level scalar (API 5.4).

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::given::{each, path};

async fn titles(app: &TestApp, brand: &str, query: &str) -> Vec<String> {
    let page = app.get(&format!("{brand}/tickets?sort=ticketNumber&order=asc&{query}")).await.ok();
    let count = app.get(&format!("{brand}/tickets/count?{query}")).await.ok();
    let titles: Vec<String> = each(&page["data"], "title").into_iter().map(str::to_owned).collect();
    assert_eq!(count["count"], titles.len(), "{query}");
    titles
}

both! {
    async fn texts_numbers_and_booleans_are_found_by_their_text(app) {
        let brand = app.brand("acme").await;
        for (title, value) in [
            ("text", json!("pro plan")), ("int", json!(7)), ("text 7", json!("7")), ("float", json!(2.5)),
            ("true", json!(true)), ("text true", json!("true")), ("false", json!(false)), ("negative", json!(-3)),
            ("null", Value::Null), ("list", json!(["pro plan", 7])), ("object", json!({ "a": "7" })), ("empty", json!("")),
            ("unicode", json!("Käse ≠ é")),
        ] {
            app.ticket(&brand, json!({ "title": title, "customFields": { "a b.c": value, "more": 1 } })).await;
        }
        for (value, found) in [
            ("pro%20plan", vec!["text"]), ("PRO%20plan", vec![]), ("7", vec!["int", "text 7"]), ("7.0", vec![]),
            ("2.5", vec!["float"]), ("true", vec!["true", "text true"]), ("false", vec!["false"]), ("-3", vec!["negative"]),
            ("null", vec![]), ("K%C3%A4se%20%E2%89%A0%20%C3%A9", vec!["unicode"]),
        ] {
            assert_eq!(titles(app, &brand, &format!("customFields.a%20b.c={value}")).await, found, "{value}");
        }
        assert_eq!(titles(app, &brand, "customFields.more=1&customFields.a%20b.c=7").await, ["int", "text 7"]);
        assert_eq!(titles(app, &brand, "customFields.more=2&customFields.a%20b.c=7").await, [""; 0]);
        assert_eq!(titles(app, &brand, "customFields.none=7").await, [""; 0]);
        let twice = app.get(&format!("{brand}/tickets?customFields.more=1&customFields.more=2")).await.invalid();
        assert_eq!(twice, ["customFields.more"]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn numbers_keep_the_text_that_they_were_sent_with(app) {
        let brand = app.brand("acme").await;
        let body = r#"{"title":"T","customFields":{"a":2.50,"b":12345678901234567890123,"c":1e3}}"#;
        crate::api::given::send_bytes(app, "POST", &format!("{brand}/tickets"), body).await.created();
        let shown = app.get(&format!("{brand}/tickets/DT-1001")).await.text;
        for (key, text) in [("a", "2.50"), ("b", "12345678901234567890123")] {
            assert!(shown.contains(text), "{shown}");
            assert_eq!(titles(app, &brand, &format!("customFields.{key}={text}")).await, ["T"], "{key}");
        }
        assert_eq!(titles(app, &brand, "customFields.a=2.5").await, [""; 0]);
    }

    async fn long_keys_and_values_are_found_as_well(app) {
        let brand = app.brand("acme").await;
        let (key, same, other) = ("k".repeat(300), "é".repeat(200), format!("{}x", "é".repeat(199)));
        app.ticket(&brand, json!({ "title": "long", "customFields": { (key.clone()): same } })).await;
        app.ticket(&brand, json!({ "title": "edge", "customFields": { "e": "a".repeat(200), "f": "a".repeat(201) } })).await;
        assert_eq!(titles(app, &brand, &format!("customFields.{key}={}", "%C3%A9".repeat(200))).await, ["long"]);
        assert_eq!(titles(app, &brand, &format!("customFields.{key}={}x", "%C3%A9".repeat(199))).await, [""; 0], "{other}");
        assert_eq!(titles(app, &brand, &format!("customFields.e={}", "a".repeat(200))).await, ["edge"]);
        assert_eq!(titles(app, &brand, &format!("customFields.f={}", "a".repeat(201))).await, ["edge"]);
        assert_eq!(titles(app, &brand, &format!("customFields.e={}", "a".repeat(201))).await, [""; 0]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn the_filter_follows_every_change(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "customFields": { "a": 1, "b": "x" } })).await);
        let found = async |query: &str| titles(app, &brand, &format!("customFields.{query}")).await.len();
        app.patch(&one, json!({ "customFields": { "a": 2, "c": true } })).await.ok();
        assert_eq!([found("a=1").await, found("a=2").await, found("b=x").await, found("c=true").await], [0, 1, 1, 1]);
        app.patch(&one, json!({ "customFields": { "a": [2], "b": null } })).await.ok();
        assert_eq!([found("a=2").await, found("b=x").await, found("c=true").await], [0, 0, 1]);
        app.patch(&one, json!({ "customFields": null })).await.ok();
        assert_eq!(found("c=true").await, 0);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn the_first_200_scalars_are_found(app) {
        let brand = app.brand("acme").await;
        let fields: serde_json::Map<String, Value> = (0..250).map(|at| (format!("k{at:03}"), json!(at))).collect();
        app.ticket(&brand, json!({ "title": "T", "customFields": fields })).await;
        assert_eq!(titles(app, &brand, "customFields.k199=199").await, ["T"]);
        assert_eq!(titles(app, &brand, "customFields.k200=200").await, [""; 0], "beyond the limit");
        assert_eq!(app.problems(&brand).await, [""; 0]);
        let query: String = (0..21).map(|at| format!("customFields.k{at:03}={at}&")).collect();
        assert_eq!(app.get(&format!("{brand}/tickets?{query}")).await.invalid(), ["customFields"]);
    }
}
