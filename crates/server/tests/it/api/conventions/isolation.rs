//! References in bodies and queries to things of another brand: the same as to things that never were (API 1.2).

use dispatch_testkit::both;
use serde_json::{Value, json};

use super::world::World;
use crate::api::{each, id, key_for};

both! {
    async fn a_body_that_names_a_thing_of_another_brand_names_nothing(app) {
        let (acme, other, never) = (World::new(app, "acme").await, World::new(app, "other").await, World::never());
        let ticket = format!("{}/tickets/{}", other.path(), other.ticket);
        let (tickets, comments) = (format!("{}/tickets", other.path()), format!("{ticket}/comments"));
        let customers = format!("{}/customers", other.path());
        let bodies = |world: &World| {
            [
                ("POST", tickets.clone(), json!({ "title": "x", "statusId": world.status })),
                ("POST", tickets.clone(), json!({ "title": "x", "status": world.status })),
                ("POST", tickets.clone(), json!({ "title": "x", "customerId": world.customer })),
                ("POST", customers.clone(), json!({ "email": "a@x.example", "companyId": world.company })),
                ("POST", customers.clone(), json!({ "email": "a@x.example", "company": world.company })),
                ("POST", customers.clone(), json!({ "email": "a@x.example", "company": { "id": world.company } })),
                ("POST", format!("{ticket}/merge"), json!({ "sourceTicketIds": [world.ticket] })),
                ("PATCH", ticket.clone(), json!({ "statusId": world.status })),
                ("PATCH", ticket.clone(), json!({ "customerId": world.customer })),
                ("POST", comments.clone(), json!({ "body": "x", "parentId": world.comment })),
                ("POST", comments.clone(), json!({ "body": "x", "setStatus": world.status })),
                ("POST", tickets.clone(), json!({ "title": "x", "attachmentIds": [world.pending] })),
                ("POST", comments.clone(), json!({ "body": "x", "attachmentIds": [world.pending] })),
                ("POST", comments.clone(), json!({ "body": "x", "attachmentIds": [world.attachment] })),
                (
                    "POST",
                    format!("{ticket}/attachments"),
                    json!({ "filename": "x", "contentType": "a/b", "commentId": world.comment }),
                ),
                ("POST", format!("{}/statuses/reorder", other.path()), json!({ "statusIds": [world.status, "open"] })),
                ("DELETE", format!("{}/statuses/spare", other.path()), json!({ "replacementStatusId": world.status })),
                ("POST", format!("{}/categories/reorder", other.path()), json!({ "categoryIds": [world.category, "spare"] })),
                (
                    "DELETE",
                    format!("{}/categories/{}", other.path(), other.category),
                    json!({ "replacementCategoryId": world.category }),
                ),
                ("POST", format!("{}/tags/{}/merge", other.path(), other.tag), json!({ "sourceTagIds": [world.tag] })),
                ("POST", format!("{}/fields/ticket/reorder", other.path()), json!({ "keys": [world.field, "of_other"] })),
            ]
        };
        let events = app.events(&other.path()).await;
        for (foreign, unknown) in bodies(&acme).into_iter().zip(bodies(&never)) {
            let foreign_answer = app.call(&app.key, foreign.0, &foreign.1, foreign.2.clone()).await.with(400);
            let unknown_answer = app.call(&app.key, unknown.0, &unknown.1, unknown.2).await.with(400);
            assert_eq!(foreign_answer["errors"], unknown_answer["errors"], "{foreign:?}");
        }
        assert_eq!(app.events(&other.path()).await, events);
    }

    async fn a_query_that_names_a_thing_of_another_brand_finds_what_an_unknown_one_finds(app) {
        let (acme, other, never) = (World::new(app, "acme").await, World::new(app, "other").await, World::never());
        let event = app.events(&acme.path()).await[0]["id"].as_str().unwrap().to_owned();
        let questions = |world: &World, event: &str| {
            [
                format!("tickets?status={}", world.status),
                format!("tickets?customerId={}", world.customer),
                format!("customers?companyId={}", world.company),
                format!("tickets/count?status={}", world.status),
                format!("events?ticketId={}", world.ticket),
                format!("logs?entityId={}", world.ticket),
                format!("logs?entityId={}", world.status),
                format!("events?after={event}"),
            ]
        };
        for (foreign, unknown) in
            questions(&acme, &event).iter().zip(questions(&never, "evt_01kdyak43d7trmct2jayyxcg7v"))
        {
            let foreign_answer = app.get(&format!("{}/{foreign}", other.path())).await;
            let unknown_answer = app.get(&format!("{}/{unknown}", other.path())).await;
            assert_eq!(foreign_answer.status, unknown_answer.status, "{foreign}");
            let (mut foreign_body, mut unknown_body) = (foreign_answer.json(), unknown_answer.json());
            for body in [&mut foreign_body, &mut unknown_body] {
                body.as_object_mut().unwrap().remove("requestId");
                // The error may repeat the value that was asked for.
                if let Some(errors) = body["errors"].as_array_mut() {
                    errors.iter_mut().for_each(|error| error["message"] = Value::Null);
                }
            }
            assert_eq!(foreign_body, unknown_body, "{foreign}");
        }
    }

    async fn a_cursor_is_of_no_use_in_another_brand(app) {
        let (acme, other) = (World::new(app, "acme").await, World::new(app, "other").await);
        for world in [&acme, &other] {
            app.ticket(&world.path(), json!({ "title": "Second", "customerEmail": "joe@example.com" })).await;
        }
        app.post(&format!("{}/companies", acme.path()), json!({ "name": "Second" })).await.created();
        for list in ["tickets", "customers", "companies", "logs"] {
            let page = app.get(&format!("{}/{list}?limit=1", acme.path())).await.ok();
            let cursor = page["pagination"]["nextCursor"].as_str().unwrap();
            assert_eq!(
                app.get(&format!("{}/{list}?limit=1&cursor={cursor}", other.path())).await.invalid(),
                ["cursor"]
            );
        }
    }

    async fn lists_hold_what_is_in_their_brand_and_nothing_else(app) {
        let (acme, other) = (World::new(app, "acme").await, World::new(app, "other").await);
        // The same address in both brands is two customers.
        for world in [&acme, &other] {
            app.ticket(&world.path(), json!({ "title": "Same", "customerEmail": "same@example.com" })).await;
        }
        let lists = [
            "",
            "/schema",
            "/statuses",
            "/statuses/stats",
            "/companies",
            "/companies?search=of",
            "/customers/search?q=jane",
            "/customers?search=jane",
            "/customers?isBlocked=any",
            "/customers?email=same@example.com",
            "/tickets",
            "/tickets?status=all",
            "/tickets?customerEmail=same@example.com",
            "/events",
            "/tickets/DT-1001",
            "/tickets/DT-1001/comments",
            "/tickets/DT-1001/activity",
            "/tickets/DT-1001/logs",
            "/logs",
            "/logs.csv",
            "/categories",
            "/categories/stats",
            "/tags",
            "/tags/stats",
            "/fields",
            "/fields/ticket",
            "/tickets/DT-1001/watchers",
            "/tickets/count",
            "/webhooks",
            "/connections",
            "/mail-relay",
            "/mailbox",
            "/automations",
            "/automations/runs",
        ];
        for list in lists {
            let answer = app.get(&format!("{}{list}", other.path())).await;
            assert!(acme.ids().iter().all(|id| !answer.text.contains(id)), "{list}: {}", answer.text);
            assert!(!answer.text.contains("acme"), "{list}: {}", answer.text);
            assert_eq!(answer.status, 200, "{list}");
        }
        let [ours, theirs] = [&acme, &other].map(|world| format!("{}/customers?email=same@example.com", world.path()));
        let (ours, theirs) = (app.get(&ours).await.ok(), app.get(&theirs).await.ok());
        assert_ne!(id(&ours["data"][0]), id(&theirs["data"][0]));
        assert_eq!(ours["data"].as_array().unwrap().len(), 1);
    }

    async fn each_brand_counts_tickets_and_events_from_its_own_start(app) {
        let (acme, other) = (World::new(app, "acme").await, World::new(app, "other").await);
        for world in [&acme, &other] {
            assert_eq!(app.ticket(&world.path(), json!({ "title": "Second" })).await["number"], 1002);
            let events = app.events(&world.path()).await;
            let sequences: Vec<u64> = events.iter().map(|event| event["sequence"].as_u64().unwrap()).collect();
            assert_eq!(sequences, (1..=24).collect::<Vec<u64>>());
        }
    }

    async fn a_scoped_key_sees_its_brands_only(app) {
        let (acme, other, third) = (app.brand("acme").await, app.brand("other").await, app.brand("third").await);
        let ids = [&acme, &third].map(|brand| brand.trim_start_matches("/brands/"));
        let key = app.new_key(json!({ "name": "Two", "brandIds": ids })).await;
        let seen = app.call(&key, "GET", "/brands", Value::Null).await.ok();
        assert_eq!(each(&seen, "slug"), ["acme", "third"]);
        app.call(&key, "GET", &other, Value::Null).await.refused(404, "not_found");
        let lone = key_for(app, &other, "read").await;
        assert_eq!(each(&app.call(&lone, "GET", "/brands", Value::Null).await.ok(), "slug"), ["other"]);
    }
}
