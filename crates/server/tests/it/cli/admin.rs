//! `dispatch admin`: on an empty folder, beside a running server, and what it refuses.

use super::{on_both, process::Place};

/// The words of `create-member` for this address and role.
fn member<'a>(email: &'a str, role: &'a str) -> Vec<&'a str> {
    vec!["admin", "create-member", "--name", "Ana Ito", "--all-brands", "--email", email, "--role", role]
}

/// The id of the brand with this path.
fn id(brand: &str) -> &str {
    brand.trim_start_matches("/brands/")
}

fn create_key<'a>(name: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["admin", "create-key", "--name", name], more].concat()
}

on_both! {
    fn create_key_prints_exactly_the_key_and_works_on_an_empty_folder(place) {
        let printed = place.run(&create_key("CI", &["--all-brands"]));
        let key = printed.strip_suffix('\n').unwrap();
        assert!(key.starts_with("sk_live_") && key[8..].bytes().all(|byte| byte.is_ascii_alphanumeric()), "{printed}");
        let server = place.serve();
        let keys = server.client(key).get("/accounts/me/api-keys").with(200);
        assert_eq!(keys[0]["name"], "CI");
        assert_eq!(keys[0]["allBrands"], true);
        server.stop();
    }

    fn create_key_works_beside_a_running_server_for_one_brand(place) {
        let all = place.key();
        let server = place.serve();
        let (acme, other) = (server.client(&all).brand("acme"), server.client(&all).brand("other"));
        let one = place.run(&create_key("One", &["--brand", id(&acme)]));
        let client = server.client(one.trim_end());
        client.get(&acme).with(200);
        client.get(&other).with(404);
        client.post(&format!("{acme}/tickets"), &serde_json::json!({ "title": "Hello" })).with(201);
        server.stop();
    }

    fn create_key_refuses_bad_names_and_brands_and_prints_no_key(place) {
        let long = "x".repeat(201);
        assert!(place.refuses(&create_key("", &["--all-brands"])).contains("name"));
        assert!(place.refuses(&create_key(&long, &["--all-brands"])).contains("name"));
        assert!(place.refuses(&create_key("n", &["--brand", "br_nothing"])).contains("unknown brand"));
        assert!(place.refuses(&create_key("n", &[])).contains("--all-brands"));
        assert!(place.refuses(&create_key("n", &["--all-brands", "--brand", "br_x"])).contains("cannot be used with"));
        assert!(place.refuses(&["admin", "create-key", "--all-brands"]).contains("--name"));
    }

    fn create_member_prints_the_id_that_tickets_can_be_assigned_to(place) {
        let key = place.key();
        let server = place.serve();
        let client = server.client(&key);
        let brand = client.brand("acme");
        let printed = place.run(&member("Ana@Example.com", "admin"));
        let id = printed.strip_suffix('\n').unwrap();
        let body = serde_json::json!({ "title": "Hello", "assigneeId": id });
        let ticket = client.post(&format!("{brand}/tickets"), &body).with(201);
        assert_eq!(ticket["assigneeEmail"], "ana@example.com");
        assert_eq!(ticket["assigneeName"], "Ana Ito");
        server.stop();
    }

    fn create_member_knows_the_roles_and_refuses_a_second_owner_and_a_second_self(place) {
        for (email, role) in [("o@example.com", "owner"), ("a@example.com", "admin"), ("m@example.com", "member")] {
            assert_eq!(place.run(&member(email, role)).lines().count(), 1, "{role}");
        }
        assert!(place.refuses(&member("p@example.com", "owner")).contains("owner already"));
        assert!(place.refuses(&member("M@example.com", "member")).contains("a member already"));
        assert!(place.refuses(&member("q@example.com", "king")).contains("--role"));
        assert!(place.refuses(&member("nobody", "member")).contains("--email"));
        let nowhere = ["admin", "create-member", "--name", "N", "--role", "member", "--email", "n@example.com"];
        assert!(place.refuses(&[&nowhere[..], &["--brand", "br_x"]].concat()).contains("unknown brand br_x"));
        assert!(place.refuses(&nowhere).contains("--all-brands"));
    }
}

/// The status of a sign-in.
fn sign_in(server: &super::process::Server, email: &str, password: &str) -> u16 {
    let body = serde_json::json!({ "email": email, "password": password });
    server.client("").post("/auth/login", &body).status
}

