//! A database that an older version wrote is brought to this one and reads as before. `scripts/make-fixture.sh VERSION`
//! makes a fixture; it is never changed afterwards.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use super::process::{Place, Server};

/// The fixtures: a folder for each version.
fn fixtures() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
    let mut all: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    assert!(!all.is_empty(), "there are fixtures");
    all
}

/// What every fixture holds, seen by the key that came with it.
fn reads_as_before(server: &Server, key: &str) {
    let client = server.client(key);
    let brands = client.get("/brands").with(200);
    let names: Vec<&str> = brands.as_array().unwrap().iter().map(|brand| brand["slug"].as_str().unwrap()).collect();
    assert_eq!(names, ["acme", "globex"]);
    let brand = format!("/brands/{}", brands[0]["id"].as_str().unwrap());

    let ticket = client.get(&format!("{brand}/tickets/DT-1001")).with(200);
    assert_eq!(ticket["title"], "The invoice shows the wrong amount");
    assert_eq!((&ticket["status"], &ticket["priority"]), (&json!("resolved"), &json!("high")));
    assert_eq!(ticket["customer"]["email"], "jane@example.com");
    assert_eq!(ticket["customFields"], json!({ "plan": "pro", "seats": 12 }));
    assert_eq!(ticket["assigneeEmail"], "ana@example.com");
    assert_eq!(ticket["commentCount"], 3);

    let comments = client.get(&format!("{brand}/tickets/DT-1001/comments?authorType=STAFF,CUSTOMER")).with(200);
    let comments = comments.as_array().unwrap();
    let bodies: Vec<&str> = comments.iter().map(|comment| comment["body"].as_str().unwrap()).collect();
    assert_eq!(bodies, ["Which invoice is it?", "Number 42 — «März» 📎", "Corrected."]);
    assert_eq!(comments[1]["parentId"], comments[0]["id"]);
    assert_eq!(comments[2]["parentId"], comments[1]["id"]);
    assert_eq!(comments[2]["isInternal"], true);

    let events = client.events(&brand);
    assert_eq!(events[0]["type"], "brand.created");
    let created = |name: &str| events.iter().filter(|event| event["type"] == name).count();
    assert_eq!((created("ticket.created"), created("comment.created"), created("status.deleted")), (6, 3, 1));
    let stats = client.get(&format!("{brand}/statuses/stats")).with(200);
    let counts: Vec<(&str, i64)> = stats.as_array().unwrap().iter().map(count).collect();
    assert_eq!(counts, [("open", 1), ("pending", 1), ("waiting_for_parts", 1), ("resolved", 1), ("closed", 1)]);
    client.get(&format!("{brand}/tickets/DT-1006")).with(404);

    // What it holds can be gone on with.
    let next =
        client.post(&format!("{brand}/tickets"), &json!({ "title": "After", "customerEmail": "jane@example.com" }));
    let next = next.with(201);
    assert_eq!((&next["ticketNumber"], &next["customerId"]), (&json!("DT-1007"), &ticket["customerId"]));
    client.post(&format!("{brand}/tickets/DT-1001/comments"), &json!({ "body": "Later" })).with(201);
    // A worker may go on meanwhile with what the old version had begun: its events are not counted here.
    let later = client.events(&brand);
    let types = later[events.len()..].iter().map(|event| event["type"].as_str().unwrap());
    let types: Vec<&str> = types.filter(|kind| kind.ends_with(".created")).collect();
    assert_eq!(types, ["ticket.created", "comment.created"]);
}

fn count(status: &Value) -> (&str, i64) {
    (status["statusKey"].as_str().unwrap(), status["count"].as_i64().unwrap())
}

/// Migrates the place beforehand and by serving, and looks at it.
fn upgrades(place: &Place, key: &str) {
    place.run(&["migrate"]);
    assert!(place.run(&["doctor"]).ends_with("All is well.\n"));
    let server = place.serve();
    reads_as_before(&server, key.trim_end());
    server.stop();
    assert!(place.run(&["doctor"]).ends_with("All is well.\n"));
}

#[test]
fn sqlite_files_of_every_version_are_brought_to_this_one() {
    for fixture in fixtures() {
        let place = Place::new(dispatch_testkit::Kind::Sqlite);
        fs::create_dir(place.data()).unwrap();
        fs::copy(fixture.join("dispatch.sqlite"), place.data().join("dispatch.sqlite")).unwrap();
        upgrades(&place, &fs::read_to_string(fixture.join("sqlite.key")).unwrap());
    }
}

#[test]
fn postgresql_dumps_of_every_version_are_brought_to_this_one() {
    for fixture in fixtures() {
        let version = fixture.file_name().unwrap().to_str().unwrap().replace(['.', '-'], "_");
        let place =
            Place::restored(&format!("fixture_{version}"), &fs::read_to_string(fixture.join("dispatch.sql")).unwrap());
        upgrades(&place, &fs::read_to_string(fixture.join("postgres.key")).unwrap());
    }
}
