use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{each, given::path, key_for};

both! {
    async fn a_ticket_has_its_own_entries_and_those_of_its_parts(app) {
        let brand = app.brand("acme").await;
        let one = app.ticket(&brand, json!({ "title": "One", "customerEmail": "jane@example.com" })).await;
        app.ticket(&brand, json!({ "title": "Two" })).await;
        app.patch(&path(&brand, &one), json!({ "status": "closed" })).await.ok();
        app.post(&format!("{}/comments", path(&brand, &one)), json!({ "body": "B" })).await.created();
        let newest = ["comment.created", "ticket.closed", "ticket.updated", "ticket.created"];
        let logs = app.get(&format!("{brand}/tickets/dt-1001/logs")).await;
        assert_eq!(logs.header("x-next-cursor"), "");
        let logs = logs.ok();
        assert_eq!(each(&logs, "event"), newest);
        assert_eq!(logs[2]["changes"]["status"], json!({ "old": "open", "new": "closed" }));
        assert_eq!(logs[0]["ticketId"], one["id"]);
        let support = key_for(app, &brand, "support").await;
        let seen = app.call(&support, "GET", &format!("{}/logs", path(&brand, &one)), Value::Null).await.ok();
        assert_eq!(seen, logs);
    }

    async fn more_than_the_limit_go_on_behind_a_cursor(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "One" })).await);
        for number in 0..4 {
            app.patch(&one, json!({ "title": number.to_string() })).await.ok();
        }
        let (mut sequences, mut next) = (Vec::new(), format!("{one}/logs?limit=2"));
        loop {
            let answer = app.get(&next).await;
            let cursor = answer.header("x-next-cursor").to_owned();
            sequences.extend(answer.ok().as_array().unwrap().iter().map(|entry| entry["sequence"].as_i64().unwrap()));
            if cursor.is_empty() {
                break;
            }
            app.patch(&one, json!({ "title": cursor.clone() })).await.ok();
            next = format!("{one}/logs?limit=2&cursor={cursor}");
        }
        assert_eq!(sequences, [6, 5, 4, 3, 2]);
        assert_eq!(app.get(&format!("{one}/logs?limit=1001")).await.invalid(), ["limit"]);
        assert_eq!(app.get(&format!("{one}/logs?cursor=x")).await.invalid(), ["cursor"]);
        assert_eq!(app.get(&format!("{one}/logs?event=ticket.*")).await.invalid(), ["event"]);
        app.get(&format!("{brand}/tickets/DT-9/logs")).await.refused(404, "not_found");
    }
}
