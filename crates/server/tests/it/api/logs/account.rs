use dispatch_model::member::Role;
use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{all, events};
use crate::api::{given::member, id, key_for};

both! {
    async fn the_account_tells_of_keys_members_and_brands(app) {
        let brand = app.brand("acme").await;
        member(app, "ana@acme.example", "Ana", &[]).await;
        let key = app.post("/accounts/me/api-keys", json!({ "name": "Robot", "allBrands": true })).await.created();
        let path = format!("/accounts/me/api-keys/{}", id(&key));
        app.patch(&path, json!({ "name": "Machine" })).await.ok();
        app.delete(&path).await.with(204);
        app.patch(&brand, json!({ "name": "New" })).await.ok();
        app.delete(&format!("{brand}?confirm=true")).await.ok();
        let expected = [
            "api_key.created",
            "brand.created",
            "member.joined",
            "api_key.created",
            "api_key.updated",
            "api_key.deleted",
            "brand.deleted",
        ];
        assert_eq!(events(app, "/accounts/me/logs?order=asc&limit=2").await, expected);
        let mut newest = expected;
        newest.reverse();
        assert_eq!(events(app, "/accounts/me/logs?limit=3").await, newest);
        let entries = all(app, "/accounts/me/logs?order=asc").await;
        let sequences: Vec<i64> = entries.iter().map(|entry| entry["sequence"].as_i64().unwrap()).collect();
        assert_eq!(sequences, [1, 2, 3, 4, 5, 6, 7]);
        let updated = &entries[4];
        assert_eq!((&updated["entityType"], &updated["entityId"]), (&json!("api_key"), &key["id"]));
        assert_eq!((&updated["brandId"], &updated["ticketId"]), (&Value::Null, &Value::Null));
        assert_eq!(updated["changes"]["name"], json!({ "old": "Robot", "new": "Machine" }));
        assert_eq!(updated["performedBy"]["name"], "Test key");
        assert_eq!(updated["metadata"]["name"], "Machine");
        let secret = key["key"].as_str().unwrap();
        assert!(!app.get("/accounts/me/logs").await.text.contains(secret));
    }

    async fn it_has_the_filters_of_a_brand(app) {
        let brand = app.brand("acme").await;
        app.advance_ms(1000);
        app.brand("other").await;
        let of = async |query: &str| events(app, &format!("/accounts/me/logs?{query}")).await;
        assert_eq!(of("event=brand.*").await, ["brand.created", "brand.created"]);
        assert_eq!(of("entityType=brand&startDate=2026-01-02T03:04:06.678Z").await, ["brand.created"]);
        assert_eq!(of(&format!("entityId={}", brand.trim_start_matches("/brands/"))).await, ["brand.created"]);
        assert_eq!(of("entityId=tkt_01kdyak43d7trmct2jayyxcg7v").await, [""; 0]);
        assert_eq!(of("performerType=system").await, ["api_key.created"]);
        assert_eq!(app.get("/accounts/me/logs?event=ticket.created").await.invalid(), ["event"]);
    }

    async fn an_admin_of_one_brand_reads_nothing_of_others(app) {
        let (acme, _secret) = (app.brand("acme").await, app.brand("secret").await);
        let other = app.get("/brands").await.ok()[1]["id"].clone();
        let new = json!({ "name": "Secret key", "brandIds": [other] });
        app.post("/accounts/me/api-keys", new).await.created();
        app.session(Role::Member, "hidden@acme.example", &[&format!("/brands/{}", other.as_str().unwrap())]).await;
        let admin = app.session(Role::Admin, "ana@acme.example", &[&acme]).await;
        let log = app.call(&admin, "GET", "/accounts/me/logs", Value::Null).await.ok();
        let text = log.to_string();
        for word in ["secret", "Secret", "hidden", other.as_str().unwrap()] {
            assert!(!text.contains(word), "{word}: {text}");
        }
        assert!(text.contains("acme") && text.contains("ana") && text.contains("Test key"), "{text}");
        let owner = app.owner().await;
        let log = app.call(&owner, "GET", "/accounts/me/logs", Value::Null).await.ok().to_string();
        assert!(log.contains("Secret key") && log.contains("hidden"), "{log}");
    }

    async fn a_key_of_one_brand_does_not_read_it(app) {
        let brand = app.brand("acme").await;
        let key = key_for(app, &brand, "full").await;
        app.call(&key, "GET", "/accounts/me/logs", Value::Null).await.refused(403, "forbidden");
    }
}
