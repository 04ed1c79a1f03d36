use dispatch_testkit::both;
use serde_json::json;

use super::world::{World, send_raw};

const JSON_TYPES: [Option<&str>; 6] = [
    None,
    Some("application/json"),
    Some("Application/JSON; charset=UTF-8"),
    Some("application/merge-patch+json"),
    Some("application/vnd.acme.v1+json;charset=utf-8"),
    Some(""),
];
const OTHER_TYPES: [&str; 6] =
    ["text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", "*/*"];

both! {
    async fn json_is_read_from_json_types_and_from_none(app) {
        let world = World::new(app, "acme").await;
        for kind in JSON_TYPES {
            let answer = send_raw(app, &app.key, ("PATCH", &world.path()), kind, r#"{"name":"Renamed"}"#).await;
            assert_eq!(answer.ok()["name"], "Renamed", "{kind:?}");
        }
    }

    async fn other_types_with_a_body_are_refused_on_every_route_that_writes(app) {
        let world = World::new(app, "acme").await;
        let (status, ticket) =
            (format!("{}/statuses/spare", world.path()), format!("{}/tickets/DT-1001", world.path()));
        for kind in OTHER_TYPES {
            for (method, path) in [
                ("POST", "/brands"),
                ("PATCH", &world.path()),
                ("PUT", &format!("{}/schema", world.path())),
                ("DELETE", &status),
                ("DELETE", &ticket),
            ] {
                let answer = send_raw(app, &app.key, (method, path), Some(kind), "{}").await;
                answer.refused(415, "unsupported_media_type");
            }
        }
        app.get(&ticket).await.ok();
    }

    async fn an_empty_body_has_no_type(app) {
        let world = World::new(app, "acme").await;
        for kind in JSON_TYPES.into_iter().chain(OTHER_TYPES.map(Some)) {
            send_raw(app, &app.key, ("PATCH", &world.path()), kind, "").await.ok();
            let answer = send_raw(app, &app.key, ("POST", "/brands"), kind, "").await;
            assert_eq!(answer.invalid(), ["name"], "{kind:?}: a body is needed here");
        }
        let path = format!("{}/statuses/spare", world.path());
        assert_eq!(
            send_raw(app, &app.key, ("DELETE", &path), Some("application/json"), "").await.ok()["success"],
            json!(true)
        );
    }

    async fn a_body_of_4_mb_is_read_and_one_byte_more_is_not(app) {
        let world = World::new(app, "acme").await;
        let name = r#"{"name":"Renamed"}"#;
        let body = |bytes: usize| format!("{name}{}", " ".repeat(bytes - name.len()));
        send_raw(app, &app.key, ("PATCH", &world.path()), None, body(4 * 1024 * 1024)).await.ok();
        let answer = send_raw(app, &app.key, ("PATCH", &world.path()), None, body(4 * 1024 * 1024 + 1)).await;
        answer.refused(413, "payload_too_large");
    }
}
