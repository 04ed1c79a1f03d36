//! The raw engine doing what the server does for a create and for a list: the statements.
//!
//! This file holds the statements and nothing else; `engine` runs them. They should be those the server executes:
//! paste them with their `$n` or `?n` placeholders, say for each placeholder what to bind, and empty `SETUP` once
//! they name tables of the server (then they run on a copy of the filled database as it is). Until that is done they
//! run on tables of their own in that copy, filled with as many tickets first.

use std::path::Path;

use rusqlite::Connection;

use crate::error::Result;
use crate::raw_sqlite::bind::Bind::{
    Body, Brand, CustomFields, Email, EventData, Field, Id, Int, Kept, KeptOrId, Name, Now, Null, SecondId, Sequence,
    Text, Title,
};
use crate::raw_sqlite::engine::{Sql, sql};

pub mod bind;
pub mod create;
pub mod engine;
pub mod list;
pub mod sample;
pub mod schema;

/// How the server opens every connection: keep equal to `store/src/dialect.rs`, a checkpoint more or less often
/// alone changes the rate by half.
const OPEN: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864;";
/// What its writer sets beyond that.
const WRITER: &str = "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;";
/// What its readers set beyond that.
const READER: &str = "PRAGMA cache_size = -4096; PRAGMA query_only = ON;";

/// Tables of our own; empty once the statements name those of the server.
pub const SETUP: &[&str] = schema::OWN_TABLES;

/// The brands over which creates and lists are spread: one text column.
pub const BRANDS: &str = "SELECT id FROM raw_brand ORDER BY id LIMIT 20";

/// The statements of one create, in order.
pub const CREATE: &[Sql] = &[
    // Register 0: the ticket's number, register 1: the sequence of its event.
    sql(
        "UPDATE raw_brand SET next_number = next_number + 1, last_sequence = last_sequence + 2
          WHERE id = $1 RETURNING next_number - 1, last_sequence",
        &[Brand],
    )
    .keeping(0),
    // Register 2: the customer, when known.
    sql("SELECT id FROM raw_customer WHERE brand_id = $1 AND email = $2", &[Brand, Email]).keeping(2),
    sql(
        "INSERT INTO raw_customer (brand_id, id, email, name, custom_fields, metadata, notify_email,
            is_blocked, created_at, updated_at)
         VALUES ($1, $2, $3, $4, '{}', '{}', 1, 0, $5, $5) ON CONFLICT DO NOTHING",
        &[Brand, Id("cus_"), Email, Name, Now],
    )
    .unless(2),
    sql(
        "INSERT INTO raw_ticket (brand_id, id, number, prefix, title, body, status_id, status_key,
            close_reason, priority, priority_rank, assignee_id, assignee_email, assignee_name, customer_id,
            customer_email, customer_name, company_id, category_id, links, custom_fields, metadata, source,
            source_id, source_data, created_by, comment_count, attachment_count, is_spam, merged_into_id,
            due_at, overdue_at, first_response_at, resolved_at, resolved_by_id, closed_at, live, created_at,
            updated_at, deleted_at)
         VALUES ($1, $2, $3, 'DT', $4, $5, $6, 'open', $7, 'normal', 2, $7, $7, $7, $8, $9, $10, $7, $7, '[]',
            $11, '{}', 'api', $12, $7, $7, 0, 0, 0, $7, $7, $7, $7, $7, $7, $7, 1, $13, $13, $7)",
        &[
            Brand,
            Id("tkt_"),
            Kept(0),
            Title,
            Body,
            Text("sts_open"),
            Null,
            KeptOrId(2, "cus_"),
            Email,
            Name,
            CustomFields,
            Sequence,
            Now,
        ],
    ),
    sql(
        "INSERT INTO raw_ticket_field (brand_id, key, value, ticket_id)
         VALUES ($1, 'orderId', $3, $2), ($1, 'plan', $4, $2), ($1, 'region', $5, $2), ($1, 'seats', $6, $2)",
        &[Brand, Id("tkt_"), Field("orderId"), Field("plan"), Field("region"), Field("seats")],
    ),
    sql(
        "INSERT INTO raw_ticket_count (brand_id, status_id, n) VALUES ($1, $2, $3)
         ON CONFLICT (brand_id, status_id) DO UPDATE SET n = n + excluded.n",
        &[Brand, Text("sts_open"), Int(1)],
    ),
    sql(
        "INSERT INTO raw_event (brand_id, sequence, id, kind, object_id, actor, created_at, data)
         VALUES ($1, $2 - 1, $3, 'customer.created', $4, 'api', $5, '{}')",
        &[Brand, Kept(1), SecondId("evt_"), Id("cus_"), Now],
    )
    .unless(2),
    sql(
        "INSERT INTO raw_event (brand_id, sequence, id, kind, object_id, actor, created_at, data)
         VALUES ($1, $2, $3, 'ticket.created', $4, 'api', $5, $6)",
        &[Brand, Kept(1), Id("evt_"), Id("tkt_"), Now, EventData],
    ),
];

/// The statements of one page of 50 tickets. The rows of each become one JSON array; a statement may bind first
/// columns of the rows before it (`Bind::Row`).
pub const LIST: &[Sql] = &[sql(
    "SELECT t.*, s.name, s.key, s.color, s.description, s.is_system, s.is_active, s.sort_order,
        c.id, c.email, c.name, c.custom_fields, c.metadata, c.notify_email, c.is_blocked, c.created_at, c.updated_at
       FROM raw_ticket t
       JOIN raw_status s ON s.brand_id = t.brand_id AND s.id = t.status_id
       LEFT JOIN raw_customer c ON c.brand_id = t.brand_id AND c.id = t.customer_id
      WHERE t.brand_id = $1 AND t.live = 1
      ORDER BY t.created_at DESC, t.id DESC LIMIT $2",
    &[Brand, Int(50)],
)];

/// Opens a copy of the filled database as the server's writer does, ready for `CREATE`.
pub fn writer(copy: &Path, tickets: usize) -> Result<Connection> {
    let connection = Connection::open(copy)?;
    connection.execute_batch(OPEN)?;
    connection.execute_batch(WRITER)?;
    if !SETUP.is_empty() {
        for statement in SETUP {
            connection.execute_batch(statement)?;
        }
        create::fill(&connection, tickets)?;
    }
    Ok(connection)
}

/// Opens the same copy as the server's readers do, ready for `LIST`.
pub fn reader(copy: &Path) -> Result<Connection> {
    let connection = Connection::open(copy)?;
    connection.execute_batch(OPEN)?;
    connection.execute_batch(READER)?;
    Ok(connection)
}

#[cfg(test)]
#[path = "raw_sqlite_tests.rs"]
mod tests;
