//! A conversation as a ticket: the first informative message gives title and body, the others are comments.

use serde_json::json;

use super::people::person;
use super::read::Corpus;
use super::{Conversation, Turn};
use crate::load::script::{BrandPlan, CommentPlan, Script, Story};

const TITLE_CODE_POINTS_MAX: usize = 500;
const SOURCE: &str = "web";

/// Intents that say hello, thank you or yes: they do not tell what the conversation is about.
const SMALL_TALK: [&str; 5] = ["openinggreeting", "closinggreeting", "thankyou", "confirmation", "rejection"];
/// Intents that carry content but name no wish; second choice.
const UNSPECIFIC: [&str; 2] = ["contentonly", "outofdomain"];

/// A folder's conversations, ready to be played.
pub struct Conversations {
    brands: Vec<BrandPlan>,
    conversations: Vec<Conversation>,
}

impl Conversations {
    /// At most `limit` of the conversations; those without any text are left out.
    pub fn new(corpus: Corpus, limit: Option<usize>) -> Self {
        let brands = corpus.domains().iter().map(|name| BrandPlan::named(name)).collect();
        let mut conversations = corpus.conversations;
        conversations.retain(|conversation| !conversation.turns.is_empty());
        conversations.truncate(limit.unwrap_or(usize::MAX));
        Self { brands, conversations }
    }
}

impl Script for Conversations {
    fn brands(&self) -> &[BrandPlan] {
        &self.brands
    }

    fn count(&self) -> usize {
        self.conversations.len()
    }

    fn story(&self, index: usize) -> Story {
        let conversation = &self.conversations[index];
        let brand = self.brands.iter().position(|brand| brand.slug == conversation.domain).unwrap_or_default();
        story(conversation, brand)
    }
}

fn story(conversation: &Conversation, brand: usize) -> Story {
    let subject = informative(&conversation.turns);
    let turn = &conversation.turns[subject];
    let customer = person(&conversation.id);
    let ticket = json!({
        "title": title(&turn.text),
        "body": turn.text,
        "customerEmail": customer.email,
        "customerName": customer.name,
        "source": SOURCE,
        "sourceId": conversation.id,
        "customFields": {
            "intent": turn.intent.replace("<div>", ","),
            "slots": slots(&conversation.turns),
        },
    });
    let comments = conversation
        .turns
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != subject)
        .map(|(_, turn)| comment(turn))
        .collect();
    Story { brand, key: format!("ticket-{}", conversation.id), ticket: ticket.to_string().into_bytes(), comments }
}

fn comment(turn: &Turn) -> CommentPlan {
    let body = json!({
        "body": turn.text,
        "authorType": "CUSTOMER",
        "source": SOURCE,
        "sourceId": turn.id,
    });
    CommentPlan { key: format!("comment-{}", turn.id), body: body.to_string().into_bytes() }
}

/// Place of the turn that tells best what the conversation is about.
fn informative(turns: &[Turn]) -> usize {
    let is = |turn: &Turn, names: &[&str]| names.contains(&turn.intent.as_str());
    turns
        .iter()
        .position(|turn| !is(turn, &SMALL_TALK) && !is(turn, &UNSPECIFIC))
        .or_else(|| turns.iter().position(|turn| is(turn, &UNSPECIFIC)))
        .unwrap_or_default()
}

/// One line of at most 500 code points, cut at a word where that keeps most of it.
fn title(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= TITLE_CODE_POINTS_MAX {
        return line;
    }
    let cut: String = line.chars().take(TITLE_CODE_POINTS_MAX - 1).collect();
    let kept = match cut.rfind(' ') {
        Some(space) if space > cut.len() / 2 => &cut[..space],
        _ => &cut,
    };
    format!("{kept}…")
}

fn slots(turns: &[Turn]) -> Vec<&str> {
    let mut slots: Vec<&str> = Vec::new();
    for slot in turns.iter().flat_map(|turn| &turn.slots) {
        if !slots.contains(&slot.as_str()) {
            slots.push(slot);
        }
    }
    slots
}

#[cfg(test)]
#[path = "ticket_tests.rs"]
mod tests;
