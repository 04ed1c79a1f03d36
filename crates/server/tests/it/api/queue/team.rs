use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    given::{member, path},
    labels::set_status_as,
};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Address, resolved and closed of each member.
async fn team(app: &TestApp, query: &str) -> Vec<(String, i64, i64)> {
    let found = app.get(&format!("/tickets/team-metrics{query}")).await.ok();
    let row = |one: &Value| {
        assert_eq!(json!([one["csatCount"], one["csatPositive"], one["csatScore"]]), json!([0, 0, null]));
        let resolved = one["ticketsResolved"].as_i64().unwrap();
        (one["memberEmail"].as_str().unwrap().to_owned(), resolved, one["ticketsClosed"].as_i64().unwrap())
    };
    found["members"].as_array().unwrap().iter().map(row).collect()
}

fn rows(found: &[(&str, i64, i64)]) -> Vec<(String, i64, i64)> {
    found.iter().map(|(email, resolved, closed)| ((*email).to_owned(), *resolved, *closed)).collect()
}

both! {
    async fn members_count_what_they_resolved_and_closed(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let ana = member(app, "ana@acme.example", "Ana Ito", &[]).await;
        let bo = member(app, "bo@acme.example", "Bo", &[]).await;
        let mut tickets = Vec::new();
        for brand in [&brand, &brand, &brand, &other] {
            tickets.push((brand.clone(), app.ticket(brand, json!({ "title": "T" })).await));
        }
        assert_eq!(team(app, "").await, rows(&[]));
        set_status_as(app, &bo, &tickets[0].0, &tickets[0].1, "resolved").await;
        set_status_as(app, &ana, &tickets[1].0, &tickets[1].1, "closed").await;
        set_status_as(app, &ana, &tickets[3].0, &tickets[3].1, "resolved").await;
        // An API key is no member.
        app.patch(&path(&brand, &tickets[2].1), json!({ "status": "closed" })).await.ok();
        assert_eq!(team(app, "").await, rows(&[("ana@acme.example", 2, 1), ("bo@acme.example", 1, 0)]));
        let first = app.get("/tickets/team-metrics").await.ok()["members"][0].clone();
        assert_eq!((&first["memberId"], &first["memberName"]), (&json!(ana), &json!("Ana Ito")));
        let id = other.trim_start_matches("/brands/");
        assert_eq!(team(app, &format!("?brandIds={id}")).await, rows(&[("ana@acme.example", 1, 0)]));
        // Closed by another: that counts for who resolved it, the one whom the ticket names (API 5.5).
        set_status_as(app, &ana, &tickets[0].0, &tickets[0].1, "closed").await;
        assert_eq!(team(app, "").await, rows(&[("ana@acme.example", 2, 1), ("bo@acme.example", 1, 1)]));
        set_status_as(app, &bo, &tickets[1].0, &tickets[1].1, "open").await;
        app.post(&format!("{}/spam", path(&brand, &tickets[0].1)), json!({ "isSpam": true })).await.ok();
        assert_eq!(team(app, "").await, rows(&[("ana@acme.example", 1, 0)]));
        app.patch(&path(&other, &tickets[3].1), json!({ "status": "closed", "closeReason": "duplicate" })).await.ok();
        assert_eq!(team(app, "").await, rows(&[]), "duplicates are left out");
        for brand in [&brand, &other] {
            assert_eq!(app.problems(brand).await, [""; 0]);
        }
    }

    async fn a_span_is_of_whole_days_and_a_bare_end_includes_its_day(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        for _ in 0..3 {
            let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
            set_status_as(app, &ana, &brand, &ticket, "resolved").await;
            app.clock.advance_ms(DAY_MS);
        }
        for (query, resolved) in [
            ("?startDate=2026-01-02", 3),
            ("?startDate=2026-01-03", 2),
            ("?startDate=2026-01-03&endDate=2026-01-03", 1),
            ("?endDate=2026-01-03", 2),
            ("?endDate=2026-01-03T00:00:00Z", 1),
            ("?startDate=2026-01-02T00:00:00Z&endDate=2026-01-04T00:00:00%2B00:00", 2),
        ] {
            assert_eq!(team(app, query).await, rows(&[("ana@acme.example", resolved, 0)]), "{query}");
        }
        assert_eq!(team(app, "?startDate=2026-01-05").await, rows(&[]));
        assert_eq!(app.get("/tickets/team-metrics?startDate=x&endDate=y").await.invalid(), ["startDate", "endDate"]);
    }
}
