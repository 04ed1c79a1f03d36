use dispatch_testkit::both;
use serde_json::json;

use super::{comments, message, new_ticket, outcome, sent};
use crate::api::{events_of, given::member, id};

both! {
    async fn a_member_answers_with_the_token_that_they_got(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[&brand]).await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let address = sent(app, &brand, &ticket, 1, "ana@acme.example", Some(&ana)).await;
        let headers = format!("From: ana@acme.example\r\nMessage-ID: <2@x>\r\nCc: {address}\r\n");
        assert_eq!(outcome(app, "acme", message(&headers, "We are on it.")).await, "appended");
        let all = comments(app, &brand, &ticket).await;
        assert_eq!(
            (&all[0]["authorType"], &all[0]["authorId"], &all[0]["authorName"], &all[0]["isInternal"], &all[0]["source"]),
            (&json!("STAFF"), &json!(ana), &json!("Ana"), &json!(false), &json!("email"))
        );
        let after = app.get(&format!("{brand}/tickets/{}", id(&ticket))).await.ok();
        assert!(after["firstResponseAt"].is_string() && after["status"] == "open");
        let event = events_of(app, &brand, "comment.created").await.remove(0);
        assert_eq!((&event["actor"]["type"], &event["actor"]["id"], &event["source"]), (&json!("user"), &json!(ana), &json!("email")));
    }

    async fn a_member_without_that_proof_is_kept_for_an_admin(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[&brand]).await;
        let bob = member(app, "bob@acme.example", "Bob", &[&brand]).await;
        let ticket = new_ticket(app, &brand, "acme", message("Message-ID: <1@x>\r\n", "x")).await;
        let to_bob = sent(app, &brand, &ticket, 1, "bob@acme.example", Some(&bob)).await;
        let to_jane = sent(app, &brand, &ticket, 2, "jane@example.com", None).await;
        let claims = [
            format!("Cc: {to_bob}\r\n"),
            format!("Cc: {to_jane}\r\n"),
            "Cc: acme+0123456789abcdef@mail.example\r\n".to_owned(),
            "References: <1@x>\r\n".to_owned(),
        ];
        for (at, claim) in claims.iter().enumerate() {
            let headers = format!("From: ana@acme.example\r\nMessage-ID: <c{at}@x>\r\n{claim}");
            assert_eq!(outcome(app, "acme", message(&headers, "forged")).await, "quarantined", "{claim}");
        }
        assert!(comments(app, &brand, &ticket).await.is_empty());
        // What fails DMARC proves nothing, even where the domain asks for nothing.
        app.zone.put("_dmarc.acme.example", "v=DMARC1; p=none; rua=mailto:a@acme.example");
        let own = sent(app, &brand, &ticket, 3, "ana@acme.example", Some(&ana)).await;
        let headers = format!("From: ana@acme.example\r\nMessage-ID: <d@x>\r\nCc: {own}\r\n");
        assert_eq!(outcome(app, "acme", message(&headers, "forged")).await, "quarantined");
        // A member who refers to nothing is somebody who asks.
        let new = "From: ana@acme.example\r\nMessage-ID: <n@x>\r\n";
        assert_eq!(outcome(app, "acme", message(new, "a question")).await, "created");
    }

    /// Whoever tries a fresh installation writes from their own address, and answers what they get.
    async fn a_member_who_is_the_customer_answers_as_that(app) {
        let brand = app.brand("acme").await;
        member(app, "ana@acme.example", "Ana", &[&brand]).await;
        let ticket = new_ticket(app, &brand, "acme", message("From: ana@acme.example\r\nMessage-ID: <1@x>\r\n", "x")).await;
        let address = sent(app, &brand, &ticket, 1, "ana@acme.example", None).await;
        let headers = format!("From: ana@acme.example\r\nMessage-ID: <2@x>\r\nCc: {address}\r\n");
        assert_eq!(outcome(app, "acme", message(&headers, "still")).await, "appended");
        assert_eq!(comments(app, &brand, &ticket).await[0]["authorType"], "CUSTOMER");
    }
}
