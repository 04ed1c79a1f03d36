use dispatch_testkit::{Receiver, both};
use serde_json::{Value, json};

use super::{deliveries, webhook};
use crate::api::{event_types, id};

both! {
    async fn a_test_call_is_made_at_once_also_while_the_webhook_is_disabled(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        app.patch(&hook, json!({ "enabled": false })).await.ok();
        let before = event_types(app, &brand).await;
        let tested = app.post(&format!("{hook}/test"), Value::Null).await.ok();
        assert_eq!((&tested["status"], &tested["isTest"], &tested["attempts"]), (&json!("SUCCESS"), &json!(true), &json!(1)));
        assert_eq!((&tested["event"], &tested["responseBody"]), (&json!("webhook.ping"), &json!("OK")));
        let call = receiver.take().remove(0);
        assert_eq!((call.header("x-dispatch-event"), call.header("webhook-id")), ("webhook.ping", tested["eventId"].as_str().unwrap()));
        assert_eq!(call.json(), tested["payload"]);
        assert!(call.json()["data"]["message"].is_string());
        assert_eq!(event_types(app, &brand).await, before, "it is not in the log");
        assert_eq!(deliveries(app, &hook).await, [tested]);
        app.drain().await;
        assert_eq!(receiver.count(), 0);
    }

    async fn a_test_call_that_fails_is_not_made_again(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        receiver.answers(500, "no");
        let tested = app.post(&format!("{hook}/test"), Value::Null).await.ok();
        assert_eq!((&tested["status"], &tested["nextAttempt"]), (&json!("FAILED"), &Value::Null));
        receiver.take();
        app.advance_ms(86_400_000);
        app.drain().await;
        assert_eq!(receiver.count(), 0);
        // Unless somebody asks for it.
        receiver.answers(200, "");
        app.post(&format!("{hook}/deliveries/{}/retry", id(&tested)), Value::Null).await.ok();
        app.drain().await;
        assert_eq!(receiver.take()[0].json(), tested["payload"]);
        assert_eq!(deliveries(app, &hook).await[0]["status"], "SUCCESS");
    }

    async fn a_test_call_whose_server_stopped_has_failed(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        app.post(&format!("{hook}/test"), Value::Null).await.ok();
        let under_way = "UPDATE delivery SET status = 'PENDING', claimed = TRUE, due_at = created_at + 30000".to_owned();
        crate::api::given::execute(app, under_way).await;
        crate::api::given::execute(app, "UPDATE webhook SET next_due = created_at + 30000".to_owned()).await;
        receiver.take();
        app.advance_ms(30_000);
        app.drain().await;
        assert_eq!(receiver.count(), 0);
        let delivery = deliveries(app, &hook).await.remove(0);
        assert_eq!((&delivery["status"], &delivery["error"]), (&json!("FAILED"), &json!("the server stopped during the attempt")));
    }
}
