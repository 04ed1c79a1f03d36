//! Tags of a brand, and which tickets have them: the list in `ticket.tag_ids` is what is shown, the rows of `ticket_tag` are
//! what filters and counts look at. Both may still name a tag that is gone: `rewrites.rs` says what it reads as meanwhile.

use std::collections::{BTreeMap, HashSet};

use dispatch_model::{BrandId, JsonText, TagId, TicketId, fold::folded, rewrite::RewriteKind, tag::Tag};

use crate::{
    Bind, Result, Select, Tx, args,
    rewrites::Rewrite,
    value::{Columns, only},
};

macro_rules! columns {
    () => {
        "id, name, color, created_at, updated_at"
    };
}

crate::statements! {
    ALL_OF_BRAND = concat!("SELECT ", columns!(), " FROM tag WHERE brand_id = $1 ORDER BY name_key");
    BY_ID = concat!("SELECT ", columns!(), " FROM tag WHERE brand_id = $1 AND id = $2");
    COUNT = "SELECT count(*) FROM tag WHERE brand_id = $1";
    INSERT = "INSERT INTO tag (brand_id, id, name, name_key, color, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UPDATE = "UPDATE tag SET name = $3, name_key = $4, color = $5, updated_at = $6 WHERE brand_id = $1 AND id = $2";
    DELETE = "DELETE FROM tag WHERE brand_id = $1 AND id = $2";
    COUNTS = "SELECT x.tag_id, t.status_id, count(*) FROM ticket_tag x
        JOIN ticket t ON t.brand_id = x.brand_id AND t.id = x.ticket_id
        WHERE x.brand_id = $1 AND t.live = TRUE GROUP BY x.tag_id, t.status_id";
    IN_USE = "SELECT ticket_id FROM ticket_tag WHERE brand_id = $1 AND tag_id = $2 LIMIT 1";
    TICKETS = "SELECT x.ticket_id, t.tag_ids FROM ticket_tag x
        LEFT JOIN ticket t ON t.brand_id = x.brand_id AND t.id = x.ticket_id
        WHERE x.brand_id = $1 AND x.tag_id = $2 ORDER BY x.ticket_id LIMIT $3";
    SET_LIST = "UPDATE ticket SET tag_ids = $3 WHERE brand_id = $1 AND id = $2";
    ADD_ROW = "INSERT INTO ticket_tag (brand_id, tag_id, ticket_id) VALUES ($1, $2, $3)
        ON CONFLICT (brand_id, tag_id, ticket_id) DO NOTHING";
    REMOVE_ROW = "DELETE FROM ticket_tag WHERE brand_id = $1 AND tag_id = $2 AND ticket_id = $3";
}

fn row(brand: &BrandId, columns: &mut Columns<'_>) -> Result<Tag> {
    Ok(Tag {
        id: columns.take()?,
        brand_id: brand.clone(),
        name: columns.take()?,
        color: columns.take()?,
        created_at: columns.take()?,
        updated_at: columns.take()?,
    })
}

/// Every tag of a brand by name.
///
/// # Errors
/// When the database cannot answer.
pub async fn all(tx: &Tx, brand: &BrandId) -> Result<Vec<Tag>> {
    tx.all(&ALL_OF_BRAND, args![brand], |columns| row(brand, columns)).await
}

/// A tag by its id.
///
/// # Errors
/// When the database cannot answer.
pub async fn get(tx: &Tx, brand: &BrandId, id: &str) -> Result<Option<Tag>> {
    tx.maybe(&BY_ID, args![brand, id], |columns| row(brand, columns)).await
}

/// Those of these tags that are there, by name.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_ids(tx: &Tx, brand: &BrandId, ids: &[TagId]) -> Result<Vec<Tag>> {
    among(tx, brand, "id", ids).await
}

/// The tags with these names, whatever the case, by name.
///
/// # Errors
/// When the database cannot answer.
pub async fn by_names<T: AsRef<str>>(tx: &Tx, brand: &BrandId, names: &[T]) -> Result<Vec<Tag>> {
    let keys: Vec<String> = names.iter().map(|name| folded(name.as_ref())).collect();
    among(tx, brand, "name_key", &keys).await
}

async fn among<T: Bind>(tx: &Tx, brand: &BrandId, column: &'static str, values: &[T]) -> Result<Vec<Tag>> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(concat!("SELECT ", columns!(), " FROM tag"));
    select.with("brand_id =", brand).within(column, values);
    let limit = i64::try_from(values.len()).unwrap_or(i64::MAX);
    select.page("name_key", &limit);
    tx.select(&select, |columns| row(brand, columns)).await
}

/// How many tags a brand has.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &Tx, brand: &BrandId) -> Result<i64> {
    tx.one(&COUNT, args![brand], only).await
}

/// Creates a tag.
///
/// # Errors
/// When the database cannot write.
pub async fn insert(tx: &Tx, tag: &Tag) -> Result<()> {
    let name_key = folded(&tag.name);
    tx.run(&INSERT, args![tag.brand_id, tag.id, tag.name, name_key, tag.color, tag.created_at, tag.updated_at]).await
}

/// Stores what can be changed of a tag.
///
/// # Errors
/// When the database cannot write.
pub async fn update(tx: &Tx, tag: &Tag) -> Result<()> {
    let name_key = folded(&tag.name);
    tx.run(&UPDATE, args![tag.brand_id, tag.id, tag.name, name_key, tag.color, tag.updated_at]).await
}

