//! Every list that a route can ask for: each filter with each sort, both directions, first and later pages.

mod filtered;

use dispatch_model::{
    BrandId, CustomerId, StatusId, TicketId, Timestamp, customer::CustomerSort, event::EventType,
    limits::COLLECTED_MAX, status::Statuses, ticket::TicketSort,
};
use dispatch_store::{
    Result, Tx, comments,
    customers::{self, AfterKey, CustomerList},
    log::{self, ActivityPage},
    statuses,
    tickets::{self, Assigned, Position, Scene, SortKey, TicketFilter, TicketList},
};

use super::READ_MAX;

const LIMIT: i64 = 51;

/// A list.
#[derive(Clone)]
pub enum Ask {
    /// The keys of the statuses stand for their ids.
    Tickets(Box<TicketList>),
    Count(Box<TicketFilter>),
    Customers(CustomerList),
    Comments {
        authors: Vec<&'static str>,
        after: Option<(Timestamp, String)>,
    },
    Log {
        ticket: Option<&'static str>,
    },
    Activity {
        types: Vec<EventType>,
        newest_first: bool,
        after: Option<i64>,
    },
}

/// A list, and the index in whose order it is read where there is one.
pub struct Asked {
    pub name: String,
    /// The table that it is a list of.
    pub table: &'static str,
    pub ask: Ask,
    pub index: Option<&'static str>,
    /// The index or table that a filter is looked up in.
    pub through: Option<&'static str>,
    /// Rows of the table that may be read.
    pub most: Option<i64>,
    /// How many tickets the list may collect.
    pub collected: i64,
}

impl Asked {
    fn new(name: String, table: &'static str, ask: Ask, index: Option<&'static str>) -> Self {
        let most = index.map(|_| READ_MAX);
        Self { name, table, ask, index, through: None, most, collected: COLLECTED_MAX }
    }
}

/// The filter with the ids of the statuses whose keys it has.
fn stored(filter: &TicketFilter, known: &Statuses) -> TicketFilter {
    let ids = |keys: &Vec<StatusId>| {
        keys.iter().filter_map(|key| known.find(key.as_str())).map(|status| status.id.clone()).collect()
    };
    let statuses = filter.statuses.as_ref().map(ids);
    let overdue = filter.overdue.as_ref().map(|(late, now, keys)| (*late, *now, ids(keys)));
    TicketFilter { statuses, overdue, ..filter.clone() }
}

impl Ask {
    pub async fn carry_out(&self, tx: &Tx, brand: &BrandId) -> Result<()> {
        let ticket = TicketId::from("tkt_7");
        let found = match self {
            Self::Tickets(list) => {
                let known = statuses::all(tx, brand).await?;
                let list = TicketList { filter: stored(&list.filter, &known), ..(**list).clone() };
                let scene = Scene { brand, statuses: &known, rewriting: false };
                tickets::list(tx, scene, &list).await?.len()
            }
            Self::Count(filter) => {
                let known = statuses::all(tx, brand).await?;
                let counted = tickets::count(tx, brand, &stored(filter, &known)).await?;
                usize::try_from(counted.count).unwrap()
            }
            Self::Customers(list) => customers::list(tx, brand, list).await?.len(),
            Self::Comments { authors, after } => {
                comments::list(tx, brand, &ticket, authors, after.as_ref(), LIMIT).await?.len()
            }
            Self::Log { ticket } => log::after(tx, brand, *ticket, 1500, LIMIT).await?.len(),
            Self::Activity { types, newest_first, after } => {
                let page = ActivityPage { types, newest_first: *newest_first, after: *after, limit: LIMIT };
                log::of_ticket(tx, brand, ticket.as_str(), &page).await?.len()
            }
        };
        assert!(found > 0, "a list that finds nothing shows nothing");
        Ok(())
    }
}

pub fn all() -> Vec<Asked> {
    // What looks filters up comes first: its texts are known when lists that walk look them up as well.
    let mut all = filtered::collected();
    all.extend(tickets());
    all.extend(filtered::walked());
    all.extend(customers());
    all.extend(others());
    all
}

