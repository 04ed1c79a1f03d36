//! Some thousand rows in two brands, written by one text on both databases.

use dispatch_model::BrandId;
use dispatch_store::{Db, Lane, Result, inspect};
use dispatch_testkit::TestApp;

use crate::store::given::ask;

/// Rows of a number each, as `n(i)`.
const NUMBERS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)";

pub async fn execute(db: &Db, text: String) {
    let done: Result<()> = db
        .write(Lane::Account, "test.fill", move |tx| {
            let text = text.clone();
            Box::pin(async move { inspect::execute(tx, &text).await })
        })
        .await;
    done.unwrap();
}

/// The brand that lists are asked of.
pub async fn brand(db: &Db) -> BrandId {
    BrandId::from(ask(db, "SELECT id FROM brand WHERE slug = 'acme'").await[0].as_str())
}

/// Fills two brands.
pub async fn fill(app: &TestApp) {
    app.brand("acme").await;
    app.brand("other").await;
    let customers = "INSERT INTO customer (brand_id, id, email, custom_fields, metadata, notify_email, is_blocked,
            created_at, updated_at) SELECT b.id, 'cus_' || i, 'c' || i || '@x.io', '{}', '{}', TRUE, i % 50 = 0, i, i
        FROM n, brand b";
    let tickets = "INSERT INTO ticket (brand_id, id, number, prefix, live, status_id, priority, assignee, customer_id,
            source, comment_count, attachment_count, is_spam, created_at, updated_at, title, links, custom_fields,
            metadata)
        SELECT b.id, 'tkt_' || i, 5000 + i, 'DT', TRUE, s.id, 2, CASE WHEN i % 20 = 0 THEN 'team@x.io' WHEN i % 2 = 0
            THEN 'who@x.io' END, 'cus_' || (i % 300), 'api', 0, 0, FALSE, i, 9000 - i, 'T', '[]', '{}', '{}'
        FROM n, brand b, status s WHERE s.brand_id = b.id
            AND s.key = CASE WHEN i % 15 = 0 THEN 'pending' WHEN i % 16 = 0 THEN 'closed' ELSE 'open' END";
    let comments =
        "INSERT INTO comment (brand_id, id, ticket_id, author_type, is_internal, by_server, links, metadata, cc,
            source, created_at, updated_at, body)
        SELECT b.id, 'cmt_' || i, 'tkt_' || (i % 20 + 1), 'STAFF', FALSE, FALSE, '[]', '{}', '[]', 'api', i, i, 'B'
        FROM n, brand b";
    let events =
        "INSERT INTO event (brand_id, sequence, id, type, created_at, source, actor, entity_id, ticket_id, depth,
            data)
        SELECT b.id, 10 + i, 'evt_' || i, 'ticket.updated', i, 'api', '{\"type\":\"system\"}', 'tkt_1',
            'tkt_' || (i % 20 + 1), 0, '{}' FROM n, brand b";
    for insert in [customers, tickets, comments, events] {
        let (into, select) = insert.split_at(insert.find("SELECT").unwrap());
        execute(&app.db, format!("{into} {NUMBERS} {select}")).await;
    }
}
