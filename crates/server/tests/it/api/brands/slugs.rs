use dispatch_testkit::{TestApp, both};
use serde_json::json;

use crate::api::id;

/// The slug of a new brand with this name.
async fn slug_of(app: &TestApp, name: &str) -> String {
    app.post("/brands", json!({ "name": name })).await.created()["slug"].as_str().unwrap().to_owned()
}

both! {
    async fn slugs_are_labels_of_mail_addresses(app) {
        let longest = "a".repeat(63);
        for slug in ["a", "0", "a-b", "a--b", "1-2-3", &longest] {
            assert_eq!(app.post("/brands", json!({ "name": "x", "slug": slug })).await.created()["slug"], slug);
        }
        for slug in ["", "-a", "a-", "-", "A", "a_b", "a.b", "a b", "\u{e4}", &"a".repeat(64)] {
            assert_eq!(app.post("/brands", json!({ "name": "x", "slug": slug })).await.invalid(), ["slug"], "{slug}");
        }
    }

    async fn reserved_words_are_no_slugs(app) {
        for slug in ["abuse", "admin", "mailer-daemon", "noreply", "postmaster", "www"] {
            assert_eq!(app.post("/brands", json!({ "name": "x", "slug": slug })).await.invalid(), ["slug"], "{slug}");
            let made = slug_of(app, slug).await;
            assert_ne!(made, slug, "also not when it is made from the name");
        }
    }

    async fn a_slug_made_from_the_name_gets_a_number_when_it_is_taken(app) {
        for expected in ["acme-support", "acme-support-2", "acme-support-3"] {
            assert_eq!(slug_of(app, "  Acme & Support! ").await, expected);
        }
        app.post("/brands", json!({ "name": "x", "slug": "acme-support-4" })).await.created();
        assert_eq!(slug_of(app, "Acme Support").await, "acme-support-5");
    }

    async fn every_name_leads_to_a_slug(app) {
        let long = "Acme ".repeat(40);
        for name in ["!!!", "\u{65e5}\u{672c}", "-", &long, &long] {
            let slug = slug_of(app, name).await;
            let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!((1..=63).contains(&slug.len()) && slug.chars().all(good), "{slug}");
            assert!(!slug.starts_with('-') && !slug.ends_with('-'), "{slug}");
        }
    }

    async fn a_slug_that_is_asked_for_and_taken_is_a_conflict(app) {
        app.brand("acme").await;
        let other = app.brand("other").await;
        app.post("/brands", json!({ "name": "x", "slug": "acme" })).await.refused(409, "conflict");
        app.patch(&other, json!({ "slug": "acme" })).await.refused(409, "conflict");
        assert_eq!(app.get(&other).await.ok()["slug"], "other");
    }

    async fn an_old_slug_stays_reserved_for_its_brand(app) {
        let brand = app.brand("first").await;
        let changed = app.patch(&brand, json!({ "slug": "second" })).await.ok();
        assert_eq!((&changed["slug"], &changed["inboundAddress"]), (&json!("second"), &json!("second@mail.example")));
        app.post("/brands", json!({ "name": "x", "slug": "first" })).await.refused(409, "conflict");
        assert_eq!(slug_of(app, "First").await, "first-2");
        assert_eq!(app.patch(&brand, json!({ "slug": "first" })).await.ok()["slug"], "first", "its own old one");
        app.post("/brands", json!({ "name": "x", "slug": "second" })).await.refused(409, "conflict");
    }

    async fn the_slug_of_a_deleted_brand_stays_reserved(app) {
        let brand = app.brand("acme").await;
        app.delete(&format!("{brand}?confirm=true")).await.ok();
        app.post("/brands", json!({ "name": "x", "slug": "acme" })).await.refused(409, "conflict");
        let again = app.post("/brands", json!({ "name": "Acme" })).await.created();
        assert_eq!(again["slug"], "acme-2");
        assert_ne!(format!("/brands/{}", id(&again)), brand);
    }
}
