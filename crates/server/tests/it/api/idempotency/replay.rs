use dispatch_testkit::{Answer, TestApp, both};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::api::given::{kinds, path, position, text};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

async fn post(app: &TestApp, path: &str, key: &str, body: Value) -> Answer {
    app.call_with(&app.key, "POST", path, body, &[("idempotency-key", key)]).await
}

fn replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == "true"
}

both! {
    async fn a_repeat_gets_the_first_answer_and_has_no_effect(app) {
        let first = post(app, "/brands", "brand", json!({ "name": "Acme" })).await;
        let again = post(app, "/brands", "brand", json!({ "name": "Acme" })).await;
        assert_eq!((replayed(&first), replayed(&again)), (false, true));
        assert_eq!(first.text, again.text);
        let brand = format!("/brands/{}", text(&first.created(), "id"));
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        for (path, body) in [
            (format!("{brand}/tickets"), json!({ "title": "T", "customerEmail": "a@b.example" })),
            (format!("{}/comments", path(&brand, &ticket)), json!({ "body": "B", "setStatus": "closed" })),
            (format!("{brand}/customers"), json!({ "email": "jane@example.com" })),
            (format!("{brand}/statuses"), json!({ "name": "Doing", "key": "doing" })),
        ] {
            let first = post(app, &path, "k", body.clone()).await;
            let seen = position(app, &brand).await;
            app.advance_ms(1);
            let again = post(app, &path, "k", body).await;
            assert!(!replayed(&first) && replayed(&again), "{path}");
            assert_eq!((first.status.as_u16(), again.status.as_u16(), &first.text), (201, 201, &again.text));
            assert_eq!(position(app, &brand).await, seen, "{path}");
        }
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn the_first_answer_stays_when_its_object_is_gone(app) {
        let brand = app.brand("acme").await;
        let tickets = format!("{brand}/tickets");
        let first = post(app, &tickets, "k", json!({ "title": "T" })).await.created();
        app.delete(&path(&brand, &first)).await.ok();
        assert_eq!(post(app, &tickets, "k", json!({ "title": "T" })).await.created(), first);
    }

    async fn another_body_is_a_mismatch_byte_by_byte(app) {
        let brand = app.brand("acme").await;
        let tickets = format!("{brand}/tickets");
        post(app, &tickets, "k", json!({ "title": "T" })).await.created();
        for other in [json!({ "title": "U" }), json!({ "title": "T", "body": null }), json!({ "title": "" })] {
            post(app, &tickets, "k", other).await.refused(409, "idempotency_mismatch");
        }
        assert_eq!(app.get(&tickets).await.ok()["data"].as_array().unwrap().len(), 1);
    }

    async fn either_header_counts_and_both_must_agree(app) {
        let brand = app.brand("acme").await;
        let send = async |headers: &[(&str, &str)]| {
            app.call_with(&app.key, "POST", &format!("{brand}/tickets"), json!({ "title": "T" }), headers).await
        };
        let first = send(&[("x-idempotency-key", "k")]).await.created();
        assert_eq!(send(&[("idempotency-key", "k")]).await.created(), first);
        assert_eq!(send(&[("idempotency-key", "k"), ("x-idempotency-key", "k")]).await.created(), first);
        let clash = send(&[("idempotency-key", "k"), ("x-idempotency-key", "j")]).await;
        clash.refused(400, "validation_error");
    }

    async fn a_key_has_1_to_255_printable_characters(app) {
        let brand = app.brand("acme").await;
        let tickets = format!("{brand}/tickets");
        let seen = position(app, &brand).await;
        for bad in ["", &"k".repeat(256), "a\tb", "ü"] {
            post(app, &tickets, bad, json!({ "title": "T" })).await.refused(400, "validation_error");
        }
        assert_eq!(position(app, &brand).await, seen);
        for good in ["k", "k k ~!", &"k".repeat(255)] {
            let first = post(app, &tickets, good, json!({ "title": "T" })).await.created();
            assert_eq!(post(app, &tickets, good, json!({ "title": "T" })).await.created(), first);
        }
    }

    async fn a_failed_request_stores_nothing(app) {
        let brand = app.brand("acme").await;
        let (tickets, customers) = (format!("{brand}/tickets"), format!("{brand}/customers"));
        for bad in [json!({}), json!({ "title": "T", "status": "nothing" })] {
            post(app, &tickets, "k", bad).await.refused(400, "validation_error");
        }
        let made = post(app, &tickets, "k", json!({ "title": "T" })).await;
        assert!(!replayed(&made));
        made.created();

        let jane = json!({ "email": "jane@example.com" });
        let first = app.post(&customers, jane.clone()).await.created();
        post(app, &customers, "j", jane.clone()).await.refused(409, "conflict");
        app.delete(&format!("{customers}/{}", text(&first, "id"))).await.ok();
        assert!(!replayed(&post(app, &customers, "j", jane).await));
    }

    async fn a_key_belongs_to_its_credential_and_path(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let second = app.new_key(json!({ "name": "second", "allBrands": true })).await;
        let tickets = format!("{brand}/tickets");
        let first = post(app, &tickets, "k", json!({ "title": "T" })).await.created();
        let headers = [("idempotency-key", "k")];
        for (key, path) in [(&second, tickets.clone()), (&app.key, format!("{other}/tickets"))] {
            let made = app.call_with(key, "POST", &path, json!({ "title": "T" }), &headers).await;
            assert!(!replayed(&made));
            assert_ne!(made.created()["id"], first["id"]);
        }
    }

    async fn a_key_counts_only_where_something_is_created(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let headers = [("idempotency-key", "k")];
        for title in ["U", "V"] {
            let patched = app.call_with(&app.key, "PATCH", &one, json!({ "title": title }), &headers).await;
            assert!(!replayed(&patched));
            assert_eq!(patched.ok()["title"], title);
        }
        let order = json!({ "statusIds": ["closed", "resolved", "pending", "open"] });
        let reorder = format!("{brand}/statuses/reorder");
        for _ in 0..2 {
            assert!(!replayed(&post(app, &reorder, "k", order.clone()).await));
        }
    }

    async fn a_key_is_kept_for_24_hours(app) {
        let brand = app.brand("acme").await;
        let tickets = format!("{brand}/tickets");
        let first = post(app, &tickets, "k", json!({ "title": "T" })).await.created();
        app.advance_ms(DAY_MS - 1);
        assert_eq!(post(app, &tickets, "k", json!({ "title": "T" })).await.created(), first);
        app.drain().await;
        assert!(replayed(&post(app, &tickets, "k", json!({ "title": "T" })).await), "the worker leaves it");
        app.advance_ms(2);
        let new = post(app, &tickets, "k", json!({ "title": "other body" })).await;
        assert!(!replayed(&new));
        let new = new.created();
        assert_eq!(post(app, &tickets, "k", json!({ "title": "other body" })).await.created(), new);
        app.advance_ms(DAY_MS + 1);
        app.drain().await;
        assert_ne!(post(app, &tickets, "k", json!({ "title": "T" })).await.created()["id"], new["id"]);
    }

    async fn parallel_repeats_make_one_object(app) {
        let brand = app.brand("acme").await;
        let tickets = format!("{brand}/tickets");
        let body = json!({ "title": "T", "customerEmail": "jane@example.com" });
        let answers = join_all((0..16).map(|_| post(app, &tickets, "k", body.clone()))).await;
        assert_eq!(answers.iter().filter(|answer| !replayed(answer)).count(), 1);
        let texts: Vec<&str> = answers.iter().map(|answer| answer.text.as_str()).collect();
        assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
        assert_eq!(kinds(&app.events(&brand).await), ["brand.created", "customer.created", "ticket.created"]);
    }

    async fn the_text_of_an_api_key_is_null_in_a_replay(app) {
        let body = json!({ "name": "K", "allBrands": true });
        let first = post(app, "/accounts/me/api-keys", "k", body.clone()).await.created();
        let again = post(app, "/accounts/me/api-keys", "k", body).await;
        assert!(replayed(&again));
        assert!(text(&first, "key").starts_with("sk_live_"));
        let mut expected = first.clone();
        expected["key"] = Value::Null;
        assert_eq!(again.created(), expected);
        app.call(text(&first, "key"), "GET", "/accounts/me", Value::Null).await.ok();
    }

    async fn the_path_is_looked_at_before_the_key(app) {
        post(app, "/brands/br_none/tickets", &"k".repeat(256), json!({ "title": "T" })).await.refused(404, "not_found");
        post(app, "/brands/br_none/tickets", "k", json!({})).await.refused(404, "not_found");
    }
}
