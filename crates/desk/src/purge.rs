//! Purging: what is deleted for longer than it is kept goes for good, with its files and with every copy of its texts (API 1.6).
//!
//! Of a ticket, a comment and a company the rows go. Of the events about them stay id, type, time, order, and what is no text; of the
//! mails that they were and that they came in, nothing but them. A customer is purged by erasing it (`erase.rs`), a step at a
//! time as everything here. The log comes last but for the row itself: what is recorded meanwhile may still hold what the rows held.

mod words;

use std::collections::HashSet;

use dispatch_model::{
    BrandId, CommentId, CompanyId, JsonText, TicketId, Timestamp,
    event::Act,
    limits::{PURGE_SOURCES_MAX, PURGE_STEP_ROWS},
    rewrite::RewriteKind,
};
use dispatch_store::{
    self as store, Tx,
    log::{Reworded, Wording},
    purge::Kind,
    rewrites::Rewrite,
};

use crate::{
    Result,
    erase::{self, words::ERASED},
};

/// Begins to purge something that is deleted since `before` or longer, and does as much of it as one step may; says whether there is
/// more, which [`crate::rewrites::step`] does. What is gone or back by now is left alone.
///
/// # Errors
/// When the database cannot write.
pub async fn begin(tx: &Tx, act: &Act, brand: &BrandId, kind: Kind, id: &str, before: Timestamp) -> Result<bool> {
    if !store::purge::is_due(tx, brand, kind, id, before).await? || store::purge::is_going(tx, brand, id).await? {
        return Ok(false);
    }
    if kind == Kind::Customer {
        return erase::begin_deleted(tx, act, brand, id).await;
    }
    let lanes = lanes(tx, brand, kind, id).await?;
    let alone = store::rewrites::pending(tx, brand).await?.is_empty();
    let rewrite = Rewrite {
        id: act.mint.id(),
        kind: RewriteKind::Purge,
        subject: id.to_owned(),
        target: Some(JsonText::of(&lanes).as_str().to_owned()),
        position: None,
    };
    let target = rewrite.target.as_deref();
    store::rewrites::begin(tx, brand, &rewrite.id, rewrite.kind, id, target, act.at).await?;
    // Whatever is pending comes first.
    let more = !alone || step(tx, act, brand, &rewrite).await?;
    if !more {
        store::rewrites::finish(tx, brand, &rewrite.id).await?;
    }
    Ok(more)
}

/// The tickets whose events may tell of it: its own, and those that were merged into that one, whose comments came along.
async fn lanes(tx: &Tx, brand: &BrandId, kind: Kind, id: &str) -> Result<Vec<TicketId>> {
    let own = match kind {
        Kind::Ticket => Some(TicketId::from(id)),
        Kind::Comment => store::purge::ticket_of(tx, brand, id).await?,
        Kind::Customer | Kind::Company => None,
    };
    let mut lanes: Vec<TicketId> = own.into_iter().collect();
    let (mut at, max) = (0, usize::try_from(PURGE_SOURCES_MAX).unwrap_or(usize::MAX));
    while at < lanes.len() && lanes.len() < max {
        let merged = store::purge::merged_into(tx, brand, &lanes[at], PURGE_SOURCES_MAX).await?;
        let new: Vec<TicketId> = merged.into_iter().filter(|source| !lanes.contains(source)).collect();
        lanes.extend(new);
        at += 1;
    }
    Ok(lanes)
}

/// What is done in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Files,
    Mails,
    Runs,
    Surveys,
    People,
    Comments,
    Events,
    Row,
}

/// What is purged: its kind and its id.
#[derive(Clone, Debug)]
enum Subject {
    Ticket(TicketId),
    /// A comment, and the ticket that it is on.
    Comment(CommentId, TicketId),
    Company(CompanyId),
}

