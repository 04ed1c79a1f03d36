//! A page examines a bounded stretch of the log, however rare what is asked for is.

use dispatch_model::{
    BrandId, JsonText,
    event::{Act, Actor, NewEvent},
};
use dispatch_store::{Lane, Result};
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::all;

/// Writes so many `customer.updated` events, about 1, 2, 3 and so on.
pub async fn fill(app: &TestApp, brand: &str, count: i64) {
    let seams = app.app.seams();
    let act = Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    let done: Result<()> = app
        .db
        .write(Lane::Brand(brand.clone()), "test.fill", move |tx| {
            let (act, brand) = (act.clone(), brand.clone());
            Box::pin(async move {
                for number in 1..=count {
                    let data = JsonText::empty_object();
                    let entity_id = number.to_string();
                    let event = NewEvent { kind: "customer.updated", entity_id, ticket_id: None, changes: None, data };
                    tx.record(&act, &brand, event);
                }
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

both! {
    async fn what_is_rare_is_found_behind_pages_that_hold_nothing(app) {
        let brand = app.brand("acme").await;
        fill(app, &brand, 20_100).await;
        app.post(&format!("{brand}/tags"), json!({ "name": "Last" })).await.created();
        // Newest first: the creation of the brand lies behind the first stretch.
        for query in ["event=brand.created", "event=brand.created&performerType=api", "performerId=none"] {
            let first = app.get(&format!("{brand}/logs?{query}")).await.ok();
            assert_eq!(first["data"], json!([]), "{query}");
            assert_eq!(first["pagination"]["hasMore"], true, "{query}");
            let cursor = first["pagination"]["nextCursor"].as_str().unwrap();
            let second = app.get(&format!("{brand}/logs?{query}&cursor={cursor}")).await.ok();
            let found = usize::from(query.contains("event"));
            assert_eq!(second["data"].as_array().unwrap().len(), found, "{query}");
            assert_eq!(second["pagination"]["nextCursor"], Value::Null, "{query}");
        }
        let oldest_first = all(app, &format!("{brand}/logs?order=asc&event=tag.created")).await;
        assert_eq!(oldest_first.len(), 1);
        let file = app.get(&format!("{brand}/logs.csv?event=brand.created")).await.text;
        assert_eq!(file.lines().count(), 2, "the file holds it");
        // A ticket's own entries are found by their index, however far away.
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        fill(app, &brand, 20_100).await;
        let logs = app.get(&format!("{brand}/logs?entityId={}", ticket["id"].as_str().unwrap())).await.ok();
        assert_eq!((logs["data"].as_array().unwrap().len(), &logs["pagination"]["hasMore"]), (1, &json!(false)));
    }
}
