//! `/brands/{brandId}/mailbox`, and the mail that is fetched by IMAP.

use dispatch_mailroom::imap::Poller;
use dispatch_testkit::{Answering, Imap, Receiver, TestApp, both, until};
use serde_json::{Value, json};

use super::message;
use crate::api::{event_types, last_event, webhooks::guard::guarded};

const SECOND: i64 = 1_000;

/// A message with this Message-ID.
fn mail(id: &str) -> String {
    message(&format!("Message-ID: <{id}@example.com>\r\n"), id)
}

/// Looks into every mailbox that is due, and at everything that came.
async fn look(app: &TestApp) {
    Poller::new(app.app.mailroom().clone(), app.app.seams().outbound.clone()).look_at_all().await.expect("a database");
    app.drain().await;
}

/// The same when the next look is due.
async fn look_again(app: &TestApp) {
    app.advance_ms(60 * SECOND);
    look(app).await;
}

/// The outcomes of what came, oldest first, each behind what its Message-ID begins with.
async fn outcomes(app: &TestApp, brand: &str) -> Vec<String> {
    let page = app.get(&format!("{brand}/mail?direction=in&limit=100")).await.ok();
    let mut all: Vec<String> = page["data"]
        .as_array()
        .expect("records")
        .iter()
        .map(|one| {
            assert_eq!(one["channel"], "imap");
            let id = one["messageId"].as_str().unwrap_or_default().trim_start_matches('<');
            format!("{} {}", id.split('@').next().unwrap_or_default(), one["outcome"].as_str().expect("an outcome"))
        })
        .collect();
    all.reverse();
    all
}

fn with(imap: &Imap, more: Value) -> Value {
    let mut setting = imap.setting();
    setting.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    setting
}

