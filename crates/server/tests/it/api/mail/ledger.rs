use std::slice::from_ref;

use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{RefusedAt as _, deliver, mail_id, message, new_ticket, outcome, sent};
use crate::api::id;

both! {
    async fn the_ledger_is_listed_newest_first_and_filtered(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\nSubject: First 100%\r\n", "x")).await;
        app.advance_ms(1_000);
        let between = app.clock.now().to_string();
        app.advance_ms(1_000);
        outcome(app, "acme", message("From: bo@example.com\r\nMessage-ID: <2@x>\r\nSubject: Second\r\n", "x")).await;
        app.advance_ms(1_000);
        deliver(app, "acme", "broken").await.ok();
        sent(app, &brand, &ticket, 1, "jane@example.com", None).await;
        let subjects = async |query: &str| -> Vec<Value> {
            let page = app.get(&format!("{brand}/mail?{query}")).await.ok();
            page["data"].as_array().expect("mail").iter().map(|mail| mail["subject"].clone()).collect()
        };
        let (first, second, none) = (json!("First 100%"), json!("Second"), Value::Null);
        assert_eq!(subjects("direction=in").await, [none.clone(), second.clone(), first.clone()]);
        assert_eq!(subjects("direction=out").await, [json!("Re: x")]);
        assert_eq!(subjects("outcome=created").await, [second.clone(), first.clone()]);
        assert_eq!(subjects("outcome=quarantined,sent&direction=in").await, [none]);
        assert_eq!(subjects("ticketId=DT-1001&direction=in").await, from_ref(&first));
        assert_eq!(subjects("from=Bo@Example.com").await, from_ref(&second));
        assert_eq!(subjects("search=sECOND").await, from_ref(&second));
        assert_eq!(subjects("search=0%25").await, from_ref(&first));
        assert_eq!(subjects("search=%25x").await, [] as [Value; 0]);
        assert_eq!(subjects(&format!("createdBefore={between}")).await, from_ref(&first));
        assert_eq!(subjects(&format!("createdAfter={between}&outcome=created")).await, [second]);
        let page = app.get(&format!("{brand}/mail?direction=in&limit=2")).await.ok();
        let next = page["pagination"]["nextCursor"].as_str().expect("a cursor");
        let rest = app.get(&format!("{brand}/mail?direction=in&limit=2&cursor={next}")).await.ok();
        assert_eq!((&rest["data"][0]["subject"], &rest["pagination"]["hasMore"]), (&first, &json!(false)));
        app.get(&format!("{brand}/mail?cursor={next}")).await.refused_at(&["cursor"]);
        app.get(&format!("{brand}/mail?direction=up&outcome=lost")).await.refused_at(&["direction", "outcome"]);
    }

    async fn the_bytes_come_back_as_they_came(app) {
        let brand = app.brand("acme").await;
        let raw = message("", "exactly\tthis \u{e9}");
        let record = deliver(app, "acme", raw.clone()).await.created();
        let path = format!("{brand}/mail/{}/raw", id(&record));
        let back = app.get(&path).await;
        assert_eq!(back.header("content-type"), "message/rfc822");
        assert_eq!(back.header("content-disposition"), format!("attachment; filename=\"{}.eml\"", id(&record)));
        assert_eq!(back.text, raw);
        app.get(&format!("{brand}/mail/ml_01kdyak43d7trmct2jayyxcg7v/raw")).await.refused(404, "not_found");
    }

    async fn what_went_out_has_no_bytes_and_is_not_looked_at_again(app) {
        let brand = app.brand("acme").await;
        let ticket = new_ticket(app, &brand, "acme", message("", "x")).await;
        sent(app, &brand, &ticket, 1, "jane@example.com", None).await;
        let path = format!("{brand}/mail/{}", mail_id(1));
        assert_eq!(app.get(&path).await.ok()["hasRaw"], false);
        app.get(&format!("{path}/raw")).await.refused(404, "not_found");
        app.post(&format!("{path}/reprocess"), Value::Null).await.refused(409, "conflict");
    }

    async fn what_was_ignored_can_be_made_a_ticket(app) {
        let brand = app.brand("acme").await;
        let record = deliver(app, "acme", message("Auto-Submitted: auto-replied\r\n", "really")).await.ok();
        let made = app.post(&format!("{brand}/mail/{}/reprocess", id(&record)), json!({ "action": "create" })).await.ok();
        assert_eq!((&made["outcome"], &made["id"]), (&json!("created"), &record["id"]));
    }
}
