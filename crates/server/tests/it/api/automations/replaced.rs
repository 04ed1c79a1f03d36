use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{automation, only_run, outcomes};
use crate::api::{each, given::path, id};

both! {
    /// The tickets of a category that goes have another one, and so has what an automation says.
    async fn a_category_that_is_replaced_is_replaced_in_automations(app) {
        let brand = app.brand("acme").await;
        let old = app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        let new = app.post(&format!("{brand}/categories"), json!({ "name": "Money" })).await.created();
        let other = app.post(&format!("{brand}/categories"), json!({ "name": "Other" })).await.created();
        let conditions = json!({
            "all": [{ "field": "category.key", "op": "eq", "value": "billing" }],
            "any": [{ "field": "categoryId", "op": "in", "value": [old["id"], other["id"]] }, { "field": "title", "op": "eq", "value": "billing" }],
        });
        let actions = json!([{ "type": "set_category", "categoryId": old["id"] }, { "type": "add_tags", "tags": ["billing"] }]);
        let rule = automation(app, &brand, &["ticket.created"], conditions, actions).await;
        let second = automation(app, &brand, &["ticket.created"], Value::Null, json!([{ "type": "set_priority", "priority": "low" }])).await;
        let untouched = app.get(&second).await.ok();
        app.delete(&format!("{brand}/categories/{}?replacementCategoryId=money", id(&old))).await.with(204);
        let shown = app.get(&rule).await.ok();
        assert_eq!(shown["conditions"]["all"][0]["value"], "money");
        assert_eq!(shown["conditions"]["any"][0]["value"], json!([new["id"], other["id"]]));
        assert_eq!(shown["conditions"]["any"][1]["value"], "billing", "a title is no category");
        assert_eq!(shown["actions"][0]["categoryId"], new["id"]);
        assert_eq!(shown["actions"][1]["tags"], json!(["billing"]), "a tag is no category");
        assert_eq!(app.get(&second).await.ok(), untouched);
        let ticket = app.ticket(&brand, json!({ "title": "One", "categoryId": "money" })).await;
        app.drain().await;
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok()["category"]["key"], "money");
    }

    async fn a_tag_that_is_merged_is_the_other_one_in_automations(app) {
        let brand = app.brand("acme").await;
        let old = app.post(&format!("{brand}/tags"), json!({ "name": "bug" })).await.created();
        let new = app.post(&format!("{brand}/tags"), json!({ "name": "defect" })).await.created();
        let conditions = json!({ "any": [
            { "field": "tags", "op": "contains", "value": "Bug" }, { "field": "tagIds", "op": "contains", "value": old["id"] },
        ] });
        let actions = json!([{ "type": "add_tags", "tags": [old["id"], "vip"] }, { "type": "remove_tags", "tags": ["bug"] }]);
        let rule = automation(app, &brand, &["ticket.created"], conditions, actions).await;
        app.post(&format!("{brand}/tags/{}/merge", id(&new)), json!({ "sourceTagIds": [old["id"]] })).await.ok();
        let shown = app.get(&rule).await.ok();
        assert_eq!(each(&shown["conditions"]["any"], "value"), ["defect", id(&new)]);
        assert_eq!(shown["actions"][0]["tags"], json!([new["id"], "vip"]));
        assert_eq!(shown["actions"][1]["tags"], json!(["defect"]));
    }

    /// Nobody means a tag that is called like the id of one that was deleted.
    async fn the_id_of_a_tag_that_is_gone_becomes_no_tag(app) {
        let brand = app.brand("acme").await;
        let gone = app.post(&format!("{brand}/tags"), json!({ "name": "bug" })).await.created();
        let actions = json!([{ "type": "add_tags", "tags": [gone["id"], "vip"] }]);
        let rule = automation(app, &brand, &["ticket.created"], Value::Null, actions.clone()).await;
        app.delete(&format!("{brand}/tags/{}", id(&gone))).await.with(204);
        let ticket = app.ticket(&brand, json!({ "title": "One" })).await;
        app.drain().await;
        assert_eq!(outcomes(&only_run(app, &rule).await), ["done"]);
        assert_eq!(each(&app.get(&path(&brand, &ticket)).await.ok()["tags"], "name"), ["vip"]);
        assert_eq!(each(&app.get(&format!("{brand}/tags")).await.ok(), "name"), ["vip"]);
        // Whoever saves it again is told.
        assert_eq!(app.patch(&rule, json!({ "actions": actions })).await.invalid(), ["actions[0].tags[0]"]);
    }
}
