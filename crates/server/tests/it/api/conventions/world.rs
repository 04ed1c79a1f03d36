//! Brands with one of everything, the people around them, and requests to every operation of the API document.

use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp};
use serde_json::{Value, json};

use crate::api::{
    given::{execute, member},
    id,
    mail::deliver,
};

/// One of everything that a brand holds.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub brand: String,
    pub status: String,
    pub customer: String,
    pub company: String,
    pub ticket: String,
    pub comment: String,
    pub category: String,
    pub tag: String,
    /// Another tag, to be merged into the first.
    pub other_tag: String,
    /// The key of a definition of a ticket's field.
    pub field: String,
    /// A member who reaches this brand alone.
    pub member: String,
    /// An invitation to this brand alone.
    pub invite: String,
    pub watcher: String,
    /// A file of the ticket.
    pub attachment: String,
    /// A confirmed file that waits for its ticket.
    pub pending: String,
    pub webhook: String,
    /// A delivery of the webhook, which failed: nobody listens there.
    pub delivery: String,
    pub connection: String,
    /// A message that was ignored.
    pub mail: String,
    /// A mail that a relay has refused.
    pub refused: String,
    pub automation: String,
    /// A run of the automation, which failed.
    pub run: String,
    /// A deleted ticket, where a test has made one: the one that is restored.
    pub gone: String,
}

impl World {
    /// A brand with one of everything.
    pub async fn new(app: &TestApp, slug: &str) -> Self {
        let brand = app.brand(slug).await;
        app.patch(&brand, json!({ "portalOrigins": ["https://help.example"] })).await.ok();
        let email = format!("jane@{slug}.example");
        let status = app.post(&format!("{brand}/statuses"), json!({ "name": "Spare", "key": "spare" })).await.created();
        let company = app.post(&format!("{brand}/companies"), json!({ "name": format!("Of {slug}") })).await.created();
        let ticket = app.ticket(&brand, json!({ "title": format!("Of {slug}"), "customerEmail": email })).await;
        let comments = format!("{brand}/tickets/{}/comments", id(&ticket));
        let comment = app.post(&comments, json!({ "body": format!("Of {slug}") })).await.created();
        let category = app.post(&format!("{brand}/categories"), json!({ "name": "Spare" })).await.created();
        let tag = app.post(&format!("{brand}/tags"), json!({ "name": "Spare" })).await.created();
        let other_tag = app.post(&format!("{brand}/tags"), json!({ "name": "Other" })).await.created();
        let field = json!({ "key": format!("of_{slug}"), "label": format!("Of {slug}"), "type": "text" });
        let field = app.post(&format!("{brand}/fields/ticket"), field).await.created();
        let member = member(app, &format!("ana@{slug}.example"), "Ana", &[&brand]).await;
        let guest =
            json!({ "email": format!("guest@{slug}.example"), "brandIds": [brand.trim_start_matches("/brands/")] });
        let invite = app.call(&app.owner().await, "POST", "/members/invite", guest).await.created();
        let watchers = format!("{brand}/tickets/{}/watchers", id(&ticket));
        let watcher = app.post(&watchers, json!({ "email": format!("watcher@{slug}.example") })).await.created();
        let attachment = app.attach(&format!("{brand}/tickets/{}/attachments", id(&ticket)), "of.txt", slug).await;
        let pending = app.attach(&format!("{brand}/attachments/pending"), "waits.txt", slug).await;
        let webhook =
            json!({ "url": "http://127.0.0.1:1/in", "events": ["ticket.merged"], "description": format!("Of {slug}") });
        let webhook = app.post(&format!("{brand}/webhooks"), webhook).await.created();
        let tested = app.post(&format!("{brand}/webhooks/{}/test", id(&webhook)), Value::Null).await.ok();
        let connection = json!({
            "type": "HTTP", "name": format!("Of {slug}"), "config": { "url": "http://127.0.0.1:1/in" },
            "secrets": { "headers": { "X-Of": slug } },
        });
        let connection = app.post(&format!("{brand}/connections"), connection).await.created();
        let mailbox = json!({ "host": "127.0.0.1", "port": 1, "username": format!("of-{slug}"), "password": "sesame" });
        app.put(&format!("{brand}/mailbox"), mailbox).await.ok();
        let relay =
            json!({ "host": "127.0.0.1", "port": 1, "tls": false, "fromEmail": format!("help@{slug}.example") });
        app.put(&format!("{brand}/mail-relay"), relay).await.ok();
        app.post(&format!("{brand}/inbound-token"), Value::Null).await.created();
        let raw =
            format!("From: vacation@{slug}.example\r\nSubject: Of {slug}\r\nAuto-Submitted: auto-replied\r\n\r\nx");
        let mail = deliver(app, slug, raw).await.ok();
        let (automation, run) = automation(app, &brand, slug, id(&webhook), id(&ticket)).await;
        let refused = format!("ml_of_{slug}");
        let row = format!("'{}', '{refused}'", brand.trim_start_matches("/brands/"));
        let columns = "brand_id, id, kind, to_address, subject, state, created_at, body";
        let texts = format!("'automation', 'a@b.example', 'Of {slug}', 'failed', 1, 'x'");
        execute(app, format!("INSERT INTO mail ({columns}) VALUES ({row}, {texts})")).await;
        Self {
            mail: id(&mail).to_owned(),
            refused,
            automation,
            run,
            connection: id(&connection).to_owned(),
            attachment: id(&attachment).to_owned(),
            pending: id(&pending).to_owned(),
            webhook: id(&webhook).to_owned(),
            delivery: id(&tested).to_owned(),
            category: id(&category).to_owned(),
            tag: id(&tag).to_owned(),
            other_tag: id(&other_tag).to_owned(),
            field: field["key"].as_str().expect("a key").to_owned(),
            member,
            invite: id(&invite).to_owned(),
            brand: brand.trim_start_matches("/brands/").to_owned(),
            status: id(&status).to_owned(),
            customer: ticket["customerId"].as_str().expect("an id").to_owned(),
            company: id(&company).to_owned(),
            ticket: id(&ticket).to_owned(),
            comment: id(&comment).to_owned(),
            watcher: id(&watcher).to_owned(),
            gone: String::new(),
        }
    }

