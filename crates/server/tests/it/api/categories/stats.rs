use dispatch_testkit::both;
use serde_json::json;

use super::{category, counts, put, tickets};
use crate::api::{given::status, id};

both! {
    async fn every_category_is_counted_with_its_active_tickets(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "done", false).await;
        let billing = category(app, &brand, "Billing").await;
        category(app, &brand, "Empty").await;
        tickets(app, &brand, &billing, &["open", "pending", "closed", "done"]).await;
        app.ticket(&brand, json!({ "title": "without" })).await;
        let stats = app.get(&format!("{brand}/categories/stats")).await.ok();
        let expected = json!({ "ticketCount": 4, "activeCount": 2, "name": "Billing", "key": "billing", "color": "#6b7280" });
        assert_eq!(stats[id(&billing)], expected);
        assert_eq!(counts(app, &brand).await, ["billing=4/2", "empty=0/0"]);
    }

    async fn deleted_tickets_and_those_of_other_brands_are_not_counted(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let (ours, theirs) = (category(app, &acme, "Same").await, category(app, &other, "Same").await);
        tickets(app, &acme, &ours, &["open", "open"]).await;
        tickets(app, &other, &theirs, &["open"]).await;
        app.delete(&format!("{acme}/tickets/DT-1001")).await.ok();
        assert_eq!(counts(app, &acme).await, ["same=1/1"]);
        assert_eq!(counts(app, &other).await, ["same=1/1"]);
    }

    /// The rows still name the deleted status when this is asked.
    async fn a_deleted_status_counts_as_its_replacement(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "doing", true).await;
        let billing = category(app, &brand, "Billing").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "status": "doing" })).await;
        put(app, &ticket, &billing).await;
        assert_eq!(counts(app, &brand).await, ["billing=1/1"]);
        app.delete(&format!("{brand}/statuses/doing?replacementStatusId=closed")).await.ok();
        assert_eq!(counts(app, &brand).await, ["billing=1/0"]);
        app.drain().await;
        assert_eq!(counts(app, &brand).await, ["billing=1/0"]);
    }
}
