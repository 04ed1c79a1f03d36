//! Texts in paths and queries that PostgreSQL would refuse to store or compare.

use dispatch_testkit::{TestApp, both};
use serde_json::{Value, json};

use super::World;

/// An operation of the API document.
struct Documented {
    id: String,
    method: String,
    path: String,
    query: Vec<String>,
    /// What `limit` may be at most, where there is one.
    limit_max: Option<i64>,
}

fn documented(app: &TestApp) -> Vec<Documented> {
    let document: Value = serde_json::from_str(app.app.document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(|(method, operation)| {
            let all = operation["parameters"].as_array().into_iter().flatten();
            let all = all.map(|parameter| match parameter["$ref"].as_str() {
                Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
                None => parameter,
            });
            let query: Vec<&Value> = all.filter(|parameter| parameter["in"] == "query").collect();
            let limit = query.iter().find(|parameter| parameter["name"] == "limit");
            Documented {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.trim_start_matches("/v1").to_owned(),
                query: query.iter().map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect(),
                limit_max: limit.map(|limit| limit["schema"]["maximum"].as_i64().expect("every page ends")),
            }
        })
    });
    operations.collect()
}

/// The path with each of its parameters but `except` replaced by what is there; `except` by `value`.
fn filled(world: &World, path: &str, except: &str, value: &str) -> String {
    let good = world.names();
    path.split('/')
        .map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            None => part,
            Some(name) if name == except => value,
            Some(name) => good.iter().find(|(known, _)| *known == name).map(|(_, id)| id.as_str()).expect(name),
        })
        .collect::<Vec<_>>()
        .join("/")
}

both! {
    async fn a_path_that_cannot_be_a_name_is_not_found(app) {
        let world = World::new(app).await;
        let before = world.everything(app).await;
        let mut seen = 0;
        for operation in documented(app) {
            let names = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
            for name in names {
                for value in ["%00", "a%00b", "%FF", "%ED%A0%80", "DT-1001%00"] {
                    let path = filled(&world, &operation.path, name, value);
                    let body = world.operations().iter().find(|known| known.id == operation.id);
                    let body = body.map_or(Value::Null, |known| known.body.clone());
                    let answer = app.call(world.credential(app, &operation.id), &operation.method, &path, body).await;
                    assert_eq!(answer.status, 404, "{} {path}: {}", operation.id, answer.text);
                    answer.refused(404, "not_found");
                    seen += 1;
                }
            }
        }
        assert!(seen > 100, "{seen}");
        assert_eq!(world.everything(app).await, before, "nothing was written");
    }

    /// No page is larger than the document says, whatever is asked for.
    async fn every_page_has_an_end(app) {
        let world = World::new(app).await;
        let mut seen = 0;
        for operation in documented(app) {
            let Some(max) = operation.limit_max else { continue };
            assert!((1..=1_000).contains(&max), "{}: {max}", operation.id);
            let path = filled(&world, &operation.path, "", "");
            let first = if operation.id == "customers.search" { "q=jane&" } else { "" };
            let ask = async |limit: &str| {
                app.call(world.credential(app, &operation.id), &operation.method, &format!("{path}?{first}limit={limit}"), Value::Null).await
            };
            ask(&max.to_string()).await.ok();
            let beyond = (max + 1).to_string();
            for limit in [&*beyond, "0", "-1", "9223372036854775808", "18446744073709551617", "1e1", "0x10", "1.5", "NaN", "%EF%BC%91", "1%00"] {
                let answer = ask(limit).await;
                assert_eq!(answer.status, 400, "{} {limit}: {}", operation.id, answer.text);
                assert_eq!(answer.invalid(), ["limit"], "{} {limit}", operation.id);
                seen += 1;
            }
            assert_eq!(ask("1&limit=100").await.status, 400, "{}", operation.id);
        }
        assert!(seen > 100, "{seen}");
    }

    async fn every_query_parameter_refuses_nul_and_survives_broken_utf8(app) {
        let world = World::new(app).await;
        let before = world.everything(app).await;
        let mut seen = 0;
        for operation in documented(app) {
            let path = filled(&world, &operation.path, "", "");
            for name in &operation.query {
                // A search without words is refused.
                let path = match operation.id == "customers.search" && name != "q" {
                    true => format!("{path}?q=jane&"),
                    false => format!("{path}?"),
                };
                for value in ["%00", "a%00b", "x,%00"] {
                    let answer =
                        app.call(world.credential(app, &operation.id), &operation.method, &format!("{path}{name}={value}"), json!({})).await;
                    assert_eq!(answer.status, 400, "{} {name}: {}", operation.id, answer.text);
                    let named = answer.invalid();
                    assert!(!named.is_empty() && named.iter().all(|found| found == name), "{} {named:?}", operation.id);
                    seen += 1;
                }
                let broken = app.call(world.credential(app, &operation.id), &operation.method, &format!("{path}{name}=%FF"), json!({})).await;
                assert!(broken.status.as_u16() < 500, "{} {name}: {}", operation.id, broken.text);
            }
        }
        assert!(seen > 90, "{seen}");
        assert_eq!(world.everything(app).await, before, "nothing was written");
    }
}
