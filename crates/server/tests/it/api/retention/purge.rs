//! Purging, step by step.

use dispatch_model::{
    BrandId,
    event::{Act, Actor},
};
use dispatch_store::{Lane, purge::Kind};
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::DAY;
use crate::api::{
    events_of,
    given::{execute, path, rewrite_step, text},
    id,
};

/// Begins to purge a ticket as a worker does that is ended behind it; says whether there is more to do.
async fn begin(app: &TestApp, brand: &str, ticket: &Value) -> bool {
    let (brand, ticket) = (BrandId::from(brand.trim_start_matches("/brands/")), id(ticket).to_owned());
    let seams = app.app.seams();
    let act = Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let before = app.clock.now().plus_ms(-30 * DAY);
    let begun: dispatch_desk::Result<bool> = app
        .db
        .write(Lane::Brand(brand.clone()), "test.begin", move |tx| {
            let (act, brand, ticket) = (act.clone(), brand.clone(), ticket.clone());
            Box::pin(async move { dispatch_desk::purge::begin(tx, &act, &brand, Kind::Ticket, &ticket, before).await })
        })
        .await;
    begun.expect("a step")
}

both! {
    async fn it_can_be_restored_until_then_and_not_after(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T", "tags": ["a"], "customFields": { "a": 1 } })).await;
        let restore = format!("{}/restore", path(&brand, &ticket));
        app.delete(&path(&brand, &ticket)).await.ok();
        app.advance_ms(30 * DAY - 1);
        app.drain().await;
        app.post(&restore, Value::Null).await.ok();
        app.delete(&path(&brand, &ticket)).await.ok();
        app.advance_ms(30 * DAY);
        app.drain().await;
        app.post(&restore, Value::Null).await.refused(404, "not_found");
        app.post(&format!("{brand}/tickets/DT-1001/restore"), Value::Null).await.refused(404, "not_found");
        assert_eq!(app.ticket(&brand, json!({ "title": "U" })).await["ticketNumber"], "DT-1002", "its number stays taken");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_long_ticket_goes_in_steps_and_none_of_them_brings_it_back(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let of = brand.trim_start_matches("/brands/");
        let columns = "brand_id, id, ticket_id, author_type, is_internal, by_server, links, metadata, cc, source, created_at, updated_at, body";
        execute(app, format!(
            "INSERT INTO comment ({columns}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
            SELECT '{of}', 'cmt_' || CAST(10000 + i AS TEXT), '{}', 'STAFF', FALSE, FALSE, '[]', '{{}}', '[]', 'api', 0, 0, 'x' FROM n",
            id(&ticket)
        )).await;
        execute(app, "UPDATE ticket SET comment_count = 700".to_owned()).await;
        app.delete(&path(&brand, &ticket)).await.ok();
        app.advance_ms(30 * DAY);
        assert!(begin(app, &brand, &ticket).await, "there is more than one step");
        app.post(&format!("{}/restore", path(&brand, &ticket)), Value::Null).await.refused(404, "not_found");
        assert!(!begin(app, &brand, &ticket).await, "it has begun already");
        let mut steps = 0;
        while rewrite_step(app, &brand).await {
            steps += 1;
            assert!(steps < 20);
        }
        assert!(steps > 2, "{steps}");
        app.drain().await;
        assert_eq!(app.problems(&brand).await, [""; 0]);
        assert_eq!(app.get(&format!("{brand}/tickets/count")).await.ok()["count"], 0);
    }

    async fn a_deleted_comment_goes_and_what_is_around_it_stays(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "Kept" })).await;
        let comments = format!("{}/comments", path(&brand, &ticket));
        let gone = app.post(&comments, json!({ "body": "gone" })).await.created();
        let kept = app.post(&comments, json!({ "body": "kept", "parentId": id(&gone) })).await.created();
        app.delete(&format!("{comments}/{}", id(&gone))).await.ok();
        app.advance_ms(30 * DAY);
        app.drain().await;
        let told = events_of(app, &brand, "comment.created").await;
        assert_eq!((&told[0]["data"]["comment"]["body"], &told[1]["data"]["comment"]["body"]), (&json!("[erased]"), &json!("kept")));
        assert_eq!(told[0]["data"]["ticket"]["title"], "Kept");
        let left = app.get(&comments).await.ok();
        assert_eq!((left.as_array().map(Vec::len), &left[0]["id"], &left[0]["parentId"]), (Some(1), &kept["id"], &gone["id"]));
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn what_came_from_a_merged_ticket_goes_with_the_one_it_came_to(app) {
        let brand = app.brand("acme").await;
        let target = app.ticket(&brand, json!({ "title": "Target" })).await;
        let source = app.ticket(&brand, json!({ "title": "Source" })).await;
        app.post(&format!("{}/comments", path(&brand, &source)), json!({ "body": "moved" })).await.created();
        let merge = json!({ "sourceTicketIds": [id(&source)] });
        let answer = app.post(&format!("{}/merge", path(&brand, &target)), merge).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        app.delete(&path(&brand, &target)).await.ok();
        app.advance_ms(30 * DAY);
        app.drain().await;
        let told = events_of(app, &brand, "comment.created").await;
        assert_eq!((&told[0]["data"]["comment"]["body"], &told[0]["data"]["ticket"]["title"]), (&json!("[erased]"), &json!("Source")));
        let created = events_of(app, &brand, "ticket.created").await;
        assert_eq!((&created[0]["data"]["title"], &created[1]["data"]["title"]), (&json!("[erased]"), &json!("Source")));
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_deleted_customer_goes_and_whoever_has_the_address_now_stays(app) {
        let brand = app.brand("acme").await;
        let old = app.ticket(&brand, json!({ "title": "Old", "customerEmail": "jane@example.com" })).await;
        app.delete(&format!("{brand}/customers/{}", text(&old, "customerId"))).await.ok();
        let shown = app.get(&path(&brand, &old)).await.ok();
        assert_eq!((&shown["customerId"], &shown["customerEmail"]), (&Value::Null, &json!("jane@example.com")));
        let new = app.ticket(&brand, json!({ "title": "From jane@example.com", "customerEmail": "jane@example.com" })).await;
        app.advance_ms(30 * DAY);
        app.drain().await;
        let shown = app.get(&path(&brand, &old)).await.ok();
        assert_eq!((&shown["customerEmail"], &shown["title"], &shown["status"]), (&Value::Null, &json!("[erased]"), &json!("open")));
        let shown = app.get(&path(&brand, &new)).await.ok();
        assert_eq!((&shown["customerEmail"], &shown["title"]), (&json!("jane@example.com"), &json!("From jane@example.com")));
        let told = events_of(app, &brand, "ticket.created").await;
        assert_eq!((&told[0]["data"]["customerEmail"], &told[1]["data"]["customerEmail"]), (&Value::Null, &json!("jane@example.com")));
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn a_link_to_a_file_ends_with_its_ticket_and_comes_back_with_it(app) {
        let brand = app.brand("acme").await;
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        let attachments = format!("{}/attachments", path(&brand, &ticket));
        let file = app.attach(&attachments, "a.txt", "hello").await;
        let shown = app.get(&format!("{attachments}/{}", id(&file))).await.ok();
        let url = text(&shown, "downloadUrl");
        assert_eq!(app.follow("GET", url, &[], "").await.text, "hello");
        app.delete(&path(&brand, &ticket)).await.ok();
        app.follow("GET", url, &[], "").await.refused(404, "not_found");
        app.post(&format!("{}/restore", path(&brand, &ticket)), Value::Null).await.ok();
        assert_eq!(app.follow("GET", url, &[], "").await.text, "hello");
    }
}
