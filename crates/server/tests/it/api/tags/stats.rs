use dispatch_testkit::both;
use serde_json::json;

use super::{counts, tag, ticket};
use crate::api::given::status;

both! {
    async fn every_tag_is_counted_by_name_with_its_active_tickets(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        status(app, &brand, "done", false).await;
        let (b, a) = (tag(app, &brand, "b").await, tag(app, &brand, "A").await);
        tag(app, &brand, "c").await;
        let foreign = tag(app, &other, "a").await;
        ticket(app, &other, "open", &[&foreign]).await;
        for (status, tags) in [("open", vec![&a, &b]), ("done", vec![&a]), ("closed", vec![&a]), ("pending", vec![])] {
            ticket(app, &brand, status, &tags).await;
        }
        ticket(app, &brand, "open", &[&b]).await;
        app.delete(&format!("{brand}/tickets/DT-1005")).await.ok();
        assert_eq!(counts(app, &brand).await, ["A=3/1", "b=1/1", "c=0/0"]);
        let stats = app.get(&format!("{brand}/tags/stats")).await.ok();
        assert_eq!(stats[0], json!({ "tagId": a["id"], "tagName": "A", "color": "#6b7280", "count": 3, "activeCount": 1 }));
    }
}