/// Removes a tag. Tickets that have it are the business of a rewriting.
///
/// # Errors
/// When the database cannot write.
pub async fn delete(tx: &Tx, brand: &BrandId, id: &TagId) -> Result<()> {
    tx.run(&DELETE, args![brand, id]).await
}

/// How many tickets that are neither spam nor deleted have a tag and a (stored) status.
#[derive(Clone, Debug)]
pub struct TagStatusCount {
    /// The tag that they have for every reader.
    pub tag_id: TagId,
    /// The stored status.
    pub status_id: String,
    /// The tickets, each once.
    pub tickets: i64,
}

/// The counts of a brand in which these rewritings are pending.
///
/// # Errors
/// When the database cannot answer.
pub async fn counts(tx: &Tx, brand: &BrandId, pending: &[Rewrite]) -> Result<Vec<TagStatusCount>> {
    let mut counts = tx
        .all(&COUNTS, args![brand], |row| {
            Ok(TagStatusCount { tag_id: row.take()?, status_id: row.take()?, tickets: row.take()? })
        })
        .await?;
    // What reads as each target: its own rows and those of its subjects. Deleted tags read as nothing.
    let (mut groups, mut moved) = (BTreeMap::<&str, Vec<&str>>::new(), HashSet::<&str>::new());
    for rewrite in pending.iter().filter(|rewrite| rewrite.kind == RewriteKind::Tag) {
        moved.insert(&rewrite.subject);
        if let Some(target) = &rewrite.target {
            moved.insert(target);
            groups.entry(target).or_insert_with(|| vec![target]).push(&rewrite.subject);
        }
    }
    counts.retain(|count| !moved.contains(count.tag_id.as_str()));
    for (target, group) in groups {
        counts.extend(group_counts(tx, brand, target, &group).await?);
    }
    Ok(counts)
}

/// How many tickets have any of these tags, which all read as `target`: one that has several of them counts once.
async fn group_counts(tx: &Tx, brand: &BrandId, target: &str, group: &[&str]) -> Result<Vec<TagStatusCount>> {
    let mut select = Select::new(
        "SELECT t.status_id, count(DISTINCT x.ticket_id) FROM ticket_tag x
            JOIN ticket t ON t.brand_id = x.brand_id AND t.id = x.ticket_id",
    );
    select.with("x.brand_id =", brand).within("x.tag_id", group).is("t.live = TRUE").end(" GROUP BY t.status_id");
    tx.select(&select, |row| {
        Ok(TagStatusCount { tag_id: TagId::from(target), status_id: row.take()?, tickets: row.take()? })
    })
    .await
}

/// Whether a ticket is stored with this tag.
///
/// # Errors
/// When the database cannot answer.
pub async fn in_use(tx: &Tx, brand: &BrandId, id: &TagId) -> Result<bool> {
    Ok(tx.maybe(&IN_USE, args![brand, id], only::<TicketId>).await?.is_some())
}

/// Gives a ticket the tags `new` in place of the stored `old`: its list, and the rows behind it. Its other columns, `updated_at`
/// among them, are the caller's.
///
/// # Errors
/// When the database cannot write.
pub async fn set_for_ticket(tx: &Tx, brand: &BrandId, ticket: &TicketId, old: &[TagId], new: &[TagId]) -> Result<()> {
    if old == new {
        return Ok(());
    }
    set_rows(tx, brand, ticket, old, new).await?;
    tx.run(&SET_LIST, args![brand, ticket, JsonText::of(new)]).await
}

/// The part of [`set_for_ticket`] for a caller that writes the list together with the rest of the ticket.
///
/// # Errors
/// When the database cannot write.
pub async fn set_rows(tx: &Tx, brand: &BrandId, ticket: &TicketId, old: &[TagId], new: &[TagId]) -> Result<()> {
    for gone in old.iter().filter(|tag| !new.contains(tag)) {
        tx.run(&REMOVE_ROW, args![brand, gone, ticket]).await?;
    }
    for come in new.iter().filter(|tag| !old.contains(tag)) {
        tx.run(&ADD_ROW, args![brand, come, ticket]).await?;
    }
    Ok(())
}

/// The tags of a stored list.
#[must_use]
pub fn ids_in(list: &JsonText) -> Vec<TagId> {
    let ids: Vec<String> = serde_json::from_str(list.as_str()).unwrap_or_default();
    ids.into_iter().map(TagId::from).collect()
}

/// Rewrites up to `limit` tickets from `subject` to what it reads as; says how many there were.
///
/// # Errors
/// When the database cannot write.
pub async fn rewrite(tx: &Tx, brand: &BrandId, subject: &str, target: Option<&str>, limit: i64) -> Result<usize> {
    let subject = TagId::from(subject);
    let target = target.map(TagId::from);
    let found = tx
        .all(&TICKETS, args![brand, subject, limit], |row| {
            Ok((row.take::<TicketId>()?, row.take::<Option<JsonText>>()?))
        })
        .await?;
    for (ticket, list) in &found {
        let old = list.as_ref().map(ids_in).unwrap_or_default();
        let mut new: Vec<TagId> = Vec::new();
        for id in &old {
            let id = if *id == subject { target.as_ref() } else { Some(id) };
            new.extend(id.filter(|id| !new.contains(id)).cloned());
        }
        set_for_ticket(tx, brand, ticket, &old, &new).await?;
        // Also when the list does not have it, or the ticket is gone: the row must not be found again.
        tx.run(&REMOVE_ROW, args![brand, subject, ticket]).await?;
    }
    Ok(found.len())
}
