//! What is to be played: brands, tickets, comments, as bodies of requests. Two kinds exist, real conversations and
//! generated tickets.

use serde_json::json;

/// A brand to create, or to find when it exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandPlan {
    /// Its unique slug.
    pub slug: String,
    /// Its name.
    pub name: String,
}

impl BrandPlan {
    /// The brand of a domain: `airline` is called "Airline".
    pub fn named(slug: &str) -> Self {
        let mut letters = slug.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        Self { slug: slug.to_owned(), name: first.into_iter().chain(letters).collect() }
    }

    /// Body of the request that creates it.
    pub fn body(&self) -> Vec<u8> {
        json!({ "name": self.name, "slug": self.slug }).to_string().into_bytes()
    }
}

/// One ticket and what follows it.
#[derive(Clone, Debug)]
pub struct Story {
    /// Place of its brand among the script's brands.
    pub brand: usize,
    /// Idempotency-Key of the ticket.
    pub key: String,
    /// Body of the request that creates the ticket.
    pub ticket: Vec<u8>,
    /// Comments in order.
    pub comments: Vec<CommentPlan>,
}

/// One comment.
#[derive(Clone, Debug)]
pub struct CommentPlan {
    /// Idempotency-Key.
    pub key: String,
    /// Body of the request.
    pub body: Vec<u8>,
}

/// A number of stories, each always the same.
pub trait Script: Send + Sync + 'static {
    /// The brands, in a fixed order.
    fn brands(&self) -> &[BrandPlan];
    /// How many stories there are.
    fn count(&self) -> usize;
    /// The story at `index`, below `count`.
    fn story(&self, index: usize) -> Story;
}
