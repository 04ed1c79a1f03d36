//! Files of a server that is a process: what a kill in the middle of an upload leaves, where files lie, and how much memory
//! a large one takes.

use std::{
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
};

use dispatch_testkit::Kind;
use serde_json::{Value, json};

use super::{
    http::Client,
    process::{PROGRAM, Place, Server},
};

/// The path and query of a link, and whom it leads to.
pub fn parts(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("http://").unwrap();
    rest.split_at(rest.find('/').unwrap())
}

/// Begins to send a file of this length; answers the connection.
pub fn begin(url: &str, length: usize) -> TcpStream {
    let (host, path) = parts(url);
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "PUT {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// What comes back, as text.
pub fn answer(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

fn ask(client: &Client, attachments: &str) -> Value {
    client.post(attachments, &json!({ "filename": "a.txt", "contentType": "text/plain" })).with(201)
}

/// A server, and the path of the attachments of a new ticket.
fn world(place: &Place, slug: &str) -> (Server, Client, String) {
    let key = place.key();
    let server = place.serve();
    let client = server.client(&key);
    let brand =
        client.post("/brands", &json!({ "name": slug, "slug": slug })).with(201)["id"].as_str().unwrap().to_owned();
    let ticket = client.post(&format!("/brands/{brand}/tickets"), &json!({ "title": "T" })).with(201);
    let attachments = format!("/brands/{brand}/tickets/{}/attachments", ticket["id"].as_str().unwrap());
    (server, client, attachments)
}

#[test]
fn a_kill_in_the_middle_of_an_upload_leaves_nothing_that_could_be_confirmed() {
    let place = Place::new(Kind::Sqlite);
    let (server, client, attachments) = world(&place, "acme");
    let upload = ask(&client, &attachments);
    let mut stream = begin(upload["uploadUrl"].as_str().unwrap(), 1_000_000);
    stream.write_all(&vec![b'x'; 500_000]).unwrap();
    drop(server);
    drop(stream);
    let mode = std::fs::metadata(place.data().join("files")).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700, "nobody else reads files");
    let server = place.serve();
    let client = server.client(&place.key());
    let confirm = format!("{attachments}/{}/confirm", upload["id"].as_str().unwrap());
    assert_eq!(client.post(&confirm, &Value::Null).with(400)["message"], "No bytes have been uploaded yet.");
    // The address of the server is another one now; what it has signed still counts.
    let url = upload["uploadUrl"].as_str().unwrap();
    let url = format!("http://{}{}", server.address, parts(url).1);
    let mut stream = begin(&url, 5);
    stream.write_all(b"hello").unwrap();
    assert!(answer(stream).starts_with("HTTP/1.1 200"));
    assert_eq!(client.post(&confirm, &Value::Null).with(200)["size"], 5);
    assert_eq!(place.asks("SELECT CAST(attachment_count AS text) FROM ticket"), ["1"]);
}

#[test]
fn an_upload_that_is_refused_hears_why_although_it_still_sends() {
    let place = Place::new(Kind::Sqlite);
    let (_server, client, attachments) = world(&place, "acme");
    let upload = ask(&client, &attachments);
    let url = upload["uploadUrl"].as_str().unwrap();
    let mut stream = begin(&url.replace("max=", "max=9"), 2_000_000);
    stream.write_all(&vec![b'x'; 2_000_000]).unwrap();
    let said = answer(stream);
    assert!(said.starts_with("HTTP/1.1 403") && said.contains("altered"), "{said}");
    let mut stream = begin(url, 60 * 1024 * 1024);
    stream.write_all(&vec![b'x'; 1_000_000]).unwrap();
    drop(stream.shutdown(std::net::Shutdown::Write));
    assert!(answer(stream).starts_with("HTTP/1.1 413"));
}

#[test]
fn pictures_follow_the_address_of_the_server() {
    let place = Place::new(Kind::Sqlite);
    place.run(&["admin", "create-key", "--name", "Test", "--all-brands"]);
    place.damage(
        "INSERT INTO member (id, account_id, email, display_name, role, status, all_brands, created_at, updated_at, avatar_key, avatar_url)
        SELECT 'usr_1', id, 'ana@acme.example', 'Ana', 'member', 'active', TRUE, 1, 1, 'avatars/00.png', 'http://old.example/blob/avatars/00.png'
        FROM account",
    );
    let mut command = place.command(PROGRAM);
    command.env("DISPATCH_HTTP_PUBLIC_URL", "https://desk.example/");
    Server::start(command).stop();
    assert_eq!(place.asks("SELECT avatar_url FROM member"), ["https://desk.example/blob/avatars/00.png"]);
}

#[test]
#[ignore = "5 GB: make proof"]
fn a_file_of_5_gb_takes_no_memory() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/proof/large-upload.sh");
    let output = super::process::clean(script).arg(PROGRAM).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
