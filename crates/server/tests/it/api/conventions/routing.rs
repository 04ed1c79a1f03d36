use axum::{body::Body, http::Request};
use dispatch_testkit::both;
use serde_json::{Value, json};

both! {
    async fn what_is_no_route_is_not_found_with_and_without_a_credential(app) {
        let brand = app.brand("acme").await;
        for (method, path) in [
            ("GET", "/".to_owned()),
            ("GET", "/nothing".to_owned()),
            ("GET", "/brands/".to_owned()),
            ("GET", "/Brands".to_owned()),
            ("GET", "//brands".to_owned()),
            ("PUT", "/brands".to_owned()),
            ("DELETE", "/brands".to_owned()),
            ("POST", brand.clone()),
            ("OPTIONS", brand.clone()),
            ("BREW", brand.clone()),
            ("POST", "/health".to_owned()),
            ("DELETE", "/ready".to_owned()),
            ("GET", format!("{brand}/statuses/reorder/more")),
            ("PATCH", format!("{brand}/statuses/stats/x")),
            // Routes of later versions are absent, not stubbed.
            ("GET", format!("{brand}/tickets/bulk/more")),
            ("GET", format!("{brand}/nothing")),
            ("GET", format!("{brand}/views")),
            ("GET", format!("{brand}/customers/cus_x/erase")),
        ] {
            for key in ["", &app.key] {
                app.call(key, method, &path, Value::Null).await.refused(404, "not_found");
            }
        }
    }

    async fn outside_the_api_only_the_document_is_there(app) {
        for (method, path, status) in
            [("POST", "/", 404), ("GET", "/Brands", 404), ("GET", "/openapi.json", 200), ("POST", "/openapi.json", 404)]
        {
            let request =
                Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", app.key));
            let answer = app.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, status, "{method} {path}");
        }
    }

    /// What the binary holds depends on whether `dashboard/` was built before it; both are right.
    async fn the_dashboard_is_served_where_it_was_built_in(app) {
        let get = async |path: &str, headers: &[(&str, &str)]| {
            let request = headers.iter().fold(Request::builder().uri(path), |request, (name, value)| request.header(*name, *value));
            app.send(request.body(Body::empty()).unwrap()).await
        };
        let html = [("accept", "text/html")];
        let page = get("/", &html).await;
        if !dispatch_http::dashboard_is_built() {
            assert_eq!(page.status, 404);
            assert!(page.header("content-type").starts_with("text/plain"));
            return;
        }
        assert_eq!(page.status, 200);
        let policy = page.header("content-security-policy").to_owned();
        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{policy}");
        let tag = page.header("etag").to_owned();
        assert_eq!(get("/", &[("if-none-match", &tag)]).await.status, 304);
        for path in ["/queue", "/brands/br_x/tickets/tkt_x", "/invite/token"] {
            assert_eq!(get(path, &html).await.status, 200, "{path}");
        }
        assert_eq!(get("/nothing", &html).await.status, 404, "a page that says so");
        for path in ["/nothing", "/assets/nothing.js", "/v1/nothing"] {
            get(path, &[]).await.refused(404, "not_found");
        }
        let robots = get("/robots.txt", &[("accept-encoding", "gzip, br;q=0")]).await;
        assert_eq!((robots.status.as_u16(), robots.header("content-encoding")), (200, "gzip"));
        assert_eq!(get("/theme.js", &[("accept-encoding", "br")]).await.header("content-encoding"), "br");
        assert_eq!(get("/theme.js", &[]).await.header("content-encoding"), "");
    }

    async fn static_segments_win_over_ids(app) {
        let brand = app.brand("acme").await;
        app.post(&format!("{brand}/statuses"), json!({ "name": "Stats", "key": "stats" })).await.created();
        let stats = app.get(&format!("{brand}/statuses/stats")).await.ok();
        assert_eq!(stats[2]["statusKey"], "stats", "the statistics, not the status");
        assert_eq!(app.get(&format!("{brand}/statuses/sts_stats")).await.ok()["key"], "stats");
        app.ticket(&brand, json!({ "title": "T" })).await;
        assert_eq!(app.get(&format!("{brand}/tickets/count")).await.ok()["count"], 1, "the count, not a ticket");
        let bulk = json!({ "action": "delete", "ticketIds": ["DT-1001"] });
        assert_eq!(app.post(&format!("{brand}/tickets/bulk"), bulk).await.ok()["count"], 1);
    }

    /// Ids are opaque: whatever stands in a path is simply not found.
    async fn odd_ids_are_not_found(app) {
        let brand = app.brand("acme").await;
        let long = "x".repeat(3000);
        for odd in ["%00", "%ff", "%F0%9F%98%80", "..", "%2e%2e", "a%2Fb", "'", "%25", "null", "%20", &long] {
            app.get(&format!("/brands/{odd}")).await.refused(404, "not_found");
            for list in ["statuses", "customers", "companies", "tickets"] {
                app.get(&format!("{brand}/{list}/{odd}")).await.refused(404, "not_found");
                app.patch(&format!("{brand}/{list}/{odd}"), json!({})).await.refused(404, "not_found");
            }
            app.patch(&format!("/accounts/me/api-keys/{odd}"), json!({})).await.refused(404, "not_found");
        }
    }

    async fn an_id_may_be_percent_encoded(app) {
        let brand = app.brand("acme").await;
        let encoded = brand.replace("br_", "%62r%5F");
        assert_eq!(app.get(&encoded).await.ok(), app.get(&brand).await.ok());
    }
}
