use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{log, own_id};

both! {
    async fn it_applies_to_the_next_request(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let ids = [&acme, &other].map(|path| path.trim_start_matches("/brands/"));
        let owner = app.owner().await;
        let ana = app.session(Role::Member, "ana@x.example", &[&acme]).await;
        let path = format!("/members/{}", own_id(app, &ana).await);
        let reaches = async |brand: &str| app.call(&ana, "GET", brand, Value::Null).await.status.as_u16();
        let configures = async || {
            app.call(&ana, "PATCH", &other, json!({ "name": "x" })).await.status.as_u16()
        };
        assert_eq!([reaches(&acme).await, reaches(&other).await], [200, 404]);
        app.call(&owner, "PATCH", &path, json!({ "brandIds": [ids[1]] })).await.ok();
        assert_eq!([reaches(&acme).await, reaches(&other).await, configures().await], [404, 200, 403]);
        let changed = app.call(&owner, "PATCH", &path, json!({ "allBrands": true, "role": "admin" })).await.ok();
        assert_eq!((&changed["brandIds"], &changed["role"]), (&json!([]), &json!("admin")));
        assert_eq!([reaches(&acme).await, reaches(&other).await, configures().await], [200; 3]);
        app.call(&owner, "PATCH", &path, json!({ "allBrands": false })).await.ok();
        assert_eq!([reaches(&acme).await, reaches(&other).await], [404, 404]);
    }

    async fn a_change_that_changes_nothing_is_none(app) {
        let owner = app.owner().await;
        let brand = app.brand("acme").await;
        let ana = app.session(Role::Member, "ana@x.example", &[&brand]).await;
        let path = format!("/members/{}", own_id(app, &ana).await);
        let before = log(app).await;
        let same = json!({ "role": "member", "allBrands": false, "brandIds": [brand.trim_start_matches("/brands/")] });
        app.call(&owner, "PATCH", &path, same).await.ok();
        app.call(&owner, "PATCH", &path, json!({})).await.ok();
        assert_eq!(log(app).await, before);
        app.call(&owner, "PATCH", &path, json!({ "role": "admin" })).await.ok();
        assert_eq!(log(app).await[before.len()..], ["member.updated"]);
    }

    async fn nobody_changes_the_owner_and_admins_change_members_alone(app) {
        let (owner, admin) = (app.owner().await, app.session(Role::Admin, "a@x.example", &[]).await);
        let other_admin = own_id(app, &app.session(Role::Admin, "b@x.example", &[]).await).await;
        let member = own_id(app, &app.session(Role::Member, "m@x.example", &[]).await).await;
        let owner_path = format!("/members/{}", own_id(app, &owner).await);
        app.call(&owner, "PATCH", &owner_path, json!({ "role": "member" })).await.refused(409, "conflict");
        app.call(&owner, "DELETE", &owner_path, Value::Null).await.refused(409, "conflict");
        let own = own_id(app, &admin).await;
        for path in [owner_path, format!("/members/{other_admin}"), format!("/members/{own}")] {
            app.call(&admin, "PATCH", &path, json!({ "role": "member" })).await.refused(403, "forbidden");
            app.call(&admin, "PATCH", &path, json!({ "role": 1 })).await.refused(403, "forbidden");
            app.call(&admin, "DELETE", &path, Value::Null).await.refused(403, "forbidden");
        }
        let path = format!("/members/{member}");
        app.call(&admin, "PATCH", &path, json!({ "role": "admin" })).await.refused(403, "forbidden");
        app.call(&admin, "PATCH", &path, json!({ "allBrands": false })).await.ok();
        assert_eq!(app.call(&owner, "PATCH", &path, json!({ "role": "owner" })).await.invalid(), ["role"]);
        app.call(&owner, "PATCH", "/members/usr_never", json!({ "role": 1 })).await.refused(404, "not_found");
    }

    async fn an_admin_gives_and_takes_what_they_reach_and_no_more(app) {
        let [acme, other, third] = [app.brand("acme").await, app.brand("other").await, app.brand("third").await];
        let ids = [&acme, &other, &third].map(|path| path.trim_start_matches("/brands/"));
        let admin = app.session(Role::Admin, "a@x.example", &[&acme, &third]).await;
        let path = format!("/members/{}", own_id(app, &app.session(Role::Member, "m@x.example", &[&acme, &other]).await).await);
        assert_eq!(app.call(&admin, "PATCH", &path, json!({ "allBrands": true })).await.invalid(), ["allBrands"]);
        assert_eq!(app.call(&admin, "PATCH", &path, json!({ "brandIds": [ids[1]] })).await.invalid(), ["brandIds[0]"]);
        let changed = app.call(&admin, "PATCH", &path, json!({ "brandIds": [ids[2]] })).await.ok();
        assert_eq!(changed["brandIds"], json!([ids[2]]), "what they do not reach they do not see");
        let whole = app.call(&app.owner().await, "GET", &path, Value::Null).await.ok();
        assert_eq!(whole["brandIds"], json!([ids[1], ids[2]]), "and do not take away");
    }

    async fn whoever_creates_a_brand_reaches_it(app) {
        let acme = app.brand("acme").await;
        let admin = app.session(Role::Admin, "a@x.example", &[&acme]).await;
        let made = app.call(&admin, "POST", "/brands", json!({ "name": "New" })).await.created();
        let listed = app.call(&admin, "GET", "/brands", Value::Null).await.ok();
        assert_eq!(crate::api::each(&listed, "name"), ["New", "acme"]);
        let path = format!("/brands/{}", crate::api::id(&made));
        app.call(&admin, "PATCH", &path, json!({ "name": "Newer" })).await.ok();
    }

    async fn an_admin_of_some_brands_manages_keys_to_those_alone(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let ids = [&acme, &other].map(|path| path.trim_start_matches("/brands/"));
        let admin = app.session(Role::Admin, "a@x.example", &[&acme]).await;
        let keys = "/accounts/me/api-keys";
        let own = app.call(&admin, "POST", keys, json!({ "name": "k", "brandIds": [ids[0]] })).await.created();
        assert_eq!(app.call(&admin, "POST", keys, json!({ "name": "k", "allBrands": true })).await.invalid(), ["allBrands"]);
        let body = json!({ "name": "k", "brandIds": ids });
        assert_eq!(app.call(&admin, "POST", keys, body).await.invalid(), ["brandIds[1]"]);
        let listed = app.call(&admin, "GET", keys, Value::Null).await.ok();
        assert_eq!(crate::api::each(&listed, "id"), [crate::api::id(&own)]);
        let path = format!("{keys}/{}", crate::api::id(&own));
        assert_eq!(app.call(&admin, "PATCH", &path, json!({ "allBrands": true })).await.invalid(), ["allBrands"]);
        let all = app.get(keys).await.ok();
        let first = all.as_array().unwrap().iter().find(|key| key["allBrands"] == true).unwrap();
        let path = format!("{keys}/{}", crate::api::id(first));
        app.call(&admin, "DELETE", &path, Value::Null).await.refused(404, "not_found");
        app.get("/brands").await.ok();
    }
}
