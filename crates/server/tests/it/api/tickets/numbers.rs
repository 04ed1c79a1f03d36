//! Numbers under many creates at once.

mod heavy {
    use dispatch_testkit::both;
    use futures_util::future::join_all;
    use serde_json::json;

    use crate::api::given::{each, kinds, text};

    both! {
        async fn no_number_is_lost_or_given_twice_under_32_parallel_creates(app) {
            let brand = app.brand("acme").await;
            let tickets = format!("{brand}/tickets");
            let creates = (0..32).map(|writer| {
                let tickets = tickets.clone();
                async move {
                    let mut numbers = Vec::new();
                    for round in 0..4 {
                        // Fails after the transaction has begun, between those that succeed.
                        let bad = json!({ "title": "T", "customerEmail": "x@y.example", "customerId": "cus_none" });
                        app.post(&tickets, bad).await.refused(400, "validation_error");
                        let made = app.post(&tickets, json!({ "title": format!("{writer} {round}") })).await.created();
                        numbers.push(made["number"].as_i64().unwrap());
                    }
                    assert!(numbers.is_sorted(), "increasing for each writer: {numbers:?}");
                    numbers
                }
            });
            let mut numbers = join_all(creates).await.concat();
            numbers.sort_unstable();
            assert_eq!(numbers, (1001..1129).collect::<Vec<i64>>());
            assert_eq!(app.get(&brand).await.ok()["nextTicketNumber"], 1129);
            assert!(app.problems(&brand).await.is_empty());
        }

        async fn numbers_rise_in_the_order_of_the_log(app) {
            let brand = app.brand("acme").await;
            join_all((0..32).map(|_| app.ticket(&brand, json!({ "title": "T" })))).await;
            let events = app.events(&brand).await;
            let numbers: Vec<i64> = events[1..].iter().map(|event| event["data"]["number"].as_i64().unwrap()).collect();
            assert_eq!(numbers, (1001..1033).collect::<Vec<i64>>());
        }

        async fn parallel_creates_with_one_new_address_end_in_one_customer(app) {
            let brand = app.brand("acme").await;
            let made = join_all((0..32).map(|index| {
                let case = if index % 2 == 0 { "Jane@Example.com" } else { " jane@example.com" };
                app.ticket(&brand, json!({ "title": "T", "customerEmail": case, "customerName": "Jane" }))
            }))
            .await;
            assert!(made.iter().all(|ticket| ticket["customerId"] == made[0]["customerId"]));
            let customers = app.get(&format!("{brand}/customers")).await.ok();
            assert_eq!(each(&customers["data"], "id"), [text(&made[0], "customerId")]);
            let events = app.events(&brand).await;
            assert_eq!(kinds(&events).iter().filter(|kind| **kind == "customer.created").count(), 1);
        }
    }
}
