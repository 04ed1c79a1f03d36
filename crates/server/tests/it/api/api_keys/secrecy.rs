//! The text of a key is in the answer that created it, and nowhere else.

use dispatch_desk::api_keys::hash;
use dispatch_testkit::{Database, TestApp, both};
use serde_json::{Value, json};

use crate::api::id;

const KEYS: &str = "/accounts/me/api-keys";

/// Every byte that the database keeps, as text: the files, or every row of every table.
pub async fn everything_in(app: &TestApp) -> String {
    match &app.database {
        Database::Sqlite(folder) => {
            let mut all = String::new();
            for entry in std::fs::read_dir(folder.path()).unwrap() {
                all.push_str(&String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap_or_default()));
            }
            all
        }
        Database::Postgres { url, .. } => {
            let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            let tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
            let mut all = String::new();
            for table in client.query(tables, &[]).await.unwrap() {
                let rows = format!("SELECT CAST(one AS text) FROM {} one", table.get::<_, String>(0));
                for row in client.query(&rows, &[]).await.unwrap() {
                    all.push_str(&row.get::<_, String>(0));
                }
            }
            all
        }
    }
}

both! {
    async fn the_database_has_the_hash_of_a_key_and_never_its_text(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "name": "Key", "allBrands": true });
        let header = [("idempotency-key", "once")];
        let made = app.call_with(&app.key, "POST", KEYS, body, &header).await.created();
        let (key, path) = (made["key"].as_str().unwrap(), format!("{KEYS}/{}", id(&made)));
        // Everything that could write it down: events by this key, changes of it, its end.
        let ticket = format!("{brand}/tickets");
        app.call_with(key, "POST", &ticket, json!({ "title": "By the key" }), &header).await.created();
        app.call(key, "PATCH", &brand, json!({ "name": "Renamed" })).await.ok();
        app.patch(&path, json!({ "name": "Renamed" })).await.ok();
        let doomed = app.post(KEYS, json!({ "name": "Doomed", "allBrands": true })).await.created();
        assert_eq!(app.delete(&format!("{KEYS}/{}", id(&doomed))).await.status, 204);
        let all = everything_in(app).await;
        assert!(all.contains(&hash(key)), "the search finds what is there");
        assert!(all.contains("api_key.deleted"), "the account's log is part of it");
        for secret in [key, doomed["key"].as_str().unwrap()] {
            assert!(!all.contains(&secret[12..secret.len() - 4]), "a key is stored as text");
        }
    }

    async fn a_repeat_of_the_creation_answers_without_the_text(app) {
        let body = json!({ "name": "Key", "allBrands": true });
        let header = [("idempotency-key", "once")];
        let mut made = app.call_with(&app.key, "POST", KEYS, body.clone(), &header).await.created();
        let repeat = app.call_with(&app.key, "POST", KEYS, body, &header).await;
        assert_eq!(repeat.header("idempotency-replayed"), "true");
        made["key"] = Value::Null;
        assert_eq!(repeat.created(), made);
        assert_eq!(app.get(KEYS).await.ok().as_array().unwrap().len(), 2, "one key was made");
    }

    async fn events_name_a_key_by_its_first_characters(app) {
        let brand = app.brand("acme").await;
        let event = app.events(&brand).await.remove(0);
        assert_eq!(event["actor"]["type"], "api");
        assert_eq!(event["actor"]["name"], "Test key");
        assert_eq!(event["actor"]["apiKeyPrefix"], &app.key[..12]);
    }
}