on_both! {
    fn create_member_reads_the_password_with_which_they_sign_in(place) {
        let server = place.serve();
        let words = |email| [member(email, "admin"), vec!["--password-stdin"]].concat();
        let printed = place.reads(&words("ana@example.com"), "correct horse\n").unwrap();
        assert!(printed.starts_with("usr_") && printed.lines().count() == 1, "{printed}");
        place.reads(&words("bob@example.com"), " spaces count \r\nsecond line").unwrap();
        assert_eq!(sign_in(&server, "ana@example.com", "correct horse"), 200);
        assert_eq!(sign_in(&server, "ana@example.com", "correct horsf"), 401);
        assert_eq!(sign_in(&server, "bob@example.com", " spaces count "), 200);
        assert!(place.reads(&words("cy@example.com"), "short\n").unwrap_err().contains("at least 10 characters"));
        assert!(place.reads(&words("cy@example.com"), "").unwrap_err().contains("password"));
        assert!(place.reads(&words("ana@example.com"), "another horse\n").unwrap_err().contains("a member already"));
        assert_eq!(sign_in(&server, "ana@example.com", "another horse"), 401);
        server.stop();
    }

    fn set_password_gives_an_old_member_a_password_and_ends_their_sessions(place) {
        let server = place.serve();
        place.run(&member("ana@example.com", "owner"));
        assert_eq!(sign_in(&server, "ana@example.com", "correct horse"), 401);
        let words = ["admin", "set-password", "--email", "Ana@example.com"];
        assert_eq!(place.reads(&words, "correct horse").unwrap(), "");
        let body = serde_json::json!({ "email": "ana@example.com", "password": "correct horse", "mode": "token" });
        let session = server.client("").post("/auth/login", &body).with(200);
        let client = server.client(session["sessionToken"].as_str().unwrap());
        client.get("/auth/session").with(200);
        place.reads(&words, "another horse\n").unwrap();
        client.get("/auth/session").with(401);
        assert_eq!(sign_in(&server, "ana@example.com", "another horse"), 200);
        let nobody = ["admin", "set-password", "--email", "n@example.com"];
        assert!(place.reads(&nobody, "another horse\n").unwrap_err().contains("is no member"));
        server.stop();
    }

    fn reset_totp_lets_somebody_in_who_has_lost_their_phone(place) {
        let server = place.serve();
        place.run(&member("ana@example.com", "owner"));
        place.reads(&["admin", "set-password", "--email", "ana@example.com"], "correct horse").unwrap();
        let body = serde_json::json!({ "email": "ana@example.com", "password": "correct horse", "mode": "token" });
        let session = server.client("").post("/auth/login", &body).with(200);
        let client = server.client(session["sessionToken"].as_str().unwrap());
        let reset = ["admin", "reset-totp", "--email", "ana@example.com"];
        assert!(place.refuses(&reset).contains("nobody with this address has a second factor"));
        let secret = client.post("/auth/totp/enroll", &serde_json::json!({})).with(200)["secret"].as_str().unwrap().to_owned();
        let now = dispatch_model::Clock::System.now().as_millis() / 1000;
        let code = dispatch_seal::totp::code(&secret, dispatch_seal::totp::step_at(now)).unwrap();
        client.post("/auth/totp/confirm", &serde_json::json!({ "code": code })).with(200);
        assert_eq!(sign_in(&server, "ana@example.com", "correct horse"), 401);
        assert_eq!(place.run(&reset), "");
        assert_eq!(sign_in(&server, "ana@example.com", "correct horse"), 200);
        server.stop();
    }
}

mod heavy {
    use std::{
        sync::atomic::{AtomicBool, Ordering},
        thread,
    };

    use super::*;

    on_both! {
        /// Two processes write at the same time: neither is refused, neither is lost.
        fn create_key_works_while_the_server_writes(place) {
            let key = place.key();
            let server = place.serve();
            let client = server.client(&key);
            let (brand, enough) = (client.brand("acme"), AtomicBool::new(false));
            let made: usize = thread::scope(|scope| {
                let write = || {
                    let mut made = 0;
                    while !enough.load(Ordering::Relaxed) {
                        client.post(&format!("{brand}/tickets"), &serde_json::json!({ "title": "Busy" })).with(201);
                        made += 1;
                    }
                    made
                };
                let writers: Vec<_> = (0..6).map(|_| scope.spawn(write)).collect();
                let keys: Vec<String> = (0..8).map(|_| place.key()).collect();
                for key in &keys {
                    server.client(key).get(&brand).with(200);
                }
                enough.store(true, Ordering::Relaxed);
                writers.into_iter().map(|writer| writer.join().unwrap()).sum()
            });
            assert_eq!(client.get("/accounts/me/api-keys").with(200).as_array().unwrap().len(), 9);
            assert_eq!(client.events(&brand).len(), made + 1);
            server.stop();
            place.run(&["doctor"]);
        }
    }
}

#[test]
fn a_database_that_cannot_be_reached_is_said_in_words_without_its_password() {
    let place = Place::new(dispatch_testkit::Kind::Sqlite);
    for url in ["postgres://u:hunter2@127.0.0.1:1/x", "postgres://u:hunter2@127.0.0.1:99999/x", "mysql://u:hunter2@h/x"]
    {
        let said = place.refuses(&["admin", "create-key", "--name", "n", "--all-brands", "--database", url]);
        assert!(said.contains("database") && !said.contains("hunter2"), "{said}");
    }
}
