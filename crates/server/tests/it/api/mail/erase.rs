use dispatch_testkit::both;
use serde_json::json;

use super::{deliver, message, new_ticket, outcome};
use crate::api::{given::ask, id};

both! {
    /// API 1.6: what a customer wrote by mail, what names it, and that it takes part, all goes.
    async fn an_erased_customer_goes_from_the_ledger(app) {
        let brand = app.brand("acme").await;
        let large = message("Message-ID: <1@x>\r\n", &"jane@example.com wrote this\r\n".repeat(10_000));
        let ticket = new_ticket(app, &brand, "acme", large).await;
        let other = message("From: bo@example.com\r\nMessage-ID: <2@x>\r\nCc: Jane Doe <jane@example.com>, eve@example.com\r\nSubject: For jane@example.com\r\n", "x");
        let other = deliver(app, "acme", other).await.created();
        let mine = deliver(app, "acme", message("Message-ID: <3@x>\r\nAuto-Submitted: auto-replied\r\nSubject: Away\r\n", "x")).await.ok();
        let foreign = deliver(app, "acme", message("From: bo@example.com\r\nMessage-ID: <4@x>\r\nSubject: Another\r\n", "x")).await.created();
        assert_eq!(ask(app, "SELECT address FROM mail_participant ORDER BY address".to_owned()).await, ["eve@example.com", "jane@example.com"]);
        let customer = ticket["customerId"].as_str().expect("a customer");
        app.post(&format!("{brand}/customers/{customer}/erase"), json!({})).await.ok();
        app.drain().await;
        let get = async |mail: &serde_json::Value| app.get(&format!("{brand}/mail/{}", id(mail))).await.ok();
        let first = app.get(&format!("{brand}/mail?ticketId={}", id(&ticket))).await.ok()["data"][0].clone();
        for gone in [&first, &get(&mine).await] {
            assert_eq!((&gone["from"], &gone["subject"], &gone["hasRaw"]), (&json!(""), &json!("[erased]"), &json!(false)), "{gone}");
        }
        let named = get(&other).await;
        assert_eq!(
            (&named["from"], &named["cc"], &named["hasRaw"]),
            (&json!("bo@example.com"), &json!(["eve@example.com"]), &json!(false))
        );
        assert!(!named["subject"].as_str().expect("a subject").contains("jane"), "{named}");
        assert_eq!(get(&foreign).await, foreign, "nothing of anybody else");
        assert_eq!(ask(app, "SELECT address FROM mail_participant".to_owned()).await, ["eve@example.com"]);
        for column in ["from_address", "coalesce(to_name, '')", "subject", "coalesce(to_list, '')", "coalesce(cc_list, '')", "coalesce(envelope, '')"] {
            let kept = ask(app, format!("SELECT {column} FROM mail")).await;
            assert!(kept.iter().all(|text| !text.contains("jane@") && !text.contains("Jane")), "{column}: {kept:?}");
        }
        // What comes back later is somebody new.
        assert_eq!(outcome(app, "acme", message("Message-ID: <5@x>\r\nReferences: <1@x>\r\n", "x")).await, "created");
    }
}
