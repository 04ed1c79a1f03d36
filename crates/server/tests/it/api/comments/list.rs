use dispatch_testkit::both;
use serde_json::json;

use crate::api::given::{each, path, text};

both! {
    async fn comments_are_listed_oldest_first_and_by_author(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        for (body, author) in [("1", "STAFF"), ("2", "CUSTOMER"), ("3", "SYSTEM"), ("4", "STAFF"), ("5", "CUSTOMER")] {
            app.post(&format!("{one}/comments"), json!({ "body": body, "authorType": author })).await.created();
            app.advance_ms(1);
        }
        for (query, found) in [
            ("", vec!["1", "2", "3", "4", "5"]),
            ("authorType=STAFF", vec!["1", "4"]),
            ("authorType=agent", vec!["1", "4"]),
            ("authorType=CUSTOMER,SYSTEM", vec!["2", "3", "5"]),
            ("authorType=CUSTOMER&authorType=STAFF&limit=3", vec!["1", "2", "4"]),
        ] {
            let listed = app.get(&format!("{one}/comments?{query}")).await.ok();
            assert_eq!(each(&listed, "body"), found, "{query}");
            assert!(listed.as_array().unwrap().iter().all(|comment| comment.get("replies").is_none()));
        }
        for (query, field) in [
            ("authorType=BOT", "authorType"),
            ("limit=0", "limit"),
            ("limit=1001", "limit"),
            ("cursor=x", "cursor"),
            ("order=asc", "order"),
            ("authortype=STAFF", "authortype"),
        ] {
            assert_eq!(app.get(&format!("{one}/comments?{query}")).await.invalid(), [field], "{query}");
        }
    }

    async fn a_long_list_goes_on_at_x_next_cursor(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        for index in 0..7 {
            app.post(&format!("{one}/comments"), json!({ "body": index.to_string() })).await.created();
            app.advance_ms(1);
        }
        let (mut seen, mut next) = (Vec::new(), format!("{one}/comments?limit=3&authorType=STAFF"));
        for size in [3, 3, 1] {
            let page = app.get(&next).await;
            let cursor = page.header("x-next-cursor").to_owned();
            let listed = page.ok();
            assert_eq!(listed.as_array().unwrap().len(), size);
            seen.extend(each(&listed, "body").into_iter().map(str::to_owned));
            next = format!("{one}/comments?limit=3&authorType=STAFF&cursor={cursor}");
            assert_eq!(cursor.is_empty(), size == 1);
            if !cursor.is_empty() {
                let other = format!("{one}/comments?authorType=CUSTOMER&cursor={cursor}");
                assert_eq!(app.get(&other).await.invalid(), ["cursor"]);
                let elsewhere = path(&brand, &app.ticket(&brand, json!({ "title": "other" })).await);
                let foreign = format!("{elsewhere}/comments?authorType=STAFF&cursor={cursor}");
                assert_eq!(app.get(&foreign).await.invalid(), ["cursor"]);
            }
        }
        assert_eq!(seen, ["0", "1", "2", "3", "4", "5", "6"]);
        assert_eq!(app.get(&format!("{one}/comments?limit=7")).await.header("x-next-cursor"), "");
    }

    async fn one_comment_comes_with_its_direct_replies(app) {
        let brand = app.brand("acme").await;
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let comments = format!("{one}/comments");
        let top = app.post(&comments, json!({ "body": "top" })).await.created();
        let mut replies = Vec::new();
        for body in ["first", "second"] {
            app.advance_ms(1);
            replies.push(app.post(&comments, json!({ "body": body, "parentId": top["id"] })).await.created());
        }
        app.post(&comments, json!({ "body": "deeper", "parentId": replies[0]["id"] })).await.created();
        let mut shown = app.get(&format!("{comments}/{}", text(&top, "id"))).await.ok();
        assert_eq!(shown.as_object_mut().unwrap().remove("replies"), Some(json!(replies)));
        assert_eq!(shown, top);
        assert_eq!(app.get(&format!("{comments}/{}", text(&replies[1], "id"))).await.ok()["replies"], json!([]));
    }

    async fn a_comment_is_only_found_on_its_own_ticket(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let one = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let comment = app.post(&format!("{one}/comments"), json!({ "body": "B" })).await.created();
        let second = path(&brand, &app.ticket(&brand, json!({ "title": "T" })).await);
        let foreign = path(&other, &app.ticket(&other, json!({ "title": "T" })).await);
        for ticket in [second, foreign] {
            let wrong = format!("{ticket}/comments/{}", text(&comment, "id"));
            app.get(&wrong).await.refused(404, "not_found");
            app.patch(&wrong, json!({ "body": "X" })).await.refused(404, "not_found");
            app.delete(&wrong).await.refused(404, "not_found");
        }
        app.get(&format!("{one}/comments/cmt_none")).await.refused(404, "not_found");
        app.get(&format!("{one}/comments/a%00b")).await.refused(404, "not_found");
    }
}
