use dispatch_model::{
    BrandId, JsonText, TicketId,
    event::{Act, Actor, NewEvent},
};
use dispatch_store::Lane;
use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::given::{each, kinds, path, text};

/// A brand whose log holds, from 1 to 8: brand, customer, ticket, comment, status; ticket, comment, ticket.deleted.
async fn story(app: &TestApp) -> (String, Value) {
    let brand = app.brand("acme").await;
    let ticket = app.ticket(&brand, json!({ "title": "T", "customerEmail": "jane@example.com" })).await;
    app.post(&format!("{}/comments", path(&brand, &ticket)), json!({ "body": "B" })).await.created();
    app.post(&format!("{brand}/statuses"), json!({ "name": "Doing", "key": "doing" })).await.created();
    let other = path(&brand, &app.ticket(&brand, json!({ "title": "other" })).await);
    app.post(&format!("{other}/comments"), json!({ "body": "B" })).await.created();
    app.delete(&other).await.ok();
    (brand, ticket)
}

async fn sequences(app: &TestApp, brand: &str, query: &str) -> Vec<i64> {
    let page = app.get(&format!("{brand}/events?{query}")).await.ok();
    page["data"].as_array().unwrap().iter().map(|event| event["sequence"].as_i64().unwrap()).collect()
}

/// Writes an event that no route of this version writes.
pub async fn record(app: &TestApp, brand: &str, kind: &'static str, ticket: &Value) {
    let seams = app.app.seams();
    let act = Act::new(Actor::system(), "system", &seams.clock, &seams.entropy);
    let brand = BrandId::from(brand.trim_start_matches("/brands/"));
    let ticket_id = Some(TicketId::from(text(ticket, "id")));
    let event = NewEvent { kind, entity_id: "x".to_owned(), ticket_id, changes: None, data: JsonText::empty_object() };
    let written: dispatch_desk::Result<()> = app
        .db
        .write(Lane::Brand(brand.clone()), "test.record", move |tx| {
            let (act, brand, event) = (act.clone(), brand.clone(), event.clone());
            Box::pin(async move {
                tx.record(&act, &brand, event);
                Ok(())
            })
        })
        .await;
    written.expect("an event");
}

