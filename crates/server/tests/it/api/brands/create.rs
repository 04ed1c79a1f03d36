use dispatch_testkit::both;
use serde_json::json;

both! {
    async fn a_new_brand_has_the_four_system_statuses_and_defaults(app) {
        let brand = app.post("/brands", json!({ "name": " Acme Support ", "slug": "acme" })).await.created();
        assert!(brand["id"].as_str().unwrap().starts_with("br_"));
        assert_eq!(brand["name"], "Acme Support");
        assert_eq!(brand["ticketPrefix"], "DT");
        assert_eq!(brand["nextTicketNumber"], 1001);
        assert_eq!(brand["inboundAddress"], "acme@mail.example");
        let path = format!("/brands/{}", brand["id"].as_str().unwrap());
        let statuses = app.get(&format!("{path}/statuses")).await.ok();
        let keys: Vec<&str> = statuses.as_array().unwrap().iter().map(|status| status["key"].as_str().unwrap()).collect();
        assert_eq!(keys, ["open", "pending", "resolved", "closed"]);
        let events = app.events(&path).await;
        assert_eq!(events.len(), 1);
        assert_eq!(events[0]["type"], "brand.created");
        assert_eq!(events[0]["data"]["brand"], brand);
    }
}
