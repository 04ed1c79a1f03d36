//! One word in every place that a customer's text can go; then it is purged or erased, and must be nowhere: in no table, in no file.

use std::{collections::BTreeSet, fs, path::Path};

use dispatch_store::{Db, conn::file_in};
use dispatch_testkit::{Answering, Database, Receiver, TestApp, both};
use serde_json::{Value, json};

use super::DAY;
use crate::api::{
    given::{ask, execute, path, places, text},
    id,
    mail::{deliver, message},
    mails::with_relay,
};

const WORD: &str = "quetzalcoatlus";
/// Without its first letter: the index of the search keeps what a word has in common with the one before it only once.
const TAIL: &[u8] = b"uetzalcoatlus";
const EMAIL: &str = "quetzalcoatlus@birds.example";

/// Every place of the customer's text must have been one of these; one that is missing was not filled by the test.
const TABLES: [&str; 13] = [
    "attachment",
    "comment",
    "company",
    "customer",
    "delivery",
    "event",
    "feedback",
    "idempotency",
    "mail",
    "mail_participant",
    "ticket",
    "ticket_field",
    "watcher",
];

/// Looks below a folder for files with the word in their bytes or their name.
fn look(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            look(&entry, found);
            continue;
        }
        let bytes = fs::read(&entry).expect("a file").to_ascii_lowercase();
        let name = entry.display().to_string();
        if name.contains(WORD) || bytes.windows(TAIL.len()).any(|window| window == TAIL) {
            found.push(name);
        }
    }
}

/// The files of the server that hold the word: those of the database, and those that were attached.
fn files(app: &TestApp) -> Vec<String> {
    let mut found = Vec::new();
    look(app.folder.path(), &mut found);
    if let Database::Sqlite(folder) = &app.database {
        look(folder.path(), &mut found);
    }
    found
}

/// Lets SQLite make its file anew. `secure_delete` overwrites what is removed, but for copies that SQLite has left in unused parts of
/// pages while it moved rows (docs/retention.md); what the index of the search still held would be copied.
async fn anew(app: &TestApp) {
    if let Database::Sqlite(folder) = &app.database {
        assert_eq!(ask(app, "SELECT CAST(secure_delete AS TEXT) FROM pragma_secure_delete".to_owned()).await, ["1"]);
        Db::vacuum_sqlite(&file_in(folder.path())).expect("a new file");
        assert!(app.db.empty_log().await.expect("a log"));
    }
}

/// The tables that hold the word.
async fn tables(app: &TestApp) -> BTreeSet<String> {
    places(app, WORD).await.iter().map(|place| place.split('.').next().expect("a table").to_owned()).collect()
}