    /// Ids that never existed.
    pub fn never() -> Self {
        let id = |prefix: &str| format!("{prefix}_01kdyak43d7trmct2jayyxcg7v");
        Self {
            brand: id("br"),
            status: id("sts"),
            customer: id("cus"),
            company: id("co"),
            ticket: id("tkt"),
            comment: id("cmt"),
            category: id("cat"),
            tag: id("tag"),
            other_tag: id("tag"),
            field: "never".to_owned(),
            member: id("usr"),
            invite: id("inv"),
            watcher: id("wat"),
            attachment: id("att"),
            pending: id("att"),
            webhook: id("wh"),
            delivery: id("whd"),
            connection: id("con"),
            mail: id("ml"),
            refused: id("ml"),
            automation: id("aut"),
            run: id("run"),
            gone: String::new(),
        }
    }

    /// The path of the brand.
    pub fn path(&self) -> String {
        format!("/brands/{}", self.brand)
    }

    /// Every id in it.
    pub fn ids(&self) -> [&str; 22] {
        [
            &self.brand,
            &self.status,
            &self.customer,
            &self.company,
            &self.ticket,
            &self.comment,
            &self.category,
            &self.tag,
            &self.other_tag,
            &self.field,
            &self.member,
            &self.invite,
            &self.watcher,
            &self.attachment,
            &self.pending,
            &self.webhook,
            &self.delivery,
            &self.connection,
            &self.automation,
            &self.run,
            &self.mail,
            &self.refused,
        ]
    }
}

