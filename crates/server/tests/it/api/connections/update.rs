use dispatch_testkit::{Jira, Receiver, Slack, both};
use serde_json::{Value, json};

use super::{connection, to_crm, to_jira, to_slack, tried};
use crate::api::{event_types, last_event};

both! {
    async fn what_is_left_out_stays_and_the_rest_is_told(app) {
        let (brand, jira) = (app.brand("acme").await, Jira::start().await);
        let path = connection(app, &brand, to_jira(&jira)).await;
        let before = app.get(&path).await.ok();
        app.advance_ms(1);
        let patch = json!({ "name": "Bugs", "enabled": false, "config": { "issueType": "Bug", "labels": ["a", "a", "b"] } });
        let after = app.patch(&path, patch).await.ok();
        assert_eq!((&after["name"], &after["enabled"]), (&json!("Bugs"), &json!(false)));
        assert_eq!((&after["config"]["issueType"], &after["config"]["labels"]), (&json!("Bug"), &json!(["a", "b"])));
        assert_eq!(after["config"]["siteUrl"], before["config"]["siteUrl"]);
        assert_ne!(after["updatedAt"], before["updatedAt"]);
        assert_eq!(app.get(&path).await.ok(), after);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["connection"]), (&json!("connection.updated"), &after));
        assert_eq!(event["changes"]["config.issueType"], json!({ "old": "Task", "new": "Bug" }));
        assert_eq!(event["changes"]["name"], json!({ "old": "Engineering", "new": "Bugs" }));
        assert_eq!(tried(app, &path).await["ok"], true, "the secret has stayed");
    }

    async fn a_patch_that_changes_nothing_says_nothing(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let path = connection(app, &brand, to_crm(&crm)).await;
        let (shown, events) = (app.get(&path).await.ok(), event_types(app, &brand).await);
        app.advance_ms(1);
        for patch in [
            json!({}),
            json!({ "name": "CRM", "type": "HTTP", "enabled": true, "config": {}, "secrets": {} }),
            json!({ "config": { "url": crm.url, "bodyTemplate": null } }),
        ] {
            assert_eq!(app.patch(&path, patch).await.ok(), shown);
        }
        assert_eq!(event_types(app, &brand).await, events);
    }

    async fn other_secrets_take_the_place_of_the_present_ones(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let path = connection(app, &brand, to_crm(&crm)).await;
        let after = app.patch(&path, json!({ "secrets": { "headers": { "X-Key": "another" } } })).await.ok();
        assert_eq!(after["secretsSet"], json!({ "headers": true, "headers.X-Key": true }));
        let event = last_event(app, &brand).await;
        assert_eq!(event["changes"]["secretsSet"]["new"], json!({ "headers": true, "headers.X-Key": true }));
        tried(app, &path).await;
        let call = crm.take().remove(0);
        assert_eq!((call.header("x-key"), call.header("authorization"), call.header("x-team")), ("another", "", ""));
        let none = app.patch(&path, json!({ "secrets": { "headers": null } })).await.ok();
        assert_eq!(none["secretsSet"], json!({ "headers": false }));
        assert_eq!(app.problems(&brand).await, [""; 0]);
        // The same secret once more is a change that nobody can see.
        let slack = Slack::start().await;
        let path = connection(app, &brand, to_slack(&slack)).await;
        let seen = event_types(app, &brand).await.len();
        app.patch(&path, json!({ "secrets": { "webhookUrl": slack.url } })).await.ok();
        assert_eq!(event_types(app, &brand).await.len(), seen + 1);
        assert_eq!(last_event(app, &brand).await["changes"], json!({}));
    }

    async fn secrets_go_nowhere_else_without_being_said_again(app) {
        let brand = app.brand("acme").await;
        let (jira, other, crm) = (Jira::start().await, Jira::start().await, Receiver::start().await);
        let path = connection(app, &brand, to_jira(&jira)).await;
        let elsewhere = json!({ "config": { "siteUrl": other.url } });
        assert_eq!(app.patch(&path, elsewhere.clone()).await.invalid(), ["secrets.apiToken"]);
        assert_eq!(app.get(&path).await.ok()["config"]["siteUrl"], jira.url);
        let mut said = elsewhere;
        said["secrets"] = json!({ "apiToken": Jira::TOKEN });
        assert_eq!(app.patch(&path, said).await.ok()["config"]["siteUrl"], other.url);
        assert_eq!(tried(app, &path).await["ok"], true);
        assert_eq!((jira.receiver.count(), other.receiver.count()), (0, 1));

        let path = connection(app, &brand, to_crm(&crm)).await;
        let moved = json!({ "config": { "url": format!("{}/other", crm.url) } });
        assert_eq!(app.patch(&path, moved.clone()).await.invalid(), ["secrets.headers"]);
        app.patch(&path, json!({ "secrets": { "headers": {} } })).await.ok();
        app.patch(&path, moved).await.ok();
    }

    async fn every_wrong_field_of_a_patch_is_named(app) {
        let brand = app.brand("acme").await;
        let (jira, crm) = (Jira::start().await, Receiver::start().await);
        let (jira, crm) = (connection(app, &brand, to_jira(&jira)).await, connection(app, &brand, to_crm(&crm)).await);
        for (path, patch, named) in [
            (&jira, json!({ "name": null }), &["name"][..]),
            (&jira, json!({ "enabled": null }), &["enabled"]),
            (&jira, json!({ "type": "HTTP" }), &["type"]),
            (&jira, json!({ "type": "MAIL" }), &["type"]),
            (&jira, json!({ "config": null }), &["config"]),
            (&jira, json!({ "config": [] }), &["config"]),
            (&jira, json!({ "config": { "siteUrl": null, "labels": ["a b"] } }), &["config.siteUrl", "config.labels[0]"]),
            (&jira, json!({ "secrets": { "apiToken": null } }), &["secrets.apiToken"]),
            (&jira, json!({ "name": "", "config": { "projectKey": "1" }, "secrets": { "apiToken": "" } }), &["name", "config.projectKey", "secrets.apiToken"]),
            (&crm, json!({ "config": { "method": null, "timeoutSeconds": 60 } }), &["config.method", "config.timeoutSeconds"]),
            (&crm, json!({ "config": { "bodyTemplate": "{" } }), &["config.bodyTemplate"]),
            (&crm, json!({ "secrets": { "headers": { "Host": "x" } } }), &["secrets.headers.Host"]),
            (&crm, json!({ "config": { "url": "http://me@x.example" } }), &["secrets.headers", "config.url"]),
        ] {
            let before = app.get(path).await.ok();
            assert_eq!(app.patch(path, patch.clone()).await.invalid(), named, "{patch}");
            assert_eq!(app.get(path).await.ok(), before);
        }
        let ignored = app.patch(&crm, json!({ "config": { "siteUrl": "https://x.example" }, "secrets": { "apiToken": "x" } })).await;
        assert_eq!(ignored.header("x-ignored-fields"), "config.siteUrl, secrets.apiToken");
        ignored.ok();
        let nowhere = format!("{brand}/connections/con_x");
        app.patch(&nowhere, json!({ "name": Value::Null })).await.refused(404, "not_found");
        app.patch(&nowhere, json!({ "config": { "url": 1 } })).await.refused(404, "not_found");
    }
}
