//! Presence (API 15.5): who is at a ticket, and that its readers hear of it.

use dispatch_model::member::Role;
use dispatch_testkit::{Stream, TestApp, both, until};
use serde_json::{Value, json};

use crate::api::given::{each, path, text};

/// Two members and a ticket.
struct Given {
    brand: String,
    ticket: Value,
    ana: String,
    ben: String,
}

impl Given {
    async fn new(app: &TestApp) -> Self {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let ana = app.session(Role::Member, "ana@acme.example", &[]).await;
        let ben = app.session(Role::Member, "ben@acme.example", &[]).await;
        Self { brand, ticket, ana, ben }
    }

    /// What this member is told of the others.
    async fn say(&self, app: &TestApp, token: &str, state: &str) -> Value {
        let path = format!("{}/presence", path(&self.brand, &self.ticket));
        app.call(token, "POST", &path, json!({ "state": state })).await.ok()
    }

    /// A stream of the ticket, behind its first frame.
    async fn reader(&self, app: &TestApp) -> Stream {
        let path = format!("{}/events/stream?ticketId={}&types=ticket.closed", self.brand, text(&self.ticket, "id"));
        let mut stream = app.stream(&app.key, &path, &[]).await.expect("a stream");
        stream.frame().await.expect("the first frame");
        stream
    }

    /// Asserts that the next frame says this.
    async fn hears(&self, stream: &mut Stream, name: &str, state: &str) {
        let frame = stream.frame().await.expect("a frame");
        let data = frame.strip_prefix("event: presence\ndata: ").unwrap_or_else(|| panic!("{frame}"));
        let said: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!((text(&said, "name"), text(&said, "state")), (name, state), "{frame}");
        assert_eq!(said["ticketId"], self.ticket["id"]);
        assert!(text(&said, "memberId").starts_with("usr_"));
    }
}

both! {
    async fn each_hears_of_the_others(app) {
        let given = Given::new(app).await;
        assert_eq!(given.say(app, &given.ana, "viewing").await, json!([]));
        let others = given.say(app, &given.ben, "replying").await;
        assert_eq!((each(&others, "name"), each(&others, "state")), (vec!["ana"], vec!["viewing"]));
        assert_eq!(crate::api::members(&others[0]), ["memberId", "name", "state"]);
        assert_eq!(each(&given.say(app, &given.ana, "viewing").await, "state"), ["replying"]);
        assert_eq!(each(&given.say(app, &given.ben, "left").await, "name"), ["ana"], "who leaves is told as well");
        assert_eq!(given.say(app, &given.ana, "viewing").await, json!([]));
    }

    async fn whoever_does_not_say_it_again_is_forgotten_after_half_a_minute(app) {
        let given = Given::new(app).await;
        given.say(app, &given.ana, "viewing").await;
        app.advance_ms(29_999);
        assert_eq!(each(&given.say(app, &given.ben, "viewing").await, "name"), ["ana"]);
        app.advance_ms(1);
        assert_eq!(given.say(app, &given.ben, "viewing").await, json!([]));
        given.say(app, &given.ana, "viewing").await;
        app.advance_ms(29_999);
        given.say(app, &given.ana, "viewing").await;
        app.advance_ms(29_999);
        app.tick().await;
        assert_eq!(each(&given.say(app, &given.ben, "viewing").await, "name"), ["ana"], "she has said it again");
    }

    async fn the_readers_of_the_ticket_hear_changes_and_nothing_else(app) {
        let given = Given::new(app).await;
        let mut reader = given.reader(app).await;
        given.say(app, &given.ana, "viewing").await;
        given.say(app, &given.ana, "viewing").await;
        given.say(app, &given.ana, "replying").await;
        given.say(app, &given.ben, "left").await;
        given.say(app, &given.ben, "viewing").await;
        given.say(app, &given.ana, "left").await;
        for (name, state) in [("ana", "viewing"), ("ana", "replying"), ("ben", "viewing"), ("ana", "left")] {
            given.hears(&mut reader, name, state).await;
        }
        tokio::join!(biased; given.hears(&mut reader, "ben", "left"), async {
            app.advance_ms(30_000);
            app.tick().await;
        });
    }

    async fn readers_of_the_brand_or_of_other_tickets_hear_nothing(app) {
        let given = Given::new(app).await;
        let other = app.ticket(&given.brand, json!({ "title": "Other" })).await;
        for query in ["", &format!("ticketId={}", text(&other, "id"))] {
            let mut stream = app.stream(&app.key, &format!("{}/events/stream?{query}", given.brand), &[]).await.unwrap();
            stream.frame().await.unwrap();
            given.say(app, &given.ana, "viewing").await;
            given.say(app, &given.ana, "left").await;
            app.patch(&path(&given.brand, &other), json!({ "title": format!("T {query}") })).await.ok();
            assert!(stream.frame().await.unwrap().contains("event: ticket.updated"));
        }
    }

    async fn it_is_in_no_log(app) {
        let given = Given::new(app).await;
        let before = app.events(&given.brand).await;
        given.say(app, &given.ana, "viewing").await;
        assert_eq!(app.events(&given.brand).await, before);
    }

    async fn keys_and_wrong_states_are_refused(app) {
        let given = Given::new(app).await;
        let path = format!("{}/presence", path(&given.brand, &given.ticket));
        app.post(&path, json!({ "state": "viewing" })).await.refused(401, "authentication_error");
        for body in [json!({}), json!({ "state": "away" }), json!({ "state": null }), json!({ "state": 1 })] {
            assert_eq!(app.call(&given.ana, "POST", &path, body).await.invalid(), ["state"]);
        }
        let nowhere = format!("{}/tickets/DT-9999/presence", given.brand);
        app.call(&given.ana, "POST", &nowhere, json!({ "state": "viewing" })).await.refused(404, "not_found");
        let number = format!("{}/tickets/dt-1001/presence", given.brand);
        app.call(&given.ben, "POST", &number, json!({ "state": "viewing" })).await.ok();
        assert_eq!(each(&given.say(app, &given.ana, "viewing").await, "name"), ["ben"], "the number is the same ticket");
    }
}

/// Nodes tell each other; each keeps what it hears.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_tell_each_other() {
    dispatch_testkit::run(dispatch_testkit::Kind::Postgres, async |app| {
        let given = Given::new(app).await;
        let other = app.node().await;
        let running = [app, &other].map(|node| tokio::spawn(node.app.clone().run()));
        // The connections that listen are opened behind the start.
        until("the other node has heard", async || {
            given.say(app, &given.ana, "viewing").await;
            given.say(&other, &given.ben, "viewing").await != json!([])
        })
        .await;
        let mut reader = given.reader(&other).await;
        given.say(app, &given.ana, "replying").await;
        given.hears(&mut reader, "ana", "replying").await;
        running.iter().for_each(tokio::task::JoinHandle::abort);
    })
    .await;
}