fn tickets() -> Vec<Asked> {
    let some = |keys: &[&str]| Some(keys.iter().map(|key| StatusId::from(*key)).collect::<Vec<_>>());
    let team = || Some(Assigned::To(vec!["team@x.io".to_owned()]));
    let (one, many) = (CustomerId::from("cus_7"), vec![CustomerId::from("cus_7"), CustomerId::from("cus_8")]);
    let mut all = Vec::new();
    for (sort, walked) in [(TicketSort::CreatedAt, "ticket_created"), (TicketSort::UpdatedAt, "ticket_updated")] {
        let (by_created, by_updated) = (sort == TicketSort::CreatedAt, sort == TicketSort::UpdatedAt);
        let plain = TicketList { filter: TicketFilter::default(), sort, descending: true, after: None, limit: LIMIT };
        let with = |filter: TicketFilter| TicketList { filter, ..plain.clone() };
        let none = TicketFilter::default;
        let filters = [
            ("", plain.clone(), Some(walked)),
            (
                "status",
                with(TicketFilter { statuses: some(&["pending"]), ..none() }),
                by_updated.then_some("ticket_status"),
            ),
            ("statuses", with(TicketFilter { statuses: some(&["open", "pending"]), ..none() }), None),
            ("assignee", with(TicketFilter { assigned: team(), ..none() }), by_updated.then_some("ticket_assignee")),
            ("nobody", with(TicketFilter { assigned: Some(Assigned::Nobody), ..none() }), None),
            (
                "customer",
                with(TicketFilter { customers: Some(vec![one.clone()]), ..none() }),
                by_created.then_some("ticket_customer"),
            ),
            ("customers", with(TicketFilter { customers: Some(many.clone()), ..none() }), None),
            ("all", with(TicketFilter { statuses: some(&["open"]), assigned: team(), ..none() }), None),
        ];
        for (filter, list, index) in filters {
            for descending in [true, false] {
                for is_later in [false, true] {
                    let at = Timestamp::from_millis(if by_created { 1500 } else { 7500 });
                    let after = is_later.then(|| Position { key: SortKey::Int(at.as_millis()), id: "tkt_1500".into() });
                    let name = format!("tickets {} {filter} {descending} {}", sort.as_str(), after.is_some());
                    let ask = Ask::Tickets(Box::new(TicketList { descending, after, ..list.clone() }));
                    all.push(Asked::new(name, "ticket", ask, index));
                }
            }
        }
    }
    all
}

/// A page of all customers.
fn every_customer() -> CustomerList {
    CustomerList {
        ids: None,
        email: None,
        members: None,
        is_blocked: None,
        sort: CustomerSort::CreatedAt,
        descending: true,
        after: None,
        limit: LIMIT,
    }
}

fn customers() -> Vec<Asked> {
    let mut all = Vec::new();
    for (sort, index) in [(CustomerSort::CreatedAt, "customer_created"), (CustomerSort::Email, "customer_email")] {
        for is_blocked in [None, Some(false)] {
            for descending in [true, false] {
                for is_later in [false, true] {
                    let key = match sort {
                        CustomerSort::CreatedAt => AfterKey::At(Timestamp::from_millis(1500)),
                        CustomerSort::Email | CustomerSort::Name => AfterKey::Text("c1500@x.io".to_owned()),
                    };
                    let after = is_later.then(|| (key, "cus_1500".to_owned()));
                    let list = CustomerList { is_blocked, sort, descending, after, limit: 11, ..every_customer() };
                    let name = format!("customers {index} {is_blocked:?} {descending} {is_later}");
                    all.push(Asked::new(name, "customer", Ask::Customers(list), Some(index)));
                }
            }
        }
        let email = Some("c7@x.io".to_owned());
        let list = CustomerList { email, sort, ..every_customer() };
        all.push(Asked::new(format!("customers {index} email"), "customer", Ask::Customers(list), None));
    }
    all
}

fn others() -> Vec<Asked> {
    let mut all = Vec::new();
    for authors in [vec![], vec!["STAFF"], vec!["STAFF", "CUSTOMER"]] {
        for after in [None, Some((Timestamp::from_millis(1500), "cmt_1500".to_owned()))] {
            let name = format!("comments {authors:?} {}", after.is_some());
            let ask = Ask::Comments { authors: authors.clone(), after };
            all.push(Asked::new(name, "comment", ask, Some("comment_ticket")));
        }
    }
    for ticket in [None, Some("tkt_7")] {
        let (name, index) = (format!("log {ticket:?}"), ticket.map(|_| "event_ticket"));
        all.push(Asked::new(name, "event", Ask::Log { ticket }, index));
    }
    for types in [vec![], vec!["ticket.updated"]] {
        for newest_first in [true, false] {
            for after in [None, Some(1500)] {
                let name = format!("activity {types:?} {newest_first} {after:?}");
                let ask = Ask::Activity { types: types.clone(), newest_first, after };
                all.push(Asked::new(name, "event", ask, Some("event_ticket")));
            }
        }
    }
    all
}
