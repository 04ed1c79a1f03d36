//! `dispatch backup` and `dispatch restore`: online, verified, and never over something else.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use dispatch_testkit::Kind;
use serde_json::json;

use super::process::{Place, has};

/// A server's folder that holds one brand with one ticket, and the key of its account.
fn furnished() -> (Place, String) {
    let place = Place::new(Kind::Sqlite);
    let key = place.key();
    let server = place.serve();
    let client = server.client(&key);
    let brand = client.brand("acme");
    client.post(&format!("{brand}/tickets"), &json!({ "title": "Before" })).with(201);
    server.stop();
    (place, key)
}

#[test]
fn a_backup_taken_while_the_server_writes_is_whole_and_holds_all_that_was_answered_before() {
    let place = Place::new(Kind::Sqlite);
    let key = place.key();
    let server = place.serve();
    let client = server.client(&key);
    let brand = client.brand("acme");
    let (enough, backup) = (AtomicBool::new(false), place.beside("backup.sqlite"));
    let before = thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (client, brand, enough) = (client.clone(), &brand, &enough);
                scope.spawn(move || {
                    let mut made = 0;
                    while !enough.load(Ordering::Relaxed) {
                        let title = format!("{writer}-{made}");
                        client.post(&format!("{brand}/tickets"), &json!({ "title": title })).with(201);
                        made += 1;
                    }
                    made
                })
            })
            .collect();
        let count = || {
            let stats = client.get(&format!("{brand}/statuses/stats")).with(200);
            stats.as_array().unwrap().iter().map(|status| status["count"].as_i64().unwrap()).sum::<i64>()
        };
        while count() < 50 {
            thread::yield_now();
        }
        let before = count();
        assert!(place.run(&["backup", "--to", &backup]).starts_with("Backed up and verified: "));
        enough.store(true, Ordering::Relaxed);
        let made: i64 = writers.into_iter().map(|writer| writer.join().unwrap()).sum();
        assert!(made > before, "the backup ran beside writers");
        before
    });
    server.stop();

    let other = Place::new(Kind::Sqlite);
    other.run(&["restore", "--from", &backup]);
    assert!(other.run(&["doctor"]).ends_with("All is well.\n"));
    let server = other.serve();
    let client = server.client(&key);
    let created = client.events(&brand).iter().filter(|event| event["type"] == "ticket.created").count();
    assert!(i64::try_from(created).unwrap() >= before, "{created} of {before}");
    client.post(&format!("{brand}/tickets"), &json!({ "title": "After" })).with(201);
    server.stop();
}

#[test]
fn backup_refuses_a_folder_without_database_and_a_file_that_is_there() {
    let (place, _) = furnished();
    let there = place.beside("there");
    fs::write(&there, "precious").unwrap();
    assert!(place.refuses(&["backup", "--to", &there]).contains("exists already"));
    assert_eq!(fs::read_to_string(&there).unwrap(), "precious");
    assert!(!place.refuses(&["backup", "--to", &place.beside("no/such/folder")]).is_empty());
    let empty = Place::new(Kind::Sqlite);
    assert!(empty.refuses(&["backup", "--to", &empty.beside("b")]).contains("there is no database"));
    assert!(!has(empty.folder.path(), "b"));
}

#[test]
fn restore_replaces_a_database_only_when_told_and_keeps_the_old_one() {
    let (place, key) = furnished();
    let backup = place.beside("backup");
    place.run(&["backup", "--to", &backup]);
    let server = place.serve();
    server.client(&key).brand("later");
    server.stop();
    let said = place.refuses(&["restore", "--from", &backup]);
    assert!(said.contains("--replace"), "{said}");
    place.run(&["restore", "--from", &backup, "--replace"]);
    assert!(has(&place.data(), "dispatch.sqlite.replaced-1"));
    place.run(&["restore", "--from", &backup, "--replace"]);
    assert!(has(&place.data(), "dispatch.sqlite.replaced-2"), "the first one is still there, too");
    assert!(has(&place.data(), "dispatch.sqlite.replaced-1"));
    let empty = place.beside("empty");
    std::fs::write(&empty, "").unwrap();
    assert!(place.refuses(&["restore", "--from", &empty, "--replace"]).contains("not a database"));
    let server = place.serve();
    assert_eq!(server.client(&key).get("/brands").with(200).as_array().unwrap().len(), 1);
    server.stop();
}

#[test]
fn restore_refuses_a_running_server_a_missing_file_and_a_damaged_one() {
    let (place, _) = furnished();
    let backup = place.beside("backup");
    place.run(&["backup", "--to", &backup]);
    let server = place.serve();
    let said = place.refuses(&["restore", "--from", &backup, "--replace"]);
    assert!(said.contains("another dispatch works"), "{said}");
    server.stop();
    let empty = Place::new(Kind::Sqlite);
    assert!(empty.refuses(&["restore", "--from", &empty.beside("none")]).contains("there is no backup"));
    let mut bytes = fs::read(&backup).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xA5);
    fs::write(&backup, &bytes).unwrap();
    empty.refuses(&["restore", "--from", &backup]);
    fs::write(&backup, "a letter").unwrap();
    assert!(empty.refuses(&["restore", "--from", &backup]).contains("not a database"));
    assert!(!has(&empty.data(), "dispatch.sqlite"), "nothing of a bad backup stays");
    assert!(!has(&empty.data(), "dispatch.sqlite.part"), "nothing of a bad backup stays");
}
