use axum::{body::Body, http::Request};
use dispatch_http::HttpSettings;
use dispatch_testkit::{Answer, Receiver, TestApp, both};
use serde_json::{Value, json};

async fn metrics(app: &TestApp, credential: &str) -> Answer {
    let request = Request::builder().uri("/metrics").header("authorization", credential);
    app.send(request.body(Body::empty()).unwrap()).await
}

fn guarded(app: &TestApp) -> TestApp {
    app.with_settings(HttpSettings { metrics_token: "a-long-token".to_owned(), ..HttpSettings::default() })
}

both! {
    async fn without_a_token_in_the_settings_there_are_no_metrics(app) {
        for credential in ["", "Bearer ", "Bearer", &format!("Bearer {}", app.key)] {
            metrics(app, credential).await.refused(404, "not_found");
        }
    }

    async fn only_the_token_shows_them(app) {
        let app = guarded(app);
        for credential in [
            "",
            "Bearer ",
            "Bearer a-long-toke",
            "Bearer a-long-tokens",
            "a-long-token",
            &format!("Bearer {}", app.key),
        ] {
            metrics(&app, credential).await.refused(404, "not_found");
        }
        let answer = metrics(&app, "Bearer a-long-token").await;
        assert!(answer.status == 200 && answer.header("content-type").starts_with("text/plain"), "{answer:?}");
    }

    async fn requests_are_counted_by_route_and_status_and_never_by_id(app) {
        let app = guarded(app);
        let brand = app.brand("acme").await;
        app.get(&brand).await.ok();
        app.get(&brand).await.ok();
        app.get("/brands/br_unknown").await.refused(404, "not_found");
        app.get("/nothing/here").await.refused(404, "not_found");
        let text = metrics(&app, "Bearer a-long-token").await.text;
        for line in [
            r#"dispatch_http_requests_total{method="GET",route="/v1/brands/{brandId}",status="200"} 2"#,
            r#"dispatch_http_requests_total{method="GET",route="/v1/brands/{brandId}",status="404"} 1"#,
            r#"dispatch_http_requests_total{method="POST",route="/v1/brands",status="201"} 1"#,
            r#"dispatch_http_requests_total{method="GET",route="unknown",status="404"} 1"#,
            r#"dispatch_http_request_seconds_count{method="POST",route="/v1/brands"} 1"#,
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
        assert!(!text.contains("br_"), "{text}");
    }

    async fn attempts_of_deliveries_are_counted_by_what_they_came_to(app) {
        let app = guarded(app);
        let (brand, receiver) = (app.brand("acme").await, Receiver::start().await);
        let new = json!({ "url": receiver.url, "events": ["ticket.created"] });
        app.post(&format!("{brand}/webhooks"), new).await.created();
        for status in [200, 204, 500] {
            receiver.answers(status, "");
            app.ticket(&brand, json!({ "title": "One" })).await;
            app.drain().await;
        }
        let text = metrics(&app, "Bearer a-long-token").await.text;
        for line in [
            r#"dispatch_webhook_attempts_total{outcome="success"} 2"#,
            r#"dispatch_webhook_attempts_total{outcome="retrying"} 1"#,
            r#"dispatch_webhook_attempts_total{outcome="failed"} 0"#,
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
        assert!(text.contains("dispatch_webhook_backlog ") && text.contains("dispatch_webhook_lag "), "{text}");
    }

    async fn uploads_are_counted_by_how_far_they_have_come(app) {
        let app = guarded(app);
        let brand = app.brand("acme").await;
        let pending = format!("{brand}/attachments/pending");
        let asked = json!({ "filename": "a.txt", "contentType": "text/plain", "size": 5 });
        let mut uploads = Vec::new();
        for key in ["one", "two", "two"] {
            let keyed = [("idempotency-key", key)];
            uploads.push(app.call_with(&app.key, "POST", &pending, asked.clone(), &keyed).await.created());
        }
        for (upload, body, status) in [(&uploads[0], "hello", 200), (&uploads[0], "", 200), (&uploads[1], "longer", 400)] {
            if !body.is_empty() {
                app.upload(upload, body).await.ok();
            }
            let confirm = format!("{pending}/{}/confirm", upload["id"].as_str().unwrap());
            assert_eq!(app.post(&confirm, Value::Null).await.status, status);
        }
        let text = metrics(&app, "Bearer a-long-token").await.text;
        for line in [
            r#"dispatch_uploads_total{outcome="requested"} 2"#,
            r#"dispatch_uploads_total{outcome="confirmed"} 1"#,
            r#"dispatch_uploads_total{outcome="failed"} 1"#,
            "dispatch_upload_bytes_total 5",
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
    }

    /// What callers make up must not fill the memory with counters.
    async fn invented_methods_share_one_counter(app) {
        let app = guarded(app);
        for number in 0..3 {
            app.call(&app.key, &format!("INVENTED{number}"), "/brands", Value::Null).await.refused(404, "not_found");
        }
        let text = metrics(&app, "Bearer a-long-token").await.text;
        assert!(!text.contains("INVENTED"), "{text}");
        assert!(text.contains(r#"method="other",route="/v1/brands",status="404"} 3"#), "{text}");
    }
}
