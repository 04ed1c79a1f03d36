use dispatch_testkit::both;
use serde_json::json;

use super::field;

both! {
    async fn definitions_are_read_by_entity_or_all_at_once(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let plan = field(app, &brand, "plan").await;
        field(app, &other, "foreign").await;
        let body = json!({ "key": "tier", "label": "Tier", "type": "number" });
        let tier = app.post(&format!("{brand}/fields/company"), body).await.created();
        let all = app.get(&format!("{brand}/fields")).await.ok();
        assert_eq!(all, json!({ "ticket": [plan], "customer": [], "company": [tier] }));
        assert_eq!(app.get(&format!("{brand}/fields/ticket")).await.ok(), json!([plan]));
        assert_eq!(app.get(&format!("{brand}/fields/customer")).await.ok(), json!([]));
    }
}
