//! Watchers that a new ticket has from the start.

use dispatch_testkit::both;
use serde_json::json;

use crate::api::given::{each, kinds, member, path, position};

both! {
    async fn a_new_ticket_has_its_watchers(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "watchers": [
            { "memberId": ana }, { "email": "w@x.example", "name": "W", "notifyOnStatusChange": false },
            { "email": "Ana@acme.example" }, { "email": "W@x.example" },
        ] })).await;
        let watchers = app.get(&format!("{}/watchers", path(&brand, &ticket))).await.ok();
        let mut emails = each(&watchers, "email");
        emails.sort_unstable();
        assert_eq!(emails, ["ana@acme.example", "w@x.example"], "each once");
        let w = watchers.as_array().unwrap().iter().find(|watcher| watcher["email"] == "w@x.example").unwrap();
        assert_eq!((&w["name"], &w["notifyOnStatusChange"]), (&json!("W"), &json!(false)));
        let events = app.events(&brand).await;
        assert_eq!(kinds(&events[1..]), ["ticket.created", "watcher.added", "watcher.added"]);
    }

    async fn all_that_is_wrong_with_them_is_told(app) {
        let brand = app.brand("acme").await;
        let seen = position(app, &brand).await;
        let body = json!({ "title": "T", "categoryId": "none", "watchers": [
            { "email": "w@x.example" }, { "memberId": "usr_none" }, {}, { "name": "x" },
        ] });
        let refused = app.post(&format!("{brand}/tickets"), body).await.invalid();
        assert_eq!(refused, ["categoryId", "watchers[1].memberId", "watchers[2].email", "watchers[3].email"]);
        let shape = json!({ "title": "", "watchers": [{ "email": 1, "notifyOnComment": "yes" }, "w@x.example"] });
        let mut refused = app.post(&format!("{brand}/tickets"), shape).await.invalid();
        refused.sort();
        assert_eq!(refused, ["title", "watchers[0].email", "watchers[0].notifyOnComment", "watchers[1]"]);
        assert_eq!(position(app, &brand).await, seen);
    }
}
