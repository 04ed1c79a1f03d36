//! What a company gives to the new tickets of its customers (API 10).

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    given::{each, member, path},
    labels::{ask, category, company, customer_of, execute, remove, tag},
};

/// A brand with a company that gives everything, and its customer `jane@co.example`.
struct Given {
    brand: String,
    category: String,
    tags: [String; 2],
}

async fn given(app: &TestApp) -> Given {
    let brand = app.brand("acme").await;
    let category = category(app, &brand, "Billing").await;
    let tags = [tag(app, &brand, "a").await, tag(app, &brand, "b").await];
    let settings = json!({
        "defaultPriority": "high", "defaultAssigneeEmail": "team@else.example", "defaultCategoryId": category,
        "defaultTagIds": [tags[1], tags[0]], "ccEmails": ["boss@co.example", "it@co.example"], "other": { "kept": 1 },
    });
    let company = company(app, &brand, "Co", &settings).await;
    customer_of(app, &brand, "jane@co.example", &company).await;
    Given { brand, category, tags }
}

/// What a ticket of that customer got.
fn got(ticket: &Value) -> Value {
    json!([ticket["priority"], ticket["assigneeEmail"], ticket["categoryId"], ticket["tagIds"]])
}

fn of_jane(more: Value) -> Value {
    let mut body = json!({ "title": "T", "customerEmail": "jane@co.example" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

both! {
    async fn a_company_fills_in_what_the_request_leaves_out(app) {
        let Given { brand, category, tags: [a, b] } = given(app).await;
        let all = json!(["high", "team@else.example", category, [a, b]]);
        let ticket = app.ticket(&brand, of_jane(json!({}))).await;
        assert_eq!(got(&ticket), all);
        assert_eq!(ticket["companyId"], ticket["customer"]["company"]["id"]);
        assert_eq!(ticket["customer"]["company"]["settings"]["other"], json!({ "kept": 1 }));
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok(), ticket);
        assert_eq!(app.events(&brand).await.last().unwrap()["data"]["ticket"], ticket);
        assert_eq!(ask(app, "SELECT cc FROM ticket").await, [r#"["boss@co.example","it@co.example"]"#]);
        let by_id = json!({ "title": "T", "customerId": ticket["customerId"] });
        assert_eq!(got(&app.ticket(&brand, by_id).await), all, "however the customer is named");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn what_the_request_has_wins(app) {
        let Given { brand, category, tags: [a, b] } = given(app).await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        self::category(app, &brand, "Sales").await;
        let all = json!(["high", "team@else.example", category, [a, b]]);
        for (at, field, value, shown) in [
            (0, "priority", json!("low"), json!("low")),
            (1, "assigneeEmail", json!("else@x.example"), json!("else@x.example")),
            (1, "assigneeId", json!(ana), json!("ana@acme.example")),
            (3, "tagIds", json!([]), json!([])),
            (3, "tags", json!(["a"]), json!([a])),
        ] {
            let mut expected = all.clone();
            expected[at] = shown;
            let ticket = app.ticket(&brand, of_jane(json!({ (field): value }))).await;
            assert_eq!(got(&ticket), expected, "{field}");
        }
        let ticket = app.ticket(&brand, of_jane(json!({ "categoryId": "sales" }))).await;
        assert_eq!(ticket["category"]["key"], "sales");
        let ticket = app.ticket(&brand, json!({ "title": "T", "customerEmail": "eve@else.example" })).await;
        assert_eq!(got(&ticket), json!(["normal", null, null, []]), "others get nothing");
    }

    async fn what_vanished_is_skipped(app) {
        let Given { brand, category, tags: [a, b] } = given(app).await;
        remove(app, "category", &category).await;
        remove(app, "tag", &a).await;
        let ticket = app.ticket(&brand, of_jane(json!({}))).await;
        assert_eq!(got(&ticket), json!(["high", "team@else.example", null, [b]]));
        let other = app.brand("other").await;
        member(app, "bo@acme.example", "Bo", &[&other]).await;
        let settings = json!({ "defaultAssigneeEmail": "bo@acme.example", "defaultTagIds": [a], "ccEmails": [] });
        execute(app, &format!("UPDATE company SET settings = '{settings}'")).await;
        let ticket = app.ticket(&brand, of_jane(json!({}))).await;
        assert_eq!(got(&ticket), json!(["normal", null, null, []]), "a member without access is no default either");
        execute(app, "UPDATE company SET deleted_at = 1").await;
        let ticket = app.ticket(&brand, of_jane(json!({}))).await;
        assert_eq!((&ticket["companyId"], &ticket["customer"]["company"]), (&Value::Null, &Value::Null));
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn nothing_is_given_afterwards(app) {
        let Given { brand, .. } = given(app).await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let patched = app.patch(&path(&brand, &ticket), json!({ "customerEmail": "jane@co.example" })).await.ok();
        assert_eq!(got(&patched), json!(["normal", null, null, []]));
        assert_eq!(patched["customer"]["company"]["name"], "Co");
        execute(app, r#"UPDATE company SET settings = '{"defaultPriority":"urgent"}'"#).await;
        assert_eq!(app.get(&path(&brand, &ticket)).await.ok()["priority"], "normal");
    }

    async fn tickets_are_found_by_the_company_of_their_customers(app) {
        let Given { brand, .. } = given(app).await;
        let empty = company(app, &brand, "Empty", &json!({})).await;
        for (title, email) in [("jane", "jane@co.example"), ("eve", "eve@else.example")] {
            app.ticket(&brand, json!({ "title": title, "customerEmail": email })).await;
        }
        app.ticket(&brand, json!({ "title": "nobody" })).await;
        let id = ask(app, "SELECT id FROM company WHERE name = 'Co'").await.remove(0);
        for (company, found) in [(id.as_str(), vec!["jane"]), (&empty, vec![]), ("co_none", vec![])] {
            for list in [format!("{brand}/tickets"), "/tickets".to_owned()] {
                let page = app.get(&format!("{list}?companyId={company}")).await.ok();
                assert_eq!(each(&page["data"], "title"), found, "{list} {company}");
                let count = app.get(&format!("{list}/count?companyId={company}")).await.ok();
                assert_eq!(count["count"], json!(found.len()), "{list} {company}");
            }
        }
        execute(app, "UPDATE company SET deleted_at = 1").await;
        assert_eq!(app.get(&format!("{brand}/tickets?companyId={id}")).await.ok()["data"], json!([]));
    }
}
