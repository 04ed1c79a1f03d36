//! Filters over tickets: each looked up in its index, and walked past in each order.

use dispatch_model::{CategoryId, CustomerId, StatusId, TagId, Timestamp, ticket::TicketSort};
use dispatch_store::{
    customers::Members,
    tickets::{Assigned, Position, Range, Shown, SortKey, TicketFilter, TicketList},
};

use super::{Ask, Asked, LIMIT};

/// A filter that few tickets meet, the same one that many meet, and what it is looked up in.
struct Case {
    name: &'static str,
    few: TicketFilter,
    many: TicketFilter,
    through: &'static str,
}

fn case<T>(name: &'static str, through: &'static str, few: T, many: T, set: impl Fn(&mut TicketFilter, T)) -> Case {
    let with = |value| {
        let mut filter = TicketFilter::default();
        set(&mut filter, value);
        filter
    };
    Case { name, few: with(few), many: with(many), through }
}

fn span(after: i64, before: i64) -> Range {
    Range { after: Some(Timestamp::from_millis(after)), before: Some(Timestamp::from_millis(before)) }
}

fn cases() -> Vec<Case> {
    let texts = |text: &str| Some(vec![text.to_owned()]);
    let company = |id: &str| Some(Members { stored: vec![id.to_owned()], domains: Vec::new() });
    let active = || vec![StatusId::from("open")];
    let mut all = vec![
        case("status", " ticket_status ", "resolved", "open", |filter, key| filter.statuses = Some(vec![key.into()])),
        case("priority", " ticket_priority ", 3, 1, |filter, rank| filter.priorities = Some(vec![rank])),
        case("source", " ticket_source ", "rare", "api", |filter, text| filter.sources = texts(text)),
        case("creator", " ticket_created_by ", "rare", "many", |filter, text| filter.created_by = texts(text)),
        case("assignee", " ticket_assignee ", "rare@x.io", "who@x.io", |filter, who| {
            filter.assigned = Some(Assigned::To(vec![who.to_owned()]));
        }),
        case("source id", " ticket_source_id ", "rare", "many", |filter, id| filter.source_id = Some(id.to_owned())),
        case("category", " ticket_category ", "cat_1", "cat_2", |filter, id| {
            filter.categories = Some(vec![CategoryId::from(id)]);
        }),
        case("tag", "g USING PRIMARY KEY (brand_id=? AND tag_id=?", "tag_rare", "tag_many", |filter, id| {
            filter.tags = vec![vec![TagId::from(id)]];
        }),
        case("field", "f USING PRIMARY KEY (brand_id=? AND key=? AND value=?", "rare", "many", |filter, value| {
            filter.fields = vec![("plan".to_owned(), value.to_owned())];
        }),
        case("created", " ticket_created ", (100, 130), (10, 2_900), |filter, (from, to)| {
            filter.created = span(from, to)
        }),
        case("updated", " ticket_updated ", (7_100, 7_130), (6_010, 8_900), |filter, (from, to)| {
            filter.updated = span(from, to);
        }),
        case("due", " ticket_due ", (100, 150), (10, 2_900), |filter, (from, to)| filter.due = span(from, to)),
        case("overdue", " ticket_due ", 60, 2_900, |filter, now| {
            filter.overdue = Some((true, Timestamp::from_millis(now), active()));
        }),
        case("company", " customer_company ", "co_1", "co_2", |filter, id| filter.company = company(id)),
    ];
    let some = |name, through, filter: TicketFilter| Case { name, few: filter.clone(), many: filter, through };
    let customers = Some(vec![CustomerId::from("cus_7"), CustomerId::from("cus_8")]);
    all.extend([
        some("customers", " ticket_customer ", TicketFilter { customers, ..TicketFilter::default() }),
        some("merged", " ticket_merged ", TicketFilter { merged: Some(true), ..TicketFilter::default() }),
        some("spam", "(brand_id=? AND live=?", TicketFilter { shown: Shown::Spam, ..TicketFilter::default() }),
        some("deleted", "(brand_id=? AND live=?", TicketFilter { shown: Shown::Deleted, ..TicketFilter::default() }),
    ]);
    all
}

const SORTS: [TicketSort; 11] = [
    TicketSort::CreatedAt,
    TicketSort::UpdatedAt,
    TicketSort::Priority,
    TicketSort::TicketNumber,
    TicketSort::Title,
    TicketSort::Status,
    TicketSort::Customer,
    TicketSort::Company,
    TicketSort::Assignee,
    TicketSort::Category,
    TicketSort::DueAt,
];

