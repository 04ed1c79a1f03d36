use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{each, id};

/// A brand with some customers; answers the path of their list.
async fn people(app: &TestApp) -> String {
    let list = format!("{}/customers", app.brand("acme").await);
    for (email, name) in [
        ("jane@example.com", json!("Jane Doe")),
        ("doe@example.com", json!("Jack")),
        ("nobody@example.com", Value::Null),
        ("zoe@other.example", json!("Zoë")),
    ] {
        app.post(&list, json!({ "email": email, "name": name })).await.created();
    }
    list
}

both! {
    async fn customers_are_found_by_how_name_or_address_begins(app) {
        let list = people(app).await;
        for (text, found) in [
            ("ja", vec!["doe@example.com", "jane@example.com"]),
            ("JANE", vec!["jane@example.com"]),
            ("jane d", vec!["jane@example.com"]),
            ("nob", vec!["nobody@example.com"]),
            ("doe@", vec!["doe@example.com", "jane@example.com"]),
            ("DOE@exa", vec!["doe@example.com"]),
            ("zo", vec!["zoe@other.example"]),
            ("example.com", vec![]),
        ] {
            let encoded = text.replace(' ', "%20");
            let answer = app.get(&format!("{list}/search?q={encoded}")).await.ok();
            assert_eq!(each(&answer, "email"), found, "{text}");
        }
        // The list looks for words, wherever they stand in name or address.
        let listed = app.get(&format!("{list}?search=EXAMPLE%20doe&sort=email&order=asc")).await.ok();
        assert_eq!(each(&listed["data"], "email"), ["doe@example.com", "jane@example.com"]);
        let one = app.get(&format!("{list}/search?q=jane")).await.ok();
        assert_eq!(one[0], app.get(&format!("{list}/{}", id(&one[0]))).await.ok());
    }

    async fn blocked_ones_are_found_and_deleted_ones_are_not(app) {
        let list = people(app).await;
        let found = app.get(&format!("{list}/search?q=ja")).await.ok();
        app.patch(&format!("{list}/{}", id(&found[0])), json!({ "isBlocked": true })).await.ok();
        app.delete(&format!("{list}/{}", id(&found[1]))).await.ok();
        let left = app.get(&format!("{list}/search?q=ja")).await.ok();
        assert_eq!(each(&left, "email"), ["doe@example.com"]);
    }

    async fn a_limit_is_kept_and_bad_questions_are_refused(app) {
        let list = people(app).await;
        for number in 0..25 {
            app.post(&list, json!({ "email": format!("many{number:02}@example.com") })).await.created();
        }
        let count = async |query: &str| {
            app.get(&format!("{list}/search?q=many{query}")).await.ok().as_array().unwrap().len()
        };
        assert_eq!((count("").await, count("&limit=3").await, count("&limit=50").await), (20, 3, 25));
        for (query, field) in [
            ("", "q"),
            ("?q=", "q"),
            ("?q=j", "q"),
            ("?q=%20j%20", "q"),
            (&format!("?q={}", "x".repeat(201)), "q"),
            ("?q=jane&limit=51", "limit"),
            ("?q=jane&limit=0", "limit"),
            ("?q=jane&sort=name", "sort"),
        ] {
            assert_eq!(app.get(&format!("{list}/search{query}")).await.invalid(), [field], "{query}");
        }
        app.get(&format!("{list}/search?q=jane&limit=1")).await.ok();
    }

    async fn another_name_or_address_is_found_and_the_old_one_no_longer(app) {
        let list = people(app).await;
        let jane = app.get(&format!("{list}?email=jane@example.com")).await.ok()["data"][0].clone();
        let body = json!({ "email": "mary@example.com", "name": "Mary" });
        app.patch(&format!("{list}/{}", id(&jane)), body).await.ok();
        assert_eq!(app.get(&format!("{list}/search?q=jane")).await.ok(), json!([]));
        assert_eq!(each(&app.get(&format!("{list}/search?q=mar")).await.ok(), "email"), ["mary@example.com"]);
    }
}
