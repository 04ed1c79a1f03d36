//! Random changes: the log tells the whole story of a ticket, and the database agrees with itself.

use dispatch_testkit::{TestApp, both};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};
use tokio::{runtime::Handle, task::block_in_place};

use crate::api::given::{events_after, path, position, status, text};

/// One request to a ticket: a PATCH, or a comment.
#[derive(Clone, Debug)]
enum Step {
    Patch(Value),
    Comment(Value),
}

fn field() -> impl Strategy<Value = (&'static str, Value)> {
    let of = |values: &[Value]| prop::sample::select(values.to_vec());
    let statuses = of(&["open", "pending", "resolved", "closed", "doing", "parked"].map(Value::from));
    let emails = of(&[Value::Null, json!("a@x.example"), json!("b@x.example")]);
    let objects = of(&[json!({ "a": 1 }), json!({ "a": null, "b": 2.50 }), json!({ "b": "x" }), Value::Null]);
    prop_oneof![
        3 => statuses.prop_map(|value| ("status", value)),
        2 => of(&[Value::Null, json!("duplicate"), json!("no_response")]).prop_map(|value| ("closeReason", value)),
        1 => of(&["low", "normal", "high"].map(Value::from)).prop_map(|value| ("priority", value)),
        1 => "[a-c ]{0,3}".prop_map(|text| ("title", json!(text))),
        1 => of(&[Value::Null, json!("one"), json!("two")]).prop_map(|value| ("body", value)),
        1 => emails.prop_map(|value| ("assigneeEmail", value)),
        1 => of(&[json!("c@x.example"), json!("d@x.example")]).prop_map(|value| ("customerEmail", value)),
        1 => objects.clone().prop_map(|value| ("customFields", value)),
        1 => objects.prop_map(|value| ("metadata", value)),
        1 => of(&[Value::Null, json!(["https://a.example"])]).prop_map(|value| ("links", value)),
        1 => of(&[Value::Null, json!("2026-05-01"), json!("nonsense")]).prop_map(|value| ("dueAt", value)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let patch = prop::collection::vec(field(), 1..4).prop_map(|fields| {
        let mut body: Value = fields.into_iter().collect();
        if body.get("closeReason").is_some_and(Value::is_string) {
            body["status"] = json!("closed");
        }
        Step::Patch(body)
    });
    let comment = (
        prop::sample::select(vec!["STAFF", "CUSTOMER", "SYSTEM"]),
        prop::option::of(prop::sample::select(vec!["open", "closed", "parked"])),
    );
    let comment =
        comment.prop_map(|(author, set)| Step::Comment(json!({ "body": "B", "authorType": author, "setStatus": set })));
    prop_oneof![3 => patch, 1 => comment]
}

/// What `changes` must tell of a ticket.
const TOLD: [&str; 12] = [
    "title",
    "body",
    "status",
    "closeReason",
    "priority",
    "assigneeId",
    "assigneeEmail",
    "customerId",
    "customerEmail",
    "links",
    "metadata",
    "dueAt",
];

/// Applies the changes of an event to what is known of its ticket; each must begin where the one before ended.
fn apply(known: &mut Value, changes: &Value) {
    for (field, change) in changes.as_object().unwrap() {
        let place = match field.split_once('.') {
            Some((outer, key)) => &mut known[outer][key],
            None => &mut known[field],
        };
        assert_eq!(*place, change["old"], "{field}");
        *place = change["new"].clone();
    }
    known["customFields"].as_object_mut().unwrap().retain(|_, value| !value.is_null());
}

async fn play(app: &TestApp, brand: &str, steps: &[Step]) {
    let seen = position(app, brand).await;
    let ticket = app.ticket(brand, json!({ "title": "T", "customerEmail": "c@x.example" })).await;
    let one = path(brand, &ticket);
    for step in steps {
        app.advance_ms(1);
        let answer = match step {
            Step::Patch(body) => app.patch(&one, body.clone()).await,
            Step::Comment(body) => app.post(&format!("{one}/comments"), body.clone()).await,
        };
        assert!([200, 201, 400].contains(&answer.status.as_u16()), "{step:?}: {}", answer.text);
    }
    let shown = app.get(&one).await.ok();
    let mut known = ticket.clone();
    for event in events_after(app, brand, seen).await {
        if event["ticketId"] == ticket["id"] && !event["changes"].is_null() {
            apply(&mut known, &event["changes"]);
        }
    }
    for field in TOLD.into_iter().chain(["customFields"]) {
        assert_eq!(known[field], shown[field], "{field}");
    }
    let active = shown["statusRef"]["isActive"] == true;
    assert_eq!(shown["resolvedAt"].is_null(), active, "{shown}");
    assert_eq!(shown["closedAt"].is_null(), text(&shown, "status") != "closed", "{shown}");
    assert!(shown["closeReason"].is_null() || shown["status"] == "closed", "{shown}");
    assert_eq!(app.problems(brand).await, Vec::<String>::new());
}

both! {
    async fn the_log_rebuilds_a_ticket_after_any_requests(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "doing", true).await;
        status(app, &brand, "parked", false).await;
        let mut runner = TestRunner::new(Config { cases: 32, failure_persistence: None, ..Config::default() });
        let played = runner.run(&prop::collection::vec(step(), 1..12), |steps| {
            block_in_place(|| Handle::current().block_on(play(app, &brand, &steps)));
            Ok(())
        });
        assert!(played.is_ok(), "{}", played.unwrap_err());
    }
}
