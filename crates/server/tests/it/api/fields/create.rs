use dispatch_testkit::both;
use serde_json::json;

use super::field;
use crate::api::{event_types, given::execute, last_event};

both! {
    async fn a_definition_has_its_defaults_and_stands_behind_the_others(app) {
        let brand = app.brand("acme").await;
        field(app, &brand, "plan").await;
        let made = field(app, &brand, "seats").await;
        let expected = json!({
            "id": made["id"], "entity": "ticket", "key": "seats", "label": "SEATS", "type": "text", "required": false,
            "defaultValue": null, "description": null, "placeholder": null, "options": [], "showOnCreate": true,
            "showInTable": true, "showInDetail": true, "visible": true, "sortOrder": 1,
            "createdAt": "2026-01-02T03:04:05.678Z", "updatedAt": "2026-01-02T03:04:05.678Z",
        });
        assert_eq!(made, expected);
        assert!(made["id"].as_str().unwrap().starts_with("fld_"));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]), (&json!("field.created"), &json!({ "id": made["id"], "field": made })));
    }

    async fn everything_that_is_given_is_kept(app) {
        let brand = app.brand("acme").await;
        for kind in ["text", "number", "boolean", "date", "select", "multiselect", "url", "array", "object"] {
            for entity in ["ticket", "customer", "company"] {
                let body = json!({
                    "key": kind, "label": "L", "type": kind, "required": true, "defaultValue": { "a": [1.50, null] },
                    "description": "D", "placeholder": "P", "options": ["one", "two"], "showInTable": false,
                });
                let made = app.post(&format!("{brand}/fields/{entity}"), body.clone()).await.created();
                for (name, value) in body.as_object().unwrap() {
                    assert_eq!(&made[name], value, "{kind} {entity} {name}");
                }
                assert_eq!((&made["entity"], &made["visible"]), (&json!(entity), &json!(true)));
            }
        }
        let all = app.get(&format!("{brand}/fields")).await.ok();
        assert!(["ticket", "customer", "company"].iter().all(|entity| all[entity].as_array().unwrap().len() == 9));
    }

    async fn visible_is_for_all_three_places_that_are_not_named_themselves(app) {
        let brand = app.brand("acme").await;
        for (number, (given, shown)) in [
            (json!({ "visible": false }), [false, false, false, false]),
            (json!({ "visible": true, "showOnCreate": false }), [false, true, true, true]),
            (json!({ "visible": false, "showInDetail": true }), [false, false, true, true]),
            (json!({ "showOnCreate": false, "showInTable": false, "showInDetail": false }), [false; 4]),
        ]
        .into_iter()
        .enumerate()
        {
            let mut body = given.clone();
            body["key"] = json!(format!("k{number}"));
            body["label"] = json!("L");
            body["type"] = json!("text");
            let made = app.post(&format!("{brand}/fields/ticket"), body).await.created();
            let found = ["showOnCreate", "showInTable", "showInDetail", "visible"].map(|name| made[name] == true);
            assert_eq!(found, shown, "{given}");
        }
    }

    async fn a_select_needs_options_and_each_once(app) {
        let brand = app.brand("acme").await;
        let create = async |kind: &str, options: serde_json::Value| {
            let body = json!({ "key": "k", "label": "L", "type": kind, "options": options });
            app.post(&format!("{brand}/fields/ticket"), body).await
        };
        for kind in ["select", "multiselect"] {
            assert_eq!(create(kind, json!([])).await.invalid(), ["options"]);
            assert_eq!(create(kind, json!(null)).await.invalid(), ["options"]);
            assert_eq!(create(kind, json!(["a", "b", "a", ""])).await.invalid(), ["options[3]"]);
            assert_eq!(create(kind, json!(["a", "b", "a"])).await.invalid(), ["options[2]"]);
        }
        let many: Vec<String> = (0..201).map(|number| number.to_string()).collect();
        assert_eq!(create("select", json!(many)).await.invalid(), ["options"]);
        assert_eq!(create("select", json!(many[1..])).await.created()["options"], json!(many[1..]));
    }

    async fn a_key_is_unique_in_its_entity(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        field(app, &brand, "plan").await;
        let events = event_types(app, &brand).await;
        let body = json!({ "key": "plan", "label": "L", "type": "number" });
        app.post(&format!("{brand}/fields/ticket"), body.clone()).await.refused(409, "conflict");
        assert_eq!(event_types(app, &brand).await, events);
        app.post(&format!("{brand}/fields/customer"), body).await.created();
        field(app, &other, "plan").await;
        let reserved = json!({ "key": "reorder", "label": "L", "type": "number" });
        assert_eq!(app.post(&format!("{brand}/fields/ticket"), reserved).await.invalid(), ["key"]);
    }

    async fn an_unknown_entity_is_not_found(app) {
        let brand = app.brand("acme").await;
        for path in ["fields/brand", "fields/Ticket", "fields/tickets"] {
            let body = json!({ "key": "k", "label": "L", "type": "text" });
            app.post(&format!("{brand}/{path}"), body).await.refused(404, "not_found");
            app.post(&format!("{brand}/{path}"), json!({})).await.refused(404, "not_found");
            app.get(&format!("{brand}/{path}")).await.refused(404, "not_found");
        }
    }

    async fn an_entity_has_at_most_200(app) {
        let brand = app.brand("acme").await;
        let id = brand.trim_start_matches("/brands/");
        execute(app, format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
            INSERT INTO field_definition (brand_id, id, entity, key, label, type, required, options, show_on_create,
                show_in_table, show_in_detail, sort_order, created_at, updated_at)
            SELECT '{id}', 'fld_' || i, 'ticket', 'k' || i, 'L', 'text', FALSE, '[]', TRUE, TRUE, TRUE, i, 0, 0 FROM n"
        ))
        .await;
        field(app, &brand, "last").await;
        let more = json!({ "key": "more", "label": "L", "type": "text" });
        app.post(&format!("{brand}/fields/ticket"), more.clone()).await.refused(409, "conflict");
        app.post(&format!("{brand}/fields/company"), more).await.created();
    }
}
