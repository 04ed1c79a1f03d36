//! The raw engine doing what the server does for a create and for a list: the statements.
//!
//! This file holds the statements of `crates/store` in the order in which the server executes them; `engine` runs
//! them on a copy of the filled database. A test runs them on the server's own schema.

use std::path::Path;

use dispatch_store::{SQLITE_OPEN, SQLITE_READER, SQLITE_WRITER};
use rusqlite::{Connection, config::DbConfig};

use crate::error::Result;
use crate::raw_sqlite::bind::Bind::{
    Body, Brand, CustomFields, CustomerEvent, Email, Field, Id, Int, Kept, KeptOrId, Name, Now, SecondId, Sequence,
    Text, TicketEvent, Title,
};
use crate::raw_sqlite::engine::{Part, Sql, Words, sql};

pub mod bind;
pub mod create;
pub mod engine;
pub mod list;
pub mod sample;

/// The brands over which creates and lists are spread: one text column.
pub const BRANDS: &str = "SELECT id FROM brand WHERE deleted_at IS NULL ORDER BY id LIMIT 20";

/// The statements of one create, in order. The server moves a brand's counters once per commit; here it is once per
/// create, which stands for its look at them as well. The words are written at the end of a commit, by `WRITE_WORDS`.
pub const CREATE: &[Sql] = &[
    sql(
        "SELECT id, account_id, name, slug, ticket_prefix, url, icon_url, settings, metadata, ticket_schema, created_at,
            updated_at, deleted_at, rewriting, next_ticket_number, last_sequence FROM brand
            JOIN brand_counter ON brand_id = id WHERE id = $1 AND deleted_at IS NULL",
        &[Brand],
    ),
    sql(
        "SELECT id, name, key, color, description, is_system, is_active, sort_order, created_at, updated_at,
            replaced_by FROM status WHERE brand_id = $1 ORDER BY sort_order, id",
        &[Brand],
    ),
    // Register 0: the ticket's number, register 1: the sequence of its event.
    sql(
        "UPDATE brand_counter SET next_ticket_number = next_ticket_number + 1, last_sequence = last_sequence + 2
          WHERE brand_id = $1 RETURNING next_ticket_number - 1, last_sequence",
        &[Brand],
    )
    .keeping(0),
    // Register 2: the customer, when known.
    sql(
        "SELECT c.id, c.email, c.name, c.avatar_url, c.custom_fields, c.metadata, c.notify_email, c.is_blocked,
            c.created_at, c.updated_at, c.deleted_at, c.company_id, co.name, co.domain, co.metadata, co.settings,
            co.created_at, co.updated_at
           FROM customer c LEFT JOIN company co ON co.brand_id = c.brand_id AND co.id = c.company_id AND co.deleted_at IS NULL
          WHERE c.brand_id = $1 AND c.email = $2 AND c.deleted_at IS NULL",
        &[Brand, Email],
    )
    .keeping(2),
    sql(
        "SELECT co.id, co.name, co.domain, co.metadata, co.settings, co.created_at, co.updated_at FROM company co
          WHERE co.brand_id = $1 AND co.domain = $2 AND co.deleted_at IS NULL",
        &[Brand, Text("example.com")],
    )
    .unless(2),
    sql(
        "INSERT INTO customer (brand_id, id, email, name, avatar_url, custom_fields, metadata, notify_email, is_blocked,
            created_at, updated_at, domain, sort_key, company_id) VALUES ($1, $2, $3, $4, NULL, '{}', '{}', 1, 0, $5, $5,
            $6, lower($4), (SELECT max(r.id) FROM rewrite r WHERE r.brand_id = $1 AND r.kind = 'domain' AND r.subject = $6))",
        &[Brand, Id("cus_"), Email, Name, Now, Text("example.com")],
    )
    .unless(2),
    sql("SELECT doc FROM customer WHERE brand_id = $1 AND id = $2", &[Brand, Id("cus_")])
        .unless(2)
        .part(Part::Words(Words::Customer)),
    sql(
        "INSERT INTO ticket (brand_id, id, number, prefix, live, status_id, close_reason, priority, assignee,
            customer_id, category_id, source, source_id, created_by, comment_count, attachment_count, is_spam, due_at,
            resolved_at, resolved_by_id, closed_at, created_at, updated_at, title, title_key, tag_ids, cc, links,
            custom_fields, metadata, source_data, body)
         VALUES ($1, $2, $3, 'DT', TRUE, (SELECT id FROM status WHERE brand_id = $1 AND key = 'open'), NULL, 1, NULL,
            $4, NULL, 'api', $5, NULL, 0, 0, FALSE, NULL, NULL, NULL, NULL, $6, $6, $7, lower($7), '[]', '[]', '[]', $8, '{}',
            NULL, $9)",
        &[Brand, Id("tkt_"), Kept(0), KeptOrId(2, "cus_"), Sequence, Now, Title, CustomFields, Body],
    ),
    sql(
        "INSERT INTO ticket_count (brand_id, status_id, live, total)
         VALUES ($1, (SELECT id FROM status WHERE brand_id = $1 AND key = 'open'), 1, 1)
         ON CONFLICT (brand_id, status_id)
         DO UPDATE SET live = ticket_count.live + excluded.live, total = ticket_count.total + excluded.total",
        &[Brand],
    )
    .part(Part::Counts),
    sql(
        "INSERT INTO ticket_stat (brand_id, kind, day, key, n, total)
         VALUES ($1, 'created', $2 / 86400000, (SELECT id FROM status WHERE brand_id = $1 AND key = 'open'), 1, 0)
         ON CONFLICT (brand_id, kind, day, key)
         DO UPDATE SET n = ticket_stat.n + excluded.n, total = ticket_stat.total + excluded.total",
        &[Brand, Now],
    )
    .part(Part::Sums),
    field(&[Brand, Text("orderId"), Field("orderId"), Id("tkt_")]),
    field(&[Brand, Text("plan"), Field("plan"), Id("tkt_")]),
    field(&[Brand, Text("region"), Field("region"), Id("tkt_")]),
    field(&[Brand, Text("seats"), Field("seats"), Id("tkt_")]),
    sql("SELECT doc FROM ticket WHERE brand_id = $1 AND id = $2", &[Brand, Id("tkt_")]).part(Part::Words(Words::Ticket)),
    event("INSERT INTO event (brand_id, sequence, id, type, created_at, source, actor_type, actor_id, entity_id, ticket_id,
            caused_by, depth, body)
         VALUES ($1, $2 - 1, $3, 'customer.created', $4, 'api', 'api', $5, $6, NULL, NULL, 0, $7)",
        &[Brand, Kept(1), SecondId("evt_"), Now, Text(ACTOR), Id("cus_"), CustomerEvent],
    )
    .unless(2),
    event("INSERT INTO event (brand_id, sequence, id, type, created_at, source, actor_type, actor_id, entity_id, ticket_id,
            caused_by, depth, body)
         VALUES ($1, $2, $3, 'ticket.created', $4, 'api', 'api', $5, $6, $6, NULL, 0, $7)",
        &[Brand, Kept(1), Id("evt_"), Now, Text(ACTOR), Id("tkt_"), TicketEvent],
    ),
];

