use dispatch_testkit::{Jira, both};
use serde_json::{Value, json};

use super::to_jira;
use crate::api::{id, last_event, members};

/// One of each type that is right.
fn good(kind: &str) -> Value {
    match kind {
        "SLACK" => {
            json!({ "type": kind, "name": "Ops", "config": {}, "secrets": { "webhookUrl": "https://hooks.slack.com/services/T/B/x" } })
        }
        "JIRA" => json!({
            "type": kind, "name": "Eng", "secrets": { "apiToken": "sesame-open" },
            "config": { "siteUrl": "https://acme.atlassian.net/", "email": "ana@acme.example", "projectKey": "eng" },
        }),
        _ => json!({ "type": "HTTP", "name": "CRM", "config": { "url": "https://crm.example/in" }, "secrets": {} }),
    }
}

both! {
    async fn a_connection_is_shown_without_its_secrets(app) {
        let brand = app.brand("acme").await;
        let made = app.post(&format!("{brand}/connections"), good("JIRA")).await.created();
        assert_eq!(
            members(&made),
            [
                "id", "brandId", "type", "name", "enabled", "config", "secretsSet", "lastUsedAt", "lastStatus", "lastError",
                "failureCount", "createdAt", "updatedAt",
            ]
        );
        assert!(id(&made).starts_with("con_"), "{made}");
        assert_eq!(
            made["config"],
            json!({
                "siteUrl": "https://acme.atlassian.net", "email": "ana@acme.example", "projectKey": "ENG", "issueType": "Task",
                "labels": [],
            })
        );
        assert_eq!((&made["secretsSet"], &made["enabled"]), (&json!({ "apiToken": true }), &json!(true)));
        assert_eq!((&made["lastStatus"], &made["failureCount"]), (&Value::Null, &json!(0)));
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["connection"]), (&json!("connection.created"), &made));
        assert_eq!(event["data"]["id"], made["id"]);
    }

    async fn each_type_has_its_defaults_and_tells_which_secrets_are_set(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/connections");
        let slack = app.post(&path, good("SLACK")).await.created();
        assert_eq!((&slack["config"], &slack["secretsSet"]), (&json!({ "channelLabel": null }), &json!({ "webhookUrl": true })));
        let http = app.post(&path, good("HTTP")).await.created();
        assert_eq!(
            http["config"],
            json!({ "url": "https://crm.example/in", "method": "POST", "bodyTemplate": null, "timeoutSeconds": 15 })
        );
        assert_eq!(http["secretsSet"], json!({ "headers": false }));
        let mut with = good("HTTP");
        with["secrets"]["headers"] = json!({ "X-Key": "k", "Authorization": "Bearer x" });
        with["enabled"] = json!(false);
        let with = app.post(&path, with).await.created();
        assert_eq!(with["secretsSet"], json!({ "headers": true, "headers.Authorization": true, "headers.X-Key": true }));
        assert_eq!(with["enabled"], false);
        // What a type does not need may be left out.
        app.post(&path, json!({ "type": "HTTP", "name": "CRM", "config": { "url": "https://crm.example/in" } })).await.created();
        app.post(&path, json!({ "type": "SLACK", "name": "Ops", "secrets": { "webhookUrl": "https://hooks.example/x" } })).await.created();
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }

    async fn every_wrong_field_is_named(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/connections");
        for (kind, part, key, value) in [
            ("SLACK", "secrets", "webhookUrl", Value::Null),
            ("SLACK", "secrets", "webhookUrl", json!("https://me:pass@hooks.example/x")),
            ("SLACK", "config", "channelLabel", json!("")),
            ("JIRA", "config", "siteUrl", Value::Null),
            ("JIRA", "config", "siteUrl", json!("acme.atlassian.net")),
            ("JIRA", "config", "siteUrl", json!("https://me@acme.atlassian.net")),
            ("JIRA", "config", "email", json!("ana")),
            ("JIRA", "config", "projectKey", json!("E N G")),
            ("JIRA", "config", "issueType", json!(" ")),
            ("JIRA", "secrets", "apiToken", Value::Null),
            ("HTTP", "config", "url", json!("ftp://crm.example")),
            ("HTTP", "config", "method", json!("post")),
            ("HTTP", "config", "timeoutSeconds", json!(0)),
            ("HTTP", "config", "timeoutSeconds", json!(31)),
            ("HTTP", "config", "bodyTemplate", json!("{ \"a\": {{ticket.title}} }")),
            ("HTTP", "config", "bodyTemplate", json!("{ \"a\": \"{{ticket.title\" }")),
            ("HTTP", "config", "bodyTemplate", json!(format!("\"{}\"", "x".repeat(64 * 1024)))),
            ("HTTP", "secrets", "headers", json!("Authorization: x")),
        ] {
            let mut wrong = good(kind);
            wrong[part][key] = value.clone();
            assert_eq!(app.post(&path, wrong).await.invalid(), [format!("{part}.{key}")], "{kind} {part}.{key} {value}");
        }
        for (kind, part, value, named) in [
            ("JIRA", "config", json!({}), &["config.siteUrl", "config.email", "config.projectKey"][..]),
            ("JIRA", "config", Value::Null, &["config.siteUrl", "config.email", "config.projectKey"]),
            ("JIRA", "secrets", json!(1), &["secrets"]),
            ("JIRA", "type", json!("MAIL"), &["type"]),
            ("JIRA", "type", Value::Null, &["type"]),
            ("JIRA", "name", json!(""), &["name"]),
            ("JIRA", "enabled", json!("yes"), &["enabled"]),
        ] {
            let mut wrong = good(kind);
            wrong[part] = value.clone();
            assert_eq!(app.post(&path, wrong).await.invalid(), named, "{part} {value}");
        }
        let mut wrong = good("HTTP");
        wrong["secrets"]["headers"] = json!({ "Host": "x", "X-A": "a\nb", "good": "g" });
        assert_eq!(app.post(&path, wrong).await.invalid(), ["secrets.headers.Host", "secrets.headers.X-A"]);
        let template = app.post(&path, {
            let mut wrong = good("HTTP");
            wrong["config"]["bodyTemplate"] = json!("{\n\"a\": {{ticket.title}} }");
            wrong
        });
        let message = template.await.with(400)["errors"][0]["message"].to_string();
        assert!(message.contains("line 2, column 6"), "{message}");
        assert_eq!(app.get(&path).await.ok(), json!([]));
    }

    async fn fields_of_another_type_are_ignored_and_named(app) {
        let brand = app.brand("acme").await;
        let mut new = good("SLACK");
        new["config"]["url"] = json!(7);
        new["secrets"]["apiToken"] = json!("x");
        new["typo"] = json!(1);
        let answer = app.post(&format!("{brand}/connections"), new).await;
        assert_eq!(answer.header("x-ignored-fields"), "typo, config.url, secrets.apiToken");
        assert_eq!(answer.created()["config"], json!({ "channelLabel": null }));
    }

    async fn a_repeat_with_its_key_makes_one_connection(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/connections");
        let key = [("idempotency-key", "one")];
        let first = app.call_with(&app.key, "POST", &path, good("JIRA"), &key).await.created();
        let again = app.call_with(&app.key, "POST", &path, good("JIRA"), &key).await;
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(again.created(), first);
        assert_eq!(app.get(&path).await.ok(), json!([first]));
    }

    async fn a_brand_has_fifty_connections_at_most(app) {
        let brand = app.brand("acme").await;
        let path = format!("{brand}/connections");
        for _ in 0..50 {
            app.post(&path, good("HTTP")).await.created();
        }
        app.post(&path, good("HTTP")).await.refused(409, "conflict");
        let first = app.get(&path).await.ok();
        app.delete(&format!("{path}/{}", id(&first[0]))).await.with(204);
        let jira = Jira::start().await;
        app.post(&path, to_jira(&jira)).await.created();
    }
}
