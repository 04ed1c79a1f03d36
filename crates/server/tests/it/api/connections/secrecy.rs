use dispatch_testkit::{Jira, Receiver, Slack, both, server_key};
use serde_json::json;

use super::{connection, to_crm, to_jira, to_slack, tried};
use crate::api::given::{ask, execute};

both! {
    async fn secrets_are_kept_sealed_and_shown_nowhere(app) {
        let brand = app.brand("acme").await;
        let (slack, jira, crm) = (Slack::start().await, Jira::start().await, Receiver::start().await);
        let hidden = ["XXXXXXXXXXXX", Jira::TOKEN, "top-secret"];
        let mut shown = String::new();
        for new in [to_slack(&slack), to_jira(&jira), to_crm(&crm)] {
            let key = [("idempotency-key", new["type"].as_str().unwrap())];
            let path = format!("{brand}/connections");
            shown += &app.call_with(&app.key, "POST", &path, new.clone(), &key).await.text;
        }
        for path in ["connections", "events", "logs"] {
            shown += &app.get(&format!("{brand}/{path}")).await.text;
        }
        for secret in hidden {
            assert!(!shown.contains(secret), "{shown}");
        }
        for table in ["secrets FROM connection", "reply FROM idempotency", "config FROM connection"] {
            let stored = ask(app, format!("SELECT {table}")).await.join("\n");
            assert!(!stored.is_empty() && hidden.iter().all(|secret| !stored.contains(secret)), "{stored}");
        }
        let sealed = ask(app, "SELECT secrets FROM connection".to_owned()).await;
        assert!(sealed.len() == 3 && sealed.iter().all(|text| text.starts_with("s1.")), "{sealed:?}");
    }

    async fn what_was_sealed_for_one_connection_does_not_open_for_another(app) {
        let (brand, crm) = (app.brand("acme").await, Receiver::start().await);
        let paths = [connection(app, &brand, to_crm(&crm)).await, connection(app, &brand, to_crm(&crm)).await];
        let ids = paths.clone().map(|path| path.rsplit('/').next().unwrap().to_owned());
        let taken = ask(app, format!("SELECT secrets FROM connection WHERE id = '{}'", ids[0])).await.remove(0);
        let opened = server_key().open(&format!("connection.secrets {}", ids[0]), &taken).unwrap();
        assert_eq!(String::from_utf8(opened).unwrap(), r#"[["Authorization","Bearer top-secret"],["X-Team","support"]]"#);
        execute(app, format!("UPDATE connection SET secrets = '{taken}' WHERE id = '{}'", ids[1])).await;
        let answer = tried(app, &paths[1]).await;
        assert_eq!((&answer["ok"], &answer["status"]), (&json!(false), &json!(null)));
        assert!(answer["message"].as_str().unwrap().contains("cannot be opened"), "{answer}");
        assert_eq!(crm.count(), 0);
    }
}
