//! Which tickets a list shows, as conditions. A condition is written so that its index can be used, or so that it
//! cannot: neither database knows how many tickets a filter leaves, so that the list says itself which index drives it.

use std::borrow::Cow;

use dispatch_model::{BrandId, CategoryId, CustomerId, StatusId, TagId, TicketId, Timestamp, rewrite::RewriteKind};

use crate::{Bind, Select, customers::Members, rewrites::Rewrite};

/// Which of the kinds that lists keep apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Neither spam nor deleted.
    #[default]
    Live,
    /// Spam alone.
    Spam,
    /// Spam and what is none.
    Both,
    /// Deleted ones alone.
    Deleted,
}

/// Between two moments; the first is inside, the last is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// From here on.
    pub after: Option<Timestamp>,
    /// Up to here.
    pub before: Option<Timestamp>,
}

impl Range {
    /// Whether it is a filter at all.
    #[must_use]
    pub const fn is_some(&self) -> bool {
        self.after.is_some() || self.before.is_some()
    }
}

/// Who is asked for.
#[derive(Clone, Debug)]
pub enum Assigned {
    /// Nobody.
    Nobody,
    /// One of these: members' ids or outside addresses.
    To(Vec<String>),
}

/// Members who were removed, and the stored statuses in which their tickets have no assignee any more, whatever the rows
/// still say: those that were active at that moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The members, whose tickets are being rewritten.
    pub members: Vec<String>,
    /// The stored ids of the statuses.
    pub statuses: Vec<StatusId>,
}

impl Gone {
    /// What the rewritings that are pending say, the members of the same statuses together.
    #[must_use]
    pub fn of(pending: &[Rewrite]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for rewrite in pending.iter().filter(|rewrite| rewrite.kind == RewriteKind::Member) {
            let statuses = rewrite.gone_from();
            match all.iter_mut().find(|known| known.statuses == statuses) {
                Some(known) => known.members.push(rewrite.subject.clone()),
                None => all.push(Self { members: vec![rewrite.subject.clone()], statuses }),
            }
        }
        all
    }

    /// Whether a ticket of this member with this stored status is nobody's.
    #[must_use]
    pub fn takes(all: &[Self], member: &str, status: &StatusId) -> bool {
        all.iter().any(|gone| gone.statuses.contains(status) && gone.members.iter().any(|id| id == member))
    }
}

/// A filter over the tickets of one brand. What is left out does not filter.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields are the parameters of API 5.4")]
pub struct TicketFilter {
    pub shown: Shown,
    /// Stored ids.
    pub statuses: Option<Vec<StatusId>>,
    /// Ranks.
    pub priorities: Option<Vec<i64>>,
    pub sources: Option<Vec<String>>,
    pub created_by: Option<Vec<String>>,
    pub assigned: Option<Assigned>,
    pub gone: Vec<Gone>,
    pub customers: Option<Vec<CustomerId>>,
    /// Tickets of the customers of a company.
    pub company: Option<Members>,
    pub source_id: Option<String>,
    /// One of these stored ids.
    pub categories: Option<Vec<CategoryId>>,
    /// None, or one of these stored ids, which read as none.
    pub no_category: Option<Vec<CategoryId>>,
    /// Every group must be met by one of its tags.
    pub tags: Vec<Vec<TagId>>,
    pub created: Range,
    pub updated: Range,
    pub due: Range,
    /// Due before this moment in one of these stored statuses, or not so.
    pub overdue: Option<(bool, Timestamp, Vec<StatusId>)>,
    pub has_attachments: Option<bool>,
    pub merged: Option<bool>,
    /// Key and text of a custom field.
    pub fields: Vec<(String, String)>,
    /// One of these: what a search has found.
    pub ids: Option<Vec<TicketId>>,
    /// Matches nothing.
    pub nothing: bool,
}

/// What a list reads first: an index over a filter, or one that has the wanted order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Driver {
    /// An index that has the wanted order, or the table.
    Order,
    Hidden,
    Status,
    Priority,
    Source,
    CreatedBy,
    Assigned,
    Customers,
    Company,
    SourceId,
    Category,
    Tags(usize),
    Field(usize),
    Created,
    Updated,
    Due,
    Merged,
    Ids,
}

/// The columns whose order a walk follows: their conditions stay usable by its index.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Walked {
    /// `live` leads the index.
    pub live: bool,
    pub created: bool,
    pub updated: bool,
    pub due: bool,
}

/// Ends an EXISTS that every ticket is asked: PostgreSQL makes no join of it, which would begin at its other end.
const ASKED: &str = "LIMIT 1 OFFSET 0";

