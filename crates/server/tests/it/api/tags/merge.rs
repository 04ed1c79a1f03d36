//! Tags that vanish into another: at once for every reader, in the rows when the worker ran.

use dispatch_testkit::both;
use serde_json::{Value, json};

use super::{agree, counts, lists, path, tag, ticket};
use crate::api::{event_types, id, last_event};

both! {
    async fn tickets_of_the_sources_have_the_target_from_the_moment_of_the_answer(app) {
        let brand = app.brand("acme").await;
        let (a, b, c, d) = (
            tag(app, &brand, "a").await,
            tag(app, &brand, "b").await,
            tag(app, &brand, "c").await,
            tag(app, &brand, "d").await,
        );
        ticket(app, &brand, "open", &[&a, &d]).await;
        ticket(app, &brand, "closed", &[&b]).await;
        // Sources and target together, and two sources: each counts once.
        ticket(app, &brand, "open", &[&a, &c, &b]).await;
        ticket(app, &brand, "open", &[&b, &a]).await;
        app.advance_ms(1000);
        let merge = json!({ "sourceTagIds": [a["id"], b["id"], a["id"]] });
        let merged = app.post(&format!("{}/merge", path(&brand, &c)), merge).await.ok();
        let mut expected = c.clone();
        expected["mergedTagIds"] = json!([a["id"], b["id"]]);
        assert_eq!(merged, expected);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["entityId"]), (&json!("tag.merged"), &c["id"]));
        assert_eq!(event["data"], json!({ "id": c["id"], "tag": c, "mergedTagIds": [a["id"], b["id"]] }));
        for gone in [&a, &b] {
            app.get(&path(&brand, gone)).await.refused(404, "not_found");
        }
        assert_eq!(counts(app, &brand).await, ["c=4/3", "d=1/1"]);
        let events = event_types(app, &brand).await;
        app.drain().await;
        assert_eq!(counts(app, &brand).await, ["c=4/3", "d=1/1"]);
        let (c, d) = (id(&c).to_owned(), id(&d).to_owned());
        assert_eq!(
            lists(app, &brand).await,
            [vec![c.clone(), d], vec![c.clone()], vec![c.clone()], vec![c]]
        );
        assert!(agree(app, &brand).await);
        assert_eq!(event_types(app, &brand).await, events, "no event tells of a single ticket");
    }

    async fn a_target_that_is_merged_or_deleted_in_its_turn_takes_everything_along(app) {
        let brand = app.brand("acme").await;
        let (a, b, c) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await, tag(app, &brand, "c").await);
        ticket(app, &brand, "open", &[&a]).await;
        app.post(&format!("{}/merge", path(&brand, &b)), json!({ "sourceTagIds": [a["id"]] })).await.ok();
        app.post(&format!("{}/merge", path(&brand, &c)), json!({ "sourceTagIds": [b["id"]] })).await.ok();
        assert_eq!(counts(app, &brand).await, ["c=1/1"]);
        app.delete(&path(&brand, &c)).await.with(204);
        assert_eq!(counts(app, &brand).await, [""; 0]);
        app.drain().await;
        assert_eq!(lists(app, &brand).await, [[""; 0]]);
        assert!(agree(app, &brand).await);
    }

    async fn sources_are_one_to_fifty_other_tags_of_the_brand(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (a, b) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await);
        let foreign = tag(app, &other, "foreign").await;
        let events = event_types(app, &brand).await;
        let merge = async |ids: Value| {
            app.post(&format!("{}/merge", path(&brand, &b)), json!({ "sourceTagIds": ids })).await.invalid()
        };
        assert_eq!(merge(json!([])).await, ["sourceTagIds"]);
        assert_eq!(merge(json!(vec!["x"; 51])).await, ["sourceTagIds"]);
        assert_eq!(
            merge(json!([a["id"], "nonsense", b["id"], foreign["id"]])).await,
            ["sourceTagIds[1]", "sourceTagIds[2]", "sourceTagIds[3]"]
        );
        assert_eq!(event_types(app, &brand).await, events);
        app.get(&path(&brand, &a)).await.ok();
        let foreign_target = format!("{}/merge", path(&brand, &foreign));
        app.post(&foreign_target, json!({ "sourceTagIds": [a["id"]] })).await.refused(404, "not_found");
    }
}
