use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    given::{each, events_after, kinds, member, path, position},
    labels::{ask, category, tag},
};

/// A brand with tickets DT-1001 to DT-1003.
async fn given(app: &TestApp) -> String {
    let brand = app.brand("acme").await;
    for title in ["1", "2", "3"] {
        app.ticket(&brand, json!({ "title": title, "customerEmail": "jane@x.example", "tags": ["old"] })).await;
    }
    brand
}

async fn bulk(app: &TestApp, brand: &str, body: Value) -> Value {
    app.post(&format!("{brand}/tickets/bulk"), body).await.ok()
}

fn done(id: &str) -> Value {
    json!({ "id": id, "ok": true, "code": null, "message": null })
}

both! {
    async fn every_action_does_what_the_single_call_does(app) {
        let brand = given(app).await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let (billing, new) = (category(app, &brand, "Billing").await, tag(app, &brand, "new").await);
        let old = ask(app, "SELECT id FROM tag WHERE name = 'old'").await.remove(0);
        for (action, more, changed, events) in [
            ("resolve", json!({}), json!({ "status": "resolved" }), vec!["ticket.updated"]),
            ("close", json!({ "closeReason": "no_response" }), json!({ "status": "closed", "closeReason": "no_response" }),
                vec!["ticket.updated", "ticket.closed"]),
            ("close", json!({ "closeReason": null }), json!({ "status": "closed", "closeReason": null }),
                vec!["ticket.updated", "ticket.closed"]),
            ("setStatus", json!({ "status": "sts_pending" }), json!({ "status": "pending" }), vec!["ticket.updated"]),
            ("setPriority", json!({ "priority": "urgent" }), json!({ "priority": "urgent" }), vec!["ticket.updated"]),
            ("assign", json!({ "assigneeId": ana }), json!({ "assigneeId": ana, "assigneeEmail": "ana@acme.example" }),
                vec!["ticket.updated"]),
            ("assign", json!({ "assigneeEmail": "Team@x.example" }),
                json!({ "assigneeId": null, "assigneeEmail": "team@x.example" }), vec!["ticket.updated"]),
            ("setCategory", json!({ "categoryId": "billing" }), json!({ "categoryId": billing }), vec!["ticket.updated"]),
            ("setTags", json!({ "tags": ["NEW"] }), json!({ "tagIds": [new] }), vec!["ticket.updated"]),
            ("setTags", json!({ "tags": [] }), json!({ "tagIds": [] }), vec!["ticket.updated"]),
            ("addTags", json!({ "tagIds": [new] }), json!({ "tagIds": [new, old] }), vec!["ticket.updated"]),
            ("removeTags", json!({ "tags": ["Old"] }), json!({ "tagIds": [] }), vec!["ticket.updated"]),
            ("spam", json!({}), json!({ "isSpam": true }), vec!["customer.updated", "ticket.spam_marked"]),
        ] {
            let ticket = app
                .ticket(&brand, json!({ "title": "T", "customerEmail": "eve@x.example", "tags": ["old"] }))
                .await;
            let seen = position(app, &brand).await;
            let mut body = json!({ "action": action, "ticketIds": [ticket["id"]] });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let report = bulk(app, &brand, body).await;
            let results = [done(ticket["id"].as_str().unwrap())];
            assert_eq!(report, json!({ "success": true, "count": 1, "failed": 0, "results": results }), "{action}");
            let shown = app.get(&path(&brand, &ticket)).await.ok();
            for (field, value) in changed.as_object().unwrap() {
                assert_eq!(shown[field], *value, "{action} {field}");
            }
            assert_eq!(kinds(&events_after(app, &brand, seen).await), events, "{action}");
            let told = app.get(&format!("{}/comments?authorType=SYSTEM", path(&brand, &ticket))).await.ok();
            for comment in told.as_array().unwrap() {
                assert_eq!(comment["metadata"]["trigger"], "bulk", "{action}");
            }
            let is_told = changed.get("status").is_some() || changed.get("assigneeEmail").is_some();
            assert_eq!(told.as_array().unwrap().len(), usize::from(is_told), "{action}");
            if action == "spam" {
                let body = json!({ "action": "notSpam", "ticketIds": [ticket["id"]] });
                assert_eq!(bulk(app, &brand, body).await["count"], 1);
                assert_eq!(app.get(&path(&brand, &ticket)).await.ok()["customer"]["isBlocked"], false);
            }
        }
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn null_clears_the_assignee_and_the_category(app) {
        let brand = app.brand("acme").await;
        category(app, &brand, "Billing").await;
        let new = json!({ "title": "T", "assigneeEmail": "team@x.example", "categoryId": "billing" });
        let ticket = app.ticket(&brand, new).await;
        for (action, field) in [("assign", "assigneeEmail"), ("setCategory", "categoryId")] {
            assert!(!ticket[field].is_null());
            let body = json!({ "action": action, "ticketIds": ["DT-1001"], (field): null });
            assert_eq!(bulk(app, &brand, body).await["count"], 1);
            assert_eq!(app.get(&path(&brand, &ticket)).await.ok()[field], Value::Null, "{action}");
        }
    }

    async fn deleted_tickets_are_gone(app) {
        let brand = given(app).await;
        let ids = ask(app, "SELECT id FROM ticket ORDER BY number").await;
        let report = bulk(app, &brand, json!({ "action": "delete", "ticketIds": ["dt-1001", "DT-1003"] })).await;
        assert_eq!(report["results"], json!([done(&ids[0]), done(&ids[2])]), "the ids, whatever was asked with");
        assert_eq!(each(&app.get(&format!("{brand}/tickets")).await.ok()["data"], "title"), ["2"]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn each_ticket_counts_once_and_what_is_not_there_is_told(app) {
        let (brand, other) = (given(app).await, app.brand("other").await);
        let foreign = app.ticket(&other, json!({ "title": "F" })).await;
        let first = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        app.delete(&format!("{brand}/tickets/DT-1002")).await.ok();
        let seen = position(app, &brand).await;
        let ids = json!(["DT-1001", first["id"], "dt-1001", "DT-1002", "tkt_none", "tkt_none", foreign["id"], "DT-1003"]);
        let report = bulk(app, &brand, json!({ "action": "close", "ticketIds": ids })).await;
        assert_eq!((&report["success"], &report["count"], &report["failed"]), (&json!(false), &json!(2), &json!(3)));
        let last = app.get(&format!("{brand}/tickets/DT-1003")).await.ok();
        let expected = json!([first["id"], "DT-1002", "tkt_none", foreign["id"], last["id"]]);
        assert_eq!(json!(each(&report["results"], "id")), expected, "the ids of those that there are");
        for at in [1, 2, 3] {
            let result = &report["results"][at];
            assert_eq!((&result["ok"], &result["code"]), (&json!(false), &json!("not_found")));
            assert!(result["message"].as_str().is_some_and(|message| message.ends_with('.')), "{result}");
        }
        let expected = ["ticket.updated", "ticket.closed", "ticket.updated", "ticket.closed"];
        assert_eq!(kinds(&events_after(app, &brand, seen).await), expected);
        assert_eq!(app.get(&path(&other, &foreign)).await.ok()["status"], "open");
    }

    async fn what_one_ticket_refuses_does_not_hold_up_the_others(app) {
        let brand = given(app).await;
        let names: Vec<String> = (0..50).map(|number| format!("t{number}")).collect();
        app.patch(&format!("{brand}/tickets/DT-1002"), json!({ "tags": names })).await.ok();
        let body = json!({ "action": "addTags", "ticketIds": ["DT-1001", "DT-1002", "DT-1003"], "tags": ["more"] });
        let report = bulk(app, &brand, body).await;
        assert_eq!((&report["count"], &report["failed"]), (&json!(2), &json!(1)));
        assert_eq!(report["results"][1]["code"], "validation_error");
        assert_eq!(report["results"][1]["message"], "addTagIds a ticket has at most 50 tags.");
        assert_eq!(each(&app.get(&format!("{brand}/tickets/DT-1003")).await.ok()["tags"], "name"), ["more", "old"]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_bad_field_of_the_action_is_refused_and_nothing_is_done(app) {
        let (brand, other) = (given(app).await, app.brand("other").await);
        member(app, "bo@acme.example", "Bo", &[&other]).await;
        let seen = position(app, &brand).await;
        for (action, more, field) in [
            ("setStatus", json!({}), "status"),
            ("setStatus", json!({ "status": null }), "status"),
            ("setStatus", json!({ "status": "none" }), "status"),
            ("setPriority", json!({}), "priority"),
            ("setPriority", json!({ "priority": "highest" }), "priority"),
            ("assign", json!({}), "assigneeId"),
            ("assign", json!({ "assigneeId": "usr_none" }), "assigneeId"),
            ("assign", json!({ "assigneeEmail": "bo@acme.example" }), "assigneeEmail"),
            ("setCategory", json!({}), "categoryId"),
            ("setCategory", json!({ "categoryId": "none" }), "categoryId"),
            ("setTags", json!({}), "tags"),
            ("setTags", json!({ "tags": ["new"], "tagIds": ["tag_none"] }), "tagIds[0]"),
            ("addTags", json!({}), "tags"),
            ("addTags", json!({ "tags": vec!["x"; 51] }), "tags"),
            ("removeTags", json!({ "tags": ["never"] }), "tags"),
            ("close", json!({ "closeReason": "bored" }), "closeReason"),
            ("explode", json!({}), "action"),
        ] {
            let mut body = json!({ "action": action, "ticketIds": ["DT-1001", "DT-1002"] });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let refused = app.post(&format!("{brand}/tickets/bulk"), body).await.invalid();
            assert_eq!(refused, [field], "{action} {more}");
        }
        let many: Vec<String> = (0..501).map(|number| format!("DT-{number}")).collect();
        for bad in [json!([]), Value::Null, json!("DT-1001"), json!(many)] {
            let body = json!({ "action": "close", "ticketIds": bad });
            assert_eq!(app.post(&format!("{brand}/tickets/bulk"), body).await.invalid(), ["ticketIds"]);
        }
        let body = json!({ "action": "close", "ticketIds": ["DT-1001"] });
        app.post("/brands/br_none/tickets/bulk", body).await.refused(404, "not_found");
        assert_eq!(position(app, &brand).await, seen);
        assert_eq!(ask(app, "SELECT name FROM tag").await, ["old"]);
    }

    async fn new_tags_are_created_once_for_all(app) {
        let brand = given(app).await;
        let seen = position(app, &brand).await;
        let ids = ["DT-1001", "DT-1002", "DT-1003"];
        let body = json!({ "action": "setTags", "ticketIds": ids, "tags": ["new", "New", "old"] });
        assert_eq!(bulk(app, &brand, body).await["count"], 3);
        let expected = ["tag.created", "ticket.updated", "ticket.updated", "ticket.updated"];
        assert_eq!(kinds(&events_after(app, &brand, seen).await), expected);
        for id in ids {
            let shown = app.get(&format!("{brand}/tickets/{id}")).await.ok();
            assert_eq!(each(&shown["tags"], "name"), ["new", "old"], "{id}");
        }
    }

    async fn what_changes_nothing_is_done_without_an_event(app) {
        let brand = given(app).await;
        let seen = position(app, &brand).await;
        for body in [
            json!({ "action": "setPriority", "ticketIds": ["DT-1001"], "priority": "normal" }),
            json!({ "action": "notSpam", "ticketIds": ["DT-1001"] }),
            json!({ "action": "addTags", "ticketIds": ["DT-1001"], "tags": ["OLD"], "notify": false }),
        ] {
            assert_eq!(bulk(app, &brand, body).await["count"], 1);
        }
        assert_eq!(position(app, &brand).await, seen);
    }
}
