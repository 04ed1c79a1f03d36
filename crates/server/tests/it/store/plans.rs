//! Trap 7: the same text can plan badly on one database. Every list is looked at on both, with some thousand rows: on
//! PostgreSQL what the statement really read, on SQLite the plan of the text that PostgreSQL was sent.

mod asked;
mod rows;

use std::{
    collections::HashSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use dispatch_http::HttpSettings;
use dispatch_store::{Db, Options, Result, Value, inspect, statements, tickets};
use dispatch_testkit::{Kind, TestApp};

use self::asked::Asked;

/// Rows of a large table that an indexed page may read: it shows 50 of some thousand.
const READ_MAX: i64 = 200;
/// What this connection has read and not yet reported: table, whole scans, rows.
const READ: &str =
    "SELECT relname || ' ' || seq_scan || ' ' || (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))
    FROM pg_stat_xact_user_tables WHERE relname IN ('ticket', 'customer', 'comment', 'event') ORDER BY relname";
const TEXTS: &str = "SELECT statement FROM pg_prepared_statements WHERE (statement LIKE 'SELECT%LIMIT $%'
    OR statement LIKE 'SELECT%FROM ticket t%') AND statement NOT LIKE '%pg_prepared%'";

/// Both databases with the same rows.
struct Both {
    sqlite: TestApp,
    postgres: TestApp,
}

impl Both {
    async fn filled() -> Self {
        // One connection, so that what it has prepared can be read off it.
        let options = Options { pool_max: 1, ..Options::default() };
        let sqlite = TestApp::with_options(Kind::Sqlite, HttpSettings::default(), options.clone()).await;
        let postgres = TestApp::with_options(Kind::Postgres, HttpSettings::default(), options).await;
        rows::fill(&sqlite).await;
        rows::fill(&postgres).await;
        rows::execute(&postgres.db, "ANALYZE".to_owned()).await;
        Self { sqlite, postgres }
    }

    /// Everything that is wrong with how this list is read.
    async fn complaints(&self, asked: &Asked, known: &mut HashSet<String>) -> Vec<String> {
        tickets::collect_at_most(asked.collected);
        let ask = asked.ask.clone();
        let brand = rows::brand(&self.postgres.db).await;
        let looked: Result<[Vec<String>; 3]> = self
            .postgres
            .db
            .read("test.list", move |tx| {
                let (ask, brand) = (ask.clone(), brand.clone());
                Box::pin(async move {
                    let before = inspect::ask(tx, READ).await?;
                    ask.carry_out(tx, &brand).await?;
                    Ok([before, inspect::ask(tx, READ).await?, inspect::ask(tx, TEXTS).await?])
                })
            })
            .await;
        let [before, behind, texts] = looked.unwrap();
        let mut complaints = too_much(asked, &before, &behind);
        for text in texts.into_iter().filter(|text| known.insert(text.clone())) {
            complaints.extend(badly_planned(asked, &text, &plan(&self.sqlite.db, &text).await));
        }
        complaints
    }
}

/// What PostgreSQL read of the list's own table that it need not have. What is joined may be read whole: for few
/// tickets its planner compares that with many single look-ups, and rightly so.
fn too_much(asked: &Asked, before: &[String], behind: &[String]) -> Vec<String> {
    let numbers = |lines: &[String]| -> (i64, i64) {
        let line = lines.iter().find_map(|line| line.strip_prefix(asked.table)).unwrap_or(" 0 0");
        let (scans, rows) = line.trim_start().split_once(' ').unwrap();
        (scans.parse().unwrap(), rows.parse().unwrap())
    };
    let (before, behind) = (numbers(before), numbers(behind));
    let (scans, rows) = (behind.0 - before.0, behind.1 - before.1);
    assert!(rows > 0, "{}: what is read is counted", asked.name);
    let is_bad = scans > 0 || asked.most.is_some_and(|most| rows > most);
    is_bad.then(|| format!("{}: postgres: {scans} scans and {rows} rows", asked.name)).into_iter().collect()
}

