use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{browser, with};
use crate::api::auth_works as works;

both! {
    async fn it_ends_the_session_at_once_and_clears_the_cookie(app) {
        let other = app.owner().await;
        let (cookie, csrf) = browser(app, "owner@acme.example").await;
        let headers = [("cookie", cookie.as_str()), ("x-csrf-token", csrf.as_str())];
        let answer = with(app, "POST", "/auth/logout", Value::Null, &headers).await;
        assert_eq!(answer.header("set-cookie"), "dispatch_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
        assert_eq!(answer.ok(), json!({ "success": true }));
        with(app, "GET", "/brands", Value::Null, &headers).await.refused(401, "authentication_error");
        with(app, "POST", "/auth/logout", Value::Null, &headers).await.refused(401, "authentication_error");
        assert!(works(app, &other).await, "only this one");
    }

    async fn all_ends_every_session_of_the_person_and_of_nobody_else(app) {
        let (one, other) = (app.owner().await, app.owner().await);
        let stranger = app.session(dispatch_model::member::Role::Admin, "ana@acme.example", &[]).await;
        app.call(&one, "POST", "/auth/logout", json!({ "all": true })).await.ok();
        assert!(!works(app, &one).await && !works(app, &other).await && works(app, &stranger).await);
    }

    async fn another_server_on_the_same_database_knows_at_once(app) {
        let token = app.owner().await;
        let other = app.with_settings(dispatch_http::HttpSettings::default());
        assert!(works(&other, &token).await);
        app.call(&token, "POST", "/auth/logout", Value::Null).await.ok();
        assert!(!works(&other, &token).await);
    }
}
