-- Tables and brands of pgbench's own in the server's database, filled with as many tickets as the server's.
-- psql -v tickets=200000 -f setup.sql. They mirror the tables in raw_sqlite/schema.rs; once create.sql names the
-- tables of the server, only the brands and their statuses remain here.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
DROP TABLE IF EXISTS raw_brand, raw_customer, raw_ticket, raw_ticket_field, raw_ticket_count, raw_event, raw_sample;

CREATE TABLE raw_brand (id text COLLATE "C" PRIMARY KEY, next_number bigint NOT NULL, last_sequence bigint NOT NULL)
    WITH (fillfactor = 50);
CREATE TABLE raw_customer (brand_id text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL,
    email text COLLATE "C" NOT NULL, name text, custom_fields text NOT NULL, metadata text NOT NULL,
    notify_email boolean NOT NULL, is_blocked boolean NOT NULL, created_at bigint NOT NULL,
    updated_at bigint NOT NULL, PRIMARY KEY (brand_id, id));
CREATE TABLE raw_ticket (brand_id text COLLATE "C" NOT NULL, id text COLLATE "C" NOT NULL, number bigint NOT NULL,
    prefix text NOT NULL, title text NOT NULL, body text, status_id text COLLATE "C" NOT NULL,
    status_key text COLLATE "C" NOT NULL, close_reason text, priority text NOT NULL, priority_rank bigint NOT NULL,
    assignee_id text COLLATE "C", assignee_email text, assignee_name text, customer_id text COLLATE "C",
    customer_email text, customer_name text, company_id text COLLATE "C", category_id text COLLATE "C",
    links text NOT NULL, custom_fields text NOT NULL, metadata text NOT NULL, source text NOT NULL, source_id text,
    source_data text, created_by text, comment_count bigint NOT NULL, attachment_count bigint NOT NULL,
    is_spam boolean NOT NULL, merged_into_id text COLLATE "C", due_at bigint, overdue_at bigint,
    first_response_at bigint, resolved_at bigint, resolved_by_id text, closed_at bigint, live boolean NOT NULL,
    created_at bigint NOT NULL, updated_at bigint NOT NULL, deleted_at bigint, PRIMARY KEY (brand_id, id));
CREATE TABLE raw_ticket_field (brand_id text COLLATE "C" NOT NULL, key text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL, ticket_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (brand_id, key, value, ticket_id));
CREATE TABLE raw_ticket_count (brand_id text COLLATE "C" NOT NULL, status_id text COLLATE "C" NOT NULL,
    n bigint NOT NULL, PRIMARY KEY (brand_id, status_id)) WITH (fillfactor = 50);
CREATE TABLE raw_event (brand_id text COLLATE "C" NOT NULL, sequence bigint NOT NULL, id text COLLATE "C" NOT NULL,
    kind text NOT NULL, object_id text COLLATE "C" NOT NULL, actor text NOT NULL, created_at bigint NOT NULL,
    data text NOT NULL, PRIMARY KEY (brand_id, sequence));
-- Texts of the size of real ones, kept uncompressed so that reading them costs nothing.
CREATE TABLE raw_sample (id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL, event text NOT NULL);
ALTER TABLE raw_sample ALTER body SET STORAGE PLAIN, ALTER event SET STORAGE PLAIN;

INSERT INTO raw_brand SELECT 'br_raw' || lpad(i::text, 20, '0'), 1001, 0 FROM generate_series(0, 19) i;
INSERT INTO raw_ticket_count SELECT id, 'sts_open', 0 FROM raw_brand;
INSERT INTO raw_sample
SELECT s, 'Problem with ' || md5(s::text),
    (SELECT string_agg(substr(md5(s::text || i), 1, 2 + i % 9), ' ') FROM generate_series(1, 64 + s % 20) i),
    (SELECT string_agg('"fieldName' || i % 12 || '": "' || substr(md5(s || 'e' || i), 1, 12) || '", ', '')
       FROM generate_series(1, 112) i)
  FROM generate_series(0, 511) s;
INSERT INTO raw_customer
SELECT b.id, 'cus_' || lpad(i::text, 26, '0'), 'guest' || lpad(i::text, 8, '0') || '@example.com', 'Guest', '{}', '{}',
    true, false, 1, 1
  FROM raw_brand b, generate_series(0, greatest(:tickets / 60, 1) - 1) i;
INSERT INTO raw_ticket
SELECT 'br_raw' || lpad((i % 20)::text, 20, '0'), 'tkt_' || lpad(i::text, 26, '0'), i, 'DT', p.title, p.body, 'sts_open',
    'open', NULL, 'normal', 2, NULL, NULL, NULL, 'cus_' || lpad((i % greatest(:tickets / 60, 1))::text, 26, '0'),
    'guest@example.com', 'Guest', NULL, NULL, '[]', '{"orderId":"A-0000001","plan":"pro"}', '{}', 'api', i::text, NULL,
    NULL, 0, 0, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, true, i, i, NULL
  FROM generate_series(1, :tickets) i JOIN raw_sample p ON p.id = i % 512;
INSERT INTO raw_ticket_field
SELECT brand_id, f.key, f.value, id FROM raw_ticket,
    LATERAL (VALUES ('orderId', 'A-' || lpad(number::text, 7, '0')), ('plan', 'p' || number % 4),
        ('region', 'r' || number % 3), ('seats', (number % 200)::text)) f (key, value);
INSERT INTO raw_event
SELECT t.brand_id, -t.number, 'evt_' || substr(t.id, 5), 'ticket.created', t.id, 'api', t.created_at, p.event
  FROM raw_ticket t JOIN raw_sample p ON p.id = t.number % 512;

CREATE UNIQUE INDEX raw_customer_email ON raw_customer (brand_id, email);
CREATE INDEX raw_ticket_created ON raw_ticket (brand_id, live, created_at, id);
CREATE INDEX raw_ticket_updated ON raw_ticket (brand_id, live, updated_at, id);
CREATE INDEX raw_ticket_number ON raw_ticket (brand_id, number);
CREATE INDEX raw_ticket_priority ON raw_ticket (brand_id, live, priority_rank, created_at, id);
CREATE INDEX raw_ticket_status ON raw_ticket (brand_id, live, status_id, updated_at, id);
CREATE INDEX raw_ticket_assignee ON raw_ticket (brand_id, live, assignee_id, updated_at, id);
CREATE INDEX raw_ticket_customer ON raw_ticket (brand_id, customer_id, created_at, id);
CREATE INDEX raw_ticket_due ON raw_ticket (brand_id, live, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX raw_event_object ON raw_event (brand_id, object_id, sequence);
VACUUM ANALYZE raw_brand, raw_customer, raw_ticket, raw_ticket_field, raw_ticket_count, raw_event, raw_sample;
CHECKPOINT;
