//! The orders that no index has as they are: from one group of tickets to the next (statuses, categories, assignees), or
//! from what is joined to its tickets (customers, companies). Within a group, tickets stand by id.

use std::{cmp::Ordering, collections::HashMap};

use dispatch_model::{CategoryId, StatusId, fold::folded, rewrite::RewriteKind, status::Statuses, ticket::TicketSort};

use super::{Assigned, Gone, Shown, SortKey, TicketFilter, TicketList, filter::Driver, keys::Position, list::Scene};
use crate::{Result, Select, Tx, args, categories, rewrites, value::Columns};

crate::statements! {
    /// Every assignee once, from one to the next along the index: not all of its entries are looked at.
    ASSIGNEES = "WITH RECURSIVE found (assignee) AS (
            SELECT min(t.assignee) FROM ticket t WHERE t.brand_id = $1 AND t.live = $2 AND t.assignee IS NOT NULL
            UNION ALL SELECT (SELECT min(t.assignee) FROM ticket t WHERE t.brand_id = $1 AND t.live = $2
                AND t.assignee IS NOT NULL AND t.assignee > found.assignee) FROM found WHERE found.assignee IS NOT NULL)
        SELECT assignee FROM found WHERE assignee IS NOT NULL";
}

/// What the tickets of a segment are sorted by.
#[derive(Clone, Debug)]
pub(super) enum Key {
    /// They share it.
    Fixed(SortKey),
    /// A column with a number.
    Int(&'static str),
    /// A column with a text.
    Text(&'static str),
}

/// Tickets that one statement finds in their order.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub filter: TicketFilter,
    pub driver: Driver,
    /// What stands behind FROM.
    pub from: &'static str,
    /// Conditions beside the filter's.
    pub more: &'static [&'static str],
}

impl Range {
    /// Its parts in an index that `live` leads.
    fn split(self) -> Vec<Self> {
        if self.driver == Driver::Order {
            return vec![self];
        }
        let Self { filter, driver, from, more } = self;
        filter.split().into_iter().map(|filter| Self { filter, driver, from, more }).collect()
    }
}

/// A part of a list that stands before the next; its ranges are merged.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub key: Key,
    pub ranges: Vec<Range>,
}

const TICKET: &str = "ticket t";
// From these to their tickets and never back: `coalesce` lets no index lead from a ticket to its customer.
const CUSTOMERS: &str = "customer c CROSS JOIN ticket t";
const COMPANIES: &str = "company co CROSS JOIN customer c CROSS JOIN ticket t";

/// Customers of whom a rewriting of their domain says which company they belong to, not yet their row (see `Pending` of the
/// desk): their row names no company that there is, and this rewriting is the first that is about it.
macro_rules! first_about {
    () => {
        "(SELECT min(p.id) FROM rewrite p WHERE p.brand_id = c.brand_id AND p.kind = 'domain' AND p.subject = c.domain
            AND p.target IS NOT NULL AND p.id > CASE WHEN c.company_id IS NULL THEN '' WHEN c.company_id LIKE 'rw@_%' ESCAPE '@'
                THEN c.company_id ELSE (SELECT d.id FROM rewrite d WHERE d.brand_id = c.brand_id AND d.kind = 'company'
                    AND d.subject = c.company_id) END)"
    };
}
const JOINING: &str = "rewrite r CROSS JOIN customer c CROSS JOIN company co CROSS JOIN ticket t";
const JOINS: &[&str] = &[
    "r.brand_id = $1",
    "r.kind = 'domain'",
    "c.brand_id = $1",
    "c.domain = coalesce(r.subject, '')",
    "c.deleted_at IS NULL",
    concat!("r.id = ", first_about!()),
    "NOT EXISTS (SELECT 1 FROM company y WHERE y.brand_id = c.brand_id AND y.id = c.company_id AND y.deleted_at IS NULL)",
    "co.brand_id = $1",
    "co.id = coalesce(r.target, '')",
    "co.deleted_at IS NULL",
    "t.customer_id = coalesce(c.id, '')",
];

