use serde_json::{Value, json};

use super::*;
use crate::{Errors, Input};

fn read(value: Value) -> (Option<NewConnection>, Vec<String>, Vec<String>) {
    let Value::Object(mut members) = value else { panic!("an object") };
    let mut errors = Errors::default();
    let new = NewConnection::read(&mut members, &mut errors);
    (new, fields(errors), members.into_iter().map(|(name, _)| name).collect())
}

fn fields(errors: Errors) -> Vec<String> {
    errors.into_vec().into_iter().map(|error| error.field).collect()
}

fn good(kind: &str) -> Value {
    match kind {
        "SLACK" => {
            json!({ "type": "SLACK", "name": "Ops", "config": {}, "secrets": { "webhookUrl": "https://hooks.slack.com/services/T/B/x" } })
        }
        "JIRA" => json!({
            "type": "JIRA", "name": "Eng", "secrets": { "apiToken": " token " },
            "config": { "siteUrl": "https://acme.atlassian.net/", "email": "Ana@acme.example", "projectKey": "eng", "labels": ["a", "a", "b"] },
        }),
        _ => json!({
            "type": "HTTP", "name": "CRM", "secrets": { "headers": { "Authorization": "Bearer top" } },
            "config": { "url": "https://crm.example/in", "bodyTemplate": "{\"t\":\"{{ticket.title}}\"}" },
        }),
    }
}

#[test]
fn each_type_is_read_with_its_defaults() {
    let config = |kind| json!(read(good(kind)).0.expect("good").config);
    assert_eq!(config("SLACK"), json!({ "channelLabel": null }));
    assert_eq!(
        config("JIRA"),
        json!({
            "siteUrl": "https://acme.atlassian.net", "email": "ana@acme.example", "projectKey": "ENG", "issueType": "Task",
            "labels": ["a", "b"],
        })
    );
    assert_eq!(
        config("HTTP"),
        json!({
            "url": "https://crm.example/in", "method": "POST", "bodyTemplate": "{\"t\":\"{{ticket.title}}\"}", "timeoutSeconds": 15,
        })
    );
}

#[test]
fn what_is_kept_is_read_again() {
    for kind in ["SLACK", "JIRA", "HTTP"] {
        let new = read(good(kind)).0.expect("good");
        let kind = new.config.kind();
        assert_eq!(Config::stored(kind, new.config.to_json().as_str()), Ok(new.config.clone()));
        assert_eq!(Secrets::from_text(kind, new.secrets.to_text()), Ok(new.secrets.clone()));
    }
    assert_eq!(Secrets::from_text(ConnectionType::Http, None), Ok(Secrets::Http(Vec::new())));
    assert!(Secrets::from_text(ConnectionType::Slack, None).is_err());
    assert!(Config::stored(ConnectionType::Jira, "{}").is_err());
}