impl Subject {
    /// What an id says; nothing when the comment is gone with its ticket.
    async fn of(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Self>> {
        Ok(match id.split_once('_').map(|(prefix, _)| prefix) {
            Some("tkt") => Some(Self::Ticket(id.into())),
            Some("co") => Some(Self::Company(id.into())),
            _ => store::purge::ticket_of(tx, brand, id).await?.map(|ticket| Self::Comment(id.into(), ticket)),
        })
    }

    /// The files of a comment lead to the events about them: they go after those.
    const fn stages(&self) -> &'static [Stage] {
        use Stage::{Comments, Events, Files, Mails, People, Row, Runs, Surveys};
        match self {
            Self::Ticket(_) => &[Files, Mails, Runs, Surveys, People, Comments, Events, Row],
            Self::Comment(..) => &[Events, Mails, Files, Row],
            Self::Company(_) => &[Events, Row],
        }
    }

    /// The ticket and the comment that rows are looked for by.
    fn place(&self) -> Option<(&TicketId, Option<&str>)> {
        match self {
            Self::Ticket(ticket) => Some((ticket, None)),
            Self::Comment(comment, ticket) => Some((ticket, Some(comment.as_str()))),
            Self::Company(_) => None,
        }
    }
}

/// How far a purge has come: its stage, the number of the ticket whose log it goes through, and the sequence behind which it goes on.
type Position = (usize, usize, i64);

/// Does one step; says whether this purge has more.
pub(crate) async fn step(tx: &Tx, act: &Act, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let read = |text: &String| serde_json::from_str::<Position>(text).ok();
    let mut position = rewrite.position.as_ref().and_then(read).unwrap_or_default();
    let lanes: Option<Vec<String>> = rewrite.target.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let lanes: Vec<TicketId> = lanes.unwrap_or_default().into_iter().map(TicketId::from).collect();
    let mut room = PURGE_STEP_ROWS;
    let Some(subject) = Subject::of(tx, brand, &rewrite.subject).await? else { return Ok(false) };
    while let Some(stage) = subject.stages().get(position.0) {
        if room <= 0 {
            store::rewrites::move_on(tx, brand, &rewrite.id, JsonText::of(&position).as_str()).await?;
            return Ok(true);
        }
        let done = match (*stage, subject.place()) {
            (Stage::Events, _) => {
                let (looked_at, next) = events(tx, brand, &subject, &lanes, (position.1, position.2), room).await?;
                (position.1, position.2) = next.unwrap_or_default();
                room -= looked_at;
                next.is_none()
            }
            (Stage::Row, _) => {
                row(tx, act, brand, &subject).await?;
                true
            }
            (stage, Some(place)) => {
                let rows = rows(tx, act, brand, stage, place, room).await?;
                room -= rows;
                // A full piece may not have been the last.
                room > 0
            }
            (_, None) => true,
        };
        position.0 += usize::from(done);
    }
    Ok(false)
}

