//! Trap 5: two writers that look first and write then. Two nodes on PostgreSQL, two processes on SQLite.

use std::time::Duration;

use dispatch_desk::accounts;
use dispatch_store::{Db, Lane};
use dispatch_testkit::both;
use serde_json::{Value, json};

use super::given::{Gate, Node, act, ask, hold, hold_with, id, works};

/// Rounds of each race: one alone seldom meets.
const ROUNDS: usize = 15;

/// Sends the same to both nodes at once; answers what each said.
async fn race(app: &dispatch_testkit::TestApp, node: &Node, path: &str, body: Value) -> [(u16, Value); 2] {
    let (one, other) = tokio::join!(app.post(path, body.clone()), node.post(path, body));
    [(one.status.as_u16(), one.json()), other]
}

/// One was created, the other heard a conflict.
#[track_caller]
fn one_wins(outcomes: &[(u16, Value); 2]) {
    let mut statuses = [outcomes[0].0, outcomes[1].0];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{outcomes:?}");
}

both! {
    async fn one_of_two_customers_with_the_same_address_wins(app) {
        let (brand, node) = (app.brand("acme").await, Node::beside(app).await);
        for round in 0..ROUNDS {
            let body = json!({ "email": format!("c{round}@example.com") });
            one_wins(&race(app, &node, &format!("{brand}/customers"), body).await);
        }
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn one_of_two_brands_with_the_same_slug_wins(app) {
        let node = Node::beside(app).await;
        for round in 0..ROUNDS {
            let slug = format!("slug-{round}");
            one_wins(&race(app, &node, "/brands", json!({ "name": slug, "slug": slug })).await);
        }
        assert_eq!(app.get("/brands").await.ok().as_array().unwrap().len(), ROUNDS);
    }

    async fn two_brands_whose_slugs_come_from_the_same_name_get_two(app) {
        let node = Node::beside(app).await;
        for round in 0..ROUNDS {
            let [one, other] = race(app, &node, "/brands", json!({ "name": format!("Same {round}") })).await;
            assert_eq!((one.0, other.0), (201, 201), "{one:?} {other:?}");
            assert_ne!(one.1["slug"], other.1["slug"]);
        }
    }

    async fn one_of_two_statuses_with_the_same_key_wins(app) {
        let (brand, node) = (app.brand("acme").await, Node::beside(app).await);
        for round in 0..ROUNDS {
            let body = json!({ "name": format!("Status {round}"), "key": format!("key_{round}") });
            one_wins(&race(app, &node, &format!("{brand}/statuses"), body).await);
        }
        let statuses = app.get(&format!("{brand}/statuses")).await.ok();
        let places: Vec<i64> = statuses.as_array().unwrap().iter().map(|s| s["sortOrder"].as_i64().unwrap()).collect();
        assert_eq!(places, (0..i64::try_from(ROUNDS + 4).unwrap()).collect::<Vec<_>>());
    }

    async fn two_tickets_of_the_same_new_customer_link_to_one(app) {
        let (brand, node) = (app.brand("acme").await, Node::beside(app).await);
        for round in 0..ROUNDS {
            let body = json!({ "title": "T", "customerEmail": format!("t{round}@example.com") });
            let [one, other] = race(app, &node, &format!("{brand}/tickets"), body).await;
            assert_eq!((one.0, other.0), (201, 201), "{one:?} {other:?}");
            assert_eq!(one.1["customerId"], other.1["customerId"]);
        }
        let events = app.events(&brand).await;
        assert_eq!(events.iter().filter(|event| event["type"] == "customer.created").count(), ROUNDS);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn two_nodes_that_start_on_an_empty_database_make_one_account(app) {
        // Empty again, as it was before the test's own key.
        for table in ["api_key", "account_event", "account"] {
            let statement: &'static str = Box::leak(format!("DELETE FROM {table}").into_boxed_str());
            crate::store::given::execute(&app.db, statement).await.unwrap();
        }
        let node = Node::beside(app).await;
        let ensure = |db: Db, gate: Option<Gate>| async move {
            let act = act();
            let made: dispatch_desk::Result<_> = db
                .write(Lane::Account, "test.ensure", move |tx| {
                    let (act, gate) = (act.clone(), gate.clone());
                    Box::pin(async move {
                        let account = accounts::ensure(tx, &act).await?;
                        if let Some(gate) = gate {
                            gate.pass(tx).await;
                        }
                        Ok(account.id)
                    })
                })
                .await;
            made.unwrap()
        };
        let first = app.db.clone();
        let held = hold_with(move |gate| async move {
            ensure(first, Some(gate)).await;
            Ok(())
        })
        .await;
        // The other one comes before the first has committed; it may wait for that.
        let mut other = Box::pin(ensure(node.db.clone(), None));
        let early = tokio::time::timeout(Duration::from_millis(300), &mut other).await;
        held.release().await.unwrap();
        let other = match early {
            Ok(other) => other,
            Err(_it_waits) => other.await,
        };
        assert_eq!(ask(&app.db, "SELECT id FROM account").await, [other.as_str()]);
    }
}

/// The lock of a lane is not waited for without end; what it keeps away is told to come back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lane_whose_lock_another_node_keeps_is_503_after_a_while() {
    dispatch_testkit::run(dispatch_testkit::Kind::Postgres, async |app| {
        let brand = app.brand("acme").await;
        let node = Node::beside(app).await;
        let held = hold(&node.db, Lane::Brand(id(&brand))).await;
        let answer = app.post(&format!("{brand}/tickets"), json!({ "title": "Waits" })).await;
        assert_eq!(answer.status.as_u16(), 503, "{}", answer.text);
        held.release().await.unwrap();
        works(&app.db, Lane::Brand(id(&brand))).await;
        assert_eq!(app.ticket(&brand, json!({ "title": "Goes on" })).await["ticketNumber"], "DT-1001");
    })
    .await;
}

mod heavy {
    use super::*;

    const WRITERS: usize = 16;
    const EACH: usize = 12;

    both! {
        async fn sixteen_writers_on_two_nodes_number_tickets_and_events_without_holes(app) {
            let node = Node::beside(app).await;
            let brands = [app.brand("one").await, app.brand("two").await];
            let mut writers = Vec::new();
            for writer in 0..WRITERS {
                let db = if writer % 2 == 0 { app.db.clone() } else { node.db.clone() };
                let brand = id(&brands[usize::from(writer % 4 == 3)]);
                writers.push(tokio::spawn(async move {
                    for _ in 0..EACH {
                        let own = brand.clone();
                        let done: dispatch_store::Result<i64> = db
                            .write(Lane::Brand(brand.clone()), "test.sixteen", move |tx| {
                                let own = own.clone();
                                Box::pin(async move { crate::store::given::put_with_event(tx, &own, "any").await })
                            })
                            .await;
                        done.unwrap();
                    }
                }));
            }
            for writer in writers {
                writer.await.unwrap();
            }
            for (brand, writers) in brands.iter().zip([12, 4]) {
                let events = app.events(brand).await;
                let sequences: Vec<i64> = events.iter().map(|event| event["sequence"].as_i64().unwrap()).collect();
                let count = i64::try_from(writers * EACH).unwrap();
                assert_eq!(sequences, (1..=count + 1).collect::<Vec<_>>());
                let next = app.get(brand).await.ok()["nextTicketNumber"].as_i64().unwrap();
                assert_eq!(next, 1001 + count);
                assert_eq!(app.problems(brand).await, [""; 0]);
            }
        }
    }
}
