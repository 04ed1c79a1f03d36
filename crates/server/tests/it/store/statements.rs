//! One text for two databases: every statement is prepared on both, and both schemas say the same.

use std::collections::BTreeSet;

use dispatch_http::HttpSettings;
use dispatch_store::{Dialect, Error, Options, Result, Value, inspect, statements};
use dispatch_testkit::{Database, Kind, TestApp, both};

both! {
    async fn every_statement_can_be_prepared(app) {
        assert!(statements().len() > 50);
        for sql in statements().into_iter().filter(|sql| sql.is_for(app.db.dialect())) {
            let text = sql.postgres;
            // EXPLAIN carries nothing out, and wants no values where the database makes a plan for all of them.
            let explained: Result<()> = app
                .db
                .read("test.prepare", move |tx| Box::pin(async move { explain(tx, text).await }))
                .await;
            explained.unwrap_or_else(|error| panic!("{text}: {error}"));
        }
    }
}

async fn explain(tx: &dispatch_store::Tx, text: &str) -> Result<()> {
    if tx.dialect() == Dialect::Sqlite {
        let nothing = vec![Value::Null; placeholders(text)];
        return inspect::plan(tx, text, &nothing).await.map(|_| ());
    }
    // A name of its own for each: PREPARE looks at everything but the values.
    inspect::execute(tx, &format!("PREPARE looked_at AS {text}")).await?;
    inspect::execute(tx, "DEALLOCATE looked_at").await
}

#[test]
fn statements_hold_no_question_marks_and_only_placeholders_behind_dollar_signs() {
    for sql in statements() {
        let text = sql.postgres;
        assert!(!text.contains('?'), "{text}");
        assert_eq!(sql.sqlite, text.replace('$', "?"));
        let all_used = (1..=placeholders(text))
            .all(|number| text.split('$').skip(1).any(|rest| placeholder(rest, text) == number));
        assert!(all_used, "no placeholder is left out: {text}");
    }
}

/// The highest number of a placeholder.
fn placeholders(text: &str) -> usize {
    text.split('$').skip(1).map(|rest| placeholder(rest, text)).max().unwrap_or_default()
}

fn placeholder(rest: &str, text: &str) -> usize {
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("a dollar sign that is no placeholder: {text}"))
}

#[tokio::test]
async fn the_two_migrated_schemas_are_equal() {
    let mut schemas = Vec::new();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let db = Database::fresh(kind).await.open(&Options { pool_max: 1, ..Options::default() }).await;
        let schema: Result<Vec<String>> = db.read("test.schema", |tx| Box::pin(inspect::schema(tx))).await;
        schemas.push(schema.unwrap());
    }
    assert!(schemas[0].len() > 100, "{:?}", schemas[0]);
    assert_eq!(schemas[0], schemas[1]);
}

both! {
    async fn texts_compare_by_code_point_whatever_the_locale(app) {
        let brand = app.brand("acme").await;
        for email in ["b@x.io", "a@x.io", "_@x.io", "é@x.io", "z@x.io"] {
            let made = app.post(&format!("{brand}/customers"), serde_json::json!({ "email": email })).await;
            assert!([201, 400].contains(&made.status.as_u16()), "{}", made.text);
        }
        let page = app.get(&format!("{brand}/customers?sort=email&order=asc")).await.ok();
        let emails: Vec<&str> = page["data"].as_array().unwrap().iter().map(|c| c["email"].as_str().unwrap()).collect();
        let mut sorted = emails.clone();
        sorted.sort_unstable();
        assert_eq!(emails, sorted);
        assert!(emails.len() >= 4, "{emails:?}");
    }

    async fn a_statement_that_does_not_fit_is_a_bug_and_leaves_the_connection_usable(app) {
        for text in ["SELECT nonsense FROM nowhere", "SELEKT", "SELECT 1"] {
            let asked: Result<Vec<String>> = app.db.read("test.bad", move |tx| Box::pin(inspect::ask(tx, text))).await;
            assert!(matches!(asked, Err(Error::Bug(_))), "{text}: {asked:?}");
        }
        let fine: Result<()> = app.db.read("test.good", |tx| Box::pin(inspect::answers(tx))).await;
        fine.unwrap();
    }
}

/// A connection has every fixed statement prepared, which takes longer than most requests: it has to last.
#[tokio::test]
async fn a_connection_of_the_pool_lasts() {
    let app = TestApp::start(Kind::Postgres, HttpSettings::default()).await;
    let db = app.database.open(&Options { pool_max: 2, ..Options::default() }).await;
    let mut seen = BTreeSet::new();
    for _ in 0..20 {
        let ask = "SELECT CAST(pg_backend_pid() AS text)";
        let found: Result<Vec<String>> = db.read("test.process", move |tx| Box::pin(inspect::ask(tx, ask))).await;
        seen.extend(found.unwrap());
    }
    assert!(seen.len() <= 2, "{seen:?}");
}

/// Only full text has a statement of its own for each database (`doc` is what its index on SQLite knows things by; merging it says by
/// the changes whether there was anything left to merge), and SQLite needs no locks.
#[test]
fn statements_for_one_database_alone_are_about_words_and_locks() {
    let alone: Vec<&str> = statements().into_iter().filter(|sql| sql.only.is_some()).map(|sql| sql.postgres).collect();
    assert!(!alone.is_empty());
    for text in alone {
        assert!(
            text.contains("search_word")
                || text.starts_with("SELECT doc")
                || text.ends_with(" FOR UPDATE")
                || text == "SELECT total_changes()",
            "{text}"
        );
    }
}
