use dispatch_model::member::Role;
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{own_id, seen};
use crate::api::key_for;

/// An owner, one person per brand, one with both, and an invitation to each brand and to all.
async fn people(app: &TestApp) -> (String, String, [String; 3]) {
    let (acme, other) = (app.brand("acme").await, app.brand("other").await);
    let owner = app.owner().await;
    let one = app.session(Role::Member, "one@x.example", &[&acme]).await;
    let two = app.session(Role::Admin, "two@x.example", &[&other]).await;
    app.session(Role::Member, "both@x.example", &[&acme, &other]).await;
    let ids = [&acme, &other].map(|path| path.trim_start_matches("/brands/").to_owned());
    for body in [
        json!({ "email": "guest-one@x.example", "brandIds": [ids[0]] }),
        json!({ "email": "guest-two@x.example", "brandIds": [ids[1]] }),
        json!({ "email": "guest-all@x.example", "allBrands": true }),
    ] {
        app.call(&owner, "POST", "/members/invite", body).await.created();
    }
    (acme, other, [owner, one, two])
}

both! {
    async fn everybody_sees_those_with_whom_they_share_a_brand_and_admins_the_invitations(app) {
        let (acme, _, [owner, one, two]) = people(app).await;
        let all = [vec!["owner", "one", "two", "both"], vec!["guest-one", "guest-two", "guest-all"]];
        assert_eq!(seen(app, &owner, "").await, all);
        assert_eq!(seen(app, &one, "").await, [vec!["owner", "one", "both"], vec![]]);
        assert_eq!(seen(app, &two, "").await, [vec!["owner", "two", "both"], vec!["guest-two", "guest-all"]]);
        assert_eq!(seen(app, &app.key, "").await, all);
        let acme_sees = [vec!["owner", "one", "both"], vec!["guest-one", "guest-all"]];
        assert_eq!(seen(app, &key_for(app, &acme, "full").await, "").await, acme_sees);
        assert_eq!(seen(app, &key_for(app, &acme, "read").await, "").await, acme_sees);
        assert_eq!(seen(app, &key_for(app, &acme, "support").await, "").await, [acme_sees[0].clone(), vec![]]);
    }

    async fn of_their_brands_the_shared_ones_are_shown(app) {
        let (acme, _, [owner, one, two]) = people(app).await;
        let brands = async |token: &str| {
            let people = app.call(token, "GET", "/members", Value::Null).await.ok();
            let both = people["members"].as_array().unwrap().iter().find(|one| one["email"] == "both@x.example").cloned();
            both.unwrap()["brandIds"].as_array().unwrap().len()
        };
        assert_eq!([brands(&owner).await, brands(&one).await, brands(&two).await], [2, 1, 1]);
        app.delete(&format!("{acme}?confirm=true")).await.ok();
        assert_eq!(brands(&owner).await, 1, "a deleted brand is no brand");
    }

    async fn a_brand_narrows_it_to_those_with_access(app) {
        let (acme, other, [owner, one, _]) = people(app).await;
        let query = format!("?brandId={}", acme.trim_start_matches("/brands/"));
        let access = [vec!["owner", "one", "both"], vec!["guest-one", "guest-all"]];
        assert_eq!(seen(app, &owner, &query).await, access);
        assert_eq!(seen(app, &one, &query).await, [access[0].clone(), vec![]]);
        for unknown in [other.trim_start_matches("/brands/"), "br_never"] {
            let path = format!("/members?brandId={unknown}");
            assert_eq!(app.call(&one, "GET", &path, Value::Null).await.invalid(), ["brandId"]);
        }
        assert_eq!(app.call(&owner, "GET", "/members?brand=x", Value::Null).await.invalid(), ["brand"]);
    }

    async fn one_member_is_found_by_those_who_share_a_brand(app) {
        let (_, _, [owner, one, two]) = people(app).await;
        let path = format!("/members/{}", own_id(app, &two).await);
        let shown = app.call(&owner, "GET", &path, Value::Null).await.ok();
        assert_eq!((&shown["email"], &shown["role"], &shown["status"]), (&json!("two@x.example"), &json!("admin"), &json!("active")));
        app.call(&one, "GET", &path, Value::Null).await.refused(404, "not_found");
        app.get(&path).await.ok();
        app.get("/members/usr_never").await.refused(404, "not_found");
        let invite = app.get("/members").await.ok()["invites"][0]["id"].as_str().unwrap().to_owned();
        app.get(&format!("/members/{invite}")).await.refused(404, "not_found");
    }

    async fn somebody_without_a_brand_sees_themself(app) {
        let (_, other, [owner, one, _]) = people(app).await;
        let path = format!("/members/{}", own_id(app, &one).await);
        app.call(&owner, "PATCH", &path, json!({ "brandIds": [] })).await.ok();
        let [members, _] = seen(app, &one, "").await;
        assert!(members.contains(&"one".to_owned()) && !members.contains(&"two".to_owned()), "{members:?}");
        assert_eq!(app.call(&one, "GET", "/brands", Value::Null).await.ok(), json!([]));
        app.call(&one, "GET", &other, Value::Null).await.refused(404, "not_found");
    }
}
