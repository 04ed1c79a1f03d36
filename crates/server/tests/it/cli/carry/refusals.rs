//! What a move does not begin, and why.

use std::fs;

use dispatch_testkit::Kind;

use super::{super::process::has, Place, address, contents, counts, fails_to_move, fixture, furnished, is_empty, rows};

#[test]
fn a_database_that_is_not_empty_is_refused_and_stays_as_it_is() {
    let (place, _) = furnished();
    let there = Place::new(Kind::Postgres);
    there.key();
    let had = counts(&address(&there));
    let (printed, said) = fails_to_move(&place, &address(&there));
    assert!(printed.is_empty() && said.contains("is not empty: its table account has rows"), "{said}");
    assert_eq!(counts(&address(&there)), had);

    let full = Place::new(Kind::Postgres);
    let before = contents(&place);
    let said = full.refuses(&["move", "--to", &place.data().display().to_string()]);
    assert!(said.contains("there is a database in"), "{said}");
    assert_eq!(contents(&place), before);
}

#[test]
fn another_schema_version_is_refused_on_either_side_and_not_brought_up() {
    let old = Place::new(Kind::Sqlite);
    fs::create_dir(old.data()).unwrap();
    fs::copy(fixture("0.5.0").join("dispatch.sqlite"), old.data().join("dispatch.sqlite")).unwrap();
    let there = Place::new(Kind::Postgres);
    let (_, said) = fails_to_move(&old, &address(&there));
    assert!(said.contains("the SQLite database is at schema version 11, and this program at"), "{said}");
    assert!(is_empty(&address(&there)));

    let (place, _) = furnished();
    let dump = fs::read_to_string(fixture("0.5.0").join("dispatch.sql")).unwrap();
    let older = Place::restored("carry_older", &dump);
    let had = counts(&address(&older));
    let (_, said) = fails_to_move(&place, &address(&older));
    assert!(said.contains("the PostgreSQL database is at schema version 11"), "{said}");
    let folder = Place::new(Kind::Sqlite);
    let said = older.refuses(&["move", "--to", &folder.data().display().to_string()]);
    assert!(said.contains("the PostgreSQL database is at schema version 11"), "{said}");
    assert!(!has(&folder.data(), "dispatch.sqlite") && !has(&folder.data(), "dispatch.sqlite.part"));
    let said = older.refuses(&["backup", "--to", &folder.beside("b")]);
    assert!(said.contains("schema version 11"), "{said}");
    assert_eq!(counts(&address(&older)), had);
    assert_eq!(rows(&address(&older), "SELECT max(version) FROM schema_migration"), [["11"]]);
}

#[test]
fn a_database_without_tables_gets_them() {
    let (place, _) = furnished();
    let bare = Place::restored("carry_bare", "");
    let said = bare.refuses(&["move", "--to", &bare.data().display().to_string()]);
    assert!(said.contains("holds no Dispatch"), "{said}");
    place.run(&["move", "--to", &address(&bare)]);
    assert!(bare.run(&["doctor"]).ends_with("All is well.\n"));
}

#[test]
fn a_server_that_runs_on_the_source_is_refused() {
    let (place, _) = furnished();
    let server = place.serve();
    let there = Place::new(Kind::Postgres);
    let (_, said) = fails_to_move(&place, &address(&there));
    assert!(said.contains("another dispatch works in the data folder"), "{said}");
    server.stop();
    assert!(is_empty(&address(&there)));

    let server = there.serve();
    let folder = Place::new(Kind::Sqlite);
    let said = there.refuses(&["move", "--to", &folder.data().display().to_string()]);
    assert!(said.contains("a server works on the PostgreSQL database: stop all servers first"), "{said}");
    assert!(!has(&folder.data(), "dispatch.sqlite") && !has(&folder.data(), "dispatch.sqlite.part"));
    server.stop();
    there.run(&["move", "--to", &folder.data().display().to_string()]);
    assert!(folder.run(&["doctor"]).ends_with("All is well.\n"));
}

#[test]
fn an_address_that_does_not_work_is_refused_without_its_password() {
    let (place, _) = furnished();
    let before = contents(&place);
    let there = Place::new(Kind::Postgres);
    let stranger = address(&there).replace("//postgres@", "//nobody_here:hunter2@");
    assert!(stranger.contains("hunter2"), "{stranger}");
    for url in [stranger.as_str(), "postgres://dispatch:hunter2@127.0.0.1:1/dispatch", "postgres://a:hunter2@[:x/"] {
        let (printed, said) = fails_to_move(&place, url);
        assert!(!printed.contains("hunter2") && !said.contains("hunter2"), "{said}");
        assert!(said.starts_with("dispatch: "), "{said}");
        let said = place.reads(&["move", "--to", "-"], &format!("{url}\n")).unwrap_err();
        assert!(!said.contains("hunter2"), "{said}");
    }
    assert_eq!(contents(&place), before);
}

#[test]
fn another_server_key_is_refused_before_anything_is_carried() {
    let (place, _) = furnished();
    let there = Place::new(Kind::Postgres);
    let other = "ab".repeat(32);
    let set = format!("server.key={other}");
    let said = place.refuses(&["move", "--to", &address(&there), "--set", &set]);
    assert!(said.contains("the server key is another one") && !said.contains(&other), "{said}");
    fs::remove_file(place.data().join("server.key")).unwrap();
    let (_, said) = fails_to_move(&place, &address(&there));
    assert!(said.contains("the server key is another one"), "{said}");
    assert!(!has(&place.data(), "server.key"), "a move makes no key");
    assert!(is_empty(&address(&there)));
    // With the right one it goes, and by standard input as well.
    let set = format!("server.key={}", dispatch_testkit::SERVER_KEY);
    let said = place.reads(&["move", "--to", "-", "--set", &set], &format!("{}\n", address(&there))).unwrap();
    assert!(said.contains("Moved and compared: ") && said.contains("the one that was set"), "{said}");

    let folder = Place::new(Kind::Sqlite);
    fs::create_dir(folder.data()).unwrap();
    fs::write(folder.data().join("server.key"), &other).unwrap();
    let said = there.refuses(&["move", "--to", &folder.data().display().to_string()]);
    assert!(said.contains("holds another server key"), "{said}");
    assert!(!has(&folder.data(), "dispatch.sqlite"));
}

#[test]
fn between_two_of_a_kind_nothing_is_moved() {
    let (place, _) = furnished();
    let (_, said) = fails_to_move(&place, &place.beside("other"));
    assert!(said.contains("for another folder use backup and restore"), "{said}");
    let there = Place::new(Kind::Postgres);
    let (_, said) = fails_to_move(&there, "postgres://127.0.0.1:1/other");
    assert!(said.contains("for another PostgreSQL database use backup and restore"), "{said}");
    let (_, said) = fails_to_move(&Place::new(Kind::Sqlite), &address(&there));
    assert!(said.contains("there is no database in"), "{said}");
    // Settings that name the target already are those of the servers to come: the source is the folder.
    let (_, said) = fails_to_move(&there, &address(&there));
    assert!(said.contains("there is no database in"), "{said}");
    assert!(place.reads(&["move", "--to", "-"], "\n").unwrap_err().contains("--to takes postgres://"));
}