#[test]
fn every_wrong_field_is_told_at_once() {
    for (kind, part, key, value, named) in [
        ("SLACK", "secrets", "webhookUrl", Value::Null, "secrets.webhookUrl"),
        ("SLACK", "secrets", "webhookUrl", json!("hooks"), "secrets.webhookUrl"),
        ("SLACK", "config", "channelLabel", json!(1), "config.channelLabel"),
        ("JIRA", "config", "siteUrl", Value::Null, "config.siteUrl"),
        ("JIRA", "config", "siteUrl", json!("https://a.example?x"), "config.siteUrl"),
        ("JIRA", "config", "email", json!("ana"), "config.email"),
        ("JIRA", "config", "projectKey", json!("E-1"), "config.projectKey"),
        ("JIRA", "config", "projectKey", json!("1E"), "config.projectKey"),
        ("JIRA", "config", "issueType", json!(""), "config.issueType"),
        ("JIRA", "config", "labels", json!(["two words"]), "config.labels[0]"),
        ("JIRA", "config", "labels", json!(vec!["a"; 21]), "config.labels"),
        ("JIRA", "secrets", "apiToken", json!(" "), "secrets.apiToken"),
        ("JIRA", "secrets", "apiToken", json!("a\nb"), "secrets.apiToken"),
        ("HTTP", "config", "url", json!("ftp://x"), "config.url"),
        ("HTTP", "config", "method", json!("HEAD"), "config.method"),
        ("HTTP", "config", "timeoutSeconds", json!(31), "config.timeoutSeconds"),
        ("HTTP", "config", "bodyTemplate", json!("{{ticket.title}}"), "config.bodyTemplate"),
        ("HTTP", "config", "bodyTemplate", json!(format!("\"{}\"", "x".repeat(65_536))), "config.bodyTemplate"),
        ("HTTP", "secrets", "headers", json!([]), "secrets.headers"),
        ("HTTP", "secrets", "headers", json!({ "a b": "x" }), "secrets.headers.a b"),
        ("HTTP", "secrets", "headers", json!({ "Host": "x" }), "secrets.headers.Host"),
        ("HTTP", "secrets", "headers", json!({ "webhook-id": "x" }), "secrets.headers.webhook-id"),
        ("HTTP", "secrets", "headers", json!({ "X-A": "a\r\nb: c" }), "secrets.headers.X-A"),
        ("HTTP", "secrets", "headers", json!({ "X-A": "é" }), "secrets.headers.X-A"),
        ("HTTP", "secrets", "headers", json!({ "X-A": "a", "x-a": "b" }), "secrets.headers.x-a"),
    ] {
        let mut wrong = good(kind);
        wrong[part][key] = value.clone();
        let (new, errors, _) = read(wrong);
        assert!(new.is_none());
        assert_eq!(errors, [named], "{kind} {part}.{key} {value}");
    }
    let (_, errors, _) = read(json!({ "type": "JIRA", "name": "", "enabled": 1 }));
    assert_eq!(errors, ["name", "enabled", "config.siteUrl", "config.email", "config.projectKey", "secrets.apiToken"]);
    assert_eq!(read(json!({ "type": "MAIL", "name": "x" })).1, ["type"]);
    assert_eq!(read(json!({ "type": "SLACK", "name": "x", "config": 1, "secrets": [] })).1, ["config", "secrets"]);
    let many: serde_json::Map<String, Value> = (0..21).map(|n| (format!("x-{n}"), "v".into())).collect();
    let mut wrong = good("HTTP");
    wrong["secrets"]["headers"] = many.into();
    assert_eq!(read(wrong).1, ["secrets.headers"]);
}

#[test]
fn fields_of_another_type_mean_nothing_and_are_named() {
    let mut new = good("SLACK");
    new["config"]["url"] = json!(1);
    new["secrets"]["apiToken"] = json!("x");
    new["typo"] = json!(1);
    let (read, errors, ignored) = read(new);
    assert!(read.is_some() && errors.is_empty());
    assert_eq!(ignored, ["typo", "config.url", "secrets.apiToken"]);
}

fn connection(kind: &str) -> Connection {
    let new = read(good(kind)).0.expect("good");
    let at = Timestamp::from_millis(0);
    Connection {
        id: "con_1".into(),
        brand_id: "br_1".into(),
        kind: new.config.kind(),
        name: "x".to_owned(),
        enabled: true,
        secrets_set: new.config.kind().secrets_set(&new.secrets.names()),
        config: new.config,
        last_used_at: None,
        last_status: None,
        last_error: None,
        failure_count: 0,
        created_at: at,
        updated_at: at,
    }
}

fn patched(kind: &str, patch: Value) -> (Option<Config>, Vec<String>) {
    let present = connection(kind);
    let Value::Object(mut members) = patch else { panic!("an object") };
    let mut errors = Errors::default();
    let patch = ConnectionPatch::read(&mut members, &mut errors).expect("a shape");
    let update = patch.read_for(present.kind, &mut errors, &mut Vec::new());
    let config = update.map(|update| {
        update.refuse_redirected(&present, &mut errors);
        present.config.changed(&update.config)
    });
    (config, fields(errors))
}

