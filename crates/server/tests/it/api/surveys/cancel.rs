use dispatch_testkit::both;
use serde_json::json;

use super::{asking, resolved, states, ticket};

both! {
    async fn a_ticket_that_comes_back_cancels_it_and_resolved_again_asks_again(app) {
        let brand = asking(app).await;
        let ticket = resolved(app, &brand).await;
        app.patch(&ticket, json!({ "status": "closed" })).await.ok();
        assert_eq!(states(app, &ticket).await, ["scheduled"], "closing does not");
        app.patch(&ticket, json!({ "status": "resolved" })).await.ok();
        assert_eq!(states(app, &ticket).await, ["scheduled"], "there is one already");
        app.patch(&ticket, json!({ "status": "pending" })).await.ok();
        assert_eq!(states(app, &ticket).await, ["canceled"]);
        app.patch(&ticket, json!({ "status": "resolved" })).await.ok();
        assert_eq!(states(app, &ticket).await, ["scheduled", "canceled"], "nothing was mailed, so it may be");
        app.post(&format!("{ticket}/comments"), json!({ "body": "Still broken", "authorType": "CUSTOMER" })).await.created();
        assert_eq!(states(app, &ticket).await, ["canceled", "canceled"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn spam_a_merge_and_the_deletion_cancel_it(app) {
        let brand = asking(app).await;
        let spam = resolved(app, &brand).await;
        app.post(&format!("{spam}/spam"), json!({ "isSpam": true, "blockCustomer": false })).await.ok();
        assert_eq!(states(app, &spam).await, ["canceled"]);
        app.post(&format!("{spam}/spam"), json!({ "isSpam": false })).await.ok();
        assert_eq!(states(app, &spam).await, ["canceled"], "it stays so");

        let both_at_once = ticket(app, &brand).await;
        app.patch(&both_at_once, json!({ "status": "resolved", "isSpam": true })).await.ok();
        assert_eq!(states(app, &both_at_once).await, ["canceled"]);

        let (source, target) = (resolved(app, &brand).await, resolved(app, &brand).await);
        let id = source.rsplit('/').next();
        app.post(&format!("{target}/merge"), json!({ "sourceTicketIds": [id] })).await.ok();
        assert_eq!(states(app, &source).await, ["canceled"]);
        assert_eq!(states(app, &target).await, ["scheduled"], "what it was merged into is still resolved");

        let deleted = resolved(app, &brand).await;
        app.delete(&deleted).await.ok();
        app.post(&format!("{deleted}/restore"), json!({})).await.ok();
        assert_eq!(states(app, &deleted).await, ["canceled"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn the_first_survey_of_a_brand_is_canceled_as_well(app) {
        let brand = asking(app).await;
        let ticket = ticket(app, &brand).await;
        app.patch(&ticket, json!({ "status": "resolved", "isSpam": true })).await.ok();
        assert_eq!(states(app, &ticket).await, ["canceled"]);
    }

    async fn one_that_is_scheduled_is_canceled_also_when_the_brand_asks_no_more(app) {
        let brand = asking(app).await;
        let ticket = resolved(app, &brand).await;
        app.patch(&brand, json!({ "csatEnabled": false })).await.ok();
        assert_eq!(states(app, &ticket).await, ["scheduled"]);
        app.patch(&ticket, json!({ "status": "open" })).await.ok();
        assert_eq!(states(app, &ticket).await, ["canceled"]);
    }

    async fn what_somebody_asked_for_stays_whatever_happens_to_the_ticket(app) {
        let brand = app.brand("acme").await;
        let ticket = ticket(app, &brand).await;
        app.post(&format!("{ticket}/survey"), json!({ "delayMinutes": 60 })).await.created();
        for status in ["resolved", "open"] {
            app.patch(&ticket, json!({ "status": status })).await.ok();
        }
        app.post(&format!("{ticket}/spam"), json!({ "isSpam": true })).await.ok();
        assert_eq!(states(app, &ticket).await, ["scheduled"]);
        app.delete(&ticket).await.ok();
        app.get(&format!("{ticket}/feedback")).await.refused(404, "not_found");
        app.post(&format!("{ticket}/restore"), json!({})).await.ok();
        assert_eq!(states(app, &ticket).await, ["scheduled"]);
        assert!(app.problems(&brand).await.is_empty());
    }

    async fn doctor_sees_what_does_not_agree(app) {
        let brand = asking(app).await;
        resolved(app, &brand).await;
        assert!(app.problems(&brand).await.is_empty());
        for (damage, repair, problem) in [
            ("UPDATE brand SET surveyed = FALSE", "UPDATE brand SET surveyed = TRUE", "does not know of any"),
            ("UPDATE ticket SET merged_into_id = id", "UPDATE ticket SET merged_into_id = NULL", "spam, deleted or merged"),
            ("UPDATE ticket SET overdue_at = 1", "UPDATE ticket SET overdue_at = NULL", "overdue without a date"),
            (
                "INSERT INTO mail (brand_id, id, kind, ticket_id, to_address, subject, state, created_at, body)
                SELECT brand_id, 'ml_x', 'automation', 'tkt_x', 'a@b', '', 'queued', 0, '' FROM ticket",
                "UPDATE mail SET due_at = 0",
                "never due",
            ),
            ("UPDATE mail SET due_at = 0", "DELETE FROM mail", "mails name a ticket that is not there"),
        ] {
            crate::api::given::execute(app, damage.to_owned()).await;
            let found = app.problems(&brand).await;
            assert!(found.iter().any(|found| found.contains(problem)), "{damage}: {found:?}");
            crate::api::given::execute(app, repair.to_owned()).await;
        }
        assert!(app.problems(&brand).await.is_empty());
    }
}