/// The index with the order of a sort, where one has it as it is.
fn order(sort: TicketSort) -> Option<&'static str> {
    match sort {
        TicketSort::CreatedAt => Some("ticket_created"),
        TicketSort::UpdatedAt => Some("ticket_updated"),
        TicketSort::Priority => Some("ticket_priority"),
        TicketSort::TicketNumber => Some("ticket_number"),
        _ => None,
    }
}

/// A place somewhere in the middle.
fn middle(sort: TicketSort) -> Position {
    let text = |text: &str| SortKey::Text(text.to_owned());
    let key = match sort {
        TicketSort::CreatedAt | TicketSort::DueAt => SortKey::Int(1_500),
        TicketSort::UpdatedAt => SortKey::Int(7_500),
        TicketSort::TicketNumber => SortKey::Int(6_500),
        TicketSort::Priority => SortKey::Int(1),
        TicketSort::Status => SortKey::Int(0),
        TicketSort::Title => text("t1500"),
        TicketSort::Customer => text("c150@x.io"),
        TicketSort::Company => text("company 5"),
        TicketSort::Assignee => text("who@x.io"),
        TicketSort::Category => text("category 2"),
    };
    Position { key, id: "tkt_1500".into() }
}

fn list(filter: &TicketFilter, sort: TicketSort, descending: bool, after: Option<Position>) -> Ask {
    Ask::Tickets(Box::new(TicketList { filter: filter.clone(), sort, descending, after, limit: LIMIT }))
}

/// Few tickets: read through the index of the filter, whatever the order, and counted through it. They are read as often
/// as they are counted, collected and shown, and hardly any others.
pub(super) fn collected() -> Vec<Asked> {
    let mut all = Vec::new();
    for Case { name, few, through, .. } in cases() {
        let mut add = |name: String, ask| {
            let most = Some(if through.contains("customer") { 600 } else { 300 });
            all.push(Asked { through: Some(through), most, ..Asked::new(name, "ticket", ask, None) });
        };
        add(format!("count {name}"), Ask::Count(Box::new(few.clone())));
        // A filter that an index with the wanted order serves is not collected.
        let served = |sort: TicketSort| match name {
            "spam" | "deleted" => order(sort).is_some_and(|index| index != "ticket_number"),
            "created" | "customers" => sort == TicketSort::CreatedAt,
            "updated" | "status" | "assignee" => sort == TicketSort::UpdatedAt,
            "due" | "overdue" => sort == TicketSort::DueAt,
            "priority" => sort == TicketSort::Priority,
            _ => false,
        };
        for sort in SORTS.into_iter().filter(|sort| !served(*sort)) {
            add(format!("collected {name} by {}", sort.as_str()), list(&few, sort, true, None));
        }
    }
    all
}

/// Many tickets: read in the wanted order until the page is full. The orders without an index go from group to group.
pub(super) fn walked() -> Vec<Asked> {
    let mut all = Vec::new();
    let nothing = Case { name: "all", few: TicketFilter::default(), many: TicketFilter::default(), through: "" };
    let both = TicketFilter { shown: Shown::Both, ..TicketFilter::default() };
    let both = Case { name: "spam and the rest", few: both.clone(), many: both, through: "" };
    let rare = ["customers", "merged", "spam", "deleted", "company", "overdue"];
    let cases = cases().into_iter().filter(|case| !rare.contains(&case.name)).chain([nothing, both]);
    for Case { name, many, .. } in cases {
        for sort in SORTS {
            for (descending, is_later) in [(true, false), (true, true), (false, false), (false, true)] {
                let after = is_later.then(|| middle(sort));
                // With a filter of its own, the index is another one, in the same order.
                let index = match (name, sort) {
                    ("status", TicketSort::UpdatedAt) => Some("ticket_status"),
                    ("assignee", TicketSort::UpdatedAt) => Some("ticket_assignee"),
                    _ => order(sort),
                };
                let most = match sort {
                    // An index with the titles is read whole, and groups in which the filter finds too few.
                    TicketSort::Title | TicketSort::Status | TicketSort::Category | TicketSort::Assignee => None,
                    // PostgreSQL sorts as many as these rather than go from customer to customer.
                    TicketSort::Customer => None,
                    _ => Some(1_000),
                };
                let name = format!("walked {name} by {} {descending} {is_later}", sort.as_str());
                let ask = list(&many, sort, descending, after);
                all.push(Asked { most, collected: 100, ..Asked::new(name, "ticket", ask, index) });
            }
        }
    }
    all
}