/// The words of everything that a commit has brought, in the order of their rows: the full-text index writes out what it
/// has gathered whenever a row comes that is not behind the last one.
pub const WRITE_WORDS: &str = "INSERT INTO search_word (rowid, words) VALUES (?1, ?2)";

const fn field(binds: &'static [bind::Bind]) -> Sql {
    sql(
        "INSERT INTO ticket_field (brand_id, key, value, ticket_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        binds,
    )
    .part(Part::Fields)
}

const fn event(text: &'static str, binds: &'static [bind::Bind]) -> Sql {
    sql(text, binds).part(Part::Log)
}

/// The key that an event names as its actor.
const ACTOR: &str = "key_01m7wp7nqaar3k1d1cs1nakcc6";

/// The statements of one page of 50 tickets. The rows of each become one JSON array.
pub const LIST: &[Sql] = &[
    sql(
        "SELECT id, account_id, name, slug, ticket_prefix, url, icon_url, settings, metadata, ticket_schema, created_at,
            updated_at, deleted_at, rewriting, next_ticket_number, last_sequence FROM brand
            JOIN brand_counter ON brand_id = id WHERE id = $1 AND deleted_at IS NULL",
        &[Brand],
    ),
    sql(
        "SELECT id, name, key, color, description, is_system, is_active, sort_order, created_at, updated_at,
            replaced_by FROM status WHERE brand_id = $1 ORDER BY sort_order, id",
        &[Brand],
    ),
    sql(
        "SELECT t.id, t.number, t.prefix, t.status_id, t.close_reason, t.priority, t.assignee, t.source, t.source_id,
            t.created_by, t.comment_count, t.attachment_count, t.is_spam, t.due_at, t.first_response_at, t.resolved_at,
            t.resolved_by_id, t.closed_at, t.created_at, t.updated_at, t.deleted_at, t.title, t.links, t.custom_fields,
            t.metadata, t.source_data, t.merged_into_id, t.tag_ids, t.cc, m.email, m.display_name, m.status, t.category_id,
            k.id, k.name, k.key, k.color, k.description, k.sort_order, k.created_at, k.updated_at,
            c.id, c.email, c.name, c.avatar_url, c.custom_fields, c.metadata, c.notify_email, c.is_blocked, c.created_at,
            c.updated_at, c.deleted_at, c.company_id, co.name, co.domain, co.metadata, co.settings, co.created_at,
            co.updated_at, substr(t.body, 1, 2001)
           FROM ticket t LEFT JOIN member m ON m.id = t.assignee
           LEFT JOIN category k ON k.brand_id = t.brand_id AND k.id = t.category_id
           LEFT JOIN customer c ON c.brand_id = t.brand_id AND c.id = t.customer_id
           LEFT JOIN company co ON co.brand_id = c.brand_id AND co.id = c.company_id AND co.deleted_at IS NULL
          WHERE t.brand_id = $1 AND t.live = TRUE
          ORDER BY t.created_at DESC, t.id DESC LIMIT $2",
        &[Brand, Int(51)],
    ),
];

/// Opens a copy of the filled database as the server's writer does, ready for `CREATE`.
pub fn writer(copy: &Path) -> Result<Connection> {
    open(copy, SQLITE_WRITER)
}

/// Opens the same copy as the server's readers do, ready for `LIST`.
pub fn reader(copy: &Path) -> Result<Connection> {
    open(copy, SQLITE_READER)
}

fn open(copy: &Path, pragmas: &str) -> Result<Connection> {
    let connection = Connection::open(copy)?;
    connection.execute_batch(SQLITE_OPEN)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch(pragmas)?;
    Ok(connection)
}

#[cfg(test)]
#[path = "raw_sqlite_tests.rs"]
mod tests;