#[test]
fn a_change_leaves_what_it_does_not_name() {
    let (config, errors) = patched("JIRA", json!({ "config": { "issueType": "Bug", "labels": [] } }));
    assert_eq!(errors, [""; 0]);
    let config = json!(config.expect("a change"));
    assert_eq!(
        (&config["issueType"], &config["labels"], &config["projectKey"]),
        (&json!("Bug"), &json!([]), &json!("ENG"))
    );
    let (config, errors) = patched("HTTP", json!({ "config": { "bodyTemplate": null, "timeoutSeconds": 3 } }));
    assert_eq!(errors, [""; 0]);
    let config = json!(config.expect("a change"));
    assert_eq!((&config["bodyTemplate"], &config["timeoutSeconds"]), (&Value::Null, &json!(3)));
    assert_eq!(
        patched("HTTP", json!({ "config": { "url": null, "method": null } })).1,
        ["config.url", "config.method"]
    );
    assert_eq!(patched("JIRA", json!({ "type": "HTTP" })).1, ["type"]);
    assert_eq!(patched("JIRA", json!({ "type": "JIRA" })).1, [""; 0]);
    assert_eq!(patched("JIRA", json!({ "secrets": { "apiToken": null } })).1, ["secrets.apiToken"]);
}

#[test]
fn secrets_are_asked_for_again_when_they_would_go_elsewhere() {
    let elsewhere = json!({ "config": { "siteUrl": "https://evil.example" } });
    assert_eq!(patched("JIRA", elsewhere).1, ["secrets.apiToken"]);
    assert_eq!(patched("HTTP", json!({ "config": { "url": "https://crm.example/other" } })).1, ["secrets.headers"]);
    for (kind, patch) in [
        ("JIRA", json!({ "config": { "siteUrl": "https://acme.atlassian.net//" } })),
        ("JIRA", json!({ "config": { "siteUrl": "https://b.example" }, "secrets": { "apiToken": "new" } })),
        ("HTTP", json!({ "config": { "url": "https://b.example" }, "secrets": { "headers": null } })),
        ("HTTP", json!({ "config": { "url": "https://b.example" }, "secrets": { "headers": { "a": "b" } } })),
        ("HTTP", json!({ "config": { "method": "PUT" } })),
        ("SLACK", json!({ "secrets": { "webhookUrl": "https://b.example" } })),
    ] {
        assert_eq!(patched(kind, patch.clone()).1, [""; 0], "{patch}");
    }
}

#[test]
fn secrets_are_told_by_their_names_alone() {
    assert_eq!(json!(connection("SLACK").secrets_set), json!({ "webhookUrl": true }));
    assert_eq!(json!(connection("HTTP").secrets_set), json!({ "headers": true, "headers.Authorization": true }));
    assert_eq!(json!(ConnectionType::Http.secrets_set(&[])), json!({ "headers": false }));
    for kind in ["SLACK", "JIRA", "HTTP"] {
        let new = read(good(kind)).0.expect("good");
        let shown = format!("{new:?}");
        assert!(!shown.contains("hooks.slack.com") && !shown.contains("token\"") && !shown.contains("top"), "{shown}");
    }
    let target = Target::Jira {
        site_url: "https://acme.atlassian.net".to_owned(),
        email: "ana@acme.example".to_owned(),
        api_token: "hidden".to_owned(),
        project_key: "ENG".to_owned(),
        issue_type: "Task".to_owned(),
        labels: Vec::new(),
    };
    assert!(!format!("{target:?}").contains("hidden"));
}

#[test]
fn a_call_has_a_body_where_its_method_has_one() {
    let mut config = read(good("HTTP")).0.expect("good").config;
    let Config::Http(http) = &mut config else { panic!("of HTTP") };
    let none = |_: &str| None;
    assert_eq!(http.body("{}", &none).as_deref(), Some("{\"t\":\"\"}"));
    http.method = HttpMethod::Get;
    assert_eq!(http.body("{}", &none).as_deref(), Some("{\"t\":\"\"}"));
    http.body_template = None;
    assert_eq!(http.body("{}", &none), None);
    http.method = HttpMethod::Patch;
    assert_eq!(http.body("{}", &none).as_deref(), Some("{}"));
}
