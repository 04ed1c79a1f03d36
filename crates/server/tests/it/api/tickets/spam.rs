use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::given::{each, events_after, kinds, path, position, text};

/// How many tickets the unfiltered count, the chip of `open` and the statistics have.
async fn counts(app: &TestApp, brand: &str) -> [Value; 3] {
    let count = app.get(&format!("{brand}/tickets/count")).await.ok()["count"].clone();
    let chips = app.get(&format!("{brand}/statuses/stats")).await.ok();
    let total = app.get("/tickets/stats").await.ok()["total"].clone();
    [count, chips[0]["count"].clone(), total]
}

both! {
    async fn spam_leaves_the_lists_and_comes_back(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "spam", "status": "open" })).await;
        app.ticket(&brand, json!({ "title": "ham" })).await;
        let spam = format!("{}/spam", path(&brand, &ticket));
        app.advance_ms(1);
        let seen = position(app, &brand).await;
        let marked = app.post(&spam, json!({ "isSpam": true })).await.ok();
        assert_eq!((&marked["isSpam"], &marked["status"]), (&json!(true), &json!("open")));
        assert!(text(&marked, "updatedAt") > text(&ticket, "updatedAt"));
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok(), marked);
        assert_eq!(counts(app, &brand).await, [1, 1, 1]);
        for (query, found) in
            [("", vec!["ham"]), ("isSpam=false", vec!["ham"]), ("isSpam=true", vec!["spam"]),
                ("isSpam=any", vec!["spam", "ham"]), ("isSpam=any&status=open", vec!["spam", "ham"]),
                ("isSpam=true&status=open", vec!["spam"])]
        {
            for list in [format!("{brand}/tickets"), "/tickets".to_owned()] {
                let page = app.get(&format!("{list}?sort=ticketNumber&order=asc&{query}")).await.ok();
                assert_eq!(each(&page["data"], "title"), found, "{list} {query}");
                let count = app.get(&format!("{list}/count?{query}")).await.ok();
                assert_eq!(count, json!({ "count": found.len(), "capped": false }), "{list} {query}");
            }
        }
        let back = app.post(&spam, json!({ "isSpam": false })).await.ok();
        assert_eq!(back["isSpam"], false);
        assert_eq!(counts(app, &brand).await, [2, 2, 2]);
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["ticket.spam_marked", "ticket.spam_unmarked"]);
        assert_eq!((&events[0]["data"]["ticket"], &events[1]["data"]["ticket"]), (&marked, &back));
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn its_customer_is_blocked_with_it_and_freed_with_it(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "customerEmail": "jane@x.example" })).await;
        let (spam, customer) =
            (format!("{}/spam", path(&brand, &ticket)), format!("{brand}/customers/{}", text(&ticket, "customerId")));
        for (body, blocked, expected) in [
            (json!({ "isSpam": true, "blockCustomer": false }), false, vec!["ticket.spam_marked"]),
            (json!({ "isSpam": false }), false, vec!["ticket.spam_unmarked"]),
            (json!({ "isSpam": true }), true, vec!["customer.updated", "ticket.spam_marked"]),
            (json!({ "isSpam": false, "blockCustomer": false }), false, vec!["customer.updated", "ticket.spam_unmarked"]),
            (json!({ "isSpam": true, "blockCustomer": null }), true, vec!["customer.updated", "ticket.spam_marked"]),
        ] {
            let seen = position(app, &brand).await;
            let marked = app.post(&spam, body.clone()).await.ok();
            assert_eq!(marked["customer"]["isBlocked"], json!(blocked), "{body}");
            let shown = app.get(&customer).await.ok();
            assert_eq!(shown["isBlocked"], json!(blocked), "{body}");
            let events = events_after(app, &brand, seen).await;
            assert_eq!(kinds(&events), expected, "{body}");
            assert_eq!(events.last().unwrap()["data"]["ticket"], marked, "{body}");
        }
        let seen = position(app, &brand).await;
        app.patch(&customer, json!({ "isBlocked": false })).await.ok();
        app.post(&spam, json!({ "isSpam": true })).await.ok();
        assert_eq!(kinds(&events_after(app, &brand, seen).await), ["customer.updated"], "spam already: no second block");
    }

    async fn the_present_value_again_changes_nothing(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "customerEmail": "jane@x.example" })).await;
        let one = path(&brand, &ticket);
        for is_spam in [false, true] {
            let now = app.post(&format!("{one}/spam"), json!({ "isSpam": is_spam })).await.ok();
            let seen = position(app, &brand).await;
            app.advance_ms(1_000);
            assert_eq!(app.post(&format!("{one}/spam"), json!({ "isSpam": is_spam })).await.ok(), now);
            assert_eq!(app.patch(&one, json!({ "isSpam": is_spam })).await.ok(), now);
            assert_eq!(position(app, &brand).await, seen);
        }
    }

    async fn a_patch_does_the_same_and_keeps_it_out_of_the_other_changes(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "customerEmail": "jane@x.example" })).await;
        let one = path(&brand, &ticket);
        let seen = position(app, &brand).await;
        let marked = app.patch(&one, json!({ "isSpam": true })).await.ok();
        assert_eq!((&marked["isSpam"], &marked["customer"]["isBlocked"]), (&json!(true), &json!(true)));
        let both = json!({ "isSpam": false, "title": "U", "status": "closed", "tags": ["new"] });
        let back = app.patch(&one, both).await.ok();
        assert_eq!((&back["title"], &back["isSpam"], &back["status"]), (&json!("U"), &json!(false), &json!("closed")));
        assert_eq!(app.get(&one).await.ok(), back);
        let events = events_after(app, &brand, seen).await;
        let expected = [
            "customer.updated",
            "ticket.spam_marked",
            "tag.created",
            "ticket.updated",
            "ticket.closed",
            "customer.updated",
            "ticket.spam_unmarked",
        ];
        assert_eq!(kinds(&events), expected);
        assert_eq!(events[3]["data"]["changes"], json!(["title", "status", "tagIds"]));
        assert_eq!(events[6]["data"]["ticket"], back);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_customers_comment_does_not_reopen_spam(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "status": "closed" })).await;
        let one = path(&brand, &ticket);
        app.post(&format!("{one}/spam"), json!({ "isSpam": true })).await.ok();
        app.post(&format!("{one}/comments"), json!({ "body": "B", "authorType": "CUSTOMER" })).await.created();
        assert_eq!(app.get(&one).await.ok()["status"], "closed");
    }
}
