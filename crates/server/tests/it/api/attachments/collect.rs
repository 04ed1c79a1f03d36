use dispatch_testkit::both;
use serde_json::json;

use super::{ask, confirm, download, ticket};
use crate::api::{events_of, id};

const DAY_MS: i64 = 24 * 3_600_000;

both! {
    async fn what_nobody_confirmed_or_used_goes_after_a_day(app) {
        let (brand, attachments) = ticket(app).await;
        let pending = format!("{brand}/attachments/pending");
        let asked = ask(app, &attachments, json!({})).await;
        let uploaded = ask(app, &attachments, json!({})).await;
        app.upload(&uploaded, "hello").await.ok();
        let failed = ask(app, &attachments, json!({ "size": 1 })).await;
        app.upload(&failed, "hello").await.ok();
        confirm(app, &attachments, &failed).await.refused(400, "validation_error");
        let unused = app.attach(&pending, "u.txt", "unused").await;
        let kept = app.attach(&attachments, "k.txt", "kept").await;
        let used = app.attach(&pending, "w.txt", "waits").await;
        let other = app.ticket(&brand, json!({ "title": "T", "attachmentIds": [id(&used)] })).await;
        app.advance_ms(DAY_MS - 1);
        app.drain().await;
        for gone in [&asked, &uploaded, &failed] {
            app.get(&format!("{attachments}/{}", id(gone))).await.ok();
        }
        app.advance_ms(2);
        app.drain().await;
        for gone in [&asked, &uploaded, &failed] {
            app.get(&format!("{attachments}/{}", id(gone))).await.refused(404, "not_found");
        }
        confirm(app, &pending, &unused).await.refused(404, "not_found");
        let told = events_of(app, &brand, "attachment.deleted").await;
        assert_eq!(told.len(), 1, "of what was confirmed");
        assert_eq!((&told[0]["entityId"], &told[0]["source"]), (&unused["id"], &json!("system")));
        assert_eq!(app.files_in("files"), 2);
        app.advance_ms(2 * DAY_MS);
        app.drain().await;
        assert_eq!((app.files_in("files"), app.files_in("pending")), (2, 0));
        assert_eq!(download(app, &format!("{attachments}/{}", id(&kept))).await.text, "kept");
        assert_eq!(download(app, &format!("{brand}/tickets/{}/attachments/{}", id(&other), id(&used))).await.text, "waits");
        assert_eq!(app.get("/accounts/me/usage").await.ok()["storageBytes"], 9);
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }

    /// More than one step removes, and a store that is away for a while.
    async fn a_store_that_cannot_be_reached_delays_nothing_else(app) {
        let (brand, attachments) = ticket(app).await;
        let files: Vec<_> = futures_util::future::join_all((0..3).map(|_| app.attach(&attachments, "a.txt", "hello"))).await;
        // The address of nobody.
        let nowhere = dispatch_blob::BucketSettings {
            endpoint: "http://127.0.0.1:1".to_owned(),
            bucket: "b".to_owned(),
            region: "auto".to_owned(),
            access_key: "a".to_owned(),
            secret_key: "s".to_owned(),
            path_style: true,
            lifetimes: dispatch_blob::Lifetimes::default(),
        };
        let nowhere = dispatch_blob::Files::Bucket(dispatch_blob::Bucket::new(nowhere, app.clock.clone()).unwrap());
        let away = app.with_files(nowhere);
        let upload = ask(&away, &attachments, json!({})).await;
        confirm(&away, &attachments, &upload).await.refused(503, "unavailable");
        for file in &files {
            away.delete(&format!("{attachments}/{}", id(file))).await.with(204);
        }
        away.get("/ready").await.with(503);
        away.drain().await;
        assert_eq!(app.files_in("files"), 3, "they wait");
        app.drain().await;
        assert_eq!(app.files_in("files"), 0);
        app.get("/ready").await.ok();
        assert_eq!(app.problems(&brand).await, Vec::<String>::new());
    }
}
