use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use crate::api::given::{each, member, path, status, text};

/// The titles of a page, in their order.
async fn titles(app: &TestApp, brand: &str, query: &str) -> Vec<String> {
    let page = app.get(&format!("{brand}/tickets?{query}")).await.ok();
    each(&page["data"], "title").into_iter().map(str::to_owned).collect()
}

/// Every title, page by page; `between` happens behind each page.
async fn walk(app: &TestApp, list: &str, mut between: impl AsyncFnMut()) -> Vec<String> {
    let (mut seen, mut next) = (Vec::new(), list.to_owned());
    loop {
        let page = app.get(&next).await.ok();
        seen.extend(each(&page["data"], "title").into_iter().map(str::to_owned));
        let end = &page["pagination"];
        assert_eq!(end["cursor"], end["nextCursor"]);
        assert_eq!(end["hasMore"], json!(end["cursor"].is_string()));
        let Some(cursor) = end["cursor"].as_str() else { return seen };
        next = format!("{list}&cursor={cursor}");
        between().await;
    }
}

both! {
    async fn statuses_are_filtered_by_key_id_and_group(app) {
        let brand = app.brand("acme").await;
        let doing = status(app, &brand, "doing", true).await;
        status(app, &brand, "parked", false).await;
        for key in ["open", "pending", "doing", "resolved", "closed", "parked"] {
            app.ticket(&brand, json!({ "title": key, "status": key })).await;
            app.advance_ms(1);
        }
        for (wanted, found) in [
            ("open", vec!["open"]),
            ("sts_pending", vec!["pending"]),
            (text(&doing, "id"), vec!["doing"]),
            ("doing,closed", vec!["doing", "closed"]),
            ("closed&status=open", vec!["open", "closed"]),
            ("active", vec!["open", "pending", "doing"]),
            ("inactive", vec!["resolved", "closed", "parked"]),
            ("active,closed", vec!["open", "pending", "doing", "closed"]),
            ("all", vec!["open", "pending", "doing", "resolved", "closed", "parked"]),
            ("", vec!["open", "pending", "doing", "resolved", "closed", "parked"]),
        ] {
            assert_eq!(titles(app, &brand, &format!("order=asc&status={wanted}")).await, found, "{wanted}");
        }
        assert_eq!(app.get(&format!("{brand}/tickets?status=open,none")).await.invalid(), ["status"]);
        app.patch(&format!("{brand}/statuses/doing"), json!({ "isActive": false })).await.ok();
        assert_eq!(titles(app, &brand, "order=asc&status=active").await, ["open", "pending"], "regrouped at once");
    }

    async fn assignees_are_filtered_by_id_address_and_absence(app) {
        let brand = app.brand("acme").await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let bo = member(app, "bo@acme.example", "Bo", &[]).await;
        for (title, email) in [("ana", "ana@acme.example"), ("bo", "bo@acme.example"), ("team", "team@else.example")] {
            app.ticket(&brand, json!({ "title": title, "assigneeEmail": email })).await;
            app.advance_ms(1);
        }
        app.ticket(&brand, json!({ "title": "nobody" })).await;
        for (query, found) in [
            (format!("assigneeId={ana}"), vec!["ana"]),
            ("assigneeId=null".to_owned(), vec!["nobody"]),
            ("assigneeId=unassigned".to_owned(), vec!["nobody"]),
            ("assigneeId=all".to_owned(), vec!["ana", "bo", "team", "nobody"]),
            ("assigneeId=usr_nobody".to_owned(), vec![]),
            ("assigneeId=team@else.example".to_owned(), vec![]),
            ("assigneeEmail=BO@acme.example".to_owned(), vec!["bo"]),
            ("assigneeEmail=Team@else.example".to_owned(), vec!["team"]),
            ("assigneeEmail=none@else.example".to_owned(), vec![]),
            (format!("assigneeId={bo}&assigneeEmail=bo@acme.example"), vec!["bo"]),
            (format!("assigneeId={bo}&assigneeEmail=ana@acme.example"), vec![]),
            ("assigneeId=null&assigneeEmail=ana@acme.example".to_owned(), vec![]),
        ] {
            assert_eq!(titles(app, &brand, &format!("order=asc&{query}")).await, found, "{query}");
        }
    }

    async fn customers_are_filtered_by_id_and_by_address_also_when_deleted(app) {
        let brand = app.brand("acme").await;
        let jane = app.ticket(&brand, json!({ "title": "jane", "customerEmail": "jane@example.com" })).await;
        app.ticket(&brand, json!({ "title": "eve", "customerEmail": "eve@example.com" })).await;
        app.ticket(&brand, json!({ "title": "nobody" })).await;
        let by_id = format!("customerId={}", text(&jane, "customerId"));
        for (query, found) in [
            (by_id.as_str(), vec!["jane"]),
            ("customerId=cus_nobody", vec![]),
            ("customerEmail=JANE@example.com", vec!["jane"]),
            ("customerEmail=none@example.com", vec![]),
            (&format!("{by_id}&customerEmail=eve@example.com"), vec![]),
        ] {
            assert_eq!(titles(app, &brand, query).await, found, "{query}");
        }
        app.delete(&format!("{brand}/customers/{}", text(&jane, "customerId"))).await.ok();
        app.advance_ms(1);
        let again = app.ticket(&brand, json!({ "title": "again", "customerEmail": "jane@example.com" })).await;
        assert_ne!(again["customerId"], jane["customerId"]);
        assert_eq!(titles(app, &brand, "order=asc&customerEmail=jane@example.com").await, ["jane", "again"]);
        assert_eq!(titles(app, &brand, &by_id).await, Vec::<String>::new());
        let old = app.get(&path(&brand, &jane)).await.ok();
        assert_eq!((&old["customerId"], &old["customer"]), (&Value::Null, &Value::Null));
        assert_eq!(old["customerEmail"], "jane@example.com");
    }

    async fn filters_are_combined(app) {
        let brand = app.brand("acme").await;
        for (title, key, email) in
            [("1", "open", "a@x.example"), ("2", "closed", "a@x.example"), ("3", "open", "b@x.example")]
        {
            app.ticket(
                &brand,
                json!({ "title": title, "status": key, "assigneeEmail": email, "customerEmail": email }),
            )
            .await;
        }
        let query = "status=open&assigneeEmail=a@x.example&customerEmail=a@x.example";
        assert_eq!(titles(app, &brand, query).await, ["1"]);
    }

    async fn tickets_are_sorted_by_creation_or_change_newest_first(app) {
        let brand = app.brand("acme").await;
        let mut made = Vec::new();
        for title in ["a", "b", "c"] {
            made.push(app.ticket(&brand, json!({ "title": title })).await);
            app.advance_ms(1);
        }
        app.patch(&path(&brand, &made[1]), json!({ "priority": "high" })).await.ok();
        for (query, found) in [
            ("", ["c", "b", "a"]),
            ("sort=createdAt&order=asc", ["a", "b", "c"]),
            ("sort=updatedAt", ["b", "c", "a"]),
            ("sort=updatedAt&order=asc", ["a", "c", "b"]),
        ] {
            assert_eq!(titles(app, &brand, query).await, found, "{query}");
        }
        for (query, field) in [("sort=nonsense", "sort"), ("order=up", "order")] {
            assert_eq!(app.get(&format!("{brand}/tickets?{query}")).await.invalid(), [field]);
        }
    }

    async fn a_page_has_1_to_100_items(app) {
        let brand = app.brand("acme").await;
        for _ in 0..51 {
            app.ticket(&brand, json!({ "title": "T" })).await;
        }
        for (query, count) in [("", 50), ("limit=1", 1), ("limit=100", 51), ("limit=51", 51)] {
            assert_eq!(titles(app, &brand, query).await.len(), count, "{query}");
        }
        let whole = app.get(&format!("{brand}/tickets?limit=51")).await.ok();
        assert_eq!(whole["pagination"], json!({ "hasMore": false, "cursor": null, "nextCursor": null }));
        for limit in ["0", "101", "-1", "ten", "1.5", "99999999999999999999"] {
            assert_eq!(app.get(&format!("{brand}/tickets?limit={limit}")).await.invalid(), ["limit"], "{limit}");
        }
    }

    async fn every_old_ticket_is_seen_once_while_others_come_and_go(app) {
        let brand = app.brand("acme").await;
        for sort in ["createdAt", "updatedAt"] {
            for order in ["asc", "desc"] {
                let (mut old, mut doomed) = (Vec::new(), Vec::new());
                for index in 0..12 {
                    // Every third moment holds three tickets, so that ties are met as well.
                    app.advance_ms(i64::from(index % 3 == 0));
                    let title = format!("old {sort} {order} {index}");
                    old.push(title.clone());
                    app.ticket(&brand, json!({ "title": title })).await;
                    doomed.push(app.ticket(&brand, json!({ "title": "doomed" })).await);
                }
                let list = format!("{brand}/tickets?sort={sort}&order={order}&limit=5");
                let mut seen = walk(app, &list, async || {
                    app.advance_ms(1);
                    if let Some(gone) = doomed.pop() {
                        app.delete(&path(&brand, &gone)).await.ok();
                        app.delete(&path(&brand, &doomed.remove(0))).await.ok();
                        app.ticket(&brand, json!({ "title": "new" })).await;
                    }
                })
                .await;
                seen.retain(|title| title.starts_with(&format!("old {sort} {order}")));
                let moment = |title: &str| title.rsplit(' ').next().unwrap().parse::<i32>().unwrap() / 3;
                assert!(
                    seen.is_sorted_by_key(|title| if order == "asc" { moment(title) } else { -moment(title) }),
                    "{seen:?}"
                );
                seen.sort();
                old.sort();
                assert_eq!(seen, old, "{sort} {order}");
            }
        }
    }

    async fn a_cursor_is_only_good_for_the_list_it_came_from(app) {
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        for _ in 0..3 {
            app.ticket(&brand, json!({ "title": "T" })).await;
        }
        let page = app.get(&format!("{brand}/tickets?limit=1&status=open")).await.ok();
        let cursor = text(&page["pagination"], "cursor");
        app.get(&format!("{brand}/tickets?limit=2&status=open&cursor={cursor}")).await.ok();
        for list in [
            format!("{brand}/tickets?cursor={cursor}"),
            format!("{brand}/tickets?status=open,closed&cursor={cursor}"),
            format!("{brand}/tickets?status=open&sort=updatedAt&cursor={cursor}"),
            format!("{brand}/tickets?status=open&order=asc&cursor={cursor}"),
            format!("{brand}/tickets?status=open&assigneeId=null&cursor={cursor}"),
            format!("{brand}/tickets?status=open&customerEmail=a@b.example&cursor={cursor}"),
            format!("{other}/tickets?status=open&cursor={cursor}"),
            format!("{brand}/customers?cursor={cursor}"),
            format!("{brand}/tickets?status=open&cursor=nonsense"),
            format!("{brand}/tickets?status=open&cursor={}", &cursor[..cursor.len() - 2]),
            format!("{brand}/tickets?status=open&cursor=%00"),
        ] {
            assert_eq!(app.get(&list).await.invalid(), ["cursor"], "{list}");
        }
    }

    async fn a_long_body_is_cut_at_2000_code_points_in_lists_only(app) {
        let brand = app.brand("acme").await;
        for (length, cut) in [(2_000, false), (2_001, true)] {
            let ticket = app.ticket(&brand, json!({ "title": "T", "body": "€".repeat(length) })).await;
            let listed = &app.get(&format!("{brand}/tickets?limit=1&order=desc")).await.ok()["data"][0];
            assert_eq!((&listed["body"], &listed["bodyTruncated"]), (&json!("€".repeat(2_000)), &json!(cut)));
            assert_eq!(app.get(&path(&brand, &ticket)).await.ok()["body"], json!("€".repeat(length)));
            app.advance_ms(1);
        }
    }

    async fn unknown_parameters_are_refused(app) {
        let brand = app.brand("acme").await;
        for list in [format!("{brand}/tickets"), format!("{brand}/tickets/count"), "/tickets".to_owned()] {
            for name in ["stauts", "assignee", "page", "cursor[]", "customFields", "customFields.", "customfields.a"] {
                assert_eq!(app.get(&format!("{list}?{name}=1")).await.invalid(), [name], "{list}");
            }
        }
        for (list, name) in [("tickets/count", "sort"), ("tickets/count", "limit"), ("tickets", "brandIds")] {
            assert_eq!(app.get(&format!("{brand}/{list}?{name}=1")).await.invalid(), [name], "{list}");
        }
        // The query of a list counts as well, whatever its order.
        app.get(&format!("{brand}/tickets/count?sort=updatedAt&order=asc&status=active")).await.ok();
    }

    async fn bad_values_are_told_all_at_once(app) {
        let brand = app.brand("acme").await;
        let query = "createdAfter=x&dueBefore=2026-13-01&hasAttachments=maybe&isSpam=both&limit=0&merged=2&order=up\
            &overdue=soon&priority=low,highest&sort=size&tagMatch=some";
        let expected: Vec<&str> = query.split('&').map(|pair| pair.trim().split('=').next().unwrap()).collect();
        for list in [format!("{brand}/tickets"), "/tickets".to_owned()] {
            let mut found = app.get(&format!("{list}?{}", query.replace(' ', ""))).await.invalid();
            found.sort();
            assert_eq!(found, expected, "{list}");
        }
        let unknown = app.get(&format!("{brand}/tickets?status=none&categoryId=cat_x&tagIds=tag_x")).await.invalid();
        assert_eq!(unknown, ["status", "categoryId", "tagIds"], "unknown references as well");
    }
}