/// A column as an index can serve it, or so that no index can.
fn column<'c>(usable: bool, name: &'c str, default: &str) -> Cow<'c, str> {
    if usable { name.into() } else { format!("coalesce({name}, {default})").into() }
}

impl TicketFilter {
    /// Every index that could find what this filter asks for.
    pub(super) fn drivers(&self) -> Vec<Driver> {
        let mut all = Vec::new();
        let mut add = |there: bool, driver| {
            if there {
                all.push(driver);
            }
        };
        add(self.ids.is_some(), Driver::Ids);
        add(matches!(self.shown, Shown::Spam | Shown::Deleted), Driver::Hidden);
        add(self.statuses.is_some(), Driver::Status);
        add(self.priorities.is_some(), Driver::Priority);
        add(self.sources.is_some(), Driver::Source);
        add(self.created_by.is_some(), Driver::CreatedBy);
        add(matches!(self.assigned, Some(Assigned::To(_))), Driver::Assigned);
        add(self.customers.is_some(), Driver::Customers);
        add(self.company.is_some(), Driver::Company);
        add(self.source_id.is_some(), Driver::SourceId);
        add(self.categories.is_some(), Driver::Category);
        add(self.created.is_some(), Driver::Created);
        add(self.updated.is_some(), Driver::Updated);
        add(self.due.is_some() || matches!(self.overdue, Some((true, ..))), Driver::Due);
        add(self.merged == Some(true), Driver::Merged);
        all.extend((0..self.tags.len()).map(Driver::Tags));
        all.extend((0..self.fields.len()).map(Driver::Field));
        all
    }

    /// The part of it that this index finds.
    pub(super) fn part(&self, driver: Driver) -> Self {
        let mut part = Self { shown: self.shown, ..Self::default() };
        match driver {
            Driver::Order | Driver::Hidden => {}
            Driver::Status => part.statuses.clone_from(&self.statuses),
            Driver::Priority => part.priorities.clone_from(&self.priorities),
            Driver::Source => part.sources.clone_from(&self.sources),
            Driver::CreatedBy => part.created_by.clone_from(&self.created_by),
            Driver::Assigned => part.assigned.clone_from(&self.assigned),
            Driver::Customers => part.customers.clone_from(&self.customers),
            Driver::Company => part.company.clone_from(&self.company),
            Driver::SourceId => part.source_id.clone_from(&self.source_id),
            Driver::Category => part.categories.clone_from(&self.categories),
            Driver::Tags(at) => part.tags = vec![self.tags[at].clone()],
            Driver::Field(at) => part.fields = vec![self.fields[at].clone()],
            Driver::Created => part.created = self.created,
            Driver::Updated => part.updated = self.updated,
            Driver::Due => (part.due, part.overdue) = (self.due, self.overdue.clone().filter(|(late, ..)| *late)),
            Driver::Merged => part.merged = self.merged,
            Driver::Ids => part.ids.clone_from(&self.ids),
        }
        part
    }

    /// How many tickets a label is on that drives a list, without their rows; begun, for the limit to follow. None for another driver.
    pub(super) fn labelled<'a>(&'a self, brand: &'a BrandId, driver: Driver) -> Option<Select<'a>> {
        let mut select = match driver {
            Driver::Tags(_) => Select::new("SELECT count(*) FROM (SELECT 1 FROM ticket_tag g"),
            Driver::Field(_) => Select::new("SELECT count(*) FROM (SELECT 1 FROM ticket_field f"),
            _ => return None,
        };
        match (driver, self.tags.first(), self.fields.first()) {
            (Driver::Tags(_), Some(group), _) => select.with("g.brand_id =", brand).within("g.tag_id", group),
            (_, _, Some((key, value))) => {
                select.with("f.brand_id =", brand).with("f.key =", key).with("f.value =", value)
            }
            _ => return None,
        };
        Some(select)
    }

    /// Whether it asks for one category and one status: an index has these by id.
    fn is_one_place(&self) -> bool {
        let one = |of: Option<usize>| of == Some(1);
        one(self.categories.as_ref().map(Vec::len)) && one(self.statuses.as_ref().map(Vec::len))
    }

    /// An index that has by id what it finds of this filter.
    pub(super) fn along_ids(&self) -> Option<Driver> {
        if self.is_one_place() {
            return Some(Driver::Category);
        }
        let one = |of: Option<usize>, driver: Driver| (of == Some(1)).then_some(driver);
        one(self.priorities.as_ref().map(Vec::len), Driver::Priority)
            .or_else(|| one(self.sources.as_ref().map(Vec::len), Driver::Source))
    }

