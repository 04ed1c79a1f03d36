//! Erasing a customer (API 1.6): the person's data goes from everywhere it was copied. The customer's row is emptied at
//! once; tickets, comments, watchers, stored answers and events follow, table by table in steps. The request does as many of
//! them as is reasonable, the worker the rest.
//!
//! What goes: every address that the customer had, wherever it stands; the name, where it stands beside the address or the id;
//! and the texts and files that are the customer's own, which are those of its tickets and of the comments that it wrote. Of these, number,
//! status, times and labels stay. What others wrote stays as well, but for the addresses.

pub(crate) mod words;

use std::collections::HashSet;

use dispatch_model::{
    BrandId, JsonText, RewriteId, Timestamp,
    customer::Customer,
    event::Act,
    id::{IdKind, decode},
    limits::{ERASE_LOG_ROWS, ERASE_STEP_ROWS},
    rewrite::RewriteKind,
};
use dispatch_store::{
    self as store, Tx,
    erase::{CommentTexts, Piece, TicketTexts},
    log::Wording,
    mails::MailTexts,
    rewrites::Rewrite,
};

use crate::{Result, brands, error::Found, payload, pending::Pending};
use words::Person;

/// Empties a customer's row and begins with the copies; says whether there is something left to do with [`work`].
///
/// # Errors
/// When there never was such a customer.
pub async fn begin(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<bool> {
    let whole = brands::get(tx, brand).await?;
    let customer = store::customers::by_id_also_deleted(tx, brand, id).await?.found()?;
    if customer.email.is_empty() {
        return Ok(Pending::load(tx, &whole).await?.erasure(id).is_some());
    }
    let (kind, email) = (RewriteKind::Erase, Some(customer.email.as_str()));
    store::rewrites::begin(tx, brand, &act.mint.id(), kind, id, email, act.at).await?;
    store::erase::forget(tx, brand, &customer.id, act.at).await?;
    if customer.deleted_at.is_none() {
        let erased = Customer {
            email: String::new(),
            name: None,
            avatar_url: None,
            company_id: None,
            company: None,
            custom_fields: JsonText::empty_object(),
            metadata: JsonText::empty_object(),
            updated_at: act.at,
            deleted_at: Some(act.at),
            ..customer
        };
        tx.record(act, brand, payload::customer("customer.deleted", &erased, None));
    }
    Ok(true)
}

/// Begins to erase a customer that is deleted, because it is not kept any longer (`purge.rs`); says whether there is something to
/// do. Its address may be another customer's by now: then that is left alone.
///
/// # Errors
/// When the database cannot write.
pub(crate) async fn begin_deleted(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<bool> {
    let customer = store::customers::by_id_also_deleted(tx, brand, id).await?.found()?;
    if customer.email.is_empty() || customer.deleted_at.is_none() {
        return Ok(false);
    }
    let is_free = store::customers::by_email(tx, brand, &customer.email).await?.is_none();
    let email = if is_free { customer.email.as_str() } else { "" };
    store::rewrites::begin(tx, brand, &act.mint.id(), RewriteKind::Erase, id, Some(email), act.at).await?;
    store::erase::forget(tx, brand, &customer.id, act.at).await?;
    Ok(true)
}

/// Does one step of the erasure of a customer; says whether there is more to do.
///
/// # Errors
/// When there is no such brand or the database cannot write.
pub async fn work(tx: &Tx, act: &Act, brand: &BrandId, id: &str) -> Result<bool> {
    let pending = Pending::of(tx, brand).await?;
    let Some(rewrite) = pending.erasure(id) else { return Ok(false) };
    let more = step(tx, act, brand, rewrite).await?;
    if !more {
        store::rewrites::finish(tx, brand, &rewrite.id).await?;
    }
    Ok(more)
}

/// What is done in which order. The log comes last: what is recorded meanwhile may still hold what the rows before it held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Which addresses the customer had before.
    Addresses,
    /// The files on its tickets and comments.
    Files,
    /// Mail to it, and about its tickets.
    Mails,
    /// Mail from it, or to it and others.
    Received,
    /// What it was asked, and has answered.
    Surveys,
    /// What automations wrote on its own tickets, which may quote it.
    Notes,
    /// Its own tickets.
    Own,
    Tickets,
    Comments,
    Watchers,
    Answers,
    Events,
}

impl Stage {
    /// These once, ...
    const ONCE: [Self; 7] =
        [Self::Addresses, Self::Files, Self::Mails, Self::Received, Self::Surveys, Self::Notes, Self::Own];
    /// ... and these for each address.
    const EACH: [Self; 5] = [Self::Tickets, Self::Comments, Self::Watchers, Self::Answers, Self::Events];

    /// The stage at a place, and the number of the address that it is about.
    fn at(place: usize) -> (Self, usize) {
        match place.checked_sub(Self::ONCE.len()) {
            None => (Self::ONCE[place], 0),
            Some(place) => (Self::EACH[place % Self::EACH.len()], place / Self::EACH.len()),
        }
    }

    /// The place at which an address begins.
    const fn first_of(address: usize) -> usize {
        Self::ONCE.len() + address * Self::EACH.len()
    }
}

/// How far an erasure has come: the place of its stage, and the key of the last row there.
type Position = (usize, Vec<String>);

/// Does one step; says whether this erasure has more.
pub(crate) async fn step(tx: &Tx, act: &Act, brand: &BrandId, rewrite: &Rewrite) -> Result<bool> {
    let read = |text: &String| serde_json::from_str::<Position>(text).ok();
    let (place, after) = rewrite.position.as_ref().and_then(read).unwrap_or_default();
    let (stage, number) = Stage::at(place);
    let Some(address) = addresses(rewrite).nth(number) else {
        store::wipe::mark(tx, brand, act.at).await?;
        return Ok(false);
    };
    let once = match stage {
        Stage::Addresses => Some(former_addresses(tx, brand, rewrite, &after).await?),
        Stage::Files => Some(files(tx, brand, rewrite, &after).await?),
        Stage::Mails => Some(mails(tx, brand, rewrite, &after).await?),
        Stage::Received => Some(received(tx, brand, rewrite, &after).await?),
        Stage::Surveys => Some(surveys(tx, brand, rewrite, &after).await?),
        Stage::Notes => Some(notes(tx, brand, rewrite).await?),
        _ => None,
    };
    let position: Position = if let Some(after) = once {
        after.map_or_else(|| (place + 1, Vec::new()), |after| (place, after))
    } else if number > 0 && store::customers::by_email(tx, brand, address).await?.is_some() {
        // An address that is somebody else's now is left alone.
        (Stage::first_of(number + 1), Vec::new())
    } else {
        let person = Person::new(&rewrite.subject, address);
        piece(tx, brand, &person, stage, &after).await?.map_or_else(|| (place + 1, Vec::new()), |after| (place, after))
    };
    store::rewrites::move_on(tx, brand, &rewrite.id, JsonText::of(&position).as_str()).await?;
    Ok(true)
}

/// The addresses of the customer as far as they are known: the last one, then those before.
fn addresses(rewrite: &Rewrite) -> impl Iterator<Item = &str> {
    rewrite.target.as_deref().unwrap_or_default().split(' ')
}

/// Looks through a part of the log for addresses that the customer had before; answers where it ends.
async fn former_addresses(
    tx: &Tx,
    brand: &BrandId,
    rewrite: &Rewrite,
    after: &[String],
) -> Result<Option<Vec<String>>> {
    let after: i64 = after.first().and_then(|text| text.parse().ok()).unwrap_or(0);
    let last = after + ERASE_LOG_ROWS;
    let mut known: Vec<String> = addresses(rewrite).map(str::to_owned).collect();
    let before = known.len();
    for event in store::log::of_entity(tx, brand, (after, last), &rewrite.subject, "customer.updated").await? {
        for address in words::addresses(event.changes.as_ref()) {
            if !known.contains(&address) {
                known.push(address);
            }
        }
    }
    if known.len() > before {
        store::rewrites::aim(tx, brand, &rewrite.id, &known.join(" ")).await?;
    }
    let end = tx.counter(brand).await?.map_or(0, |counter| counter.last_sequence);
    Ok((last < end).then(|| vec![last.to_string()]))
}

/// Goes through some rows of one table; answers the key of the last one, or nothing at the end of the table.
async fn piece(
    tx: &Tx,
    brand: &BrandId,
    person: &Person<'_>,
    stage: Stage,
    after: &[String],
) -> Result<Option<Vec<String>>> {
    let key = after.first().map_or("", String::as_str);
    let piece = Piece { after: key, rows: ERASE_STEP_ROWS, customer: person.id, email: person.email };
    let end = match stage {
        Stage::Addresses | Stage::Files | Stage::Mails | Stage::Received | Stage::Surveys | Stage::Notes => None,
        Stage::Own => {
            let found = store::erase::of_customer(tx, brand, person.id, ERASE_STEP_ROWS).await?;
            for old in &found {
                store::erase::write_ticket(tx, brand, old, &own_ticket(person, old)).await?;
                store::erase::unlink(tx, brand, &old.id).await?;
            }
            return Ok((!found.is_empty()).then(Vec::new));
        }
        Stage::Tickets => {
            let (found, end) = store::erase::tickets(tx, brand, &piece).await?;
            for old in found {
                let new = ticket(person, &old);
                if new != old {
                    store::erase::write_ticket(tx, brand, &old, &new).await?;
                }
            }
            end
        }
        Stage::Comments => {
            let (found, end) = store::erase::comments(tx, brand, &piece).await?;
            for old in found {
                let new = comment(person, &old);
                if new != old {
                    store::erase::write_comment(tx, brand, &new).await?;
                }
            }
            end
        }
        Stage::Watchers => store::erase::watchers(tx, brand, &piece).await?,
        Stage::Answers => return answers(tx, brand, person, after).await,
        Stage::Events => return events(tx, brand, person, key).await,
    };
    Ok(end.map(|end| vec![end]))
}

async fn answers(tx: &Tx, brand: &BrandId, person: &Person<'_>, after: &[String]) -> Result<Option<Vec<String>>> {
    let place = <[String; 3]>::try_from(after.to_vec()).unwrap_or_default();
    let (found, end) = store::erase::answers(tx, brand, &place, ERASE_STEP_ROWS).await?;
    let files = store::attachments::erased(tx, brand).await?.into_iter().collect();
    for mut answer in found {
        let reply = person.in_json(&answer.reply);
        let reply = words::without_files(&files, reply.as_deref().unwrap_or(&answer.reply)).or(reply);
        if let Some(reply) = reply {
            answer.reply = reply;
            store::erase::write_answer(tx, &answer).await?;
        }
    }
    Ok(end.map(Vec::from))
}

/// When an erasure began; its id says so.
fn begun(rewrite: &Rewrite) -> Timestamp {
    let millis = decode(RewriteId::PREFIX, rewrite.id.as_str()).map(|bits| i64::try_from(bits >> 80).unwrap_or(0));
    Timestamp::from_millis(millis.unwrap_or(0))
}

/// Goes through some attachments, before their tickets and comments are nobody's any more; answers the id of the last one.
async fn files(tx: &Tx, brand: &BrandId, rewrite: &Rewrite, after: &[String]) -> Result<Option<Vec<String>>> {
    let people: Vec<Person<'_>> = addresses(rewrite).map(|address| Person::new(&rewrite.subject, address)).collect();
    let after = after.first().map_or("", String::as_str);
    let found = store::attachments::to_erase(tx, brand, after, ERASE_STEP_ROWS).await?;
    for file in &found {
        let is_author = |person: &Person<'_>| person.is_meant(file.author_id.as_deref(), file.author_email.as_deref());
        let on_own_ticket = !file.has_comment && file.customer_id.as_ref() == Some(&rewrite.subject);
        if on_own_ticket || (file.has_comment && people.iter().any(is_author)) {
            store::attachments::erase(tx, brand, file, words::ERASED, begun(rewrite)).await?;
        } else if file.uploaded_by.as_ref().is_some_and(|text| people.iter().any(|person| person.is_address(text))) {
            store::attachments::forget_uploader(tx, brand, &file.id).await?;
        }
    }
    Ok(found.last().filter(|_| i64::try_from(found.len()) == Ok(ERASE_STEP_ROWS)).map(|last| vec![last.id.clone()]))
}

/// Why a mail is not sent whose recipient was erased.
const TO_NOBODY: &str = "the customer was erased";

/// The customer under each of its addresses that is nobody else's now.
async fn people<'r>(tx: &Tx, brand: &BrandId, rewrite: &'r Rewrite) -> Result<Vec<Person<'r>>> {
    let mut people = Vec::new();
    for (number, address) in addresses(rewrite).enumerate() {
        if number == 0 || store::customers::by_email(tx, brand, address).await?.is_none() {
            people.push(Person::new(&rewrite.subject, address));
        }
    }
    Ok(people)
}

