//! The words of the search: what is found, by whom, after which changes; the same on both databases and in a plain model.

mod isolation;
mod limits;
mod model;
mod places;
mod reindex;
mod writes;

use dispatch_model::{CustomerId, TicketId, words};
use dispatch_store::{Result, search};
use dispatch_testkit::TestApp;

use super::given::id;

/// The numbers of the tickets that a text finds in the brand with this path, ascending.
async fn tickets(app: &TestApp, brand: &str, asked: &str) -> Vec<i64> {
    let (brand, words) = (id(brand), words::query(asked));
    let found: Result<Vec<i64>> = app
        .db
        .read("test.search", move |tx| {
            let (brand, words) = (brand.clone(), words.clone());
            Box::pin(async move {
                let found = search::tickets(tx, &brand, &words).await?;
                assert!(!found.truncated, "{words:?}");
                assert!(found.ids.is_sorted_by(|one, next| one > next), "the newest first, each once: {found:?}");
                numbers(tx, &brand, &found.ids).await
            })
        })
        .await;
    found.unwrap()
}

async fn numbers(tx: &dispatch_store::Tx, brand: &dispatch_model::BrandId, ids: &[TicketId]) -> Result<Vec<i64>> {
    let mut numbers = Vec::new();
    for id in ids {
        numbers.push(dispatch_store::tickets::get(tx, brand, id.as_str()).await?.unwrap().number);
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The customers that a text finds, the newest first.
async fn customers(app: &TestApp, brand: &str, asked: &str) -> Vec<CustomerId> {
    let (brand, words) = (id(brand), words::query(asked));
    let found: Result<search::Found<CustomerId>> = app
        .db
        .read("test.search", move |tx| {
            let (brand, words) = (brand.clone(), words.clone());
            Box::pin(async move { search::customers(tx, &brand, &words, 100).await })
        })
        .await;
    found.unwrap().ids
}
