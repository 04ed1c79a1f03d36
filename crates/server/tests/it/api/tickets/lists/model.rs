//! Which tickets a query finds, and in which order, in the simplest way: the contract's words (API 5.4) over the rows.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::world::{
    ASSIGNEES, CATEGORIES, COMPANIES, CREATORS, CUSTOMERS, GONE, JOINED, JOINING, NOW, PLANS, PRIORITIES, Row,
    SOURCE_IDS, SOURCES, STATUSES, TAGS, TITLES, World,
};

pub const SORTS: [&str; 11] = [
    "createdAt",
    "updatedAt",
    "priority",
    "ticketNumber",
    "title",
    "status",
    "customer",
    "company",
    "assignee",
    "category",
    "dueAt",
];

/// What the status filter is given, and the keys that it means.
const GROUPS: [(&str, &[&str]); 8] = [
    ("open", &["open"]),
    ("sts_doing", &["doing"]),
    ("active", &["open", "pending", "doing"]),
    ("inactive", &["resolved", "closed", "parked"]),
    ("pending,closed", &["pending", "closed"]),
    ("active,parked", &["open", "pending", "doing", "parked"]),
    ("parked,resolved,doing", &["parked", "resolved", "doing"]),
    ("all", &["open", "pending", "resolved", "closed", "doing", "parked"]),
];

/// One parameter, with numbers that say which value.
#[derive(Clone, Debug)]
pub enum Filter {
    Status(usize),
    Priority(Vec<usize>),
    Source(Vec<usize>),
    Creator(Vec<usize>),
    Assignee(usize),
    AssigneeEmail(usize),
    Nobody,
    Customer(usize),
    CustomerEmail(usize),
    Company(usize),
    SourceId(usize),
    Category(usize),
    NoCategory,
    Tags(Vec<usize>, bool),
    Created(i64, i64),
    Updated(i64, i64),
    Due(i64, i64),
    Overdue(bool),
    Attachments(bool),
    Merged(bool),
    Plan(usize),
}

/// A list of tickets.
#[derive(Clone, Debug)]
pub struct Query {
    pub filters: Vec<Filter>,
    /// The `isSpam` or `deleted` parameter.
    pub shown: &'static str,
    pub sort: &'static str,
    pub descending: bool,
    pub limit: usize,
    /// How many tickets the list may collect before it walks.
    pub collected: i64,
}

fn some(count: usize) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0..count, 1..=count.min(3)).prop_map(|set| set.into_iter().collect())
}