/// What somebody leaves behind who has nothing but one word: the brand, its ticket, the ticket of a mail, the customer; and who is told
/// of everything.
async fn left_behind(app: &TestApp) -> (String, Value, Value, String, Receiver) {
    let brand = app.brand("acme").await;
    // It repeats what it was told.
    let hook = Receiver::judging(|told| {
        let knows = told.json().to_string().to_lowercase().contains(WORD);
        Answering::text(200, if knows { "thanks for the quetzalcoatlus" } else { "thanks" })
    })
    .await;
    app.post(&format!("{brand}/webhooks"), json!({ "url": hook.url, "events": ["*"] })).await.created();
    let rule = json!({
        "name": "Quotes", "trigger": { "events": ["ticket.created"] },
        "conditions": { "all": [{ "field": "priority", "op": "eq", "value": "high" }] },
        "actions": [{ "type": "add_note", "body": "They say: {{ticket.title}}" }],
    });
    app.post(&format!("{brand}/automations"), rule).await.created();
    let person = json!({
        "email": EMAIL, "name": "Quetzalcoatlus", "avatarUrl": "https://birds.example/quetzalcoatlus.png",
        "customFields": { "a": "quetzalcoatlus" }, "metadata": { "quetzalcoatlus": ["quetzalcoatlus"] },
    });
    let customer = id(&app.post(&format!("{brand}/customers"), person).await.created()).to_owned();
    let header = [("idempotency-key", "once")];
    let body = json!({
        "title": "A quetzalcoatlus", "body": "I am a quetzalcoatlus.", "customerEmail": EMAIL, "priority": "high",
        "createdBy": EMAIL, "customFields": { "kind": "quetzalcoatlus" }, "metadata": { "kind": "quetzalcoatlus" },
        "sourceId": "quetzalcoatlus-1", "sourceData": { "raw": "quetzalcoatlus" },
        "links": [{ "url": "https://birds.example", "title": "quetzalcoatlus" }],
    });
    let ticket = app.call_with(&app.key, "POST", &format!("{brand}/tickets"), body, &header).await.created();
    let own = path(&brand, &ticket);
    let change = json!({ "title": "Another quetzalcoatlus", "customFields": { "quetzalcoatlus": 1 }, "metadata": { "m": "quetzalcoatlus" } });
    app.patch(&own, change).await.ok();
    app.attach(&format!("{own}/attachments"), "quetzalcoatlus.txt", "a quetzalcoatlus").await;
    let body =
        json!({ "body": "Mine: quetzalcoatlus", "authorType": "CUSTOMER", "sourceData": { "raw": "quetzalcoatlus" } });
    app.post(&format!("{own}/comments"), body).await.created();
    let of = brand.trim_start_matches("/brands/");
    execute(
        app,
        format!(
            "INSERT INTO watcher (brand_id, ticket_id, id, email, name, added_at, notify_on_comment, notify_on_status_change)
            VALUES ('{of}', '{}', 'wat_1', '{EMAIL}', 'Quetzalcoatlus', 0, TRUE, TRUE)",
            id(&ticket)
        ),
    )
    .await;
    let headers = format!(
        "From: Quetzalcoatlus <{EMAIL}>\r\nMessage-ID: <1@example>\r\nSubject: My quetzalcoatlus\r\n\
         Cc: friend.{EMAIL}\r\n"
    );
    let mail = deliver(app, "acme", message(&headers, "a quetzalcoatlus")).await.created();
    let mailed = app.get(&format!("{brand}/tickets/{}", text(&mail, "ticketId"))).await.ok();
    app.post(&format!("{own}/survey"), json!({ "delayMinutes": 0 })).await.created();
    let (relay, sending) = with_relay(app).await;
    sending.drain().await;
    let survey = relay.taken().into_iter().find(|mail| mail.text().contains("/rate/")).expect("a survey").text();
    let token = survey.split("/rate/").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a token");
    let answer = json!({ "rating": 1, "comment": "fine quetzalcoatlus" });
    app.call("", "POST", &format!("/feedback/{token}"), answer).await.ok();
    sending.drain().await;
    (brand, ticket, mailed, customer, hook)
}

/// A comment of the person on a ticket that stays, its answer by mail, and a company of its name; all of it deleted.
async fn deleted_elsewhere(app: &TestApp, brand: &str) -> Value {
    let headers = "From: joe@example.com\r\nMessage-ID: <2@example>\r\nSubject: About a bird\r\n";
    let mail = deliver(app, "acme", message(headers, "hello")).await.created();
    let other = app.get(&format!("{brand}/tickets/{}", text(&mail, "ticketId"))).await.ok();
    let there = path(brand, &other);
    let file = app.attach(&format!("{there}/attachments"), "quetzalcoatlus 2.txt", "a quetzalcoatlus too").await;
    let body = json!({ "body": "quetzalcoatlus", "authorName": "Quetzalcoatlus", "metadata": { "quetzalcoatlus": 1 }, "attachmentIds": [id(&file)] });
    let comment = app.post(&format!("{there}/comments"), body).await.created();
    app.patch(&format!("{there}/comments/{}", id(&comment)), json!({ "body": "no quetzalcoatlus" })).await.ok();
    app.delete(&format!("{there}/comments/{}", id(&comment))).await.ok();
    let headers =
        "From: joe@example.com\r\nMessage-ID: <3@example>\r\nReferences: <2@example>\r\nSubject: quetzalcoatlus\r\n";
    let answer = deliver(app, "acme", message(headers, "it was a quetzalcoatlus")).await.created();
    app.delete(&format!("{there}/comments/{}", text(&answer, "commentId"))).await.ok();
    let company = json!({ "name": "Quetzalcoatlus Inc", "domain": "quetzalcoatlus.example", "metadata": { "a": "quetzalcoatlus" } });
    let company = app.post(&format!("{brand}/companies"), company).await.created();
    let joe = text(&other, "customerId");
    app.patch(&format!("{brand}/customers/{joe}"), json!({ "companyId": id(&company) })).await.ok();
    app.patch(&there, json!({ "priority": "low" })).await.ok();
    app.delete(&format!("{brand}/companies/{}", id(&company))).await.ok();
    let (_relay, sending) = with_relay(app).await;
    sending.drain().await;
    app.get(&there).await.ok()
}

