//! A database that an older version wrote is brought to this one and reads as before. `scripts/make-fixture.sh VERSION`
//! makes a fixture; it is never changed afterwards.

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use super::{
    on_both,
    process::{Place, Server, has, wait_until},
};

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
    assert_eq!(&names[..2], ["acme", "globex"]);
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

/// What fixtures hold from 0.2.0 on, and what the others get: their words.
fn the_rest_of_the_core(server: &Server, key: &str) {
    let client = server.client(key);
    let brands = client.get("/brands").with(200);
    let brand = |slug: &str| {
        let brand = brands.as_array().unwrap().iter().find(|brand| brand["slug"] == slug)?;
        Some(format!("/brands/{}", brand["id"].as_str().unwrap()))
    };
    let found = |brand: &str, words: &str| -> Vec<String> {
        let page = client.get(&format!("{brand}/tickets?search={words}&sort=ticketNumber&order=asc")).with(200);
        page["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|ticket| ticket["ticketNumber"].as_str().unwrap().to_owned())
            .collect()
    };
    let acme = brand("acme").unwrap();
    // The words of 0.1.0 come in steps behind the start.
    wait_until("the words are there", || found(&acme, "invoice%20M%C3%84RZ%20doe") == ["DT-1001"]);
    let Some(initech) = brand("initech") else { return };
    assert_eq!(found(&initech, "STRASSE%20zurich"), ["IN-1001"]);
    assert_eq!(found(&initech, "kolsch"), ["IN-1001"]);
    let ticket = client.get(&format!("{initech}/tickets/IN-1001")).with(200);
    let tags: Vec<&str> = ticket["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    assert_eq!((tags, &ticket["priority"]), (vec!["new", "VIP"], &json!("high")));
    assert_eq!(ticket["category"]["key"], "billing_tax");
    assert_eq!(ticket["customer"]["company"]["name"], "Example Co");
    let second = client.get(&format!("{initech}/tickets/IN-1002")).with(200);
    assert_eq!((&second["category"]["key"], &second["tags"][0]["name"]), (&json!("billing_tax"), &json!("VIP")));
    assert_eq!(client.get(&format!("{initech}/tickets/IN-1004")).with(200)["mergedIntoId"], ticket["id"]);
    assert_eq!(client.get(&format!("{initech}/tickets/count?customFields.orderId=ORD-1")).with(200)["count"], 1);
    assert_eq!(client.get(&format!("{initech}/tickets/count?isSpam=true")).with(200)["count"], 1);
    let watchers = client.get(&format!("{initech}/tickets/IN-1001/watchers")).with(200);
    assert_eq!(watchers.as_array().unwrap().len(), 2);
    let sign_in = json!({ "email": "ana@example.com", "password": "correct horse battery", "mode": "token" });
    assert_eq!(client.post("/auth/login", &sign_in).with(200)["member"]["role"], "admin");
    if let Some(hooli) = brand("hooli") {
        what_follows_from_events(server, key, &hooli);
    }
    if let Some(umbrella) = brand("umbrella") {
        mail_and_the_portal(server, key, &umbrella);
    }
    if let Some(wayne) = brand("wayne") {
        ways_of_mail(server, key, &wayne);
    }
}

/// What fixtures hold from 0.6.0 on.
fn ways_of_mail(server: &Server, key: &str, brand: &str) {
    let client = server.client(key);
    let mailbox = client.get(&format!("{brand}/mailbox")).with(200);
    assert_eq!(
        (&mailbox["username"], &mailbox["afterProcess"], &mailbox["enabled"]),
        (&json!("bruce"), &json!("keep"), &json!(false))
    );
    let relay = client.get(&format!("{brand}/mail-relay")).with(200);
    assert_eq!(
        (&relay["host"], &relay["tls"], &relay["fromEmail"]),
        (&json!("smtp.wayne.invalid"), &json!(true), &json!("bruce@wayne.example"))
    );
}

/// What fixtures hold from 0.5.0 on.
fn mail_and_the_portal(server: &Server, key: &str, brand: &str) {
    let client = server.client(key);
    let came = client.get(&format!("{brand}/mail?direction=in")).with(200);
    assert_eq!((&came["data"][0]["outcome"], &came["data"][0]["ticketNumber"]), (&json!("created"), &json!("UM-1001")));
    let went = client.get(&format!("{brand}/mail?direction=out")).with(200);
    let went = went["data"].as_array().unwrap();
    let mut to: Vec<&str> = went.iter().map(|mail| mail["to"][0].as_str().unwrap()).collect();
    to.sort_unstable();
    // Of two new tickets; of the reply: the customer, and who was in copy.
    let desk = "desk@umbrella.example";
    assert_eq!(to, ["alice@umbrella.example", "bob@umbrella.example", desk, desk]);
    assert!(went.iter().all(|mail| mail["outcome"] == "suppressed"));
    assert_eq!(client.get(&format!("{brand}/tickets/UM-1002")).with(200)["source"], "portal");
    let known = client.get(brand).with(200);
    assert_eq!(
        (&known["fromName"], &known["portalOrigins"]),
        (&json!("Umbrella Support"), &json!(["https://help.umbrella.example"]))
    );
}

/// What fixtures hold from 0.4.0 on.
fn what_follows_from_events(server: &Server, key: &str, brand: &str) {
    let client = server.client(key);
    let webhooks = client.get(&format!("{brand}/webhooks")).with(200);
    assert_eq!((&webhooks[0]["enabled"], &webhooks[0]["events"]), (&json!(false), &json!(["ticket.*"])));
    let connections = client.get(&format!("{brand}/connections")).with(200);
    assert_eq!(connections[0]["secretsSet"]["headers.Authorization"], true);
    let automations = client.get(&format!("{brand}/automations")).with(200);
    let enabled: Vec<&Value> = automations.as_array().unwrap().iter().map(|one| &one["enabled"]).collect();
    assert_eq!(enabled, [true, false]);
    let runs = client.get(&format!("{brand}/automations/runs")).with(200);
    assert_eq!(runs["data"][0]["status"], "success");
    let ticket = client.get(&format!("{brand}/tickets/HO-1001")).with(200);
    assert_eq!(ticket["tags"][0]["name"], "hurry");
    let files = client.get(&format!("{brand}/tickets/HO-1001/attachments")).with(200);
    assert_eq!(files, json!([]), "nobody has confirmed any");
    let surveys = client.get(&format!("{brand}/tickets/HO-1001/feedback")).with(200);
    assert_eq!(surveys[0]["customerEmail"], "gavin@hooli.example");
}

fn count(status: &Value) -> (&str, i64) {
    (status["statusKey"].as_str().unwrap(), status["count"].as_i64().unwrap())
}

on_both! {
    fn a_database_of_a_newer_version_is_refused_by_every_command_and_stays_as_it_is(place) {
        let key = place.key();
        place.damage("INSERT INTO schema_migration (version, name, applied_on, checksum)
            VALUES (99, 'tomorrow', '2099-01-01T00:00:00.000000000Z', '1')");
        let create = ["admin", "create-key", "--name", "Test", "--all-brands"];
        for words in [&["serve"][..], &["migrate"], &["doctor"], &create] {
            let said = place.refuses(words);
            assert!(said.contains("a newer version of Dispatch has brought it to schema version 99"), "{words:?}: {said}");
        }
        let file = place.beside("backup");
        assert!(!place.refuses(&["backup", "--to", &file]).is_empty());
        assert!(!has(place.folder.path(), "backup"), "what cannot be verified is no backup");
        // With the mark gone it is as it was.
        place.forgets_migration(99);
        let server = place.serve();
        assert_eq!(server.client(&key).get("/brands").with(200), json!([]));
        server.stop();
    }
}

/// Migrates the place beforehand and by serving, and looks at it.
fn upgrades(place: &Place, key: &str) {
    place.run(&["migrate"]);
    assert!(place.run(&["doctor"]).ends_with("All is well.\n"));
    let server = place.serve();
    the_rest_of_the_core(&server, key.trim_end());
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