fn range(filter: TicketFilter, driver: Driver, from: &'static str, more: &'static [&'static str]) -> Range {
    Range { filter, driver, from, more }
}

/// The segments of a walk, in the order of the list, from the one on in which the list's place is.
pub(super) async fn segments(
    tx: &Tx,
    scene: Scene<'_>,
    list: &TicketList,
    walked: &[(TicketFilter, Driver)],
) -> Result<Vec<Segment>> {
    let plain = |more: &'static [&'static str]| -> Vec<Range> {
        walked.iter().map(|(filter, driver)| range(filter.clone(), *driver, TICKET, more)).collect()
    };
    let filter = &list.filter;
    // What the filter rules out is not looked for: nothing would be found in the whole brand.
    let has_due = filter.due.is_some() || matches!(filter.overdue, Some((true, ..)));
    let has_customer = filter.customers.is_some() || filter.company.is_some();
    let empty = |possible: bool, more: &'static [&'static str]| Segment {
        key: Key::Fixed(SortKey::Empty),
        ranges: if possible { vec![range(filter.clone(), Driver::Order, TICKET, more)] } else { Vec::new() },
    };
    let mut all = match list.sort {
        TicketSort::CreatedAt => vec![Segment { key: Key::Int("t.created_at"), ranges: plain(&[]) }],
        TicketSort::UpdatedAt => vec![Segment { key: Key::Int("t.updated_at"), ranges: plain(&[]) }],
        TicketSort::TicketNumber => vec![Segment { key: Key::Int("t.number"), ranges: plain(&[]) }],
        TicketSort::Priority => vec![Segment { key: Key::Int("t.priority"), ranges: plain(&[]) }],
        TicketSort::Title => vec![Segment { key: Key::Text("t.title_key"), ranges: plain(&[]) }],
        TicketSort::DueAt => vec![
            Segment { key: Key::Int("t.due_at"), ranges: plain(&["t.due_at IS NOT NULL"]) },
            empty(!has_due, &["t.due_at IS NULL"]),
        ],
        TicketSort::Customer => vec![
            Segment {
                key: Key::Text("c.sort_key"),
                ranges: vec![range(
                    filter.clone(),
                    Driver::Order,
                    CUSTOMERS,
                    &["c.brand_id = $1", "t.customer_id = coalesce(c.id, '')"],
                )],
            },
            empty(!has_customer, &["t.customer_id IS NULL"]),
        ],
        TicketSort::Company => vec![
            Segment { key: Key::Text("co.name_key"), ranges: by_company(scene, filter) },
            empty(filter.company.is_none(), if scene.rewriting { NO_COMPANY_PENDING } else { NO_COMPANY }),
        ],
        TicketSort::Status => by_status(scene.statuses, filter),
        TicketSort::Category => by_category(tx, scene, filter).await?,
        TicketSort::Assignee => by_assignee(tx, scene, filter).await?,
    };
    if walked.is_empty() {
        return Ok(Vec::new());
    }
    for segment in &mut all {
        segment.ranges = std::mem::take(&mut segment.ranges).into_iter().flat_map(Range::split).collect();
    }
    sort(&mut all, list.descending);
    if let Some(after) = &list.after {
        all.retain(|segment| reaches(segment, after, list.descending));
    }
    Ok(all)
}

/// Groups by their value; columns stay where they are, before the empty ones.
fn sort(segments: &mut [Segment], descending: bool) {
    segments.sort_by(|one, two| match (&one.key, &two.key) {
        (Key::Fixed(one), Key::Fixed(two)) => {
            let place = Position { key: one.clone(), id: String::new().into() };
            place.key_order(two, descending)
        }
        _ => Ordering::Equal,
    });
}

/// Whether something of the segment stands behind this place.
fn reaches(segment: &Segment, after: &Position, descending: bool) -> bool {
    match &segment.key {
        Key::Fixed(key) => after.key_order(key, descending).is_le(),
        Key::Int(_) | Key::Text(_) => after.key != SortKey::Empty,
    }
}

