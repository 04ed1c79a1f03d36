//! A deleted tag leaves all tickets: at once for every reader, in the rows when the worker ran.

use dispatch_testkit::both;
use serde_json::json;

use super::{agree, counts, lists, path, rows, set, tag, ticket};
use crate::api::{
    event_types,
    given::{ask, execute, rewrite_step},
    id, last_event,
};

both! {
    async fn a_tag_without_tickets_is_gone_and_its_name_is_free(app) {
        let brand = app.brand("acme").await;
        let made = tag(app, &brand, "VIP").await;
        let answer = app.delete(&path(&brand, &made)).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
        app.get(&path(&brand, &made)).await.refused(404, "not_found");
        app.delete(&path(&brand, &made)).await.refused(404, "not_found");
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]), (&json!("tag.deleted"), &json!({ "id": made["id"], "tag": made })));
        assert!(ask(app, "SELECT id FROM rewrite WHERE kind = 'tag'".to_owned()).await.is_empty());
        assert_ne!(tag(app, &brand, "vip").await["id"], made["id"]);
    }

    async fn tickets_lose_it_at_once_and_their_rows_follow(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (a, b) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await);
        let foreign = tag(app, &other, "a").await;
        ticket(app, &other, "open", &[&foreign]).await;
        ticket(app, &brand, "open", &[&a, &b]).await;
        ticket(app, &brand, "open", &[&a]).await;
        app.delete(&format!("{brand}/tickets/DT-1002")).await.ok();
        let before = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        app.advance_ms(1000);
        app.delete(&path(&brand, &a)).await.with(204);
        // Its name is free again although rows still name its id, and a new tag of that name has none of them.
        tag(app, &brand, "A").await;
        assert_eq!(counts(app, &brand).await, ["A=0/0", "b=1/1"]);
        assert!(app.problems(&brand).await.is_empty());
        let events = event_types(app, &brand).await;
        app.drain().await;
        assert_eq!(counts(app, &brand).await, ["A=0/0", "b=1/1"]);
        assert_eq!(lists(app, &brand).await, [vec![id(&b).to_owned()], vec![]]);
        assert!(agree(app, &brand).await);
        assert_eq!(event_types(app, &brand).await, events, "no event tells of a single ticket");
        let after = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        assert_eq!(after["updatedAt"], before["updatedAt"]);
        assert_eq!(counts(app, &other).await, ["a=1/1"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn a_worker_that_is_killed_between_two_steps_loses_nothing(app) {
        let brand = app.brand("acme").await;
        let (a, b) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await);
        for _ in 0..130 {
            ticket(app, &brand, "open", &[&b, &a]).await;
        }
        app.delete(&path(&brand, &a)).await.with(204);
        for left in [30, 0] {
            assert!(rewrite_step(app, &brand).await);
            assert_eq!(rows(app, &brand).await.iter().filter(|row| row.ends_with(id(&a))).count(), left);
            assert_eq!(counts(app, &brand).await, ["b=130/130"]);
            assert!(agree(app, &brand).await);
        }
        app.drain().await;
        assert!(!rewrite_step(app, &brand).await, "nothing is left to do");
        assert_eq!(counts(app, &brand).await, ["b=130/130"]);
        assert!(lists(app, &brand).await.iter().all(|list| *list == [id(&b)]));
    }

    async fn doctor_finds_a_tag_that_leads_nowhere(app) {
        let brand = app.brand("acme").await;
        let a = tag(app, &brand, "a").await;
        ticket(app, &brand, "open", &[&a]).await;
        execute(app, format!("DELETE FROM tag WHERE id = '{}'", id(&a))).await;
        assert_eq!(app.problems(&brand).await, ["1 tickets have a tag that is not there"]);
    }

    async fn a_ticket_that_loses_it_by_itself_before_the_worker_ran_keeps_its_new_tags(app) {
        let brand = app.brand("acme").await;
        let (a, b) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await);
        let one = ticket(app, &brand, "open", &[&a]).await;
        app.delete(&path(&brand, &a)).await.with(204);
        set(app, &brand, &one, &[&a], &[&b]).await;
        app.drain().await;
        assert_eq!(lists(app, &brand).await, [[id(&b)]]);
        assert!(agree(app, &brand).await);
    }
}
