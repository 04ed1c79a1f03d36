//! The statements run, and leave the rows a create should leave.

use std::time::Duration;

use super::*;
use crate::run::cell::Timing;

const SHORT: Timing = Timing { warmup: Duration::ZERO, measured: Duration::from_millis(50) };

fn count(connection: &Connection, table: &str) -> i64 {
    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn creates_and_lists_run_on_a_database_of_their_own() {
    let path = std::env::temp_dir().join(format!("dispatch-bench-raw-{}.db", std::process::id()));
    let connection = writer(&path, 2_000).unwrap();
    assert_eq!(count(&connection, "raw_ticket"), 2_000);
    assert_eq!(count(&connection, "raw_ticket_field"), 8_000);
    let customers = count(&connection, "raw_customer");
    assert_eq!(count(&connection, "raw_event"), 2_000 + customers);
    assert!((660..2_000).contains(&customers), "{customers}");

    let found = create::measure(&connection, 16, SHORT, 33).unwrap();
    assert!(found.creates >= 16 && found.creates.is_multiple_of(16));
    let list = list::measure(&reader(&path).unwrap(), SHORT).unwrap();
    assert!(list.pages > 0);
    assert!((30_000..120_000).contains(&list.json_bytes), "{}", list.json_bytes);
    drop(connection);
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.clone().into_os_string();
        name.push(suffix);
        drop(std::fs::remove_file(name));
    }
}
