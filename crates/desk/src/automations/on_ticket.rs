//! What a run does to its ticket, through the same doors as requests: all of it in one transaction, or nothing.

use std::collections::HashSet;

use dispatch_model::{
    BrandId, Errors, Input, JsonText, Patch, TagId,
    automation::{Action, ActionType},
    brand::Brand,
    comment::NewComment,
    event::Act,
    limits::TICKET_TAGS_MAX,
    status::Statuses,
    template::{Escape, Template},
    text::{Email, List, Name, Reference},
    ticket::{Ticket, TicketPatch},
};
use dispatch_store::{self as store, Tx};
use serde_json::{Map, Value, json};

use super::facts::{Around, Facts, Happened};
use crate::{
    Result, comments,
    tickets::{self, labels},
};

/// What the actions of a run are about.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    /// The brand.
    pub(super) brand: &'a Brand,
    /// The ticket.
    pub(super) ticket: &'a str,
    /// The event that started the run.
    pub(super) happened: &'a Happened,
    /// The address under which the outside reaches the server, without a slash at its end.
    pub(super) base_url: &'a str,
}

impl About<'_> {
    /// The ticket as it is now, with the statuses of its brand.
    pub(super) async fn load(&self, tx: &Tx) -> Result<(Ticket, Statuses)> {
        let loaded = tickets::load(tx, &self.brand.id, self.ticket).await?;
        Ok((loaded.ticket.view(&loaded.statuses)?, loaded.statuses))
    }

    /// A text with its placeholders filled in. One that cannot be read stays as it is: it was looked at when it was saved.
    pub(super) fn text(&self, text: &str, ticket: &Ticket, statuses: &Statuses, escape: Escape) -> String {
        let around = Around { statuses, brand_name: &self.brand.name, base_url: self.base_url };
        filled(text, &Facts::plain(around, ticket, self.happened), escape)
    }
}

/// A text with its placeholders filled in.
pub(super) fn filled(text: &str, facts: &Facts<'_>, escape: Escape) -> String {
    Template::parse(text)
        .map_or_else(|_| text.to_owned(), |template| template.render(&|name| facts.placeholder(name), escape))
}

/// Why nothing is said when every placeholder of a text stands for nothing.
pub(super) const NO_TEXT: &str = "the text is empty";

/// Whether a text says nothing.
pub(super) fn is_empty(text: &str) -> bool {
    text.trim().is_empty()
}

