//! What signs people in is in the database as hashes alone.

use dispatch_desk::api_keys::hash;
use dispatch_testkit::{PASSWORD, both};
use serde_json::json;

use super::{browser, login};
use crate::api::api_keys::secrecy::everything_in;

both! {
    async fn tokens_and_passwords_are_stored_as_hashes(app) {
        let owner = app.owner().await;
        let session = login(app, "owner@acme.example", PASSWORD).await.ok();
        let (cookie, csrf) = browser(app, "owner@acme.example").await;
        let header = [("idempotency-key", "once")];
        let invite = json!({ "email": "ana@acme.example" });
        let invite = app.call_with(&owner, "POST", "/members/invite", invite, &header).await.created();
        let link = invite["inviteUrl"].as_str().unwrap().rsplit('/').next().unwrap();
        let token = session["sessionToken"].as_str().unwrap();
        let all = everything_in(app).await;
        for kept in [hash(token), hash(link), "$argon2id$".to_owned()] {
            assert!(all.contains(&kept), "the search finds what is there");
        }
        let cookie = cookie.split_once('=').unwrap().1;
        for secret in [token, &owner, cookie, &csrf, link, PASSWORD] {
            assert!(!all.contains(&secret[4..]), "a secret is stored as text");
        }
    }
}
