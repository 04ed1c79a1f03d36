//! `dispatch migrate` and `dispatch doctor`.

use serde_json::json;

use super::{
    on_both,
    process::{PROGRAM, Place, Server, dispatch, has, text},
};

/// A place that holds a brand with a ticket, two comments and a customer; with the brand's path.
fn furnished(place: &Place) -> String {
    let key = place.key();
    let mut command = place.command(PROGRAM);
    command.env("DISPATCH_WEBHOOKS_ALLOW_PRIVATE_TARGETS", "true");
    let server = Server::start(command);
    let client = server.client(&key);
    let brand = client.brand("acme");
    let ticket =
        client.post(&format!("{brand}/tickets"), &json!({ "title": "A", "customerEmail": "j@x.io" })).with(201);
    let comments = format!("{brand}/tickets/{}/comments", ticket["id"].as_str().unwrap());
    client.post(&comments, &json!({ "body": "one" })).with(201);
    client.post(&comments, &json!({ "body": "two" })).with(201);
    let webhook = json!({ "url": "http://127.0.0.1:1/in", "events": ["ticket.merged"] });
    let webhook = client.post(&format!("{brand}/webhooks"), &webhook).with(201);
    client.post(&format!("{brand}/webhooks/{}/test", webhook["id"].as_str().unwrap()), &json!(null)).with(200);
    server.stop();
    brand
}

/// What doctor prints about a place that is not well; its exit code is 1.
fn complaint(place: &Place) -> String {
    let flags = place.flags();
    let output = dispatch(&place.words(&["doctor"], &flags));
    assert_eq!(output.status.code(), Some(1), "{}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stdout)
}

on_both! {
    fn migrate_makes_an_empty_database_and_may_run_again(place) {
        for _ in 0..2 {
            assert!(place.run(&["migrate"]).starts_with("The database is at schema version "));
        }
        assert!(place.run(&["doctor"]).ends_with("All is well.\n"));
    }

    fn doctor_is_content_with_what_the_server_leaves(place) {
        let brand = furnished(place);
        let said = place.run(&["doctor"]);
        assert!(said.contains(brand.trim_start_matches("/brands/")) && said.ends_with("All is well.\n"), "{said}");
    }

    fn doctor_names_what_does_not_agree(place) {
        furnished(place);
        // The server has stopped before it looked again whether the webhook has anything to deliver.
        place.damage("UPDATE webhook SET next_due = NULL");
        let damages = [
            ("UPDATE ticket SET comment_count = 7", "UPDATE ticket SET comment_count = 2", "wrong number of comments"),
            ("UPDATE ticket_count SET total = 9", "UPDATE ticket_count SET total = 1", "is counted as"),
            (
                "UPDATE brand_counter SET last_sequence = last_sequence + 1",
                "UPDATE brand_counter SET last_sequence = last_sequence - 1",
                "its counter stands at",
            ),
            (
                "UPDATE brand_counter SET next_ticket_number = 1001",
                "UPDATE brand_counter SET next_ticket_number = 1002",
                "ticket number 1001 is taken, and the next ticket would get 1001",
            ),
            ("UPDATE ticket SET customer_id = 'cus_x'", "UPDATE ticket SET customer_id = (SELECT id FROM customer)",
                "name a customer that is not there"),
            ("UPDATE event SET type = 'ticket.x' WHERE type = 'ticket.created'",
                "UPDATE event SET type = 'ticket.created' WHERE type = 'ticket.x'", "no event of their creation"),
            ("UPDATE consumer SET position = position + 100", "UPDATE consumer SET position = position - 100",
                "stand behind the end of the log"),
            ("UPDATE delivery SET due_at = 1", "UPDATE delivery SET due_at = NULL", "are never due"),
        ];
        for (harm, heal, words) in damages {
            place.damage(harm);
            let said = complaint(place);
            assert!(said.contains(words) && said.contains("WRONG") && said.ends_with("problems.\n"), "{harm}: {said}");
            place.damage(heal);
        }
        place.run(&["doctor"]);
        place.damage("UPDATE ticket SET status_id = 'sts_x'");
        assert!(complaint(place).contains("name a status that is not there"));
    }

    fn doctor_names_events_that_cannot_be_read(place) {
        furnished(place);
        place.damage("UPDATE event SET body = substr(body, 1, 40) WHERE sequence = 3");
        let said = complaint(place);
        assert!(said.contains("event 3 cannot be read: ") && said.ends_with("1 problems.\n"), "{said}");
    }

    fn doctor_finds_a_hole_in_the_log_and_an_empty_log(place) {
        furnished(place);
        place.damage("DELETE FROM event WHERE type = 'comment.created' AND sequence = 5");
        assert!(complaint(place).contains("the log has"));
        place.damage("DELETE FROM event");
        let said = complaint(place);
        assert!(said.contains("the log has") && said.contains("no event of their creation"), "{said}");
    }
}

#[test]
fn doctor_and_migrate_say_when_a_file_is_no_database() {
    let place = Place::new(dispatch_testkit::Kind::Sqlite);
    std::fs::create_dir(place.data()).unwrap();
    std::fs::write(place.data().join("dispatch.sqlite"), "this is a letter, not a database. ".repeat(200)).unwrap();
    for command in ["doctor", "migrate", "serve"] {
        assert!(place.refuses(&[command]).contains("not a database"), "{command}");
    }
}

#[test]
fn doctor_reports_a_page_that_was_overwritten() {
    let place = Place::new(dispatch_testkit::Kind::Sqlite);
    furnished(&place);
    let path = place.data().join("dispatch.sqlite");
    assert!(!has(&place.data(), "dispatch.sqlite-wal"), "the last connection folds the log into the file");
    let mut bytes = std::fs::read(&path).unwrap();
    // The root page of an index that no statement of doctor needs.
    let page = place.asks("SELECT CAST(rootpage AS text) FROM sqlite_schema WHERE name = 'idempotency_age'");
    let start = (page[0].parse::<usize>().unwrap() - 1) * 4096;
    bytes[start..start + 4096].fill(0xA5);
    std::fs::write(&path, bytes).unwrap();
    assert!(complaint(&place).contains("WRONG  file: SQLite's own checks"));
}