both! {
    /// What nobody has seen is taken at first, and from then on what comes.
    async fn mail_of_a_mailbox_becomes_tickets(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        let (old, one) = (imap.put("INBOX", mail("old")), imap.put("INBOX", mail("one")));
        imap.flag(old, "\\Seen");
        let path = format!("{brand}/mailbox");
        let set = app.put(&path, imap.setting()).await.ok();
        let shown = json!({
            "host": "127.0.0.1", "port": imap.port, "tls": false, "username": "ana", "auth": "password", "oauth": null, "folder": "INBOX",
            "pollSeconds": 60, "afterProcess": "seen", "moveTo": null, "enabled": true, "lastPollAt": null, "lastError": null, "lastUid": null,
        });
        assert_eq!(set, shown);
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["data"]["mailbox"]), (&json!("mailbox.created"), &shown));
        look(app).await;
        assert_eq!(outcomes(app, &brand).await, ["one created"]);
        assert!(imap.lying("INBOX").iter().find(|lying| lying.uid == one).unwrap().flags.contains("\\Seen"));
        let state = app.get(&path).await.ok();
        assert_eq!((&state["lastUid"], &state["lastError"]), (&json!(2), &Value::Null));
        assert_eq!(state["lastPollAt"], json!(app.clock.now()));
        // Not before its time, and nothing twice.
        let two = imap.put("INBOX", mail("two"));
        imap.flag(two, "\\Seen");
        app.advance_ms(60 * SECOND - 1);
        look(app).await;
        assert_eq!(outcomes(app, &brand).await, ["one created"]);
        app.advance_ms(1);
        look(app).await;
        look_again(app).await;
        assert_eq!(outcomes(app, &brand).await, ["one created", "two created"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn what_was_taken_is_dealt_with_as_is_set(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        let path = format!("{brand}/mailbox");
        let set = async |more: Value| {
            app.put(&path, with(&imap, more)).await.ok();
            app.advance_ms(60 * SECOND);
        };
        imap.put("INBOX", mail("kept"));
        set(json!({ "afterProcess": "keep" })).await;
        look(app).await;
        assert!(imap.lying("INBOX")[0].flags.is_empty());
        imap.put("INBOX", mail("moved"));
        set(json!({ "afterProcess": "move", "moveTo": "Gelöscht" })).await;
        look(app).await;
        assert_eq!((imap.lying("INBOX").len(), imap.lying("Gel&APY-scht").len()), (1, 1));
        let deleted = imap.put("INBOX", mail("deleted"));
        imap.flag(1, "\\Deleted");
        set(json!({ "afterProcess": "delete" })).await;
        look(app).await;
        assert_eq!(imap.lying("INBOX").iter().map(|lying| lying.uid).collect::<Vec<_>>(), [1], "{deleted} alone is gone");
        // Without its extensions: copied and marked, and nothing is removed that somebody else has marked.
        imap.can("IMAP4rev1");
        let copied = imap.put("INBOX", mail("copied"));
        set(json!({ "afterProcess": "move", "moveTo": "Gelöscht" })).await;
        look(app).await;
        assert_eq!((imap.lying("INBOX").len(), imap.lying("Gel&APY-scht").len()), (2, 2));
        assert!(imap.lying("INBOX").iter().find(|lying| lying.uid == copied).unwrap().flags.contains("\\Deleted"));
        // What cannot be done afterwards is told, and the message is taken.
        imap.put("INBOX", mail("nowhere"));
        set(json!({ "afterProcess": "move", "moveTo": "No such" })).await;
        look(app).await;
        let error = app.get(&path).await.ok()["lastError"].as_str().unwrap().to_owned();
        assert!(error.contains("taken, but not dealt with afterwards"), "{error}");
        let all = ["kept created", "moved created", "deleted created", "copied created", "nowhere created"];
        assert_eq!(outcomes(app, &brand).await, all);
    }

    /// One bad message never stops the mailbox: it is tried three times and then passed over, those before and behind it are taken.
    async fn a_message_that_cannot_be_fetched_stops_nothing(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        let poller = Poller::new(app.app.mailroom().clone(), app.app.seams().outbound.clone());
        let path = format!("{brand}/mailbox");
        let bad: Vec<u32> = ["one", "bad", "worse", "two"].iter().map(|id| imap.put("INBOX", mail(id))).collect();
        imap.fails(bad[1], &["NO not now"; 9]);
        imap.fails(bad[2], &[""; 9]);
        app.put(&path, imap.setting()).await.ok();
        let mut errors = Vec::new();
        for _ in 0..8 {
            poller.look_at_all().await.unwrap();
            errors.push(app.get(&path).await.ok()["lastError"].as_str().unwrap_or_default().to_owned());
            app.advance_ms(300 * SECOND);
        }
        app.drain().await;
        let mut found = outcomes(app, &brand).await;
        found.retain(|outcome| !outcome.ends_with("duplicate"));
        assert_eq!(found, ["one created", "two created"]);
        assert!(errors[0].contains("not now") && errors[3].contains("closed the connection"), "{errors:?}");
        assert!(errors[6].contains("message 2") && errors[6].contains("message 3"), "{errors:?}");
        // A message that only failed for a while is not lost.
        let late = imap.put("INBOX", mail("late"));
        imap.fails(late, &["NO not now"]);
        poller.look_at_all().await.unwrap();
        app.advance_ms(300 * SECOND);
        poller.look_at_all().await.unwrap();
        app.drain().await;
        assert_eq!(outcomes(app, &brand).await.last().unwrap(), "late created");
        assert_eq!(app.get(&path).await.ok()["lastError"], Value::Null);
    }

    /// Numbered anew: what was taken is known for a duplicate, what came since is taken.
    async fn a_mailbox_that_is_numbered_anew_is_read_on(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        app.put(&format!("{brand}/mailbox"), imap.setting()).await.ok();
        imap.put("INBOX", mail("one"));
        look(app).await;
        imap.renumber();
        let two = imap.put("INBOX", mail("two"));
        imap.flag(two, "\\Seen");
        look_again(app).await;
        assert_eq!(outcomes(app, &brand).await, ["one created", "one duplicate", "two created"]);
        assert_eq!(app.get(&format!("{brand}/tickets/count")).await.ok()["count"], 2);
        look_again(app).await;
        assert_eq!(outcomes(app, &brand).await.len(), 3);
    }

    async fn what_is_wrong_with_a_mailbox_is_told(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        let path = format!("{brand}/mailbox");
        let tested = async |more: Value| {
            app.put(&path, with(&imap, more)).await.ok();
            let test = app.post(&format!("{path}/test"), Value::Null).await.ok();
            (test["ok"].as_bool().unwrap(), test["message"].as_str().unwrap().to_owned())
        };
        imap.put("INBOX", mail("one"));
        assert_eq!(tested(json!({})).await, (true, "the folder INBOX has 1 messages".to_owned()));
        let (ok, why) = tested(json!({ "password": "wr0ng-sesame" })).await;
        assert!(!ok && why.contains("does not accept") && !why.contains("wr0ng"), "{why}");
        look(app).await;
        let state = app.get(&path).await.ok();
        assert!(state["lastError"].as_str().unwrap().contains("does not accept"), "{state}");
        let (ok, why) = tested(json!({ "folder": "No such" })).await;
        assert!(!ok && why.contains("No such cannot be opened"), "{why}");
        let (ok, why) = tested(json!({ "afterProcess": "move", "moveTo": "No such" })).await;
        assert!(!ok && why.contains("No such cannot be opened"), "{why}");
        let (ok, why) = tested(json!({ "port": 1 })).await;
        assert!(!ok && why.starts_with("no connection"), "{why}");
        let (ok, why) = tested(json!({ "tls": true })).await;
        assert!(!ok && why.starts_with("no encryption"), "{why}");
        assert!(outcomes(app, &brand).await.is_empty(), "a test takes nothing");
        // The brand takes no mail: nothing is fetched and forgotten.
        app.patch(&brand, json!({ "inboundEmailEnabled": false })).await.ok();
        app.put(&path, imap.setting()).await.ok();
        look(app).await;
        assert!(app.get(&path).await.ok()["lastError"].as_str().unwrap().contains("takes no mail"));
        app.patch(&brand, json!({ "inboundEmailEnabled": true })).await.ok();
        app.advance_ms(300 * SECOND);
        look(app).await;
        assert_eq!(outcomes(app, &brand).await, ["one created"]);
        assert!(imap.said().iter().all(|said| !said.starts_with("EXPUNGE")));
    }

    /// Microsoft 365 and Gmail: a token for each look, and a refresh token that is replaced when they say so.
    async fn a_mailbox_is_opened_with_tokens(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        let tokens = Receiver::judging(|asked| {
            let form = String::from_utf8_lossy(&asked.body).into_owned();
            match form.contains("refresh_token=first") || form.contains("refresh_token=second") {
                true => Answering::json(200, &json!({ "access_token": "acc-77", "refresh_token": "second" })),
                false => Answering::json(400, &json!({ "error": "invalid_grant", "error_description": form })),
            }
        })
        .await;
        imap.takes_token("acc-77");
        imap.put("INBOX", mail("one"));
        let path = format!("{brand}/mailbox");
        let oauth = json!({ "tokenUrl": tokens.url, "clientId": "dispatch", "clientSecret": "cl13nt", "refreshToken": "first", "scope": "imap" });
        let setting = json!({ "host": "127.0.0.1", "port": imap.port, "tls": false, "username": "ana", "auth": "xoauth2", "oauth": oauth });
        let shown = app.put(&path, setting.clone()).await.ok();
        assert_eq!(shown["oauth"], json!({ "tokenUrl": tokens.url, "clientId": "dispatch", "scope": "imap" }));
        look(app).await;
        assert_eq!(outcomes(app, &brand).await, ["one created"]);
        imap.put("INBOX", mail("two"));
        look_again(app).await;
        let asked: Vec<String> = tokens.take().iter().map(|one| String::from_utf8_lossy(&one.body).into_owned()).collect();
        let form = |token: &str| format!("grant_type=refresh_token&refresh_token={token}&client_id=dispatch&client_secret=cl13nt&scope=imap");
        assert_eq!(asked, [form("first"), form("second")], "what was given in its place is used from then on");
        assert_eq!(outcomes(app, &brand).await, ["one created", "two created"]);
        // Nothing is refreshed that is wrong, and no secret is told.
        let mut wrong = setting;
        wrong["oauth"]["refreshToken"] = "w0rn-out".into();
        app.put(&path, wrong).await.ok();
        let test = app.post(&format!("{path}/test"), Value::Null).await.ok();
        assert_eq!(test["ok"], false);
        let message = test["message"].as_str().unwrap();
        assert!(message.contains("invalid_grant") && !message.contains("w0rn"), "{message}");
        let all = json!([app.events(&brand).await, app.get(&path).await.ok()]).to_string();
        assert!(["cl13nt", "w0rn-out", "\"first\"", "\"second\"", "acc-77"].iter().all(|secret| !all.contains(secret)), "{all}");
        let rows = crate::api::given::ask(app, "SELECT config || secrets FROM mailbox".to_owned()).await.concat();
        assert!(["cl13nt", "w0rn-out", "second"].iter().all(|secret| !rows.contains(secret)), "{rows}");
    }

    async fn secrets_stay_where_they_were_sent(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        let path = format!("{brand}/mailbox");
        let mut without = imap.setting();
        without.as_object_mut().unwrap().remove("password");
        assert_eq!(app.put(&path, without.clone()).await.invalid(), ["password"]);
        app.get(&path).await.refused(404, "not_found");
        app.put(&path, imap.setting()).await.ok();
        without["pollSeconds"] = 30.into();
        app.put(&path, without.clone()).await.ok();
        let event = last_event(app, &brand).await;
        assert_eq!((&event["type"], &event["changes"]), (&json!("mailbox.updated"), &json!({ "pollSeconds": { "old": 60, "new": 30 } })));
        assert_eq!(app.post(&format!("{path}/test"), Value::Null).await.ok()["ok"], true);
        without["username"] = "bob".into();
        assert_eq!(app.put(&path, without).await.invalid(), ["password"]);
        app.delete(&path).await.with(204);
        assert_eq!(last_event(app, &brand).await["type"], "mailbox.deleted");
        for answer in [app.get(&path).await, app.delete(&path).await, app.post(&format!("{path}/test"), Value::Null).await] {
            answer.refused(404, "not_found");
        }
        look_again(app).await;
        assert!(imap.said().iter().filter(|said| said.starts_with("SELECT")).count() == 0, "nobody looks into it any more");
    }

    /// Two nodes look: one of them takes it. Setting it anew ends a look that is under way.
    async fn a_mailbox_is_looked_into_by_one_node(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        for number in 0..20 {
            imap.put("INBOX", mail(&format!("m{number:02}")));
        }
        app.put(&format!("{brand}/mailbox"), imap.setting()).await.ok();
        let node = app.node().await;
        tokio::join!(look(app), look(&node));
        app.drain().await;
        assert_eq!(outcomes(app, &brand).await.len(), 20);
        assert_eq!(event_types(app, &brand).await.iter().filter(|kind| *kind == "ticket.created").count(), 20);
    }

    /// As the server does it, by itself.
    async fn a_server_looks_by_itself_until_it_is_told_to_stop(app) {
        let (brand, imap) = (app.brand("acme").await, Imap::start().await);
        app.put(&format!("{brand}/mailbox"), imap.setting()).await.ok();
        imap.put("INBOX", mail("one"));
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let poller = Poller::new(app.app.mailroom().clone(), app.app.seams().outbound.clone());
        let running = tokio::spawn(poller.run(stopped));
        until("it is fetched", async || app.get(&format!("{brand}/mail")).await.ok()["data"][0]["channel"] == "imap").await;
        stop.send(true).unwrap();
        running.await.unwrap();
    }
}

#[tokio::test]
async fn a_mailbox_that_is_not_public_is_not_connected_to() {
    let app = guarded().await;
    let brand = app.brand("acme").await;
    let path = format!("{brand}/mailbox");
    let to = |host: &str| json!({ "host": host, "username": "ana", "password": "sesame" });
    for host in ["127.0.0.1", "localhost", "2130706433", "private.example.com", "mixed.example.com"] {
        assert_eq!(app.put(&path, to(host)).await.invalid(), ["host"], "{host}");
    }
    let oauth = json!({ "tokenUrl": "https://private.example.com/token", "clientId": "x", "refreshToken": "y" });
    let setting = json!({ "host": "public.example.com", "username": "ana", "auth": "xoauth2", "oauth": oauth });
    assert_eq!(app.put(&path, setting).await.invalid(), ["oauth.tokenUrl"]);
    app.put(&path, to("rebound.example.com")).await.ok();
    let test = app.post(&format!("{path}/test"), Value::Null).await.ok();
    assert_eq!(test, json!({ "ok": false, "message": "target address not allowed" }));
}
