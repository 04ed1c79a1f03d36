//! The log on standard error: one line per request, and never a secret.

use serde_json::json;

use super::{on_both, process::Place};

on_both! {
    fn every_request_is_one_line_with_id_route_status_time_and_brand(place) {
        let key = place.key();
        let server = place.serve();
        let client = server.client(&key);
        let brand = client.brand("acme");
        let made = client.post(&format!("{brand}/tickets"), &json!({ "title": "Very private" }));
        let id = made.header("x-request-id").to_owned();
        let missing = client.get("/no/such/route");
        let log = server.log();
        let lines: Vec<&str> = log.lines().filter(|line| line.contains(&id)).collect();
        assert_eq!(lines.len(), 1, "{log}");
        let brand = brand.trim_start_matches("/brands/");
        for part in ["/v1/brands/{brandId}/tickets", "status=201", "ms=", &format!("brand=\"{brand}\""), "POST"] {
            assert!(lines[0].contains(part), "{part} in {}", lines[0]);
        }
        assert!(!log.contains("Very private"), "{log}");
        assert!(log.lines().any(|line| line.contains(missing.header("x-request-id")) && line.contains("status=404")));
        server.stop();
    }

    fn no_key_is_ever_logged_beyond_its_first_twelve_characters(place) {
        let key = place.key();
        let mut command = place.command(crate::cli::process::PROGRAM);
        command.args(["--set", "log.level=trace"]);
        let mut server = crate::cli::process::Server::start(command);
        let first = std::fs::read_to_string(place.data().join("first-run.txt")).unwrap_or_default();
        let client = server.client(&key);
        let made = client.post("/accounts/me/api-keys", &json!({ "name": "n", "allBrands": true })).with(201);
        server.client(made["key"].as_str().unwrap()).get("/brands").with(200);
        server.client(&format!("{key}x")).get("/brands").with(401);
        client.get(&format!("/brands?key={key}")).with(400);
        client.get(&format!("/brands/{key}")).with(404);
        client.post("/brands", &json!({ "name": 1, "slug": key })).with(400);
        client.post("/brands", &json!({ "name": "n", "token": key, "slug": "acme" }));
        server.signal("TERM");
        assert!(server.ended().success());
        let log = server.log();
        assert!(log.lines().count() > 5, "{log}");
        for text in [key.as_str(), made["key"].as_str().unwrap()] {
            assert!(!log.contains(&text[12..]), "{log}");
        }
        assert!(leaked(&log).is_empty(), "{:?}", leaked(&log));
        let setup = first.split("/setup?token=").nth(1).map(str::trim_end).expect("a setup link");
        assert!(!log.contains(setup), "{log}");
    }
}

/// Texts that look like keys and are longer than what may be shown of one.
fn leaked(log: &str) -> Vec<&str> {
    let ends = log.match_indices("sk_live_").map(|(at, _)| &log[at..]);
    let words =
        ends.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default());
    words.filter(|word| word.len() > 12).collect()
}

#[test]
fn a_lower_level_keeps_the_lines_away() {
    let place = Place::new(dispatch_testkit::Kind::Sqlite);
    let mut command = place.command(crate::cli::process::PROGRAM);
    command.env("DISPATCH_LOG_LEVEL", "error");
    let server = crate::cli::process::Server::start(command);
    server.client("").get("/health").with(200);
    assert_eq!(server.log(), "");
    server.stop();
}
