//! Fields of features that are still to come: present with their defaults, and nothing else can be written.

use dispatch_testkit::both;
use serde_json::{Value, json};

/// Every such field, its default, and another value.
fn fields() -> Vec<(&'static str, Value, Value)> {
    let hours = json!({ "start": "09:00", "end": "17:00", "days": [1, 2, 3, 4, 5], "timezone": "UTC" });
    vec![
        ("slaEnabled", json!(false), json!(true)),
        ("slaDefaultHours", json!(72), json!(1)),
        ("slaByPriority", json!({ "urgent": 4, "high": 24, "normal": 72, "low": 168 }), json!({ "urgent": 1 })),
        ("slaNotifyOverdue", json!(true), json!(false)),
        ("slaBusinessHoursOnly", json!(false), json!(true)),
        ("slaBusinessHours", hours, json!({})),
    ]
}

both! {
    async fn their_defaults_may_be_written_and_nothing_else(app) {
        let brand = app.brand("acme").await;
        for (field, default, other) in fields() {
            let patched = app.patch(&brand, json!({ field: default })).await.ok();
            assert_eq!(patched[field], default, "{field}");
            let made = app.post("/brands", json!({ "name": field, field: default })).await.created();
            assert_eq!(made[field], default, "{field}");
            for refused in [
                app.patch(&brand, json!({ field: other })).await,
                app.post("/brands", json!({ "name": "x", field: other })).await,
            ] {
                let error = json!([{ "field": field, "message": "not available yet" }]);
                assert_eq!(refused.with(400)["errors"], error, "{field}");
            }
        }
    }

    /// A client may send an object of defaults with its members in any order.
    async fn the_order_of_members_does_not_matter(app) {
        let brand = app.brand("acme").await;
        let turned: Value = serde_json::from_str(r#"{"low":168,"normal":72,"high":24,"urgent":4}"#).unwrap();
        app.patch(&brand, json!({ "slaByPriority": turned })).await.ok();
    }

    async fn read_only_fields_are_ignored_and_named(app) {
        let body = json!({
            "name": "x", "id": "br_mine", "nextTicketNumber": 5, "inboundAddress": "x@y.example",
            "fieldDefinitions": {}, "createdAt": "2020-01-01", "deletedAt": null,
        });
        let answer = app.post("/brands", body).await;
        let ignored = "id, nextTicketNumber, inboundAddress, fieldDefinitions, createdAt, deletedAt";
        assert_eq!(answer.header("x-ignored-fields"), ignored);
        assert_eq!(answer.created()["nextTicketNumber"], 1001);
    }
}