    /// The same filter for each range of an index that `live` leads: spam beside what is none is two of them.
    pub(super) fn split(&self) -> Vec<Self> {
        match self.shown {
            Shown::Both => [Shown::Live, Shown::Spam].map(|shown| Self { shown, ..self.clone() }).into(),
            _ => vec![self.clone()],
        }
    }

    /// Whether it says nothing but which kind is shown.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.drivers().iter().all(|driver| *driver == Driver::Hidden)
            && self.assigned.is_none()
            && self.no_category.is_none()
            && self.overdue.is_none()
            && self.has_attachments.is_none()
            && self.merged.is_none()
    }

    /// Adds every condition; that of `driver` so that its index serves it, and those of the walked columns.
    pub(super) fn conditions<'a>(
        &'a self,
        select: &mut Select<'a>,
        brand: &'a BrandId,
        driver: Driver,
        walked: Walked,
    ) {
        select.with("t.brand_id =", brand);
        if self.nothing {
            select.is("1 = 0");
        }
        let by_id = matches!(
            driver,
            Driver::Tags(_) | Driver::Field(_) | Driver::Ids | Driver::SourceId | Driver::CreatedBy | Driver::Merged
        );
        let live = column(if driver == Driver::Order { walked.live } else { !by_id }, "t.live", "FALSE");
        match self.shown {
            Shown::Live => select.condition(&format!("{live} = TRUE")),
            Shown::Spam => {
                select.condition(&format!("{live} = FALSE")).is("t.is_spam = TRUE").is("t.deleted_at IS NULL")
            }
            // Where an index has `live` before the filter's column, it must be told both values.
            Shown::Both if driver != Driver::Order && !by_id => {
                select.is("t.live IN (TRUE, FALSE)").is("coalesce(t.deleted_at, 0) = 0")
            }
            Shown::Both => select.is("coalesce(t.deleted_at, 0) = 0"),
            Shown::Deleted => select.condition(&format!("{live} = FALSE")).is("t.deleted_at IS NOT NULL"),
        };
        self.lists(select, driver);
        self.people(select, driver);
        self.labels(select, driver);
        let ranges = [
            (&self.created, driver == Driver::Created || walked.created, "t.created_at"),
            (&self.updated, driver == Driver::Updated || walked.updated, "t.updated_at"),
            (&self.due, driver == Driver::Due || walked.due, "t.due_at"),
        ];
        for (range, usable, name) in ranges {
            // A ticket that is not due is in no range: the default is no number.
            let name = column(usable, name, "NULL");
            if let Some(after) = &range.after {
                select.with(&format!("{name} >="), after);
            }
            if let Some(before) = &range.before {
                select.with(&format!("{name} <"), before);
            }
        }
        if let Some((late, now, active)) = &self.overdue {
            let due = column(driver == Driver::Due || walked.due, "t.due_at", "NULL");
            let (now, active) = (select.place(now), select.list(active));
            select.condition(&if *late {
                format!("{due} < {now} AND coalesce(t.status_id, '') IN {active}")
            } else {
                format!("NOT coalesce(t.due_at < {now} AND coalesce(t.status_id, '') IN {active}, FALSE)")
            });
        }
        match self.has_attachments {
            Some(true) => select.is("t.attachment_count > 0"),
            Some(false) => select.is("t.attachment_count = 0"),
            None => select,
        };
        match self.merged {
            Some(true) if driver == Driver::Merged => select.is("t.merged_into_id IS NOT NULL"),
            Some(true) => select.is("coalesce(t.merged_into_id, '') <> ''"),
            Some(false) => select.is("coalesce(t.merged_into_id, '') = ''"),
            None => select,
        };
    }

    fn lists<'a>(&'a self, select: &mut Select<'a>, driver: Driver) {
        fn one_of<'a, T: Bind>(select: &mut Select<'a>, usable: bool, name: &str, none: &str, of: Option<&'a Vec<T>>) {
            if let Some(values) = of {
                select.within(&column(usable, name, none), values);
            }
        }
        let has_status = driver == Driver::Status || (driver == Driver::Category && self.is_one_place());
        one_of(select, has_status, "t.status_id", "''", self.statuses.as_ref());
        one_of(select, driver == Driver::Priority, "t.priority", "0", self.priorities.as_ref());
        one_of(select, driver == Driver::Source, "t.source", "''", self.sources.as_ref());
        one_of(select, driver == Driver::CreatedBy, "t.created_by", "''", self.created_by.as_ref());
        one_of(select, driver == Driver::Customers, "t.customer_id", "''", self.customers.as_ref());
        match &self.ids {
            Some(ids) if driver == Driver::Ids => {
                let ids = select.rows(ids);
                select.tickets_by(&ids);
            }
            ids => one_of(select, false, "t.id", "''", ids.as_ref()),
        }
        one_of(select, driver == Driver::Category, "t.category_id", "''", self.categories.as_ref());
        if let Some(gone) = &self.no_category {
            let gone = select.list(gone);
            select.condition(&format!("(t.category_id IS NULL OR t.category_id IN {gone})"));
        }
        if let Some(id) = &self.source_id {
            select.with(&format!("{} =", column(driver == Driver::SourceId, "t.source_id", "''")), id);
        }
    }

    fn people<'a>(&'a self, select: &mut Select<'a>, driver: Driver) {
        let gone = if self.gone.is_empty() || self.assigned.is_none() {
            None
        } else {
            let each = self.gone.iter().map(|gone| {
                let (members, statuses) = (select.list(&gone.members), select.list(&gone.statuses));
                format!("(coalesce(t.assignee, '') IN {members} AND coalesce(t.status_id, '') IN {statuses})")
            });
            Some(format!("({})", each.collect::<Vec<String>>().join(" OR ")))
        };
        match (&self.assigned, gone) {
            (None, _) => {}
            (Some(Assigned::Nobody), None) => {
                select.is("t.assignee IS NULL");
            }
            (Some(Assigned::Nobody), Some(gone)) => {
                select.condition(&format!("(t.assignee IS NULL OR {gone})"));
            }
            (Some(Assigned::To(who)), gone) => {
                select.within(&column(driver == Driver::Assigned, "t.assignee", "''"), who);
                if let Some(gone) = gone {
                    select.condition(&format!("NOT {gone}"));
                }
            }
        }
        if let Some(company) = &self.company {
            let mut member = vec![format!("x.company_id IN {}", select.list(&company.stored))];
            for pending in &company.domains {
                let domain = select.place(&pending.domain);
                if pending.unlinked {
                    member.push(format!("(x.domain = {domain} AND x.company_id IS NULL)"));
                }
                if !pending.deleted.is_empty() {
                    let deleted = select.list(&pending.deleted);
                    member.push(format!("(x.domain = {domain} AND x.company_id IN {deleted})"));
                }
            }
            let member = format!("x.deleted_at IS NULL AND ({})", member.join(" OR "));
            // As in `labels`: these customers are found first, not every ticket asked for its customer.
            select.condition(&if driver == Driver::Company {
                format!(
                    "t.customer_id IN (SELECT coalesce(x.id, '') FROM customer x WHERE x.brand_id = $1 AND {member})"
                )
            } else {
                format!(
                    "EXISTS (SELECT 1 FROM customer x WHERE x.brand_id = t.brand_id AND x.id = t.customer_id AND {member} {ASKED})"
                )
            });
        }
    }

    fn labels<'a>(&'a self, select: &mut Select<'a>, driver: Driver) {
        // `coalesce` keeps PostgreSQL from asking every ticket for what drives the list.
        for (at, group) in self.tags.iter().enumerate() {
            // With two tags of a group, a ticket is found twice.
            let once = if group.len() > 1 { "DISTINCT " } else { "" };
            let group = select.list(group);
            if driver == Driver::Tags(at) {
                select.tickets_by(&format!(
                    "SELECT {once}coalesce(g.ticket_id, '') FROM ticket_tag g WHERE g.brand_id = $1 AND g.tag_id IN {group}"
                ));
            } else {
                select.condition(&format!(
                    "EXISTS (SELECT 1 FROM ticket_tag g WHERE g.brand_id = t.brand_id AND g.tag_id IN {group}
                    AND g.ticket_id = t.id {ASKED})"
                ));
            }
        }
        for (at, (key, value)) in self.fields.iter().enumerate() {
            let (key, value) = (select.place(key), select.place(value));
            if driver == Driver::Field(at) {
                select.tickets_by(&format!(
                    "SELECT coalesce(f.ticket_id, '') FROM ticket_field f WHERE f.brand_id = $1 AND f.key = {key}
                    AND f.value = {value}"
                ));
            } else {
                select.condition(&format!(
                    "EXISTS (SELECT 1 FROM ticket_field f WHERE f.brand_id = t.brand_id AND f.key = {key}
                    AND f.value = {value} AND f.ticket_id = t.id {ASKED})"
                ));
            }
        }
    }
}
