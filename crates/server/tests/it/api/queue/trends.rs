use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::given::path;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Date, created and resolved of each day.
async fn trends(app: &TestApp, query: &str) -> Vec<(String, i64, i64)> {
    let found = app.get(&format!("/tickets/trends{query}")).await.ok();
    let day = |day: &Value| {
        (day["date"].as_str().unwrap().to_owned(), day["created"].as_i64().unwrap(), day["resolved"].as_i64().unwrap())
    };
    found["data"].as_array().unwrap().iter().map(day).collect()
}

fn days(found: &[(&str, i64, i64)]) -> Vec<(String, i64, i64)> {
    found.iter().map(|(date, created, resolved)| ((*date).to_owned(), *created, *resolved)).collect()
}

both! {
    async fn every_day_is_there(app) {
        let found = app.get("/tickets/trends").await.ok();
        assert_eq!(found["data"].as_array().unwrap().len(), 30);
        assert_eq!(found["data"][0], json!({ "date": "2025-12-04", "created": 0, "resolved": 0 }));
        assert_eq!(found["data"][29]["date"], "2026-01-02");
        let period = json!({ "start": "2025-12-04T00:00:00.000Z", "end": "2026-01-02T03:04:05.678Z" });
        assert_eq!(found["period"], period);
        assert_eq!(trends(app, "?days=1").await, days(&[("2026-01-02", 0, 0)]));
        assert_eq!(trends(app, "?days=365").await.len(), 365);
        for bad in ["0", "366", "x"] {
            assert_eq!(app.get(&format!("/tickets/trends?days={bad}")).await.invalid(), ["days"]);
        }
    }

    async fn tickets_count_on_the_day_that_it_happened(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let first = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let second = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        app.clock.advance_ms(DAY_MS);
        app.patch(&first, json!({ "status": "resolved" })).await.ok();
        app.patch(&second, json!({ "status": "closed" })).await.ok();
        app.ticket(&other, json!({ "title": "T", "status": "resolved" })).await;
        app.clock.advance_ms(DAY_MS);
        app.patch(&first, json!({ "status": "closed" })).await.ok();
        assert_eq!(trends(app, "?days=3").await, days(&[("2026-01-02", 2, 0), ("2026-01-03", 1, 3), ("2026-01-04", 0, 0)]));
        let id = brand.trim_start_matches("/brands/");
        let alone = trends(app, &format!("?days=2&brandIds={id}")).await;
        assert_eq!(alone, days(&[("2026-01-03", 0, 2), ("2026-01-04", 0, 0)]));
        app.patch(&first, json!({ "status": "open" })).await.ok();
        app.patch(&first, json!({ "status": "resolved" })).await.ok();
        assert_eq!(trends(app, "?days=2").await, days(&[("2026-01-03", 1, 2), ("2026-01-04", 0, 1)]), "it moved");
        app.post(&format!("{second}/spam"), json!({ "isSpam": true })).await.ok();
        app.delete(&first).await.ok();
        assert_eq!(trends(app, "?days=3").await, days(&[("2026-01-02", 0, 0), ("2026-01-03", 1, 1), ("2026-01-04", 0, 0)]));
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }
}
