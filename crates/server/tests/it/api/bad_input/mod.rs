//! What the API refuses: the error that the contract names, and nothing written.

mod bytes;
mod fields;
mod places;
mod together;

use dispatch_testkit::TestApp;
use serde_json::{Value, json};

use super::{
    given::{member, path, position, status, text},
    mail::deliver,
};

/// A brand with one of everything, and the good body of every operation that reads one.
pub struct World {
    brand: String,
    ticket: String,
    /// A session of the owner.
    owner: String,
    invite: String,
    upload: String,
    mail: String,
    /// The token of the ticket's customer in the portal.
    customer: String,
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
        let company = app.post(&format!("{brand}/companies"), json!({ "name": "C" })).await.created();
        let company = format!("{brand}/companies/{}", text(&company, "id"));
        let key = app.post("/accounts/me/api-keys", json!({ "name": "K", "allBrands": true })).await.created();
        let key = format!("/accounts/me/api-keys/{}", text(&key, "id"));
        let category = app.post(&format!("{brand}/categories"), json!({ "name": "Spare" })).await.created();
        let category = format!("{brand}/categories/{}", text(&category, "id"));
        let tag = app.post(&format!("{brand}/tags"), json!({ "name": "Spare" })).await.created();
        let tag = format!("{brand}/tags/{}", text(&tag, "id"));
        let field = json!({ "key": "plan", "label": "L", "type": "text" });
        app.post(&format!("{brand}/fields/ticket"), field).await.created();
        let file = json!({ "filename": "a.txt", "contentType": "text/plain" });
        let attachments = format!("{ticket}/attachments");
        let upload = app.post(&attachments, file.clone()).await.created();
        let hook = json!({ "url": "https://hooks.example/in", "events": ["ticket.merged"] });
        let webhook = app.post(&format!("{brand}/webhooks"), hook.clone()).await.created();
        let webhook = format!("{brand}/webhooks/{}", text(&webhook, "id"));
        let rule = json!({
            "name": "N",
            "trigger": { "events": ["ticket.merged"] },
            "actions": [{ "type": "set_priority", "priority": "low" }],
        });
        let automation = app.post(&format!("{brand}/automations"), rule.clone()).await.created();
        let automations = json!({ "automationIds": [automation["id"]] });
        let automation = format!("{brand}/automations/{}", text(&automation, "id"));
        let slack = json!({
            "type": "SLACK", "name": "N", "config": {}, "secrets": { "webhookUrl": "https://hooks.example/services/x" },
        });
        let connection = app.post(&format!("{brand}/connections"), slack.clone()).await.created();
        let connection = format!("{brand}/connections/{}", text(&connection, "id"));
        let raw = "From: a@x.example\r\nAuto-Submitted: auto-replied\r\n\r\nx";
        let mail = deliver(app, brand.trim_start_matches("/brands/"), raw).await.ok();
        let mail = format!("{brand}/mail/{}", text(&mail, "id"));
        let portal_token = super::portal::token(app, &brand, "jane@example.com").await;
        let own = format!("/portal/tickets/{}", ticket.rsplit('/').next().expect("an id"));
        let portal_file = file.clone();
        app.patch(&brand, json!({ "portalOrigins": ["https://help.example"] })).await.ok();
        let page = "https://help.example/portal";
        let owner = app.owner().await;
        let ana = member(app, "ana@acme.example", "Ana", &[]).await;
        let invite =
            app.call(&owner, "POST", "/members/invite", json!({ "email": "guest@acme.example" })).await.created();
        let email = json!({ "email": "nobody@acme.example" });
        let setup = json!({
            "setupToken": "t", "accountName": "N", "email": "nobody@acme.example", "password": "correct horse",
        });
        let none = || json!({});
        let operations = [
            ("accounts.update", "PATCH", "/accounts/me".to_owned(), none()),
            ("accounts.delete", "DELETE", "/accounts/me".to_owned(), json!({ "confirmation": "DELETE" })),
            ("auth.setup", "POST", "/auth/setup".to_owned(), setup),
            ("auth.login", "POST", "/auth/login".to_owned(), json!({ "email": "n@acme.example", "password": "p" })),
            ("auth.magicLink", "POST", "/auth/magic-link".to_owned(), email.clone()),
            ("auth.verify", "POST", "/auth/verify".to_owned(), json!({ "token": "t" })),
            ("auth.forgotPassword", "POST", "/auth/password/forgot".to_owned(), email),
            (
                "auth.resetPassword",
                "POST",
                "/auth/password/reset".to_owned(),
                json!({ "token": "t", "password": "correct horse" }),
            ),
            (
                "auth.changePassword",
                "POST",
                "/auth/password".to_owned(),
                json!({ "currentPassword": "p", "newPassword": "correct horse" }),
            ),
            ("auth.confirmTotp", "POST", "/auth/totp/confirm".to_owned(), json!({ "code": "000000" })),
            ("auth.disableTotp", "POST", "/auth/totp/disable".to_owned(), json!({ "password": "p", "code": "000000" })),
            ("auth.logout", "POST", "/auth/logout".to_owned(), none()),
            ("auth.acceptInvite", "POST", "/auth/accept-invite".to_owned(), json!({ "token": "t" })),
            ("auth.switchAccount", "POST", "/auth/switch-account".to_owned(), json!({ "accountId": "acc_x" })),
            ("auth.transferOwnership", "POST", "/auth/transfer-ownership".to_owned(), json!({ "memberId": "usr_x" })),
            ("profile.update", "PATCH", "/auth/profile".to_owned(), none()),
            (
                "profile.requestAvatar",
                "POST",
                "/auth/profile/avatar".to_owned(),
                json!({ "filename": "a.png", "contentType": "image/png" }),
            ),
            (
                "profile.confirmAvatar",
                "POST",
                "/auth/profile/avatar/confirm".to_owned(),
                json!({ "uploadId": "att_x" }),
            ),
            ("members.invite", "POST", "/members/invite".to_owned(), json!({ "email": "new@example.com" })),
            ("members.update", "PATCH", format!("/members/{ana}"), none()),
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
            ("companies.create", "POST", format!("{brand}/companies"), json!({ "name": "N" })),
            ("companies.update", "PATCH", company, none()),
            ("tickets.create", "POST", format!("{brand}/tickets"), json!({ "title": "N" })),
            ("tickets.update", "PATCH", ticket.clone(), none()),
            (
                "tickets.bulk",
                "POST",
                format!("{brand}/tickets/bulk"),
                json!({ "action": "close", "ticketIds": ["DT-1001"] }),
            ),
            ("tickets.setSpam", "POST", format!("{ticket}/spam"), json!({ "isSpam": false })),
            ("tickets.sendSurvey", "POST", format!("{ticket}/survey"), none()),
            ("tickets.merge", "POST", format!("{ticket}/merge"), json!({ "sourceTicketIds": ["DT-1002"] })),
            ("watchers.add", "POST", format!("{ticket}/watchers"), json!({ "email": "n@x.example" })),
            ("watchers.update", "PATCH", watcher, none()),
            ("comments.create", "POST", format!("{ticket}/comments"), json!({ "body": "N" })),
            ("comments.update", "PATCH", comment, none()),
            ("attachments.requestUpload", "POST", attachments, file.clone()),
            ("attachments.requestPendingUpload", "POST", format!("{brand}/attachments/pending"), file),
            ("attachments.urls", "POST", format!("{brand}/attachments/urls"), json!({ "ids": ["att_x"] })),
            ("tickets.presence", "POST", format!("{ticket}/presence"), json!({ "state": "viewing" })),
            ("webhooks.create", "POST", format!("{brand}/webhooks"), hook),
            ("webhooks.update", "PATCH", webhook.clone(), none()),
            ("webhooks.rotateSecret", "POST", format!("{webhook}/rotate-secret"), none()),
            ("webhooks.replay", "POST", format!("{webhook}/replay"), json!({ "since": "2026-01-01T00:00:00Z" })),
            ("automations.create", "POST", format!("{brand}/automations"), rule),
            ("automations.update", "PATCH", automation.clone(), none()),
            ("automations.reorder", "POST", format!("{brand}/automations/reorder"), automations),
            ("automations.test", "POST", format!("{automation}/test"), json!({ "ticketId": "DT-1001" })),
            ("connections.create", "POST", format!("{brand}/connections"), slack),
            ("connections.update", "PATCH", connection, none()),
            (
                "mail.setMailbox",
                "PUT",
                format!("{brand}/mailbox"),
                json!({ "host": "127.0.0.1", "username": "acme", "password": "sesame" }),
            ),
            (
                "mail.setRelay",
                "PUT",
                format!("{brand}/mail-relay"),
                json!({ "host": "127.0.0.1", "username": "acme", "password": "sesame", "fromEmail": "a@b.example" }),
            ),
            ("mail.reprocess", "POST", format!("{mail}/reprocess"), none()),
            ("categories.create", "POST", format!("{brand}/categories"), json!({ "name": "N" })),
            ("categories.update", "PATCH", category.clone(), none()),
            ("categories.reorder", "POST", format!("{brand}/categories/reorder"), json!({ "categoryIds": ["spare"] })),
            ("categories.delete", "DELETE", category, none()),
            ("tags.create", "POST", format!("{brand}/tags"), json!({ "name": "N" })),
            ("tags.update", "PATCH", tag.clone(), none()),
            ("tags.merge", "POST", format!("{tag}/merge"), json!({ "sourceTagIds": ["tag_x"] })),
            (
                "fields.create",
                "POST",
                format!("{brand}/fields/ticket"),
                json!({ "key": "n", "label": "N", "type": "select", "options": ["a"] }),
            ),
            ("fields.update", "PATCH", format!("{brand}/fields/ticket/plan"), none()),
            (
                "brands.createPortalToken",
                "POST",
                format!("{brand}/portal/token"),
                json!({ "email": "new@example.com" }),
            ),
            (
                "brands.sendPortalLink",
                "POST",
                format!("{brand}/portal/magic-link"),
                json!({ "email": "jane@example.com", "portalUrl": page }),
            ),
            (
                "portal.sendLink",
                "POST",
                "/portal/magic-link".to_owned(),
                json!({ "brand": "acme", "email": "jane@example.com", "portalUrl": page }),
            ),
            ("feedback.submit", "POST", "/feedback/t".to_owned(), json!({ "rating": 1 })),
            ("portal.verify", "POST", "/portal/verify".to_owned(), json!({ "token": "t" })),
            ("portal.createTicket", "POST", "/portal/tickets".to_owned(), json!({ "title": "T" })),
            ("portal.createComment", "POST", format!("{own}/comments"), json!({ "body": "B" })),
            ("portal.requestUpload", "POST", format!("{own}/attachments"), portal_file.clone()),
            ("portal.requestPendingUpload", "POST", "/portal/tickets/attachments/pending".to_owned(), portal_file),
            ("fields.reorder", "POST", format!("{brand}/fields/ticket/reorder"), json!({ "keys": ["plan"] })),
        ];
        let operations =
            operations.into_iter().map(|(id, method, path, body)| Operation { id, method, path, body }).collect();
        let invite = text(&invite, "id").to_owned();
        let upload = text(&upload, "id").to_owned();
        let mail = mail.rsplit('/').next().expect("an id").to_owned();
        Self { mail, customer: portal_token, brand, ticket, owner, invite, upload, operations }
    }

    /// Who may do an operation: the owner where a session is needed, else a key.
    pub fn credential<'w>(&'w self, app: &'w TestApp, operation: &str) -> &'w str {
        let by_session =
            operation.starts_with("auth.") || operation.starts_with("profile.") || operation.starts_with("members.");
        if operation.starts_with("portal.") {
            &self.customer
        } else if by_session || ["accounts.update", "accounts.delete", "tickets.presence"].contains(&operation) {
            &self.owner
        } else {
            &app.key
        }
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
            ("memberId", last("members.update")),
            ("inviteId", self.invite.clone()),
            ("token", "t".to_owned()),
            ("brandId", last("brands.update")),
            ("statusId", last("statuses.update")),
            ("customerId", last("customers.update")),
            ("companyId", last("companies.update")),
            ("ticketId", last("tickets.update")),
            ("commentId", last("comments.update")),
            ("categoryId", last("categories.update")),
            ("tagId", last("tags.update")),
            ("entity", last("fields.create")),
            ("key", last("fields.update")),
            ("watcherId", last("watchers.update")),
            ("attachmentId", self.upload.clone()),
            ("webhookId", last("webhooks.update")),
            // No delivery has it: what cannot be a name is looked at first.
            ("deliveryId", "whd_x".to_owned()),
            ("automationId", last("automations.update")),
            ("runId", "run_x".to_owned()),
            ("connectionId", last("connections.update")),
            ("mailId", self.mail.clone()),
            ("brandSlug", "acme".to_owned()),
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
            app.get("/accounts/me").await.ok(),
            app.get("/members").await.ok(),
            position(app, &self.brand).await,
            app.delete(&self.brand).await.ok(), // only counts, without confirm
            app.get(&format!("{}/statuses/stats", self.brand)).await.ok(),
            app.get(&format!("{}/tickets", self.brand)).await.ok(),
            app.get(&format!("{}/comments", self.ticket)).await.ok(),
            app.get(&format!("{}/watchers", self.ticket)).await.ok(),
            app.get(&format!("{}/feedback", self.ticket)).await.ok(),
            app.get(&format!("{}/attachments", self.ticket)).await.ok(),
            app.get(&format!("{}/webhooks", self.brand)).await.ok(),
            app.get(&format!("{}/automations", self.brand)).await.ok(),
            app.get(&format!("{}/connections", self.brand)).await.ok(),
            app.get(&format!("{}/mail", self.brand)).await.ok(),
            app.get(&format!("{}/feedback", self.ticket)).await.ok(),
            app.get(&format!("{}/customers", self.brand)).await.ok(),
            app.get(&format!("{}/categories", self.brand)).await.ok(),
            app.get(&format!("{}/tags", self.brand)).await.ok(),
            app.get(&format!("{}/companies", self.brand)).await.ok(),
        ])
    }
}
