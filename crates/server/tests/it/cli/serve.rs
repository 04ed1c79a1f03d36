//! `dispatch serve`: its address, and what keeps it from starting.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
};

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

/// The head of the answer to a POST of `{}` on a connection that is to stay.
fn head_of_answer(server: &Server, path: &str, key: &str) -> String {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!(
        "POST /v1{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n\
         Content-Length: 2\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = BufReader::new(stream.try_clone().unwrap());
    if !key.is_empty() {
        stream.write_all(b"{}").unwrap(); // else the body never comes: the answer must not wait for it
    }
    let mut all = String::new();
    while !all.ends_with("\r\n\r\n") {
        assert_ne!(answer.read_line(&mut all).unwrap(), 0, "cut off: {all}");
    }
    all.to_ascii_lowercase()
}

#[test]
fn a_connection_whose_body_was_not_read_says_that_it_ends_and_others_stay() {
    let place = Place::new(Kind::Sqlite);
    let key = place.key();
    let server = place.serve();
    let unread = head_of_answer(&server, "/brands", "");
    assert!(unread.starts_with("http/1.1 401") && unread.contains("\r\nconnection: close\r\n"), "{unread}");
    let read = head_of_answer(&server, "/brands", &key);
    assert!(read.starts_with("http/1.1 400") && !read.contains("connection: close"), "{read}");
    server.stop();
}
