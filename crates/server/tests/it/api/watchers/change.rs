use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::given::{events_after, kinds, member, path, position, text};

both! {
    async fn a_watcher_is_named_by_its_id_its_member_or_its_address(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "watchers": [{ "memberId": ana }] })).await;
        let watchers = format!("{}/watchers", path(&brand, &ticket));
        let id = text(&app.get(&watchers).await.ok()[0], "id").to_owned();
        for (name, value) in [(id.as_str(), false), (&ana, true), ("ANA@acme.example", false)] {
            let patched = app.patch(&format!("{watchers}/{name}"), json!({ "notifyOnComment": value })).await.ok();
            assert_eq!((&patched["id"], &patched["notifyOnComment"]), (&json!(id), &json!(value)), "{name}");
            assert_eq!(app.get(&watchers).await.ok(), json!([patched]));
        }
        for name in ["wat_none", "usr_none", "bo@acme.example"] {
            app.patch(&format!("{watchers}/{name}"), json!({})).await.refused(404, "not_found");
            app.delete(&format!("{watchers}/{name}")).await.refused(404, "not_found");
        }
    }

    async fn each_switch_stands_alone_and_leaves_no_event(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "watchers": [{ "email": "w@x.example" }] })).await;
        let watcher = format!("{}/watchers/w@x.example", path(&brand, &ticket));
        let seen = position(app, &brand).await;
        for (patch, shown) in [
            (json!({}), [true, true]),
            (json!({ "notifyOnComment": false }), [false, true]),
            (json!({ "notifyOnStatusChange": false }), [false, false]),
            (json!({ "notifyOnComment": true, "notifyOnStatusChange": true }), [true, true]),
        ] {
            let patched = app.patch(&watcher, patch.clone()).await.ok();
            assert_eq!(json!([patched["notifyOnComment"], patched["notifyOnStatusChange"]]), json!(shown), "{patch}");
        }
        for field in ["notifyOnComment", "notifyOnStatusChange"] {
            assert_eq!(app.patch(&watcher, json!({ (field): null })).await.invalid(), [field]);
        }
        assert_eq!(position(app, &brand).await, seen);
    }

    async fn a_removed_watcher_is_gone_and_told(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "watchers": [{ "email": "w@x.example" }] })).await;
        let watchers = format!("{}/watchers", path(&brand, &ticket));
        let known = app.get(&watchers).await.ok()[0].clone();
        let seen = position(app, &brand).await;
        let removed = app.delete(&format!("{watchers}/{}", text(&known, "id"))).await;
        assert_eq!((removed.status.as_u16(), removed.json()), (204, Value::Null));
        assert_eq!(app.get(&watchers).await.ok(), json!([]));
        app.delete(&format!("{watchers}/w@x.example")).await.refused(404, "not_found");
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["watcher.removed"]);
        assert_eq!(events[0]["data"]["watcher"], known);
        let again = app.post(&watchers, json!({ "email": "w@x.example" })).await.created();
        assert_ne!(again["id"], known["id"]);
    }

    async fn watchers_of_a_deleted_ticket_are_not_found(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "watchers": [{ "email": "w@x.example" }] })).await;
        let one = path(&brand, &ticket);
        let other = path(&brand, &app.ticket(&brand, json!({ "title": "U" })).await);
        app.patch(&format!("{other}/watchers/w@x.example"), json!({})).await.refused(404, "not_found");
        app.delete(&one).await.ok();
        app.get(&format!("{one}/watchers")).await.refused(404, "not_found");
        app.post(&format!("{one}/watchers"), json!({ "email": "x@x.example" })).await.refused(404, "not_found");
        app.patch(&format!("{one}/watchers/w@x.example"), json!({})).await.refused(404, "not_found");
        app.delete(&format!("{one}/watchers/w@x.example")).await.refused(404, "not_found");
    }
}
