//! Where a stream begins, and that nothing is lost on the way to the end of the log.

use dispatch_testkit::both;
use serde_json::json;

use super::{open, resume, sequences, tag, ticket};

both! {
    async fn it_begins_behind_a_position_or_an_event_or_now(app) {
        let brand = app.brand("acme").await;
        ticket(app, &brand).await;
        let events = app.events(&brand).await;
        let second = format!("after={}", events[1]["id"].as_str().unwrap());
        for (query, from) in
            [("after=0", 1), ("after=2", 3), (second.as_str(), 3), ("after=4", 5), ("after=now", 5), ("after=", 5)]
        {
            let mut stream = open(app, &brand, query).await;
            tag(app, &brand, query).await;
            let last = i64::try_from(app.events(&brand).await.len()).unwrap();
            let wanted: Vec<i64> = if from == 5 { vec![last] } else { (from..=last).collect() };
            if query == "after=4" {
                assert_eq!(stream.event().await.unwrap()["sequence"], 5);
                continue;
            }
            assert_eq!(sequences(&stream.events(wanted.len()).await), wanted, "{query}");
        }
    }

    async fn the_last_event_id_counts_more_than_the_address(app) {
        let brand = app.brand("acme").await;
        ticket(app, &brand).await;
        let path = format!("{brand}/events/stream?after=0");
        for (id, first) in [("3", 4), ("", 1)] {
            let mut stream = app.stream(&app.key, &path, &[("last-event-id", id)]).await.unwrap();
            assert_eq!(stream.event().await.unwrap()["sequence"], first, "{id}");
        }
    }

    async fn one_that_begins_far_behind_meets_those_that_do_not(app) {
        let brand = app.brand("acme").await;
        for round in 0..130 {
            tag(app, &brand, &format!("before {round}")).await;
        }
        let mut live = open(app, &brand, "").await;
        let mut behind = open(app, &brand, "after=0").await;
        let mut seen = behind.events(7).await;
        for round in 0..130 {
            tag(app, &brand, &format!("after {round}")).await;
        }
        let log = app.events(&brand).await;
        assert_eq!(live.events(130).await, log[131..]);
        seen.extend(behind.events(log.len() - 7).await);
        assert_eq!(seen, log);
        tag(app, &brand, "the last").await;
        assert_eq!(live.event().await, behind.event().await);
    }

    async fn a_filter_that_finds_little_is_read_to_its_end(app) {
        let brand = app.brand("acme").await;
        let one = ticket(app, &brand).await;
        for round in 0..60 {
            tag(app, &brand, &round.to_string()).await;
        }
        let mut stream = open(app, &brand, "after=0&types=ticket.*").await;
        assert_eq!(stream.event().await.unwrap()["sequence"], 3);
        app.patch(&one, json!({ "title": "Changed" })).await.ok();
        assert_eq!(stream.event().await.unwrap()["type"], "ticket.updated");
    }

    async fn a_stream_that_was_cut_goes_on_where_it_was(app) {
        let brand = app.brand("acme").await;
        let mut stream = open(app, &brand, "").await;
        tag(app, &brand, "a").await;
        let last = stream.event().await.unwrap()["sequence"].to_string();
        drop(stream);
        tag(app, &brand, "b").await;
        let mut stream = resume(app, &brand, &last).await;
        tag(app, &brand, "c").await;
        assert_eq!(sequences(&stream.events(2).await), [3, 4]);
    }
}
