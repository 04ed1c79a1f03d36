//! How many streams one credential may have open.

use dispatch_model::member::Role;
use dispatch_testkit::both;

use super::{open, open_as};
use crate::api::key_for;

both! {
    async fn a_hundred_per_credential(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/events/stream");
        let mut open_ones = Vec::new();
        for _ in 0..100 {
            open_ones.push(open(app, &brand, "").await);
        }
        assert!(app.app.metrics().text().contains("dispatch_streams_open 100\n"));
        let refused = app.stream(&app.key, &path, &[]).await.unwrap_err();
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
        refused.refused(429, "rate_limit_error");
        let other = key_for(app, &brand, "read").await;
        drop(open_as(app, &other, &brand, "").await);
        drop(open_ones.pop());
        let again = open(app, &brand, "").await;
        assert!(app.app.metrics().text().contains("dispatch_streams_open 100\n"));
        drop((open_ones, again));
        assert!(app.app.metrics().text().contains("dispatch_streams_open 0\n"));
    }

    async fn the_sessions_of_a_member_share_theirs(app) {
        let brand = app.brand("acme").await;
        let first = app.session(Role::Member, "ana@acme.example", &[]).await;
        let second = app.session(Role::Member, "ana@acme.example", &[]).await;
        let mut open_ones = Vec::new();
        for turn in 0..100 {
            open_ones.push(open_as(app, [&first, &second][turn % 2], &brand, "").await);
        }
        for token in [&first, &second] {
            let refused = app.stream(token, &format!("{brand}/events/stream"), &[]).await.unwrap_err();
            refused.refused(429, "rate_limit_error");
        }
    }

    async fn what_is_refused_does_not_count(app) {
        let brand = app.brand("acme").await;
        for _ in 0..101 {
            let path = format!("{brand}/events/stream?after=x");
            assert_eq!(app.stream(&app.key, &path, &[]).await.unwrap_err().invalid(), ["after"]);
        }
        open(app, &brand, "").await;
        assert!(app.app.metrics().text().contains("dispatch_streams_open 0\n"));
    }
}
