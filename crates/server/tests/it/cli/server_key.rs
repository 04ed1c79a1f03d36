//! The server key: made once on SQLite, required on PostgreSQL, shown nowhere.

use std::{fs, os::unix::fs::PermissionsExt};

use dispatch_testkit::{Kind, SERVER_KEY};

use super::process::{PROGRAM, Place, Server};

#[test]
fn the_first_start_on_sqlite_makes_a_key_for_the_owner_alone_and_later_ones_keep_it() {
    let place = Place::new(Kind::Sqlite);
    place.serve().stop();
    let file = place.data().join("server.key");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let made = fs::read_to_string(&file).unwrap();
    assert_eq!(made.trim_end().len(), 64);
    let server = place.serve();
    assert!(!server.log().contains(made.trim_end()));
    server.stop();
    assert_eq!(fs::read_to_string(&file).unwrap(), made);
    let left: Vec<_> = fs::read_dir(place.data()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("server.key.")), "{left:?}");
}

#[test]
fn a_set_key_is_used_and_no_file_is_made() {
    let place = Place::new(Kind::Sqlite);
    let mut command = place.command(PROGRAM);
    command.env("DISPATCH_SERVER_KEY", format!("{SERVER_KEY},{}", "00".repeat(32)));
    Server::start(command).stop();
    assert!(!place.data().join("server.key").exists());
}

#[test]
fn a_wrong_key_is_refused_by_name_and_not_shown() {
    let place = Place::new(Kind::Sqlite);
    let mut command = place.command(PROGRAM);
    command.env("DISPATCH_SERVER_KEY", "correct-horse");
    let said = Server::try_start(command).err().unwrap();
    assert!(said.contains("server.key must be 32 bytes") && !said.contains("horse"), "{said}");
    fs::create_dir_all(place.data()).unwrap();
    fs::write(place.data().join("server.key"), "").unwrap();
    let said = Server::try_start(place.command(PROGRAM)).err().unwrap();
    assert!(said.contains("server.key must be 32 bytes"), "an empty file is never replaced: {said}");
}

#[test]
fn postgresql_requires_a_key_that_is_set() {
    let place = Place::new(Kind::Postgres);
    let mut command = place.command(PROGRAM);
    command.args(["--set", "server.key="]); // a later flag wins
    let said = Server::try_start(command).err().unwrap();
    assert!(said.contains("server.key is required on PostgreSQL"), "{said}");
}
