//! Through which indexes the worker finds what is due: it looks again and again, and most of the time there is nothing.

use dispatch_store::{Result, Value, inspect, statements};
use dispatch_testkit::{TestApp, both};

/// How the database carries out the statement that holds this text.
async fn plan(app: &TestApp, part: &str) -> String {
    let text = statements().into_iter().find(|sql| sql.postgres.contains(part)).expect(part).postgres;
    let plan: Result<Vec<String>> = app
        .db
        .read("test.plan", move |tx| {
            Box::pin(async move {
                let values = [Value::Int(1), Value::Text(""), Value::Int(10)];
                let count = (1..10).take_while(|number| text.contains(&format!("${number}"))).count();
                let values = match (count, text.contains("brand_id = $1")) {
                    (3, false) => values.to_vec(),
                    (3, true) => vec![Value::Text(""), Value::Int(1), Value::Int(10)],
                    _ => vec![Value::Int(1), Value::Int(10)],
                };
                inspect::plan(tx, text, &values).await
            })
        })
        .await;
    plan.unwrap().join("\n")
}

both! {
    async fn what_is_due_is_found_through_its_index(app) {
        for (part, index) in [
            ("FROM brand b WHERE b.deleted_at IS NULL AND b.id > $2 AND EXISTS", "ticket_overdue"),
            ("t.due_at < $2 LIMIT $3", "ticket_overdue"),
            ("FROM mail WHERE due_at IS NOT NULL AND due_at <= $1", "mail_due"),
        ] {
            let plan = plan(app, part).await;
            assert!(plan.contains(index), "{part}: {plan}");
            assert!(!plan.contains("SCAN t") && !plan.contains("SCAN mail\n") && !plan.contains("Seq Scan"), "{part}: {plan}");
        }
    }
}
