//! `multiply`: makes a filled SQLite database several times as large, without the hours that its tickets would take through the API.
//!
//! Every copy of a ticket, of its customer, comments, tags, custom fields, mails and events is a row of its own: with an id that
//! is older than the original's, as a whole copy is older than the one after it, with the same texts, and found by its words. What
//! the bodies of copied events say is what those of the originals say: a database for measurements of the rows, not for readers of
//! the log.

use std::time::{Duration, Instant};

use dispatch_model::{BrandId, CommentId, CustomerId, TicketId};
use dispatch_store::search::{self, Entity};
use rusqlite::{Connection, params};

use super::ground::Ground;
use crate::bounded;
use crate::cli::MultiplyArgs;
use crate::error::{Context, Result};

const DAY_MS: i64 = 86_400_000;
/// Bytes of words that SQLite gathers before it writes them; what it has by itself is put back at the end.
const WORDS_BYTES: i64 = 64 << 20;
const WORDS_BYTES_BEFORE: i64 = 1 << 20;
const CHECK_LIMIT: Duration = Duration::from_secs(600);

/// A table whose rows are copied: which of a brand, and the columns that are not as they were.
struct Table {
    name: &'static str,
    of: &'static str,
    changed: &'static [(&'static str, &'static str)],
}

/// The id of a copy: two zeros and the number of the copy where the time begins.
const IDS: &str = "substr(X, 1, instr(X, '_')) || '00' || ?2 || substr(X, instr(X, '_') + 4)";

/// In the order in which they refer to each other. ?1: the brand; ?2: the copy; ?3: how much older it is, in ms; ?4: what is added
/// to the number of a ticket; ?5: the last event there is. ID is the column as the id of a copy.
const TABLES: [Table; 7] = [
    Table { name: "customer", of: "", changed: &[("id", "ID"), ("email", "'c' || ?2 || '.' || email")] },
    Table {
        name: "ticket",
        of: "",
        changed: &[
            ("id", "ID"),
            ("customer_id", "ID"),
            ("merged_into_id", "ID"),
            ("number", "number + ?4"),
            ("source_id", "?2 || source_id"),
            ("custom_fields", "replace(custom_fields, '\"A-', '\"' || ?2 || 'A-')"),
        ],
    },
    Table { name: "comment", of: "", changed: &[("id", "ID"), ("ticket_id", "ID"), ("parent_id", "ID")] },
    Table { name: "ticket_tag", of: "", changed: &[("ticket_id", "ID")] },
    Table {
        name: "ticket_field",
        of: "",
        changed: &[("ticket_id", "ID"), ("value", "CASE WHEN value LIKE 'A-%' THEN ?2 || value ELSE value END")],
    },
    Table {
        name: "mail",
        of: " AND ticket_id IS NOT NULL",
        changed: &[("id", "ID"), ("ticket_id", "ID"), ("event_id", "ID")],
    },
    Table {
        name: "event",
        of: " AND (ticket_id IS NOT NULL OR type LIKE 'customer.%')",
        changed: &[
            ("sequence", "?5 + row_number() OVER (ORDER BY sequence)"),
            ("id", "ID"),
            ("entity_id", "ID"),
            ("ticket_id", "ID"),
            ("caused_by", "ID"),
        ],
    },
];

