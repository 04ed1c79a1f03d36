//! Through which index SQLite finds the tickets of categories and tags; without statistics its plans depend on nothing else.

use dispatch_store::{Result, Value, inspect, statements};
use dispatch_testkit::Kind;

/// How SQLite carries out the statement that holds this text.
async fn plan(app: &dispatch_testkit::TestApp, part: &str) -> Vec<String> {
    let text = statements().into_iter().map(|sql| sql.postgres).find(|text| text.contains(part)).expect(part);
    let plan: Result<Vec<String>> = app
        .db
        .read("test.plan", move |tx| {
            Box::pin(async move {
                let none = vec![Value::Null; (1..10).take_while(|number| text.contains(&format!("${number}"))).count()];
                inspect::plan(tx, text, &none).await
            })
        })
        .await;
    plan.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counts_and_steps_walk_the_index_of_what_they_count() {
    dispatch_testkit::run(Kind::Sqlite, async |app| {
        for (part, expected) in [
            (
                "GROUP BY category_id, status_id",
                "SEARCH ticket USING COVERING INDEX ticket_category (brand_id=? AND category_id>?)",
            ),
            (
                "count(*) FROM ticket WHERE brand_id = $1 AND category_id",
                "SEARCH ticket USING COVERING INDEX ticket_category",
            ),
            (
                "id FROM ticket WHERE brand_id = $1 AND category_id = $2",
                "SEARCH ticket USING COVERING INDEX ticket_category",
            ),
            ("GROUP BY x.tag_id", "SEARCH x USING PRIMARY KEY (brand_id=?)"),
            ("x.ticket_id, t.tag_ids", "SEARCH x USING PRIMARY KEY (brand_id=? AND tag_id=?)"),
            (
                "ticket_id FROM ticket_tag WHERE brand_id = $1 AND tag_id = $2",
                "SEARCH ticket_tag USING PRIMARY KEY (brand_id=? AND tag_id=?)",
            ),
        ] {
            let plan = plan(app, part).await;
            assert!(plan.iter().any(|line| line.starts_with(expected)), "{part}: {plan:#?}");
            assert!(plan.iter().all(|line| !line.starts_with("SCAN")), "{part}: {plan:#?}");
        }
    })
    .await;
}
