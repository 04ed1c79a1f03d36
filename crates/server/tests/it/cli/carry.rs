//! `dispatch move` there and back, and `backup` and `restore` of PostgreSQL: everything arrives, or nothing does.

mod answers;
mod backups;
mod broken;
mod refusals;
mod tables;

use std::{collections::BTreeMap, fs, path::PathBuf};

use dispatch_testkit::{Database, Kind, SERVER_KEY};

use super::process::{Place, dispatch, text, wait_for};

/// What one version has left behind.
fn fixture(version: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).join(version)
}

/// A data folder with the SQLite database of the last release, which has something of nearly everything, and its key.
fn furnished() -> (Place, String) {
    let place = Place::new(Kind::Sqlite);
    fs::create_dir(place.data()).unwrap();
    fs::copy(fixture("0.6.0").join("dispatch.sqlite"), place.data().join("dispatch.sqlite")).unwrap();
    fs::write(place.data().join("server.key"), format!("{SERVER_KEY}\n")).unwrap();
    place.run(&["migrate"]);
    (place, fs::read_to_string(fixture("0.6.0").join("sqlite.key")).unwrap().trim_end().to_owned())
}

/// The address of the database of a place.
fn address(place: &Place) -> String {
    match place.database() {
        Some(Database::Postgres { url, .. }) => url.clone(),
        _ => panic!("this place is not on PostgreSQL"),
    }
}

/// What a statement answers in a PostgreSQL database, as rows of text.
fn rows(url: &str, statement: &str) -> Vec<Vec<String>> {
    wait_for(async {
        let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        let said = client.simple_query(statement).await.unwrap();
        let row =
            |row: tokio_postgres::SimpleQueryRow| (0..row.len()).map(|at| row.get(at).unwrap().to_owned()).collect();
        said.into_iter()
            .filter_map(|message| match message {
                tokio_postgres::SimpleQueryMessage::Row(found) => Some(row(found)),
                _ => None,
            })
            .collect()
    })
}

/// How many rows each table of a PostgreSQL database has, its own and the search's left out.
fn counts(url: &str) -> BTreeMap<String, u64> {
    let tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('schema_migration', 'search_word') ORDER BY 1";
    let tables: Vec<String> = rows(url, tables).into_iter().flatten().collect();
    let each: Vec<String> = tables.iter().map(|table| format!("SELECT '{table}', count(*) FROM \"{table}\"")).collect();
    rows(url, &each.join(" UNION ALL ")).into_iter().map(|row| (row[0].clone(), row[1].parse().unwrap())).collect()
}

/// Whether nothing at all stands in a PostgreSQL database.
fn is_empty(url: &str) -> bool {
    counts(url).values().all(|count| *count == 0) && rows(url, "SELECT 1 FROM search_word LIMIT 1").is_empty()
}

/// Every row of every table of a SQLite database, as SQLite itself would spell it, in an order of its own.
fn contents(place: &Place) -> BTreeMap<String, Vec<String>> {
    let selects =
        "SELECT 'SELECT ''' || m.name || '|'' || ' || group_concat('quote(\"' || c.name || '\")', ' || '','' || ')
        || ' FROM \"' || m.name || '\"' FROM sqlite_schema m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> 'schema_migration'
        AND m.name NOT LIKE 'search_word%' AND c.name <> 'doc' GROUP BY m.name";
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for select in place.asks(selects) {
        let table = select.trim_start_matches("SELECT '").split('|').next().unwrap().to_owned();
        let mut found = place.asks(Box::leak(select.into_boxed_str()));
        found.sort();
        tables.insert(table, found);
    }
    assert!(tables.len() > 40, "{:?}", tables.keys());
    tables
}

/// Runs a move that ends with a failure: what it prints and what it says.
#[track_caller]
fn fails_to_move(place: &Place, to: &str) -> (String, String) {
    let flags = place.flags();
    let output = dispatch(&place.words(&["move", "--to", to], &flags));
    assert_eq!(output.status.code(), Some(1), "{}{}", text(&output.stdout), text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}
