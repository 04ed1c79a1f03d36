//! Playing against a small server that remembers what it was sent.

use std::collections::HashMap;
use std::sync::Mutex;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;

use super::super::script::{BrandPlan, CommentPlan};
use super::*;

/// Bodies by ticket (`tickets` for the tickets themselves), in the order of arrival.
type Seen = Arc<Mutex<Vec<(String, Value)>>>;

#[derive(Clone, Default)]
struct Memory {
    seen: Seen,
    keys: Arc<Mutex<HashMap<String, String>>>,
}

type Reply = (StatusCode, [(&'static str, &'static str); 1], String);

fn remember(memory: &Memory, place: String, headers: &HeaderMap, body: &str) -> Reply {
    let key = format!("{place} {}", headers["idempotency-key"].to_str().unwrap());
    let mut keys = memory.keys.lock().unwrap();
    if let Some(answer) = keys.get(&key) {
        return (StatusCode::CREATED, [("idempotency-replayed", "true")], answer.clone());
    }
    let mut seen = memory.seen.lock().unwrap();
    seen.push((place, serde_json::from_str(body).unwrap()));
    let answer = format!(r#"{{"brandId":"br_1","id":"tkt_{:026}"}}"#, seen.len());
    keys.insert(key, answer.clone());
    (StatusCode::CREATED, [("x-note", "new")], answer)
}

async fn server(memory: Memory) -> Target {
    async fn ticket(State(memory): State<Memory>, headers: HeaderMap, body: String) -> Reply {
        remember(&memory, "tickets".to_owned(), &headers, &body)
    }
    async fn comment(
        State(memory): State<Memory>,
        Path((_, id)): Path<(String, String)>,
        headers: HeaderMap,
        body: String,
    ) -> Reply {
        remember(&memory, id, &headers, &body)
    }
    let router = Router::new()
        .route("/v1/brands/{brand}/tickets", post(ticket))
        .route("/v1/brands/{brand}/tickets/{id}/comments", post(comment))
        .with_state(memory);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Target::local(port, None)
}

struct Small(Vec<BrandPlan>);

impl Script for Small {
    fn brands(&self) -> &[BrandPlan] {
        &self.0
    }
    fn count(&self) -> usize {
        40
    }
    fn story(&self, index: usize) -> Story {
        Story {
            brand: 0,
            key: format!("t{index}"),
            ticket: b"{}".to_vec(),
            comments: (0..5)
                .map(|n| CommentPlan { key: format!("c{index}-{n}"), body: format!(r#"{{"n":{n}}}"#).into_bytes() })
                .collect(),
        }
    }
}

const SETTINGS: Settings = Settings { connections: 8, idempotent: true, verbose: false };

#[tokio::test]
async fn comments_of_one_ticket_arrive_in_order_and_a_repeat_adds_nothing() {
    let memory = Memory::default();
    let target = server(memory.clone()).await;
    let brands = vec![BrandPlan::named("small")];
    let ids = ["br_1".to_owned()];
    let first = play(&target, Small(brands.clone()), &ids, SETTINGS).await.unwrap();
    assert_eq!((first.tickets(), first.tickets_replayed), (40, 0));
    assert_eq!(first.comments_created, 200);
    let mut by_ticket: HashMap<String, Vec<i64>> = HashMap::new();
    for (place, body) in memory.seen.lock().unwrap().iter() {
        if place != "tickets" {
            let order = by_ticket.entry(place.clone()).or_default();
            order.push(body["n"].as_i64().unwrap());
        }
    }
    assert_eq!(by_ticket.len(), 40);
    assert!(by_ticket.values().all(|order| order == &[0, 1, 2, 3, 4]));

    let again = play(&target, Small(brands), &ids, SETTINGS).await.unwrap();
    assert_eq!((again.tickets_replayed, again.comments_replayed), (40, 200));
    assert_eq!(again.brands[0].created, 0);
    assert_eq!(memory.seen.lock().unwrap().len(), 240);
}

#[test]
fn the_id_of_a_ticket_is_not_another_objects() {
    let body = br#"{"customer":{"id":"cus_1"},"mergedIntoId":"tkt_9","id":"tkt_7","x":1}"#;
    assert_eq!(ticket_id(body).unwrap(), "tkt_7");
    assert_eq!(ticket_id(b"{}"), None);
}