/// Removes or empties some rows of one table; says how many.
async fn rows(
    tx: &Tx,
    act: &Act,
    brand: &BrandId,
    stage: Stage,
    place: (&TicketId, Option<&str>),
    limit: i64,
) -> Result<i64> {
    let (ticket, _) = place;
    let count = match stage {
        Stage::Files => {
            let files = store::attachments::all_of(tx, brand, place, limit).await?;
            for file in &files {
                store::attachments::purge(tx, brand, file, act.at).await?;
            }
            files.len()
        }
        Stage::Mails => store::purge::mails(tx, brand, place, ERASED, act.at, limit).await?,
        Stage::Runs => store::automations::runs::purge_of_ticket(tx, brand, ticket, limit).await?,
        Stage::Surveys => store::surveys::purge_of_ticket(tx, brand, ticket, limit).await?,
        Stage::People => store::purge::people(tx, brand, ticket, limit).await?,
        Stage::Comments => store::purge::comments(tx, brand, ticket, limit).await?,
        Stage::Events | Stage::Row => 0,
    };
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Empties some events; says how many were looked at, and where it goes on, if there are more.
async fn events(
    tx: &Tx,
    brand: &BrandId,
    subject: &Subject,
    lanes: &[TicketId],
    (lane, after): (usize, i64),
    limit: i64,
) -> Result<(i64, Option<(usize, i64)>)> {
    let (reworded, next) = match subject {
        Subject::Company(company) => {
            let last = after + limit;
            let found = store::log::scrub(tx, brand, after, last, |event| company_gone(company, event)).await?;
            let end = tx.counter(brand).await?.map_or(0, |counter| counter.last_sequence);
            let reworded = found.into_iter().map(|sequence| Reworded { sequence, id: String::new() }).collect();
            (reworded, (last < end).then_some((lane, last)))
        }
        Subject::Ticket(_) | Subject::Comment(..) => {
            let Some(ticket) = lanes.get(lane) else { return Ok((0, None)) };
            let about = about(tx, brand, subject).await?;
            let gone = |event: &Wording| match subject {
                Subject::Ticket(own) if own == ticket => whole_gone(event),
                Subject::Ticket(_) => part_gone(event),
                _ if about.contains(&event.entity_id) => part_gone(event),
                _ => None,
            };
            let (reworded, last) = store::log::scrub_of_ticket(tx, brand, (ticket, after), limit, gone).await?;
            let next = last.map(|last| (lane, last)).or_else(|| (lane + 1 < lanes.len()).then_some((lane + 1, 0)));
            (reworded, next)
        }
    };
    forget_answers(tx, brand, &reworded).await?;
    if let Subject::Comment(_, ticket) = subject {
        for event in &reworded {
            store::purge::mails_of_event(tx, brand, ticket, &event.id, ERASED).await?;
        }
    }
    // Nothing found costs a little as well, so that a step ends.
    Ok((i64::try_from(reworded.len()).unwrap_or(limit).max(limit / 4).max(1), next))
}

/// A comment and its files: what events about it are about.
async fn about(tx: &Tx, brand: &BrandId, subject: &Subject) -> Result<HashSet<String>> {
    let Subject::Comment(comment, ticket) = subject else { return Ok(HashSet::new()) };
    let place = (ticket, Some(comment.as_str()));
    let files = store::attachments::all_of(tx, brand, place, PURGE_SOURCES_MAX).await?;
    let files = files.into_iter().map(|file| file.shown.id.0);
    Ok(files.chain([comment.0.clone()]).collect())
}

/// A receiver may have answered what it was told.
async fn forget_answers(tx: &Tx, brand: &BrandId, reworded: &[Reworded]) -> Result<()> {
    if reworded.is_empty() {
        return Ok(());
    }
    store::webhooks::hold(tx, brand).await?;
    for event in reworded {
        for (delivery, _) in store::deliveries::answered(tx, brand, (event.sequence, event.sequence)).await? {
            store::deliveries::forget_answer(tx, brand, &delivery).await?;
        }
    }
    Ok(())
}

/// An event of which nothing but ids and labels stays.
fn whole_gone(event: &Wording) -> Option<Wording> {
    reworded(event, words::without_texts(event.data.as_str()), words::without_name(event.actor.as_str()))
}

/// The same for the comment or the file that it tells of.
fn part_gone(event: &Wording) -> Option<Wording> {
    let data: serde_json::Map<String, serde_json::Value> = event.data.members();
    if !data.contains_key("comment") && !data.contains_key("attachment") {
        return None;
    }
    reworded(event, words::without_part(event.data.as_str()), None)
}

fn company_gone(company: &CompanyId, event: &Wording) -> Option<Wording> {
    let data = words::without_company(company.as_str(), event.data.as_str());
    if event.entity_id == company.as_str() {
        return reworded(event, data, None);
    }
    event.with(None, None, data)
}

/// The event with this data and actor, and without the values of its changes; nothing when it was like that before.
fn reworded(event: &Wording, data: Option<String>, actor: Option<String>) -> Option<Wording> {
    let changes = event.changes.as_ref().and_then(|changes| words::without_values(changes.as_str()));
    event.with(actor, changes, data)
}

/// Removes the row itself.
async fn row(tx: &Tx, act: &Act, brand: &BrandId, subject: &Subject) -> Result<()> {
    match subject {
        Subject::Ticket(id) => {
            if let Some((status, tags, fields)) = store::purge::ticket_state(tx, brand, id).await? {
                let statuses = store::statuses::all(tx, brand).await?;
                let counted = statuses.resolve(status.as_str()).map_or(&status, |shown| &shown.id);
                store::purge::ticket(tx, brand, id, counted, (&tags, &fields)).await?;
            }
        }
        Subject::Comment(id, _) => store::purge::comment(tx, brand, id).await?,
        Subject::Company(id) => store::purge::company(tx, brand, id).await?,
    }
    Ok(store::wipe::mark(tx, brand, act.at).await?)
}
