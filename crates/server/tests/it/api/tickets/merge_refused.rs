//! Merges that are not done, and what a merged ticket refuses (API 5.8).

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    given::{path, position},
    labels::execute,
};

/// A brand with tickets DT-1001 to DT-1004.
async fn given(app: &TestApp) -> String {
    let brand = app.brand("acme").await;
    for title in ["1", "2", "3", "4"] {
        app.ticket(&brand, json!({ "title": title, "tags": [title] })).await;
    }
    brand
}

both! {
    async fn every_bad_source_is_told_with_its_place_and_nothing_is_done(app) {
        let (brand, other) = (given(app).await, app.brand("other").await);
        let foreign = app.ticket(&other, json!({ "title": "F" })).await;
        app.delete(&format!("{brand}/tickets/DT-1004")).await.ok();
        let (seen, merge) = (position(app, &brand).await, format!("{brand}/tickets/DT-1001/merge"));
        let sources = json!({ "sourceTicketIds": ["DT-1002", foreign["id"], "dt-1001", "DT-1004", "DT-9"] });
        let refused = app.post(&merge, sources).await.invalid();
        let expected = ["sourceTicketIds[1]", "sourceTicketIds[2]", "sourceTicketIds[3]", "sourceTicketIds[4]"];
        assert_eq!(refused, expected);
        for bad in [json!([]), json!(vec!["DT-1002"; 51]), json!("DT-1002")] {
            assert_eq!(app.post(&merge, json!({ "sourceTicketIds": bad })).await.invalid(), ["sourceTicketIds"]);
        }
        let good = json!({ "sourceTicketIds": ["DT-1002"] });
        app.post(&format!("{brand}/tickets/DT-1004/merge"), good.clone()).await.refused(404, "not_found");
        app.post(&format!("{brand}/tickets/DT-9/merge"), good).await.refused(404, "not_found");
        assert_eq!(position(app, &brand).await, seen);
        assert_eq!(app.get(&format!("{brand}/tickets/DT-1002")).await.ok()["status"], "open");
    }

    async fn what_was_merged_is_neither_target_nor_source_again(app) {
        let brand = given(app).await;
        app.post(&format!("{brand}/tickets/DT-1001/merge"), json!({ "sourceTicketIds": ["DT-1002"] })).await.ok();
        let before = app.get(&format!("{brand}/tickets")).await.ok();
        for (target, sources) in
            [("DT-1002", json!(["DT-1003"])), ("DT-1003", json!(["DT-1002"])), ("DT-1003", json!(["DT-1004", "DT-1002"])),
                ("DT-1001", json!(["DT-1002"])), ("DT-1002", json!(["DT-1001"]))]
        {
            let answer = app.post(&format!("{brand}/tickets/{target}/merge"), json!({ "sourceTicketIds": sources })).await;
            assert!(answer.text.contains("DT-1001"), "the text names where it went: {}", answer.text);
            answer.refused(409, "conflict");
        }
        let bad = app.post(&format!("{brand}/tickets/DT-1002/merge"), json!({ "sourceTicketIds": ["DT-9"] })).await;
        assert_eq!(bad.invalid(), ["sourceTicketIds[0]"], "what is wrong with the request comes first");
        assert_eq!(app.get(&format!("{brand}/tickets")).await.ok(), before, "all or nothing");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_merged_ticket_takes_no_comment_and_no_status_but_other_changes(app) {
        let brand = given(app).await;
        app.post(&format!("{brand}/tickets/DT-1001/merge"), json!({ "sourceTicketIds": ["DT-1002"] })).await.ok();
        let one = format!("{brand}/tickets/DT-1002");
        let seen = position(app, &brand).await;
        for (method, below, body) in [
            ("POST", "/comments", json!({ "body": "B" })),
            ("POST", "/comments", json!({ "body": "B", "authorType": "CUSTOMER" })),
            ("POST", "/comments", json!({ "body": "B", "authorType": "SYSTEM" })),
            ("PATCH", "", json!({ "status": "open" })),
            ("PATCH", "", json!({ "title": "N", "status": "resolved", "tags": ["never"] })),
        ] {
            let answer = app.call(&app.key, method, &format!("{one}{below}"), body.clone()).await;
            assert!(answer.text.contains("DT-1001"), "{}", answer.text);
            answer.refused(409, "conflict");
        }
        assert_eq!(app.post(&format!("{one}/comments"), json!({ "body": "" })).await.invalid(), ["body"]);
        assert_eq!(position(app, &brand).await, seen);
        let changed = json!({ "title": "N", "status": "closed", "priority": "high", "tags": [] });
        let patched = app.patch(&one, changed).await.ok();
        assert_eq!((&patched["title"], &patched["tags"], &patched["status"]), (&json!("N"), &json!([]), &json!("closed")));
        let bulk = json!({ "action": "resolve", "ticketIds": ["DT-1002", "DT-1003"] });
        let report = app.post(&format!("{brand}/tickets/bulk"), bulk).await.ok();
        assert_eq!((&report["count"], &report["results"][0]["code"]), (&json!(1), &json!("conflict")));
    }

    async fn there_may_not_be_too_many_tags_watchers_or_comments(app) {
        let brand = app.brand("acme").await;
        let names = |from: usize| (from..from + 30).map(|number| format!("t{number}")).collect::<Vec<_>>();
        let watchers = |from: usize| {
            (from..from + 60).map(|number| json!({ "email": format!("w{number}@x.example") })).collect::<Vec<Value>>()
        };
        app.ticket(&brand, json!({ "title": "1", "tags": names(0), "watchers": watchers(0) })).await;
        app.ticket(&brand, json!({ "title": "2", "tags": names(30) })).await;
        app.ticket(&brand, json!({ "title": "3", "watchers": watchers(60) })).await;
        let last = app.ticket(&brand, json!({ "title": "4", "tags": names(0), "watchers": watchers(0) })).await;
        let comment = app.post(&format!("{}/comments", path(&brand, &last)), json!({ "body": "B" })).await.created();
        let (seen, merge) = (position(app, &brand).await, format!("{brand}/tickets/DT-1001/merge"));
        for source in ["DT-1002", "DT-1003"] {
            app.post(&merge, json!({ "sourceTicketIds": ["DT-1004", source] })).await.refused(409, "conflict");
        }
        assert_eq!(position(app, &brand).await, seen, "all or nothing");
        assert_eq!(app.get(&format!("{brand}/tickets/DT-1004")).await.ok()["mergedIntoId"], Value::Null);
        let more = format!(
            "INSERT INTO comment (brand_id, id, ticket_id, author_type, is_internal, by_server, links, metadata, cc, source,
                created_at, updated_at, body)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            SELECT c.brand_id, 'cmt_more' || n.i, c.ticket_id, c.author_type, c.is_internal, c.by_server, c.links,
                c.metadata, c.cc, c.source, c.created_at, c.updated_at, c.body FROM n, comment c WHERE c.id = '{}'",
            comment["id"].as_str().unwrap()
        );
        execute(app, &more).await;
        let refused = app.post(&merge, json!({ "sourceTicketIds": ["DT-1004"] })).await;
        assert!(refused.text.contains("5000 comments"), "{}", refused.text);
        refused.refused(409, "conflict");
        assert_eq!(position(app, &brand).await, seen);
    }
}
