//! Every table, there and back.

use std::collections::BTreeSet;

use dispatch_testkit::{Kind, SERVER_KEY};

use super::{
    super::process::{PROGRAM, Server},
    Place, address, contents, counts, furnished, rows,
};

/// Puts a row into every table that has none, made from what the schema says: texts, numbers, and keys that are there.
fn fill(place: &Place) {
    let inserts = "SELECT 'INSERT INTO \"' || m.name || '\" (' || group_concat('\"' || c.name || '\"') || ') SELECT '
            || group_concat(coalesce((SELECT '(SELECT \"' || f.\"to\" || '\" FROM \"' || f.\"table\" || '\" ORDER BY rowid LIMIT 1)'
                FROM pragma_foreign_key_list(m.name) f WHERE f.\"from\" = c.name ORDER BY f.\"table\" = 'brand' LIMIT 1),
            CASE c.type WHEN 'TEXT' THEN '''x — «1»''' WHEN 'BLOB' THEN 'x''00ff01''' ELSE '1' END))
            || ' WHERE NOT EXISTS (SELECT 1 FROM \"' || m.name || '\")'
        FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
        AND m.name <> 'schema_migration' AND m.name NOT LIKE 'search_word%' AND c.name <> 'doc' GROUP BY m.name";
    for insert in place.asks(inserts) {
        place.damage(Box::leak(insert.into_boxed_str()));
    }
    // What is spelled differently wherever something is spelled.
    place.damage("UPDATE member SET display_name = 'a' || char(9) || 'b' || char(10, 13) || '''\"\\N \\. 😀 é'");
    place.damage("UPDATE ticket_count SET live = -9223372036854775808, total = 9223372036854775807");
    place.damage("UPDATE brand SET url = ''");
}

/// The words of the search: each, and in how many things it stands.
fn words_on_sqlite(place: &Place) -> Vec<String> {
    place.damage("CREATE VIRTUAL TABLE test_words USING fts5vocab(search_word, 'row')");
    let words = place.asks("SELECT term || ' ' || doc FROM test_words ORDER BY term");
    place.damage("DROP TABLE test_words");
    words
}

#[test]
fn every_table_is_the_same_there_and_back_again() {
    let (place, _) = furnished();
    let words = words_on_sqlite(&place);
    assert!(words.len() > 100, "{words:?}");
    fill(&place);
    let before = contents(&place);
    let empty: Vec<&String> = before.iter().filter(|(_, rows)| rows.is_empty()).map(|(table, _)| table).collect();
    assert!(empty.is_empty(), "tables without a row prove nothing: {empty:?}");

    let there = Place::new(Kind::Postgres);
    let said = place.run(&["move", "--to", &address(&there)]);
    let told: BTreeSet<&str> =
        said.lines().filter_map(|line| line.strip_prefix("ok ")?.split_whitespace().next()).collect();
    assert_eq!(told, before.keys().map(String::as_str).collect(), "every table of the schema is carried: {said}");
    let all: usize = before.values().map(Vec::len).sum();
    assert!(said.contains(&format!("Moved and compared: {} tables, {all} rows.", before.len())), "{said}");
    assert!(said.contains("DISPATCH_SERVER_KEY: the contents of ") && !said.contains(SERVER_KEY), "{said}");
    assert_eq!(contents(&place), before, "the source is as it was");
    let arrived = counts(&address(&there));
    for (table, rows) in &before {
        assert_eq!(arrived.get(table), Some(&(rows.len() as u64)), "{table}");
    }
    let kept = "SELECT word || ' ' || ndoc FROM ts_stat('SELECT words FROM search_word') ORDER BY word COLLATE \"C\"";
    let kept: Vec<String> = rows(&address(&there), kept).into_iter().flatten().collect();
    assert_eq!(kept, words, "the words of the search");

    let back = Place::new(Kind::Sqlite);
    let folder = back.data().display().to_string();
    let said = there.run(&["move", "--to", &folder]);
    assert!(said.contains(&format!("Moved and compared: {} tables, {all} rows.", before.len())), "{said}");
    assert_eq!(contents(&back), before);
    assert_eq!(words_on_sqlite(&back), words);
    assert_eq!(std::fs::read_to_string(back.data().join("server.key")).unwrap().trim_end(), SERVER_KEY);
    // The search looks at the newest first, by their row ids.
    let order = "SELECT count(*) || '' FROM ticket a JOIN ticket b ON a.brand_id = b.brand_id AND a.doc < b.doc AND a.id > b.id";
    assert_eq!(back.asks(order), ["0"]);
}

#[test]
fn a_text_of_more_words_than_one_row_of_postgresql_takes_is_found_on_both() {
    let place = Place::new(Kind::Sqlite);
    let key = place.key();
    let server = place.serve();
    let client = server.client(&key);
    let brand = client.brand("acme");
    let body: Vec<String> = (0..15_000).map(|n| format!("{n:05}{}", "q".repeat(45))).collect();
    client.post(&format!("{brand}/tickets"), &serde_json::json!({ "title": "Long", "body": body.join(" ") })).with(201);
    server.stop();
    let there = Place::new(Kind::Postgres);
    let sealed_with =
        format!("server.key={}", std::fs::read_to_string(place.data().join("server.key")).unwrap().trim());
    place.run(&["move", "--to", &address(&there)]);
    let parts: i64 = there.asks("SELECT count(*)::text FROM search_word")[0].parse().unwrap();
    assert!(parts > 1, "{parts}");
    let mut command = there.command(PROGRAM);
    command.args(["--set", &sealed_with]);
    let server = Server::start(command);
    let client = server.client(&key);
    for word in [&body[0], &body[14_999]] {
        let found = client.get(&format!("{brand}/tickets?search={word}")).with(200);
        assert_eq!(found["data"].as_array().unwrap().len(), 1, "{word}");
    }
    server.stop();
}