both! {
    async fn what_was_deleted_long_ago_is_nowhere(app) {
        let (brand, ticket, mailed, customer, _hook) = left_behind(app).await;
        let other = deleted_elsewhere(app, &brand).await;
        let filled = tables(app).await;
        for table in TABLES {
            assert!(filled.contains(table), "the word stands in {table}: {filled:?}");
        }
        assert!(files(app).len() >= 2, "{:?}", files(app));
        for gone in [&ticket, &mailed] {
            app.delete(&path(&brand, gone)).await.ok();
        }
        app.delete(&format!("{brand}/customers/{customer}")).await.ok();
        let (_relay, sending) = with_relay(app).await;
        sending.drain().await;
        let before = app.events(&brand).await;
        app.advance_ms(30 * DAY - 1);
        sending.drain().await;
        assert!(tables(app).await.contains("ticket"), "it is kept for thirty days");
        app.advance_ms(1);
        sending.drain().await;
        assert_eq!(places(app, WORD).await, [""; 0]);
        assert_eq!(ask(app, "SELECT mail_id FROM mail_raw ORDER BY mail_id".to_owned()).await.len(), 1, "the mail of joe's ticket");
        // The files of SQLite are wiped a day later.
        app.advance_ms(DAY);
        sending.drain().await;
        anew(app).await;
        assert_eq!(files(app), [""; 0]);
        assert_eq!(app.problems(&brand).await, [""; 0]);
        assert_eq!(app.get("/accounts/me/usage").await.ok()["storageBytes"], 0);
        let after = app.events(&brand).await;
        assert_eq!(after.len(), before.len(), "the log keeps its order without holes");
        for (old, new) in before.iter().zip(&after) {
            for kept in ["id", "sequence", "type", "createdAt", "source", "entityId", "ticketId"] {
                assert_eq!(old[kept], new[kept]);
            }
        }
        let there = app.get(&path(&brand, &other)).await.ok();
        assert_eq!((&there["title"], &there["customerEmail"]), (&json!("About a bird"), &json!("joe@example.com")));
        for gone in [&ticket, &mailed] {
            app.post(&format!("{}/restore", path(&brand, gone)), Value::Null).await.refused(404, "not_found");
        }
    }

    async fn what_was_erased_is_nowhere_either(app) {
        let (brand, ticket, _, customer, _hook) = left_behind(app).await;
        app.post(&format!("{brand}/customers/{customer}/erase"), Value::Null).await.ok();
        let (_relay, sending) = with_relay(app).await;
        sending.drain().await;
        let friend = "friend.quetzalcoatlus@birds.example";
        // The key of a custom field is no word of the customer; whose value it was is gone.
        let field = format!("customfields.{WORD}");
        let is_left = |place: &String| place.to_lowercase().replace(friend, "").replace(&field, "").contains(WORD);
        let left: Vec<String> = places(app, WORD).await.into_iter().filter(is_left).collect();
        assert_eq!(left, [""; 0]);
        let notes = app.get(&format!("{}/comments?authorType=STAFF", path(&brand, &ticket))).await.ok();
        assert_eq!(notes[0]["body"], "[erased]", "what an automation quoted");
        assert_eq!(app.problems(&brand).await, [""; 0]);
    }
}
