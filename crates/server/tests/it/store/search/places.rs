//! Where a word may stand, and how it may be written.

use dispatch_testkit::both;
use serde_json::json;

use super::{customers, tickets};

both! {
    async fn every_word_begins_a_word_of_the_ticket_its_comments_or_its_customer(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "title": "The Invoice is wrong", "body": "Amount of <b>M&auml;rz</b>: 12,50",
            "customerEmail": "jane.doe@example.com", "customerName": "Jane Ångström" });
        let ticket = app.ticket(&brand, body).await;
        let other = app.ticket(&brand, json!({ "title": "Another invoice" })).await;
        let comments = format!("{brand}/tickets/{}/comments", ticket["id"].as_str().unwrap());
        app.post(&comments, json!({ "body": "Our bookkeeper looks at it" })).await.created();
        app.post(&comments, json!({ "body": "secretly refunded", "isInternal": true })).await.created();
        let number = ticket["number"].as_i64().unwrap();
        for asked in [
            "wrong", "WRO", "marz", "MÄRZ", "12", "50", "bookkeeper", "secret", "jane", "doe", "example", "com", "angstrom",
            "ÅNG", "DT-1001", "1001", "invoice bookk jane 12", "jane.doe@example.com", "\"wrong\"", "wrong* :looks",
        ] {
            assert_eq!(tickets(app, &brand, asked).await, [number], "{asked}");
        }
        assert_eq!(tickets(app, &brand, "invoice").await, [number, other["number"].as_i64().unwrap()]);
        for asked in ["rong", "bb", "märzen", "invoice nobody", "1001 another", "", "!?", "example.org"] {
            assert_eq!(tickets(app, &brand, asked).await, [0; 0], "{asked}");
        }
    }

    async fn what_means_something_to_a_database_is_only_text(app) {
        let brand = app.brand("acme").await;
        let title = "x AND y OR near(z, 2) NOT {words}: ^a + 'b' \\ \"c\" d:* e & f | !g <-> h";
        let number = app.ticket(&brand, json!({ "title": title })).await["number"].as_i64().unwrap();
        app.ticket(&brand, json!({ "title": "plain" })).await;
        for asked in [
            title, "AND", "OR", "NOT", "NEAR(z", "\"", "'", "\\", "*", ":", "a:*", "y\" OR \"plain", "x' | 'plain", "{words}:",
            "^a", "words d:*", "'b'\\", "e & f", "!g", "(", "-h", "x; DROP TABLE ticket",
        ] {
            let found = tickets(app, &brand, asked).await;
            let matches = asked.contains(|c: char| c.is_alphanumeric()) && !asked.contains("plain") && !asked.contains("DROP");
            assert_eq!(found, if matches { vec![number] } else { vec![] }, "{asked}");
        }
    }

    async fn scripts_without_spaces_are_found_by_any_part(app) {
        let brand = app.brand("acme").await;
        let number = app.ticket(&brand, json!({ "title": "東京都の請求書", "body": "학교에서 만나요 Привет" })).await["number"].as_i64().unwrap();
        for asked in ["東", "京", "書", "京都", "請求書", "の請", "학교", "привет", "ПРИ"] {
            assert_eq!(tickets(app, &brand, asked).await, [number], "{asked}");
        }
        for asked in ["都京", "大阪", "에서"] {
            assert_eq!(tickets(app, &brand, asked).await, [0; 0], "{asked}");
        }
    }

    async fn what_the_system_writes_is_not_searched(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "Quiet" })).await;
        let path = format!("{brand}/tickets/{}", ticket["id"].as_str().unwrap());
        app.patch(&path, json!({ "status": "resolved" })).await.ok();
        let comments = app.get(&format!("{path}/comments")).await.ok();
        let said = comments[0]["body"].as_str().unwrap().to_owned();
        assert_eq!(comments[0]["authorType"], "SYSTEM");
        assert!(said.to_lowercase().contains("resolved"), "{said}");
        assert_eq!(tickets(app, &brand, "resolved").await, [0; 0]);
    }

    async fn customers_are_found_by_name_and_address_the_newest_first(app) {
        let brand = app.brand("acme").await;
        let mut ids = Vec::new();
        for (email, name) in [("jane@example.com", "Jane Doe"), ("john@example.com", "John Doe"), ("x@y.io", "Zoë")] {
            let made = app.post(&format!("{brand}/customers"), json!({ "email": email, "name": name })).await.created();
            ids.push(made["id"].as_str().unwrap().to_owned());
        }
        let found = async |asked: &str| -> Vec<usize> {
            let found = customers(app, &brand, asked).await;
            found.iter().map(|found| ids.iter().position(|id| id == found.as_str()).unwrap()).collect()
        };
        assert_eq!(found("doe").await, [1, 0]);
        assert_eq!(found("doe exam jan").await, [0]);
        assert_eq!(found("jane@example.com").await, [0]);
        assert_eq!(found("ZOE").await, [2]);
        for nobody in ["", "-", "oe", "doe zoe"] {
            assert_eq!(found(nobody).await, [0; 0], "{nobody}");
        }
    }
}