fn span() -> impl Strategy<Value = (i64, i64)> {
    (0..5_i64, 1..5_i64).prop_map(|(from, long)| {
        let from = NOW - 3_000 + from * 1_000;
        (from, from + long * 1_000)
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    prop_oneof![
        (0..GROUPS.len()).prop_map(Filter::Status),
        some(PRIORITIES.len()).prop_map(Filter::Priority),
        some(SOURCES.len()).prop_map(Filter::Source),
        some(CREATORS.len()).prop_map(Filter::Creator),
        (0..super::world::MEMBERS).prop_map(Filter::Assignee),
        (0..ASSIGNEES.len()).prop_map(Filter::AssigneeEmail),
        Just(Filter::Nobody),
        (0..CUSTOMERS.len()).prop_map(Filter::Customer),
        (0..CUSTOMERS.len()).prop_map(Filter::CustomerEmail),
        (0..COMPANIES.len()).prop_map(Filter::Company),
        (0..SOURCE_IDS.len()).prop_map(Filter::SourceId),
        (0..CATEGORIES.len()).prop_map(Filter::Category),
        Just(Filter::NoCategory),
        (some(TAGS), any::<bool>()).prop_map(|(tags, all)| Filter::Tags(tags, all)),
        span().prop_map(|(from, to)| Filter::Created(from, to)),
        span().prop_map(|(from, to)| Filter::Updated(from, to)),
        span().prop_map(|(from, to)| Filter::Due(from, to)),
        any::<bool>().prop_map(Filter::Overdue),
        any::<bool>().prop_map(Filter::Attachments),
        any::<bool>().prop_map(Filter::Merged),
        (0..PLANS.len()).prop_map(Filter::Plan),
    ]
}

/// Any query; no parameter twice.
pub fn query() -> impl Strategy<Value = Query> {
    let shown = prop::sample::select(vec!["", "", "", "isSpam=true", "isSpam=any", "deleted=true"]);
    let order = (prop::sample::select(SORTS.to_vec()), any::<bool>());
    let page = (prop::sample::select(vec![4_usize, 25, 100]), prop::sample::select(vec![0_i64, 0, 5, 2_000]));
    (prop::collection::vec(filter(), 0..3), shown, order, page).prop_map(
        |(mut filters, shown, (sort, descending), (limit, collected))| {
            let mut names: Vec<String> = Vec::new();
            filters.retain(|filter| {
                let name = name(filter);
                let new = !names.contains(&name);
                names.push(name);
                new
            });
            Query { filters, shown, sort, descending, limit, collected }
        },
    )
}

/// What may stand once in a query.
fn name(filter: &Filter) -> String {
    let text = format!("{filter:?}");
    let name = text.split('(').next().expect("a name");
    name.replace("Nobody", "Assignee").replace("NoCategory", "Category")
}

fn joined(values: &[&str], wanted: &[usize]) -> String {
    wanted.iter().map(|index| values[*index]).collect::<Vec<_>>().join(",")
}

fn moment(millis: i64) -> dispatch_model::Timestamp {
    dispatch_model::Timestamp::from_millis(millis)
}

impl Filter {
    /// Whether its value means the same in every brand.
    pub fn is_of_no_brand(&self) -> bool {
        !matches!(self, Self::Customer(_) | Self::Company(_))
    }

    fn parameters(&self, worlds: &[&World]) -> String {
        let world = worlds[0];
        let span = |name: &str, from: i64, to: i64| format!("{name}After={}&{name}Before={}", moment(from), moment(to));
        match self {
            Self::Status(group) => format!("status={}", GROUPS[*group].0),
            Self::Priority(wanted) => format!("priority={}", joined(&PRIORITIES, wanted)),
            Self::Source(wanted) => format!("source={}", joined(&SOURCES, wanted)),
            Self::Creator(wanted) => format!("createdBy={}", joined(&CREATORS, wanted)),
            Self::Assignee(index) => format!("assigneeId={}", world.members[*index]),
            Self::AssigneeEmail(index) => format!("assigneeEmail={}", ASSIGNEES[*index].0.to_uppercase()),
            Self::Nobody => "assigneeId=null".to_owned(),
            Self::Customer(index) => format!("customerId={}", world.id("cus", *index)),
            Self::CustomerEmail(index) => format!("customerEmail={}", CUSTOMERS[*index].0.to_uppercase()),
            Self::Company(index) => format!("companyId={}", world.id("co", *index)),
            Self::SourceId(index) => format!("sourceId={}", SOURCE_IDS[*index]),
            Self::Category(index) => format!("categoryId={}", CATEGORIES[*index].0),
            Self::NoCategory => "categoryId=null".to_owned(),
            Self::Tags(wanted, all) => {
                let ids: Vec<String> =
                    worlds.iter().flat_map(|world| wanted.iter().map(|tag| world.id("tag", *tag))).collect();
                format!("tagIds={}&tagMatch={}", ids.join(","), if *all { "all" } else { "any" })
            }
            Self::Created(from, to) => span("created", *from, *to),
            Self::Updated(from, to) => span("updated", *from, *to),
            Self::Due(from, to) => span("due", *from, *to),
            Self::Overdue(late) => format!("overdue={late}"),
            Self::Attachments(has) => format!("hasAttachments={has}"),
            Self::Merged(is) => format!("merged={is}"),
            Self::Plan(plan) => format!("customFields.plan={}", PLANS[*plan]),
        }
    }

    fn fits(&self, row: &Row, brands: usize) -> bool {
        let within = |at: i64, from: i64, to: i64| (from..to).contains(&at);
        match self {
            Self::Status(group) => GROUPS[*group].1.contains(&status(row)),
            Self::Priority(wanted) => wanted.contains(&row.priority),
            Self::Source(wanted) => wanted.contains(&row.source),
            Self::Creator(wanted) => row.creator.is_some_and(|creator| wanted.contains(&creator)),
            Self::Assignee(index) => assignee(row) == Some(*index),
            Self::AssigneeEmail(index) => assignee(row).is_some_and(|found| ASSIGNEES[found].0 == ASSIGNEES[*index].0),
            Self::Nobody => assignee(row).is_none(),
            Self::Customer(index) => row.customer == Some(*index) && !CUSTOMERS[*index].3,
            Self::CustomerEmail(index) => row.customer.is_some_and(|found| CUSTOMERS[found].0 == CUSTOMERS[*index].0),
            Self::Company(index) => company(row) == Some(*index),
            Self::SourceId(index) => row.source_id == Some(*index),
            Self::Category(index) => category(row) == Some(*index),
            Self::NoCategory => category(row).is_none(),
            Self::Tags(wanted, all) => {
                let has = |tag: &usize| tags(row).any(|found| found == *tag);
                // Of several brands, no ticket has the tags of all.
                if *all { brands == 1 && wanted.iter().all(has) } else { wanted.iter().any(has) }
            }
            Self::Created(from, to) => within(row.created, *from, *to),
            Self::Updated(from, to) => within(row.updated, *from, *to),
            Self::Due(from, to) => row.due.is_some_and(|due| within(due, *from, *to)),
            Self::Overdue(late) => (is_active(row) && row.due.is_some_and(|due| due < NOW)) == *late,
            Self::Attachments(has) => row.attachments == *has,
            Self::Merged(is) => row.merged == *is,
            Self::Plan(plan) => row.plan == Some(*plan),
        }
    }
}

/// The key of the status that a ticket reads as.
fn status(row: &Row) -> &'static str {
    match STATUSES[row.status].0 {
        "old" => "doing",
        key => key,
    }
}

fn is_active(row: &Row) -> bool {
    ["open", "pending", "doing"].contains(&status(row))
}

fn assignee(row: &Row) -> Option<usize> {
    row.assignee.filter(|assignee| *assignee != GONE || !is_active(row))
}

fn category(row: &Row) -> Option<usize> {
    match row.category? {
        3 => Some(0),
        4 => None,
        known => Some(known),
    }
}

fn tags(row: &Row) -> impl Iterator<Item = usize> + '_ {
    row.tags.iter().filter(|tag| **tag <= TAGS).map(|tag| if *tag == TAGS { 0 } else { *tag })
}

