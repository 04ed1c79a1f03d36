//! SIGTERM and SIGINT: what is under way is finished, nothing new is taken, the exit is clean.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use dispatch_testkit::until;
use serde_json::json;

use super::{
    http::Client,
    on_both,
    process::{Server, wait_for},
};

/// Begins a request and waits until the server asks for its body.
fn under_way(client: &Client, path: &str, length: usize) -> TcpStream {
    let mut stream = client.begin("POST", path, length, "Expect: 100-continue\r\n").unwrap();
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

/// Signals the server and waits until it has closed its socket.
fn closing(server: &Server, signal: &str) {
    server.signal(signal);
    wait_for(until("the socket closes", async || TcpStream::connect(&server.address).is_err()));
}

on_both! {
    fn a_request_that_is_under_way_is_answered_and_kept(place) {
        let key = place.key();
        for signal in ["TERM", "INT"] {
            let mut server = place.serve();
            let client = server.client(&key);
            let brand = client.brand(&signal.to_lowercase());
            let body = json!({ "title": "The last one" }).to_string();
            let mut stream = under_way(&client, &format!("{brand}/tickets"), body.len());
            closing(&server, signal);
            stream.write_all(body.as_bytes()).unwrap();
            let made = Client::finish(stream).unwrap().with(201);
            assert!(server.ended().success(), "{}", server.log());
            let server = place.serve();
            let path = format!("{brand}/tickets/{}", made["id"].as_str().unwrap());
            assert_eq!(server.client(&key).get(&path).with(200), made);
            server.stop();
        }
        place.run(&["doctor"]);
    }

    fn a_connection_that_is_idle_does_not_hold_the_end_up(place) {
        let mut server = place.serve();
        let mut idle = TcpStream::connect(&server.address).unwrap();
        idle.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        idle.write_all(b"GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        let mut some = [0; 12];
        idle.read_exact(&mut some).unwrap();
        server.signal("TERM");
        assert!(server.ended().success());
        let mut rest = Vec::new();
        idle.read_to_end(&mut rest).unwrap();
    }
}