const NO_COMPANY: &[&str] =
    &["NOT EXISTS (SELECT 1 FROM customer x JOIN company y ON y.brand_id = x.brand_id AND y.id = x.company_id
        WHERE x.brand_id = t.brand_id AND x.id = t.customer_id AND x.deleted_at IS NULL AND y.deleted_at IS NULL)"];
const NO_COMPANY_PENDING: &[&str] = &[
    NO_COMPANY[0],
    concat!(
        "NOT EXISTS (SELECT 1 FROM customer c WHERE c.brand_id = t.brand_id AND c.id = t.customer_id AND c.deleted_at IS NULL
            AND ",
        first_about!(),
        " IS NOT NULL)"
    ),
];

fn by_company(scene: Scene<'_>, filter: &TicketFilter) -> Vec<Range> {
    let stored = range(
        filter.clone(),
        Driver::Order,
        COMPANIES,
        &[
            "co.brand_id = $1",
            "co.deleted_at IS NULL",
            "c.brand_id = $1",
            "c.company_id = coalesce(co.id, '')",
            "c.deleted_at IS NULL",
            "t.customer_id = coalesce(c.id, '')",
        ],
    );
    let pending = scene.rewriting.then(|| range(filter.clone(), Driver::Order, JOINING, JOINS));
    std::iter::once(stored).chain(pending).collect()
}

fn by_status(statuses: &Statuses, filter: &TicketFilter) -> Vec<Segment> {
    let mut all = Vec::new();
    for status in statuses.all() {
        let wanted = |id: &&StatusId| filter.statuses.as_ref().is_none_or(|of| of.contains(*id));
        let stored: Vec<StatusId> = statuses.stored_ids(&status.id).filter(wanted).cloned().collect();
        if !stored.is_empty() {
            let part = TicketFilter { statuses: Some(stored), ..filter.clone() };
            all.push(Segment {
                key: Key::Fixed(SortKey::Int(status.sort_order)),
                ranges: vec![range(part, Driver::Status, TICKET, &[])],
            });
        }
    }
    all
}

/// Every stored category with the one that it reads as, and those that read as none.
async fn stored_categories(tx: &Tx, scene: Scene<'_>) -> Result<(Vec<(CategoryId, SortKey)>, Vec<CategoryId>)> {
    let all = categories::all(tx, scene.brand).await?;
    let mut known: Vec<(CategoryId, SortKey)> =
        all.into_iter().map(|category| (category.id, SortKey::Text(folded(&category.name)))).collect();
    let mut none = Vec::new();
    if scene.rewriting {
        for rewrite in rewrites::pending(tx, scene.brand).await? {
            if rewrite.kind == RewriteKind::Category {
                let subject = CategoryId::from(rewrite.subject);
                let target =
                    rewrite.target.and_then(|id| known.iter().find(|(known, _)| known.as_str() == id).cloned());
                match target {
                    Some((_, key)) => known.push((subject, key)),
                    None => none.push(subject),
                }
            }
        }
    }
    Ok((known, none))
}

/// The tickets of one category: where a filter leaves out some of them, status by status, which the index has by id.
fn in_statuses(statuses: &Statuses, part: TicketFilter) -> Vec<Range> {
    let bare = TicketFilter { categories: None, ..part.clone() };
    if bare.is_plain() {
        return vec![range(part, Driver::Category, TICKET, &[])];
    }
    let stored = statuses.all().iter().flat_map(|status| statuses.stored_ids(&status.id));
    let wanted = stored.filter(|id| part.statuses.as_ref().is_none_or(|of| of.contains(*id)));
    let one = |id: &StatusId| TicketFilter { statuses: Some(vec![id.clone()]), ..part.clone() };
    wanted.map(|id| range(one(id), Driver::Category, TICKET, &[])).collect()
}

