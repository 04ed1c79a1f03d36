//! Session fixation: what a browser brings along is never what it leaves with.

use dispatch_model::member::Role;
use dispatch_store::mail_tokens::Purpose;
use dispatch_testkit::{Answer, PASSWORD, TestApp, both};
use serde_json::{Value, json};

use super::{EMAIL, exactly};
use crate::api::{auth::links::mailed, auth_works as works};

const INVENTED: &str = "st_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// The token in the cookie that an answer sets.
fn set(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default();
    cookie.strip_prefix("dispatch_session=").expect("a session").to_owned()
}

async fn begin(app: &TestApp, path: &str, body: Value, planted: &str) -> Answer {
    let cookie = format!("dispatch_session={planted}");
    let headers = [("content-type", "application/json"), ("cookie", &*cookie)];
    exactly(app, "POST", path, &headers, body.to_string()).await
}

both! {
    async fn a_session_that_was_planted_is_not_signed_in_to(app) {
        app.owner().await;
        // A token that nobody made, and one of somebody else who has put it there.
        let attacker = app.session(Role::Member, "mallory@acme.example", &[]).await;
        for planted in [INVENTED, attacker.as_str()] {
            mailed(app, Purpose::SignIn, EMAIL, planted).await;
            let with_password = begin(app, "/auth/login", json!({ "email": EMAIL, "password": PASSWORD }), planted).await;
            let with_link = begin(app, "/auth/verify", json!({ "token": planted }), planted).await;
            let mut seen = vec![planted.to_owned()];
            for answer in [with_password, with_link] {
                let token = set(&answer);
                assert_eq!(answer.ok()["member"]["email"], EMAIL);
                assert!(works(app, &token).await && !seen.contains(&token), "{token}");
                seen.push(token);
            }
        }
        assert!(!works(app, INVENTED).await, "it has become nobody's session");
        let own = app.call(&attacker, "GET", "/auth/session", Value::Null).await.ok();
        assert_eq!(own["member"]["email"], "mallory@acme.example", "and that one is still theirs");
    }

    /// Who has read a session before the password changed is out, unless it is the very one that changed it (API 3.1).
    async fn a_new_password_ends_what_was_stolen_before(app) {
        let (own, stolen) = (app.owner().await, app.owner().await);
        let body = json!({ "currentPassword": PASSWORD, "newPassword": "another horse battery" });
        app.call(&own, "POST", "/auth/password", body).await.ok();
        assert!(works(app, &own).await && !works(app, &stolen).await);
        app.call(&own, "POST", "/auth/logout", json!({})).await.ok();
        assert!(!works(app, &own).await, "a session that was left is not there to be found again");
    }
}