/// Goes through some mails, before their tickets are nobody's any more; answers the id of the last one. What was mailed to the
/// customer or about its tickets is its own.
async fn mails(tx: &Tx, brand: &BrandId, rewrite: &Rewrite, after: &[String]) -> Result<Option<Vec<String>>> {
    let people = people(tx, brand, rewrite).await?;
    let after = after.first().map_or("", String::as_str);
    let found = store::mails::to_erase(tx, brand, after, ERASE_STEP_ROWS).await?;
    for old in &found {
        let new = mail(&rewrite.subject, &people, old);
        if new != *old {
            store::mails::write(tx, brand, &new).await?;
        }
        if new.to_address.is_empty() {
            store::mails::suppress(tx, brand, &new.id, TO_NOBODY, begun(rewrite)).await?;
        }
    }
    Ok(found.last().filter(|_| i64::try_from(found.len()) == Ok(ERASE_STEP_ROWS)).map(|last| vec![last.id.0.clone()]))
}

/// The mail without the customer.
fn mail(customer: &str, people: &[Person<'_>], old: &MailTexts) -> MailTexts {
    let is_to = people.iter().any(|person| person.is_address(&old.to_address));
    let mut new = old.clone();
    if is_to {
        (new.to_address, new.to_name) = (String::new(), None);
    }
    if is_to || old.customer_id.as_deref() == Some(customer) {
        (new.subject, new.body) = (words::ERASED.to_owned(), String::new());
    } else {
        for person in people {
            (new.subject, new.body) = (person.text(&new.subject), person.text(&new.body));
        }
    }
    new
}

/// Goes through some messages that came in, before their tickets are nobody's any more; answers the id of the last one. The bytes of
/// those that the customer wrote, or that name it, go as a whole.
async fn received(tx: &Tx, brand: &BrandId, rewrite: &Rewrite, after: &[String]) -> Result<Option<Vec<String>>> {
    let people = people(tx, brand, rewrite).await?;
    let after = after.first().map_or("", String::as_str);
    if after.is_empty() {
        for person in people.iter().filter(|person| !person.email.is_empty()) {
            store::mails::participants::forget(tx, brand, person.email).await?;
        }
    }
    let found = store::mails::erase::to_erase(tx, brand, after, ERASE_STEP_ROWS).await?;
    for old in &found {
        let new = incoming(&people, old);
        let is_named = new != *old || old.envelope.as_ref().is_some_and(|text| holds(&people, text));
        let is_own = is_named || old.customer_id.as_ref() == Some(&rewrite.subject);
        if is_own {
            let new = if old.customer_id.as_ref() == Some(&rewrite.subject) {
                store::mails::erase::Texts { subject: words::ERASED.to_owned(), ..new }
            } else {
                new
            };
            store::mails::erase::write(tx, brand, &new).await?;
        }
        if is_own && old.has_raw {
            store::mails::raw::delete(tx, brand, &old.id).await?;
            if let Some(key) = &old.blob_key {
                store::removals::plan(tx, key, begun(rewrite)).await?;
            }
        }
    }
    Ok(found.last().filter(|_| i64::try_from(found.len()) == Ok(ERASE_STEP_ROWS)).map(|last| vec![last.id.0.clone()]))
}

fn holds(people: &[Person<'_>], text: &str) -> bool {
    people.iter().any(|person| person.in_json(text).is_some())
}

/// The message without the customer.
fn incoming(people: &[Person<'_>], old: &store::mails::erase::Texts) -> store::mails::erase::Texts {
    let mut new = old.clone();
    if people.iter().any(|person| person.is_address(&old.from)) {
        (new.from, new.from_name, new.subject) = (String::new(), None, words::ERASED.to_owned());
    }
    for person in people {
        new.subject = person.text(&new.subject);
        let others = |list: &str| {
            let all: Vec<String> = serde_json::from_str(list).unwrap_or_default();
            let kept: Vec<&String> = all.iter().filter(|address| !person.is_address(address)).collect();
            if kept.len() == all.len() { list.to_owned() } else { JsonText::of(&kept).as_str().to_owned() }
        };
        (new.to, new.cc) = (others(&new.to), others(&new.cc));
    }
    new
}

/// Goes through some surveys; answers the id of the last one.
async fn surveys(tx: &Tx, brand: &BrandId, rewrite: &Rewrite, after: &[String]) -> Result<Option<Vec<String>>> {
    let people = people(tx, brand, rewrite).await?;
    let after = after.first().map_or("", String::as_str);
    let found = store::surveys::to_erase(tx, brand, after, ERASE_STEP_ROWS).await?;
    for asked in &found {
        if people.iter().any(|person| person.is_meant(Some(&asked.customer_id), Some(&asked.customer_email))) {
            store::surveys::erase(tx, brand, &asked.id).await?;
        }
    }
    Ok(found.last().filter(|_| i64::try_from(found.len()) == Ok(ERASE_STEP_ROWS)).map(|last| vec![last.id.0.clone()]))
}

/// Empties some comments that automations wrote on the tickets of the customer, before those are nobody's any more; answers whether
/// there may be more. They are made of templates, in which the words of the ticket may stand.
async fn notes(tx: &Tx, brand: &BrandId, rewrite: &Rewrite) -> Result<Option<Vec<String>>> {
    let found = store::erase::notes(tx, brand, &rewrite.subject, words::ERASED, ERASE_STEP_ROWS).await?;
    Ok((found > 0).then(Vec::new))
}

async fn events(tx: &Tx, brand: &BrandId, person: &Person<'_>, after: &str) -> Result<Option<Vec<String>>> {
    let after: i64 = after.parse().unwrap_or(0);
    let last = after + ERASE_STEP_ROWS;
    let files = store::attachments::erased(tx, brand).await?.into_iter().collect();
    let about = store::log::scrub(tx, brand, after, last, |event| wording(person, &files, event)).await?;
    if let (Some(first), Some(end)) = (about.first(), about.last()) {
        // A receiver may have answered what it was told.
        store::webhooks::hold(tx, brand).await?;
        let answered = store::deliveries::answered(tx, brand, (*first, *end)).await?;
        for (delivery, _) in answered.iter().filter(|(_, sequence)| about.contains(sequence)) {
            store::deliveries::forget_answer(tx, brand, delivery).await?;
        }
    }
    let end = tx.counter(brand).await?.map_or(0, |counter| counter.last_sequence);
    Ok((last < end).then(|| vec![last.to_string()]))
}

/// A ticket of the customer: what it says is the customer's.
fn own_ticket(person: &Person<'_>, old: &TicketTexts) -> TicketTexts {
    TicketTexts {
        title: words::ERASED.to_owned(),
        body: None,
        links: JsonText::empty_list(),
        custom_fields: JsonText::empty_object(),
        metadata: JsonText::empty_object(),
        source_id: None,
        source_data: None,
        ..ticket(person, old)
    }
}

fn ticket(person: &Person<'_>, old: &TicketTexts) -> TicketTexts {
    let address_or_text = |text: &Option<String>| text.clone().filter(|text| !person.is_address(text));
    TicketTexts {
        id: old.id.clone(),
        number: old.number.clone(),
        title: person.text(&old.title),
        body: person.optional(&old.body),
        created_by: person.optional(&address_or_text(&old.created_by)),
        assignee: address_or_text(&old.assignee),
        cc: person.json(&old.cc),
        links: person.json(&old.links),
        custom_fields: person.json(&old.custom_fields),
        metadata: person.json(&old.metadata),
        source_id: person.optional(&old.source_id),
        source_data: old.source_data.as_ref().map(|data| person.json(data)),
    }
}

fn comment(person: &Person<'_>, old: &CommentTexts) -> CommentTexts {
    if person.is_meant(old.author_id.as_deref(), old.author_email.as_deref()) {
        return CommentTexts {
            id: old.id.clone(),
            is_found: old.is_found,
            author_id: person.optional(&old.author_id),
            author_name: None,
            author_email: None,
            body: words::ERASED.to_owned(),
            cc: person.json(&old.cc),
            links: JsonText::empty_list(),
            metadata: JsonText::empty_object(),
            source_id: None,
            source_data: None,
        };
    }
    CommentTexts {
        id: old.id.clone(),
        is_found: old.is_found,
        author_id: person.optional(&old.author_id),
        author_name: person.optional(&old.author_name),
        author_email: old.author_email.clone(),
        body: person.text(&old.body),
        cc: person.json(&old.cc),
        links: person.json(&old.links),
        metadata: person.json(&old.metadata),
        source_id: person.optional(&old.source_id),
        source_data: old.source_data.as_ref().map(|data| person.json(data)),
    }
}

/// The event without the person, if it held anything of it.
fn wording(person: &Person<'_>, files: &HashSet<String>, event: &Wording) -> Option<Wording> {
    let actor = person.in_json(event.actor.as_str());
    let data = person.in_json(event.data.as_str());
    let data = words::without_files(files, data.as_deref().unwrap_or(event.data.as_str())).or(data);
    let changes = event.changes.as_ref().and_then(|changes| {
        let own = person.wrote(event.data.as_str());
        let named = person.in_changed_names(changes.as_str(), own);
        let text = named.as_deref().unwrap_or(changes.as_str());
        let rest = if event.entity_id == person.id {
            person.in_changes(text)
        } else if own {
            person.in_own_changes(text)
        } else {
            person.in_json(text)
        };
        rest.or(named)
    });
    event.with(actor, changes, data)
}
