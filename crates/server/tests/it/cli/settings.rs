//! Settings: a flag over the environment over the file over the defaults; unknown names are refused everywhere.

use dispatch_testkit::Kind;

use super::process::{PROGRAM, Place, Server, clean, dispatch, text};

/// What these settings make of the domain of a brand's mail address.
fn domain(place: &Place, environment: &[(&str, &str)], flags: &[&str]) -> String {
    let key = place.key();
    let mut command = place.command(PROGRAM);
    command.envs(environment.iter().copied()).args(flags);
    let server = Server::start(command);
    let client = server.client(&key);
    let brands = client.get("/brands").with(200);
    let address = match brands[0]["inboundAddress"].as_str() {
        Some(address) => address.to_owned(),
        None => client.get(&client.brand("acme")).with(200)["inboundAddress"].as_str().unwrap().to_owned(),
    };
    server.stop();
    address.split_once('@').unwrap().1.to_owned()
}

#[test]
fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let place = Place::new(Kind::Sqlite);
    let file = place.beside("dispatch.toml");
    std::fs::write(&file, "[mail]\ndomain = \"file.example\"\n").unwrap();
    let (config, mail) = (("DISPATCH_CONFIG", file.as_str()), ("DISPATCH_MAIL_DOMAIN", "environment.example"));
    assert_eq!(domain(&place, &[], &[]), "localhost");
    assert_eq!(domain(&place, &[("DISPATCH_HTTP_PUBLIC_URL", "https://help.example/x")], &[]), "help.example");
    assert_eq!(domain(&place, &[config], &[]), "file.example");
    assert_eq!(domain(&place, &[], &["--config", &file]), "file.example");
    assert_eq!(domain(&place, &[config, mail], &[]), "environment.example");
    assert_eq!(domain(&place, &[config, mail], &["--set", "mail.domain=flag.example"]), "flag.example");
}

/// Runs `migrate` with these; it must refuse and name the setting.
#[track_caller]
fn refused(environment: &[(&str, &str)], flags: &[&str], words: &str) {
    let place = Place::new(Kind::Sqlite);
    let mut command = clean(PROGRAM);
    let output = command.arg("migrate").args(place.flags()).args(flags).envs(environment.iter().copied()).output();
    let output = output.unwrap();
    let said = text(&output.stderr);
    assert!(!output.status.success() && said.contains(words), "{said}");
    assert!(!place.data().exists(), "nothing is touched before the settings are known to be right");
}

#[test]
fn unknown_names_and_wrong_values_are_refused_by_name() {
    refused(&[("DISPATCH_HTTP_LISEN", "x")], &[], "DISPATCH_HTTP_LISEN is not a setting");
    refused(&[], &["--set", "http.lisen=x"], "http.lisen is not a setting");
    refused(&[], &["--set", "http"], "NAME=VALUE");
    refused(&[], &["--lisen", "x"], "--lisen");
    refused(&[("DISPATCH_RATE_LIMITS_ENABLED", "maybe")], &[], "rate_limits.enabled must be true or false");
    refused(&[], &["--set", "database.readers=0"], "must be above 0");
    refused(&[], &["--set", "log.level=loud"], "log.level");
    refused(&[("DISPATCH_CONFIG", "/no/such/file")], &[], "/no/such/file");
}

#[test]
fn a_file_with_an_unknown_name_or_broken_text_is_refused_without_its_values() {
    let place = Place::new(Kind::Sqlite);
    let file = place.beside("dispatch.toml");
    let texts = [
        ("[http]\nlisen = \"x\"", "http.lisen is not a setting"),
        ("[htp]\nlisten = \"x\"", "htp is not a section of settings"),
        ("[server]\nkey = \"hunter2", "cannot be read"),
        ("[server]\nkey = [\"hunter2\"]", "a setting is wrong"),
    ];
    for (content, words) in texts {
        std::fs::write(&file, content).unwrap();
        let said = place.refuses(&["migrate", "--config", &file]);
        assert!(said.contains(words) && !said.contains("hunter2"), "{said}");
    }
}

#[test]
fn the_printed_defaults_are_a_settings_file() {
    let place = Place::new(Kind::Sqlite);
    let file = place.beside("dispatch.toml");
    std::fs::write(&file, &dispatch(&["settings"]).stdout).unwrap();
    place.run(&["migrate", "--config", &file]);
    assert!(text(&dispatch(&["openapi"]).stdout).starts_with('{'));
}
