//! The mirror of the definitions on their brand.

use dispatch_testkit::both;
use serde_json::json;

use super::field;
use crate::api::last_event;

both! {
    async fn a_brand_shows_its_definitions_and_no_other(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let (b, a) = (field(app, &acme, "b").await, field(app, &acme, "a").await);
        let foreign = field(app, &other, "foreign").await;
        let ours = json!({ "ticket": [b, a], "customer": [], "company": [] });
        let theirs = json!({ "ticket": [foreign], "customer": [], "company": [] });
        assert_eq!(app.get(&acme).await.ok()["fieldDefinitions"], ours);
        let brands = app.get("/brands").await.ok();
        assert_eq!((&brands[0]["fieldDefinitions"], &brands[1]["fieldDefinitions"]), (&ours, &theirs));
        assert_eq!(app.patch(&acme, json!({ "name": "acme 2" })).await.ok()["fieldDefinitions"], ours);
        assert_eq!(last_event(app, &acme).await["data"]["brand"]["fieldDefinitions"], ours);
        assert_eq!(app.delete(&format!("{acme}?confirm=true")).await.ok()["fieldDefinitions"], ours);
    }

    async fn the_mirror_is_read_only(app) {
        let brand = app.brand("acme").await;
        let answer = app.patch(&brand, json!({ "fieldDefinitions": { "ticket": [] } })).await;
        assert_eq!(answer.header("x-ignored-fields"), "fieldDefinitions");
        answer.ok();
    }
}
