use dispatch_testkit::{START, both};
use serde_json::{Value, json};

use crate::api::{
    given::{each, events_after, kinds, member, path, position},
    labels::execute,
};

both! {
    async fn an_address_watches_once(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let watchers = format!("{}/watchers", path(&brand, &ticket));
        let seen = position(app, &brand).await;
        let body = json!({ "email": " Jane@X.example", "name": "Jane", "notifyOnComment": false });
        let first = app.post(&watchers, body).await.created();
        let expected = json!({
            "id": first["id"], "ticketId": ticket["id"], "memberId": null, "email": "jane@x.example", "name": "Jane",
            "addedBy": "Test key", "addedAt": START, "notifyOnComment": false, "notifyOnStatusChange": true,
        });
        assert_eq!(first, expected);
        let again = app.post(&watchers, json!({ "email": "jane@x.example", "name": "Other" })).await;
        assert_eq!(again.ok(), first, "200 with the present one");
        assert_eq!(app.get(&watchers).await.ok(), json!([first]));
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["watcher.added"]);
        assert_eq!(events[0]["data"], json!({ "id": first["id"], "ticketId": ticket["id"], "watcher": first }));
        assert_eq!((&events[0]["entityId"], &events[0]["ticketId"]), (&first["id"], &ticket["id"]));
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok(), ticket, "the ticket itself does not change");
    }

    async fn an_address_of_a_member_is_the_member(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let ana = member(app, "ana@acme.example", "Ana Ito", &[&brand]).await;
        member(app, "bo@acme.example", "Bo", &[&other]).await;
        let watchers = format!("{}/watchers", path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await));
        let first = app.post(&watchers, json!({ "email": "Ana@acme.example", "name": "Somebody" })).await.created();
        assert_eq!((&first["memberId"], &first["name"]), (&json!(ana), &json!("Ana Ito")));
        for same in [json!({ "memberId": ana }), json!({ "memberId": ana, "email": "ana@acme.example" })] {
            assert_eq!(app.post(&watchers, same).await.ok(), first);
        }
        let outside = app.post(&watchers, json!({ "email": "bo@acme.example" })).await.created();
        assert_eq!((&outside["memberId"], &outside["name"]), (&Value::Null, &Value::Null), "who has no access is outside");
        assert_eq!(each(&app.get(&watchers).await.ok(), "email"), ["ana@acme.example", "bo@acme.example"]);
    }

    async fn who_cannot_watch_is_refused(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let ana = member(app, "ana@acme.example", "Ana", &[&brand]).await;
        let bo = member(app, "bo@acme.example", "Bo", &[&other]).await;
        let gone = member(app, "gone@acme.example", "Gone", &[&brand]).await;
        execute(app, &format!("UPDATE member SET status = 'removed' WHERE id = '{gone}'")).await;
        let watchers = format!("{}/watchers", path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await));
        let seen = position(app, &brand).await;
        for (body, field) in [
            (json!({}), "email"),
            (json!({ "name": "Jane" }), "email"),
            (json!({ "email": "jane" }), "email"),
            (json!({ "memberId": "usr_none" }), "memberId"),
            (json!({ "memberId": bo }), "memberId"),
            (json!({ "memberId": gone }), "memberId"),
            (json!({ "memberId": ana, "email": "bo@acme.example" }), "email"),
        ] {
            assert_eq!(app.post(&watchers, body.clone()).await.invalid(), [field], "{body}");
        }
        app.post(&format!("{brand}/tickets/DT-9/watchers"), json!({})).await.refused(404, "not_found");
        app.get(&format!("{brand}/tickets/DT-9/watchers")).await.refused(404, "not_found");
        assert_eq!(position(app, &brand).await, seen);
    }

    async fn a_ticket_has_at_most_100(app) {
        let brand = app.brand("acme").await;
        let all: Vec<Value> = (0..100).map(|number| json!({ "email": format!("w{number}@x.example") })).collect();
        let ticket = app.ticket(&brand, json!({ "title": "T", "watchers": all })).await;
        let watchers = format!("{}/watchers", path(&brand, &ticket));
        app.post(&watchers, json!({ "email": "one@more.example" })).await.refused(409, "conflict");
        app.post(&watchers, json!({ "email": "w7@x.example" })).await.ok();
        let removed = app.delete(&format!("{watchers}/w7@x.example")).await;
        assert_eq!((removed.status.as_u16(), removed.text.as_str()), (204, ""));
        app.post(&watchers, json!({ "email": "one@more.example" })).await.created();
        assert_eq!(app.get(&watchers).await.ok().as_array().unwrap().len(), 100);
    }

    async fn a_repeat_with_its_key_is_answered_with_201_again(app) {
        let brand = app.brand("acme").await;
        let watchers = format!("{}/watchers", path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await));
        let key = [("idempotency-key", "once")];
        let body = json!({ "email": "jane@x.example" });
        let first = app.call_with(&app.key, "POST", &watchers, body.clone(), &key).await;
        let again = app.call_with(&app.key, "POST", &watchers, body.clone(), &key).await;
        assert_eq!((again.header("idempotency-replayed"), again.status.as_u16()), ("true", 201));
        assert_eq!(again.text, first.text);
        let other = app.call_with(&app.key, "POST", &watchers, body, &[("idempotency-key", "two")]).await;
        assert_eq!(other.ok(), first.created());
    }
}
