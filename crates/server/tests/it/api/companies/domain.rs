//! Customers join the company that has their domain (API 5.7, 10): at once for every reader, in the rows when the worker ran.

use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{company, company_of, counts, customer, emails};
use crate::api::{event_types, id, last_event};

both! {
    async fn a_new_customer_joins_by_the_domain_of_its_address(app) {
        let brand = app.brand("acme").await;
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        let jane = customer(app, &brand, "Jane@Example.com").await;
        assert_eq!((&jane["companyId"], &jane["company"]["name"]), (&made["id"], &json!("C")));
        assert_eq!(jane["company"].get("customerCount"), None);
        assert_eq!(last_event(app, &brand).await["data"]["customer"]["companyId"], made["id"]);
        let ticket = app.ticket(&brand, json!({ "title": "x", "customerEmail": "joe@example.com" })).await;
        assert_eq!(ticket["customer"]["companyId"], made["id"], "also one that comes with a ticket");
        for (email, which) in [("a@mail.example.com", "a subdomain"), ("b@gmail.com", "a free mailbox")] {
            assert_eq!(customer(app, &brand, email).await["companyId"], Value::Null, "{which}");
        }
        assert_eq!(counts(app, &brand, &made).await, (json!(2), json!(1)));
        assert_eq!(emails(app, &brand, &made).await, ["jane@example.com", "joe@example.com"]);
    }

    async fn those_who_were_there_before_join_before_the_worker_has_run(app) {
        let brand = app.brand("acme").await;
        let other = company(app, &brand, json!({ "name": "Other" })).await;
        let ticket = app.ticket(&brand, json!({ "title": "x", "customerEmail": "jane@example.com" })).await;
        let jane = ticket["customer"].clone();
        let body = json!({ "email": "joe@example.com", "companyId": other["id"] });
        let joe = app.post(&format!("{brand}/customers"), body).await.created();
        let gone = customer(app, &brand, "gone@example.com").await;
        app.delete(&format!("{brand}/customers/{}", id(&gone))).await.ok();
        customer(app, &brand, "ann@other.example").await;
        app.advance_ms(1000);
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        assert_eq!((&made["customerCount"], &made["ticketCount"]), (&json!(1), &json!(1)));
        let told = app.events(&brand).await.len();
        for worked in [false, true] {
            if worked {
                app.drain().await;
            }
            assert_eq!(company_of(app, &brand, &jane).await, made["id"], "worked: {worked}");
            assert_eq!(company_of(app, &brand, &joe).await, other["id"], "who has a company keeps it");
            assert_eq!(emails(app, &brand, &made).await, ["jane@example.com"], "worked: {worked}");
            assert_eq!(counts(app, &brand, &made).await, (json!(1), json!(1)), "worked: {worked}");
            let list = app.get(&format!("{brand}/companies?search=c")).await.ok();
            assert_eq!(list["data"][0]["customerCount"], 1, "worked: {worked}");
            let found = app.get(&format!("{brand}/customers/search?q=jane")).await.ok();
            assert_eq!(found[0]["companyId"], made["id"], "worked: {worked}");
        }
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["source"], &event["entityId"]), (&json!("customer.updated"), &json!("system"), &jane["id"]));
        assert_eq!(event["changes"], json!({ "companyId": { "old": null, "new": made["id"] } }));
        assert_eq!(event["data"]["customer"]["company"]["name"], "C");
        assert_eq!(app.events(&brand).await.len(), told + 1);
    }

    async fn a_change_of_the_domain_gathers_its_customers_and_lets_nobody_go(app) {
        let brand = app.brand("acme").await;
        let (jane, joe) = (customer(app, &brand, "jane@old.example").await, customer(app, &brand, "joe@new.example").await);
        let made = company(app, &brand, json!({ "name": "C", "domain": "old.example" })).await;
        let path = format!("{brand}/companies/{}", id(&made));
        let changed = app.patch(&path, json!({ "domain": "new.example" })).await.ok();
        assert_eq!(changed["customerCount"], 2);
        // Who comes now to the domain that it had joins nobody.
        let late = customer(app, &brand, "late@old.example").await;
        assert_eq!(late["companyId"], Value::Null);
        for worked in [false, true] {
            if worked {
                app.drain().await;
            }
            assert_eq!(company_of(app, &brand, &jane).await, made["id"], "worked: {worked}");
            assert_eq!(company_of(app, &brand, &joe).await, made["id"], "worked: {worked}");
            assert_eq!(company_of(app, &brand, &late).await, Value::Null, "worked: {worked}");
            assert_eq!(emails(app, &brand, &made).await, ["jane@old.example", "joe@new.example"], "worked: {worked}");
        }
        // The mark that kept it apart is gone: the next company of that domain gets it.
        let next = company(app, &brand, json!({ "name": "D", "domain": "old.example" })).await;
        assert_eq!(emails(app, &brand, &next).await, ["late@old.example"]);
        app.drain().await;
        assert_eq!(emails(app, &brand, &next).await, ["late@old.example"]);
    }

    async fn what_is_said_of_a_customer_meanwhile_counts(app) {
        let brand = app.brand("acme").await;
        let other = company(app, &brand, json!({ "name": "Other" })).await;
        let customers = [
            customer(app, &brand, "none@example.com").await,
            customer(app, &brand, "other@example.com").await,
            customer(app, &brand, "named@example.com").await,
            customer(app, &brand, "moved@example.com").await,
        ];
        let stranger = customer(app, &brand, "stranger@else.example").await;
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        let path = |customer: &Value| format!("{brand}/customers/{}", id(customer));
        for (customer, body, company) in [
            (&customers[0], json!({ "company": null }), &Value::Null),
            (&customers[1], json!({ "companyId": other["id"] }), &other["id"]),
            (&customers[2], json!({ "name": "Named" }), &made["id"]),
            (&customers[3], json!({ "email": "moved@else.example" }), &made["id"]),
            (&stranger, json!({ "email": "stranger@example.com" }), &Value::Null),
        ] {
            assert_eq!(&app.patch(&path(customer), body.clone()).await.ok()["companyId"], company, "{body}");
            assert_eq!(&company_of(app, &brand, customer).await, company, "{body}");
        }
        for worked in [false, true] {
            if worked {
                app.drain().await;
            }
            let members = emails(app, &brand, &made).await;
            assert_eq!(members, ["moved@else.example", "named@example.com"], "worked: {worked}");
            assert_eq!(counts(app, &brand, &made).await.0, 2, "worked: {worked}");
            assert_eq!(company_of(app, &brand, &customers[0]).await, Value::Null, "worked: {worked}");
            assert_eq!(company_of(app, &brand, &stranger).await, Value::Null, "worked: {worked}");
        }
        let events = app.events(&brand).await;
        let joined = json!({ "companyId": { "old": null, "new": made["id"] } });
        let count = events.iter().filter(|event| event["changes"] == joined).count();
        assert_eq!(count, 4, "all that it gathered are told of, and each once");
    }

    async fn a_ticket_that_names_a_nameless_customer_settles_it(app) {
        let brand = app.brand("acme").await;
        let jane = customer(app, &brand, "jane@example.com").await;
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        let body = json!({ "title": "x", "customerEmail": "jane@example.com", "customerName": "Jane" });
        assert_eq!(app.ticket(&brand, body).await["customer"]["companyId"], made["id"]);
        assert_eq!(company_of(app, &brand, &jane).await, made["id"]);
        app.drain().await;
        assert_eq!(company_of(app, &brand, &jane).await, made["id"]);
    }

    async fn a_company_that_is_deleted_meanwhile_gets_nobody(app) {
        let brand = app.brand("acme").await;
        let jane = customer(app, &brand, "jane@example.com").await;
        let first = company(app, &brand, json!({ "name": "First", "domain": "example.com" })).await;
        let joe = customer(app, &brand, "joe@example.com").await;
        app.delete(&format!("{brand}/companies/{}", id(&first))).await.ok();
        assert_eq!(company_of(app, &brand, &jane).await, Value::Null);
        assert_eq!(company_of(app, &brand, &joe).await, Value::Null);
        let second = company(app, &brand, json!({ "name": "Second", "domain": "example.com" })).await;
        for worked in [false, true] {
            if worked {
                app.drain().await;
            }
            assert_eq!(company_of(app, &brand, &jane).await, second["id"], "worked: {worked}");
            assert_eq!(company_of(app, &brand, &joe).await, second["id"], "worked: {worked}");
            assert_eq!(emails(app, &brand, &second).await, ["jane@example.com", "joe@example.com"], "worked: {worked}");
            assert_eq!(emails(app, &brand, &first).await, [""; 0], "worked: {worked}");
        }
    }

    async fn more_customers_than_one_step_takes_all_join(app) {
        let brand = app.brand("acme").await;
        for number in 0..205 {
            customer(app, &brand, &format!("c{number}@example.com")).await;
        }
        let made = company(app, &brand, json!({ "name": "C", "domain": "example.com" })).await;
        assert_eq!(made["customerCount"], 205);
        app.drain().await;
        assert_eq!(counts(app, &brand, &made).await.0, 205);
        let told = event_types(app, &brand).await;
        assert_eq!(told.iter().filter(|kind| *kind == "customer.updated").count(), 205);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn another_brand_has_nothing_to_do_with_it(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let jane = customer(app, &other, "jane@example.com").await;
        company(app, &acme, json!({ "name": "C", "domain": "example.com" })).await;
        let joe = customer(app, &other, "joe@example.com").await;
        app.drain().await;
        for customer in [jane, joe] {
            assert_eq!(company_of(app, &other, &customer).await, Value::Null);
        }
    }
}
