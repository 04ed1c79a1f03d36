use dispatch_http::HttpSettings;
use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{log, seen};
use crate::api::{id, members};

const PATH: &str = "/members/invite";

both! {
    async fn it_is_shown_with_its_link_once(app) {
        let owner = app.owner().await;
        let settings = HttpSettings { public_url: "https://help.acme.example".to_owned(), ..HttpSettings::default() };
        let app = &app.with_settings(settings);
        let header = [("idempotency-key", "once")];
        let body = json!({ "email": " Ana@Acme.example " });
        let invite = app.call_with(&owner, "POST", PATH, body.clone(), &header).await.created();
        let names = ["id", "email", "role", "status", "allBrands", "brandIds", "sentAt", "expiresAt", "createdAt", "inviteUrl"];
        assert_eq!(members(&invite), names);
        assert_eq!((&invite["email"], &invite["role"], &invite["status"], &invite["sentAt"]),
            (&json!("ana@acme.example"), &json!("member"), &json!("pending"), &Value::Null));
        let url = invite["inviteUrl"].as_str().unwrap();
        assert_eq!(url.strip_prefix("https://help.acme.example/invite/").map(str::len), Some(26), "{url}");
        let repeat = app.call_with(&owner, "POST", PATH, body, &header).await;
        assert_eq!(repeat.header("idempotency-replayed"), "true");
        let mut first = invite.clone();
        first["inviteUrl"] = Value::Null;
        assert_eq!(repeat.created(), first);
        let listed = app.call(&owner, "GET", "/members", Value::Null).await.ok()["invites"].clone();
        first.as_object_mut().unwrap().remove("inviteUrl");
        assert_eq!(listed, json!([first]));
    }

    async fn an_address_is_a_member_or_invited_once(app) {
        let owner = app.owner().await;
        app.call(&owner, "POST", PATH, json!({ "email": "OWNER@acme.example" })).await.refused(409, "conflict");
        let first = app.call(&owner, "POST", PATH, json!({ "email": "ana@acme.example" })).await.created();
        app.call(&owner, "POST", PATH, json!({ "email": "ana@acme.example" })).await.refused(409, "conflict");
        app.advance_ms(dispatch_model::limits::INVITE_MS);
        let owner = app.owner().await;
        let second = app.call(&owner, "POST", PATH, json!({ "email": "ana@acme.example" })).await.created();
        assert_ne!(id(&first), id(&second));
        assert_eq!(seen(app, &owner, "").await[1], ["ana"], "the expired one is gone");
    }

    async fn resending_gives_a_new_link_and_the_old_one_is_dead(app) {
        let owner = app.owner().await;
        let first = app.call(&owner, "POST", PATH, json!({ "email": "ana@acme.example" })).await.created();
        app.advance_ms(1000);
        let path = format!("/members/{}/resend-invite", id(&first));
        let second = app.call(&owner, "POST", &path, Value::Null).await.ok();
        assert_eq!((id(&second), second["expiresAt"].as_str()), (id(&first), Some("2026-01-09T03:04:06.678Z")));
        let mut statuses = Vec::new();
        for invite in [&first, &second] {
            let token = invite["inviteUrl"].as_str().unwrap().rsplit('/').next().unwrap();
            statuses.push(app.call("", "GET", &format!("/auth/invites/{token}"), Value::Null).await.status.as_u16());
        }
        assert_eq!(statuses, [404, 200]);
        app.call(&owner, "POST", "/members/inv_never/resend-invite", Value::Null).await.refused(404, "not_found");
    }

    async fn it_can_be_changed_and_withdrawn(app) {
        let brand = app.brand("acme").await;
        let owner = app.owner().await;
        let invite = app.call(&owner, "POST", PATH, json!({ "email": "ana@acme.example" })).await.created();
        let path = format!("/members/{}", id(&invite));
        let body = json!({ "role": "admin", "brandIds": [brand.trim_start_matches("/brands/")] });
        let changed = app.call(&owner, "PATCH", &path, body.clone()).await.ok();
        assert_eq!((&changed["role"], &changed["brandIds"]), (&body["role"], &body["brandIds"]));
        assert!(changed.get("inviteUrl").is_none(), "only its hash is kept");
        app.call(&owner, "PATCH", &path, body).await.ok();
        let token = invite["inviteUrl"].as_str().unwrap().rsplit('/').next().unwrap();
        assert_eq!(app.call("", "GET", &format!("/auth/invites/{token}"), Value::Null).await.ok()["role"], "admin");
        let gone = app.call(&owner, "DELETE", &path, Value::Null).await.ok();
        assert_eq!(gone, changed);
        app.call("", "GET", &format!("/auth/invites/{token}"), Value::Null).await.refused(404, "not_found");
        app.call(&owner, "DELETE", &path, Value::Null).await.refused(404, "not_found");
        let log = log(app).await;
        assert!(log.ends_with(&["member.invited", "member.updated", "member.removed"].map(str::to_owned)), "{log:?}");
    }

    async fn an_admin_invites_members_to_brands_of_their_own(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let ids = [&acme, &other].map(|path| path.trim_start_matches("/brands/"));
        let admin = app.session(Role::Admin, "admin@x.example", &[&acme]).await;
        let email = json!("ana@x.example");
        let invited = app.call(&admin, "POST", PATH, json!({ "email": email, "brandIds": [ids[0]] })).await.created();
        assert!(invited["inviteUrl"].is_string());
        app.call(&admin, "POST", PATH, json!({ "email": "b@x.example", "role": "admin" })).await.refused(403, "forbidden");
        let body = json!({ "email": "c@x.example", "brandIds": [ids[0], ids[1], "br_never"] });
        assert_eq!(app.call(&admin, "POST", PATH, body).await.invalid(), ["brandIds[1]", "brandIds[2]"]);
        let body = json!({ "email": "c@x.example", "allBrands": true });
        assert_eq!(app.call(&admin, "POST", PATH, body).await.invalid(), ["allBrands"]);
        let owner = app.owner().await;
        let admins = app.call(&owner, "POST", PATH, json!({ "email": "d@x.example", "role": "admin", "allBrands": true })).await.created();
        for (method, more, body) in [("PATCH", "", json!({ "role": "member" })), ("DELETE", "", Value::Null), ("POST", "/resend-invite", Value::Null)] {
            let path = format!("/members/{}{more}", id(&admins));
            app.call(&admin, method, &path, body).await.refused(403, "forbidden");
        }
    }

    async fn what_is_wrong_is_told_at_once(app) {
        let owner = app.owner().await;
        let body = json!({ "email": "x", "role": "owner", "allBrands": "yes", "brandIds": "br" });
        let wrong = app.call(&owner, "POST", PATH, body).await.invalid();
        assert_eq!(wrong, ["email", "role", "allBrands", "brandIds"]);
    }

    async fn there_is_a_limit_of_people(app) {
        let owner = app.owner().await;
        for (count, status) in [(998, 201), (999, 409)] {
            let fill = if app.db.dialect() == dispatch_store::Dialect::Sqlite {
                format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n")
            } else {
                format!("SELECT i FROM generate_series(1, {count}) AS n (i)")
            };
            let statement = format!(
                "INSERT INTO member (id, account_id, email, role, status, all_brands, created_at, updated_at)
                SELECT 'usr_' || CAST(i AS text), a.id, 'm' || CAST(i AS text) || '@x', 'member', 'active', TRUE, 0, 0
                FROM account a, ({fill}) AS n WHERE true ON CONFLICT DO NOTHING"
            );
            let filled: dispatch_store::Result<()> = app
                .db
                .write(dispatch_store::Lane::Account, "test.fill", move |tx| {
                    let statement = statement.clone();
                    Box::pin(async move { dispatch_store::inspect::execute(tx, &statement).await })
                })
                .await;
            filled.unwrap();
            let email = format!("new{count}@x.example");
            let answer = app.call(&owner, "POST", PATH, json!({ "email": email })).await;
            assert_eq!(answer.status, status, "{}", answer.text);
        }
    }
}