/// What SQLite would read that it need not.
fn badly_planned(asked: &Asked, text: &str, plan: &[String]) -> Vec<String> {
    // A count reads what it has found.
    let whole = |line: &&String| line.starts_with("SCAN") && *line != "SCAN found";
    let mut complaints: Vec<String> = plan.iter().filter(whole).cloned().collect();
    // The tickets of one customer are sorted among themselves.
    let sorts = plan.iter().any(|line| line.contains("TEMP B-TREE") && !line.contains("FOR LAST TERM"));
    // The rows of a page by their ids: that they are looked up so is all there is to it.
    let by_ids = text.contains("substr(t.body") && text.contains("t.id IN (");
    let uses = |index: &str| plan.iter().any(|line| line.starts_with("SEARCH") && line.contains(index));
    if let Some(through) = asked.through.filter(|_| !by_ids) {
        if !uses(through) {
            complaints.push(format!("not through {through}: {plan:?}"));
        }
    } else if let Some(index) = asked.index.filter(|_| !by_ids) {
        if !uses(&format!(" {index} ")) || sorts {
            complaints.push(format!("not in the order of {index}: {plan:?}"));
        }
    } else if sorts && plan.first().is_some_and(|line| line.ends_with("(brand_id=?)")) {
        complaints.push(format!("the whole brand: {plan:?}"));
    }
    // A customer has a few tickets, its brand may have a million: walking those in the wanted order is a scan as well.
    let of_customer = asked.name.starts_with("tickets") && asked.name.contains("customer");
    if of_customer && !by_ids && !plan.iter().any(|line| line.contains(" ticket_customer ")) {
        complaints.push(format!("all tickets for those of a customer: {plan:?}"));
    }
    complaints.into_iter().map(|line| format!("{}: sqlite: {line}", asked.name)).collect()
}

/// SQLite's plan does not depend on the values: it keeps no statistics. EXPLAIN does not notice that the schema has
/// changed: so the text is another one each time, and something is really read before.
async fn plan(db: &Db, text: &str) -> Vec<String> {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let text = format!("{text} /* {} */", ASKED.fetch_add(1, Ordering::Relaxed));
    let planned: Result<Vec<String>> = db
        .read("test.plan", move |tx| {
            let text = text.clone();
            Box::pin(async move {
                let places = text.split('$').skip(1).map(|rest| {
                    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                    digits.parse::<usize>().unwrap()
                });
                let nothing = vec![Value::Null; places.max().unwrap_or_default()];
                inspect::ask(tx, "SELECT id FROM account").await?;
                inspect::plan(tx, &text, &nothing).await
            })
        })
        .await;
    planned.unwrap()
}

/// The texts that are no lists built for one request.
fn fixed() -> HashSet<String> {
    statements().iter().map(|sql| sql.postgres.to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_is_read_through_an_index_on_both_databases() {
    let both = Both::filled().await;
    let mut known = fixed();
    let (fixed, mut complaints) = (known.len(), Vec::new());
    for asked in asked::all() {
        complaints.extend(both.complaints(&asked, &mut known).await);
    }
    assert!(known.len() > fixed + 30, "only {} texts of lists were seen", known.len() - fixed);
    assert_eq!(complaints, [""; 0], "{}", complaints.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_that_is_missing_is_noticed() {
    let both = Both::filled().await;
    let mut known = fixed();
    for (index, name) in [("ticket_created", "tickets createdAt"), ("comment_ticket", "comments")] {
        let lists = asked::all();
        let asked = lists.iter().find(|asked| asked.index.is_some() && asked.name.starts_with(name)).unwrap();
        assert_eq!(both.complaints(asked, &mut known.clone()).await, [""; 0]);
        for db in [&both.sqlite.db, &both.postgres.db] {
            rows::execute(db, format!("DROP INDEX {index}")).await;
        }
        let complaints = both.complaints(asked, &mut known).await.join("\n");
        assert!(complaints.contains("sqlite:") && complaints.contains("postgres:"), "{index}: {complaints}");
    }
}

/// The statements that are no lists: nothing but doctor looks at all rows of a large table, and a move that makes all words anew.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_statement_but_those_of_doctor_scans_a_large_table() {
    let app = TestApp::start(Kind::Sqlite, HttpSettings::default()).await;
    let large = ["ticket", "customer", "comment", "event", "t", "c", "e", "idempotency"];
    for sql in statements().into_iter().filter(|sql| sql.is_for(dispatch_store::Dialect::Sqlite)) {
        let is_of_doctor = sql.postgres.contains("NOT EXISTS") || sql.postgres.contains("<> (SELECT");
        for line in plan(&app.db, sql.postgres).await {
            let table = line.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
            let scans = table.is_some_and(|table| large.contains(&table));
            let is_of_move = sql.postgres.starts_with("SELECT doc, ") && sql.postgres.ends_with(" ORDER BY doc");
            assert!(!scans || is_of_doctor || is_of_move, "{line}: {}", sql.postgres);
        }
    }
}
