//! Live streams over sockets: they end when the server stops, and a reader that takes nothing is cut off.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::json;

use super::{http::Client, on_both};

/// Opens a stream of the brand.
fn open(client: &Client, brand: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&client.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let (address, key) = (&client.address, &client.key);
    let head =
        format!("GET /v1{brand}/events/stream HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// Reads until this text has come; answers all that has.
fn read_until(stream: &mut TcpStream, wanted: &str) -> String {
    let (mut all, mut some) = (String::new(), [0; 4096]);
    while !all.contains(wanted) {
        let count = stream.read(&mut some).unwrap();
        assert!(count > 0, "it ended before {wanted}: {all}");
        all.push_str(std::str::from_utf8(&some[..count]).unwrap());
    }
    all
}

on_both! {
    fn they_end_in_order_when_the_server_stops(place) {
        let key = place.key();
        let mut server = place.serve();
        let client = server.client(&key);
        let brand = client.brand("acme");
        let mut stream = open(&client, &brand);
        let head = read_until(&mut stream, "retry: 3000\n\n").to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(head.contains("content-type: text/event-stream\r\n"), "{head}");
        client.post(&format!("{brand}/tickets"), &json!({ "title": "Hi" })).with(201);
        read_until(&mut stream, "event: ticket.created\n");
        server.signal("TERM");
        let mut rest = String::new();
        stream.read_to_string(&mut rest).unwrap();
        assert!(rest.ends_with("0\r\n\r\n"), "the reply is whole: {rest}");
        assert!(server.ended().success(), "{}", server.log());
    }

    fn a_reader_that_takes_nothing_is_cut_off_and_nobody_waits_for_it(place) {
        let key = place.key();
        let server = place.serve();
        let client = server.client(&key);
        let brand = client.brand("acme");
        let mut slow = open(&client, &brand);
        read_until(&mut slow, "retry: 3000\n\n");
        let large = "x".repeat(60_000);
        let body = json!({ "title": "Large", "metadata": { "a": large }, "sourceData": { "a": large } });
        // Three times the buffer: more than that and what the sockets hold.
        let made = 24 * 1024 * 1024 / 120_000;
        for _ in 0..made {
            client.post(&format!("{brand}/tickets"), &body).with(201);
        }
        let mut taken = Vec::new();
        // Cut off is not ended: the connection may be reset.
        let _reset = slow.read_to_end(&mut taken);
        let seen = String::from_utf8_lossy(&taken).matches("event: ticket.created").count();
        assert!(seen < made, "it got everything");
        server.stop();
    }
}
