//! What takes time is done for everybody or for nobody: no clock tells who is there. Work is looked at, not time.

use dispatch_desk::passwords::Cost;
use dispatch_http::HttpSettings;
use dispatch_testkit::{PASSWORD, both};
use serde_json::json;

use super::EMAIL;
use crate::api::{
    given::{ask, member},
    mails::with_relay,
};

both! {
    /// With a cost that no hash can have, whoever is hashed for is noticed: those without a password are hashed for as well.
    async fn signing_in_hashes_a_password_for_whoever_it_is(app) {
        app.owner().await;
        member(app, "silent@acme.example", "Has no password", &[]).await;
        let impossible = app.with_settings(HttpSettings {
            password_cost: Cost { memory_kib: 0, passes: 0 },
            ..HttpSettings::default()
        });
        let status = async |email: &str, password: &str| {
            let body = json!({ "email": email, "password": password, "mode": "token" });
            impossible.call("", "POST", "/auth/login", body).await.status.as_u16()
        };
        assert_eq!(status(EMAIL, PASSWORD).await, 200, "what is kept says its own cost");
        assert_eq!([status("nobody@acme.example", PASSWORD).await, status("silent@acme.example", PASSWORD).await], [500, 500]);
    }

    /// A link that is asked for writes a token for everybody; for an address that nobody has, one that nobody gets.
    async fn a_link_that_is_asked_for_leaves_a_token_for_every_address(app) {
        app.owner().await;
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/customers"), json!({ "email": "jane@example.com" })).await.created();
        let (relay, app) = with_relay(app).await;
        let rows = async |table: &str| ask(&app, format!("SELECT count(*) || '' FROM {table}")).await.concat();
        for (path, extra) in [("/auth/magic-link", json!({})), ("/auth/password/forgot", json!({}))] {
            for (number, email) in [EMAIL, "nobody@acme.example"].into_iter().enumerate() {
                let before: usize = rows("mail_token").await.parse().unwrap();
                let mut body = extra.clone();
                body["email"] = json!(email);
                let answer = app.call("", "POST", path, body).await.ok();
                assert_eq!(answer, json!({ "success": true }), "{path} {number}");
                assert_eq!(rows("mail_token").await, (before + 1).to_string(), "{path} {email}");
            }
        }
        app.drain().await;
        let to: Vec<String> = relay.taken().iter().flat_map(|mail| mail.to.clone()).collect();
        assert_eq!(to, [EMAIL, EMAIL], "nobody is told anything");
    }
}
