use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{custom, order, shown};
use crate::api::{event_types, id, last_event};

both! {
    async fn a_status_without_tickets_goes_without_a_replacement(app) {
        let brand = app.brand("acme").await;
        let made = custom(app, &brand, "waiting").await;
        let report = app.delete(&format!("{brand}/statuses/waiting")).await.ok();
        assert_eq!(
            report,
            json!({ "success": true, "statusId": made["id"], "replacementStatusId": null, "movedTickets": 0 })
        );
        assert_eq!(order(app, &brand).await, ["open", "pending", "resolved", "closed"]);
        app.get(&format!("{brand}/statuses/{}", id(&made))).await.refused(404, "not_found");
        app.delete(&format!("{brand}/statuses/{}", id(&made))).await.refused(404, "not_found");
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["entityId"]), (&json!("status.deleted"), &made["id"]));
        assert_eq!(event["data"]["status"], made);
    }

    async fn system_statuses_cannot_be_deleted(app) {
        let brand = app.brand("acme").await;
        for key in ["open", "pending", "resolved", "closed"] {
            for query in ["", "?replacementStatusId=sts_pending"] {
                let path = format!("{brand}/statuses/{key}{query}");
                if key != "pending" || query.is_empty() {
                    app.delete(&path).await.refused(409, "conflict");
                }
            }
        }
        assert_eq!(event_types(app, &brand).await, ["brand.created"]);
    }

    /// Validation comes before state (API 1.5).
    async fn a_bad_replacement_is_told_before_the_status_is_refused(app) {
        let brand = app.brand("acme").await;
        let answer = app.delete(&format!("{brand}/statuses/open?replacementStatusId=nothing")).await;
        assert_eq!(answer.invalid(), ["replacementStatusId"]);
    }

    async fn a_status_in_use_needs_a_good_replacement(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (made, foreign) = (custom(app, &brand, "waiting").await, custom(app, &other, "foreign").await);
        app.ticket(&brand, json!({ "title": "x", "status": "waiting" })).await;
        let path = format!("{brand}/statuses/waiting");
        for replacement in ["", "nothing", "waiting", "sts_waiting", id(&made), id(&foreign), "foreign"] {
            let answer = app.delete(&format!("{path}?replacementStatusId={replacement}")).await;
            assert_eq!(answer.invalid(), ["replacementStatusId"], "{replacement}");
        }
        assert_eq!(
            app.call(&app.key, "DELETE", &path, json!({ "replacementStatusId": 1 })).await.invalid(),
            ["replacementStatusId"]
        );
        assert_eq!(shown(app, &brand, "waiting").await, [1001]);
    }

    async fn a_deleted_ticket_holds_its_status_too(app) {
        let brand = app.brand("acme").await;
        custom(app, &brand, "waiting").await;
        app.ticket(&brand, json!({ "title": "x", "status": "waiting" })).await;
        app.delete(&format!("{brand}/tickets/DT-1001")).await.ok();
        assert_eq!(app.delete(&format!("{brand}/statuses/waiting")).await.invalid(), ["replacementStatusId"]);
        let report = app.delete(&format!("{brand}/statuses/waiting?replacementStatusId=open")).await.ok();
        assert_eq!(report["movedTickets"], 1);
        app.drain().await;
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn the_replacement_is_named_in_query_or_body_in_any_spelling(app) {
        let brand = app.brand("acme").await;
        let target = custom(app, &brand, "target").await;
        for spelled in [id(&target), "target", "sts_target"] {
            for in_body in [false, true] {
                custom(app, &brand, "doomed").await;
                app.ticket(&brand, json!({ "title": "x", "status": "doomed" })).await;
                let path = format!("{brand}/statuses/doomed");
                let report = if in_body {
                    app.call(&app.key, "DELETE", &path, json!({ "replacementStatusId": spelled })).await.ok()
                } else {
                    app.delete(&format!("{path}?replacementStatusId={spelled}")).await.ok()
                };
                assert_eq!(
                    (&report["replacementStatusId"], &report["movedTickets"]),
                    (&target["id"], &json!(1)),
                    "{spelled}"
                );
            }
        }
        assert_eq!(shown(app, &brand, "target").await.len(), 6);
    }

    async fn the_deleted_status_itself_is_named_in_any_spelling(app) {
        let brand = app.brand("acme").await;
        for spelling in ["id", "key", "prefixed"] {
            let made = custom(app, &brand, "doomed").await;
            let spelled = match spelling {
                "id" => id(&made),
                "key" => "doomed",
                _ => "sts_doomed",
            };
            assert_eq!(app.delete(&format!("{brand}/statuses/{spelled}")).await.ok()["statusId"], made["id"]);
        }
    }

    async fn the_key_of_a_deleted_status_is_free_again(app) {
        let brand = app.brand("acme").await;
        let first = custom(app, &brand, "waiting").await;
        app.ticket(&brand, json!({ "title": "x", "status": "waiting" })).await;
        app.delete(&format!("{brand}/statuses/waiting?replacementStatusId=open")).await.ok();
        // Before the worker ran, and once more after it.
        let second = custom(app, &brand, "waiting").await;
        assert_ne!(first["id"], second["id"]);
        assert_eq!(shown(app, &brand, "waiting").await, [0_i64; 0]);
        app.drain().await;
        assert_eq!(shown(app, &brand, "waiting").await, [0_i64; 0]);
        assert_eq!(app.get(&format!("{brand}/statuses/waiting")).await.ok()["id"], second["id"]);
        app.delete(&format!("{brand}/statuses/waiting")).await.ok();
        custom(app, &brand, "waiting").await;
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_deletion_is_told_once(app) {
        let brand = app.brand("acme").await;
        let made = custom(app, &brand, "waiting").await;
        app.delete(&format!("{brand}/statuses/waiting?replacementStatusId=pending")).await.ok();
        app.drain().await;
        assert_eq!(event_types(app, &brand).await, ["brand.created", "status.created", "status.deleted"]);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["data"]["id"], &event["changes"]), (&made["id"], &Value::Null));
    }
}
