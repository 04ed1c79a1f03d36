//! `backup` and `restore` of PostgreSQL: one file, which either database takes.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use dispatch_testkit::{Kind, SERVER_KEY};
use serde_json::json;

use super::{
    super::process::{PROGRAM, Server, has},
    Place, address, contents, furnished, is_empty,
};

#[test]
fn a_backup_taken_while_a_server_writes_is_one_moment_and_either_database_takes_it() {
    let place = Place::new(Kind::Postgres);
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
        let said = place.run(&["backup", "--to", &backup]);
        assert!(said.starts_with("Backed up and verified: ") && said.contains("Not in it: the server key"), "{said}");
        enough.store(true, Ordering::Relaxed);
        let made: i64 = writers.into_iter().map(|writer| writer.join().unwrap()).sum();
        assert!(made > before, "the backup ran beside writers");
        before
    });
    server.stop();
    assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(place.refuses(&["backup", "--to", &backup]).contains("exists already"));

    for kind in [Kind::Sqlite, Kind::Postgres] {
        let other = Place::new(kind);
        assert!(other.run(&["restore", "--from", &backup]).starts_with("Restored and verified: "));
        // Counts, log and words are of one moment: doctor finds nothing.
        assert!(other.run(&["doctor"]).ends_with("All is well.\n"));
        let mut command = other.command(PROGRAM);
        command.args(["--set", &format!("server.key={SERVER_KEY}")]);
        let server = Server::start(command);
        let client = server.client(&key);
        let created = client.events(&brand).iter().filter(|event| event["type"] == "ticket.created").count();
        assert!(i64::try_from(created).unwrap() >= before, "{created} of {before}");
        client.post(&format!("{brand}/tickets"), &json!({ "title": "After" })).with(201);
        server.stop();
    }
}

#[test]
fn a_backup_of_sqlite_restores_into_postgresql_and_comes_back_the_same() {
    let (place, _) = furnished();
    let before = contents(&place);
    let (first, second) = (place.beside("first"), place.beside("second"));
    place.run(&["backup", "--to", &first]);
    let there = Place::new(Kind::Postgres);
    there.run(&["restore", "--from", &first]);
    there.run(&["backup", "--to", &second]);
    let back = Place::new(Kind::Sqlite);
    back.run(&["restore", "--from", &second]);
    assert_eq!(contents(&back), before);

    // What is there is never replaced, and what is no backup never taken.
    assert!(there.refuses(&["restore", "--from", &first]).contains("is not empty"));
    assert!(there.refuses(&["restore", "--from", &first, "--replace"]).contains("--replace is for SQLite"));
    let empty = Place::new(Kind::Postgres);
    assert!(empty.refuses(&["restore", "--from", &place.beside("none")]).contains("there is no backup"));
    let mut bytes = fs::read(&first).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xA5);
    fs::write(&first, &bytes).unwrap();
    empty.refuses(&["restore", "--from", &first]);
    assert!(has(place.folder.path(), "first"), "a backup is not ours to remove");
    fs::write(&first, "a letter").unwrap();
    assert!(empty.refuses(&["restore", "--from", &first]).contains("not a database"));
    let older = place.beside("older");
    fs::copy(super::fixture("0.5.0").join("dispatch.sqlite"), &older).unwrap();
    assert!(empty.refuses(&["restore", "--from", &older]).contains("schema version 11"));
    assert!(is_empty(&address(&empty)));
}
