use axum::{body::Body, http::Request};
use dispatch_testkit::{Answer, TestApp, both};

use super::{super::given::send_bytes, Operation, World};

const MB: usize = 1024 * 1024;

/// Sends bytes as JSON to an operation, as somebody who may do it.
async fn sent(app: &TestApp, world: &World, operation: &Operation, bytes: impl Into<Body>) -> Answer {
    let request = Request::builder()
        .method(operation.method)
        .uri(format!("/v1{}", operation.path))
        .header("authorization", format!("Bearer {}", world.credential(app, operation.id)))
        .header("content-type", "application/json");
    app.send(request.body(bytes.into()).unwrap()).await
}

/// Sends the same bytes to every operation that reads a body; each must refuse them.
async fn everywhere(app: &TestApp, bytes: &[u8], refused: impl Fn(Answer)) {
    let world = World::new(app).await;
    let before = world.everything(app).await;
    for operation in world.operations() {
        refused(sent(app, &world, operation, bytes.to_vec()).await);
    }
    assert_eq!(world.everything(app).await, before, "nothing was written");
}

fn says(words: &str) -> impl Fn(Answer) {
    move |answer| {
        let body = answer.with(400);
        assert_eq!(body["code"], "validation_error");
        assert!(body["message"].as_str().unwrap().contains(words), "{words}: {body}");
        assert_eq!(body.get("errors"), None);
    }
}

/// A ticket whose body has so many bytes.
fn sized(bytes: usize) -> String {
    let frame = r#"{"title":"T","unknown":""}"#;
    frame.replace(r#""""#, &format!(r#""{}""#, "x".repeat(bytes - frame.len())))
}

both! {
    async fn malformed_json_is_told_with_line_and_column(app) {
        everywhere(app, b"{\n  \"title\": tru\n}", says("line 2, column 15")).await;
    }

    async fn every_shape_of_broken_json_is_refused(app) {
        let world = World::new(app).await;
        let before = world.everything(app).await;
        let nested = |levels: usize| {
            format!("{{\"title\":\"T\",\"metadata\":{}1{}}}", "{\"a\":".repeat(levels - 1), "}".repeat(levels - 1))
        };
        let too_deep = nested(33);
        let cases: [(&[u8], &str); 16] = [
            (b"{", "line 1, column 1"),
            (b"{\"title\":\"T\"", "line 1, column 12"),
            (b"{\"title\":\"T\",}", "line 1, column 14"),
            (b"{\"title\":\"T\"} {}", "line 1, column 15"),
            (b"{title:\"T\"}", "line 1, column 2"),
            (b"{\"title\":'T'}", "line 1, column 10"),
            (b"{\"title\":\"a\nb\"}", "line 1, column 12"),
            (b"{\"title\":\"a\0b\"}", "line 1, column"),
            (b"{\"title\":\"\xff\"}", "line 1, column"),
            (b"{\"title\":\"\xed\xa0\x80\"}", "line 1, column"),
            (br#"{"title":"\ud800"}"#, "line 1, column"),
            (br#"{"title":"T","metadata":{"a":["\udc00x"]}}"#, "line 1, column"),
            (br#"{"title":"T","metadata":{"\ud83d":1}}"#, "line 1, column"),
            (br#"{"title":"T","dueAt":01}"#, "line 1, column"),
            (br#"{"title":"T","x":NaN}"#, "line 1, column"),
            (too_deep.as_bytes(), "nested deeper than 32"),
        ];
        for (bytes, words) in cases {
            says(words)(send_bytes(app, "POST", &format!("{}/tickets", world.brand), bytes.to_vec()).await);
        }
        assert_eq!(world.everything(app).await, before, "nothing was written");
        let deep = send_bytes(app, "POST", &format!("{}/tickets", world.brand), nested(32)).await;
        assert_eq!(deep.created()["title"], "T");
    }

    async fn broken_utf8_is_refused(app) {
        everywhere(app, b"{\"x\":\"\xc3\x28\"}", says("line 1, column")).await;
    }

    async fn nesting_of_33_is_refused(app) {
        let bytes = format!("{{\"x\":{}{}}}", "[".repeat(32), "]".repeat(32));
        everywhere(app, bytes.as_bytes(), says("nested deeper than 32")).await;
    }

    async fn a_body_that_is_not_an_object_is_refused(app) {
        let world = World::new(app).await;
        let before = world.everything(app).await;
        for bytes in ["[]", "[{\"title\":\"T\"}]", "\"title\"", "1", "null", "true"] {
            for operation in world.operations() {
                let answer = sent(app, &world, operation, bytes).await;
                says("must be a JSON object")(answer);
            }
        }
        assert_eq!(world.everything(app).await, before, "nothing was written");
    }

    async fn no_body_is_an_empty_object(app) {
        let world = World::new(app).await;
        let before = world.everything(app).await;
        // A sign-out, a new secret, a survey and a message that is looked at again need nothing and are no refusal: they have their own tests.
        let alone = ["auth.logout", "webhooks.rotateSecret", "tickets.sendSurvey", "mail.reprocess"];
        let asks = |operation: &&Operation| {
            !["PUT", "DELETE"].contains(&operation.method) && !alone.contains(&operation.id)
        };
        for operation in world.operations().iter().filter(asks) {
            let answer = sent(app, &world, operation, "").await;
            let needed: Vec<&String> = operation.body.as_object().unwrap().keys().collect();
            match operation.method {
                "PATCH" => assert_eq!(answer.status, 200, "{}", answer.text),
                _ => assert!(answer.invalid().iter().all(|field| needed.contains(&field) || field == "brandIds")),
            }
        }
        assert_eq!(world.everything(app).await, before, "nothing was written");
    }

    async fn four_megabytes_are_read_and_one_byte_more_is_not(app) {
        let world = World::new(app).await;
        let tickets = format!("{}/tickets", world.brand);
        let fits = sized(4 * MB);
        assert_eq!(fits.len(), 4 * MB);
        send_bytes(app, "POST", &tickets, fits).await.created();
        let before = world.everything(app).await;
        for operation in world.operations() {
            let over = sent(app, &world, operation, sized(4 * MB + 1)).await;
            over.refused(413, "payload_too_large");
        }
        assert_eq!(world.everything(app).await, before, "nothing was written");
    }

    async fn names_that_our_json_reader_would_misread_are_refused(app) {
        let world = World::new(app).await;
        let tickets = format!("{}/tickets", world.brand);
        let before = world.everything(app).await;
        for name in
            [r"$serde_json::private::Number", r"$serde_json::private::RawValue", r"\u0024serde_json::private::RawValue"]
        {
            for text in ["1", "[[1]]", "{", r"\u0000"] {
                let body = format!(r#"{{"title":"T","customFields":{{"a":{{"{name}":"{text}"}}}}}}"#);
                let answer = send_bytes(app, "POST", &tickets, body).await;
                says("is reserved")(answer);
            }
        }
        assert_eq!(world.everything(app).await, before, "nothing was written");
    }
}
