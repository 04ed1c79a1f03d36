use dispatch_testkit::both;
use serde_json::json;

use crate::api::given::{path, text};

both! {
    async fn a_ticket_is_found_by_id_and_by_number_in_any_case(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        for name in [text(&ticket, "id"), "DT-1001", "dt-1001", "dT-1001"] {
            assert_eq!(app.get(&format!("{brand}/tickets/{name}")).await.ok(), ticket, "{name}");
        }
    }

    async fn anything_else_is_not_found(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let foreign = app.ticket(&other, json!({ "title": "T" })).await;
        let own = app.ticket(&brand, json!({ "title": "T" })).await;
        for name in [
            text(&foreign, "id"),
            "DT-1002",
            "XX-1001",
            "DT-01001",
            "1001",
            "DT1001",
            "-1001",
            "tkt_nothing",
            "DT-99999999999999999999",
            "DT-1001%00",
            "a%00b",
            "%20DT-1001",
            "DT-1001%FF",
            "%E2%82%AC",
        ] {
            app.get(&format!("{brand}/tickets/{name}")).await.refused(404, "not_found");
        }
        app.get(&format!("/brands/br_nothing/tickets/{}", text(&own, "id"))).await.refused(404, "not_found");
        app.get(&format!("/brands/a%00b/tickets/{}", text(&own, "id"))).await.refused(404, "not_found");
    }

    async fn a_ticket_keeps_its_prefix_when_the_brand_changes_its_own(app) {
        let brand = app.brand("acme").await;
        let old = app.ticket(&brand, json!({ "title": "old" })).await;
        app.patch(&brand, json!({ "ticketPrefix": "help" })).await.ok();
        let new = app.ticket(&brand, json!({ "title": "new" })).await;
        assert_eq!(new["ticketNumber"], "HELP-1002");
        assert_eq!(app.get(&format!("{brand}/tickets/dt-1001")).await.ok(), old);
        assert_eq!(app.get(&format!("{brand}/tickets/help-1002")).await.ok(), new);
        for name in ["HELP-1001", "DT-1002"] {
            app.get(&format!("{brand}/tickets/{name}")).await.refused(404, "not_found");
        }
    }

    async fn a_single_ticket_has_its_whole_body(app) {
        let brand = app.brand("acme").await;
        let body = "é".repeat(500_000);
        let ticket = app.ticket(&brand, json!({ "title": "T", "body": body })).await;
        let found = app.get(&path(&brand, &ticket)).await.ok();
        assert_eq!((&found["body"], &found["bodyTruncated"]), (&json!(body), &json!(false)));
    }
}
