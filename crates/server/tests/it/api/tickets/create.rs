use dispatch_testkit::both;
use serde_json::json;

both! {
    async fn an_unknown_email_creates_the_customer_and_a_known_one_links_it(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "title": "Billing question", "customerEmail": "Jane@Example.com ", "customerName": "Jane Doe" });
        let first = app.ticket(&brand, body.clone()).await;
        assert_eq!(first["ticketNumber"], "DT-1001");
        assert_eq!(first["status"], "open");
        assert_eq!(first["customer"]["email"], "jane@example.com");
        let second = app.ticket(&brand, body).await;
        assert_eq!(second["ticketNumber"], "DT-1002");
        assert_eq!(second["customerId"], first["customerId"]);
        let kinds: Vec<_> = app.events(&brand).await.iter().map(|event| event["type"].clone()).collect();
        assert_eq!(kinds, ["brand.created", "customer.created", "ticket.created", "ticket.created"]);
        assert!(app.problems(&brand).await.is_empty());
    }
}
