//! A removed member: out at once, and their active tickets lose them in steps.

use dispatch_model::{Timestamp, member::Role};
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{log, own_id};
use crate::api::{auth_works, events_of, id};

/// A member with a session, and their id.
async fn ana(app: &TestApp, brands: &[&str]) -> (String, String) {
    let token = app.session(Role::Member, "ana@x.example", brands).await;
    let id = own_id(app, &token).await;
    (token, id)
}

/// Removes a member by the owner.
async fn remove(app: &TestApp, id: &str) -> Value {
    app.call(&app.owner().await, "DELETE", &format!("/members/{id}"), Value::Null).await.ok()
}

/// The stored assignees of a brand's tickets by number, `-` for none.
async fn rows(app: &TestApp) -> Vec<String> {
    let ask = "SELECT coalesce(assignee, '-') FROM ticket ORDER BY brand_id, number";
    let found: dispatch_store::Result<Vec<String>> =
        app.db.read("test.rows", move |tx| Box::pin(dispatch_store::inspect::ask(tx, ask))).await;
    found.unwrap()
}

both! {
    async fn their_sessions_end_at_once_and_nobody_finds_them(app) {
        let brand = app.brand("acme").await;
        let (token, id) = ana(app, &[&brand]).await;
        let gone = remove(app, &id).await;
        assert_eq!((&gone["id"], &gone["status"]), (&json!(id), &json!("removed")));
        assert!(!auth_works(app, &token).await);
        let members = app.get("/members").await.ok()["members"].clone();
        assert_eq!(crate::api::each(&members, "email"), ["owner@acme.example"]);
        assert_eq!(app.get(&format!("/members/{id}")).await.ok()["status"], "removed");
        let body = json!({ "title": "a", "assigneeId": id });
        assert_eq!(app.post(&format!("{brand}/tickets"), body).await.invalid(), ["assigneeId"]);
        let owner = app.owner().await;
        for (method, body) in [("DELETE", Value::Null), ("PATCH", json!({ "role": "admin" }))] {
            app.call(&owner, method, &format!("/members/{id}"), body).await.refused(409, "conflict");
        }
        assert_eq!(log(app).await.last().map(String::as_str), Some("member.removed"));
    }

    async fn their_active_tickets_become_unassigned_with_a_comment_and_an_event_each(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        let tickets = format!("{brand}/tickets");
        for status in ["open", "resolved", "pending", "closed"] {
            app.post(&tickets, json!({ "title": status, "status": status, "assigneeId": ana })).await.created();
        }
        app.post(&tickets, json!({ "title": "nobody's" })).await.created();
        app.post(&tickets, json!({ "title": "outside", "assigneeEmail": "team@x.example" })).await.created();
        remove(app, &ana).await;
        assert!(events_of(app, &brand, "ticket.updated").await.is_empty(), "they follow behind the answer");
        app.advance_ms(1000);
        app.drain().await;
        assert_eq!(rows(app).await, ["-", &ana, "-", &ana, "-", "team@x.example"]);
        let events = events_of(app, &brand, "ticket.updated").await;
        assert_eq!(events.len(), 2);
        for event in &events {
            assert_eq!((&event["source"], &event["actor"]["type"]), (&json!("system"), &json!("system")));
            assert_eq!(event["changes"]["assigneeId"], json!({ "old": ana, "new": null }));
            assert_eq!(event["changes"]["assigneeEmail"], json!({ "old": "ana@x.example", "new": null }));
            assert_eq!((&event["data"]["assigneeId"], &event["data"]["ticket"]["assigneeName"]), (&Value::Null, &Value::Null));
        }
        let path = format!("{tickets}/DT-1001");
        assert_eq!(app.get(&path).await.ok()["updatedAt"], "2026-01-02T03:04:06.678Z");
        let comments = app.get(&format!("{path}/comments")).await.ok();
        let metadata = json!({ "kind": "assignee_changed", "old": "ana@x.example", "new": null, "trigger": "system" });
        assert_eq!((&comments[0]["metadata"], &comments[0]["body"]), (&metadata, &json!("Unassigned from ana")));
        assert!(app.problems(&brand).await.is_empty());
        app.drain().await;
        assert_eq!(events_of(app, &brand, "ticket.updated").await.len(), 2, "once");
    }

    async fn every_brand_is_looked_through_also_those_they_did_not_reach_any_more(app) {
        let (acme, other, third) = (app.brand("acme").await, app.brand("other").await, app.brand("third").await);
        let (_, ana) = ana(app, &[&acme, &other]).await;
        for brand in [&acme, &other] {
            app.ticket(brand, json!({ "title": "a", "assigneeId": ana })).await;
        }
        app.ticket(&third, json!({ "title": "a" })).await;
        let left = json!({ "brandIds": [acme.trim_start_matches("/brands/")] });
        app.call(&app.owner().await, "PATCH", &format!("/members/{ana}"), left).await.ok();
        remove(app, &ana).await;
        app.drain().await;
        assert_eq!(rows(app).await, ["-", "-", "-"]);
        for (brand, events) in [(&acme, 1), (&other, 1), (&third, 0)] {
            assert_eq!(events_of(app, brand, "ticket.updated").await.len(), events);
        }
    }

    /// More than a step's worth, and the tickets that nobody lists: spam. A deleted one stays as it was.
    async fn many_tickets_go_in_steps_and_hidden_ones_as_well(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        for number in 0..103 {
            let status = if number % 10 == 0 { "closed" } else { "open" };
            app.ticket(&brand, json!({ "title": "a", "status": status, "assigneeId": ana })).await;
        }
        for (statement, number) in [("is_spam = TRUE, live = FALSE", 1002), ("deleted_at = 1767323045000, live = FALSE", 1003)] {
            let text = format!("UPDATE ticket SET {statement} WHERE number = {number}");
            let done: dispatch_store::Result<()> = app
                .db
                .write(dispatch_store::Lane::Account, "test.hide", move |tx| {
                    let text = text.clone();
                    Box::pin(async move { dispatch_store::inspect::execute(tx, &text).await })
                })
                .await;
            done.unwrap();
        }
        remove(app, &ana).await;
        app.drain().await;
        let rows = rows(app).await;
        let kept: Vec<usize> = (0..rows.len()).filter(|at| rows[*at] != "-").collect();
        let mut expected: Vec<usize> = (0..103).filter(|at| at % 10 == 0).collect();
        expected.insert(1, 2);
        assert_eq!(kept, expected);
        let events = events_of(app, &brand, "ticket.updated").await;
        assert_eq!(events.len(), 103 - expected.len());
    }

    async fn a_worker_that_dies_between_two_steps_goes_on_where_it_was(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        for _ in 0..130 {
            app.ticket(&brand, json!({ "title": "a", "assigneeId": ana })).await;
        }
        remove(app, &ana).await;
        let (id, seams) = (dispatch_model::BrandId::from(id_of(&brand)), app.app.seams().clone());
        let step: dispatch_desk::Result<bool> = app
            .db
            .write(dispatch_store::Lane::Brand(id.clone()), "test.step", move |tx| {
                let actor = dispatch_model::event::Actor::system();
                let act = dispatch_model::event::Act::new(actor, "system", &seams.clock, &seams.entropy);
                let id = id.clone();
                Box::pin(async move { dispatch_desk::rewrites::step(tx, &act, &id).await })
            })
            .await;
        assert!(step.unwrap());
        assert_eq!(rows(app).await.iter().filter(|row| *row == "-").count(), 20);
        app.drain().await;
        assert_eq!(rows(app).await.iter().filter(|row| *row == "-").count(), 130);
        assert_eq!(events_of(app, &brand, "ticket.updated").await.len(), 130);
    }

    /// What is assigned while the member is removed ends up unassigned, whoever comes first.
    async fn a_ticket_assigned_at_the_same_time_does_not_stay_theirs(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        app.owner().await;
        let assign = async {
            for _ in 0..20 {
                let body = json!({ "title": "a", "assigneeId": ana });
                let answer = app.post(&format!("{brand}/tickets"), body).await;
                assert!([201, 400].contains(&answer.status.as_u16()), "{}", answer.text);
            }
        };
        let ((), gone) = tokio::join!(assign, remove(app, &ana));
        assert_eq!(gone["status"], "removed");
        app.drain().await;
        assert!(rows(app).await.iter().all(|row| row == "-"), "{:?}", rows(app).await);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_ticket_that_changes_meanwhile_is_met_again(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        let ticket = app.ticket(&brand, json!({ "title": "a", "status": "closed", "assigneeId": ana })).await;
        remove(app, &ana).await;
        app.advance_ms(5000);
        let reopened = app.patch(&format!("{brand}/tickets/{}", id(&ticket)), json!({ "status": "open" })).await.ok();
        assert_eq!(reopened["status"], "open");
        app.drain().await;
        assert_eq!(rows(app).await, ["-"]);
        assert!(Timestamp::parse(reopened["updatedAt"].as_str().unwrap()).is_some());
    }

    /// What was active when the member went is nobody's, whatever becomes of its status before the rows say so.
    async fn a_status_that_becomes_inactive_afterwards_brings_nobody_back(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        let working = status(app, &brand, "working", true).await;
        let idle = status(app, &brand, "idle", false).await;
        for status in ["working", "idle"] {
            app.ticket(&brand, json!({ "title": status, "status": status, "assigneeId": ana })).await;
        }
        remove(app, &ana).await;
        app.patch(&format!("{brand}/statuses/{working}"), json!({ "isActive": false })).await.ok();
        app.patch(&format!("{brand}/statuses/{idle}"), json!({ "isActive": true })).await.ok();
        assert_eq!(assigned(app, &brand, &ana).await, ["idle"], "it was inactive then");
        app.drain().await;
        assert_eq!(assigned(app, &brand, &ana).await, ["idle"]);
        assert_eq!(events_of(app, &brand, "ticket.updated").await.len(), 1);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_status_that_is_deleted_afterwards_brings_nobody_back(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        let working = status(app, &brand, "working", true).await;
        for title in ["shown", "spam"] {
            app.ticket(&brand, json!({ "title": title, "status": "working", "assigneeId": ana })).await;
        }
        app.post(&format!("{brand}/tickets/DT-1002/spam"), json!({ "isSpam": true })).await.ok();
        remove(app, &ana).await;
        app.delete(&format!("{brand}/statuses/{working}?replacementStatusId=closed")).await.ok();
        assert_eq!(assigned(app, &brand, &ana).await, [""; 0]);
        let before = events_of(app, &brand, "ticket.updated").await.len();
        app.drain().await;
        assert_eq!((assigned(app, &brand, &ana).await.len(), rows(app).await), (0, vec!["-".to_owned(); 2]));
        let events = events_of(app, &brand, "ticket.updated").await;
        let told: Vec<&Value> = events[before..].iter().map(|event| &event["changes"]["assigneeId"]).collect();
        assert_eq!(told, [&json!({ "old": ana, "new": null }); 2], "{events:?}");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn tickets_that_become_active_by_a_deletion_are_nobodys_at_once(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        let idle = status(app, &brand, "idle", false).await;
        app.ticket(&brand, json!({ "title": "a", "status": "idle", "assigneeId": ana })).await;
        remove(app, &ana).await;
        app.drain().await;
        assert_eq!(assigned(app, &brand, &ana).await, ["a"]);
        app.delete(&format!("{brand}/statuses/{idle}?replacementStatusId=open")).await.ok();
        assert_eq!(assigned(app, &brand, &ana).await, [""; 0]);
        app.drain().await;
        assert_eq!((assigned(app, &brand, &ana).await.len(), rows(app).await), (0, vec!["-".to_owned()]));
        let event = events_of(app, &brand, "ticket.updated").await.remove(0);
        assert_eq!(event["changes"]["status"], json!({ "old": "idle", "new": "open" }));
        assert_eq!(event["changes"]["assigneeId"], json!({ "old": ana, "new": null }), "one event tells of both");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_ticket_that_was_deleted_meanwhile_is_nobodys_when_it_comes_back(app) {
        let brand = app.brand("acme").await;
        let (_, ana) = ana(app, &[]).await;
        let path = format!("{brand}/tickets/{}", id(&app.ticket(&brand, json!({ "title": "a", "assigneeId": ana })).await));
        app.delete(&path).await.ok();
        remove(app, &ana).await;
        app.drain().await;
        let restored = app.post(&format!("{path}/restore"), Value::Null).await.ok();
        assert_eq!((&restored["assigneeId"], rows(app).await), (&Value::Null, vec!["-".to_owned()]));
        assert!(app.problems(&brand).await.is_empty());
    }
}

/// A custom status, by its id.
async fn status(app: &TestApp, brand: &str, key: &str, is_active: bool) -> String {
    let body = json!({ "name": key, "key": key, "isActive": is_active });
    id(&app.post(&format!("{brand}/statuses"), body).await.created()).to_owned()
}

/// The titles of the tickets of a member: as each ticket says, as the filter finds them, and as the order by assignee
/// has them, which must agree.
async fn assigned(app: &TestApp, brand: &str, member: &str) -> Vec<String> {
    let tickets = format!("{brand}/tickets?isSpam=any&order=asc");
    let titles = |list: &Value| -> Vec<String> {
        crate::api::each(&list["data"], "title").iter().map(|title| (*title).to_owned()).collect()
    };
    let all = app.get(&format!("{tickets}&sort=ticketNumber")).await.ok();
    let theirs = |list: &Value| -> Vec<String> {
        let of = list["data"].as_array().unwrap().iter().filter(|ticket| ticket["assigneeId"] == member);
        of.map(|ticket| ticket["title"].as_str().unwrap().to_owned()).collect()
    };
    let shown = theirs(&all);
    let found = titles(&app.get(&format!("{tickets}&sort=ticketNumber&assigneeId={member}")).await.ok());
    assert_eq!(shown, found, "the filter");
    let nobodys = titles(&app.get(&format!("{tickets}&sort=ticketNumber&assigneeId=null")).await.ok());
    assert_eq!(shown.len() + nobodys.len(), titles(&all).len(), "those of nobody");
    let sorted = app.get(&format!("{tickets}&sort=assignee&limit=1")).await.ok();
    let first = sorted["data"][0]["assigneeId"] == member;
    assert_eq!(first, !shown.is_empty(), "the order");
    shown
}

fn id_of(brand: &str) -> &str {
    brand.trim_start_matches("/brands/")
}
