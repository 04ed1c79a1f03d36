//! What is kept beside the tickets (counts, sums of the statistics, tags and fields of the filters) after any requests.

use std::cell::Cell;

use dispatch_testkit::{TestApp, both};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};
use tokio::{runtime::Handle, task::block_in_place};

use crate::api::{given::status, labels::execute};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A request; tickets are named by how many were created before them.
#[derive(Clone, Debug)]
enum Step {
    Create(Value),
    Patch(usize, Value),
    Comment(usize, &'static str),
    Spam(usize, bool),
    Delete(usize),
    Restore(usize),
    Merge(usize, usize),
    Bulk(Value, Vec<usize>),
    Wait(i64),
}

/// Fields of a ticket that something is kept of.
fn fields() -> impl Strategy<Value = Value> {
    let of = |values: Vec<Value>| prop::option::of(prop::sample::select(values));
    let statuses = ["open", "pending", "resolved", "closed", "doing", "parked"].map(Value::from).to_vec();
    let custom =
        vec![json!({ "a": 1 }), json!({ "a": "x", "b": true }), json!({ "a": null, "b": [1] }), json!({ "c": 2.50 })];
    (
        of(statuses),
        of(vec![json!("duplicate"), json!("no_response"), Value::Null]),
        of(custom),
        of(vec![json!([]), json!(["x"]), json!(["X", "y"]), json!(["z"])]),
        of(vec![json!("a@x.example"), json!("b@x.example")]),
    )
        .prop_map(|(status, reason, custom, tags, customer)| {
            let mut body = json!({ "title": "T" });
            let all = [("status", status), ("customFields", custom), ("tags", tags), ("customerEmail", customer)];
            for (name, value) in all {
                if let Some(value) = value {
                    body[name] = value;
                }
            }
            if let Some(reason) = reason.filter(|_| body["status"] == "closed") {
                body["closeReason"] = reason;
            }
            body
        })
}

fn step() -> impl Strategy<Value = Step> {
    let at = || 0..6_usize;
    let action = prop::sample::select(vec![
        json!({ "action": "resolve" }),
        json!({ "action": "close", "closeReason": "duplicate" }),
        json!({ "action": "setStatus", "status": "doing" }),
        json!({ "action": "addTags", "tags": ["x", "new"] }),
        json!({ "action": "removeTags", "tags": ["x"] }),
        json!({ "action": "spam" }),
        json!({ "action": "notSpam" }),
        json!({ "action": "delete" }),
    ]);
    let author = prop::sample::select(vec!["STAFF", "CUSTOMER", "SYSTEM"]);
    prop_oneof![
        4 => fields().prop_map(Step::Create),
        5 => (at(), fields()).prop_map(|(at, body)| Step::Patch(at, body)),
        2 => (at(), author).prop_map(|(at, author)| Step::Comment(at, author)),
        2 => (at(), any::<bool>()).prop_map(|(at, spam)| Step::Spam(at, spam)),
        1 => at().prop_map(Step::Delete),
        2 => at().prop_map(Step::Restore),
        1 => (at(), at()).prop_map(|(target, source)| Step::Merge(target, source)),
        2 => (action, prop::collection::vec(at(), 1..4)).prop_map(|(action, of)| Step::Bulk(action, of)),
        2 => (1..2 * DAY_MS).prop_map(Step::Wait),
    ]
}

/// What the statistics must say, from the tickets as the API shows them.
async fn counted(app: &TestApp, brand: &str) -> Value {
    let page = app.get(&format!("{brand}/tickets?limit=100")).await.ok();
    assert_eq!(page["pagination"]["hasMore"], false);
    let mut by_status = json!({});
    for known in app.get(&format!("{brand}/statuses")).await.ok().as_array().unwrap() {
        by_status[known["key"].as_str().unwrap()] = json!(0);
    }
    let (mut total, mut responded, mut resolved) = (0, 0, 0);
    for ticket in page["data"].as_array().unwrap().iter().filter(|ticket| ticket["closeReason"] != "duplicate") {
        let sum = &mut by_status[ticket["status"].as_str().unwrap()];
        *sum = json!(sum.as_i64().unwrap() + 1);
        total += 1;
        responded += i64::from(!ticket["firstResponseAt"].is_null());
        resolved += i64::from(!ticket["resolvedAt"].is_null());
    }
    json!([total, by_status, responded, resolved])
}

async fn play(app: &TestApp, slug: &str, steps: &[Step]) {
    let brand = app.brand(slug).await;
    status(app, &brand, "doing", true).await;
    status(app, &brand, "parked", false).await;
    let at = |index: &usize| format!("{brand}/tickets/DT-{}", 1_001 + index);
    for step in steps {
        app.advance_ms(1);
        let answer = match step {
            Step::Create(body) => app.post(&format!("{brand}/tickets"), body.clone()).await,
            Step::Patch(index, body) => app.patch(&at(index), body.clone()).await,
            Step::Comment(index, author) => {
                app.post(&format!("{}/comments", at(index)), json!({ "body": "B", "authorType": author })).await
            }
            Step::Spam(index, spam) => app.post(&format!("{}/spam", at(index)), json!({ "isSpam": spam })).await,
            Step::Delete(index) => app.delete(&at(index)).await,
            Step::Restore(index) => app.post(&format!("{}/restore", at(index)), Value::Null).await,
            Step::Merge(target, source) => {
                let sources = json!({ "sourceTicketIds": [format!("DT-{}", 1_001 + source)] });
                app.post(&format!("{}/merge", at(target)), sources).await
            }
            Step::Bulk(action, of) => {
                let mut body = action.clone();
                body["ticketIds"] = of.iter().map(|index| json!(format!("DT-{}", 1_001 + index))).collect();
                app.post(&format!("{brand}/tickets/bulk"), body).await
            }
            Step::Wait(millis) => {
                app.advance_ms(*millis);
                continue;
            }
        };
        assert!([200, 201, 400, 404, 409].contains(&answer.status.as_u16()), "{step:?}: {}", answer.text);
    }
    assert_eq!(app.problems(&brand).await, [""; 0]);
    let id = brand.trim_start_matches("/brands/");
    let stats = app.get(&format!("/tickets/stats?brandIds={id}")).await.ok();
    let metrics = &stats["responseMetrics"];
    let shown = json!([stats["total"], stats["byStatus"], metrics["ticketsWithResponse"], metrics["ticketsResolved"]]);
    assert_eq!(shown, counted(app, &brand).await);
}

both! {
    async fn any_requests_leave_them_right(app) {
        let config = Config { cases: 24, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
        let number = Cell::new(0);
        let played = TestRunner::new(config).run(&prop::collection::vec(step(), 1..40), |steps| {
            number.set(number.get() + 1);
            block_in_place(|| Handle::current().block_on(play(app, &format!("b{}", number.get()), &steps)));
            Ok(())
        });
        assert!(played.is_ok(), "{}", played.unwrap_err());
    }

    async fn doctor_notices_when_they_are_wrong(app) {
        let brand = app.brand("acme").await;
        let new = json!({ "title": "T", "tags": ["x"], "customFields": { "a": 1 }, "status": "closed" });
        app.ticket(&brand, new.clone()).await;
        app.ticket(&brand, new).await;
        assert_eq!(app.problems(&brand).await, [""; 0]);
        for (damage, repair, told) in [
            ("UPDATE ticket_stat SET n = n + 1 WHERE kind = 'created'", "UPDATE ticket_stat SET n = n - 1 WHERE kind = 'created'", "statistics"),
            ("UPDATE ticket_stat SET total = 5 WHERE kind = 'resolution'", "UPDATE ticket_stat SET total = 0 WHERE kind = 'resolution'", "statistics"),
            ("UPDATE ticket_stat SET key = 'usr_x' WHERE kind = 'closed'", "UPDATE ticket_stat SET key = '' WHERE kind = 'closed'", "statistics"),
            ("UPDATE ticket_count SET live = live + 1", "UPDATE ticket_count SET live = live - 1", "counted"),
            ("UPDATE ticket_tag SET tag_id = 'tag_x' || tag_id", "UPDATE ticket_tag SET tag_id = substr(tag_id, 6)", "tags"),
            ("UPDATE ticket_field SET value = '2'", "UPDATE ticket_field SET value = '1'", "custom fields"),
            ("UPDATE ticket SET tag_ids = '[]'", "UPDATE ticket SET tag_ids = '[\"' || (SELECT id FROM tag) || '\"]'", "tags"),
        ] {
            execute(app, damage).await;
            let problems = app.problems(&brand).await;
            assert!(problems.iter().any(|problem| problem.contains(told)), "{damage}: {problems:?}");
            execute(app, repair).await;
            assert_eq!(app.problems(&brand).await, [""; 0], "{repair}");
        }
    }
}
