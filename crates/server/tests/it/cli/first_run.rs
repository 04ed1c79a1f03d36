//! The first start: an account, a key, and a file that says it.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::{on_both, process::has};

/// The key that `first-run.txt` names.
fn key_in(data: &Path) -> String {
    let text = fs::read_to_string(data.join("first-run.txt")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("API key (all brands): "));
    line.unwrap().to_owned()
}

on_both! {
    fn the_first_start_writes_a_key_that_works_for_the_owner_alone(place) {
        let mut server = place.serve();
        let file = place.data().join("first-run.txt");
        assert_eq!(server.line().trim_end(), format!("The first API key is in {}", file.display()));
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

    fn an_account_that_has_a_key_already_gets_no_file(place) {
        let key = place.key();
        let server = place.serve();
        assert!(!has(&place.data(), "first-run.txt"));
        server.client(&key).get("/brands").with(200);
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
