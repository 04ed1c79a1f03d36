//! What automations leave behind when they call.

use dispatch_desk::connections::{gave_up, note_use};
use dispatch_model::{
    BrandId, ConnectionId,
    event::{Act, Actor},
};
use dispatch_store::Lane;
use dispatch_testkit::{Receiver, TestApp, both};
use serde_json::{Value, json};

use super::{connection, to_crm};
use crate::api::last_event;

/// Notes a call; with `last` it was the last try.
async fn note(app: &TestApp, path: &str, error: Option<&'static str>, last: bool) {
    let parts: Vec<&str> = path.split('/').collect();
    let (brand, id) = (BrandId::from(parts[2]), ConnectionId::from(parts[4]));
    let seams = app.app.seams();
    let act = Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let done: dispatch_desk::Result<()> = app
        .db
        .write(Lane::Brand(brand.clone()), "test.note", move |tx| {
            let (act, brand, id) = (act.clone(), brand.clone(), id.clone());
            Box::pin(async move {
                note_use(tx, &brand, &id, error.is_none(), error, act.at).await?;
                if last { gave_up(tx, &act, &brand, &id).await } else { Ok(()) }
            })
        })
        .await;
    done.expect("a note");
}

both! {
    async fn a_call_is_noted_and_the_last_failure_is_an_event(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let path = connection(app, &brand, to_crm(&crm)).await;
        note(app, &path, None, false).await;
        let shown = app.get(&path).await.ok();
        assert_eq!((&shown["lastStatus"], &shown["lastError"], &shown["failureCount"]), (&json!("ok"), &Value::Null, &json!(0)));
        note(app, &path, Some("no answer"), false).await;
        assert_eq!(last_event(app, &brand).await["type"], "connection.created");
        note(app, &path, Some("no answer within 15s"), true).await;
        let shown = app.get(&path).await.ok();
        assert_eq!((&shown["lastStatus"], &shown["lastError"], &shown["failureCount"]), (&json!("error"), &json!("no answer within 15s"), &json!(2)));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["connection"]), (&json!("connection.failed"), &shown));
        assert_eq!(event["data"]["id"], shown["id"]);
        app.delete(&path).await.with(204);
        note(app, &path, Some("too late"), true).await;
        assert_eq!(last_event(app, &brand).await["type"], "connection.deleted");
    }
}