/// The company of the customer, neither of them deleted.
fn company(row: &Row) -> Option<usize> {
    if row.customer == Some(JOINING) {
        return Some(JOINED);
    }
    let (_, _, company, is_deleted) = CUSTOMERS[row.customer?];
    company.filter(|company| !is_deleted && *company != 3)
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Int(i64),
    Text(String),
}

/// What a ticket is sorted by; nothing when it has none.
fn key(row: &Row, world: &World, sort: &str) -> Option<Key> {
    let text = |text: &str| Key::Text(text.to_lowercase());
    match sort {
        "createdAt" => Some(Key::Int(row.created)),
        "updatedAt" => Some(Key::Int(row.updated)),
        "priority" => Some(Key::Int(i64::try_from(row.priority).expect("few"))),
        "ticketNumber" => Some(Key::Int(row.number)),
        "title" => Some(text(TITLES[row.title])),
        "status" => Some(Key::Int(world.order[status(row)])),
        "customer" => row.customer.map(|index| text(CUSTOMERS[index].1.unwrap_or(CUSTOMERS[index].0))),
        "company" => company(row).map(|index| text(COMPANIES[index])),
        "assignee" => assignee(row).map(|index| text(ASSIGNEES[index].1.unwrap_or(ASSIGNEES[index].0))),
        "category" => category(row).map(|index| text(CATEGORIES[index].1)),
        "dueAt" => row.due.map(Key::Int),
        other => panic!("no sort {other}"),
    }
}

impl Query {
    /// The filters alone, as a query string.
    pub fn filter_text(&self, worlds: &[&World]) -> String {
        let mut parts: Vec<String> = self.filters.iter().map(|filter| filter.parameters(worlds)).collect();
        parts.push(self.shown.to_owned());
        parts.join("&")
    }

    /// The whole query string.
    pub fn text(&self, worlds: &[&World]) -> String {
        let order = if self.descending { "desc" } else { "asc" };
        format!("{}&sort={}&order={order}&limit={}", self.filter_text(worlds), self.sort, self.limit)
    }

    /// The ids of the tickets that it finds, in their order.
    pub fn expected(&self, worlds: &[&World]) -> Vec<String> {
        let shown = |row: &Row| match self.shown {
            "isSpam=true" => row.spam && !row.deleted,
            "isSpam=any" => !row.deleted,
            "deleted=true" => row.deleted,
            _ => row.live(),
        };
        let mut found: Vec<(Option<Key>, String)> = worlds
            .iter()
            .flat_map(|world| world.rows.iter().map(move |row| (world, row)))
            .filter(|(_, row)| shown(row) && self.filters.iter().all(|filter| filter.fits(row, worlds.len())))
            .map(|(world, row)| (key(row, world, self.sort), row.id.clone()))
            .collect();
        found.sort_by(|(one, one_id), (two, two_id)| {
            let by_key = match (one, two) {
                (Some(one), Some(two)) if self.descending => two.cmp(one),
                (Some(one), Some(two)) => one.cmp(two),
                (None, None) => Ordering::Equal,
                (None, _) => Ordering::Greater,
                (_, None) => Ordering::Less,
            };
            by_key.then(if self.descending { two_id.cmp(one_id) } else { one_id.cmp(two_id) })
        });
        found.into_iter().map(|(_, id)| id).collect()
    }
}
