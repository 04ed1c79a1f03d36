use dispatch_testkit::{Jira, Receiver, Slack, both};
use serde_json::Value;

use super::{connection, to_crm, to_jira, to_slack};
use crate::api::{each, events_of, key_for};

both! {
    async fn connections_are_listed_oldest_first(app) {
        let brand = app.brand("acme").await;
        let (slack, jira, crm) = (Slack::start().await, Jira::start().await, Receiver::start().await);
        for new in [to_slack(&slack), to_jira(&jira), to_crm(&crm)] {
            let path = connection(app, &brand, new).await;
            app.advance_ms(1);
            let one = app.get(&path).await.ok();
            assert_eq!(app.get(&format!("{brand}/connections")).await.ok().as_array().unwrap().last(), Some(&one));
        }
        let all = app.get(&format!("{brand}/connections")).await.ok();
        assert_eq!(each(&all, "type"), ["SLACK", "JIRA", "HTTP"]);
        assert_eq!(app.get(&format!("{brand}/connections?limit=1")).await.invalid(), ["limit"]);
        app.get(&format!("{brand}/connections/con_x")).await.refused(404, "not_found");
    }

    async fn another_brand_has_its_own(app) {
        let (acme, other) = (app.brand("acme").await, app.brand("other").await);
        let path = connection(app, &acme, to_crm(&Receiver::start().await)).await;
        let elsewhere = path.replace(&acme, &other);
        assert_eq!(app.get(&format!("{other}/connections")).await.ok(), Value::Array(Vec::new()));
        app.get(&elsewhere).await.refused(404, "not_found");
        app.post(&format!("{elsewhere}/test"), Value::Null).await.refused(404, "not_found");
    }

    async fn their_events_are_for_admins(app) {
        let brand = app.brand("acme").await;
        connection(app, &brand, to_crm(&Receiver::start().await)).await;
        assert_eq!(events_of(app, &brand, "connection.created").await.len(), 1);
        let support = key_for(app, &brand, "support").await;
        let page = app.call(&support, "GET", &format!("{brand}/events"), Value::Null).await.ok();
        assert!(!each(&page["data"], "type").contains(&"connection.created"), "{page}");
    }
}
