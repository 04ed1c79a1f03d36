//! `dispatch serve`: its address, and what keeps it from starting.

use std::net::TcpListener;

use dispatch_testkit::Kind;

use super::{
    on_both,
    process::{PROGRAM, Place, Server, clean},
};

on_both! {
    fn it_prints_its_address_and_answers_health_and_ready(place) {
        let server = place.serve();
        let client = server.client("");
        assert_eq!(client.get("/health").with(200)["version"], env!("CARGO_PKG_VERSION"));
        let ready = client.get("/ready").with(200);
        let checks = serde_json::json!({ "database": "ok", "storage": "ok", "migrations": "ok", "queues": "ok" });
        assert_eq!((ready["status"].as_str(), &ready["checks"]), (Some("ok"), &checks));
        server.stop();
    }

    fn an_address_that_is_wrong_or_taken_is_refused(place) {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let taken = taken.local_addr().unwrap().to_string();
        for address in [taken.as_str(), "127.0.0.1", "nonsense", "127.0.0.1:99999", "192.0.2.1:80"] {
            let said = place.refuses(&["serve", "--listen", address]);
            assert!(said.contains(&format!("cannot listen on {address}")), "{said}");
        }
    }
}

#[test]
fn a_second_server_on_the_same_folder_is_refused_until_the_first_is_gone() {
    let place = Place::new(Kind::Sqlite);
    let first = place.serve();
    let said = Server::try_start(place.command(PROGRAM)).err().unwrap();
    assert!(said.contains("another dispatch works in the data folder"), "{said}");
    first.client("").get("/ready").with(200);
    first.kill();
    place.serve().stop();
}

#[test]
fn two_servers_share_a_postgresql_database() {
    let place = Place::new(Kind::Postgres);
    let key = place.key();
    let (first, second) = (place.serve(), place.serve());
    let brand = first.client(&key).brand("acme");
    let ticket = second.client(&key).post(&format!("{brand}/tickets"), &serde_json::json!({ "title": "Hi" })).with(201);
    let path = format!("{brand}/tickets/{}", ticket["id"].as_str().unwrap());
    assert_eq!(first.client(&key).get(&path).with(200), ticket);
    first.stop();
    second.stop();
}

#[test]
fn two_first_starts_on_one_postgresql_database_make_one_account() {
    let place = Place::new(Kind::Postgres);
    let other = place.folder.path().join("other");
    let mut command = clean(PROGRAM);
    let mut flags = place.flags();
    flags[1] = other.display().to_string();
    command.arg("serve").args(flags).args(["--listen", "127.0.0.1:0"]);
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| Server::start(command));
        (place.serve(), second.join().unwrap())
    });
    let accounts = place.asks("SELECT count(*)::text FROM account");
    assert_eq!(accounts, ["1"]);
    first.stop();
    second.stop();
}

#[test]
fn a_folder_that_cannot_be_made_is_said_in_words() {
    let place = Place::new(Kind::Sqlite);
    std::fs::write(place.data(), "a file").unwrap();
    assert!(place.refuses(&["serve", "--listen", "127.0.0.1:0"]).contains("data folder"));
}
