//! Wrong shapes and references that lead nowhere are told in one answer (API 1.5).

use dispatch_testkit::both;
use serde_json::json;

use crate::api::given::{path, position};

both! {
    async fn everything_wrong_with_a_body_is_told_at_once_and_nothing_is_written(app) {
        let brand = app.brand("acme").await;
        let tag = app.post(&format!("{brand}/tags"), json!({ "name": "real" })).await.created();
        let ticket = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let before = position(app, &brand).await;
        // The example of the contract.
        let body = json!({ "title": "x", "priority": "zz", "tagIds": [tag["id"], "tag_none"] });
        assert_eq!(app.post(&format!("{brand}/tickets"), body).await.invalid(), ["priority", "tagIds[1]"]);
        let body = json!({
            "title": "", "status": "nope", "categoryId": "cat_none", "customerId": "cus_none", "assigneeId": "usr_none",
            "watchers": [{ "memberId": "usr_none" }], "customerEmail": "new@example.com", "tags": ["new"], "dueAt": "soon",
        });
        let wrong = ["title", "dueAt", "status", "assigneeId", "categoryId", "watchers[0].memberId", "customerId"];
        assert_eq!(app.post(&format!("{brand}/tickets"), body).await.invalid(), wrong);
        let body = json!({ "priority": 5, "status": "nope", "addTagIds": ["tag_none"] });
        assert_eq!(app.patch(&ticket, body).await.invalid(), ["priority", "status", "addTagIds[0]"]);
        let body = json!({ "body": "", "parentId": "cmt_none", "setStatus": "nope" });
        let wrong = ["body", "parentId", "setStatus"];
        assert_eq!(app.post(&format!("{ticket}/comments"), body).await.invalid(), wrong);
        let body = json!({ "email": "no address", "companyId": "co_none" });
        assert_eq!(app.post(&format!("{brand}/customers"), body).await.invalid(), ["email", "companyId"]);
        let body = json!({ "name": "", "settings": { "defaultTagIds": ["tag_none"], "defaultCategoryId": "cat_none" } });
        let wrong = ["name", "settings.defaultCategoryId", "settings.defaultTagIds"];
        assert_eq!(app.post(&format!("{brand}/companies"), body).await.invalid(), wrong);
        assert_eq!(position(app, &brand).await, before);
    }

    async fn what_a_wrong_field_may_be_the_reason_of_is_not_told(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "title": "x", "status": 5, "closeReason": "duplicate" });
        assert_eq!(app.post(&format!("{brand}/tickets"), body).await.invalid(), ["status"]);
        let ticket = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let body = json!({ "status": 5, "closeReason": "duplicate" });
        assert_eq!(app.patch(&ticket, body).await.invalid(), ["status"]);
    }

    async fn a_refused_body_leaves_its_idempotency_key_free(app) {
        let brand = app.brand("acme").await;
        let tickets = format!("{brand}/tickets");
        let key = [("idempotency-key", "one")];
        let wrong = json!({ "title": "", "tagIds": ["tag_none"] });
        let refused = app.call_with(&app.key, "POST", &tickets, wrong, &key).await;
        assert_eq!(refused.invalid(), ["title", "tagIds[0]"]);
        app.call_with(&app.key, "POST", &tickets, json!({ "title": "right" }), &key).await.created();
    }
}
