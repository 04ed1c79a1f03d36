use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{MINUTE, get, post, token};
use crate::api::{id, members};

const DAY: i64 = 24 * 60 * MINUTE;

both! {
    async fn a_server_signs_its_customer_in(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/portal/token");
        let body = json!({ "email": " Jane@Example.com ", "name": "Jane Doe" });
        let header = [("idempotency-key", "once")];
        let session = app.call_with(&app.key, "POST", &path, body.clone(), &header).await.created();
        assert_eq!(members(&session), ["token", "expiresAt", "customerId", "email", "name"]);
        assert_eq!((&session["email"], &session["name"]), (&json!("jane@example.com"), &json!("Jane Doe")));
        assert_eq!(session["expiresAt"], "2026-01-02T04:04:05.678Z");
        let shown = session["token"].as_str().unwrap();
        assert!(shown.starts_with("pt_"), "{shown}");
        let again = app.call_with(&app.key, "POST", &path, body, &header).await.created();
        assert_eq!((&again["token"], &again["customerId"]), (&Value::Null, &session["customerId"]), "it is shown once");
        assert_eq!(get(app, shown, "/tickets").await.ok()["data"], json!([]));
        assert_eq!(app.get(&format!("{brand}/customers")).await.ok()["data"].as_array().unwrap().len(), 1);
        assert_eq!(app.post(&path, json!({ "name": "x" })).await.invalid(), ["email"]);
    }

    async fn it_works_for_an_hour_and_is_renewed_for_seven_days(app) {
        let brand = app.brand("acme").await;
        let mut now = token(app, &brand, "jane@example.com").await;
        let first = now.clone();
        app.advance_ms(60 * MINUTE - 1);
        get(app, &first, "/tickets").await.ok();
        let renewed = post(app, &first, "/refresh", Value::Null).await.ok();
        app.advance_ms(1);
        get(app, &first, "/tickets").await.refused(401, "authentication_error");
        post(app, &first, "/refresh", Value::Null).await.refused(401, "authentication_error");
        now = renewed["token"].as_str().unwrap().to_owned();
        let mut since = 60 * MINUTE;
        while since + 59 * MINUTE < 7 * DAY {
            app.advance_ms(59 * MINUTE);
            since += 59 * MINUTE;
            now = post(app, &now, "/refresh", Value::Null).await.ok()["token"].as_str().unwrap().to_owned();
        }
        // Seven days after the sign-in it is over, however often it was renewed.
        app.advance_ms(7 * DAY - since - 1);
        get(app, &now, "/tickets").await.ok();
        app.advance_ms(1);
        get(app, &now, "/tickets").await.refused(401, "authentication_error");
    }

    /// Whoever is blocked or gone is out at once.
    async fn who_is_blocked_or_gone_is_out_at_once(app) {
        let brand = app.brand("acme").await;
        let customer = app.post(&format!("{brand}/customers"), json!({ "email": "jane@example.com" })).await.created();
        let path = format!("{brand}/customers/{}", id(&customer));
        let jane = token(app, &brand, "jane@example.com").await;
        app.patch(&path, json!({ "isBlocked": true })).await.ok();
        get(app, &jane, "/tickets").await.refused(401, "authentication_error");
        app.post(&format!("{brand}/portal/token"), json!({ "email": "jane@example.com" })).await.refused(409, "conflict");
        app.patch(&path, json!({ "isBlocked": false })).await.ok();
        get(app, &jane, "/tickets").await.ok();
        app.delete(&path).await.ok();
        get(app, &jane, "/tickets").await.refused(401, "authentication_error");
        let other = app.brand("other").await;
        let bo = token(app, &other, "bo@example.com").await;
        app.call(&app.key, "DELETE", &format!("{other}?confirm=true"), json!({ "confirmation": "DELETE" })).await;
        let gone = app.get(&other).await.status.as_u16() == 404;
        assert!(gone, "the brand is deleted");
        get(app, &bo, "/tickets").await.refused(401, "authentication_error");
    }

    /// A customer without a company joins one in this order (API 22).
    async fn the_company_is_found_in_order(app) {
        let brand = app.brand("acme").await;
        let companies = format!("{brand}/companies");
        let company = |body: Value| app.post(&companies, body);
        let by_domain = company(json!({ "name": "Globex", "domain": "globex.example" })).await.created();
        let by_org = company(json!({ "name": "Initech", "metadata": { "sourceOrgId": "org_17" } })).await.created();
        let by_name = company(json!({ "name": "Hooli" })).await.created();
        let sign_in = |email: &str| json!({ "email": email, "companyName": "Hooli", "sourceOrgId": "org_17" });
        let mut found = Vec::new();
        for body in [
            sign_in("a@globex.example"),
            sign_in("b@gmail.com"),
            json!({ "email": "c@gmail.com", "companyName": "Hooli" }),
            json!({ "email": "d@gmail.com", "companyName": "Umbrella" }),
            json!({ "email": "e@gmail.com" }),
        ] {
            let session = app.post(&format!("{brand}/portal/token"), body).await.created();
            let path = format!("{brand}/customers/{}", session["customerId"].as_str().unwrap());
            found.push(app.get(&path).await.ok()["companyId"].clone());
        }
        assert_eq!(found[..3], [by_domain["id"].clone(), by_org["id"].clone(), by_name["id"].clone()]);
        let made = app.get(&format!("{brand}/companies/{}", found[3].as_str().unwrap())).await.ok();
        assert_eq!((&made["name"], &found[4]), (&json!("Umbrella"), &Value::Null));
        // One who has a company keeps it.
        app.post(&format!("{brand}/portal/token"), json!({ "email": "d@gmail.com", "companyName": "Hooli" })).await.created();
        let all = app.get(&format!("{brand}/customers?search=d@gmail.com")).await.ok();
        assert_eq!(all["data"][0]["companyId"], found[3]);
    }
}
