//! Nobody is found in another brand, not even where the characters of two brands meet.

use dispatch_model::{BrandId, CustomerId, TicketId, words};
use dispatch_store::{Lane, Result, customers, inspect, search, tickets};
use dispatch_testkit::both;
use serde_json::json;

use super::tickets as found;
use crate::store::given::id;

const TWINS: [&str; 2] = ["br_00000000000000000000010k7z", "br_00000000000000000000020k7z"];

both! {
    async fn brands_whose_ids_end_alike_do_not_see_each_other(app) {
        let real = app.brand("acme").await;
        let body = json!({ "title": "Common words", "customerEmail": "common@x.io", "customerName": "Common" });
        let made = app.ticket(&real, body).await;
        let pattern = made["id"].as_str().unwrap().to_owned();
        for (place, twin) in TWINS.into_iter().enumerate() {
            let (pattern, real) = (pattern.clone(), id(&real));
            let put: Result<()> = app
                .db
                .write(Lane::Account, "test.twin", move |tx| {
                    let (pattern, real) = (pattern.clone(), real.clone());
                    Box::pin(async move {
                        let twin_row = format!(
                            "INSERT INTO brand (id, account_id, name, slug, ticket_prefix, settings, metadata, created_at,
                                updated_at) SELECT '{twin}', account_id, name, '{twin}', 'DT', settings, metadata, 0, 0
                                FROM brand WHERE id = '{real}'"
                        );
                        inspect::execute(tx, &twin_row).await?;
                        let mut ticket = tickets::get(tx, &real, &pattern).await?.unwrap();
                        let mut customer = (*ticket.customer.clone().unwrap()).clone();
                        customer.brand_id = BrandId::from(twin);
                        customer.id = CustomerId(format!("cus_of_{place}"));
                        ticket.brand_id = BrandId::from(twin);
                        ticket.id = TicketId(format!("tkt_of_{place}"));
                        ticket.title = format!("Common title{place}");
                        customers::insert(tx, &customer).await?;
                        ticket.customer = Some(customer.into());
                        tickets::insert(tx, &ticket).await
                    })
                })
                .await;
            put.unwrap();
        }
        for (place, twin) in TWINS.into_iter().enumerate() {
            let asked = async |text: &'static str| {
                let found: Result<_> = app
                    .db
                    .read("test.search", move |tx| {
                        Box::pin(async move {
                            let (brand, words) = (BrandId::from(twin), words::query(text));
                            let tickets = search::tickets(tx, &brand, &words).await?.ids;
                            Ok((tickets, search::customers(tx, &brand, &words, 10).await?.ids))
                        })
                    })
                    .await;
                found.unwrap()
            };
            let own = TicketId(format!("tkt_of_{place}"));
            assert_eq!(asked("common").await, (vec![own.clone()], vec![CustomerId(format!("cus_of_{place}"))]));
            assert_eq!(asked("common title0 x").await.0, if place == 0 { vec![own] } else { vec![] });
        }
        assert_eq!(found(app, &real, "common").await, [1001]);
    }
}
