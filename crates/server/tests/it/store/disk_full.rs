//! Trap 2: SQLite may roll a whole batch back when the disk is full. Then nobody of it may be answered ok.

use dispatch_store::{Lane, Result, inspect};
use dispatch_testkit::{Kind, run, until};

use super::given::{execute, hold, id, is_unavailable, names, put_with_event, told, works};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_is_full_in_the_middle_of_a_batch_fails_all_of_it_and_the_writer_goes_on() {
    run(Kind::Sqlite, async |app| {
        let brand = app.brand("acme").await;
        // A little room, and then none.
        let held = hold(&app.db, Lane::Account).await;
        let write = |name: &'static str, blobs: usize| {
            let (db, brand) = (app.db.clone(), id(&brand));
            tokio::spawn(async move {
                let done: Result<i64> = db
                    .write(Lane::Account, name, move |tx| {
                        let brand = brand.clone();
                        Box::pin(async move {
                            for _ in 0..blobs {
                                inspect::execute(tx, "INSERT INTO filler VALUES (zeroblob(1000000))").await?;
                            }
                            put_with_event(tx, &brand, name).await
                        })
                    })
                    .await;
                done
            })
        };
        let limit = tokio::spawn({
            let db = app.db.clone();
            async move {
                execute(&db, "CREATE TABLE filler (bytes BLOB)").await?;
                execute(&db, "PRAGMA max_page_count = 400").await
            }
        });
        held.release().await.unwrap();
        limit.await.unwrap().unwrap();

        let held = hold(&app.db, Lane::Account).await;
        let mut batch = Vec::new();
        for (name, blobs) in [("before", 0), ("filler", 9), ("behind", 0)] {
            batch.push(write(name, blobs));
            until("it waits", async || app.db.waiting() == batch.len()).await;
        }
        let mut outcomes = vec![held.release().await.map(|()| 0)];
        for task in batch {
            outcomes.push(task.await.unwrap());
        }
        // Nobody whose write is gone may hear ok. The one behind was not begun: it is of the next batch.
        assert!(outcomes[..3].iter().all(is_unavailable), "{outcomes:?}");
        assert!(matches!(outcomes[3], Ok(1001)), "{outcomes:?}");
        assert_eq!(names(&app.db).await, ["behind"]);
        assert_eq!(told(app, &brand).await, ["behind"]);
        assert!(is_unavailable(&write("still full", 9).await.unwrap()));

        execute(&app.db, "PRAGMA max_page_count = 1000000").await.unwrap();
        works(&app.db, Lane::Account).await;
        assert_eq!(write("after", 1).await.unwrap().unwrap(), 1002, "no number was used up");
        assert_eq!(told(app, &brand).await, ["behind", "after"]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    })
    .await;
}
