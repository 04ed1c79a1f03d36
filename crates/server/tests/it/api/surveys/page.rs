//! `/rate/{token}`: the page that a survey's mail leads to.

use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp, both};
use serde_json::json;

use super::{
    DAY, MINUTE,
    answer::{asking_from_1_to_5, mailed},
    only, resolved,
};

async fn open(app: &TestApp, token: &str) -> Answer {
    app.send(Request::get(format!("/rate/{token}")).body(Body::empty()).expect("a request")).await
}

async fn send(app: &TestApp, token: &str, form: &str) -> Answer {
    let request = Request::post(format!("/rate/{token}")).header("content-type", "application/x-www-form-urlencoded");
    app.send(request.body(Body::from(form.to_owned())).expect("a request")).await
}

both! {
    async fn a_form_is_sent_once_and_thanked_for(app) {
        let brand = asking_from_1_to_5(app).await;
        let name = json!({ "name": "Acme <script>alert(1)</script> & \"Co\"" });
        app.patch(&brand, name).await.ok();
        let ticket = resolved(app, &brand).await;
        app.patch(&ticket, json!({ "title": "<img src=x onerror=alert(1)>" })).await.ok();
        app.advance_ms(30 * MINUTE);
        let (app, token, _) = mailed(app).await;
        for _ in 0..2 {
            let page = open(&app, &token).await;
            assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
            assert!(page.header("content-security-policy").contains("default-src 'none'"), "{:?}", page.header("content-security-policy"));
            assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "no-referrer"));
            assert_eq!(page.text.matches("type=\"radio\"").count(), 5);
            assert!(!page.text.contains("<script") && !page.text.contains("<img src=x"), "{}", page.text);
        }
        assert_eq!(only(&app, &ticket).await["state"], "sent", "opening it answers nothing");
        for wrong in ["", "rating=6", "rating=x", "rating=", &format!("rating=5&comment={}", "x".repeat(1_001))] {
            let page = send(&app, &token, wrong).await;
            assert_eq!((page.status.as_u16(), page.text.contains("role=\"alert\"")), (400, true), "{wrong}");
        }
        let taken = send(&app, &token, "rating=5&comment=Great%0D%0Awork+%26+all&more=x").await;
        assert_eq!((taken.status.as_u16(), taken.header("location")), (303, "?"));
        let done = only(&app, &ticket).await;
        assert_eq!((&done["state"], &done["rating"], &done["comment"]), (&json!("submitted"), &json!(5), &json!("Great\nwork & all")));
        let page = open(&app, &format!("{token}?")).await;
        assert!(page.status.as_u16() == 200 && page.text.contains("Thank you") && !page.text.contains("<form"), "{}", page.text);
        assert_eq!(send(&app, &token, "rating=1").await.status.as_u16(), 303);
        assert_eq!(only(&app, &ticket).await["rating"], 5, "only the first one counts");
        assert_eq!(app.events(&brand).await.iter().filter(|event| event["type"] == "feedback.submitted").count(), 1);
    }

    async fn what_is_unknown_or_over_says_so(app) {
        let brand = asking_from_1_to_5(app).await;
        let ticket = resolved(app, &brand).await;
        for unknown in ["never", "%FF", "a%2Fb"] {
            assert_eq!(open(app, unknown).await.status.as_u16(), 404, "{unknown}");
            assert_eq!(send(app, unknown, "rating=1").await.status.as_u16(), 404, "{unknown}");
        }
        app.advance_ms(30 * MINUTE);
        let (app, token, _) = mailed(app).await;
        assert_eq!(send(&app, &token, &"x".repeat(20_000)).await.status.as_u16(), 413);
        app.advance_ms(30 * DAY);
        assert!(open(&app, &token).await.text.contains("is over"));
        assert_eq!(send(&app, &token, "rating=1").await.status.as_u16(), 303);
        assert_ne!(only(&app, &ticket).await["state"], "submitted");
        app.delete(&ticket).await.ok();
        assert_eq!(open(&app, &token).await.status.as_u16(), 404);
    }
}
