//! Operations that share a commit do not share anything else; one that runs again comes to the same.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use dispatch_model::TicketId;
use dispatch_store::{Dialect, Error, Lane, Result, inspect};
use dispatch_testkit::{both, until};

use super::given::{act, hold, id, is_unavailable, names, put, put_with_event, told, works};

both! {
    async fn an_operation_that_is_refused_leaves_no_rows_numbers_or_events_while_its_neighbours_commit(app) {
        let brand = app.brand("acme").await;
        let lane = Lane::Brand(id(&brand));
        let held = hold(&app.db, lane.clone()).await;
        let mut batch = Vec::new();
        for number in 0..9 {
            let (db, lane, brand) = (app.db.clone(), lane.clone(), id(&brand));
            batch.push(tokio::spawn(async move {
                let done: dispatch_desk::Result<i64> = db
                    .write(lane, "test.batch", move |tx| {
                        let brand = brand.clone();
                        Box::pin(async move {
                            let taken = put_with_event(tx, &brand, &format!("w{number}")).await?;
                            match number % 3 {
                                1 => Err(dispatch_desk::Refusal::NotFound.into()),
                                2 => Err(Error::Bug("as if a statement had failed".to_owned()).into()),
                                _ => Ok(taken),
                            }
                        })
                    })
                    .await;
                done
            }));
            until("it waits", async || app.db.waiting() >= batch.len()).await;
        }
        held.release().await.unwrap();
        let mut numbers = Vec::new();
        for (place, task) in batch.into_iter().enumerate() {
            let outcome = task.await.unwrap();
            match place % 3 {
                1 => assert!(matches!(outcome, Err(dispatch_desk::Error::Refused(_))), "{outcome:?}"),
                2 => assert!(matches!(outcome, Err(dispatch_desk::Error::Database(Error::Bug(_)))), "{outcome:?}"),
                _ => numbers.push(outcome.unwrap()),
            }
        }
        assert_eq!(numbers, [1001, 1002, 1003]);
        assert_eq!(names(&app.db).await, ["w0", "w3", "w6"]);
        assert_eq!(told(app, &brand).await, ["w0", "w3", "w6"]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_statement_that_fails_does_not_spoil_what_its_neighbours_wrote(app) {
        let lane = Lane::Account;
        let held = hold(&app.db, lane.clone()).await;
        let mut batch = Vec::new();
        for (name, text) in [("good", "SELECT 1"), ("bad", "SELECT nonsense FROM nowhere"), ("also good", "SELECT 2")] {
            let (db, lane) = (app.db.clone(), lane.clone());
            batch.push(tokio::spawn(async move {
                let done: Result<()> = db
                    .write(lane, "test.statement", move |tx| {
                        Box::pin(async move {
                            put(tx, name).await?;
                            inspect::execute(tx, text).await
                        })
                    })
                    .await;
                done
            }));
            until("it waits", async || app.db.waiting() >= batch.len()).await;
        }
        held.release().await.unwrap();
        let mut good = Vec::new();
        for task in batch {
            good.push(task.await.unwrap().is_ok());
        }
        assert_eq!(good, [true, false, true]);
        assert_eq!(names(&app.db).await, ["also good", "good"]);
    }

    /// Only PostgreSQL meets other writers; SQLite says so at once.
    async fn an_operation_that_meets_another_writer_runs_again_with_the_same_ids(app) {
        let (runs, ids) = (Arc::new(AtomicUsize::new(0)), Arc::new(std::sync::Mutex::new(Vec::new())));
        let (counted, kept, act) = (runs.clone(), ids.clone(), act());
        let done: Result<()> = app
            .db
            .write(Lane::Account, "test.again", move |tx| {
                let (counted, kept, act) = (counted.clone(), kept.clone(), act.clone());
                Box::pin(async move {
                    let (one, two): (TicketId, TicketId) = (act.mint.id(), act.mint.id());
                    kept.lock().unwrap().push((one, two));
                    put(tx, &format!("run {}", counted.load(Ordering::SeqCst))).await?;
                    if counted.fetch_add(1, Ordering::SeqCst) < 2 {
                        return Err(Error::Again("as if another had been faster".to_owned()));
                    }
                    Ok(())
                })
            })
            .await;
        let ids = ids.lock().unwrap().clone();
        assert!(ids.iter().all(|pair| *pair == ids[0] && pair.0 != pair.1), "{ids:?}");
        if app.db.dialect() == Dialect::Postgres {
            done.unwrap();
            assert_eq!(runs.load(Ordering::SeqCst), 3);
            assert_eq!(names(&app.db).await, ["run 2"]);
        } else {
            assert!(matches!(done, Err(Error::Again(_))), "{done:?}");
            assert_eq!(names(&app.db).await, [""; 0]);
        }
    }

    async fn an_operation_that_always_meets_another_writer_gives_up(app) {
        let done: Result<()> = app
            .db
            .write(Lane::Account, "test.again", |tx| {
                Box::pin(async move {
                    put(tx, "never").await?;
                    Err(Error::Again("always".to_owned()))
                })
            })
            .await;
        assert!(matches!(done, Err(Error::Again(_))), "{done:?}");
        works(&app.db, Lane::Account).await;
        assert_eq!(names(&app.db).await, ["works"]);
    }

    async fn a_read_cannot_write_neither_through_us_nor_past_us(app) {
        let through: Result<()> = app.db.read("test.read", |tx| Box::pin(put(tx, "read"))).await;
        assert!(matches!(through, Err(Error::Bug(_))), "{through:?}");
        let past: Result<()> = app
            .db
            .read("test.read", |tx| Box::pin(inspect::execute(tx, "UPDATE account SET name = 'read'")))
            .await;
        assert!(is_unavailable(&past), "{past:?}");
        assert_eq!(app.get("/accounts/me").await.ok()["name"], "Default");
        assert_eq!(names(&app.db).await, [""; 0]);
        works(&app.db, Lane::Account).await;
    }

    /// What an operation of one lane has read of a brand's numbers may be old when it commits.
    async fn a_write_that_only_looked_at_a_brand_does_not_set_its_numbers_back(app) {
        let brand = app.brand("acme").await;
        let (db, looked) = (app.db.clone(), id(&brand));
        let held = crate::store::given::hold_with(move |gate| async move {
            db.write(Lane::Account, "test.looks", move |tx| {
                let (gate, looked) = (gate.clone(), looked.clone());
                Box::pin(async move {
                    dispatch_store::brands::get(tx, &looked).await?;
                    gate.pass(tx).await;
                    put(tx, "looked").await
                })
            })
            .await
        })
        .await;
        let tickets = format!("{brand}/tickets");
        let first = app.post(&tickets, serde_json::json!({ "title": "Meanwhile" }));
        let first = if app.db.dialect() == Dialect::Postgres {
            let answer = first.await;
            held.release().await.unwrap();
            answer
        } else {
            let (answer, done) = tokio::join!(first, held.release());
            done.unwrap();
            answer
        };
        assert_eq!(first.created()["ticketNumber"], "DT-1001");
        assert_eq!(app.ticket(&brand, serde_json::json!({ "title": "After" })).await["ticketNumber"], "DT-1002");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }
}
