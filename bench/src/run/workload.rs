//! The requests of each measured operation.

use serde_json::json;

use super::template::{NUMBER_MARK, Number, Template};
use crate::generate::rng::{Rng, mix};
use crate::generate::{customers_per_brand, ticket};
use crate::wire::request;
use crate::wire::target::Target;

const CREATES: usize = 2_048;
const TICKETS_TOUCHED: usize = 4_096;
const LIST_LIMIT: usize = 50;
const PRIORITIES: [&str; 4] = ["low", "normal", "high", "urgent"];

/// What a cell measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `GET` of one ticket.
    Get,
    /// A page of 50 tickets.
    List,
    /// `POST` of a ticket, spread over the brands.
    Create,
    /// `POST` of a comment.
    Comment,
    /// `PATCH` of title and priority.
    Update,
    /// `POST` of tickets to one brand only.
    CreateHot,
}

impl Operation {
    /// Name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Create => "create",
            Self::Comment => "comment",
            Self::Update => "update",
            Self::CreateHot => "create hot",
        }
    }
}

/// The filled server.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Where it listens, and the key.
    pub target: Target,
    /// Its brands.
    pub brand_ids: Vec<String>,
    /// Its tickets with the places of their brands.
    pub tickets: Vec<(usize, String)>,
}

impl Filled {
    /// Requests for `operation`.
    pub fn workload(&self, operation: Operation) -> Vec<Template> {
        match operation {
            Operation::Get => self.each_touched(|path, _| self.bare(path)),
            Operation::List => self.lists(),
            Operation::Create => self.creates(self.brand_ids.len()),
            Operation::CreateHot => self.creates(1),
            Operation::Comment => self.each_touched(|path, n| self.comment(path, n)),
            Operation::Update => self.each_touched(|path, n| self.update(path, n)),
        }
    }

    fn lists(&self) -> Vec<Template> {
        self.brand_ids.iter().map(|id| self.bare(&format!("/v1/brands/{id}/tickets?limit={LIST_LIMIT}"))).collect()
    }

    fn creates(&self, brands: usize) -> Vec<Template> {
        let number = Number::Customer { known: customers_per_brand(self.tickets.len()) };
        (0..CREATES)
            .map(|index| {
                let path = format!("/v1/brands/{}/tickets", self.brand_ids[index % brands]);
                let seed = (self.tickets.len() + index) as u64;
                let email = ticket::email(0).replace("00000000", NUMBER_MARK);
                let body = ticket::body(&mut Rng::new(seed), seed, &email);
                self.sending("POST", &path, &body, number)
            })
            .collect()
    }

    /// Requests on tickets picked from all over the database.
    fn each_touched(&self, build: impl Fn(&str, u64) -> Template) -> Vec<Template> {
        let all = self.tickets.len() as u64;
        (0..TICKETS_TOUCHED as u64)
            .map(|index| {
                let place = usize::try_from(mix(index) % all).unwrap_or_default();
                let (brand, id) = &self.tickets[place];
                build(&format!("/v1/brands/{}/tickets/{id}", self.brand_ids[*brand]), index)
            })
            .collect()
    }

    fn comment(&self, path: &str, index: u64) -> Template {
        let body = ticket::comment(&mut Rng::new(index), index);
        self.sending("POST", &format!("{path}/comments"), &body, Number::None)
    }

    fn update(&self, path: &str, index: u64) -> Template {
        let priority = PRIORITIES[usize::try_from(index % 4).unwrap_or_default()];
        let body = json!({
            "title": format!("Refund for the annual plan, revision {NUMBER_MARK}"),
            "priority": priority,
        });
        self.sending("PATCH", path, &body, Number::Sequence)
    }

    fn bare(&self, path: &str) -> Template {
        Template::new(request::build(&self.target, "GET", path, None, None), Number::None)
    }

    fn sending(&self, method: &str, path: &str, body: &serde_json::Value, number: Number) -> Template {
        let body = body.to_string();
        let bytes = request::build(&self.target, method, path, Some(body.as_bytes()), None);
        Template::new(bytes, number)
    }
}

#[cfg(test)]
#[path = "workload_tests.rs"]
mod tests;
