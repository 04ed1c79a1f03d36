//! The statements run on the server's own schema, and leave the rows a create should leave.

use std::time::Duration;

use dispatch_testkit::{Database, Kind, TestApp};
use serde_json::json;

use super::*;
use crate::run::cell::Timing;

const SHORT: Timing = Timing { warmup: Duration::ZERO, measured: Duration::from_millis(50) };

fn count(connection: &Connection, table: &str) -> i64 {
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

/// A create without its words writes none, and everything else.
fn without_words(connection: &Connection) {
    let before = count(connection, "search_word");
    let tickets = count(connection, "ticket");
    create::measure(connection, 16, SHORT, 33, Some(create::Without::Words)).unwrap();
    assert_eq!(count(connection, "search_word"), before);
    assert!(count(connection, "ticket") > tickets);
}

#[tokio::test(flavor = "multi_thread")]
async fn creates_and_lists_run_on_the_schema_of_the_server() {
    let app = TestApp::start(Kind::Sqlite, Default::default()).await;
    let brand = app.brand("raw").await;
    for number in 0..60 {
        app.ticket(&brand, json!({ "title": format!("Ticket {number}") })).await;
    }
    let Database::Sqlite(folder) = &app.database else { panic!("a file was asked for") };
    let file = dispatch_store::conn::file_in(folder.path());
    let connection = writer(&file).unwrap();
    let found = create::measure(&connection, 16, SHORT, 33, None).unwrap();
    assert!(found.creates >= 16 && found.creates.is_multiple_of(16));
    assert_eq!(count(&connection, "ticket"), 60 + i64::try_from(found.creates).unwrap());
    assert!(count(&connection, "event") > 61 + i64::try_from(found.creates).unwrap());
    for table in ["ticket_field", "search_word"] {
        assert!(count(&connection, table) >= i64::try_from(found.creates).unwrap(), "{table}");
    }
    without_words(&connection);
    let list = list::measure(&reader(&file).unwrap(), SHORT).unwrap();
    assert!(list.pages > 0);
    assert!((20_000..120_000).contains(&list.json_bytes), "{}", list.json_bytes);
}
