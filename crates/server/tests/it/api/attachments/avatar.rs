use dispatch_model::member::Role;
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

const PATH: &str = "/auth/profile/avatar";

/// Gives a member a picture and answers the profile.
async fn picture(app: &TestApp, session: &str, kind: &str, bytes: &str) -> Value {
    let asked = json!({ "filename": "me.x", "contentType": kind });
    let upload = app.call(session, "POST", PATH, asked).await.created();
    app.upload(&upload, bytes).await.ok();
    let body = json!({ "uploadId": upload["id"] });
    app.call(session, "POST", &format!("{PATH}/confirm"), body).await.ok()
}

both! {
    async fn a_picture_is_shown_wherever_the_member_is(app) {
        let session = app.session(Role::Member, "ana@acme.example", &[]).await;
        let profile = picture(app, &session, "image/png", "a picture").await;
        let url = profile["avatarUrl"].as_str().unwrap().to_owned();
        assert_eq!(app.call(&session, "GET", "/auth/profile", Value::Null).await.ok(), profile);
        assert_eq!(app.get("/members").await.ok()["members"][0]["avatarUrl"], url);
        let shown = app.follow("GET", &url, &[], "").await;
        assert_eq!((shown.text.as_str(), shown.header("content-type")), ("a picture", "image/png"));
        assert!(shown.header("content-disposition").starts_with("inline; "));
        assert_eq!(shown.header("content-security-policy"), "sandbox");
        let logs = app.get("/accounts/me/logs").await.ok();
        assert_eq!(logs["data"][0]["event"], "member.updated");
        assert_eq!(logs["data"][0]["changes"]["avatarUrl"], json!({ "old": null, "new": url }));
        // Another one: the first is gone.
        let other = picture(app, &session, "image/webp", "another").await;
        app.drain().await;
        app.follow("GET", &url, &[], "").await.refused(404, "not_found");
        let other = other["avatarUrl"].as_str().unwrap();
        assert_eq!(app.follow("GET", other, &[], "").await.text, "another");
        let gone = app.call(&session, "DELETE", PATH, Value::Null).await.ok();
        assert_eq!(gone["avatarUrl"], Value::Null);
        app.call(&session, "DELETE", PATH, Value::Null).await.ok();
        app.drain().await;
        app.follow("GET", other, &[], "").await.refused(404, "not_found");
        assert_eq!(app.files_in("avatars"), 0);
    }

    async fn only_a_picture_of_a_sane_size_is_taken(app) {
        let session = app.session(Role::Member, "ana@acme.example", &[]).await;
        let ask = async |body: Value| app.call(&session, "POST", PATH, body).await;
        let svg = json!({ "filename": "a.svg", "contentType": "image/svg+xml" });
        assert_eq!(ask(svg).await.invalid(), ["contentType"]);
        assert_eq!(ask(json!({})).await.invalid(), ["filename", "contentType"]);
        let of = |size: i64| json!({ "filename": "a", "contentType": "image/png", "size": size });
        ask(of(5 * 1024 * 1024 + 1)).await.refused(413, "payload_too_large");
        let upload = ask(of(5)).await.created();
        app.upload(&upload, "much more").await.ok();
        let confirm = json!({ "uploadId": upload["id"] });
        let confirmed = app.call(&session, "POST", &format!("{PATH}/confirm"), confirm.clone()).await;
        assert_eq!(confirmed.invalid(), ["size"]);
        assert_eq!(app.call(&session, "POST", &format!("{PATH}/confirm"), confirm).await.invalid(), ["uploadId"]);
        assert_eq!((app.files_in("pending"), app.files_in("avatars")), (0, 0));
    }

    async fn a_picture_is_its_members_own_and_goes_when_nobody_confirms_it(app) {
        let ana = app.session(Role::Member, "ana@acme.example", &[]).await;
        let bob = app.session(Role::Admin, "bob@acme.example", &[]).await;
        let asked = json!({ "filename": "a", "contentType": "image/png" });
        let upload = app.call(&ana, "POST", PATH, asked).await.created();
        let confirm = json!({ "uploadId": upload["id"] });
        let early = app.call(&ana, "POST", &format!("{PATH}/confirm"), confirm.clone()).await;
        early.refused(400, "validation_error");
        app.upload(&upload, "a picture").await.ok();
        assert_eq!(app.call(&bob, "POST", &format!("{PATH}/confirm"), confirm.clone()).await.invalid(), ["uploadId"]);
        // Sessions would have ended meanwhile.
        app.advance_ms(27 * 3_600_000);
        app.drain().await;
        let ana = app.session(Role::Member, "ana@acme.example", &[]).await;
        assert_eq!(app.call(&ana, "POST", &format!("{PATH}/confirm"), confirm).await.invalid(), ["uploadId"]);
        assert_eq!(app.files_in("pending"), 0);
    }
}
