//! Whether a brand holds what was answered, each thing with its event.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::load::{Ticket, Written};
use crate::cli::http::Client;

/// What the log says happened, by the ids and titles that it names.
#[derive(Default)]
struct Told {
    created: HashSet<String>,
    commented: HashSet<String>,
    titles: HashSet<(String, String)>,
}

impl Told {
    fn add(&mut self, event: &Value) {
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let data = &event["data"];
        match event["type"].as_str().unwrap() {
            "ticket.created" => drop(self.created.insert(word(&data["ticket"]["id"]))),
            "comment.created" => drop(self.commented.insert(word(&data["comment"]["id"]))),
            "ticket.updated" => {
                let title = &event["changes"]["title"]["new"];
                self.titles.insert((word(&data["ticket"]["id"]), word(title)));
            }
            _ => {}
        }
    }
}

/// Looks for everything that was answered in this brand. `positions` is how far each log has been read.
pub fn brand(client: &Client, brand: &str, written: &[Written], positions: &mut HashMap<String, i64>) {
    let position = positions.entry(brand.to_owned()).or_default();
    let mut told = Told::default();
    loop {
        let page = client.get(&format!("{brand}/events?limit=100&after={position}")).with(200);
        for event in page["data"].as_array().unwrap() {
            *position += 1;
            assert_eq!(event["sequence"].as_i64().unwrap(), *position, "the log has no holes");
            told.add(event);
        }
        if page["pagination"]["hasMore"] == false {
            break;
        }
    }
    let mut numbers = HashSet::new();
    for ticket in written.iter().flat_map(|written| &written.tickets).filter(|ticket| ticket.brand == brand) {
        assert!(numbers.insert(&ticket.number), "{} was given twice", ticket.number);
        assert!(told.created.contains(&ticket.id), "{} has no event", ticket.number);
        is_there(client, ticket, &told);
    }
}

fn is_there(client: &Client, ticket: &Ticket, told: &Told) {
    let path = format!("{}/tickets/{}", ticket.brand, ticket.id);
    let found = client.get(&path).with(200);
    let title = found["title"].as_str().unwrap();
    let (words, version) = title.rsplit_once('v').unwrap();
    let version: usize = version.parse().unwrap();
    assert!((ticket.version..=ticket.asked).contains(&version), "{title} was answered as {}", ticket.version);
    assert_eq!(found["status"], ["open", "pending", "resolved"][version], "{title}");
    for number in 1..=version {
        assert!(told.titles.contains(&(ticket.id.clone(), format!("{words}v{number}"))), "{title} without event");
    }
    let comments = client.get(&format!("{path}/comments")).with(200);
    let ids: HashSet<&str> =
        comments.as_array().unwrap().iter().map(|comment| comment["id"].as_str().unwrap()).collect();
    for comment in &ticket.comments {
        assert!(ids.contains(comment.as_str()), "a comment of {title} is gone");
        assert!(told.commented.contains(comment), "a comment of {title} has no event");
    }
}
