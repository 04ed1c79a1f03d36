//! Playing a script: stories in parallel over keep-alive connections, each story's requests in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::progress;
use super::script::{Script, Story};
use crate::api::{Answer, Api};
use crate::error::Result;
use crate::wire::target::Target;

/// How to play.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Connections kept open at the same time.
    pub connections: usize,
    /// Send an Idempotency-Key with every request.
    pub idempotent: bool,
    /// Print a line now and then on stderr.
    pub verbose: bool,
}

/// Tickets of one brand.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrandCounts {
    /// Created by this run.
    pub created: u64,
    /// Created by an earlier equal run.
    pub replayed: u64,
    /// Those of `replayed` that may stem from this run, because a connection broke.
    pub uncertain: u64,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Played {
    /// Tickets per brand.
    pub brands: Vec<BrandCounts>,
    /// Ids of the tickets with the place of their brand, in no particular order.
    pub ids: Vec<(usize, String)>,
    /// Tickets that the server knew already.
    pub tickets_replayed: u64,
    /// Comments created by this run.
    pub comments_created: u64,
    /// Comments that the server knew already.
    pub comments_replayed: u64,
    /// Requests sent again.
    pub retries: u64,
    /// From the first to the last request.
    pub elapsed: Duration,
}

impl Played {
    /// Nothing done yet for `brands` brands.
    pub fn empty(brands: usize) -> Self {
        Self { brands: vec![BrandCounts::default(); brands], ..Self::default() }
    }

    /// Tickets sent.
    pub fn tickets(&self) -> u64 {
        self.ids.len() as u64
    }

    /// Comments sent.
    pub fn comments(&self) -> u64 {
        self.comments_created + self.comments_replayed
    }

    fn note_ticket(&mut self, brand: usize, id: String, answer: &Answer) {
        let counts = &mut self.brands[brand];
        if answer.replayed {
            counts.replayed += 1;
            counts.uncertain += u64::from(answer.uncertain);
            self.tickets_replayed += 1;
        } else {
            counts.created += 1;
        }
        self.ids.push((brand, id));
    }

    fn note_comment(&mut self, answer: &Answer) {
        if answer.replayed {
            self.comments_replayed += 1;
        } else {
            self.comments_created += 1;
        }
    }

    fn add(&mut self, other: Self) {
        for (mine, theirs) in self.brands.iter_mut().zip(other.brands) {
            mine.created += theirs.created;
            mine.replayed += theirs.replayed;
            mine.uncertain += theirs.uncertain;
        }
        self.ids.extend(other.ids);
        self.tickets_replayed += other.tickets_replayed;
        self.comments_created += other.comments_created;
        self.comments_replayed += other.comments_replayed;
        self.retries += other.retries;
    }
}

/// What the connections share.
struct Stage<S> {
    script: S,
    target: Target,
    brand_ids: Vec<String>,
    idempotent: bool,
    next: AtomicUsize,
    requests: AtomicUsize,
}

/// Plays all of `script`; the first request that is refused for good ends it.
pub async fn play(target: &Target, script: impl Script, brand_ids: &[String], settings: Settings) -> Result<Played> {
    let stage = Arc::new(Stage {
        script,
        target: target.clone(),
        brand_ids: brand_ids.to_vec(),
        idempotent: settings.idempotent,
        next: AtomicUsize::new(0),
        requests: AtomicUsize::new(0),
    });
    let start = Instant::now();
    let mut workers = JoinSet::new();
    for _ in 0..settings.connections {
        workers.spawn(work(Arc::clone(&stage)));
    }
    let mut all = Played::empty(brand_ids.len());
    let mut line = progress::Line::new(settings.verbose);
    while !workers.is_empty() {
        tokio::select! {
            Some(done) = workers.join_next() => all.add(done??),
            () = line.due() => line.print(
                stage.next.load(Ordering::Relaxed).min(stage.script.count()),
                stage.script.count(),
                stage.requests.load(Ordering::Relaxed),
            ),
        }
    }
    all.elapsed = start.elapsed();
    Ok(all)
}

async fn work<S: Script>(stage: Arc<Stage<S>>) -> Result<Played> {
    let mut api = Api::new(stage.target.clone());
    let mut played = Played::empty(stage.brand_ids.len());
    loop {
        let index = stage.next.fetch_add(1, Ordering::Relaxed);
        if index >= stage.script.count() {
            played.retries = api.retries;
            return Ok(played);
        }
        tell(&stage, &mut api, &mut played, stage.script.story(index)).await?;
    }
}

async fn tell<S: Script>(stage: &Stage<S>, api: &mut Api, played: &mut Played, story: Story) -> Result<()> {
    let key = |key| stage.idempotent.then_some(key);
    let path = format!("/v1/brands/{}/tickets", stage.brand_ids[story.brand]);
    let answer = api.post(&path, &story.ticket, key(story.key.as_str())).await?.expect_success("creating a ticket")?;
    stage.requests.fetch_add(1, Ordering::Relaxed);
    let id = ticket_id(&answer.body).ok_or_else(|| format!("no ticket: {}", answer.excerpt()))?;
    let path = format!("{path}/{id}/comments");
    played.note_ticket(story.brand, id, &answer);
    for comment in &story.comments {
        let answer =
            api.post(&path, &comment.body, key(comment.key.as_str())).await?.expect_success("creating a comment")?;
        stage.requests.fetch_add(1, Ordering::Relaxed);
        played.note_comment(&answer);
    }
    Ok(())
}

/// The `id` of a ticket, found without reading the rest of the object.
fn ticket_id(body: &[u8]) -> Option<String> {
    const BEFORE: &[u8] = b"\"id\":\"tkt_";
    let start = body.windows(BEFORE.len()).position(|part| part == BEFORE)? + BEFORE.len() - 4;
    let length = body[start..].iter().position(|byte| *byte == b'"')?;
    String::from_utf8(body[start..start + length].to_vec()).ok()
}

#[cfg(test)]
#[path = "play_tests.rs"]
mod tests;
