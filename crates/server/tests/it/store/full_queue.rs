//! Trap 4: the queue in front of the writer is bounded. When it is full, callers hear it at once.

use dispatch_http::HttpSettings;
use dispatch_store::{Error, Lane, Options, Result};
use dispatch_testkit::{Kind, TestApp, until};
use serde_json::json;

use super::given::{hold, id, names, put, works};

const QUEUE_MAX: usize = 4;

/// On one runtime thread: an operation that blocked it would hang the test.
async fn a_full_queue_is_503_at_once_and_empties(kind: Kind) {
    let options = Options { queue_max: QUEUE_MAX, pool_max: 3, ..Options::default() };
    let app = TestApp::with_options(kind, HttpSettings::default(), options).await;
    let brand = app.brand("acme").await;
    app.get(&brand).await.ok();
    until("the key's use is noted", async || app.db.waiting() == 0).await;
    let held = hold(&app.db, Lane::Brand(id(&brand))).await;
    // PostgreSQL counts the operation that runs, SQLite has taken it out of the queue.
    let mut waiting = Vec::new();
    while app.db.waiting() < QUEUE_MAX {
        let (db, lane, name) = (app.db.clone(), Lane::Brand(id(&brand)), format!("w{}", waiting.len()));
        let before = app.db.waiting();
        waiting.push(tokio::spawn(async move {
            let done: Result<()> = db
                .write(lane, "test.waits", move |tx| {
                    let name = name.clone();
                    Box::pin(async move { put(tx, &name).await })
                })
                .await;
            done
        }));
        until("it waits", async || app.db.waiting() > before).await;
    }
    for lane in [Lane::Brand(id(&brand)), Lane::Account] {
        let refused: Result<()> = app.db.write(lane, "test.refused", |tx| Box::pin(put(tx, "refused"))).await;
        assert!(matches!(refused, Err(Error::Busy)), "{refused:?}");
    }
    let refused = app.post(&format!("{brand}/tickets"), json!({ "title": "Refused" })).await;
    assert_eq!(refused.header("retry-after"), "1");
    refused.refused(503, "unavailable");
    // Reading goes on meanwhile.
    app.get(&format!("{brand}/tickets")).await.ok();

    held.release().await.unwrap();
    let count = waiting.len();
    for task in waiting {
        task.await.unwrap().unwrap();
    }
    assert_eq!(names(&app.db).await, (0..count).map(|n| format!("w{n}")).collect::<Vec<_>>());
    until("the queue is empty", async || app.db.waiting() == 0).await;
    works(&app.db, Lane::Account).await;
    assert_eq!(app.ticket(&brand, json!({ "title": "Taken" })).await["ticketNumber"], "DT-1001");
}

#[tokio::test]
async fn sqlite() {
    a_full_queue_is_503_at_once_and_empties(Kind::Sqlite).await;
}

#[tokio::test]
async fn postgres() {
    a_full_queue_is_503_at_once_and_empties(Kind::Postgres).await;
}
