use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{id, members};

const PATH: &str = "/auth/transfer-ownership";

both! {
    async fn the_new_owner_reaches_everything_and_the_old_one_is_an_admin(app) {
        let brand = app.brand("acme").await;
        let old = app.owner().await;
        let new = app.session(Role::Member, "ana@acme.example", &[&brand]).await;
        let ana = app.call(&new, "GET", "/auth/session", Value::Null).await.ok()["member"].clone();
        let seen = members::log(app).await.len();
        assert_eq!(app.call(&old, "POST", PATH, json!({ "memberId": id(&ana) })).await.ok(), json!({ "success": true }));
        let role = async |token: &str| app.call(token, "GET", "/auth/session", Value::Null).await.ok()["member"].clone();
        let (ana, before) = (role(&new).await, role(&old).await);
        assert_eq!((&ana["role"], &ana["allBrands"], &ana["brandIds"]), (&json!("owner"), &json!(true), &json!([])));
        assert_eq!((&before["role"], &before["allBrands"]), (&json!("admin"), &json!(true)));
        app.call(&old, "POST", PATH, json!({ "memberId": id(&before) })).await.refused(403, "forbidden");
        app.call(&new, "PATCH", "/accounts/me", json!({ "name": "Hers" })).await.ok();
        assert_eq!(members::log(app).await[seen..], ["member.updated", "member.updated", "account.updated"]);
    }

    async fn it_goes_to_another_active_member(app) {
        let owner = app.owner().await;
        let own = app.call(&owner, "GET", "/auth/session", Value::Null).await.ok()["member"].clone();
        let gone = crate::api::given::member(app, "gone@acme.example", "Gone", &[]).await;
        app.call(&owner, "DELETE", &format!("/members/{gone}"), Value::Null).await.ok();
        for wrong in [id(&own), "usr_never", &gone] {
            assert_eq!(app.call(&owner, "POST", PATH, json!({ "memberId": wrong })).await.invalid(), ["memberId"], "{wrong}");
        }
        assert_eq!(app.call(&owner, "POST", PATH, Value::Null).await.invalid(), ["memberId"]);
    }
}
