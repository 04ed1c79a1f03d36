//! What the tickets of a filled database are like: names and how often each value occurs. `fill` writes by it, the
//! questions of `lists` ask by it.

/// Brands.
pub const BRANDS: usize = crate::generate::BRANDS;
/// Members that tickets are assigned to.
pub const MEMBERS: usize = 20;
/// Categories of each brand.
pub const CATEGORIES: usize = 10;
/// Tags of each brand.
pub const TAGS: usize = 50;
/// Companies of each brand.
pub const COMPANIES: usize = 20;

/// A status that every brand gets beside the four it is born with.
#[derive(Clone, Copy, Debug)]
pub struct CustomStatus {
    /// Its key.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether its tickets still need somebody.
    pub is_active: bool,
}

/// The custom statuses.
pub const CUSTOM_STATUSES: [CustomStatus; 3] = [
    CustomStatus { key: "waiting_vendor", name: "Waiting for the vendor", is_active: true },
    CustomStatus { key: "escalated", name: "Escalated", is_active: true },
    CustomStatus { key: "wont_fix", name: "Will not be fixed", is_active: false },
];

/// Of a hundred tickets so many are in each status; twenty are in active ones.
pub const STATUSES: [(&str, u64); 7] = [
    ("open", 8),
    ("pending", 5),
    ("waiting_vendor", 4),
    ("escalated", 3),
    ("resolved", 25),
    ("closed", 50),
    ("wont_fix", 5),
];
/// Of a hundred tickets so many have each source; the rare one comes beside these.
pub const SOURCES: [(&str, u64); 4] = [("api", 40), ("email", 30), ("web", 20), ("chat", 10)];
/// A source of few tickets of a brand, whatever its size.
pub const RARE_SOURCE: &str = "fax";
/// How many.
pub const RARE_SOURCE_TICKETS: usize = 20;
/// Of a hundred tickets so many have each priority.
pub const PRIORITIES: [(&str, u64); 4] = [("low", 20), ("normal", 60), ("high", 15), ("urgent", 5)];
/// Of a hundred tickets so many have somebody who works on them, and a date by which they are due.
pub const ASSIGNED_OF_100: u64 = 70;
/// The same for the date.
pub const DUE_OF_100: u64 = 30;
/// The same for a category.
pub const CATEGORY_OF_100: u64 = 80;
/// One of so many tickets has a reply.
pub const REPLIED_ONE_OF: usize = 10;

/// Words that occur in so many tickets of a brand, whatever its size.
pub const RARE_WORDS: [(&str, usize); 3] = [("quokka", 5), ("axolotl", 50), ("pangolin", 200)];
/// A word of about every seventh ticket, and one of nearly every ticket.
pub const COMMON_WORDS: [&str; 2] = ["statement", "the"];

/// Tickets of ten customers in a row: from 1 to 30, six on average.
const CUSTOMER_TICKETS: [usize; 10] = [1, 1, 1, 2, 2, 3, 4, 6, 10, 30];
const TEN_CUSTOMERS: usize = 60;

/// A customer with 30 tickets, who is in no company.
pub const BUSY_CUSTOMER: usize = 9;

/// The customer of the ticket at `place` when tickets stand sorted by customer.
pub fn customer(place: usize) -> usize {
    let (ten, mut rest) = (place / TEN_CUSTOMERS, place % TEN_CUSTOMERS);
    for (index, tickets) in CUSTOMER_TICKETS.iter().enumerate() {
        if rest < *tickets {
            return ten * CUSTOMER_TICKETS.len() + index;
        }
        rest -= tickets;
    }
    ten * CUSTOMER_TICKETS.len()
}

/// Address of a customer: every other one is of a company.
pub fn customer_email(customer: usize) -> String {
    let domain =
        if customer.is_multiple_of(2) { company_domain(customer / 2 % COMPANIES) } else { "home.example".to_owned() };
    format!("guest{customer:07}@{domain}")
}

/// Domain of a company.
pub fn company_domain(company: usize) -> String {
    format!("company{company:02}.example")
}

/// Address of a member.
pub fn member_email(member: usize) -> String {
    format!("member{member:02}@bench.example")
}

/// Key of a category.
pub fn category_key(category: usize) -> String {
    format!("topic_{category}")
}

/// Name of a tag; the first ones are on many tickets, the last ones on few.
pub fn tag_name(tag: usize) -> String {
    format!("label-{tag:02}")
}

/// Whether the ticket at `index` of a brand with `of` tickets is one of `count` that lie evenly between the others.
pub fn is_one_of(index: usize, of: usize, count: usize) -> bool {
    (index + 1) * count / of > index * count / of
}

/// The value whose share of a hundred `at` falls into.
pub fn by_share(shares: &[(&'static str, u64)], at: u64) -> &'static str {
    let mut rest = at % 100;
    for (value, share) in shares {
        if rest < *share {
            return value;
        }
        rest -= share;
    }
    shares[0].0
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn customers_have_one_to_thirty_tickets() {
        let mut tickets = BTreeMap::new();
        for place in 0..6_000 {
            *tickets.entry(customer(place)).or_insert(0) += 1;
        }
        assert_eq!(tickets.len(), 1_000);
        assert_eq!((tickets.values().min(), tickets.values().max()), (Some(&1), Some(&30)));
        assert_eq!(tickets[&BUSY_CUSTOMER], 30);
        assert!(customer_email(BUSY_CUSTOMER).ends_with("@home.example"));
    }

    #[test]
    fn a_rare_thing_occurs_as_often_at_every_size() {
        for of in [500, 50_000] {
            for count in [5, 50, 200] {
                assert_eq!((0..of).filter(|index| is_one_of(*index, of, count)).count(), count);
            }
        }
    }

    #[test]
    fn shares_add_up_to_a_hundred() {
        for shares in [&STATUSES[..], &SOURCES, &PRIORITIES] {
            assert_eq!(shares.iter().map(|(_, share)| share).sum::<u64>(), 100);
        }
        let open = (0..100).filter(|at| by_share(&STATUSES, *at) == "open").count();
        assert_eq!(open, 8);
    }
}
