//! Random lists of random tickets, walked page by page, against a model that filters and sorts in the simplest way.
//! Whether a list is collected or walked, and along what, must not show.

mod model;
mod world;

use std::cell::Cell;

use dispatch_testkit::{TestApp, both};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};
use tokio::{runtime::Handle, task::block_in_place};

use self::{
    model::{Query, SORTS, query},
    world::{World, members, seed},
};
use crate::api::given::each;

/// Tickets of each brand.
const TICKETS: usize = 90;

/// The ids that a list shows, page by page; `between` happens behind each page that is not the last.
async fn walk(app: &TestApp, list: &str, limit: usize, mut between: impl AsyncFnMut()) -> Vec<String> {
    let (mut seen, mut next) = (Vec::new(), list.to_owned());
    loop {
        let page = app.get(&next).await.ok();
        let ids = each(&page["data"], "id");
        seen.extend(ids.iter().map(|id| (*id).to_owned()));
        let Some(cursor) = page["pagination"]["nextCursor"].as_str() else { return seen };
        assert_eq!(ids.len(), limit, "only the last page may be short: {list}");
        next = format!("{list}&cursor={cursor}");
        between().await;
    }
}

/// Compares a list and its count with the model.
async fn compare(app: &TestApp, path: &str, brands: &str, query: &Query, worlds: &[&World]) {
    dispatch_store::tickets::collect_at_most(query.collected);
    let expected = query.expected(worlds);
    let found = walk(app, &format!("{path}?{}{brands}", query.text(worlds)), query.limit, async || {}).await;
    let at = found.iter().zip(&expected).take_while(|(one, two)| one == two).count();
    assert!(found == expected, "{query:?}: {:?} and not {:?} at {at}", found.get(at), expected.get(at));
    let count = app.get(&format!("{path}/count?{}{brands}", query.filter_text(worlds))).await.ok();
    assert_eq!(count, json!({ "count": expected.len(), "capped": false }), "{query:?}");
}

/// A pair of brands with these tickets, and these queries of the first and of both.
async fn play(app: &TestApp, slugs: [&str; 2], members: &[String], seeds: &[[u8; 24]], queries: &[Query]) {
    let (one, two) = seeds.split_at(seeds.len() / 2);
    let (one, two) = (World::new(app, slugs[0], members, one).await, World::new(app, slugs[1], members, two).await);
    let ids = format!("&brandIds={},{}", one.brand_id(), two.brand_id());
    for query in queries {
        compare(app, &format!("{}/tickets", one.brand), "", query, &[&one]).await;
        if query.filters.iter().all(model::Filter::is_of_no_brand) {
            compare(app, "/tickets", &ids, query, &[&one, &two]).await;
        }
    }
}

both! {
    async fn any_list_is_what_the_model_says(app) {
        let members = members(app).await;
        let config = Config { cases: 4, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
        let case = (prop::collection::vec(seed(), 2 * TICKETS), prop::collection::vec(query(), 40));
        let number = Cell::new(0);
        let played = TestRunner::new(config).run(&case, |(seeds, queries)| {
            number.set(number.get() + 1);
            let slugs = [format!("a{}", number.get()), format!("b{}", number.get())];
            let play = play(app, [&slugs[0], &slugs[1]], &members, &seeds, &queries);
            block_in_place(|| Handle::current().block_on(play));
            Ok(())
        });
        assert!(played.is_ok(), "{}", played.unwrap_err());
    }

    async fn every_sort_has_every_ticket_once_in_both_ways(app) {
        let members = members(app).await;
        let seeds: Vec<[u8; 24]> = (0..TICKETS).map(|index| std::array::from_fn(|at| mixed(index, at))).collect();
        let (one, two) = (
            World::new(app, "one", &members, &seeds[..TICKETS / 2]).await,
            World::new(app, "two", &members, &seeds[TICKETS / 2..]).await,
        );
        for sort in SORTS {
            for (descending, collected, shown) in
                [(true, 0, ""), (false, 2_000, ""), (true, 5, "isSpam=any"), (false, 0, "isSpam=any")]
            {
                for filters in [vec![], vec![model::Filter::Status(5)]] {
                    let query = Query { filters, shown, sort, descending, limit: 7, collected };
                    compare(app, &format!("{}/tickets", one.brand), "", &query, &[&one]).await;
                    compare(app, "/tickets", "", &query, &[&one, &two]).await;
                }
            }
        }
    }

    async fn tickets_that_do_not_change_are_seen_once_while_others_come_and_go(app) {
        let members = members(app).await;
        for (number, sort) in SORTS.into_iter().enumerate() {
            let seeds: Vec<[u8; 24]> = (0..60).map(|index| std::array::from_fn(|at| mixed(index + 100 * number, at))).collect();
            let mut world = World::new(app, &format!("w{number}"), &members, &seeds).await;
            let query = Query {
                filters: Vec::new(),
                shown: "",
                sort,
                descending: number.is_multiple_of(2),
                limit: 6,
                collected: 0,
            };
            // Every fourth goes, one from each end in turn; those are what the model does not know.
            let mut doomed: Vec<String> = world.rows.iter().filter(|row| row.live()).step_by(4).map(|row| row.id.clone()).collect();
            world.rows.retain(|row| !doomed.contains(&row.id));
            let expected = query.expected(&[&world]);
            let tickets = format!("{}/tickets", world.brand);
            let mut turn = 0_usize;
            let found = walk(app, &format!("{tickets}?{}", query.text(&[&world])), query.limit, async || {
                turn += 1;
                if !doomed.is_empty() {
                    let gone = doomed.remove(if turn.is_multiple_of(2) { 0 } else { doomed.len() - 1 });
                    app.delete(&format!("{tickets}/{gone}")).await.ok();
                }
                let even = turn.is_multiple_of(2);
                let pick = |one: &str, two: &str| if even { json!(one) } else { json!(two) };
                let maybe = |one: &str| if even { json!(one) } else { Value::Null };
                let body = json!({
                    "title": pick("a", "日本"), "priority": pick("low", "urgent"), "status": pick("open", "doing"),
                    "categoryId": pick("zoo", "apples"), "customerEmail": pick("a@x.example", "e@x.example"),
                    "assigneeEmail": maybe("zed@x.example"), "dueAt": maybe("2026-01-02"),
                });
                app.ticket(&world.brand, body).await;
            })
            .await;
            let seen: Vec<&String> = found.iter().filter(|id| expected.contains(*id)).collect();
            assert_eq!(seen, expected.iter().collect::<Vec<_>>(), "{sort}");
        }
    }
}

/// Numbers that look random and are always the same.
fn mixed(index: usize, at: usize) -> u8 {
    let mut value =
        (index as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (at as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
    value = (value ^ (value >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (value >> 40).to_le_bytes()[0]
}
