//! Erasing a customer: nothing of the person is left anywhere, and everything else is (API 1.6).

use dispatch_model::limits::{ERASE_STEP_ROWS, ERASE_STEPS_AT_ONCE};
use dispatch_store::Dialect;
use dispatch_testkit::{Receiver, TestApp, both};
use serde_json::{Value, json};

use crate::api::{
    event_types,
    given::{ask, execute, places},
    id, key_for, last_event,
};

/// The words that must be nowhere: of the person's addresses, its name, what is kept about it, and what it wrote.
const CANARIES: [&str; 5] = ["canary", "kanarienvogel", "yellow", "feathers", "zugvogel"];
const EMAIL: &str = "canary@birds.example";

/// A brand in which the person has left its data wherever that is possible, and the person.
async fn known(app: &TestApp) -> (String, Value) {
    let brand = app.brand("acme").await;
    let header = [("idempotency-key", "once")];
    let body = json!({
        "email": EMAIL, "name": "Kanarienvogel", "avatarUrl": "https://birds.example/yellow.png",
        "customFields": { "color": "yellow" }, "metadata": { "made of": ["feathers"] }, "company": "Birds",
    });
    let person = app.call_with(&app.key, "POST", &format!("{brand}/customers"), body, &header).await.created();
    let path = format!("{brand}/customers/{}", id(&person));
    app.patch(&path, json!({ "customFields": { "more": "yellow feathers" }, "metadata": { "b": "feathers" } }))
        .await
        .ok();
    let body = json!({
        "title": "A Zugvogel", "body": "I am a Zugvogel.", "customerEmail": EMAIL, "priority": "high",
        "createdBy": EMAIL, "assigneeEmail": EMAIL, "customFields": { "kind": "Zugvogel" }, "metadata": { "kind": "Zugvogel" },
        "sourceId": "zugvogel-1", "sourceData": { "raw": "Zugvogel" }, "tags": ["birds"],
        "links": [{ "url": "https://birds.example", "title": "Zugvogel" }],
    });
    let header = [("idempotency-key", "ticket")];
    let ticket = app.call_with(&app.key, "POST", &format!("{brand}/tickets"), body, &header).await.created();
    let path = format!("{brand}/tickets/{}", id(&ticket));
    files(app, &format!("{path}/attachments")).await;
    let body = json!({ "title": "Two Zugvogel", "body": "We are Zugvogel.", "customFields": { "kind": "Zugvogel 2" } });
    app.patch(&path, body).await.ok();
    let body = json!({
        "body": "Mine, Zugvogel", "authorType": "CUSTOMER", "metadata": { "raw": "Zugvogel" }, "sourceId": "zugvogel-2",
        "links": [{ "url": "https://birds.example", "title": "Zugvogel" }], "sourceData": { "raw": "Zugvogel" },
    });
    let mine = app.post(&format!("{path}/comments"), body).await.created();
    app.patch(&format!("{path}/comments/{}", id(&mine)), json!({ "body": "Mine, Zugvogel!" })).await.ok();
    let body = json!({ "body": format!("Hello {EMAIL}!"), "cc": [EMAIL, "joe@example.com"] });
    app.post(&format!("{path}/comments"), body).await.created();
    // Also on a ticket of somebody else.
    let body = json!({
        "title": format!("Mail from <{EMAIL}>"), "body": format!("I know Canary@Birds.example.\nMy word."),
        "customerEmail": "joe@example.com", "customFields": { "from": EMAIL, "list": [EMAIL, "x"] },
        "metadata": { "deep": { EMAIL: [{ "to": format!("to {EMAIL}, others") }] } }, "sourceId": format!("<{EMAIL}>"),
        "sourceData": { "from": { "email": EMAIL, "name": "Kanarienvogel" } },
        "links": [{ "url": "https://birds.example", "title": format!("by {EMAIL}") }],
    });
    let other = app.ticket(&brand, body).await;
    let comments = format!("{brand}/tickets/{}/comments", id(&other));
    let attachments = format!("{brand}/tickets/{}/attachments", id(&other));
    let file = app.attach(&attachments, "zugvogel too.txt", "yellow feathers").await;
    let body = json!({ "body": "Zugvogel too", "authorType": "CUSTOMER", "authorEmail": EMAIL, "authorName": "Kanarienvogel",
        "attachmentIds": [id(&file)] });
    app.post(&comments, body).await.created();
    let kept = json!({ "filename": "kept.txt", "contentType": "text/plain", "uploadedBy": EMAIL });
    let kept = app.post(&attachments, kept).await.created();
    app.upload(&kept, "of others").await.ok();
    app.post(&format!("{attachments}/{}/confirm", id(&kept)), Value::Null).await.ok();
    let (of, ticket) = (brand.trim_start_matches("/brands/"), id(&other).to_owned());
    for (watcher, email, member) in [("wat_1", EMAIL, "NULL"), ("wat_2", "joe@example.com", "NULL")] {
        execute(
            app,
            format!(
                "INSERT INTO watcher (brand_id, ticket_id, id, member_id, email, name, added_at, notify_on_comment,
            notify_on_status_change) VALUES ('{of}', '{ticket}', '{watcher}', {member}, '{email}', 'N', 0, TRUE, TRUE)"
            ),
        )
        .await;
    }
    app.post(&format!("{path}/survey"), json!({ "delayMinutes": 60 })).await.created();
    let own = path.rsplit('/').next().expect("an id");
    for (mail, ticket, to, text) in [
        ("ml_1", own, EMAIL, "Dear Kanarienvogel, about your Zugvogel"),
        ("ml_2", own, "ana@acme.example", "Kanarienvogel wrote: yellow feathers"),
        ("ml_3", id(&other), "ana@acme.example", "From canary@birds.example: hello"),
    ] {
        execute(
            app,
            format!(
                "INSERT INTO mail (brand_id, id, kind, ticket_id, to_address, to_name, subject, state, due_at, created_at, body)
            VALUES ('{of}', '{mail}', 'automation', '{ticket}', '{to}', 'N', '{text}', 'queued', 0, 0, '{text}')"
            ),
        )
        .await;
    }
    execute(app, format!("UPDATE ticket SET cc = '[\"{EMAIL}\",\"joe@example.com\"]' WHERE brand_id = '{of}'")).await;
    (brand, person)
}

