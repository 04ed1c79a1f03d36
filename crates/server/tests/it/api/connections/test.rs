use dispatch_testkit::{Jira, Receiver, Slack, both};
use serde_json::{Value, json};

use super::{connection, to_crm, to_jira, to_slack, tried};
use crate::api::{event_types, members};

both! {
    async fn slack_gets_a_line(app) {
        let (brand, slack) = (app.brand("acme").await, Slack::start().await);
        app.patch(&brand, json!({ "name": "Acme <!channel> & Co" })).await.ok();
        let path = connection(app, &brand, to_slack(&slack)).await;
        app.patch(&path, json!({ "enabled": false })).await.ok();
        let before = event_types(app, &brand).await;
        let answer = tried(app, &path).await;
        assert_eq!(members(&answer), ["ok", "status", "message", "durationMs"]);
        assert_eq!((&answer["ok"], &answer["status"], &answer["message"]), (&json!(true), &json!(200), &json!("posted")));
        let lines = slack.posted();
        assert!(lines.len() == 1 && lines[0].contains("Acme &lt;!channel&gt; &amp; Co"), "{lines:?}");
        assert_eq!(event_types(app, &brand).await, before, "it is not in the log");
    }

    async fn jira_is_asked_for_its_project_and_nothing_is_made(app) {
        let (brand, jira) = (app.brand("acme").await, Jira::start().await);
        let path = connection(app, &brand, to_jira(&jira)).await;
        let answer = tried(app, &path).await;
        assert_eq!((&answer["ok"], &answer["message"]), (&json!(true), &json!("the project ENG can be read")));
        let calls = jira.receiver.take();
        assert_eq!(calls.len(), 1);
        assert_eq!((calls[0].method.as_str(), calls[0].path.as_str()), ("GET", "/rest/api/2/project/ENG"));
        assert!(jira.issues().is_empty());
        for (patch, status, words) in [
            (json!({ "config": { "projectKey": "NONE" } }), 404, "No project could be found with key 'NONE'"),
            (json!({ "secrets": { "apiToken": "wrong-token" } }), 401, "not authenticated"),
        ] {
            app.patch(&path, patch).await.ok();
            let answer = tried(app, &path).await;
            assert_eq!((&answer["ok"], &answer["status"]), (&json!(false), &json!(status)));
            assert!(answer["message"].as_str().unwrap().contains(words), "{answer}");
        }
        jira.receiver.answers(200, "<html>Sign in</html>");
        assert_eq!(tried(app, &path).await["message"], "the answer is not one of Jira");
    }

    async fn http_gets_an_event_that_never_was(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let path = connection(app, &brand, to_crm(&crm)).await;
        let before = app.events(&brand).await;
        let answer = tried(app, &path).await;
        assert_eq!((&answer["ok"], &answer["message"]), (&json!(true), &json!("the receiver answered 200")));
        let call = crm.take().remove(0);
        let event = call.json();
        assert_eq!((call.method.as_str(), call.header("content-type")), ("POST", "application/json"));
        assert_eq!((call.header("authorization"), call.header("x-team")), ("Bearer top-secret", "support"));
        assert_eq!(call.header("webhook-id"), event["id"].as_str().unwrap());
        assert_eq!((&event["type"], &event["sequence"]), (&json!("ticket.created"), &json!(0)));
        assert_eq!(event["brandId"], brand.trim_start_matches("/brands/"));
        // It has what a real one has.
        let real = app.ticket(&brand, json!({ "title": "Real" })).await;
        let log = app.events(&brand).await;
        let logged = log.iter().find(|event| event["type"] == "ticket.created").unwrap();
        assert_eq!(members(&event), members(logged));
        assert_eq!(members(&event["data"]), members(&logged["data"]));
        assert_eq!(members(&event["data"]["ticket"]), members(&logged["data"]["ticket"]));
        assert_eq!((&real["number"], before.len() + 1), (&json!(1001), log.len()), "and it took no number");
    }

    async fn a_template_is_filled_in(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        app.patch(&brand, json!({ "name": "Acme \"Support\"" })).await.ok();
        let mut new = to_crm(&crm);
        let template = r#"{"brand":"{{brand.name}}","title":"<{{ ticket.title }}>","none":"{{ticket.customFields.x}}{{typo}}"}"#;
        new["config"] = json!({ "url": crm.url, "method": "PUT", "bodyTemplate": template, "timeoutSeconds": 2 });
        let path = connection(app, &brand, new).await;
        assert_eq!(tried(app, &path).await["ok"], true);
        let call = crm.take().remove(0);
        assert_eq!(call.method.as_str(), "PUT");
        assert_eq!(call.json(), json!({ "brand": "Acme \"Support\"", "title": "<Test of a connection>", "none": "" }));
        app.patch(&path, json!({ "config": { "method": "GET", "bodyTemplate": null } })).await.ok();
        assert_eq!(tried(app, &path).await["ok"], true);
        let call = crm.take().remove(0);
        assert_eq!((call.method.as_str(), call.body.len(), call.header("content-type")), ("GET", 0, ""));
    }

    async fn what_came_of_it_is_noted_and_a_failure_is_no_error(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let path = connection(app, &brand, to_crm(&crm)).await;
        let created = app.get(&path).await.ok();
        crm.answers(503, "top-secret");
        for count in 1..=2 {
            app.advance_ms(1000);
            let answer = tried(app, &path).await;
            assert_eq!((&answer["ok"], &answer["status"], &answer["message"]), (&json!(false), &json!(503), &json!("the receiver answered 503")));
            let shown = app.get(&path).await.ok();
            assert_eq!((&shown["lastStatus"], &shown["failureCount"]), (&json!("error"), &json!(count)));
            assert_eq!(shown["lastError"], "the receiver answered 503");
        }
        crm.recovers();
        tried(app, &path).await;
        let shown = app.get(&path).await.ok();
        assert_eq!((&shown["lastStatus"], &shown["lastError"], &shown["failureCount"]), (&json!("ok"), &Value::Null, &json!(0)));
        assert_eq!((&shown["lastUsedAt"], &shown["updatedAt"]), (&json!("2026-01-02T03:04:07.678Z"), &created["updatedAt"]));
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }
}
