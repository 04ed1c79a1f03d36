//! The numbering of the log while many write at once.

pub mod heavy {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use dispatch_testkit::{TestApp, both};
    use futures_util::{future::join, future::join_all};
    use serde_json::{Value, json};

    use crate::api::given::{path, text};

    const WRITERS: usize = 16;

    /// What one writer does in a brand; answers how many events that makes.
    pub async fn write(app: &TestApp, brand: &str, writer: usize) -> usize {
        let ticket = app.ticket(brand, json!({ "title": "T", "customerEmail": format!("{writer}@x.example") })).await;
        let one = path(brand, &ticket);
        // Each of these fails after its transaction has begun.
        app.patch(&one, json!({ "status": "nothing", "customerEmail": "y@x.example" }))
            .await
            .refused(400, "validation_error");
        let stale = json!({ "title": "X", "expectedUpdatedAt": "2020-01-01" });
        app.patch(&one, stale).await.refused(409, "conflict");
        app.patch(&one, json!({ "status": "closed" })).await.ok();
        let reply = json!({ "body": "B", "authorType": "CUSTOMER" });
        app.post(&format!("{one}/comments"), reply).await.created();
        app.post(&format!("{one}/comments"), json!({ "body": "B", "parentId": "cmt_x" }))
            .await
            .refused(400, "validation_error");
        app.delete(&one).await.ok();
        // customer and ticket; updated and closed; comment, updated and reopened; deleted
        2 + 2 + 3 + 1
    }

    /// Follows the log until the writers are done and nothing is left.
    async fn follow(app: &TestApp, brand: &str, at_work: &AtomicUsize) -> Vec<Value> {
        let (mut seen, mut after) = (Vec::new(), "0".to_owned());
        loop {
            let last_round = at_work.load(Ordering::SeqCst) == 0;
            let page = app.get(&format!("{brand}/events?limit=7&after={after}")).await.ok();
            let new = page["data"].as_array().unwrap();
            seen.extend(new.iter().cloned());
            after = text(&page, "position").to_owned();
            if last_round && new.is_empty() {
                return seen;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn check(app: &TestApp, brands: &[String]) {
        let at_work = AtomicUsize::new(WRITERS);
        let writers = (0..WRITERS).map(|writer| {
            let (brand, at_work) = (&brands[writer % brands.len()], &at_work);
            async move {
                let mut made = 0;
                for round in 0..2 {
                    made += write(app, brand, writer + round * WRITERS).await;
                }
                at_work.fetch_sub(1, Ordering::SeqCst);
                made
            }
        });
        let readers = brands.iter().map(|brand| follow(app, brand, &at_work));
        let (made, followed) = join(join_all(writers), join_all(readers)).await;
        let mut total = 0;
        for (brand, followed) in brands.iter().zip(followed) {
            let events = app.events(brand).await;
            let sequences: Vec<_> = events.iter().map(|event| event["sequence"].as_u64().unwrap()).collect();
            assert_eq!(sequences, (1..=events.len() as u64).collect::<Vec<_>>(), "no holes");
            assert_eq!(followed, events, "a reader on the way has seen each event once and in order");
            assert_eq!(app.problems(brand).await, Vec::<String>::new());
            total += events.len() - 1;
        }
        assert_eq!(total, made.iter().sum::<usize>(), "an event for each change, and none for what failed");
    }

    both! {
        async fn sixteen_writers_to_one_brand_leave_no_hole(app) {
            let brand = app.brand("acme").await;
            check(app, &[brand]).await;
        }

        async fn sixteen_writers_to_four_brands_leave_no_hole(app) {
            let brands = join_all(["a", "b", "c", "d"].map(|slug| app.brand(slug))).await;
            check(app, &brands).await;
        }
    }
}
