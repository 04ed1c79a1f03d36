//! What is asked, and which target each question belongs to.

use super::place::Place;
use crate::scale::shape::{COMMON_WORDS, RARE_SOURCE, RARE_WORDS};

/// The target of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Answered from an index: the size of the brand must not matter, nor how late the page is.
    Indexed,
    /// A sort without an index of its own.
    Sort,
    /// A sort with an index, and a filter.
    Pair,
    /// A search with up to 200 hits: the size of the brand must not matter.
    RareWords,
    /// Counts that are kept.
    Counts,
    /// The first page over all brands.
    Queue,
    /// No target.
    Reported,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its target.
    pub class: Class,
    /// Its name in the report.
    pub name: String,
    /// Path and query.
    pub path: String,
}

/// Sorts that the indexes give.
const INDEXED_SORTS: [&str; 5] = ["createdAt", "updatedAt", "ticketNumber", "priority", "dueAt"];
/// The others.
const OTHER_SORTS: [&str; 6] = ["title", "status", "customer", "company", "assignee", "category"];

impl Question {
    /// A question of this class.
    pub fn new(class: Class, name: impl Into<String>, path: impl Into<String>) -> Self {
        Self { class, name: name.into(), path: path.into() }
    }
}

/// What is asked at both sizes.
pub fn cells(place: &Place) -> Vec<Question> {
    let brand = &place.brand;
    let list = |class, name: String, query: String| Question::new(class, name, format!("{brand}/tickets?{query}"));
    let mut all = Vec::new();
    for sort in INDEXED_SORTS {
        all.push(list(Class::Indexed, sort.to_owned(), format!("sort={sort}")));
    }
    let (member, customer) = (&place.member, &place.customer);
    all.push(list(Class::Indexed, "updatedAt, one status".into(), "sort=updatedAt&status=closed".into()));
    // Nobody has more at few tickets: the replies are to be of one length.
    let assigned = format!("sort=updatedAt&assigneeId={member}&limit=10");
    all.push(list(Class::Indexed, "updatedAt, one assignee, 10 a page".into(), assigned));
    all.push(list(Class::Indexed, "createdAt, one customer".into(), format!("sort=createdAt&customerId={customer}")));
    for sort in OTHER_SORTS {
        all.push(list(Class::Sort, sort.to_owned(), format!("sort={sort}&order=asc")));
    }
    for (word, count) in RARE_WORDS {
        all.push(list(Class::RareWords, format!("search, {count} hits"), format!("search={word}")));
    }
    let [frequent, everywhere] = COMMON_WORDS;
    let (rare, count) = RARE_WORDS[RARE_WORDS.len() - 1];
    let both = format!("search={rare}%20{everywhere}");
    all.push(list(Class::Reported, format!("search, a word with {count} hits and a common one"), both));
    all.push(list(Class::Reported, "search, a common word".into(), format!("search={frequent}")));
    all.push(list(Class::Reported, "search, a word of nearly every ticket".into(), format!("search={everywhere}")));
    all.push(Question::new(Class::Counts, "status chips", format!("{brand}/statuses/stats")));
    all.push(Question::new(Class::Counts, "count, no filter", format!("{brand}/tickets/count")));
    all.push(Question::new(Class::Counts, "count, one status", format!("{brand}/tickets/count?status=closed")));
    all
}

/// Every sort with every filter.
pub fn pairs(place: &Place) -> Vec<Question> {
    let (from, to) = &place.created;
    let filters = [
        ("status", "status=open".to_owned()),
        ("active statuses", "status=active".to_owned()),
        ("assignee", format!("assigneeId={}", place.member)),
        ("nobody assigned", "assigneeId=null".to_owned()),
        ("customer", format!("customerId={}", place.customer)),
        ("category", "categoryId=topic_3".to_owned()),
        ("common tag", format!("tagIds={}", place.common_tag)),
        ("rare tag", format!("tagIds={}", place.rare_tag)),
        ("company", format!("companyId={}", place.company)),
        ("priority", "priority=high".to_owned()),
        ("source", "source=chat".to_owned()),
        ("rare source", format!("source={RARE_SOURCE}")),
        ("field of few values", "customFields.plan=pro".to_owned()),
        ("nearly unique field", format!("customFields.orderId={}", place.order)),
        ("created range", format!("createdAfter={from}&createdBefore={to}")),
    ];
    let sorts = INDEXED_SORTS.iter().map(|sort| (*sort, Class::Pair));
    let others = OTHER_SORTS.iter().map(|sort| (*sort, Class::Sort));
    sorts
        .chain(others)
        .flat_map(|(sort, class)| {
            filters.iter().map(move |(name, filter)| {
                let path = format!("{}/tickets?sort={sort}&{filter}", place.brand);
                Question::new(class, format!("{sort}, {name}"), path)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_question_is_asked_twice() {
        let place = Place {
            brand: "/v1/brands/br_1".into(),
            member: "usr_1".into(),
            customer: "cus_1".into(),
            company: "co_1".into(),
            common_tag: "tag_1".into(),
            rare_tag: "tag_2".into(),
            created: ("2026-01-01".into(), "2026-01-02".into()),
            order: "A-1".into(),
        };
        let (cells, pairs) = (cells(&place), pairs(&place));
        assert_eq!(cells.iter().filter(|cell| cell.class == Class::Indexed).count(), 8);
        assert_eq!(pairs.len(), 11 * 15);
        let all: Vec<&Question> = cells.iter().chain(&pairs).collect();
        assert_eq!(all.iter().map(|question| &question.name).collect::<BTreeSet<_>>().len(), all.len());
        for part in [&cells, &pairs] {
            assert_eq!(part.iter().map(|question| &question.path).collect::<BTreeSet<_>>().len(), part.len());
        }
    }
}
