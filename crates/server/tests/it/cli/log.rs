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

    /// Each kind of secret there is, used rightly and wrongly while the server logs all that it can.
    fn no_secret_of_any_kind_is_ever_logged(place) {
        let key = place.key();
        let mut command = place.command(crate::cli::process::PROGRAM);
        // Nobody is there: what cannot be sent is a line of the log.
        command.args(["--set", "log.level=trace", "--set", "mail.relay_url=smtp://ana:rSesame00@127.0.0.1:9"]);
        command.args(["--set", "webhooks.allow_private_targets=true"]);
        let mut server = crate::cli::process::Server::start(command);
        let first = std::fs::read_to_string(place.data().join("first-run.txt")).unwrap_or_default();
        let setup = first.split("/setup?token=").nth(1).map(str::trim_end).expect("a setup link").to_owned();
        let client = server.client(&key);
        let text = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}")).to_owned();
        let mut secrets = vec![setup.clone(), "rSesame00".to_owned()];

        // People: setup link, password, session, CSRF token, second factor, invitation, mailed link.
        let password = "pSesame01 horse battery";
        let body = json!({ "setupToken": setup, "accountName": "Acme", "email": "owner@acme.example", "password": password, "mode": "token" });
        let owner = server.client("").post("/auth/setup", &body).with(201);
        let session = server.client(&text(&owner, "sessionToken"));
        let signed = server.client("").post("/auth/login", &json!({ "email": "owner@acme.example", "password": password }));
        let cookie = signed.header("set-cookie").split([';', '=']).nth(1).expect("a cookie").to_owned();
        let (csrf, wrong) = (text(&signed.with(200), "csrfToken"), "pSesame02 horse battery");
        server.client("").post("/auth/login", &json!({ "email": "owner@acme.example", "password": wrong })).with(401);
        let enrolled = session.post("/auth/totp/enroll", &json!({})).with(200);
        session.post("/auth/totp/confirm", &json!({ "code": "000000" }));
        let invite = session.post("/members/invite", &json!({ "email": "new@acme.example" })).with(201);
        let invite = text(&invite, "inviteUrl").rsplit('/').next().expect("a token").to_owned();
        server.client("").get(&format!("/auth/invites/{invite}")).with(200);
        server.client("").post("/auth/password/forgot", &json!({ "email": "owner@acme.example" })).with(200);
        secrets.extend([password.to_owned(), wrong.to_owned(), text(&owner, "sessionToken"), cookie, csrf, text(&enrolled, "secret"), invite]);

        // Brands: webhook, connection, inbound token, relay and mailbox, portal, link to a file.
        let brand = client.brand("acme");
        let hook = client.post(&format!("{brand}/webhooks"), &json!({ "url": "http://127.0.0.1:9/uSesame03", "events": ["*"] })).with(201);
        let http = json!({ "type": "HTTP", "name": "x", "config": { "url": "http://127.0.0.1:9/" }, "secrets": { "headers": { "X-Key": "hSesame04" } } });
        let connection = client.post(&format!("{brand}/connections"), &http).with(201);
        client.post(&format!("{brand}/connections/{}/test", text(&connection, "id")), &json!({}));
        let inbound = text(&client.post(&format!("{brand}/inbound-token"), &json!({})).with(201), "token");
        server.client(&inbound).get("/brands").with(401);
        let relay = json!({ "host": "127.0.0.1", "port": 9, "tls": true, "fromEmail": "help@acme.example", "username": "a", "password": "bSesame05" });
        client.send("PUT", &format!("{brand}/mail-relay"), &relay);
        client.post(&format!("{brand}/mail-relay/test"), &json!({}));
        let mailbox = json!({ "host": "127.0.0.1", "port": 9, "tls": false, "username": "a", "password": "mSesame06" });
        client.send("PUT", &format!("{brand}/mailbox"), &mailbox);
        let portal = text(&client.post(&format!("{brand}/portal/token"), &json!({ "email": "jane@example.com" })).with(201), "token");
        server.client(&portal).get("/portal/tickets").with(200);
        server.client(&format!("{portal}x")).get("/portal/tickets").with(401);
        let ticket = client.post(&format!("{brand}/tickets"), &json!({ "title": "One", "customerEmail": "jane@example.com" })).with(201);
        let upload = json!({ "filename": "a.txt", "contentType": "text/plain" });
        let upload = client.post(&format!("{brand}/tickets/{}/attachments", text(&ticket, "id")), &upload).with(201);
        let link = text(&upload, "uploadUrl");
        let signature = link.rsplit("signature=").next().expect("a signature").to_owned();
        client.send("GET", "/../blob/x?signature=lSesame07", &serde_json::Value::Null);
        secrets.extend([text(&hook, "secret"), inbound, portal, signature]);
        secrets.extend(["uSesame03", "hSesame04", "bSesame05", "mSesame06", "lSesame07"].map(str::to_owned));

        // Deliveries and mails are tried and fail meanwhile.
        let failed = || client.get(&format!("{brand}/webhooks/{}/deliveries", text(&hook, "id"))).text.contains("RETRYING");
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while !failed() && std::time::Instant::now() < until {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        assert!(failed(), "a delivery was tried");
        server.signal("TERM");
        assert!(server.ended().success());
        let log = server.log();
        assert!(log.lines().count() > 20, "{log}");
        for secret in secrets {
            assert!(secret.len() >= 6 && !log.contains(&secret), "{secret} in {log}");
        }
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