/// An automation with a run that has failed: it calls a webhook that is disabled. No other event starts it.
async fn automation(app: &TestApp, brand: &str, slug: &str, webhook: &str, ticket: &str) -> (String, String) {
    let hook = format!("{brand}/webhooks/{webhook}");
    let new = json!({
        "name": format!("Of {slug}"), "trigger": { "events": ["attachment.created"] },
        "actions": [{ "type": "send_webhook", "webhookId": webhook }],
    });
    let automation = app.post(&format!("{brand}/automations"), new).await.created();
    app.patch(&hook, json!({ "enabled": false })).await.ok();
    app.attach(&format!("{brand}/tickets/{ticket}/attachments"), "another.txt", slug).await;
    app.worker().consume_only().await.expect("the worker works");
    app.patch(&hook, json!({ "enabled": true })).await.ok();
    let runs = app.get(&format!("{brand}/automations/runs")).await.ok();
    (id(&automation).to_owned(), id(&runs["data"][0]).to_owned())
}

/// An operation of the API document.
#[derive(Clone, Debug)]
pub struct Operation {
    pub id: String,
    pub method: String,
    /// Below `/v1`, with `{parameters}`.
    pub path: String,
    pub permission: String,
}

impl Operation {
    /// Every operation that needs a credential of staff.
    pub fn all(app: &TestApp) -> Vec<Self> {
        Self::of(app).into_iter().filter(|operation| operation.permission != "portal").collect()
    }

    /// Every operation of customers.
    pub fn of_customers(app: &TestApp) -> Vec<Self> {
        Self::of(app).into_iter().filter(|operation| operation.permission == "portal").collect()
    }

    fn of(app: &TestApp) -> Vec<Self> {
        let document: Value = serde_json::from_str(app.app.document()).expect("JSON");
        let paths = document["paths"].as_object().expect("paths");
        let operations = paths.iter().flat_map(|(path, methods)| {
            methods.as_object().expect("methods").iter().map(move |(method, operation)| (path, method, operation))
        });
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        operations
            .filter(|(_, _, operation)| operation["security"] != json!([]))
            .map(|(path, method, operation)| Self {
                id: text(&operation["operationId"]),
                method: method.to_uppercase(),
                path: path.trim_start_matches("/v1").to_owned(),
                permission: text(&operation["x-permission"]),
            })
            .collect()
    }

    /// Whether it takes an API key.
    pub fn takes_keys(&self) -> bool {
        !["session", "members", "account", "inbound"].contains(&self.permission.as_str())
    }

    /// Whether it is about things in a brand.
    pub fn in_brand(&self) -> bool {
        self.path.contains("{brandId}")
    }

    /// Its path with these ids.
    pub fn at(&self, brand: &str, things: &World, key: &str) -> String {
        // A search without words is refused.
        let asked = if self.id == "customers.search" { "?q=jane" } else { "" };
        let ticket =
            if self.id == "tickets.restore" && !things.gone.is_empty() { &things.gone } else { &things.ticket };
        let mail = if self.path.ends_with("/resend") { &things.refused } else { &things.mail };
        let attachment = if self.path.contains("/pending/") { &things.pending } else { &things.attachment };
        self.path
            .replace("{attachmentId}", attachment)
            .replace("{brandId}", brand)
            .replace("{statusId}", &things.status)
            .replace("{customerId}", &things.customer)
            .replace("{companyId}", &things.company)
            .replace("{ticketId}", ticket)
            .replace("{commentId}", &things.comment)
            .replace("{categoryId}", &things.category)
            .replace("{tagId}", &things.tag)
            .replace("{entity}", "ticket")
            .replace("{key}", &things.field)
            .replace("{memberId}", &things.member)
            .replace("{inviteId}", &things.invite)
            .replace("{watcherId}", &things.watcher)
            .replace("{webhookId}", &things.webhook)
            .replace("{deliveryId}", &things.delivery)
            .replace("{automationId}", &things.automation)
            .replace("{runId}", &things.run)
            .replace("{connectionId}", &things.connection)
            .replace("{mailId}", mail)
            .replace("{brandSlug}", brand)
            .replace("{keyId}", key)
            + asked
    }
}

/// Sends these bytes with this credential, as this type when there is one.
pub async fn send_raw(
    app: &TestApp,
    key: &str,
    (method, path): (&str, &str),
    kind: Option<&str>,
    body: impl Into<Body>,
) -> Answer {
    let mut request = Request::builder().method(method).uri(format!("/v1{path}"));
    if !key.is_empty() {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    app.send(request.body(body.into()).expect("a request")).await
}
