//! Mail by SMTP, over a socket. The words of the protocol are tested beside them (`mailroom/smtp/tests.rs`); here is what comes of a
//! message, and what must hold on a real connection.

use dispatch_testkit::{Certificate, Door, Mailer, TestApp, both};
use serde_json::{Value, json};

use super::{comments, message, tickets};

const SIZE: usize = 64 * 1024;

/// A message that begins with this Message-ID.
fn mail(id: &str) -> String {
    message(&format!("Message-ID: <{id}@example.com>\r\n"), "It beeps.")
}

/// The envelope of a message to these local parts.
fn envelope(to: &[&str]) -> String {
    let to: String = to.iter().map(|to| format!("RCPT TO:<{to}@mail.example>\r\n")).collect();
    format!("MAIL FROM:<jane@example.com>\r\n{to}DATA\r\n")
}

/// Delivers a message and answers what was said to it.
async fn deliver(door: &Door, to: &[&str], raw: &str) -> String {
    let mut mailer = Mailer::connect(door.address).await;
    mailer.say(format!("EHLO client.example\r\n{}{raw}.\r\nQUIT\r\n", envelope(to))).await;
    let codes = mailer.codes(to.len() + 4).await;
    codes[to.len() + 3].clone()
}

async fn ledger(app: &TestApp, brand: &str) -> Vec<Value> {
    app.get(&format!("{brand}/mail")).await.ok()["data"].as_array().expect("records").clone()
}

