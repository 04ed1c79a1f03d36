//! Many at once: one company has a domain, and nobody is lost between it and its customers.

use dispatch_testkit::both;
use futures_util::future::join_all;
use serde_json::json;

use super::{counts, customer};

both! {
    async fn of_many_that_want_a_domain_one_gets_it(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/companies");
        let all = join_all((0..8).map(|number| {
            app.post(&path, json!({ "name": format!("C{number}"), "domain": "example.com" }))
        }))
        .await;
        let mut statuses: Vec<u16> = all.iter().map(|answer| answer.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    }

    async fn customers_that_come_together_with_their_company_all_join_it(app) {
        let brand = app.brand("acme").await;
        let (path, people) = (format!("{brand}/companies"), format!("{brand}/customers"));
        let customers = join_all((0..20).map(|number| app.post(&people, json!({ "email": format!("c{number}@example.com") }))));
        let made = app.post(&path, json!({ "name": "C", "domain": "example.com" }));
        let (customers, made) = futures_util::join!(customers, made);
        assert!(customers.iter().all(|answer| answer.status == 201));
        let made = made.created();
        assert_eq!(counts(app, &brand, &made).await.0, 20);
        app.drain().await;
        assert_eq!(counts(app, &brand, &made).await.0, 20);
    }

    async fn one_name_makes_one_company(app) {
        let brand = app.brand("acme").await;
        let people = format!("{brand}/customers");
        let all = join_all((0..8).map(|number| {
            app.post(&people, json!({ "email": format!("c{number}@example.com"), "company": "Example Co" }))
        }))
        .await;
        assert!(all.iter().all(|answer| answer.status == 201));
        let page = app.get(&format!("{brand}/companies")).await.ok();
        assert_eq!(page["data"].as_array().unwrap().len(), 1);
        assert_eq!(page["data"][0]["customerCount"], 8);
        customer(app, &brand, "late@example.com").await;
        assert_eq!(counts(app, &brand, &page["data"][0]).await.0, 8, "a company that is a name has no domain");
    }
}
