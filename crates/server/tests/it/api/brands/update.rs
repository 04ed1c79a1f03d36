use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{event_types, last_event};

both! {
    async fn every_field_changes_and_the_event_tells_old_and_new(app) {
        let brand = app.brand("acme").await;
        let before = app.get(&brand).await.ok();
        app.advance_ms(1000);
        let body = json!({
            "name": "Acme", "slug": "acme-2", "ticketPrefix": "ac", "ticketNumberStart": 2000,
            "url": "https://acme.example", "iconUrl": "https://acme.example/i", "settings": { "a": 1 },
            "metadata": { "b": 2 }, "ticketSchema": { "c": 3 },
        });
        let after = app.patch(&brand, body).await.ok();
        assert_eq!(after["updatedAt"], "2026-01-02T03:04:06.678Z");
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["brand"]), (&json!("brand.updated"), &after));
        for (field, new) in [
            ("name", json!("Acme")),
            ("slug", json!("acme-2")),
            ("ticketPrefix", json!("AC")),
            ("nextTicketNumber", json!(2000)),
            ("url", json!("https://acme.example")),
            ("iconUrl", json!("https://acme.example/i")),
            ("settings", json!({ "a": 1 })),
            ("metadata", json!({ "b": 2 })),
            ("ticketSchema", json!({ "c": 3 })),
        ] {
            assert_eq!(after[field], new, "{field}");
            assert_eq!(event["changes"][field], json!({ "old": before[field], "new": new }), "{field}");
        }
        assert_eq!(app.get(&brand).await.ok(), after);
    }

    async fn a_change_that_changes_nothing_leaves_no_trace(app) {
        let brand = app.brand("acme").await;
        app.patch(&brand, json!({ "settings": { "a": 1 } })).await.ok();
        let before = app.get(&brand).await.ok();
        let events = event_types(app, &brand).await;
        app.advance_ms(1000);
        for body in [
            Value::Null,
            json!({}),
            json!({ "name": " acme ", "slug": "acme", "ticketPrefix": "dt", "ticketNumberStart": 1001 }),
            json!({ "settings": { "a": 1, "never": null }, "metadata": {}, "url": null, "ticketSchema": null }),
            before.clone(),
        ] {
            assert_eq!(app.patch(&brand, body.clone()).await.ok(), before, "{body}");
        }
        assert_eq!(event_types(app, &brand).await, events);
    }

    async fn settings_and_metadata_merge_at_their_top_level(app) {
        let brand = app.brand("acme").await;
        for field in ["settings", "metadata"] {
            for (patch, merged) in [
                (json!({ "a": 1, "b": { "x": 1 } }), json!({ "a": 1, "b": { "x": 1 } })),
                (json!({ "b": { "y": 2 } }), json!({ "a": 1, "b": { "y": 2 } })),
                (json!({ "a": null, "c": "d" }), json!({ "b": { "y": 2 }, "c": "d" })),
                (Value::Null, json!({})),
            ] {
                assert_eq!(app.patch(&brand, json!({ field: patch })).await.ok()[field], merged, "{field} {patch}");
            }
        }
    }

    async fn null_clears_what_may_be_empty_and_is_refused_elsewhere(app) {
        let brand = app.brand("acme").await;
        let set = json!({ "url": "https://a.example", "iconUrl": "https://a.example/i", "ticketSchema": { "a": 1 } });
        app.patch(&brand, set).await.ok();
        let cleared = app.patch(&brand, json!({ "url": null, "iconUrl": null, "ticketSchema": null })).await.ok();
        assert!(["url", "iconUrl", "ticketSchema"].iter().all(|field| cleared[field].is_null()), "{cleared}");
        let body = json!({ "name": null, "slug": null, "ticketPrefix": null, "ticketNumberStart": null });
        assert_eq!(app.patch(&brand, body).await.invalid(), ["name", "slug", "ticketPrefix", "ticketNumberStart"]);
    }

    async fn a_new_prefix_is_for_new_tickets_only(app) {
        let brand = app.brand("acme").await;
        let old = app.ticket(&brand, json!({ "title": "Old" })).await;
        app.patch(&brand, json!({ "ticketPrefix": "NEW" })).await.ok();
        assert_eq!(app.ticket(&brand, json!({ "title": "New" })).await["ticketNumber"], "NEW-1002");
        assert_eq!(app.get(&format!("{brand}/tickets/dt-1001")).await.ok()["id"], old["id"]);
    }

    async fn the_next_number_never_goes_back(app) {
        let brand = app.brand("acme").await;
        app.ticket(&brand, json!({ "title": "1001" })).await;
        for start in [1, 1000, 1001] {
            let answer = app.patch(&brand, json!({ "ticketNumberStart": start })).await;
            assert_eq!(answer.invalid(), ["ticketNumberStart"], "{start}");
        }
        assert_eq!(app.patch(&brand, json!({ "ticketNumberStart": 1002 })).await.ok()["nextTicketNumber"], 1002);
        assert_eq!(app.patch(&brand, json!({ "ticketNumberStart": 5000 })).await.ok()["nextTicketNumber"], 5000);
        assert_eq!(app.ticket(&brand, json!({ "title": "5000" })).await["number"], 5000);
        assert_eq!(app.get(&brand).await.ok()["nextTicketNumber"], 5001);
    }
}