both! {
    async fn the_log_is_read_behind_a_position_or_an_event(app) {
        let (brand, _) = story(app).await;
        let all = app.get(&format!("{brand}/events")).await.ok();
        let third = text(&all["data"][2], "id");
        for (after, found) in [
            ("", vec![1, 2, 3, 4, 5, 6, 7, 8]),
            ("0", vec![1, 2, 3, 4, 5, 6, 7, 8]),
            ("6", vec![7, 8]),
            ("8", vec![]),
            ("now", vec![]),
            (third, vec![4, 5, 6, 7, 8]),
        ] {
            assert_eq!(sequences(app, &brand, &format!("after={after}")).await, found, "{after}");
            let page = app.get(&format!("{brand}/events?after={after}")).await.ok();
            assert_eq!(page["position"], "8", "{after}");
            assert_eq!(page["pagination"], json!({ "hasMore": false, "cursor": null, "nextCursor": null }));
        }
    }

    async fn an_unknown_position_is_refused(app) {
        let (brand, _) = story(app).await;
        let other = app.brand("other").await;
        let foreign = app.get(&format!("{other}/events")).await.ok();
        let foreign = text(&foreign["data"][0], "id");
        for after in
            ["9", "-1", "1.5", "x", "NOW", "evt_00000000000000000000000001", foreign, "99999999999999999999", "%00"]
        {
            assert_eq!(app.get(&format!("{brand}/events?after={after}")).await.invalid(), ["after"], "{after}");
        }
        for (query, field) in [
            ("cursor=8", "cursor"),
            ("type=x", "type"),
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("ticketId=DT-9999", "ticketId"),
            ("ticketId=tkt_none", "ticketId"),
            ("ticketId=%00", "ticketId"),
            ("types=nonsense", "types"),
            ("types=ticket.created,tick*", "types"),
            ("types=ticket", "types"),
        ] {
            assert_eq!(app.get(&format!("{brand}/events?{query}")).await.invalid(), [field], "{query}");
        }
        app.get("/brands/br_none/events").await.refused(404, "not_found");
    }

    async fn types_are_names_groups_and_everything(app) {
        let (brand, _) = story(app).await;
        for (types, found) in [
            ("ticket.created", vec![3, 6]),
            ("ticket.created,ticket.deleted", vec![3, 6, 8]),
            ("ticket.*", vec![3, 6, 8]),
            ("comment.created", vec![4, 7]),
            ("ticket.comment.created", vec![4, 7]),
            ("ticket.comment.*", vec![4, 7]),
            ("customer.*&types=status.created", vec![2, 5]),
            ("*", vec![1, 2, 3, 4, 5, 6, 7, 8]),
            ("webhook.*", vec![]),
            ("feedback.submitted", vec![]),
        ] {
            assert_eq!(sequences(app, &brand, &format!("types={types}")).await, found, "{types}");
            let page = app.get(&format!("{brand}/events?types={types}")).await.ok();
            assert_eq!(page["position"], "8", "what was filtered out was examined as well: {types}");
        }
    }

    async fn a_ticket_is_named_by_id_or_number_and_brings_its_comments(app) {
        let (brand, ticket) = story(app).await;
        for name in [text(&ticket, "id"), "DT-1001", "dt-1001"] {
            assert_eq!(sequences(app, &brand, &format!("ticketId={name}")).await, [3, 4], "{name}");
        }
        assert_eq!(sequences(app, &brand, "ticketId=DT-1001&types=comment.*").await, [4]);
    }

    async fn a_filtered_reader_gets_everything_once_by_following_the_position(app) {
        let (brand, _) = story(app).await;
        for (query, expected) in [
            ("types=ticket.*", vec![3, 6, 8]),
            ("types=customer.*", vec![2]),
            ("ticketId=DT-1001", vec![3, 4]),
            ("", vec![1, 2, 3, 4, 5, 6, 7, 8]),
        ] {
            for limit in [1, 2, 3, 8] {
                let (mut found, mut after, mut rounds) = (Vec::new(), "0".to_owned(), 0);
                loop {
                    let page = app.get(&format!("{brand}/events?{query}&limit={limit}&after={after}")).await.ok();
                    found.extend(
                        page["data"].as_array().unwrap().iter().map(|event| event["sequence"].as_i64().unwrap()),
                    );
                    after = text(&page, "position").to_owned();
                    rounds += 1;
                    let (more, end) = (page["pagination"]["hasMore"] == true, &page["pagination"]);
                    assert_eq!(end["nextCursor"], if more { json!(after) } else { Value::Null });
                    assert!(page["data"].as_array().unwrap().len() <= limit && rounds < 10);
                    if !more {
                        break;
                    }
                }
                assert_eq!((found, after.as_str()), (expected.clone(), "8"), "{query} {limit}");
            }
        }
        let seen = app.get(&format!("{brand}/events?types=customer.*&after=8")).await.ok();
        assert_eq!((&seen["data"], &seen["position"]), (&json!([]), &json!("8")));
        app.ticket(&brand, json!({ "title": "new" })).await;
        assert_eq!(sequences(app, &brand, "after=8").await, [9]);
    }

    async fn what_only_admins_may_read_is_a_gap_for_others(app) {
        let (brand, ticket) = story(app).await;
        let id = brand.trim_start_matches("/brands/");
        let support = app.new_key(json!({ "name": "S", "brandIds": [id], "permissions": "support" })).await;
        for kind in [
            "webhook.created",
            "mail.failed",
            "automation.failed",
            "connection.failed",
            "mailbox.created",
            "domain.created",
        ] {
            record(app, &brand, kind, &ticket).await;
        }
        app.patch(&path(&brand, &ticket), json!({ "title": "U" })).await.ok();
        let read = async |path: &str| app.call(&support, "GET", &format!("{brand}{path}"), Value::Null).await.ok();
        let of = |page: &Value| {
            page["data"].as_array().unwrap().iter().map(|event| event["sequence"].as_i64().unwrap()).collect::<Vec<_>>()
        };

        assert_eq!(sequences(app, &brand, "after=8").await, (9..=15).collect::<Vec<_>>());
        for query in ["", "types=*&"] {
            let page = read(&format!("/events?{query}after=8")).await;
            assert_eq!((of(&page), text(&page, "position")), (vec![15], "15"), "{query}");
        }
        let page = read("/events?types=webhook.*,mail.failed").await;
        assert_eq!((of(&page), text(&page, "position")), (vec![], "15"));

        let activity = format!("/tickets/{}/activity", text(&ticket, "id"));
        for (query, found) in [
            ("", vec![15, 4, 3]),
            ("types=*", vec![15, 4, 3]),
            ("types=webhook.*", vec![]),
            ("types=mail.failed,ticket.updated", vec![15]),
        ] {
            assert_eq!(of(&read(&format!("{activity}?{query}")).await), found, "{query}");
        }
        let all = app.get(&format!("{brand}{activity}")).await.ok();
        assert_eq!(of(&all).len(), 9, "an admin sees them");
    }

    async fn a_log_of_another_brand_is_not_found(app) {
        let (brand, _) = story(app).await;
        let other = app.brand("other").await;
        let id = other.trim_start_matches("/brands/");
        let key = app.new_key(json!({ "name": "K", "brandIds": [id] })).await;
        app.call(&key, "GET", &format!("{brand}/events"), Value::Null).await.refused(404, "not_found");
        let own = app.call(&key, "GET", &format!("{other}/events"), Value::Null).await.ok();
        assert_eq!(each(&own["data"], "type"), kinds(&app.events(&other).await));
    }
}
