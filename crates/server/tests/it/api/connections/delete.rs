use dispatch_testkit::{Receiver, both};
use serde_json::json;

use super::{connection, to_crm};
use crate::api::{given::ask, last_event};

both! {
    async fn a_deleted_connection_is_gone_and_told(app) {
        let brand = app.brand("acme").await;
        let path = connection(app, &brand, to_crm(&Receiver::start().await)).await;
        let shown = app.get(&path).await.ok();
        app.delete(&path).await.with(204);
        app.get(&path).await.refused(404, "not_found");
        app.delete(&path).await.refused(404, "not_found");
        assert_eq!(app.get(&format!("{brand}/connections")).await.ok(), json!([]));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["connection"]), (&json!("connection.deleted"), &shown));
    }

    async fn the_secrets_of_a_brand_go_with_it(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        for brand in [&brand, &other] {
            connection(app, brand, to_crm(&Receiver::start().await)).await;
        }
        app.delete(&format!("{brand}?confirm=true")).await.ok();
        assert_eq!(ask(app, "SELECT secrets FROM connection".to_owned()).await.len(), 1);
    }
}