async fn by_category(tx: &Tx, scene: Scene<'_>, filter: &TicketFilter) -> Result<Vec<Segment>> {
    let (known, none) = stored_categories(tx, scene).await?;
    let mut all: Vec<Segment> = Vec::new();
    if filter.no_category.is_none() {
        let wanted = |id: &CategoryId| filter.categories.as_ref().is_none_or(|of| of.contains(id));
        for (id, key) in known.into_iter().filter(|(id, _)| wanted(id)) {
            let part = TicketFilter { categories: Some(vec![id]), ..filter.clone() };
            let ranges = in_statuses(scene.statuses, part);
            let same = |segment: &&mut Segment| matches!(&segment.key, Key::Fixed(known) if *known == key);
            match all.iter_mut().find(same) {
                Some(segment) => segment.ranges.extend(ranges),
                None => all.push(Segment { key: Key::Fixed(key), ranges }),
            }
        }
    }
    if filter.categories.is_none() {
        let part = TicketFilter { no_category: Some(none), ..filter.clone() };
        all.push(Segment { key: Key::Fixed(SortKey::Empty), ranges: vec![range(part, Driver::Order, TICKET, &[])] });
    }
    Ok(all)
}

/// The names of members by id, else their addresses, case-folded.
async fn members(tx: &Tx, ids: &[String]) -> Result<HashMap<String, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Select::new("SELECT id, coalesce(display_name, email) FROM member");
    select.within("id", ids);
    let rows = tx
        .select(&select, |columns| {
            let (id, name): (String, String) = (columns.take()?, columns.take()?);
            Ok((id, folded(&name)))
        })
        .await?;
    Ok(rows.into_iter().collect())
}

async fn by_assignee(tx: &Tx, scene: Scene<'_>, filter: &TicketFilter) -> Result<Vec<Segment>> {
    let mut stored: Vec<String> = Vec::new();
    for live in [true, false] {
        let wanted = match filter.shown {
            Shown::Live => live,
            Shown::Spam | Shown::Deleted => !live,
            Shown::Both => true,
        };
        if wanted {
            stored.extend(tx.all(&ASSIGNEES, args![scene.brand, live], crate::value::only).await?);
        }
    }
    stored.sort();
    stored.dedup();
    let ids: Vec<String> = stored.iter().filter(|text| !text.contains('@')).cloned().collect();
    let members = members(tx, &ids).await?;
    let mut groups: HashMap<String, Vec<String>> = HashMap::new();
    for text in stored {
        let name = members.get(&text).cloned().unwrap_or_else(|| folded(&text));
        groups.entry(name).or_default().push(text);
    }
    let mut all: Vec<Segment> = Vec::new();
    for (name, mut who) in groups {
        if let Some(Assigned::To(of)) = &filter.assigned {
            who.retain(|id| of.contains(id));
        }
        if who.is_empty() || matches!(filter.assigned, Some(Assigned::Nobody)) {
            continue;
        }
        let part = TicketFilter { assigned: Some(Assigned::To(who)), ..filter.clone() };
        all.push(Segment {
            key: Key::Fixed(SortKey::Text(name)),
            ranges: vec![range(part, Driver::Assigned, TICKET, &[])],
        });
    }
    if !matches!(filter.assigned, Some(Assigned::To(_))) {
        let part = TicketFilter { assigned: Some(Assigned::Nobody), ..filter.clone() };
        all.push(Segment { key: Key::Fixed(SortKey::Empty), ranges: vec![range(part, Driver::Order, TICKET, &[])] });
    }
    Ok(all)
}

/// The stored ids of the active statuses.
pub(crate) fn active(statuses: &Statuses) -> Vec<StatusId> {
    let shown = statuses.all().iter().filter(|status| status.is_active);
    shown.flat_map(|status| statuses.stored_ids(&status.id).cloned()).collect()
}

