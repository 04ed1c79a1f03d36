//! What becomes of the tickets of a deleted category: at once for every reader, in the rows when the worker ran.

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::{category, counts, order, path, put, tickets};
use crate::api::{
    event_types,
    given::{ask, execute, rewrite_step},
    id, last_event,
};

/// The stored category of each ticket of a brand, or `-`, by number.
async fn stored(app: &TestApp, brand: &str) -> Vec<String> {
    let brand = brand.trim_start_matches("/brands/");
    ask(app, format!("SELECT coalesce(category_id, '-') FROM ticket WHERE brand_id = '{brand}' ORDER BY number")).await
}

both! {
    async fn a_category_without_tickets_is_gone(app) {
        let brand = app.brand("acme").await;
        let made = category(app, &brand, "Billing").await;
        category(app, &brand, "Other").await;
        let answer = app.delete(&path(&brand, &made)).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
        app.get(&path(&brand, &made)).await.refused(404, "not_found");
        app.delete(&path(&brand, &made)).await.refused(404, "not_found");
        let event = last_event(app, &brand).await;
        assert_eq!(event["type"], "category.deleted");
        let expected = json!({ "id": made["id"], "category": made, "replacementCategoryId": null, "ticketCount": 0 });
        assert_eq!(event["data"], expected);
        assert_eq!(category(app, &brand, "Billing").await["key"], "billing", "name and key are free again");
        assert_eq!(order(app, &brand).await, ["other", "billing"]);
        assert!(ask(app, "SELECT id FROM rewrite WHERE kind = 'category'".to_owned()).await.is_empty());
    }

    async fn tickets_lose_it_at_once_and_their_rows_follow(app) {
        let brand = app.brand("acme").await;
        let billing = category(app, &brand, "Billing").await;
        tickets(app, &brand, &billing, &["open", "closed"]).await;
        let before = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        app.advance_ms(1000);
        app.delete(&path(&brand, &billing)).await.with(204);
        assert_eq!(last_event(app, &brand).await["data"]["ticketCount"], 2);
        assert_eq!(counts(app, &brand).await, [""; 0]);
        assert!(app.problems(&brand).await.is_empty());
        let events = event_types(app, &brand).await;
        app.drain().await;
        assert_eq!(stored(app, &brand).await, ["-", "-"]);
        assert_eq!(event_types(app, &brand).await, events, "no event tells of a single ticket");
        let after = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        assert_eq!(after["updatedAt"], before["updatedAt"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn tickets_count_for_the_replacement_from_the_moment_of_the_answer(app) {
        let brand = app.brand("acme").await;
        let (old, new) = (category(app, &brand, "Old").await, category(app, &brand, "New").await);
        tickets(app, &brand, &old, &["open", "closed"]).await;
        tickets(app, &brand, &new, &["open"]).await;
        app.delete(&format!("{}?replacementCategoryId=new", path(&brand, &old))).await.with(204);
        assert_eq!(counts(app, &brand).await, ["new=3/2"]);
        assert_eq!(last_event(app, &brand).await["data"]["replacementCategoryId"], new["id"]);
        app.drain().await;
        assert_eq!(counts(app, &brand).await, ["new=3/2"]);
        assert_eq!(stored(app, &brand).await, vec![id(&new); 3]);
    }

    async fn a_replacement_may_stand_in_the_body_and_must_be_another_category(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (old, new) = (category(app, &brand, "Old").await, category(app, &brand, "New").await);
        let foreign = category(app, &other, "Foreign").await;
        for wrong in [&old["id"], &json!("old"), &json!("nonsense"), &foreign["id"], &foreign["key"]] {
            let body = json!({ "replacementCategoryId": wrong });
            let refused = app.call(&app.key, "DELETE", &path(&brand, &old), body).await;
            assert_eq!(refused.invalid(), ["replacementCategoryId"], "{wrong}");
        }
        tickets(app, &brand, &old, &["open"]).await;
        let body = json!({ "replacementCategoryId": new["id"] });
        app.call(&app.key, "DELETE", &path(&brand, &old), body).await.with(204);
        assert_eq!(counts(app, &brand).await, ["new=1/1"]);
    }

    async fn a_replacement_that_is_deleted_in_its_turn_leads_to_the_last_one(app) {
        let brand = app.brand("acme").await;
        let mut made = Vec::new();
        for name in ["a", "b", "c"] {
            made.push(category(app, &brand, name).await);
        }
        tickets(app, &brand, &made[0], &["open"]).await;
        // The second one has no ticket of its own, only one that is on its way.
        app.delete(&format!("{}?replacementCategoryId=b", path(&brand, &made[0]))).await.with(204);
        app.delete(&format!("{}?replacementCategoryId=c", path(&brand, &made[1]))).await.with(204);
        assert_eq!(last_event(app, &brand).await["data"]["ticketCount"], 1);
        assert_eq!(counts(app, &brand).await, ["c=1/1"]);
        app.delete(&path(&brand, &made[2])).await.with(204);
        assert_eq!(counts(app, &brand).await, [""; 0]);
        app.drain().await;
        assert_eq!(stored(app, &brand).await, ["-"]);
    }

    async fn spam_and_deleted_tickets_move_as_well(app) {
        let brand = app.brand("acme").await;
        let (old, new) = (category(app, &brand, "Old").await, category(app, &brand, "New").await);
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        put(app, &ticket, &old).await;
        app.delete(&format!("{brand}/tickets/DT-1001")).await.ok();
        app.delete(&format!("{}?replacementCategoryId=new", path(&brand, &old))).await.with(204);
        assert_eq!(last_event(app, &brand).await["data"]["ticketCount"], 0, "counted as in the statistics");
        app.drain().await;
        assert_eq!(stored(app, &brand).await, [id(&new)]);
    }

    async fn a_worker_that_is_killed_between_two_steps_loses_nothing(app) {
        let brand = app.brand("acme").await;
        let (old, new) = (category(app, &brand, "Old").await, category(app, &brand, "New").await);
        tickets(app, &brand, &old, &["open"]).await;
        let brand_id = brand.trim_start_matches("/brands/");
        execute(app, format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
            INSERT INTO ticket (brand_id, id, number, prefix, live, status_id, priority, category_id, source, comment_count,
                attachment_count, is_spam, created_at, updated_at, title, title_key, tag_ids, cc, links, custom_fields, metadata)
            SELECT brand_id, 'tkt_' || i, 5000 + i, prefix, live, status_id, priority, category_id, source, 0, 0, FALSE,
                created_at, updated_at, title, title_key, tag_ids, cc, links, custom_fields, metadata
            FROM n, ticket WHERE brand_id = '{brand_id}' AND number = 1001"
        ))
        .await;
        app.delete(&format!("{}?replacementCategoryId=new", path(&brand, &old))).await.with(204);
        assert_eq!(counts(app, &brand).await, ["new=601/601"]);
        let moved = async || stored(app, &brand).await.iter().filter(|stored| *stored == id(&new)).count();
        for step in [166, 332] {
            assert!(rewrite_step(app, &brand).await);
            assert_eq!((moved().await, counts(app, &brand).await), (step, vec!["new=601/601".to_owned()]));
        }
        app.drain().await;
        assert!(!rewrite_step(app, &brand).await, "nothing is left to do");
        assert_eq!(counts(app, &brand).await, ["new=601/601"]);
    }

    async fn doctor_finds_a_ticket_whose_category_leads_nowhere(app) {
        let brand = app.brand("acme").await;
        let old = category(app, &brand, "Old").await;
        tickets(app, &brand, &old, &["open"]).await;
        assert!(app.problems(&brand).await.is_empty());
        execute(app, format!("DELETE FROM category WHERE id = '{}'", id(&old))).await;
        assert_eq!(app.problems(&brand).await, ["1 tickets name a category that is not there"]);
    }

    async fn a_deletion_touches_no_ticket_of_another_brand(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        for brand in [&acme, &other] {
            let made = category(app, brand, "Same").await;
            tickets(app, brand, &made, &["open"]).await;
        }
        let (before, ours): (Vec<String>, Value) = (stored(app, &other).await, app.get(&format!("{acme}/categories")).await.ok());
        app.delete(&path(&acme, &ours[0])).await.with(204);
        app.drain().await;
        assert_eq!(stored(app, &other).await, before);
        assert_eq!(counts(app, &other).await, ["same=1/1"]);
    }
}
