//! The first start: an account, a key, a setup link, and a file that says them.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use serde_json::{Value, json};

use super::{on_both, process::has};

/// The key that `first-run.txt` names.
fn key_in(data: &Path) -> String {
    let text = fs::read_to_string(data.join("first-run.txt")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("API key (all brands): "));
    line.unwrap().to_owned()
}

/// The setup link that `first-run.txt` names, and the token in it.
fn link_in(data: &Path) -> (String, String) {
    let text = fs::read_to_string(data.join("first-run.txt")).unwrap();
    let link = text.lines().find_map(|line| line.strip_prefix("Setup link: ")).unwrap();
    (link.to_owned(), link.split_once("/setup?token=").unwrap().1.to_owned())
}

/// The body of a setup with this token.
fn owner(token: &str) -> Value {
    json!({ "setupToken": token, "accountName": "Acme", "email": "o@acme.example", "password": "correct horse" })
}

on_both! {
    fn the_first_start_writes_a_key_that_works_for_the_owner_alone(place) {
        let mut server = place.serve();
        let file = place.data().join("first-run.txt");
        assert_eq!(server.line().trim_end(), format!("The setup link and the first API key are in {}", file.display()));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(&place.data()), 0o700);
        let client = server.client(&key_in(&place.data()));
        client.brand("acme");
        assert_eq!(client.get("/accounts/me").with(200)["name"], "Default");
        server.stop();
    }

    fn a_later_start_writes_no_other_key(place) {
        place.serve().stop();
        let key = key_in(&place.data());
        fs::remove_file(place.data().join("first-run.txt")).unwrap();
        let server = place.serve();
        assert!(!has(&place.data(), "first-run.txt"));
        assert_eq!(server.client(&key).get("/accounts/me/api-keys").with(200).as_array().unwrap().len(), 1);
        server.stop();
    }

    fn an_account_that_has_a_key_already_gets_a_setup_link_alone(place) {
        let key = place.key();
        let mut server = place.serve();
        let file = place.data().join("first-run.txt");
        assert_eq!(server.line().trim_end(), format!("The setup link is in {}", file.display()));
        let text = fs::read_to_string(file).unwrap();
        assert!(!text.contains("sk_live_"), "{text}");
        assert!(text.contains("Setup link: http://127.0.0.1:"), "{text}");
        server.client(&key).get("/brands").with(200);
        server.stop();
    }

    fn an_account_that_has_a_key_and_an_owner_gets_no_file(place) {
        let key = place.key();
        let create = ["admin", "create-member", "--email", "o@acme.example", "--name", "O", "--role", "owner"];
        place.run(&[&create[..], &["--all-brands"]].concat());
        let server = place.serve();
        assert!(!has(&place.data(), "first-run.txt"));
        assert_eq!(server.client(&key).get("/auth/config").with(200)["setupRequired"], false);
        server.stop();
    }

    fn the_setup_link_makes_the_owner_once(place) {
        let server = place.serve();
        let (link, token) = link_in(&place.data());
        assert!(link.starts_with(&format!("http://{}/setup?token=", server.address)), "{link}");
        let nobody = server.client("");
        assert_eq!(nobody.get("/auth/config").with(200)["setupRequired"], true);
        assert_eq!(nobody.post("/auth/setup", &owner("wrong")).with(403)["code"], "forbidden");
        let reply = nobody.post("/auth/setup", &owner(&token));
        assert!(reply.header("set-cookie").starts_with("dispatch_session=st_"), "{}", reply.head);
        let session = reply.with(201);
        assert_eq!((&session["member"]["role"], &session["account"]["name"]), (&json!("owner"), &json!("Acme")));
        assert_eq!(nobody.post("/auth/setup", &owner(&token)).with(409)["code"], "conflict");
        server.stop();
        assert!(place.asks("SELECT id FROM account WHERE setup_hash IS NOT NULL").is_empty(), "the link is used up");
    }

    fn a_start_before_the_setup_leaves_the_link_as_it_is(place) {
        place.serve().stop();
        let before = fs::read_to_string(place.data().join("first-run.txt")).unwrap();
        let server = place.serve();
        assert_eq!(fs::read_to_string(place.data().join("first-run.txt")).unwrap(), before);
        server.client("").post("/auth/setup", &owner(&link_in(&place.data()).1)).with(201);
        server.stop();
    }

    /// A database of an older version has a key, whose text may stand nowhere but in the file.
    fn an_old_file_keeps_its_key_when_the_link_is_added(place) {
        place.serve().stop();
        let key = key_in(&place.data());
        place.damage("UPDATE account SET setup_hash = NULL");
        let server = place.serve();
        assert_eq!(key_in(&place.data()), key);
        let text = fs::read_to_string(place.data().join("first-run.txt")).unwrap();
        assert_eq!(text.matches("Setup link: ").count(), 1, "the dead link is gone: {text}");
        server.client("").post("/auth/setup", &owner(&link_in(&place.data()).1)).with(201);
        server.client(&key).get("/brands").with(200);
        server.stop();
    }

    fn the_setup_link_begins_with_the_public_address(place) {
        let mut command = place.command(crate::cli::process::PROGRAM);
        command.args(["--set", "http.public_url=https://help.acme.example/"]);
        let server = crate::cli::process::Server::start(command);
        assert!(link_in(&place.data()).0.starts_with("https://help.acme.example/setup?token="));
        let reply = server.client("").post("/auth/setup", &owner(&link_in(&place.data()).1));
        assert!(reply.header("set-cookie").ends_with("; secure"), "{}", reply.head);
        server.stop();
    }

    fn a_file_left_by_a_start_that_died_before_it_kept_the_key_is_replaced(place) {
        fs::create_dir(place.data()).unwrap();
        fs::write(place.data().join("first-run.txt"), "API key (all brands): sk_live_lost\n").unwrap();
        let server = place.serve();
        server.client(&key_in(&place.data())).get("/brands").with(200);
        server.stop();
    }
}
