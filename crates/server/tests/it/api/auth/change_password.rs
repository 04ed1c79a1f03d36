use dispatch_testkit::{PASSWORD, both};
use serde_json::json;

use super::login;
use crate::api::auth_works as works;

const PATH: &str = "/auth/password";
const EMAIL: &str = "owner@acme.example";

both! {
    async fn the_new_password_signs_in_and_the_other_sessions_end(app) {
        let (own, other) = (app.owner().await, app.owner().await);
        let body = json!({ "currentPassword": PASSWORD, "newPassword": "another horse" });
        assert_eq!(app.call(&own, "POST", PATH, body).await.ok(), json!({ "success": true }));
        assert!(works(app, &own).await && !works(app, &other).await);
        login(app, EMAIL, PASSWORD).await.refused(401, "authentication_error");
        login(app, EMAIL, "another horse").await.ok();
    }

    async fn a_wrong_present_password_changes_nothing(app) {
        let (own, other) = (app.owner().await, app.owner().await);
        let body = json!({ "currentPassword": "wrong horse", "newPassword": "another horse" });
        assert_eq!(app.call(&own, "POST", PATH, body).await.invalid(), ["currentPassword"]);
        let body = json!({ "currentPassword": "", "newPassword": "short" });
        assert_eq!(app.call(&own, "POST", PATH, body).await.invalid(), ["currentPassword", "newPassword"]);
        assert!(works(app, &other).await);
        login(app, EMAIL, PASSWORD).await.ok();
    }
}
