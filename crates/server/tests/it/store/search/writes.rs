//! The words follow what is written, in its transaction.

use dispatch_store::{Lane, Result};
use dispatch_testkit::{Kind, both, run};
use serde_json::json;

use super::{customers, tickets};
use crate::store::given::{ask, id};

both! {
    async fn a_change_of_a_text_changes_what_finds_it(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "First", "body": "alpha" })).await;
        let path = format!("{brand}/tickets/{}", ticket["id"].as_str().unwrap());
        app.patch(&path, json!({ "title": "Second" })).await.ok();
        assert_eq!(tickets(app, &brand, "first").await, [0; 0]);
        assert_eq!(tickets(app, &brand, "second alpha 1001").await, [1001]);
        app.patch(&path, json!({ "body": "beta" })).await.ok();
        assert_eq!(tickets(app, &brand, "alpha").await, [0; 0]);
        assert_eq!(tickets(app, &brand, "second beta").await, [1001]);
        app.patch(&path, json!({ "body": null })).await.ok();
        assert_eq!(tickets(app, &brand, "beta").await, [0; 0]);
        app.patch(&path, json!({ "priority": "urgent" })).await.ok();
        assert_eq!(tickets(app, &brand, "second").await, [1001]);
    }

    async fn a_comment_is_found_as_it_reads_now_until_it_is_deleted(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let comments = format!("{brand}/tickets/{}/comments", ticket["id"].as_str().unwrap());
        let comment = app.post(&comments, json!({ "body": "gamma" })).await.created();
        let path = format!("{comments}/{}", comment["id"].as_str().unwrap());
        assert_eq!(tickets(app, &brand, "gamma").await, [1001]);
        app.patch(&path, json!({ "body": "delta" })).await.ok();
        assert_eq!((tickets(app, &brand, "gamma").await, tickets(app, &brand, "delta t").await), (vec![], vec![1001]));
        app.delete(&path).await.ok();
        assert_eq!(tickets(app, &brand, "delta").await, [0; 0]);
    }

    async fn a_customer_is_found_under_its_present_name_and_its_tickets_also_when_it_is_deleted(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "T", "customerEmail": "old@x.io", "customerName": "Before" })).await;
        let customer = customers(app, &brand, "before").await.remove(0);
        let path = format!("{brand}/customers/{customer}");
        app.patch(&path, json!({ "name": "Behind", "email": "new@x.io" })).await.ok();
        for (asked, there) in [("before", false), ("old", false), ("behind new", true)] {
            assert_eq!(tickets(app, &brand, asked).await, if there { vec![1001] } else { vec![] }, "{asked}");
            assert_eq!(customers(app, &brand, asked).await.len(), usize::from(there), "{asked}");
        }
        app.delete(&path).await.ok();
        assert_eq!(customers(app, &brand, "behind").await, []);
        assert_eq!(tickets(app, &brand, "behind").await, [1001], "the ticket still shows the name");
    }

    async fn an_operation_that_is_refused_leaves_no_words(app) {
        let brand = app.brand("acme").await;
        let kept = app.post(&format!("{brand}/customers"), json!({ "email": "kept@x.io" })).await.created();
        let before = rows(app).await;
        let (own, pattern) = (id(&brand), kept["id"].as_str().unwrap().to_owned());
        let refused: dispatch_desk::Result<()> = app
            .db
            .write(Lane::Brand(own.clone()), "test.refused", move |tx| {
                let (own, pattern) = (own.clone(), pattern.clone());
                Box::pin(async move {
                    let mut customer = dispatch_store::customers::by_id(tx, &own, &pattern).await?.unwrap();
                    customer.id = "cus_refused".into();
                    customer.email = "refused@x.io".to_owned();
                    dispatch_store::customers::insert(tx, &customer).await?;
                    Err(dispatch_desk::Refusal::NotFound.into())
                })
            })
            .await;
        assert!(refused.is_err());
        assert_eq!(customers(app, &brand, "x io").await.len(), 1);
        app.post(&format!("{brand}/customers"), json!({ "email": "next@x.io" })).await.created();
        assert_eq!(customers(app, &brand, "refused").await, []);
        assert_eq!(rows(app).await, before + 1);
    }
}

async fn rows(app: &dispatch_testkit::TestApp) -> usize {
    ask(&app.db, "SELECT CAST(count(*) AS text) FROM search_word").await[0].parse().unwrap()
}

/// What of one commit belongs to one row: the last text counts, whether the row was new or not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_texts_of_one_row_in_one_commit_leave_the_last() {
    run(Kind::Sqlite, async |app| {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "T", "customerEmail": "a@x.io" })).await;
        let pattern = customers(app, &brand, "a").await.remove(0);
        let own = id(&brand);
        let done: Result<()> = app
            .db
            .write(Lane::Brand(own.clone()), "test.twice", move |tx| {
                let (own, pattern) = (own.clone(), pattern.clone());
                Box::pin(async move {
                    let mut old = dispatch_store::customers::by_id(tx, &own, pattern.as_str()).await?.unwrap();
                    for name in ["Alpha", "Beta"] {
                        old.name = Some(name.to_owned());
                        dispatch_store::customers::update(tx, &old).await?;
                    }
                    let mut new = old.clone();
                    (new.id, new.email) = ("cus_new".into(), "new@x.io".to_owned());
                    dispatch_store::customers::insert(tx, &new).await?;
                    new.name = Some("Gamma".to_owned());
                    dispatch_store::customers::update(tx, &new).await
                })
            })
            .await;
        done.unwrap();
        for (asked, count) in [("alpha", 0), ("beta", 1), ("gamma", 1)] {
            assert_eq!(customers(app, &brand, asked).await.len(), count, "{asked}");
        }
        let whole = "INSERT INTO search_word (search_word, rank) VALUES ('integrity-check', 0)";
        crate::store::given::execute(&app.db, whole).await.unwrap();
    })
    .await;
}