both! {
    /// Row 1 of API 35: mail to the address of the slug reaches the brand.
    async fn mail_to_the_address_of_a_brand_becomes_a_ticket(app) {
        let brand = app.brand("acme").await;
        let door = Door::open(app, SIZE, None).await;
        let mut mailer = Mailer::connect(door.address).await;
        mailer.say(format!("EHLO client.example\r\n{}{}.\r\nQUIT\r\n", envelope(&["acme"]), mail("one"))).await;
        assert_eq!(mailer.codes(6).await, ["250", "250", "250", "354", "250", "221"]);
        let waiting = ledger(app, &brand).await;
        assert_eq!((&waiting[0]["outcome"], &waiting[0]["channel"]), (&json!("received"), &json!("smtp")));
        app.drain().await;
        let record = &ledger(app, &brand).await[0];
        assert_eq!((&record["outcome"], &record["messageId"]), (&json!("created"), &json!("<one@example.com>")));
        let path = format!("{brand}/tickets/{}", record["ticketId"].as_str().expect("a ticket"));
        let ticket = app.get(&path).await.ok();
        assert_eq!((&ticket["title"], &ticket["source"]), (&json!("Printer"), &json!("email")));
        assert_eq!(ticket["customerEmail"], "jane@example.com");

        // An answer, with a dot that stands alone in a line and came doubled.
        let answer = message("Message-ID: <two@example.com>\r\nIn-Reply-To: <one@example.com>\r\n", "a\r\n..\r\nb");
        assert_eq!(deliver(&door, &["ACME"], &answer).await, "250");
        app.drain().await;
        assert_eq!(comments(app, &brand, &ticket).await[0]["body"], "a\n.\nb");
    }

    /// Whoever delivers does not wait between commands; each is answered, in its place.
    async fn messages_in_one_go_are_each_taken(app) {
        let brand = app.brand("acme").await;
        let door = Door::open(app, SIZE, None).await;
        let mut mailer = Mailer::connect(door.address).await;
        let all: String = (0..5).map(|at| format!("{}{}.\r\n", envelope(&["acme"]), mail(&at.to_string()))).collect();
        mailer.say(format!("EHLO x\r\n{all}NOOP\r\nQUIT\r\n")).await;
        let codes = mailer.codes(23).await;
        assert_eq!(codes[1..5], ["250", "250", "354", "250"]);
        assert_eq!(codes[20..], ["250", "250", "221"]);
        assert!(mailer.rest().await.is_empty());
        app.drain().await;
        assert_eq!(tickets(app, &brand).await, 5);
    }

    async fn nobody_else_is_served(app) {
        let brand = app.brand("acme").await;
        let silent = app.brand("silent").await;
        app.patch(&silent, json!({ "inboundEmailEnabled": false })).await.ok();
        let door = Door::open(app, SIZE, None).await;
        let mut mailer = Mailer::connect(door.address).await;
        mailer.ask("EHLO x").await;
        mailer.ask("MAIL FROM:<jane@example.com>").await;
        for to in ["jane@elsewhere.example", "nobody@mail.example", "silent@mail.example", "acme@mail.example.org",
            "acme%elsewhere.example@mail.example", "jane@elsewhere.example@mail.example"] {
            let code = mailer.ask(&format!("RCPT TO:<{to}>")).await;
            assert!(["550", "501"].contains(&code.as_str()), "{to}: {code}");
        }
        assert_eq!(mailer.ask("DATA").await, "554");
        for to in ["acme@mail.example", "Acme+token@MAIL.example", &format!("{}@mail.example", &brand[8..])] {
            assert_eq!(mailer.ask(&format!("RCPT TO:<{to}>")).await, "250", "{to}");
        }
        assert_eq!(mailer.ask("DATA").await, "354");
        mailer.say(format!("{}.\r\n", mail("one"))).await;
        assert_eq!(mailer.codes(1).await, ["250"]);
        app.drain().await;
        assert_eq!((ledger(app, &brand).await.len(), ledger(app, &silent).await.len()), (1, 0));
    }

    async fn each_brand_has_a_row_of_its_own_and_a_repeat_makes_no_ticket(app) {
        let brands = [app.brand("acme").await, app.brand("beta").await];
        let door = Door::open(app, SIZE, None).await;
        // As after a 451, which leaves open who has it.
        for _ in 0..2 {
            assert_eq!(deliver(&door, &["acme", "beta", "acme"], &mail("one")).await, "250");
            app.drain().await;
        }
        for brand in &brands {
            let outcomes: Vec<Value> = ledger(app, brand).await.iter().map(|record| record["outcome"].clone()).collect();
            assert_eq!(outcomes, ["duplicate", "created"]);
            assert_eq!(tickets(app, brand).await, 1);
        }
    }

    /// Between the storing and the 250 the server dies: the message comes again and is known.
    async fn a_message_that_was_kept_but_not_answered_comes_again(app) {
        let brand = app.brand("acme").await;
        let door = Door::open(app, SIZE, None).await;
        let mut mailer = Mailer::connect(door.address).await;
        mailer.say(format!("EHLO x\r\n{}{}.\r\n", envelope(&["acme"]), mail("one"))).await;
        mailer.codes(4).await;
        dispatch_testkit::until("the message is kept", async || ledger(app, &brand).await.len() == 1).await;
        drop(mailer);
        assert_eq!(deliver(&door, &["acme"], &mail("one")).await, "250");
        app.node().await.app.mailroom().process_all().await.expect("it works");
        assert_eq!((ledger(app, &brand).await.len(), tickets(app, &brand).await), (2, 1));
    }

    async fn a_message_over_the_size_is_refused_said_or_not(app) {
        let brand = app.brand("acme").await;
        let door = Door::open(app, SIZE, None).await;
        let mut mailer = Mailer::connect(door.address).await;
        mailer.say("EHLO x\r\n").await;
        assert!(mailer.reply().await.contains(&format!("SIZE {SIZE}\r\n")));
        assert_eq!(mailer.ask(&format!("MAIL FROM:<jane@example.com> SIZE={}", SIZE + 1)).await, "552");
        let head = mail("one");
        let line = format!("{}\r\n", "x".repeat(998));
        let over = format!("{head}{}", line.repeat(SIZE / line.len() + 1));
        let filled = head.len() + (SIZE - head.len()) / line.len() * line.len();
        let whole = format!("{head}{}{}\r\n", line.repeat((SIZE - head.len()) / line.len()), "x".repeat(SIZE - filled - 2));
        assert_eq!(whole.len(), SIZE);
        for (raw, code) in [(over, "552"), (whole, "250")] {
            mailer.say(format!("{}{raw}.\r\n", envelope(&["acme"]))).await;
            assert_eq!(mailer.codes(4).await, ["250", "250", "354", code]);
        }
        assert_eq!(ledger(app, &brand).await.len(), 1);
    }

    /// What some servers take for the end of a message is none here: nothing behind it is a message, and the one before is refused.
    async fn nothing_is_smuggled_in(app) {
        let brand = app.brand("acme").await;
        let door = Door::open(app, SIZE, None).await;
        for end in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r"] {
            let mut mailer = Mailer::connect(door.address).await;
            let smuggled = format!("{}{}.\r\n", envelope(&["acme"]), mail("smuggled"));
            mailer.say(format!("EHLO x\r\n{}{}x{end}{smuggled}QUIT\r\n", envelope(&["acme"]), mail("outer"))).await;
            let codes = mailer.codes(6).await;
            // A carriage return alone ends no line for anybody: what stands there is one message.
            let expected = if end.contains('\n') { "550" } else { "250" };
            assert_eq!(codes[3..], ["354", expected, "221"], "{end:?}");
        }
        app.drain().await;
        let ids: Vec<Value> = ledger(app, &brand).await.iter().map(|record| record["messageId"].clone()).collect();
        assert_eq!(ids, ["<outer@example.com>"]);
    }

    async fn starttls_encrypts_what_follows_and_forgets_what_was_said(app) {
        let brand = app.brand("acme").await;
        let certificate = Certificate::new();
        let door = Door::open(app, SIZE, Some(&certificate)).await;
        let mut mailer = Mailer::connect(door.address).await;
        mailer.say("EHLO x\r\n").await;
        assert!(mailer.reply().await.contains("250-STARTTLS\r\n"));
        assert_eq!(mailer.ask("MAIL FROM:<jane@example.com>").await, "250");
        // What stands behind STARTTLS in the clear was perhaps put there by somebody on the way.
        mailer.say("STARTTLS\r\nRSET\r\nEHLO evil\r\nMAIL FROM:<evil@example.com>\r\n").await;
        assert_eq!(mailer.codes(1).await, ["220"]);
        let mut mailer = mailer.encrypt(&certificate).await;
        assert_eq!(mailer.ask("RCPT TO:<acme@mail.example>").await, "503", "no sender counts");
        assert_eq!(mailer.ask("MAIL FROM:<jane@example.com>").await, "503", "no greeting counts");
        mailer.say("EHLO x\r\n").await;
        assert!(!mailer.reply().await.contains("STARTTLS"));
        assert_eq!(mailer.ask("STARTTLS").await, "503");
        mailer.say(format!("{}{}.\r\nQUIT\r\n", envelope(&["acme"]), mail("one"))).await;
        assert_eq!(mailer.codes(5).await, ["250", "250", "354", "250", "221"]);
        app.drain().await;
        assert_eq!(tickets(app, &brand).await, 1);
    }

    async fn without_a_certificate_starttls_is_not_offered(app) {
        let door = Door::open(app, SIZE, None).await;
        let mut mailer = Mailer::connect(door.address).await;
        mailer.say("EHLO x\r\n").await;
        assert!(!mailer.reply().await.contains("STARTTLS"));
        assert_eq!(mailer.ask("STARTTLS").await, "502");
    }

    /// Who waits is told; a message on its way is taken to its end; nobody new is let in.
    async fn a_server_that_stops_says_so(app) {
        let brand = app.brand("acme").await;
        let door = Door::open(app, SIZE, None).await;
        let address = door.address;
        let (mut idle, mut busy) = (Mailer::connect(address).await, Mailer::connect(address).await);
        busy.say(format!("EHLO x\r\n{}", envelope(&["acme"]))).await;
        assert_eq!(busy.codes(4).await, ["250", "250", "250", "354"]);
        busy.say(&mail("one")[..20]).await;
        door.stop();
        assert!(idle.rest().await.starts_with("421 4.3.2 "));
        busy.say(format!("{}.\r\nMAIL FROM:<jane@example.com>\r\n", &mail("one")[20..])).await;
        let said = busy.rest().await;
        assert!(said.starts_with("250 ") && said.contains("\r\n421 "), "{said}");
        door.closed().await;
        assert!(tokio::net::TcpStream::connect(address).await.is_err());
        app.drain().await;
        assert_eq!(tickets(app, &brand).await, 1);
    }

    async fn one_address_gets_its_share_of_the_connections(app) {
        let door = Door::open(app, SIZE, None).await;
        let mut held = Vec::new();
        for _ in 0..32 {
            held.push(Mailer::connect(door.address).await);
        }
        assert!(Mailer::silent(door.address).await.rest().await.starts_with("421 4.7.0 "));
        assert_eq!(held[0].ask("QUIT").await, "221");
        assert!(held[0].rest().await.is_empty());
        dispatch_testkit::until("a place is free", async || {
            Mailer::silent(door.address).await.reply().await.starts_with("220 ")
        }).await;
    }
}
