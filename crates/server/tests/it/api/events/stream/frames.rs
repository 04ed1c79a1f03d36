//! What a stream carries, and for whom.

use dispatch_testkit::both;

use super::{meanwhile, open, open_as, sequences, tag, ticket};
use crate::api::{events::read::record, key_for};

both! {
    async fn events_come_as_they_happen_each_as_the_log_has_it(app) {
        let brand = app.brand("acme").await;
        let mut stream = open(app, &brand, "").await;
        for (name, value) in
            [("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no")]
        {
            assert_eq!(stream.headers[name], value);
        }
        ticket(app, &brand).await;
        let seen = stream.events(3).await;
        assert_eq!(seen, app.events(&brand).await[1..], "not what was there before");
        tag(app, &brand, "late").await;
        let log = app.get(&format!("{brand}/events?after=4")).await;
        let data = log.text.strip_prefix("{\"data\":[").unwrap().split_once("],\"pagination\"").unwrap().0;
        assert_eq!(stream.frame().await.unwrap(), format!("id: 5\nevent: tag.created\ndata: {data}"));
    }

    async fn it_carries_the_types_that_it_was_asked_for(app) {
        let brand = app.brand("acme").await;
        let mut tickets = open(app, &brand, "types=ticket.*,tag.created").await;
        let mut comments = open(app, &brand, "types=ticket.comment.created").await;
        ticket(app, &brand).await;
        tag(app, &brand, "a").await;
        ticket(app, &brand).await;
        assert_eq!(sequences(&tickets.events(3).await), [3, 5, 6]);
        assert_eq!(sequences(&comments.events(2).await), [4, 7]);
    }

    async fn it_carries_what_belongs_to_one_ticket(app) {
        let brand = app.brand("acme").await;
        let first = ticket(app, &brand).await;
        for name in ["DT-1001", first.rsplit('/').next().unwrap()] {
            let mut stream = open(app, &brand, &format!("ticketId={name}&after=1")).await;
            assert_eq!(sequences(&stream.events(2).await), [3, 4]);
        }
        let mut stream = open(app, &brand, "ticketId=dt-1001").await;
        ticket(app, &brand).await;
        app.delete(&first).await.ok();
        assert_eq!(stream.event().await.unwrap()["type"], "ticket.deleted");
    }

    async fn what_only_admins_read_is_not_there_for_others(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, serde_json::json!({ "title": "T" })).await;
        let support = key_for(app, &brand, "support").await;
        let (mut all, mut some) = (open(app, &brand, "").await, open_as(app, &support, &brand, "").await);
        let mut none = open_as(app, &support, &brand, "types=automation.*").await;
        record(app, &brand, "automation.created", &ticket).await;
        record(app, &brand, "ticket.overdue", &ticket).await;
        assert_eq!(sequences(&all.events(2).await), [3, 4]);
        assert_eq!(sequences(&some.events(1).await), [4]);
        let ping = meanwhile(&mut none, async {
            app.advance_ms(15_000);
            app.tick().await;
        });
        assert_eq!(ping.await.as_deref(), Some(": ping"), "nothing else came before");
    }

    async fn a_comment_comes_every_fifteen_seconds(app) {
        let brand = app.brand("acme").await;
        let mut stream = open(app, &brand, "").await;
        for _ in 0..3 {
            let ping = meanwhile(&mut stream, async {
                app.advance_ms(14_999);
                app.tick().await;
                app.advance_ms(1);
                app.tick().await;
                tag(app, &brand, &app.clock.now().to_string()).await;
            });
            assert_eq!(ping.await.as_deref(), Some(": ping"));
            assert_eq!(stream.event().await.unwrap()["type"], "tag.created", "one of them, and not more");
        }
    }

    async fn streams_of_other_brands_hear_nothing(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let (mut ours, mut theirs) = (open(app, &acme, "").await, open(app, &other, "").await);
        tag(app, &acme, "a").await;
        tag(app, &other, "b").await;
        assert_eq!(ours.event().await.unwrap()["data"]["tag"]["name"], "a");
        assert_eq!(theirs.event().await.unwrap()["data"]["tag"]["name"], "b");
    }

    async fn a_wrong_question_is_refused_and_names_its_field(app) {
        let brand = app.brand("acme").await;
        let other = ticket(app, &app.brand("other").await).await;
        let other = other.rsplit('/').next().unwrap();
        let foreign = format!("ticketId={other}");
        for (query, field) in [
            ("after=99", "after"),
            ("after=-1", "after"),
            ("after=evt_x", "after"),
            ("types=ticket", "types"),
            ("types=presence", "types"),
            ("ticketId=DT-1001", "ticketId"),
            (foreign.as_str(), "ticketId"),
            ("limit=1", "limit"),
            ("token=x", "token"),
            ("lastEventId=1", "lastEventId"),
        ] {
            let path = format!("{brand}/events/stream?{query}");
            let refused = app.stream(&app.key, &path, &[]).await.unwrap_err();
            assert_eq!(refused.invalid(), [field], "{query}");
        }
        for id in ["99", "x", "1.5"] {
            let path = format!("{brand}/events/stream");
            let refused = app.stream(&app.key, &path, &[("last-event-id", id)]).await.unwrap_err();
            assert_eq!(refused.invalid(), ["Last-Event-ID"], "{id}");
        }
    }

    async fn a_key_in_the_query_is_no_credential(app) {
        let brand = app.brand("acme").await;
        for name in ["token", "apiKey", "access_token"] {
            let path = format!("{brand}/events/stream?{name}={}", app.key);
            app.call("", "GET", &path, serde_json::Value::Null).await.refused(401, "authentication_error");
        }
    }
}
