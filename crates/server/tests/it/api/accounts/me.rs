use dispatch_testkit::{START, both};
use serde_json::Value;

use crate::api::{id, key_for, members};

both! {
    async fn every_key_reads_the_account(app) {
        let account = app.get("/accounts/me").await.ok();
        assert_eq!(members(&account), ["id", "name", "createdAt", "updatedAt"]);
        assert!(id(&account).starts_with("acc_"));
        assert_eq!(account["createdAt"], START);
        let brand = app.brand("acme").await;
        for permissions in ["full", "support", "read"] {
            let key = key_for(app, &brand, permissions).await;
            assert_eq!(app.call(&key, "GET", "/accounts/me", Value::Null).await.ok(), account);
        }
    }

    async fn a_brand_belongs_to_the_account(app) {
        let brand = app.brand("acme").await;
        assert_eq!(app.get(&brand).await.ok()["accountId"], app.get("/accounts/me").await.ok()["id"]);
    }
}