/// What has come of an action on the ticket.
#[derive(Clone, Debug)]
pub(super) enum Did {
    /// It was done, and has brought this about.
    Done(Option<JsonText>),
    /// There was nothing to do, for this reason.
    Nothing(&'static str),
}

/// Does the actions that are about the ticket, in their order; answers what has come of each.
///
/// # Errors
/// When one of them cannot be done: then nothing may be committed.
pub(super) async fn carry_out(tx: &Tx, act: &Act, about: About<'_>, actions: &[&Action]) -> Result<Vec<Did>> {
    let brand = &about.brand.id;
    let (mut results, mut patch, mut touched) = (Vec::new(), TicketPatch::nothing(), HashSet::new());
    for action in actions {
        let comments = matches!(action, Action::AddNote { .. } | Action::Reply { .. });
        // What one action says of a field must not be lost to the next: they are one change as long as they differ.
        if !touched.is_empty() && (comments || touched.contains(&action.kind())) {
            flush(tx, act, about, &mut patch, &mut touched).await?;
        }
        if comments {
            let id = comment(tx, act, about, action).await?;
            let done = |id| Did::Done(Some(JsonText::of(&json!({ "commentId": id }))));
            results.push(id.map_or(Did::Nothing(NO_TEXT), done));
        } else {
            add(tx, act, brand, action, &mut patch).await?;
            touched.insert(action.kind());
            results.push(Did::Done(None));
        }
    }
    if !touched.is_empty() {
        flush(tx, act, about, &mut patch, &mut touched).await?;
    }
    Ok(results)
}

async fn flush(
    tx: &Tx,
    act: &Act,
    about: About<'_>,
    patch: &mut TicketPatch,
    touched: &mut HashSet<ActionType>,
) -> Result<()> {
    let whole = std::mem::replace(patch, TicketPatch::nothing());
    touched.clear();
    tickets::update(tx, act, &about.brand.id, about.ticket, &whole, tickets::trigger(act)).await.map(|_| ())
}

fn reference(text: &str) -> Result<Reference> {
    Reference::new(text).map_err(|message| store::Error::Bug(message).into())
}

/// The status that an action names; one that was deleted since is the one that has replaced it.
pub(super) async fn status(tx: &Tx, brand: &BrandId, text: &str) -> Result<String> {
    let statuses = store::statuses::all(tx, brand).await?;
    let found = statuses.find(text).or_else(|| statuses.resolve(text));
    Ok(found.map_or_else(|| text.to_owned(), |status| status.id.0.clone()))
}

/// Adds a change of fields to the others.
async fn add(tx: &Tx, act: &Act, brand: &BrandId, action: &Action, patch: &mut TicketPatch) -> Result<()> {
    match action {
        Action::SetStatus { status: text, close_reason } => {
            patch.status = Some(reference(&status(tx, brand, text).await?)?);
            patch.close_reason = close_reason.map_or(Patch::Keep, Patch::Set);
        }
        Action::SetPriority { priority } => patch.priority = Some(*priority),
        Action::SetCategory { category_id } => {
            patch.category_id = match category_id {
                None => Patch::Clear,
                Some(text) => Patch::Set(reference(text)?),
            };
        }
        Action::Assign { assignee_id, assignee_email } => {
            (patch.assignee_id, patch.assignee_email) = assignee(assignee_id, assignee_email)?;
        }
        Action::AddTags { tags } => {
            let all = tagged(tx, act, brand, tags, true).await?;
            patch.add_tag_ids = Some(all);
        }
        Action::RemoveTags { tags } => {
            let all = tagged(tx, act, brand, tags, false).await?;
            patch.remove_tag_ids = Some(all);
        }
        _ => {}
    }
    Ok(())
}

type Cleared = Option<Option<String>>;

/// The assignee of an action as requests have it.
pub(super) fn assignee(id: &Cleared, email: &Cleared) -> Result<(Patch<Reference>, Patch<Email>)> {
    let id = match id {
        None => Patch::Keep,
        Some(None) => Patch::Clear,
        Some(Some(text)) => Patch::Set(reference(text)?),
    };
    let email = match email {
        None => Patch::Keep,
        Some(None) => Patch::Clear,
        Some(Some(text)) => Patch::Set(Email::new(text).map_err(store::Error::Bug)?),
    };
    Ok((id, email))
}

/// Names of tags as requests have them.
pub(super) fn tag_names(tags: &[String]) -> Vec<Name> {
    use dispatch_model::input::Parse;
    let parse = |text: &String| Name::parse(text.clone().into(), "tags", &mut Errors::default());
    tags.iter().filter_map(parse).collect()
}

/// The tags that an action names. New names become tags when they are added, and are nothing when they are removed; so is the id of a
/// tag that was deleted since.
async fn tagged(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    tags: &[String],
    adds: bool,
) -> Result<List<Reference, TICKET_TAGS_MAX>> {
    let names = tag_names(tags);
    let words = labels::TagWords { names: Some(&names), ..labels::TagWords::default() };
    let mut errors = Errors::default();
    let mut wanted = labels::wanted(tx, brand, &words, &mut errors).await?;
    errors.into_result()?;
    wanted.forget_ids();
    let ids: Vec<TagId> = if adds {
        labels::applied(tx, act, brand, &[], wanted).await?.iter().map(|tag| tag.id.clone()).collect()
    } else {
        wanted.known().map(|tag| tag.id.clone()).collect()
    };
    Ok(List(ids.iter().map(|id| reference(id.as_str())).collect::<Result<_>>()?))
}

/// Writes a comment in the brand's name; none when it would say nothing.
async fn comment(tx: &Tx, act: &Act, about: About<'_>, action: &Action) -> Result<Option<String>> {
    let (text, internal, set_status) = match action {
        Action::AddNote { body } => (body, true, &None),
        Action::Reply { body, set_status } => (body, false, set_status),
        _ => return Err(store::Error::Bug("only notes and replies are comments".to_owned()).into()),
    };
    let (ticket, statuses) = about.load(tx).await?;
    let body = about.text(text, &ticket, &statuses, Escape::Plain);
    if is_empty(&body) {
        return Ok(None);
    }
    let mut members: Map<String, Value> = Map::new();
    members.insert("body".to_owned(), body.into());
    members.insert("authorType".to_owned(), "STAFF".into());
    members.insert("authorName".to_owned(), about.brand.name.clone().into());
    members.insert("isInternal".to_owned(), internal.into());
    if let Some(text) = set_status {
        members.insert("setStatus".to_owned(), status(tx, &about.brand.id, text).await?.into());
    }
    let mut errors = Errors::default();
    let new = NewComment::read(&mut members, &mut errors);
    errors.into_result()?;
    let new = new.ok_or_else(|| store::Error::Bug("a comment without a mistake cannot be read".to_owned()))?;
    Ok(Some(comments::create(tx, act, &about.brand.id, about.ticket, &new).await?.id.0))
}
