//! Long texts, many matches.

use dispatch_model::{TicketId, words};
use dispatch_store::{Lane, Result, search, tickets};
use dispatch_testkit::both;
use serde_json::json;

use super::tickets as found;
use crate::store::given::{ask, id};

/// The number of the n-th long word: 48 characters, so that 20,000 of them do not fit into one row of PostgreSQL.
fn word(number: usize) -> String {
    format!("{number:06}{}", "x".repeat(42))
}

both! {
    async fn the_first_twenty_thousand_words_of_a_text_are_searched(app) {
        let brand = app.brand("acme").await;
        let body: String = (0..20_900).map(|number| word(number) + " ").collect();
        let ticket = app.ticket(&brand, json!({ "title": "Long", "body": body })).await;
        let path = format!("{brand}/tickets/{}", ticket["id"].as_str().unwrap());
        for number in [0, 12_345, 19_999] {
            assert_eq!(found(app, &brand, &word(number)).await, [1001], "{number}");
        }
        assert_eq!(found(app, &brand, "0000 long").await, [1001], "once, in however many rows it is");
        assert_eq!(found(app, &brand, &word(20_001)).await, [0; 0]);
        app.patch(&path, json!({ "body": "short now" })).await.ok();
        for number in [0, 12_345, 19_999] {
            assert_eq!(found(app, &brand, &word(number)).await, [0; 0], "{number}");
        }
        assert_eq!(found(app, &brand, "long short").await, [1001]);
        assert_eq!(ask(&app.db, "SELECT CAST(count(*) AS text) FROM search_word").await, ["1"]);
    }

    async fn of_very_common_words_the_newest_ten_thousand_matches_are_looked_at(app) {
        let brand = app.brand("acme").await;
        let first = app.ticket(&brand, json!({ "title": "common oldest" })).await;
        let pattern = first["id"].as_str().unwrap().to_owned();
        for chunk in 0..20 {
            let (own, pattern) = (id(&brand), pattern.clone());
            let put: Result<()> = app
                .db
                .write(Lane::Brand(own.clone()), "test.many", move |tx| {
                    let (own, pattern) = (own.clone(), pattern.clone());
                    Box::pin(async move {
                        let mut ticket = tickets::get(tx, &own, &pattern).await?.unwrap();
                        ticket.title = "common".to_owned();
                        for number in chunk * 500..(chunk + 1) * 500 {
                            ticket.number = 2_000 + number;
                            ticket.id = TicketId(format!("tkt_1{number:08}"));
                            tickets::insert(tx, &ticket).await?;
                        }
                        Ok(())
                    })
                })
                .await;
            put.unwrap();
        }
        let own = id(&brand);
        let ask = async |text: &'static str| {
            let own = own.clone();
            let answer: Result<search::Found<TicketId>> = app
                .db
                .read("test.search", move |tx| {
                    let own = own.clone();
                    Box::pin(async move { search::tickets(tx, &own, &words::query(text)).await })
                })
                .await;
            answer.unwrap()
        };
        let common = ask("comm").await;
        assert!(common.truncated);
        assert_eq!(common.ids.len(), 10_000);
        assert_eq!(common.ids.first().map(TicketId::as_str), Some("tkt_100009999"));
        assert!(!common.ids.iter().any(|id| id.as_str() == pattern), "the oldest is left out");
        let oldest = ask("oldest").await;
        assert_eq!((oldest.ids.len(), oldest.truncated), (1, false));
        let both = ask("oldest common").await;
        assert_eq!((both.ids.len(), both.truncated), (0, true), "the answer says that it may lack something");
    }

    async fn as_many_customers_are_found_as_are_asked_for(app) {
        let brand = app.brand("acme").await;
        for number in 0..4 {
            app.post(&format!("{brand}/customers"), json!({ "email": format!("c{number}@x.io") })).await.created();
        }
        let own = id(&brand);
        for (limit, truncated) in [(3, true), (4, false)] {
            let own = own.clone();
            let found: Result<search::Found<_>> = app
                .db
                .read("test.search", move |tx| {
                    let own = own.clone();
                    Box::pin(async move { search::customers(tx, &own, &["x".to_owned()], limit).await })
                })
                .await;
            let found = found.unwrap();
            assert_eq!((i64::try_from(found.ids.len()).unwrap(), found.truncated), (limit, truncated));
        }
    }
}
