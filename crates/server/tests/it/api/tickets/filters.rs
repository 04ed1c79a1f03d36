//! Filters that stand alone: ranges of times, lists of texts, flags (API 5.4).

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    given::{each, path, status},
    labels::execute,
};

/// The titles that a query finds; the count must agree.
async fn titles(app: &TestApp, brand: &str, query: &str) -> Vec<String> {
    let page = app.get(&format!("{brand}/tickets?sort=ticketNumber&order=asc&{query}")).await.ok();
    let count = app.get(&format!("{brand}/tickets/count?{query}")).await.ok();
    let titles: Vec<String> = each(&page["data"], "title").into_iter().map(str::to_owned).collect();
    assert_eq!(count, json!({ "count": titles.len(), "capped": false }), "{query}");
    titles
}

async fn found(app: &TestApp, brand: &str, cases: &[(&str, &[&str])]) {
    for (query, expected) in cases {
        assert_eq!(titles(app, brand, query).await, *expected, "{query}");
    }
}

both! {
    async fn priorities_sources_and_creators_are_lists(app) {
        let brand = app.brand("acme").await;
        for (title, priority, source, by) in
            [("1", "low", "api", "ann"), ("2", "high", "sms", "bo"), ("3", "normal", "api", "ann"), ("4", "urgent", "web", "")]
        {
            let by = if by.is_empty() { Value::Null } else { json!(by) };
            app.ticket(&brand, json!({ "title": title, "priority": priority, "source": source, "createdBy": by })).await;
        }
        found(app, &brand, &[
            ("priority=high", &["2"]), ("priority=low,urgent", &["1", "4"]), ("priority=medium", &["3"]),
            ("priority=all", &["1", "2", "3", "4"]), ("priority=low,all", &["1", "2", "3", "4"]),
            ("source=api", &["1", "3"]), ("source=sms,web", &["2", "4"]), ("source=all", &["1", "2", "3", "4"]),
            ("source=none", &[]), ("createdBy=ann", &["1", "3"]), ("createdBy=bo,ann", &["1", "2", "3"]),
            ("createdBy=none", &[]), ("createdBy=ann&priority=normal&source=api", &["3"]),
        ]).await;
    }

    async fn a_source_id_is_matched_as_it_is(app) {
        let brand = app.brand("acme").await;
        for (title, id) in [("1", json!("<m1@x.example>")), ("2", json!("<M1@x.example>")), ("3", Value::Null)] {
            app.ticket(&brand, json!({ "title": title, "sourceId": id })).await;
        }
        found(app, &brand, &[("sourceId=%3Cm1@x.example%3E", &["1"]), ("sourceId=m1", &[]), ("formId=frm_1", &[])]).await;
    }

    async fn ranges_have_their_beginning_and_not_their_end(app) {
        let brand = app.brand("acme").await;
        for title in ["1", "2", "3"] {
            app.ticket(&brand, json!({ "title": title, "dueAt": format!("2026-05-0{title}T10:00:00Z") })).await;
            app.advance_ms(1_000);
        }
        app.ticket(&brand, json!({ "title": "never due" })).await;
        app.patch(&format!("{brand}/tickets/DT-1001"), json!({ "priority": "high" })).await.ok();
        // They began at 03:04:05.678; the first was changed last.
        found(app, &brand, &[
            ("createdAfter=2026-01-02T03:04:06.678Z", &["2", "3", "never due"]),
            ("createdAfter=2026-01-02T03:04:06.679Z", &["3", "never due"]),
            ("createdBefore=2026-01-02T03:04:06.678Z", &["1"]),
            ("createdAfter=2026-01-02T04:04:06.678%2B01:00&createdBefore=2026-01-02T03:04:07.678Z", &["2"]),
            ("createdAfter=2026-01-02&createdBefore=2026-01-03", &["1", "2", "3", "never due"]),
            ("createdBefore=2026-01-02", &[]),
            ("updatedAfter=2026-01-02T03:04:08.678Z", &["1", "never due"]),
            ("updatedBefore=2026-01-02T03:04:07.678Z", &["2"]),
            ("dueAfter=2026-05-02", &["2", "3"]),
            ("dueBefore=2026-05-02T10:00:00Z", &["1"]),
            ("dueAfter=2026-05-01T10:00:00Z&dueBefore=2026-05-03T10:00:00Z", &["1", "2"]),
            ("dueAfter=2027-01-01", &[]),
        ]).await;
    }

    async fn overdue_is_active_and_due_before_now(app) {
        let brand = app.brand("acme").await;
        status(app, &brand, "doing", true).await;
        status(app, &brand, "parked", false).await;
        for key in ["open", "pending", "doing", "parked", "resolved", "closed"] {
            app.ticket(&brand, json!({ "title": key, "status": key, "dueAt": "2026-01-02T04:00:00Z" })).await;
        }
        app.ticket(&brand, json!({ "title": "later", "dueAt": "2026-03-01" })).await;
        app.ticket(&brand, json!({ "title": "never" })).await;
        let all = ["open", "pending", "doing", "parked", "resolved", "closed", "later", "never"];
        found(app, &brand, &[("overdue=true", &[]), ("overdue=false", &all)]).await;
        app.clock.advance_ms(24 * 60 * 60 * 1_000);
        found(app, &brand, &[
            ("overdue=true", &["open", "pending", "doing"]), ("overdue=1", &["open", "pending", "doing"]),
            ("overdue=false", &["parked", "resolved", "closed", "later", "never"]),
            ("overdue=true&status=pending,closed", &["pending"]),
            ("overdue=false&status=pending,closed", &["closed"]),
        ]).await;
    }

    async fn attachments_and_merges_are_flags(app) {
        let brand = app.brand("acme").await;
        for title in ["1", "2"] {
            app.ticket(&brand, json!({ "title": title })).await;
        }
        execute(app, "UPDATE ticket SET attachment_count = 2 WHERE number = 1001").await;
        app.post(&format!("{brand}/tickets/DT-1001/merge"), json!({ "sourceTicketIds": ["DT-1002"] })).await.ok();
        found(app, &brand, &[
            ("hasAttachments=true", &["1"]), ("hasAttachments=0", &["2"]), ("merged=true", &["2"]), ("merged=false", &["1"]),
            ("merged=true&hasAttachments=true", &[]), ("merged=true&status=closed", &["2"]),
        ]).await;
    }

    /// `all` in a list of the others means no filter; as the value of a filter that has no `all` it is a value.
    async fn all_is_no_filter_where_the_contract_says_so(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "1", "createdBy": "someone" })).await;
        for name in ["status", "priority", "assigneeId", "categoryId", "source"] {
            assert_eq!(titles(app, &brand, &format!("{name}=all")).await, ["1"], "{name}");
        }
        assert_eq!(titles(app, &brand, "createdBy=all").await, [""; 0], "createdBy has no such literal");
        app.patch(&path(&brand, &ticket), json!({ "title": "2" })).await.ok();
        assert_eq!(titles(app, &brand, "status=all").await, ["2"]);
    }
}
