use dispatch_testkit::both;
use serde_json::json;

use super::{all, events};
use crate::api::{
    given::{path, status},
    id, key_for,
};

both! {
    async fn entries_are_found_by_event_and_by_what_they_are_about(app) {
        let brand = app.brand("acme").await;
        let one = app.ticket(&brand, json!({ "title": "One" })).await;
        let two = app.ticket(&brand, json!({ "title": "Two" })).await;
        app.patch(&path(&brand, &one), json!({ "status": "closed" })).await.ok();
        let comment = app.post(&format!("{}/comments", path(&brand, &two)), json!({ "body": "B" })).await.created();
        let doing = status(app, &brand, "doing", true).await;
        let found = async |query: &str| events(app, &format!("{brand}/logs?order=asc&limit=2&{query}")).await;
        assert_eq!(found("event=ticket.created").await, ["ticket.created", "ticket.created"]);
        assert_eq!(found("event=ticket.closed,status.*").await, ["ticket.closed", "status.created"]);
        assert_eq!(found("event=ticket.comment.created").await, ["comment.created"]);
        assert_eq!(found("entityType=status").await, ["status.created"]);
        assert_eq!(found("entityType=ticket&event=ticket.closed,status.*").await, ["ticket.closed"]);
        assert_eq!(found("entityType=ticket&event=status.*").await, [""; 0]);
        let of_ticket = format!("entityId={}", id(&one));
        assert_eq!(found(&of_ticket).await, ["ticket.created", "ticket.updated", "ticket.closed"]);
        assert_eq!(found(&format!("{of_ticket}&event=ticket.closed")).await, ["ticket.closed"]);
        assert_eq!(found(&format!("entityId={}", id(&comment))).await, ["comment.created"]);
        assert_eq!(found(&format!("entityId={}", id(&doing))).await, ["status.created"]);
        for unknown in ["tkt_01kdyak43d7trmct2jayyxcg7v", "nonsense"] {
            assert_eq!(found(&format!("entityId={unknown}")).await, [""; 0]);
        }
    }

    async fn entries_are_found_by_time(app) {
        let brand = app.brand("acme").await;
        let day = 24 * 60 * 60 * 1000;
        for title in ["2026-01-03", "2026-01-04", "2026-01-05"] {
            app.advance_ms(day);
            app.ticket(&brand, json!({ "title": title })).await;
        }
        for (query, expected) in [
            ("startDate=2026-01-04", vec!["2026-01-04", "2026-01-05"]),
            ("startDate=2026-01-04T03:04:05.678Z", vec!["2026-01-04", "2026-01-05"]),
            ("startDate=2026-01-04T03:04:05.679Z", vec!["2026-01-05"]),
            ("endDate=2026-01-04", vec!["2026-01-03", "2026-01-04"]),
            ("endDate=2026-01-04T00:00:00Z", vec!["2026-01-03"]),
            ("endDate=2026-01-04T03:04:05.678Z", vec!["2026-01-03"]),
            ("endDate=2026-01-04T05:04:05.679%2B02:00", vec!["2026-01-03", "2026-01-04"]),
            ("startDate=2026-01-04&endDate=2026-01-04", vec!["2026-01-04"]),
            ("startDate=2027-01-01", vec![]),
        ] {
            let entries = all(app, &format!("{brand}/logs?order=asc&event=ticket.*&{query}")).await;
            let titles: Vec<&str> = entries.iter().map(|entry| entry["metadata"]["title"].as_str().unwrap()).collect();
            assert_eq!(titles, expected, "{query}");
        }
    }

    async fn entries_are_found_by_who_performed_them(app) {
        let brand = app.brand("acme").await;
        let key = key_for(app, &brand, "full").await;
        status(app, &brand, "doing", true).await;
        app.call(&key, "POST", &format!("{brand}/tickets"), json!({ "title": "T", "status": "doing" })).await.created();
        app.delete(&format!("{brand}/statuses/doing?replacementStatusId=open")).await.ok();
        app.drain().await;
        let of = async |query: String| events(app, &format!("{brand}/logs?order=asc&limit=1&{query}")).await;
        assert_eq!(of("performerType=system".to_owned()).await, ["ticket.updated"]);
        assert_eq!(of("performerType=user".to_owned()).await, [""; 0]);
        let ours = ["brand.created", "status.created", "ticket.created", "status.deleted"];
        assert_eq!(of("performerType=api".to_owned()).await, ours);
        let created = &all(app, &format!("{brand}/logs?event=ticket.created")).await[0];
        let performer = created["performedBy"]["id"].as_str().unwrap();
        assert_eq!(of(format!("performerId={performer}")).await, ["ticket.created"]);
        assert_eq!(of(format!("performerId={performer}&performerType=api")).await, ["ticket.created"]);
        assert_eq!(of(format!("performerId={performer}&performerType=system")).await, [""; 0]);
    }

    async fn a_wrong_filter_is_refused_by_its_name(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "T" })).await;
        for list in [format!("{brand}/logs"), format!("{brand}/logs.csv"), "/accounts/me/logs".to_owned()] {
            for (query, fields) in [
                ("event=ticket.crated", vec!["event"]),
                ("entityType=tickets", vec!["entityType"]),
                ("event=x&entityType=y", vec!["event", "entityType"]),
                ("startDate=yesterday&endDate=2026-02-30", vec!["startDate", "endDate"]),
                ("performerType=agent&order=up", vec!["performerType", "order"]),
                ("entity=tkt", vec!["entity"]),
            ] {
                assert_eq!(app.get(&format!("{list}?{query}")).await.invalid(), fields, "{list} {query}");
            }
        }
        let page = app.get(&format!("{brand}/logs?limit=1")).await.ok();
        let cursor = page["pagination"]["cursor"].as_str().unwrap();
        for query in ["order=asc&cursor=", "event=ticket.*&cursor=", "performerId=x&cursor=", "startDate=2026-01-01&cursor="] {
            assert_eq!(app.get(&format!("{brand}/logs?{query}{cursor}")).await.invalid(), ["cursor"], "{query}");
        }
        for query in ["cursor=nonsense", &format!("cursor={cursor}0")] {
            assert_eq!(app.get(&format!("{brand}/logs?{query}")).await.invalid(), ["cursor"]);
        }
        assert_eq!(app.get(&format!("{brand}/logs?limit=101")).await.invalid(), ["limit"]);
        assert_eq!(app.get(&format!("{brand}/logs.csv?limit=1")).await.invalid(), ["limit"]);
    }
}
