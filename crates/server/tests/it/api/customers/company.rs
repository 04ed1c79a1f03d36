//! The company of a customer as requests name it (API 9).

use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{event_types, id, last_event};

both! {
    async fn a_company_is_named_by_id_or_name(app) {
        let brand = app.brand("acme").await;
        let (people, companies) = (format!("{brand}/customers"), format!("{brand}/companies"));
        let made = app.post(&companies, json!({ "name": "Example Co" })).await.created();
        for (number, body) in [
            json!({ "companyId": made["id"] }),
            json!({ "company": made["id"] }),
            json!({ "company": { "id": made["id"] } }),
            json!({ "company": { "id": made["id"], "name": "whatever", "domain": "x" } }),
            json!({ "company": " example CO " }),
            json!({ "company": { "name": "EXAMPLE CO" } }),
            json!({ "company": "Example Co", "companyId": made["id"] }),
            json!({ "company": made, "companyId": made["id"] }),
        ]
        .into_iter()
        .enumerate()
        {
            let mut body = body;
            body["email"] = json!(format!("c{number}@x.example"));
            let customer = app.post(&people, body.clone()).await.created();
            assert_eq!((&customer["companyId"], &customer["company"]["id"]), (&made["id"], &made["id"]), "{body}");
            assert_eq!(app.get(&format!("{people}/{}", id(&customer))).await.ok(), customer);
        }
        assert_eq!(app.get(&companies).await.ok()["data"].as_array().unwrap().len(), 1);
    }

    async fn an_unknown_name_makes_the_company_first(app) {
        let brand = app.brand("acme").await;
        let body = json!({ "email": "jane@example.com", "company": { "name": " New Co " } });
        let jane = app.post(&format!("{brand}/customers"), body).await.created();
        assert_eq!(jane["company"]["name"], "New Co");
        assert_eq!(event_types(app, &brand).await, ["brand.created", "company.created", "customer.created"]);
        let path = format!("{brand}/customers/{}", id(&jane));
        let moved = app.patch(&path, json!({ "company": "Newer Co" })).await.ok();
        assert_eq!(moved["company"]["name"], "Newer Co");
        let told = event_types(app, &brand).await;
        assert_eq!(told[3..], ["company.created", "customer.updated"]);
        let changes = last_event(app, &brand).await["changes"].clone();
        assert_eq!(changes, json!({ "companyId": { "old": jane["companyId"], "new": moved["companyId"] } }));
        assert_eq!(app.patch(&path, json!({ "company": "newer co" })).await.ok(), moved, "nothing changes");
        assert_eq!(event_types(app, &brand).await, told);
    }

    async fn null_clears_it_and_what_is_named_wins_over_the_domain(app) {
        let brand = app.brand("acme").await;
        let own = app.post(&format!("{brand}/companies"), json!({ "name": "C", "domain": "example.com" })).await.created();
        let body = json!({ "email": "jane@example.com", "company": "Other" });
        let jane = app.post(&format!("{brand}/customers"), body).await.created();
        assert_eq!(jane["company"]["name"], "Other");
        let path = format!("{brand}/customers/{}", id(&jane));
        for body in [json!({ "company": null }), json!({ "companyId": null }), json!({ "company": null, "companyId": null })] {
            assert_eq!(app.patch(&path, json!({ "companyId": own["id"] })).await.ok()["companyId"], own["id"]);
            let cleared = app.patch(&path, body).await.ok();
            assert_eq!((&cleared["companyId"], &cleared["company"]), (&Value::Null, &Value::Null));
            assert_eq!(app.get(&path).await.ok(), cleared, "its domain does not bring it back");
        }
        // Nothing said, or null, in a creation: the domain decides.
        let body = json!({ "email": "joe@example.com", "company": null, "companyId": null });
        assert_eq!(app.post(&format!("{brand}/customers"), body).await.created()["companyId"], own["id"]);
    }

    async fn what_contradicts_itself_or_is_unknown_is_refused_and_makes_nothing(app) {
        let brand = app.brand("acme").await;
        let (people, companies) = (format!("{brand}/customers"), format!("{brand}/companies"));
        let one = app.post(&companies, json!({ "name": "One" })).await.created();
        let two = app.post(&companies, json!({ "name": "Two" })).await.created();
        let jane = app.post(&people, json!({ "email": "jane@example.com" })).await.created();
        let path = format!("{people}/{}", id(&jane));
        let told = event_types(app, &brand).await;
        let unknown = "co_01kdyak43d7trmct2jayyxcg7v";
        for (body, field) in [
            (json!({ "companyId": one["id"], "company": two["id"] }), "company"),
            (json!({ "companyId": one["id"], "company": "Two" }), "company"),
            (json!({ "companyId": one["id"], "company": "Three" }), "company"),
            (json!({ "companyId": unknown }), "companyId"),
            (json!({ "companyId": "One" }), "companyId"),
            (json!({ "company": unknown }), "company"),
            (json!({ "company": { "id": "One" } }), "company"),
            (json!({ "company": {} }), "company"),
            (json!({ "company": { "id": 1 } }), "company.id"),
            (json!({ "company": { "name": "" } }), "company.name"),
            (json!({ "company": "a\tb" }), "company"),
        ] {
            assert_eq!(app.patch(&path, body.clone()).await.invalid(), [field], "{body}");
            let mut new = body.clone();
            new["email"] = json!("new@example.com");
            assert_eq!(app.post(&people, new).await.invalid(), [field], "{body}");
        }
        for body in [json!({ "companyId": one["id"], "company": null }), json!({ "companyId": null, "company": "One" })] {
            assert_eq!(app.patch(&path, body.clone()).await.invalid(), ["company"], "{body}");
        }
        assert_eq!(app.get(&path).await.ok(), jane);
        // A taken address makes no company either.
        let body = json!({ "email": "jane@example.com", "company": "Three" });
        app.post(&people, body).await.refused(409, "conflict");
        assert_eq!(event_types(app, &brand).await, told);
    }

    async fn another_address_brings_no_other_company(app) {
        let brand = app.brand("acme").await;
        for name in ["one", "two"] {
            let body = json!({ "name": name, "domain": format!("{name}.example") });
            app.post(&format!("{brand}/companies"), body).await.created();
        }
        let jane = app.post(&format!("{brand}/customers"), json!({ "email": "jane@one.example" })).await.created();
        let path = format!("{brand}/customers/{}", id(&jane));
        let moved = app.patch(&path, json!({ "email": "jane@two.example" })).await.ok();
        assert_eq!(moved["company"]["name"], "one");
    }

    async fn names_hold_no_control_characters(app) {
        let brand = app.brand("acme").await;
        for name in ["a\u{7}b", "a\nb", "a\u{1b}[31m", "a\u{85}b"] {
            let body = json!({ "email": "jane@example.com", "name": name });
            let answer = app.post(&format!("{brand}/customers"), body).await.with(400);
            let wrong = json!([{ "field": "name", "message": "must not contain control characters" }]);
            assert_eq!(answer["errors"], wrong, "{name:?}");
        }
        let body = json!({ "email": "jane@example.com", "name": " Jane\n" });
        assert_eq!(app.post(&format!("{brand}/customers"), body).await.created()["name"], "Jane");
    }
}