/// The columns that a collected list needs beside the id, and what they are read from.
pub(super) const fn collected(sort: TicketSort, rewriting: bool) -> &'static str {
    match sort {
        TicketSort::Company if rewriting => concat!(
            "coalesce(co.name_key, joining.name_key) FROM ticket t
                LEFT JOIN customer c ON c.brand_id = t.brand_id AND c.id = t.customer_id AND c.deleted_at IS NULL
                LEFT JOIN company co ON co.brand_id = c.brand_id AND co.id = c.company_id AND co.deleted_at IS NULL
                LEFT JOIN rewrite r ON r.brand_id = c.brand_id AND r.id = ",
            first_about!(),
            " LEFT JOIN company joining ON joining.brand_id = r.brand_id AND joining.id = r.target
                AND joining.deleted_at IS NULL"
        ),
        TicketSort::CreatedAt => "t.created_at FROM ticket t",
        TicketSort::UpdatedAt => "t.updated_at FROM ticket t",
        TicketSort::TicketNumber => "t.number FROM ticket t",
        TicketSort::Priority => "t.priority FROM ticket t",
        TicketSort::DueAt => "t.due_at FROM ticket t",
        TicketSort::Title => "t.title_key FROM ticket t",
        TicketSort::Status => "t.status_id FROM ticket t",
        TicketSort::Category => "t.category_id FROM ticket t",
        TicketSort::Assignee => {
            "t.status_id, t.assignee, coalesce(m.display_name, m.email, t.assignee) FROM ticket t
                LEFT JOIN member m ON m.id = t.assignee"
        }
        TicketSort::Customer => {
            "c.sort_key FROM ticket t LEFT JOIN customer c ON c.brand_id = t.brand_id AND c.id = t.customer_id"
        }
        TicketSort::Company => {
            "co.name_key FROM ticket t
                LEFT JOIN customer c ON c.brand_id = t.brand_id AND c.id = t.customer_id AND c.deleted_at IS NULL
                LEFT JOIN company co ON co.brand_id = c.brand_id AND co.id = c.company_id AND co.deleted_at IS NULL"
        }
    }
}

/// What the sort values of collected tickets are looked up in.
pub(super) struct Known<'a> {
    statuses: &'a Statuses,
    gone: &'a [Gone],
    categories: HashMap<CategoryId, SortKey>,
}

impl<'a> Known<'a> {
    pub(super) async fn load(tx: &Tx, scene: Scene<'a>, list: &'a TicketList) -> Result<Self> {
        let categories = match list.sort {
            TicketSort::Category => stored_categories(tx, scene).await?.0.into_iter().collect(),
            _ => HashMap::new(),
        };
        Ok(Self { statuses: scene.statuses, gone: &list.filter.gone, categories })
    }

    /// The sort value in the columns of [`collected`].
    pub(super) fn key(&self, sort: TicketSort, columns: &mut Columns<'_>) -> Result<SortKey> {
        let text = |text: Option<String>| text.map_or(SortKey::Empty, SortKey::Text);
        Ok(match sort {
            TicketSort::CreatedAt
            | TicketSort::UpdatedAt
            | TicketSort::TicketNumber
            | TicketSort::Priority
            | TicketSort::DueAt => columns.take::<Option<i64>>()?.map_or(SortKey::Empty, SortKey::Int),
            TicketSort::Title | TicketSort::Customer | TicketSort::Company => text(columns.take()?),
            TicketSort::Status => {
                let id: String = columns.take()?;
                self.statuses.resolve(&id).map_or(SortKey::Empty, |status| SortKey::Int(status.sort_order))
            }
            TicketSort::Category => {
                let id: Option<CategoryId> = columns.take()?;
                id.and_then(|id| self.categories.get(&id).cloned()).unwrap_or(SortKey::Empty)
            }
            TicketSort::Assignee => {
                let (status, assignee, name): (StatusId, Option<String>, Option<String>) =
                    (columns.take()?, columns.take()?, columns.take()?);
                let gone = assignee.is_some_and(|id| Gone::takes(self.gone, &id, &status));
                text(name.filter(|_| !gone).map(|name| folded(&name)))
            }
        })
    }
}