/// Hands on what has an id.
type WithEntity = fn(&str, &mut dyn FnMut(Entity<'_>));

/// What has words, by id, and its texts, which all stand behind its row.
const TEXTS: [(&str, WithEntity); 3] = [
    (
        "SELECT doc, brand_id, id, coalesce(name, ''), email, '' FROM customer WHERE doc > ?1 ORDER BY doc",
        |id, then| then(Entity::Customer(&CustomerId::from(id))),
    ),
    (
        "SELECT doc, brand_id, id, title, prefix || '-' || number, coalesce(body, '') FROM ticket WHERE doc > ?1 ORDER BY doc",
        |id, then| then(Entity::Ticket(&TicketId::from(id))),
    ),
    (
        "SELECT doc, brand_id, id, body, '', '' FROM comment WHERE doc > ?1 AND author_type <> 'SYSTEM' AND deleted_at IS NULL
            ORDER BY doc",
        |id, then| then(Entity::Comment(&CommentId::from(id))),
    ),
];

/// Times that a copy is older by.
const TIMES: [&str; 9] = [
    "created_at",
    "updated_at",
    "deleted_at",
    "due_at",
    "overdue_at",
    "first_response_at",
    "resolved_at",
    "closed_at",
    "processed_at",
];

/// Makes the database as many times as large, and notes it.
pub fn multiply(args: &MultiplyArgs) -> Result<bool> {
    let mut ground = Ground::load(&args.data)?;
    let start = Instant::now();
    let conn = Connection::open(ground.file()?)?;
    // An interrupted copy is no database any more: so nothing of it waits for the disk.
    conn.execute_batch(
        "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
        PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4194304;",
    )?;
    set_words_bytes(&conn, WORDS_BYTES)?;
    copy_all(&conn, &ground.brand_ids, args.times)?;
    set_words_bytes(&conn, WORDS_BYTES_BEFORE)?;
    conn.execute_batch("PRAGMA journal_mode = WAL;")?;
    drop(conn);
    ground.tickets *= usize::try_from(args.times)?;
    let seconds = start.elapsed().as_secs_f64();
    ground.filled = format!("{}, then multiplied by {} with SQL in {seconds:.0} s", ground.filled, args.times);
    ground.save()?;
    // What it holds is what the server's own version says it is: its schema, and that it opens.
    bounded::output(ground.plan(&args.server)?.command(&["migrate"]), CHECK_LIMIT)?;
    println!("{}: {} tickets, filled {}", ground.engine(), ground.tickets, ground.filled);
    Ok(true)
}

/// Copies these brands so many times that there is as much of each as `times` says.
fn copy_all(conn: &Connection, brands: &[String], times: u32) -> Result<()> {
    let each: i64 = conn.query_row("SELECT max(next_ticket_number) FROM brand_counter", [], first)?;
    for copy in 1..times {
        for brand in brands {
            let at = Instant::now();
            copy_brand(conn, brand, copy, times, each).context(|| format!("copy {copy} of {brand}"))?;
            eprintln!("copy {copy} of {brand}: {:.1} s", at.elapsed().as_secs_f64());
        }
    }
    for brand in brands {
        finish(conn, brand, i64::from(times), each)?;
    }
    Ok(())
}

fn first(row: &rusqlite::Row<'_>) -> rusqlite::Result<i64> {
    row.get(0)
}

fn set_words_bytes(conn: &Connection, bytes: i64) -> Result<()> {
    conn.execute("INSERT INTO search_word (search_word, rank) VALUES ('hashsize', ?1)", [bytes])?;
    Ok(())
}

/// One copy of what a brand had at first: its originals are those whose ids are not a copy's.
fn copy_brand(conn: &Connection, brand: &str, copy: u32, times: u32, each: i64) -> Result<()> {
    // One digit, so that a copy's id is as long as the original's: ids begin with the time, and no ticket is older than two zeros.
    let digit = copy.to_string();
    let older = i64::from(times - copy) * DAY_MS;
    let last: i64 = conn.query_row("SELECT max(sequence) FROM event WHERE brand_id = ?1", [brand], first)?;
    let before = |table: &str| -> Result<i64> {
        Ok(conn.query_row(&format!("SELECT coalesce(max(doc), 0) FROM {table}"), [], first)?)
    };
    let docs = [before("customer")?, before("ticket")?, before("comment")?];
    conn.execute_batch("BEGIN")?;
    for table in &TABLES {
        let sql = copying(conn, table)?;
        conn.execute(&sql, params![brand, digit, older, each * i64::from(copy), last])
            .context(|| table.name.to_owned())?;
    }
    for ((texts, entity), doc) in TEXTS.iter().zip(docs) {
        words(conn, texts, *entity, doc)?;
    }
    conn.execute_batch("COMMIT")?;
    Ok(())
}

/// The statement that copies the rows of one table.
fn copying(conn: &Connection, table: &Table) -> Result<String> {
    let mut statement =
        conn.prepare(&format!("SELECT name FROM pragma_table_info('{}') WHERE name <> 'doc'", table.name))?;
    let columns: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let values: Vec<String> = columns.iter().map(|column| value(table, column)).collect();
    // Originals only. Every statement has all the places, whichever of them it needs.
    let id = if columns.iter().any(|column| column == "id") { "id" } else { "ticket_id" };
    Ok(format!(
        "INSERT INTO {} ({}) SELECT {} FROM {} WHERE brand_id = ?1 AND substr({id}, instr({id}, '_') + 1, 2) <> '00'{}
            AND coalesce(?2, ?3, ?4, ?5) IS NOT NULL",
        table.name,
        columns.join(", "),
        values.join(", "),
        table.name,
        table.of
    ))
}

fn value(table: &Table, column: &str) -> String {
    match table.changed.iter().find(|(name, _)| *name == column) {
        Some((_, "ID")) => IDS.replace('X', column),
        Some((_, other)) => (*other).to_owned(),
        None if TIMES.contains(&column) => format!("{column} - ?3"),
        None => column.to_owned(),
    }
}

/// Writes the words of the rows behind `doc`.
fn words(conn: &Connection, texts: &str, entity: WithEntity, doc: i64) -> Result<()> {
    let mut insert = conn.prepare("INSERT INTO search_word (rowid, words) VALUES (?1, ?2)")?;
    let mut statement = conn.prepare(texts)?;
    let mut rows = statement.query([doc])?;
    while let Some(row) = rows.next()? {
        let (doc, brand, id): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let texts: [String; 3] = [row.get(3)?, row.get(4)?, row.get(5)?];
        let brand = BrandId(brand);
        let mut kept = None;
        entity(&id, &mut |entity| {
            kept = search::sqlite_row(&brand, entity, doc, &texts.each_ref().map(String::as_str))
        });
        if let Some((id, words)) = kept {
            insert.execute(params![id, words])?;
        }
    }
    Ok(())
}

/// What is kept of the rows beside them: counters, counts and statistics, and that every event was read.
fn finish(conn: &Connection, brand: &str, times: i64, each: i64) -> Result<()> {
    let run = |sql: &str| conn.execute(sql, [brand]);
    conn.execute(
        "UPDATE brand_counter SET next_ticket_number = next_ticket_number + ?2,
            last_sequence = (SELECT max(sequence) FROM event WHERE brand_id = ?1) WHERE brand_id = ?1",
        params![brand, each * (times - 1)],
    )?;
    run(
        "UPDATE consumer SET position = (SELECT last_sequence FROM brand_counter WHERE brand_id = ?1) WHERE brand_id = ?1",
    )?;
    run("UPDATE ticket_count SET (live, total) = (SELECT coalesce(sum(CASE WHEN live THEN 1 ELSE 0 END), 0), count(*) FROM ticket t
        WHERE t.brand_id = ticket_count.brand_id AND t.status_id = ticket_count.status_id) WHERE brand_id = ?1")?;
    conn.execute(
        "WITH RECURSIVE copy (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < ?2 - 1)
        INSERT INTO ticket_stat (brand_id, kind, day, key, n, total)
        SELECT s.brand_id, s.kind, s.day - copy.n, s.key, s.n, s.total FROM ticket_stat s, copy WHERE s.brand_id = ?1
        ON CONFLICT (brand_id, kind, day, key) DO UPDATE SET n = ticket_stat.n + excluded.n, total = ticket_stat.total + excluded.total",
        params![brand, times],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use dispatch_testkit::{Database, Kind, TestApp};
    use serde_json::json;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn every_copy_is_listed_counted_and_found() {
        let app = TestApp::start(Kind::Sqlite, Default::default()).await;
        let (brand, other) = (app.brand("acme").await, app.brand("other").await);
        let tag = app.post(&format!("{brand}/tags"), json!({ "name": "late" })).await.created()["id"].clone();
        for number in 0..3 {
            let body = json!({
                "title": format!("Parcel {number}"), "customerEmail": "jane@example.com", "tagIds": [tag],
                "sourceId": format!("ext-{number}"),
                "customFields": { "orderId": format!("A-{number}"), "plan": "pro" },
            });
            let ticket = app.ticket(&brand, body).await;
            let path = format!("{brand}/tickets/{}/comments", ticket["id"].as_str().unwrap());
            app.post(&path, json!({ "body": "Kiosk around the corner", "authorName": "Sam" })).await.created();
            app.advance_ms(1_000);
        }
        app.ticket(&other, json!({ "title": "Parcel elsewhere" })).await;
        let Database::Sqlite(folder) = &app.database else { panic!("a file was asked for") };
        let conn = Connection::open(dispatch_store::conn::file_in(folder.path())).unwrap();
        copy_all(&conn, &[brand.rsplit('/').next().unwrap().to_owned()], 4).unwrap();
        drop(conn);

        let by_tag = format!("tagIds={}", tag.as_str().unwrap());
        for (query, count) in [
            ("", 12),
            ("search=parcel", 12),
            ("search=kiosk", 12),
            ("search=jane", 12),
            ("customFields.plan=pro", 12),
            ("customFields.orderId=A-1", 1),
            ("customFields.orderId=2A-1", 1),
            (&by_tag, 12),
            ("status=open", 12),
        ] {
            let counted = app.get(&format!("{brand}/tickets/count?{query}")).await.ok();
            assert_eq!(counted["count"], count, "{query}");
            let listed = app.get(&format!("{brand}/tickets?limit=100&{query}")).await.ok();
            assert_eq!(listed["data"].as_array().unwrap().len(), count, "{query}");
        }
        let newest = app.get(&format!("{brand}/tickets?sort=createdAt&limit=4")).await.ok();
        let titles: Vec<&str> =
            newest["data"].as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap()).collect();
        assert_eq!(titles, ["Parcel 2", "Parcel 1", "Parcel 0", "Parcel 2"], "a copy is older than what it is of");
        let customers = app.get(&format!("{brand}/customers")).await.ok();
        assert_eq!(customers["data"].as_array().unwrap().len(), 4);
        let next = app.ticket(&brand, json!({ "title": "Next" })).await;
        let found = app.get(&format!("{brand}/tickets/{}", next["ticketNumber"].as_str().unwrap())).await.ok();
        assert_eq!(found["title"], "Next", "it has a number of its own");
        let count = app.get(&format!("{other}/tickets/count")).await.ok();
        assert_eq!(count["count"], 1, "the other brand is as it was");
    }
}
