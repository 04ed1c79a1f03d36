//! The log keeps the bodies of its events packed.

use dispatch_model::{BrandId, JsonText, event::Event};
use dispatch_store::{Dialect, Error, Lane, Result, log};
use dispatch_testkit::{TestApp, both};
use serde_json::json;

use super::given::{ask, execute, id};

async fn read(app: &TestApp, brand: &BrandId) -> Result<Vec<Event>> {
    let own = brand.clone();
    app.db
        .read("test.log", move |tx| {
            let own = own.clone();
            Box::pin(async move { log::after(tx, &own, None, 0, 100).await })
        })
        .await
}

both! {
    async fn what_an_event_is_searched_by_stands_beside_its_body(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        let who = ask(&app.db, "SELECT actor_type || ' ' || substr(actor_id, 1, 4) FROM event WHERE type = 'ticket.created'").await;
        assert_eq!(who, ["api key_"]);
        let event = app.events(&brand).await.remove(1);
        assert_eq!((&event["actor"]["name"], &event["data"]["title"]), (&json!("Test key"), &json!("One")));
        let packed = match app.db.dialect() {
            Dialect::Sqlite => "SELECT hex(substr(body, 1, 4)) FROM event WHERE type = 'ticket.created'",
            Dialect::Postgres => "SELECT upper(encode(substr(body, 1, 4), 'hex')) FROM event WHERE type = 'ticket.created'",
        };
        assert_eq!(ask(&app.db, packed).await, ["28B52FFD"], "a frame of zstd");
    }

    async fn the_body_of_an_event_can_be_written_anew_and_nothing_else_of_it_changes(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "Secret" })).await;
        app.ticket(&brand, json!({ "title": "Other" })).await;
        let before = app.events(&brand).await;
        let mut event = read(app, &id(&brand)).await.unwrap().remove(1);
        event.data = JsonText::of(&json!({ "title": "[erased]" }));
        event.changes = Some(JsonText::empty_object());
        let own = id(&brand);
        let written: Result<()> = app
            .db
            .write(Lane::Brand(own.clone()), "test.rewrite", move |tx| {
                let (own, event) = (own.clone(), event.clone());
                Box::pin(async move { log::rewrite_body(tx, &own, &event).await })
            })
            .await;
        written.unwrap();
        let mut expected = before.clone();
        expected[1]["data"] = json!({ "title": "[erased]" });
        expected[1]["changes"] = json!({});
        assert_eq!(app.events(&brand).await, expected);
    }

    async fn an_event_that_cannot_be_read_is_a_bug_that_says_which(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "One" })).await;
        execute(&app.db, "UPDATE event SET body = substr(body, 1, 20) WHERE sequence = 2").await.unwrap();
        let own = id(&brand);
        let found = read(app, &own).await;
        let named = matches!(&found, Err(Error::Bug(why)) if why.starts_with(&format!("event 2 of brand {own} cannot be read")));
        assert!(named, "{found:?}");
        assert_eq!(app.problems(&brand).await.len(), 1);
    }
}
