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
    let categories =
        "INSERT INTO category (brand_id, id, name, name_key, key, color, sort_order, created_at, updated_at)
        SELECT b.id, 'cat_' || i, 'category ' || i, 'category ' || i, 'c' || i, '#6b7280', i, 0, 0
        FROM n, brand b WHERE i < 20";
    let companies = "INSERT INTO company (brand_id, id, name, name_key, metadata, settings, created_at, updated_at)
        SELECT b.id, 'co_' || i, 'company ' || i, 'company ' || i, '{}', '{}', 0, 0 FROM n, brand b";
    let customers = "INSERT INTO customer (brand_id, id, email, domain, sort_key, company_id, custom_fields, metadata,
            notify_email, is_blocked, created_at, updated_at)
        SELECT b.id, 'cus_' || i, 'c' || i || '@x.io', 'x.io', 'c' || i || '@x.io',
            CASE WHEN i % 3 <> 0 THEN 'co_' || (i % 100) END, '{}', '{}', TRUE, i % 50 = 0, i, i FROM n, brand b";
    // Of each filter there is a value that one of a hundred tickets has, and one that many have.
    let tickets = "INSERT INTO ticket (brand_id, id, number, prefix, live, status_id, priority, assignee, customer_id,
            category_id, source, source_id, created_by, merged_into_id, comment_count, attachment_count, is_spam, due_at,
            created_at, updated_at, deleted_at, title, title_key, tag_ids, cc, links, custom_fields, metadata)
        SELECT b.id, 'tkt_' || i, 5000 + i, 'DT', i % 100 <> 10 AND i % 100 <> 11, s.id,
            CASE WHEN i % 100 = 1 THEN 3 ELSE i % 3 END,
            CASE WHEN i % 100 = 4 THEN 'rare@x.io' WHEN i % 20 = 0 THEN 'team@x.io' WHEN i % 2 = 0 THEN 'who@x.io' END,
            'cus_' || (i % 300), CASE WHEN i % 100 = 6 THEN 'cat_1' WHEN i % 2 = 0 THEN 'cat_2' END,
            CASE WHEN i % 100 = 2 THEN 'rare' ELSE 'api' END,
            CASE WHEN i % 100 = 5 THEN 'rare' WHEN i % 2 = 0 THEN 'many' END,
            CASE WHEN i % 100 = 3 THEN 'rare' WHEN i % 2 = 0 THEN 'many' END, CASE WHEN i % 100 = 9 THEN 'tkt_1' END,
            0, 0, i % 100 = 10, CASE WHEN i % 2 = 0 THEN i END, i, 9000 - i, CASE WHEN i % 100 = 11 THEN 1 END,
            'T' || i, 't' || i, '[]', '[]', '[]', '{}', '{}'
        FROM n, brand b, status s WHERE s.brand_id = b.id AND s.key = CASE WHEN i % 100 = 12 THEN 'resolved'
            WHEN i % 15 = 0 THEN 'pending' WHEN i % 16 = 0 THEN 'closed' ELSE 'open' END";
    // What a server keeps with each ticket: lists ask it rather than count.
    let counts = "INSERT INTO ticket_count (brand_id, status_id, live, total)
        SELECT brand_id, status_id, sum(CASE WHEN live THEN 1 ELSE 0 END), count(*) FROM ticket
        GROUP BY brand_id, status_id";
    let tags = "INSERT INTO ticket_tag (brand_id, tag_id, ticket_id)
        SELECT b.id, CASE WHEN i % 100 = 7 THEN 'tag_rare' ELSE 'tag_many' END, 'tkt_' || i FROM n, brand b
        WHERE i % 2 = 0 OR i % 100 = 7";
    let fields = "INSERT INTO ticket_field (brand_id, key, value, ticket_id)
        SELECT b.id, 'plan', CASE WHEN i % 100 = 8 THEN 'rare' ELSE 'many' END, 'tkt_' || i FROM n, brand b";
    let comments =
        "INSERT INTO comment (brand_id, id, ticket_id, author_type, is_internal, by_server, links, metadata, cc,
            source, created_at, updated_at, body)
        SELECT b.id, 'cmt_' || i, 'tkt_' || (i % 20 + 1), 'STAFF', FALSE, FALSE, '[]', '{}', '[]', 'api', i, i, 'B'
        FROM n, brand b";
    let events =
        "INSERT INTO event (brand_id, sequence, id, type, created_at, source, actor_type, entity_id, ticket_id, depth,
            body)
        SELECT b.id, 10 + i, 'evt_' || i, 'ticket.updated', i, 'api', 'system', 'tkt_1',
            'tkt_' || (i % 20 + 1), 0, (SELECT e.body FROM event e WHERE e.sequence = 1 LIMIT 1) FROM n, brand b";
    for insert in [categories, companies, customers, tickets, counts, tags, fields, comments, events] {
        let (into, select) = insert.split_at(insert.find("SELECT").unwrap());
        execute(&app.db, format!("{into} {NUMBERS} {select}")).await;
    }
}