/// A file of the person on its own ticket, and one that is on its way.
async fn files(app: &TestApp, attachments: &str) {
    app.attach(attachments, "zugvogel.txt", "yellow feathers").await;
    let body = json!({ "filename": "zugvogel 2.txt", "contentType": "text/plain", "metadata": { "a": "Zugvogel" } });
    let header = [("idempotency-key", "file")];
    app.call_with(&app.key, "POST", attachments, body, &header).await.created();
}

both! {
    async fn nothing_of_the_person_is_left_in_any_table(app) {
        let (brand, person) = known(app).await;
        for word in CANARIES {
            let tables: std::collections::BTreeSet<String> =
                places(app, word).await.iter().map(|place| place.split('.').next().unwrap().to_owned()).collect();
            assert!(tables.len() > 2, "the search finds what is there: {word} {tables:?}");
        }
        let before = app.events(&brand).await;
        let answer = app.post(&format!("{brand}/customers/{}/erase", id(&person)), Value::Null).await.ok();
        assert_eq!(answer, json!({ "success": true }));
        for worked in [false, true] {
            if worked {
                app.drain().await;
            }
            for word in CANARIES {
                assert_eq!(places(app, word).await, [""; 0], "worked: {worked}");
            }
        }
        assert_eq!(app.files_in("files"), 1, "what others attached");
        assert_eq!(app.get("/accounts/me/usage").await.ok()["storageBytes"], 9);
        let after = app.events(&brand).await;
        assert_eq!(after.len(), before.len() + 1, "customer.deleted and nothing else");
        for (old, new) in before.iter().zip(&after) {
            for kept in ["id", "sequence", "type", "createdAt", "source", "entityId", "ticketId"] {
                assert_eq!(old[kept], new[kept]);
            }
        }
        let deleted = last_event(app, &brand).await;
        assert_eq!((&deleted["type"], &deleted["entityId"]), (&json!("customer.deleted"), &person["id"]));
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn what_others_wrote_stays_but_for_the_address(app) {
        let (brand, person) = known(app).await;
        app.post(&format!("{brand}/customers/{}/erase", id(&person)), Value::Null).await.ok();
        let ticket = app.get(&format!("{brand}/tickets/DT-1001")).await.ok();
        for (field, value) in [
            ("title", json!("[erased]")),
            ("body", Value::Null),
            ("customerId", Value::Null),
            ("customer", Value::Null),
            ("customerEmail", Value::Null),
            ("customerName", Value::Null),
            ("createdBy", Value::Null),
            ("assigneeEmail", Value::Null),
            ("customFields", json!({})),
            ("metadata", json!({})),
            ("sourceId", Value::Null),
            ("sourceData", Value::Null),
            ("links", json!([])),
            ("status", json!("open")),
            ("priority", json!("high")),
            ("commentCount", json!(2)),
        ] {
            assert_eq!(ticket[field], value, "{field}");
        }
        assert_eq!(ticket["tags"][0]["name"], "birds");
        let ticket = app.get(&format!("{brand}/tickets/DT-1002")).await.ok();
        for (field, value) in [
            ("title", json!("Mail from <[erased]>")),
            ("body", json!("I know [erased].\nMy word.")),
            ("customerEmail", json!("joe@example.com")),
            ("customFields", json!({ "from": "[erased]", "list": ["x"] })),
            ("metadata", json!({ "deep": { "[erased]": [{ "to": "to [erased], others" }] } })),
            ("sourceData", json!({ "from": { "email": null, "name": null } })),
        ] {
            assert_eq!(ticket[field], value, "{field}");
        }
        assert_eq!(ticket["links"][0]["title"], "by [erased]");
        for word in ["zugvogel", "canary"] {
            let found = app.get(&format!("{brand}/tickets?search={word}")).await.ok();
            assert_eq!(found["data"], json!([]), "{word}");
        }
        let comments = app.get(&format!("{brand}/tickets/DT-1001/comments?authorType=STAFF,CUSTOMER")).await.ok();
        let author = |comment: &Value| (comment["authorName"].clone(), comment["authorEmail"].clone());
        assert_eq!((&comments[0]["body"], author(&comments[0])), (&json!("[erased]"), (Value::Null, Value::Null)));
        assert_eq!((&comments[0]["authorId"], &comments[0]["authorType"]), (&person["id"], &json!("CUSTOMER")));
        assert_eq!(comments[1]["body"], "Hello [erased]!");
        assert_eq!(comments[1]["cc"], json!(["joe@example.com"]));
        let others = app.get(&format!("{brand}/tickets/DT-1002/comments")).await.ok();
        assert_eq!((&others[0]["body"], author(&others[0])), (&json!("[erased]"), (Value::Null, Value::Null)));
        let mails = "SELECT state || ' ' || to_address || ': ' || subject || '/' || body FROM mail ORDER BY id";
        assert_eq!(
            ask(app, mails.to_owned()).await,
            [
                "suppressed : [erased]/",
                "queued ana@acme.example: [erased]/",
                "queued ana@acme.example: From [erased]: hello/From [erased]: hello",
            ]
        );
        let surveys = app.get(&format!("{brand}/tickets/DT-1001/feedback")).await.ok();
        assert_eq!((&surveys[0]["customerEmail"], &surveys[0]["state"]), (&json!(""), &json!("canceled")));
        let joe = app.get(&format!("{brand}/tickets/DT-1002")).await.ok();
        assert_eq!(joe["customerEmail"], "joe@example.com");
        assert_eq!(ask(app, "SELECT email FROM watcher".to_owned()).await, ["joe@example.com"]);
        // What was answered once is answered again, without the person.
        let header = [("idempotency-key", "once")];
        let body = json!({
            "email": EMAIL, "name": "Kanarienvogel", "avatarUrl": "https://birds.example/yellow.png",
            "customFields": { "color": "yellow" }, "metadata": { "made of": ["feathers"] }, "company": "Birds",
        });
        let again = app.call_with(&app.key, "POST", &format!("{brand}/customers"), body, &header).await;
        assert_eq!(again.header("idempotency-replayed"), "true");
        let again = again.created();
        assert_eq!((&again["id"], &again["email"], &again["name"]), (&person["id"], &json!(""), &Value::Null));
        assert_eq!(again["company"]["name"], "Birds");
    }

    /// A receiver may answer what it was told; nobody knows which words of that are the person's.
    async fn what_receivers_answered_to_its_events_goes(app) {
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        receiver.answers(500, "I know: canary");
        let hooks = format!("{brand}/webhooks");
        let new = json!({ "url": receiver.url, "events": ["ticket.created", "customer.created"] });
        let hook = app.post(&hooks, new.clone()).await.created();
        let removed = app.post(&hooks, new).await.created();
        let mine = app.ticket(&brand, json!({ "title": "Mine", "customerEmail": EMAIL })).await;
        let others = app.ticket(&brand, json!({ "title": "Others", "customerEmail": "joe@example.com" })).await;
        app.drain().await;
        app.delete(&format!("{hooks}/{}", id(&removed))).await.with(204);
        app.drain().await;
        let kept = "SELECT event_id || ' ' || response_body FROM delivery WHERE response_body IS NOT NULL ORDER BY event_id";
        assert_eq!(ask(app, kept.to_owned()).await.len(), 8);
        app.post(&format!("{brand}/customers/{}/erase", mine["customerId"].as_str().unwrap()), Value::Null).await.ok();
        app.drain().await;
        assert_eq!(ask(app, kept.to_owned()).await.len(), 4, "those about somebody else");
        let shown = app.get(&format!("{hooks}/{}/deliveries", id(&hook))).await.ok();
        assert_eq!(shown.as_array().unwrap().len(), 4);
        for delivery in shown.as_array().unwrap() {
            let of = &delivery["payload"]["data"];
            let about = if of["customerId"].is_string() { &of["customerId"] } else { &of["id"] };
            let answer = if *about == others["customerId"] { json!("I know: canary") } else { Value::Null };
            assert_eq!((&delivery["responseBody"], &delivery["responseCode"]), (&answer, &json!(500)), "{delivery}");
        }
    }

    async fn a_deleted_customer_can_be_erased_and_an_erased_one_again(app) {
        let (brand, person) = known(app).await;
        let path = format!("{brand}/customers/{}", id(&person));
        app.delete(&path).await.ok();
        let told = event_types(app, &brand).await;
        for _ in 0..2 {
            let answer = app.post(&format!("{path}/erase"), Value::Null).await.ok();
            assert_eq!(answer, json!({ "success": true }));
            for word in CANARIES {
                assert_eq!(places(app, word).await, [""; 0]);
            }
            assert_eq!(event_types(app, &brand).await, told, "nothing is recorded");
        }
        app.get(&path).await.refused(404, "not_found");
        app.post(&format!("{brand}/customers/cus_x/erase"), Value::Null).await.refused(404, "not_found");
        // The address is free, for the same person too.
        app.post(&format!("{brand}/customers"), json!({ "email": EMAIL })).await.created();
    }

    async fn who_has_the_address_now_keeps_it(app) {
        let brand = app.brand("acme").await;
        let list = format!("{brand}/customers");
        let old = app.post(&list, json!({ "email": EMAIL, "name": "Kanarienvogel" })).await.created();
        app.delete(&format!("{list}/{}", id(&old))).await.ok();
        let new = app.post(&list, json!({ "email": EMAIL, "name": "Newcomer" })).await.created();
        let ticket = app.ticket(&brand, json!({ "title": "x", "customerEmail": EMAIL })).await;
        let comments = format!("{brand}/tickets/{}/comments", id(&ticket));
        app.post(&comments, json!({ "body": "Mine", "authorType": "CUSTOMER" })).await.created();
        app.post(&format!("{list}/{}/erase", id(&old)), Value::Null).await.ok();
        assert_eq!(places(app, "kanarienvogel").await, [""; 0]);
        assert_eq!(app.get(&format!("{brand}/tickets/DT-1001")).await.ok()["customerEmail"], EMAIL);
        let shown = app.get(&comments).await.ok();
        assert_eq!((&shown[0]["authorEmail"], &shown[0]["authorName"]), (&json!(EMAIL), &json!("Newcomer")));
        let events = app.events(&brand).await;
        let created = events.iter().find(|event| event["entityId"] == new["id"]).unwrap();
        assert_eq!(created["data"]["customer"]["email"], EMAIL);
    }

    async fn former_addresses_go_as_well_unless_they_are_somebody_elses_now(app) {
        let brand = app.brand("acme").await;
        let list = format!("{brand}/customers");
        let person = app.post(&list, json!({ "email": "canary1@birds.example", "name": "Kanarienvogel" })).await.created();
        let path = format!("{list}/{}", id(&person));
        for number in 1..4 {
            let email = format!("canary{number}@birds.example");
            app.patch(&path, json!({ "email": email })).await.ok();
            let body = json!({
                "title": format!("About {email}"), "assigneeEmail": email, "watchers": [{ "email": email, "name": "N" }],
            });
            app.ticket(&brand, body).await;
        }
        let heir = app.post(&list, json!({ "email": "canary2@birds.example", "name": "Heir" })).await.created();
        app.post(&format!("{path}/erase"), Value::Null).await.ok();
        app.drain().await;
        for word in ["canary1", "canary3", "kanarienvogel"] {
            assert_eq!(places(app, word).await, [""; 0]);
        }
        let titles = ask(app, "SELECT title FROM ticket ORDER BY number".to_owned()).await;
        assert_eq!(titles, ["About [erased]", "About canary2@birds.example", "About [erased]"]);
        let watchers = ask(app, "SELECT email FROM watcher".to_owned()).await;
        assert_eq!(watchers, ["canary2@birds.example"]);
        assert_eq!(app.get(&format!("{list}/{}", id(&heir))).await.ok()["email"], "canary2@birds.example");
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn other_brands_keep_their_own(app) {
        let (_, person) = known(app).await;
        let other = app.brand("other").await;
        let header = [("idempotency-key", "other")];
        let body = json!({ "email": EMAIL, "name": "Kanarienvogel" });
        let theirs = app.call_with(&app.key, "POST", &format!("{other}/customers"), body.clone(), &header).await.created();
        let ticket = app.ticket(&other, json!({ "title": format!("Of {EMAIL}"), "customerEmail": EMAIL })).await;
        let events = app.events(&other).await;
        let brand = person["brandId"].as_str().unwrap();
        app.post(&format!("/brands/{brand}/customers/{}/erase", id(&theirs)), Value::Null).await.refused(404, "not_found");
        app.post(&format!("/brands/{brand}/customers/{}/erase", id(&person)), Value::Null).await.ok();
        assert_eq!(app.get(&format!("{other}/tickets/{}", id(&ticket))).await.ok(), ticket);
        assert_eq!(app.events(&other).await, events);
        let again = app.call_with(&app.key, "POST", &format!("{other}/customers"), body, &header).await;
        assert_eq!(again.created(), theirs);
    }

    async fn only_those_who_configure_may(app) {
        let (brand, person) = known(app).await;
        let path = format!("{brand}/customers/{}/erase", id(&person));
        for weak in ["read", "support"] {
            let key = key_for(app, &brand, weak).await;
            app.call(&key, "POST", &path, Value::Null).await.refused(403, "forbidden");
        }
        let key = key_for(app, &brand, "full").await;
        app.call(&key, "POST", &path, Value::Null).await.ok();
    }

    async fn what_the_request_leaves_the_worker_does(app) {
        let (brand, person) = known(app).await;
        // More events than the steps of a request get through; they are the person's.
        let of = brand.trim_start_matches("/brands/").to_owned();
        let steps = i64::try_from(ERASE_STEPS_AT_ONCE).unwrap();
        let (last, many) = (app.events(&brand).await.len(), ERASE_STEP_ROWS * (steps + 2));
        let body = format!(
            "'{{\"actor\":{{\"type\":\"system\",\"id\":null,\"name\":null,\"email\":null,\"apiKeyPrefix\":null}},\
             \"changes\":null,\"data\":{{\"customerEmail\":\"{EMAIL}\",\"customerName\":\"Kanarienvogel\"}}}}'"
        );
        let body = match app.db.dialect() {
            Dialect::Sqlite => format!("CAST({body} AS BLOB)"),
            Dialect::Postgres => format!("convert_to({body}, 'UTF8')"),
        };
        execute(app, format!("INSERT INTO event (brand_id, sequence, id, type, created_at, source, actor_type, entity_id, depth, body)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})
            SELECT '{of}', {last} + i, 'evt_' || i, 'customer.updated', 0, 'api', 'api', 'x', 0, {body} FROM n")).await;
        execute(app, format!("UPDATE brand_counter SET last_sequence = {last} + {many} WHERE brand_id = '{of}'")).await;
        let path = format!("{brand}/customers/{}", id(&person));
        app.post(&format!("{path}/erase"), Value::Null).await.ok();
        // What is left stands at the end of the log, as it was written here.
        let left = format!("SELECT CAST(count(*) AS text) FROM event WHERE sequence > {last} AND body = {body}");
        assert_ne!(ask(app, left.clone()).await, ["0"], "the request does not go on for ever");
        assert_eq!(app.get(&format!("{brand}/tickets/DT-1001")).await.ok()["customerEmail"], Value::Null);
        app.get(&path).await.refused(404, "not_found");
        app.drain().await;
        assert_eq!(ask(app, left).await, ["0"]);
        for word in CANARIES {
            assert_eq!(places(app, word).await, [""; 0]);
        }
    }
}
