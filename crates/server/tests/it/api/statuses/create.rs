use dispatch_testkit::{START, both};
use serde_json::json;

use super::{custom, order, shown};
use crate::api::{id, last_event};

both! {
    async fn a_custom_status_has_its_defaults(app) {
        let brand = app.brand("acme").await;
        let made = app
            .post(&format!("{brand}/statuses"), json!({ "name": " In Progress ", "key": " in_progress " }))
            .await
            .created();
        let expected = json!({
            "id": id(&made), "brandId": brand.trim_start_matches("/brands/"), "name": "In Progress",
            "key": "in_progress", "color": "#6b7280", "description": null, "isSystem": false, "isActive": true,
            "sortOrder": 2, "createdAt": START, "updatedAt": START,
        });
        assert_eq!(made, expected);
        assert!(id(&made).starts_with("sts_"));
        let event = last_event(app, &brand).await;
        assert_eq!(
            (&event["type"], &event["data"]),
            (&json!("status.created"), &json!({ "id": made["id"], "status": made }))
        );
    }

    async fn a_custom_status_takes_all_its_fields(app) {
        let brand = app.brand("acme").await;
        let body = json!({
            "name": "On Hold", "key": "on_hold", "color": "#8B5CF6", "description": " Paused ", "isActive": false,
        });
        let made = app.post(&format!("{brand}/statuses"), body).await.created();
        assert_eq!((&made["color"], &made["isActive"]), (&json!("#8b5cf6"), &json!(false)));
        assert_eq!(made["description"], " Paused ", "descriptions are kept as sent");
        assert_eq!(app.get(&format!("{brand}/statuses/on_hold")).await.ok(), made);
    }

    async fn new_statuses_stand_just_before_resolved(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "first").await;
        custom(app, &brand, "second").await;
        assert_eq!(order(app, &brand).await, ["open", "pending", "first", "second", "resolved", "closed"]);
        let path = format!("{brand}/statuses/reorder");
        app.post(&path, json!({ "statusIds": ["resolved", "open", "second", "closed", "first", "pending"] }))
            .await
            .ok();
        custom(app, &brand, "third").await;
        assert_eq!(order(app, &brand).await, ["third", "resolved", "open", "second", "closed", "first", "pending"]);
        let statuses = app.get(&format!("{brand}/statuses")).await.ok();
        let places: Vec<i64> =
            statuses.as_array().unwrap().iter().map(|one| one["sortOrder"].as_i64().unwrap()).collect();
        assert_eq!(places, [0, 1, 2, 3, 4, 5, 6]);
    }

    async fn keys_are_lowercase_words_and_not_the_words_of_filters(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/statuses");
        let longest = "a".repeat(50);
        for key in ["a", "a_", "a1_b2", "sts_x", &longest] {
            app.post(&path, json!({ "name": "x", "key": key })).await.created();
        }
        let too_long = "a".repeat(51);
        for key in [
            "",
            "A",
            "1a",
            "_a",
            "a-b",
            "a b",
            "\u{e4}",
            &too_long,
            "active",
            "inactive",
            "all",
            "any",
            "null",
            "me",
            "unassigned",
        ] {
            assert_eq!(app.post(&path, json!({ "name": "x", "key": key })).await.invalid(), ["key"], "{key}");
        }
    }

    async fn a_bad_status_names_every_wrong_field(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/statuses");
        let body = json!({
            "name": "x".repeat(201), "key": 1, "color": "red", "description": "x".repeat(1001), "isActive": "yes",
        });
        assert_eq!(app.post(&path, body).await.invalid(), ["name", "key", "color", "description", "isActive"]);
        assert_eq!(app.post(&path, json!({})).await.invalid(), ["name", "key"]);
        for color in ["#fff", "8b5cf6", "#8b5cfg", "#8b5cf6f", ""] {
            assert_eq!(app.post(&path, json!({ "name": "x", "key": "x", "color": color })).await.invalid(), ["color"]);
        }
        assert_eq!(order(app, &brand).await.len(), 4);
    }

    async fn a_taken_key_is_a_conflict_in_its_brand_only(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        custom(app, &acme, "waiting").await;
        for key in ["waiting", "open", "closed"] {
            app.post(&format!("{acme}/statuses"), json!({ "name": "x", "key": key })).await.refused(409, "conflict");
        }
        custom(app, &other, "waiting").await;
    }

    async fn a_brand_has_at_most_100_statuses(app) {
        let brand = app.brand("acme").await;
        for number in 5..=100 {
            custom(app, &brand, &format!("status_{number}")).await;
        }
        let body = json!({ "name": "One more", "key": "one_more" });
        app.post(&format!("{brand}/statuses"), body.clone()).await.refused(409, "conflict");
        app.delete(&format!("{brand}/statuses/status_50")).await.ok();
        app.post(&format!("{brand}/statuses"), body).await.created();
    }

    async fn tickets_take_a_custom_status_in_every_spelling(app) {
        let brand = app.brand("acme").await;
        let made = custom(app, &brand, "waiting").await;
        for (field, spelled) in [
            ("status", "waiting"),
            ("status", "sts_waiting"),
            ("status", id(&made)),
            ("statusId", "waiting"),
            ("statusId", "sts_waiting"),
            ("statusId", id(&made)),
        ] {
            let ticket = app.ticket(&brand, json!({ "title": "x", field: spelled })).await;
            assert_eq!((&ticket["status"], &ticket["statusId"]), (&json!("waiting"), &made["id"]), "{field} {spelled}");
            assert_eq!(ticket["statusRef"], app.get(&format!("{brand}/statuses/waiting")).await.ok());
        }
        for filter in ["waiting", "sts_waiting", id(&made), "active", "open,waiting"] {
            assert_eq!(shown(app, &brand, filter).await.len(), 6, "{filter}");
        }
        assert_eq!(shown(app, &brand, "inactive").await.len(), 0);
    }
}
