//! What the tickets' part asks of the store: tags by id and name, and the tags of a ticket.

use dispatch_model::{BrandId, TagId};
use dispatch_store as store;
use dispatch_testkit::{TestApp, both};

use super::{agree, lists, rows, set, tag, ticket};
use crate::api::id;

/// The names of the tags with these ids, and of those with these names.
async fn found(app: &TestApp, brand: &str, ids: &[&str], names: &[&str]) -> [Vec<String>; 2] {
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let ids: Vec<TagId> = ids.iter().map(|id| TagId::from(*id)).collect();
    let names = owned(names);
    let found: store::Result<[Vec<String>; 2]> = app
        .db
        .read("test.tags", move |tx| {
            let (brand, ids, names) = (brand.clone(), ids.clone(), names.clone());
            Box::pin(async move {
                let named = |tags: Vec<dispatch_model::tag::Tag>| tags.into_iter().map(|tag| tag.name).collect();
                let by_ids = store::tags::by_ids(tx, &brand, &ids).await?;
                let by_names = store::tags::by_names(tx, &brand, &names).await?;
                Ok([named(by_ids), named(by_names)])
            })
        })
        .await;
    found.unwrap()
}

both! {
    async fn tags_are_found_by_id_and_by_name_whatever_the_case(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (b, a) = (tag(app, &brand, "B").await, tag(app, &brand, "Á").await);
        let foreign = tag(app, &other, "Foreign").await;
        let [by_ids, by_names] =
            found(app, &brand, &[id(&a), id(&foreign), id(&b), id(&b), "x"], &["á", "b", "foreign", "none"]).await;
        assert_eq!((by_ids, by_names), (vec!["B".to_owned(), "Á".to_owned()], vec!["B".to_owned(), "Á".to_owned()]));
        assert_eq!(found(app, &brand, &[], &[]).await, [const { Vec::<String>::new() }; 2]);
    }

    async fn lists_and_rows_of_a_ticket_follow_every_change(app) {
        let brand = app.brand("acme").await;
        let (a, b, c) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await, tag(app, &brand, "c").await);
        let one = ticket(app, &brand, "open", &[&a, &b]).await;
        assert_eq!(lists(app, &brand).await, [[id(&a), id(&b)]]);
        set(app, &brand, &one, &[&a, &b], &[&c, &b]).await;
        assert_eq!(lists(app, &brand).await, [[id(&c), id(&b)]]);
        assert!(agree(app, &brand).await);
        set(app, &brand, &one, &[&c, &b], &[]).await;
        assert_eq!(lists(app, &brand).await, [[""; 0]]);
        assert_eq!(rows(app, &brand).await, [""; 0]);
    }
}
