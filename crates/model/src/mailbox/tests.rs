use serde_json::{Value, json};

use super::*;
use crate::{Errors, Input};

fn read(value: Value) -> NewMailbox {
    let Value::Object(mut members) = value else { panic!("an object") };
    NewMailbox::read(&mut members, &mut Errors::default()).expect("good")
}

fn refused(value: Value, present: Option<&MailboxConfig>) -> Vec<String> {
    let mut errors = Errors::default();
    read(value).refuse(present, &mut errors);
    errors.into_vec().into_iter().map(|error| error.field).collect()
}

fn oauth(more: Value) -> Value {
    let mut oauth = json!({ "tokenUrl": "https://login.example/token", "clientId": "client" });
    oauth.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "host": "imap.example", "username": "ana", "auth": "xoauth2", "oauth": oauth })
}

#[test]
fn what_is_left_out_has_its_default() {
    let config = read(json!({ "host": " IMAP.example ", "username": "ana", "password": " a b " })).config();
    assert_eq!(
        json!(config),
        json!({
            "host": "imap.example", "port": 993, "tls": true, "username": "ana", "auth": "password", "oauth": null,
            "folder": "INBOX", "pollSeconds": 60, "afterProcess": "seen", "moveTo": null,
        })
    );
    assert_eq!(serde_json::from_value::<MailboxConfig>(json!(config)).expect("what is kept is read again"), config);
}

#[test]
fn secrets_are_asked_for_again_where_they_would_go_elsewhere() {
    let base = json!({ "host": "imap.example", "username": "ana", "password": "secret" });
    let present = read(base).config();
    let without = |field: &str, value: Value| {
        let mut body = json!({ "host": "imap.example", "username": "ana" });
        body[field] = value;
        refused(body, Some(&present))
    };
    for (field, value) in
        [("host", json!("other.example")), ("port", json!(143)), ("tls", json!(false)), ("username", json!("bo"))]
    {
        assert_eq!(without(field, value), ["password"], "{field}");
    }
    assert!(without("folder", json!("Support")).is_empty());
    assert_eq!(refused(json!({ "host": "imap.example", "username": "ana" }), None), ["password"]);
    assert_eq!(refused(oauth(json!({})), Some(&present)), ["oauth.refreshToken"]);
    let present = read(oauth(json!({ "refreshToken": "r", "clientSecret": "c" }))).config();
    assert!(refused(oauth(json!({ "scope": "mail" })), Some(&present)).is_empty());
    assert_eq!(refused(oauth(json!({ "tokenUrl": "https://other.example/" })), Some(&present)), ["oauth.refreshToken"]);
}

#[test]
fn fields_that_do_not_go_together_are_refused() {
    assert_eq!(refused(json!({ "host": "a", "username": "u", "auth": "xoauth2" }), None), ["oauth"]);
    let mut both = oauth(json!({ "refreshToken": "r" }));
    both["password"] = json!("p");
    assert_eq!(refused(both.clone(), None), ["password"]);
    both["auth"] = json!("password");
    assert_eq!(refused(both, None), ["oauth"]);
    let moving = json!({ "host": "a", "username": "u", "password": "p", "afterProcess": "move" });
    assert_eq!(refused(moving, None), ["moveTo"]);
}

#[test]
fn secrets_that_are_left_out_stay() {
    let password = |text: &str| Some(MailboxSecrets::Password { password: text.to_owned() });
    let tokens = |client: Option<&str>, refresh: &str| {
        let client_secret = client.map(str::to_owned);
        Some(MailboxSecrets::Xoauth2 { client_secret, refresh_token: refresh.to_owned() })
    };
    let plain = read(json!({ "host": "a", "username": "u" }));
    assert_eq!(plain.secrets(password("old")), password("old"));
    assert_eq!(plain.secrets(tokens(None, "r")), None);
    assert_eq!(read(oauth(json!({}))).secrets(tokens(Some("c"), "r")), tokens(Some("c"), "r"));
    assert_eq!(read(oauth(json!({ "refreshToken": "new" }))).secrets(tokens(Some("c"), "r")), tokens(Some("c"), "new"));
    assert_eq!(read(oauth(json!({ "refreshToken": "new" }))).secrets(password("old")), tokens(None, "new"));
    for secrets in [password("p"), tokens(None, "r"), tokens(Some("c"), "r")].into_iter().flatten() {
        assert_eq!(MailboxSecrets::from_text(&secrets.to_text()), Some(secrets.clone()));
        assert_eq!(format!("{secrets:?}"), "MailboxSecrets(..)");
    }
}
