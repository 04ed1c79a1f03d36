//! Trap 3: an operation that panics, or that waits on SQLite's thread, is a bug of that operation alone.

use dispatch_store::{Error, Lane, Result};
use dispatch_testkit::{Kind, both, run, until};

use super::given::{hold, id, names, put, put_with_event, told, works};

/// What the operation in the middle of a batch does wrong.
#[derive(Clone, Copy)]
enum Wrong {
    Panics,
    Waits,
}

/// Runs it between two that are right, in one batch.
async fn between_two(app: &dispatch_testkit::TestApp, wrong: Wrong) {
    let brand = app.brand("acme").await;
    let lane = Lane::Brand(id(&brand));
    let held = hold(&app.db, lane.clone()).await;
    let mut batch = Vec::new();
    for (name, bad) in [("first", None), ("second", Some(wrong)), ("third", None)] {
        let (db, lane, brand) = (app.db.clone(), lane.clone(), id(&brand));
        batch.push(tokio::spawn(async move {
            let done: Result<i64> = db
                .write(lane, name, move |tx| {
                    let brand = brand.clone();
                    Box::pin(async move {
                        let number = put_with_event(tx, &brand, name).await?;
                        match bad {
                            Some(Wrong::Panics) => panic!("this operation is broken"),
                            Some(Wrong::Waits) => tokio::task::yield_now().await,
                            None => {}
                        }
                        Ok(number)
                    })
                })
                .await;
            done
        }));
        until("it waits", async || app.db.waiting() >= batch.len()).await;
    }
    held.release().await.unwrap();
    let mut outcomes = Vec::new();
    for task in batch {
        outcomes.push(task.await.unwrap());
    }
    assert!(matches!(outcomes[0], Ok(1001)), "{outcomes:?}");
    assert!(matches!(outcomes[1], Err(Error::Bug(_))), "{outcomes:?}");
    assert!(matches!(outcomes[2], Ok(1002)), "{outcomes:?}");
    assert_eq!(names(&app.db).await, ["first", "third"]);
    assert_eq!(told(app, &brand).await, ["first", "third"]);
    works(&app.db, lane).await;
    assert_eq!(app.problems(&brand).await, [""; 0]);
}

both! {
    async fn a_panic_fails_its_operation_and_no_other_of_its_batch(app) {
        between_two(app, Wrong::Panics).await;
    }

    async fn a_panic_in_a_read_fails_that_read_alone(app) {
        for _ in 0..10 {
            let read: Result<()> = app.db.read("test.panic", |_| Box::pin(async { panic!("a broken read") })).await;
            assert!(matches!(read, Err(Error::Bug(_))), "{read:?}");
        }
        works(&app.db, Lane::Account).await;
    }

    async fn a_panic_alone_in_its_batch_leaves_nothing(app) {
        for _ in 0..10 {
            let write: Result<()> = app
                .db
                .write(Lane::Account, "test.panic", |tx| {
                    Box::pin(async move {
                        put(tx, "half").await?;
                        panic!("a broken write")
                    })
                })
                .await;
            assert!(matches!(write, Err(Error::Bug(_))), "{write:?}");
        }
        works(&app.db, Lane::Account).await;
        assert_eq!(names(&app.db).await, ["works"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operation_that_waits_on_the_database_thread_fails_alone_and_the_thread_lives() {
    run(Kind::Sqlite, async |app| between_two(app, Wrong::Waits).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_that_waits_on_the_database_thread_fails_alone_and_the_threads_live() {
    run(Kind::Sqlite, async |app| {
        for _ in 0..10 {
            let read: Result<()> = app
                .db
                .read("test.waits", |_| {
                    Box::pin(async {
                        tokio::task::yield_now().await;
                        Ok(())
                    })
                })
                .await;
            assert!(matches!(read, Err(Error::Bug(_))), "{read:?}");
        }
        works(&app.db, Lane::Account).await;
    })
    .await;
}
