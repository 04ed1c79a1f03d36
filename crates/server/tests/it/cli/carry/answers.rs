//! What a server answers is the same before a move and behind it, and it goes on from there.

use std::{collections::BTreeMap, fs, io::Write};

use dispatch_testkit::{Kind, SERVER_KEY};
use serde_json::{Value, json};

use super::{
    super::{
        files::{answer, begin, parts},
        http::Client,
        process::{succeeds, wait_until},
    },
    Place, address, furnished,
};

/// What is asked of every brand.
const PATHS: [&str; 18] = [
    "",
    "/tickets?limit=100",
    "/tickets?search=invoice",
    "/tickets?search=strasse",
    "/tickets?search=k%C3%B6lsch%20zurich",
    "/tickets?search=jane",
    "/tickets?search=d",
    "/tickets?sort=title&order=asc",
    "/customers?search=jan",
    "/customers?limit=100",
    "/companies?limit=100",
    "/companies?search=exam",
    "/statuses/stats",
    "/webhooks",
    "/connections",
    "/automations/runs",
    "/mail?direction=in",
    "/mail?direction=out",
];

/// Everything that a server answers to these questions, and all events.
fn answers(client: &Client) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    let brands = client.get("/brands").with(200);
    for brand in brands.as_array().unwrap() {
        let brand = format!("/brands/{}", brand["id"].as_str().unwrap());
        for path in PATHS {
            let path = format!("{brand}{path}");
            let said = client.get(&path).with(200);
            all.insert(path, said);
        }
        let tickets = client.get(&format!("{brand}/tickets?limit=100")).with(200);
        for ticket in tickets["data"].as_array().unwrap() {
            for rest in ["", "/comments", "/attachments", "/watchers", "/feedback"] {
                let path = format!("{brand}/tickets/{}{rest}", ticket["id"].as_str().unwrap());
                let mut said = client.get(&path).with(200);
                // A link is signed anew each time.
                if let Some(files) = said.as_array_mut().filter(|_| rest == "/attachments") {
                    files.iter_mut().for_each(|file| file["downloadUrl"] = Value::Null);
                }
                all.insert(path, said);
            }
        }
        all.insert(format!("{brand}/events"), Value::Array(client.events(&brand)));
    }
    all.insert("/brands".to_owned(), brands);
    all
}

/// Whether nothing is left that the server does by itself as time goes by: the fixture's survey has become due since it was written.
fn is_settled(said: &BTreeMap<String, Value>) -> bool {
    let all = |path: &str, field: &str, unwanted: &str| {
        let lists = said.iter().filter(|(asked, _)| asked.ends_with(path)).map(|(_, said)| said);
        lists.flat_map(|list| list.get("data").unwrap_or(list).as_array().unwrap()).all(|one| one[field] != unwanted)
    };
    all("/feedback", "state", "scheduled") && all("/mail?direction=out", "status", "queued")
}

fn settled(client: &Client) -> BTreeMap<String, Value> {
    wait_until("what was due", || is_settled(&answers(client)));
    answers(client)
}

/// Attaches a file to a ticket; answers the path of the attachment.
fn attach(client: &Client, brand: &str) -> String {
    let attachments = format!("{brand}/tickets/DT-1001/attachments");
    let upload = client.post(&attachments, &json!({ "filename": "a.txt", "contentType": "text/plain" })).with(201);
    let mut stream = begin(upload["uploadUrl"].as_str().unwrap(), 5);
    stream.write_all(b"hello").unwrap();
    assert!(answer(stream).starts_with("HTTP/1.1 200"));
    let one = format!("{attachments}/{}", upload["id"].as_str().unwrap());
    client.post(&format!("{one}/confirm"), &Value::Null).with(200);
    one
}

fn downloads(client: &Client, attachment: &str) -> bool {
    let url = client.get(attachment).with(200)["downloadUrl"].as_str().unwrap().to_owned();
    let (host, path) = parts(&url);
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    answer(stream).ends_with("hello")
}

/// Copies the folder of the files, as the page says.
fn carry_files(from: &Place, to: &Place) {
    let copied = std::process::Command::new("cp").arg("-r").arg(from.data().join("files")).arg(to.data()).status();
    assert!(copied.unwrap().success());
}

/// Compares path by path, so that a difference can be read.
fn same(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) {
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, said) in before {
        assert_eq!(said, &after[path], "{path}");
    }
}

/// Goes on with what is there: the next number of a ticket and the next place in the log.
fn goes_on(client: &Client, brand: &str, number: &str) {
    let events = client.events(brand).len();
    let ticket = json!({ "title": "Dachschaden behind the move", "customerEmail": "jane@example.com" });
    let ticket = client.post(&format!("{brand}/tickets"), &ticket).with(201);
    assert_eq!(ticket["ticketNumber"], number);
    assert!(client.events(brand).len() > events);
    let found = client.get(&format!("{brand}/tickets?search=dachschaden")).with(200);
    assert!(found["data"].as_array().unwrap().iter().any(|one| one["id"] == ticket["id"]), "{found}");
    let sign_in = json!({ "email": "ana@example.com", "password": "correct horse battery", "mode": "token" });
    client.post("/auth/login", &sign_in).with(200);
}

#[test]
fn a_server_answers_the_same_on_the_other_database_and_goes_on() {
    let (place, key) = furnished();
    let server = place.serve();
    let client = server.client(&key);
    let brands = client.get("/brands").with(200);
    let brand = format!("/brands/{}", brands[0]["id"].as_str().unwrap());
    let attachment = attach(&client, &brand);
    let before = settled(&client);
    server.stop();

    // With the settings of the servers to come, which name the new database and the key.
    let there = Place::new(Kind::Postgres);
    let (old, url) = (place.data().display().to_string(), address(&there));
    let key_of_old = format!("server.key={SERVER_KEY}");
    succeeds(&["move", "--data", &old, "--to", &url, "--database", &url, "--set", &key_of_old]);
    fs::create_dir_all(there.data()).unwrap();
    carry_files(&place, &there);
    assert!(there.run(&["doctor"]).ends_with("All is well.\n"));
    let server = there.serve();
    let client = server.client(&key);
    same(&before, &answers(&client));
    assert!(downloads(&client, &attachment));
    goes_on(&client, &brand, "DT-1007");
    let between = settled(&client);
    server.stop();
    assert!(there.run(&["doctor"]).ends_with("All is well.\n"));

    let back = Place::new(Kind::Sqlite);
    there.run(&["move", "--to", &back.data().display().to_string()]);
    carry_files(&there, &back);
    assert!(back.run(&["doctor"]).ends_with("All is well.\n"));
    let server = back.serve();
    let client = server.client(&key);
    same(&between, &answers(&client));
    assert!(downloads(&client, &attachment));
    goes_on(&client, &brand, "DT-1008");
    server.stop();
    assert!(back.run(&["doctor"]).ends_with("All is well.\n"));
}
