//! What an older version wrote is found and sorted like the rest once the worker has been there.

use dispatch_store::Dialect;
use dispatch_testkit::{TestApp, both};
use serde_json::json;

use super::{customers, tickets};
use crate::store::given::{ask, execute};

/// Leaves a database as the migration of an older version does.
async fn forget_the_words(app: &TestApp) {
    let forget = match app.db.dialect() {
        Dialect::Sqlite => "INSERT INTO search_word (search_word) VALUES ('delete-all')",
        Dialect::Postgres => "DELETE FROM search_word",
    };
    for text in [
        forget,
        "UPDATE ticket SET title_key = 'old'",
        "UPDATE customer SET sort_key = 'old'",
        "INSERT INTO rewrite (brand_id, id, kind, subject, created_at) SELECT id, 'reindex', 'reindex', '', 0 FROM brand",
        "UPDATE brand SET rewriting = TRUE",
    ] {
        execute(&app.db, text).await.unwrap();
    }
}

both! {
    async fn the_worker_finds_words_and_sort_keys_for_everything(app) {
        let brand = app.brand("acme").await;
        let quiet = app.brand("quiet").await;
        for number in 0..230 {
            let body = json!({ "title": format!("Straße {number}"), "body": format!("body{number}"),
                "customerEmail": format!("c{number}@x.io"), "customerName": format!("NAME{number}") });
            let ticket = app.ticket(&brand, body).await;
            let comments = format!("{brand}/tickets/{}/comments", ticket["id"].as_str().unwrap());
            let comment = app.post(&comments, json!({ "body": format!("comment{number}") })).await.created();
            if number == 7 {
                app.delete(&format!("{comments}/{}", comment["id"].as_str().unwrap())).await.ok();
            }
        }
        app.ticket(&quiet, json!({ "title": "Straße" })).await;
        let changed = app.get(&format!("{brand}/tickets/DT-1001")).await.ok()["updatedAt"].clone();
        forget_the_words(app).await;
        assert_eq!(tickets(app, &brand, "strasse").await, [0; 0]);
        app.drain().await;
        assert_eq!(tickets(app, &brand, "strasse").await.len(), 230);
        for number in [0, 99, 100, 229] {
            let asked = format!("{number} body{number} comment{number} name{number} c{number}@x.io");
            assert_eq!(tickets(app, &brand, &asked).await, [1001 + number], "{asked}");
        }
        assert_eq!(tickets(app, &brand, "comment7 1008").await, [0; 0]);
        assert_eq!(tickets(app, &quiet, "strasse").await, [1001]);
        assert_eq!(customers(app, &brand, "name229").await.len(), 1);
        let keys = ask(&app.db, "SELECT DISTINCT substr(title_key, 1, 7) FROM ticket").await;
        assert_eq!(keys, ["strasse"]);
        let keys = ask(&app.db, "SELECT DISTINCT substr(sort_key, 1, 4) FROM customer").await;
        assert_eq!(keys, ["name"]);
        assert_eq!(ask(&app.db, "SELECT id FROM rewrite").await, [""; 0]);
        assert_eq!(ask(&app.db, "SELECT id FROM brand WHERE rewriting").await, [""; 0]);
        assert_eq!(app.get(&format!("{brand}/tickets/DT-1001")).await.ok()["updatedAt"], changed);
    }

    async fn a_step_ends_before_texts_become_too_many(app) {
        let brand = app.brand("acme").await;
        for number in 0..3 {
            let body = format!("long{number} ").repeat(60_000);
            app.ticket(&brand, json!({ "title": "T", "body": body })).await;
        }
        forget_the_words(app).await;
        app.drain().await;
        for number in 0..3 {
            assert_eq!(tickets(app, &brand, &format!("long{number}")).await, [1001 + number]);
        }
    }
}
