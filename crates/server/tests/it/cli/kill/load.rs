//! One client that writes as fast as it is answered, and remembers what it was told.

use std::sync::mpsc::Sender;

use serde_json::{Value, json};

use crate::cli::http::{Client, Reply};

/// A ticket of the load. Its title ends in the version that an update gave it.
pub struct Ticket {
    pub brand: String,
    pub id: String,
    pub number: String,
    /// The last version that was answered, and the last that was asked for: one of the two is stored.
    pub version: usize,
    pub asked: usize,
    /// Comments that were answered.
    pub comments: Vec<String>,
}

/// What one client knows.
#[derive(Default)]
pub struct Written {
    pub tickets: Vec<Ticket>,
}

impl Written {
    pub fn acknowledged(&self) -> usize {
        self.tickets.iter().map(|ticket| 1 + ticket.version + ticket.comments.len()).sum()
    }
}

/// Who writes, and whom it tells of each answer.
struct Writer<'a> {
    client: &'a Client,
    brand: &'a str,
    answered: &'a Sender<()>,
}

/// Creates tickets, each with two comments and two updates, until there is no answer.
pub fn write_until_it_dies(client: &Client, brand: &str, name: &str, answered: &Sender<()>) -> Written {
    let (writer, mut written) = (Writer { client, brand, answered }, Written::default());
    for count in 0.. {
        let title = format!("{name}-{count} v");
        if writer.ticket(&title, &mut written).is_none() {
            break;
        }
    }
    written
}

impl Writer<'_> {
    /// `None` when the server is gone.
    fn ticket(&self, title: &str, written: &mut Written) -> Option<()> {
        let email = format!("c{}@example.com", written.tickets.len() % 3);
        let body = json!({ "title": format!("{title}0"), "body": "Words. ".repeat(40), "customerEmail": email });
        let made = self.sent("POST", &format!("{}/tickets", self.brand), &body)?.with(201);
        let word = |field: &str| made[field].as_str().unwrap().to_owned();
        written.tickets.push(Ticket {
            brand: self.brand.to_owned(),
            id: word("id"),
            number: word("ticketNumber"),
            version: 0,
            asked: 0,
            comments: Vec::new(),
        });
        let ticket = written.tickets.last_mut()?;
        let path = format!("{}/tickets/{}", self.brand, ticket.id);
        for version in 1..=2 {
            let comment = json!({ "body": format!("{title}{version}"), "authorType": "STAFF" });
            let made = self.sent("POST", &format!("{path}/comments"), &comment)?.with(201);
            ticket.comments.push(made["id"].as_str().unwrap().to_owned());
            ticket.asked = version;
            let status = ["open", "pending", "resolved"][version];
            let change = json!({ "title": format!("{title}{version}"), "status": status });
            self.sent("PATCH", &path, &change)?.with(200);
            ticket.version = version;
        }
        Some(())
    }

    fn sent(&self, method: &str, path: &str, body: &Value) -> Option<Reply> {
        let reply = self.client.try_send(method, path, body).ok()?;
        let _ = self.answered.send(()); // nobody counts any more once the server is to die
        Some(reply)
    }
}
