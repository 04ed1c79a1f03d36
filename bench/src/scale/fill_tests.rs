//! What the filling is made of.

use std::collections::BTreeMap;

use super::*;

fn bodies(count: usize) -> Vec<Value> {
    let filling = Filling::new(count);
    let of_first = (0..filling.count()).filter(|number| number % BRANDS == 0);
    of_first.map(|number| serde_json::from_slice(&filling.story(number).ticket).unwrap()).collect()
}

fn containing(bodies: &[Value], word: &str) -> usize {
    bodies.iter().filter(|body| body["body"].as_str().unwrap().contains(word)).count()
}

#[test]
fn a_ticket_is_the_same_every_time() {
    let filling = Filling::new(10_000);
    assert_eq!((filling.count(), filling.each()), (10_000, 500));
    for number in [0, 7, 9_999] {
        assert_eq!(filling.story(number).ticket, filling.story(number).ticket);
    }
}

#[test]
fn rare_words_and_sources_occur_as_often_at_both_sizes() {
    for size in [10_000, 40_000] {
        let bodies = bodies(size);
        for (word, count) in RARE_WORDS {
            assert_eq!(containing(&bodies, word), count, "{word}");
        }
        let rare = bodies.iter().filter(|body| body["source"] == RARE_SOURCE).count();
        assert_eq!(rare, RARE_SOURCE_TICKETS);
    }
}

#[test]
fn every_customer_is_reached_and_the_busy_one_has_thirty_tickets() {
    for size in [12_000, 120_000] {
        let mut tickets = BTreeMap::new();
        for body in bodies(size) {
            *tickets.entry(body["customerEmail"].as_str().unwrap().to_owned()).or_insert(0) += 1;
        }
        assert_eq!(tickets.len(), size / BRANDS / 6);
        assert_eq!(tickets[&shape::customer_email(shape::BUSY_CUSTOMER)], 30);
    }
}

#[test]
fn the_shares_are_those_of_the_shape() {
    let bodies = bodies(60_000);
    let all = bodies.len() as f64;
    let share = |has: &dyn Fn(&Value) -> bool| bodies.iter().filter(|body| has(body)).count() as f64 / all;
    let active =
        share(&|body| ["open", "pending", "waiting_vendor", "escalated"].contains(&body["status"].as_str().unwrap()));
    assert!((0.18..0.22).contains(&active), "{active}");
    assert!((0.28..0.32).contains(&share(&|body| body["dueAt"].is_string())));
    assert!((0.67..0.73).contains(&share(&|body| body["assigneeEmail"].is_string())));
    let mut titles: Vec<&str> = bodies.iter().map(|body| body["title"].as_str().unwrap()).collect();
    titles.sort_unstable();
    titles.dedup();
    assert!(titles.len() < bodies.len() && titles.len() > bodies.len() / 2, "{}", titles.len());
}
