use dispatch_testkit::both;
use serde_json::{Value, json};

use crate::api::{
    given::{each, events_after, kinds, path, position, text},
    labels::{ask, tag},
};

both! {
    async fn a_new_name_becomes_a_tag_once(app) {
        let brand = app.brand("acme").await;
        let sent = json!({ "title": "T", "customerEmail": "a@x.example", "tags": ["VIP", " vip ", "Ärger", "ÄRGER"] });
        let first = app.ticket(&brand, sent).await;
        assert_eq!(each(&first["tags"], "name"), ["VIP", "Ärger"], "by name, spelled as it came first");
        assert_eq!(each(&first["tags"], "color"), ["#6b7280"; 2]);
        assert_eq!(first["tagIds"], json!([first["tags"][0]["id"], first["tags"][1]["id"]]));
        let second = app.ticket(&brand, json!({ "title": "T", "tags": ["ärger", "Vip"] })).await;
        assert_eq!(second["tags"], first["tags"]);
        let events = app.events(&brand).await;
        let expected =
            ["customer.created", "tag.created", "tag.created", "ticket.created", "ticket.created"];
        assert_eq!(kinds(&events[1..]), expected);
        assert_eq!(events[2]["data"]["tag"], first["tags"][0]);
        assert_eq!(events[4]["data"]["ticket"], first);
        assert_eq!(app.get(&path(&brand, &first)).await.ok(), first);
        let other = app.brand("other").await;
        let elsewhere = app.ticket(&other, json!({ "title": "T", "tags": ["vip"] })).await;
        assert_ne!(elsewhere["tagIds"][0], first["tagIds"][0], "each brand has its own");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn an_item_is_an_id_or_else_a_name_and_ids_come_to_it(app) {
        let brand = app.brand("acme").await;
        let (a, b, c) = (tag(app, &brand, "a").await, tag(app, &brand, "B").await, tag(app, &brand, "c").await);
        for (sent, found) in [
            (json!({ "tags": [b, "C"] }), vec!["B", "c"]),
            (json!({ "tagIds": [c, a] }), vec!["a", "c"]),
            (json!({ "tags": ["b", c], "tagIds": [a, c, a] }), vec!["a", "B", "c"]),
            (json!({ "tags": [], "tagIds": [a] }), vec!["a"]),
            (json!({ "tags": ["a"], "tagIds": null }), vec!["a"]),
            (json!({ "tags": [] }), vec![]),
        ] {
            let mut body = sent.clone();
            body["title"] = json!("T");
            let ticket = app.ticket(&brand, body).await;
            assert_eq!(each(&ticket["tags"], "name"), found, "{sent}");
        }
        assert_eq!(ask(app, "SELECT name FROM tag ORDER BY name_key").await, ["a", "B", "c"], "none was created");
    }

    async fn a_patch_replaces_adds_and_removes(app) {
        let brand = app.brand("acme").await;
        let (a, b, c) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await, tag(app, &brand, "c").await);
        let ticket = app.ticket(&brand, json!({ "title": "T", "tagIds": [a, b] })).await;
        let one = path(&brand, &ticket);
        for (patch, found) in [
            (json!({ "addTagIds": [c, a] }), vec!["a", "b", "c"]),
            (json!({ "removeTagIds": [a, b] }), vec!["c"]),
            (json!({ "removeTagIds": [a], "addTagIds": [b] }), vec!["b", "c"]),
            (json!({ "tags": ["new"], "tagIds": [a] }), vec!["a", "new"]),
            (json!({ "tags": ["new", "b"], "addTagIds": [c], "removeTagIds": [b] }), vec!["c", "new"]),
            (json!({ "tagIds": [b] }), vec!["b"]),
            (json!({ "tags": [] }), vec![]),
        ] {
            let patched = app.patch(&one, patch.clone()).await.ok();
            assert_eq!(each(&patched["tags"], "name"), found, "{patch}");
            assert_eq!(app.get(&one).await.ok(), patched);
        }
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn the_event_has_both_whole_lists(app) {
        let brand = app.brand("acme").await;
        let (a, b) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await);
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T", "tagIds": [b] })).await);
        let seen = position(app, &brand).await;
        app.advance_ms(1);
        let patched = app.patch(&one, json!({ "tags": ["c", "b"], "addTagIds": [a] })).await.ok();
        let events = events_after(app, &brand, seen).await;
        assert_eq!(kinds(&events), ["tag.created", "ticket.updated"]);
        assert_eq!(events[1]["changes"], json!({ "tagIds": { "old": [b], "new": patched["tagIds"] } }));
        assert_eq!(events[1]["data"]["ticket"], patched);
        for same in [json!({ "tags": ["C", "B", "A"] }), json!({ "addTagIds": [a] }), json!({ "removeTagIds": [] })] {
            assert_eq!(app.patch(&one, same.clone()).await.ok(), patched, "{same}");
        }
        assert_eq!(events_after(app, &brand, seen).await.len(), 2, "the same tags change nothing");
    }

    async fn an_unknown_id_is_told_with_its_place(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let (known, foreign) = (tag(app, &brand, "a").await, tag(app, &other, "b").await);
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let seen = position(app, &brand).await;
        for unknown in [foreign.as_str(), "tag_none", "a"] {
            let body = json!({ "title": "U", "tagIds": [known, unknown], "tags": ["never"] });
            assert_eq!(app.post(&format!("{brand}/tickets"), body.clone()).await.invalid(), ["tagIds[1]"]);
            assert_eq!(app.patch(&one, body).await.invalid(), ["tagIds[1]"]);
            let body = json!({ "tagIds": [unknown], "addTagIds": [unknown], "removeTagIds": [known, unknown] });
            assert_eq!(app.patch(&one, body).await.invalid(), ["tagIds[0]", "addTagIds[0]", "removeTagIds[1]"]);
        }
        assert_eq!(position(app, &brand).await, seen);
        assert_eq!(ask(app, "SELECT name FROM tag ORDER BY name").await, ["a", "b"]);
    }

    async fn a_ticket_has_at_most_50(app) {
        let brand = app.brand("acme").await;
        let names: Vec<String> = (0..50).map(|number| format!("t{number}")).collect();
        let full = app.ticket(&brand, json!({ "title": "T", "tags": names })).await;
        let one = path(&brand, &full);
        let more = tag(app, &brand, "more").await;
        let seen = position(app, &brand).await;
        let mut many = names.clone();
        many.push("t50".to_owned());
        assert_eq!(app.patch(&one, json!({ "tags": many })).await.invalid(), ["tags"]);
        for (patch, at) in [
            (json!({ "addTagIds": [more] }), "addTagIds"),
            (json!({ "tags": names, "tagIds": [more] }), "tagIds"),
            (json!({ "tagIds": full["tagIds"], "tags": ["new"] }), "tagIds"),
        ] {
            assert_eq!(app.patch(&one, patch.clone()).await.invalid(), [at], "{patch}");
        }
        let body = json!({ "title": "U", "tagIds": full["tagIds"], "tags": ["new"] });
        assert_eq!(app.post(&format!("{brand}/tickets"), body).await.invalid(), ["tagIds"]);
        assert_eq!(position(app, &brand).await, seen, "nothing was created on the way");
        let swapped = json!({ "addTagIds": [more], "removeTagIds": [full["tagIds"][0]] });
        assert_eq!(app.patch(&one, swapped).await.ok()["tagIds"].as_array().unwrap().len(), 50);
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn tickets_are_found_by_one_or_all_of_their_tags(app) {
        let brand = app.brand("acme").await;
        let (a, b) = (tag(app, &brand, "a").await, tag(app, &brand, "b").await);
        for (title, ids) in [("a", json!([a])), ("b", json!([b])), ("ab", json!([a, b])), ("none", json!([]))] {
            app.ticket(&brand, json!({ "title": title, "tagIds": ids })).await;
            app.advance_ms(1);
        }
        for (query, found) in [
            (format!("tagIds={a}"), vec!["a", "ab"]),
            (format!("tagIds={a},{b}"), vec!["a", "b", "ab"]),
            (format!("tagIds={a},{b}&tagMatch=any"), vec!["a", "b", "ab"]),
            (format!("tagIds={a},{b}&tagMatch=all"), vec!["ab"]),
            ("tagMatch=all".to_owned(), vec!["a", "b", "ab", "none"]),
        ] {
            let page = app.get(&format!("{brand}/tickets?order=asc&{query}")).await.ok();
            assert_eq!(each(&page["data"], "title"), found, "{query}");
            let count = app.get(&format!("{brand}/tickets/count?{query}")).await.ok();
            assert_eq!(count, json!({ "count": found.len(), "capped": false }), "{query}");
        }
        let refused = app.get(&format!("{brand}/tickets?tagIds={a},tag_none")).await;
        assert_eq!(refused.invalid(), ["tagIds"]);
        let across = app.get(&format!("/tickets?tagIds=tag_none,{a}&order=asc")).await.ok();
        assert_eq!(each(&across["data"], "title"), ["a", "ab"], "across brands, an id that a brand lacks finds nothing");
        let across = app.get(&format!("/tickets?tagIds=tag_none,{a}&tagMatch=all")).await.ok();
        assert_eq!(across["data"], Value::Array(vec![]));
        assert_eq!(text(&app.get(&format!("{brand}/tickets/DT-1001")).await.ok(), "title"), "a");
    }
}
