use std::{future::poll_fn, pin::pin, task::Poll};

use dispatch_testkit::{Database, both, until};
use serde_json::{Value, json};

use crate::api::id;

const KEYS: &str = "/accounts/me/api-keys";

both! {
    async fn a_revoked_key_is_dead_at_once(app) {
        let made = app.post(KEYS, json!({ "name": "Key", "allBrands": true })).await.created();
        let (key, path) = (made["key"].as_str().unwrap(), format!("{KEYS}/{}", id(&made)));
        app.call(key, "GET", "/brands", Value::Null).await.ok();
        let answer = app.delete(&path).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
        app.call(key, "GET", "/brands", Value::Null).await.refused(401, "authentication_error");
        app.delete(&path).await.refused(404, "not_found");
        assert_eq!(app.get(KEYS).await.ok().as_array().unwrap().len(), 1);
    }

    async fn a_key_may_revoke_itself(app) {
        let made = app.post(KEYS, json!({ "name": "Key", "allBrands": true })).await.created();
        let (key, path) = (made["key"].as_str().unwrap(), format!("{KEYS}/{}", id(&made)));
        assert_eq!(app.call(key, "DELETE", &path, Value::Null).await.status, 204);
        app.call(key, "DELETE", &path, Value::Null).await.refused(401, "authentication_error");
    }

    /// The write goes on without the client; so must everything that makes the key stop working. The client leaves
    /// while its write waits (SQLite) or before it is looked at (PostgreSQL, if it is not answered at once): either way what
    /// is listed is what works.
    async fn a_key_that_is_no_longer_listed_no_longer_works_also_when_nobody_waited(app) {
        let made = app.post(KEYS, json!({ "name": "Key", "allBrands": true })).await.created();
        let (key, path) = (made["key"].as_str().unwrap(), format!("{KEYS}/{}", id(&made)));
        app.call(key, "GET", "/brands", Value::Null).await.ok();
        app.get("/brands").await.ok();
        let certain = matches!(app.database, Database::Sqlite(_));
        {
            let mut request = pin!(app.delete(&path));
            poll_fn(|context| {
                match request.as_mut().poll(context) {
                    Poll::Ready(answer) => assert!(!certain && answer.status == 204, "{}", answer.text),
                    Poll::Pending => {}
                }
                Poll::Ready(())
            })
            .await;
        }
        until("what is listed is what works", async || {
            let listed = app.get(KEYS).await.text.contains(id(&made));
            let works = app.call(key, "GET", "/brands", Value::Null).await.status == 200;
            listed == works && !(certain && listed)
        })
        .await;
    }
}
