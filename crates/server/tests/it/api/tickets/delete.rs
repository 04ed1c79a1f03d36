use dispatch_testkit::{START, both};
use serde_json::json;

use crate::api::given::{kinds, path, text};

both! {
    async fn a_deleted_ticket_vanishes_from_every_read_and_write(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "customerEmail": "jane@example.com" })).await;
        let kept = app.ticket(&brand, json!({ "title": "kept", "customerEmail": "jane@example.com" })).await;
        let one = path(&brand, &ticket);
        let comment = app.post(&format!("{one}/comments"), json!({ "body": "B" })).await.created();
        let deleted = app.delete(&one).await.ok();
        assert_eq!((&deleted["id"], &deleted["deletedAt"]), (&ticket["id"], &json!(START)));

        let comment = format!("/comments/{}", text(&comment, "id"));
        for name in [one.as_str(), &format!("{brand}/tickets/DT-1001")] {
            for below in ["", "/comments", &comment, "/activity"] {
                app.get(&format!("{name}{below}")).await.refused(404, "not_found");
            }
            app.patch(name, json!({ "title": "X" })).await.refused(404, "not_found");
            app.delete(name).await.refused(404, "not_found");
            app.post(&format!("{name}/comments"), json!({ "body": "B" })).await.refused(404, "not_found");
            app.patch(&format!("{name}{comment}"), json!({ "body": "X" })).await.refused(404, "not_found");
            app.delete(&format!("{name}{comment}")).await.refused(404, "not_found");
        }
        let list = app.get(&format!("{brand}/tickets")).await.ok();
        assert_eq!(list["data"], json!([kept]));
        assert_eq!(
            app.get(&format!("{brand}/tickets?status=open&customerEmail=jane@example.com")).await.ok()["data"],
            json!([kept])
        );
    }

    async fn counts_and_events_tell_of_the_deletion_and_the_number_is_not_used_again(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "customerEmail": "jane@example.com" })).await;
        app.post(&format!("{}/comments", path(&brand, &ticket)), json!({ "body": "B" })).await.created();
        let deleted = app.delete(&path(&brand, &ticket)).await.ok();
        let events = app.events(&brand).await;
        assert_eq!(kinds(&events[1..]), ["customer.created", "ticket.created", "comment.created", "ticket.deleted"]);
        assert_eq!(events[4]["data"]["ticket"], deleted);

        let stats = app.get(&format!("{brand}/statuses/stats")).await.ok();
        assert!(stats.as_array().unwrap().iter().all(|status| status["count"] == 0), "{stats}");
        let customer = app.get(&format!("{brand}/customers/{}", text(&ticket, "customerId"))).await.ok();
        assert_eq!(customer["ticketCount"], 0);
        assert_eq!(app.delete(&brand).await.ok()["ticketCount"], 0, "without confirm: only counted");
        assert_eq!(app.get("/accounts/me/usage").await.ok()["ticketsTotal"], 0);
        assert_eq!(app.ticket(&brand, json!({ "title": "next" })).await["ticketNumber"], "DT-1002");
        assert!(app.problems(&brand).await.is_empty());
    }
}
