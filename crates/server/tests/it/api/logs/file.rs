use dispatch_testkit::both;
use serde_json::json;

use super::examined::fill;
use crate::api::given::path;

/// The columns of the contract.
const HEADER: &str = "createdAt,event,entityType,entityId,ticketNumber,performerType,performer,source,changes\r\n";

both! {
    async fn the_log_is_a_file_of_comma_separated_values(app) {
        let brand = app.brand("acme").await;
        let id = brand.trim_start_matches("/brands/");
        let ticket = app.ticket(&brand, json!({ "title": "T" })).await;
        app.advance_ms(1000);
        app.patch(&path(&brand, &ticket), json!({ "title": "say \"x\", y" })).await.ok();
        let answer = app.get(&format!("{brand}/logs.csv?order=asc")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        let ticket = ticket["id"].as_str().unwrap();
        let changes = r#""{""title"":{""old"":""T"",""new"":""say \""x\"", y""}}""#;
        let expected = format!(
            "{HEADER}2026-01-02T03:04:05.678Z,brand.created,brand,{id},,api,Test key,api,\r\n\
            2026-01-02T03:04:05.678Z,ticket.created,ticket,{ticket},DT-1001,api,Test key,api,\r\n\
            2026-01-02T03:04:06.678Z,ticket.updated,ticket,{ticket},DT-1001,api,Test key,api,{changes}\r\n"
        );
        assert_eq!(answer.text, expected);
        let newest = app.get(&format!("{brand}/logs.csv")).await;
        assert!(newest.text.lines().nth(1).unwrap().contains(",ticket.updated,"), "{}", newest.text);
        let none = app.get(&format!("{brand}/logs.csv?event=ticket.closed")).await;
        assert_eq!(none.text, HEADER);
    }

    async fn what_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(app) {
        let brand = app.brand("acme").await;
        for name in ["=1+1", "+1", "-1", "@SUM(A1)", "a=1"] {
            let id = brand.trim_start_matches("/brands/");
            let key = app.new_key(json!({ "name": name, "brandIds": [id] })).await;
            app.call(&key, "POST", &format!("{brand}/tags"), json!({ "name": name })).await.created();
        }
        let file = app.get(&format!("{brand}/logs.csv?order=asc&event=tag.created")).await.text;
        let names: Vec<&str> = file.lines().skip(1).map(|line| line.split(',').nth(6).unwrap()).collect();
        assert_eq!(names, ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "a=1"]);
    }

    async fn a_log_of_many_chunks_is_sent_whole_and_in_order(app) {
        let brand = app.brand("acme").await;
        fill(app, &brand, 1_700).await;
        for (order, first) in [("asc", 1), ("desc", 1_700)] {
            let file = app.get(&format!("{brand}/logs.csv?entityType=customer&order={order}")).await.text;
            let numbers: Vec<i64> =
                file.lines().skip(1).map(|line| line.split(',').nth(3).unwrap().parse().unwrap()).collect();
            assert_eq!((numbers.len(), numbers[0]), (1_700, first));
            assert!(numbers.is_sorted() || numbers.iter().rev().is_sorted());
        }
    }
}
