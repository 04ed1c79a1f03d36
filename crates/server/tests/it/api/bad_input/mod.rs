//! What the API refuses: the error that the contract names, and nothing written.

mod bytes;
mod fields;
mod places;

use dispatch_testkit::TestApp;
use serde_json::{Value, json};

use super::given::{path, position, status, text};

/// A brand with one of everything, and the good body of every operation that reads one.
pub struct World {
    brand: String,
    ticket: String,
    operations: Vec<Operation>,
}

/// An operation with a path and a body that are right.
pub struct Operation {
    /// As the API document calls it.
    pub id: &'static str,
    pub method: &'static str,
    pub path: String,
    pub body: Value,
}

impl World {
    pub async fn new(app: &TestApp) -> Self {
        let brand = app.brand("acme").await;
        let ticket =
            path(&brand, &app.ticket(&brand, json!({ "title": "T", "customerEmail": "jane@example.com" })).await);
        let comment = app.post(&format!("{ticket}/comments"), json!({ "body": "B" })).await.created();
        let comment = format!("{ticket}/comments/{}", text(&comment, "id"));
        app.ticket(&brand, json!({ "title": "Another" })).await;
        let watcher = app.post(&format!("{ticket}/watchers"), json!({ "email": "w@x.example" })).await.created();
        let watcher = format!("{ticket}/watchers/{}", text(&watcher, "id"));
        status(app, &brand, "doing", true).await;
        let customer = app.get(&format!("{brand}/customers")).await.ok();
        let customer = format!("{brand}/customers/{}", text(&customer["data"][0], "id"));
        let key = app.post("/accounts/me/api-keys", json!({ "name": "K", "allBrands": true })).await.created();
        let key = format!("/accounts/me/api-keys/{}", text(&key, "id"));
        let none = || json!({});
        let operations = [
            ("apiKeys.create", "POST", "/accounts/me/api-keys".to_owned(), json!({ "name": "N", "allBrands": true })),
            ("apiKeys.update", "PATCH", key.clone(), none()),
            ("apiKeys.setScope", "PATCH", format!("{key}/scope"), none()),
            ("brands.create", "POST", "/brands".to_owned(), json!({ "name": "N" })),
            ("brands.update", "PATCH", brand.clone(), none()),
            ("brands.updateSchema", "PUT", format!("{brand}/schema"), none()),
            ("statuses.create", "POST", format!("{brand}/statuses"), json!({ "name": "N", "key": "n" })),
            ("statuses.update", "PATCH", format!("{brand}/statuses/doing"), none()),
            (
                "statuses.reorder",
                "POST",
                format!("{brand}/statuses/reorder"),
                json!({ "statusIds": ["open", "pending", "doing", "resolved", "closed"] }),
            ),
            ("statuses.delete", "DELETE", format!("{brand}/statuses/doing"), json!({ "replacementStatusId": "open" })),
            ("customers.create", "POST", format!("{brand}/customers"), json!({ "email": "new@example.com" })),
            ("customers.update", "PATCH", customer, none()),
            ("tickets.create", "POST", format!("{brand}/tickets"), json!({ "title": "N" })),
            ("tickets.update", "PATCH", ticket.clone(), none()),
            (
                "tickets.bulk",
                "POST",
                format!("{brand}/tickets/bulk"),
                json!({ "action": "close", "ticketIds": ["DT-1001"] }),
            ),
            ("tickets.setSpam", "POST", format!("{ticket}/spam"), json!({ "isSpam": false })),
            ("tickets.merge", "POST", format!("{ticket}/merge"), json!({ "sourceTicketIds": ["DT-1002"] })),
            ("watchers.add", "POST", format!("{ticket}/watchers"), json!({ "email": "n@x.example" })),
            ("watchers.update", "PATCH", watcher, none()),
            ("comments.create", "POST", format!("{ticket}/comments"), json!({ "body": "N" })),
            ("comments.update", "PATCH", comment, none()),
        ];
        let operations =
            operations.into_iter().map(|(id, method, path, body)| Operation { id, method, path, body }).collect();
        Self { brand, ticket, operations }
    }

    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// What stands for each parameter of a path.
    pub fn names(&self) -> Vec<(&'static str, String)> {
        let last = |id: &str| {
            let path = &self.operations.iter().find(|operation| operation.id == id).expect(id).path;
            path.rsplit('/').next().expect("an id").to_owned()
        };
        vec![
            ("keyId", last("apiKeys.update")),
            ("brandId", last("brands.update")),
            ("statusId", last("statuses.update")),
            ("customerId", last("customers.update")),
            ("ticketId", last("tickets.update")),
            ("commentId", last("comments.update")),
            ("watcherId", last("watchers.update")),
        ]
    }

    /// Everything that a refused request could have written.
    pub async fn everything(&self, app: &TestApp) -> Value {
        let brands = app.get("/brands").await.ok();
        let keys: Vec<Value> = app
            .get("/accounts/me/api-keys")
            .await
            .ok()
            .as_array()
            .unwrap()
            .iter()
            .map(|key| {
                let mut key = key.clone();
                key["lastUsedAt"] = Value::Null;
                key
            })
            .collect();
        json!([
            brands,
            keys,
            position(app, &self.brand).await,
            app.delete(&self.brand).await.ok(), // only counts, without confirm
            app.get(&format!("{}/statuses/stats", self.brand)).await.ok(),
            app.get(&format!("{}/tickets", self.brand)).await.ok(),
            app.get(&format!("{}/comments", self.ticket)).await.ok(),
            app.get(&format!("{}/watchers", self.ticket)).await.ok(),
            app.get(&format!("{}/customers", self.brand)).await.ok(),
        ])
    }
}
