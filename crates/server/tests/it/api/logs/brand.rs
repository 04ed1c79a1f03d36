use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{all, events};
use crate::api::{given::path, id, key_for};

both! {
    async fn an_entry_is_the_event_as_who_did_what(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "Broken", "customerEmail": "jane@example.com" })).await;
        app.patch(&path(&brand, &ticket), json!({ "priority": "high" })).await.ok();
        app.post(&format!("{}/comments", path(&brand, &ticket)), json!({ "body": "B" })).await.created();
        let category = app.post(&format!("{brand}/categories"), json!({ "name": "Billing" })).await.created();
        let entries = all(app, &format!("{brand}/logs?order=asc")).await;
        let log = app.events(&brand).await;
        assert_eq!(entries.len(), log.len());
        for (entry, event) in entries.iter().zip(&log) {
            for name in ["id", "sequence", "brandId", "entityType", "entityId", "ticketId", "changes", "source", "createdAt"] {
                assert_eq!(entry[name], event[name], "{name}");
            }
            assert_eq!((&entry["event"], &entry["performedBy"]), (&event["type"], &event["actor"]));
            assert_eq!(entry.as_object().unwrap().len(), 12);
        }
        let metadata: Vec<&Value> = entries.iter().map(|entry| &entry["metadata"]).collect();
        let of_ticket = json!({ "ticketNumber": "DT-1001", "title": "Broken" });
        let named = |name: &str| json!({ "name": name });
        assert_eq!(metadata[..2], [&named("acme"), &named("jane@example.com")]);
        assert_eq!(metadata[2..4], [&of_ticket, &of_ticket]);
        assert_eq!(metadata[4], &json!({ "ticketNumber": "DT-1001", "title": "Broken" }));
        assert_eq!(metadata[5], &named("Billing"));
        app.delete(&format!("{brand}/categories/{}", id(&category))).await.with(204);
        let last = &all(app, &format!("{brand}/logs?event=category.deleted")).await[0];
        let expected = json!({ "replacementCategoryId": null, "ticketCount": 0, "name": "Billing" });
        assert_eq!(last["metadata"], expected);
    }

    async fn the_newest_come_first_and_pages_hold_each_once_while_the_log_grows(app) {
        let brand = app.brand("acme").await;
        for number in 0..7 {
            app.ticket(&brand, json!({ "title": number.to_string() })).await;
        }
        for order in ["", "asc", "desc"] {
            let list = format!("{brand}/logs?limit=3&order={order}&event=ticket.created");
            let expected: Vec<String> =
                events(app, &format!("{brand}/logs?limit=100&event=ticket.created")).await;
            let (mut titles, mut next) = (Vec::new(), list.clone());
            loop {
                let page = app.get(&next).await.ok();
                let data = page["data"].as_array().unwrap();
                titles.extend(data.iter().map(|entry| entry["metadata"]["title"].as_str().unwrap().to_owned()));
                if order != "asc" {
                    app.ticket(&brand, json!({ "title": "new" })).await;
                }
                let Some(cursor) = page["pagination"]["nextCursor"].as_str() else { break };
                next = format!("{list}&cursor={cursor}");
            }
            assert_eq!(titles.len(), expected.len());
            titles.retain(|title| title != "new");
            if order != "asc" {
                titles.reverse();
            }
            assert_eq!(titles, ["0", "1", "2", "3", "4", "5", "6"], "{order}");
        }
    }

    async fn support_does_not_read_it_and_another_brand_has_its_own(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        app.ticket(&acme, json!({ "title": "T" })).await;
        assert_eq!(events(app, &format!("{other}/logs")).await, ["brand.created"]);
        for list in ["logs", "logs.csv"] {
            let support = key_for(app, &acme, "support").await;
            app.call(&support, "GET", &format!("{acme}/{list}"), Value::Null).await.refused(403, "forbidden");
            let reader = key_for(app, &acme, "read").await;
            assert_eq!(app.call(&reader, "GET", &format!("{acme}/{list}"), Value::Null).await.status, 200);
            let foreign = key_for(app, &other, "full").await;
            app.call(&foreign, "GET", &format!("{acme}/{list}"), Value::Null).await.refused(404, "not_found");
        }
    }
}
