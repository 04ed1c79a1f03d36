use dispatch_testkit::{Receiver, both};
use serde_json::{Value, json};

use super::{ticket, webhook};
use crate::api::{each, id};

both! {
    async fn deliveries_are_listed_newest_first_in_parts(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        for count in 0..7 {
            ticket(app, &brand, &format!("{count}")).await;
        }
        app.drain().await;
        let (mut titles, mut cursor) = (Vec::new(), String::new());
        loop {
            let part = app.get(&format!("{hook}/deliveries?limit=3&cursor={cursor}")).await;
            cursor = part.header("x-next-cursor").to_owned();
            let part = part.ok();
            titles.extend(part.as_array().unwrap().iter().map(|one| one["payload"]["data"]["title"].clone()));
            if cursor.is_empty() {
                break;
            }
        }
        assert_eq!(titles, ["6", "5", "4", "3", "2", "1", "0"]);
        for (query, field) in [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("status=DONE", "status"),
            ("event=ticket.crated", "event"),
            ("cursor=00", "cursor"),
            ("typo=1", "typo"),
        ] {
            assert_eq!(app.get(&format!("{hook}/deliveries?{query}")).await.invalid(), [field], "{query}");
        }
        let other = app.get(&format!("{hook}/deliveries?limit=3")).await.header("x-next-cursor").to_owned();
        let elsewhere = format!("{hook}/deliveries?limit=3&status=SUCCESS&cursor={other}");
        assert_eq!(app.get(&elsewhere).await.invalid(), ["cursor"], "a cursor of another list");
    }

    async fn filters_find_what_they_say(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["*"]).await;
        ticket(app, &brand, "Taken").await;
        app.drain().await;
        receiver.answers(500, "");
        app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "title": "Refused" })).await.ok();
        app.drain().await;
        app.post(&format!("{hook}/test"), Value::Null).await.ok();
        app.post(&format!("{brand}/tickets/DT-1001/comments"), json!({ "body": "Waits" })).await.created();
        app.worker().consume_only().await.unwrap();
        let found = async |query: &str| {
            let found = app.get(&format!("{hook}/deliveries?{query}")).await.ok();
            let mut kinds: Vec<String> = each(&found, "event").into_iter().map(str::to_owned).collect();
            kinds.sort_unstable();
            kinds
        };
        assert_eq!(found("status=SUCCESS").await, ["customer.created", "ticket.created"]);
        assert_eq!(found("status=RETRYING").await, ["ticket.updated"]);
        assert_eq!(found("status=FAILED").await, ["webhook.ping"]);
        assert_eq!(found("status=PENDING").await, ["comment.created"]);
        assert_eq!(found("event=ticket.*,webhook.ping").await, ["ticket.created", "ticket.updated", "webhook.ping"]);
        assert_eq!(found("event=ticket.comment.created").await, ["comment.created"]);
        assert_eq!(found("event=*").await.len(), 5);
        assert_eq!(found("event=ticket.*&status=SUCCESS").await, ["ticket.created"]);
        assert_eq!(found("event=company.created").await, [""; 0]);
    }

    async fn a_delivery_is_found_under_its_own_webhook_alone(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let hook = webhook(app, &brand, &receiver, &["ticket.created"]).await;
        let other = webhook(app, &brand, &receiver, &["ticket.merged"]).await;
        ticket(app, &brand, "One").await;
        app.drain().await;
        let delivery = super::super::only_delivery(app, &hook).await;
        app.get(&format!("{other}/deliveries/{}", id(&delivery))).await.refused(404, "not_found");
        app.post(&format!("{other}/deliveries/{}/retry", id(&delivery)), Value::Null).await.refused(404, "not_found");
    }
}
