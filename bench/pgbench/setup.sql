-- Twenty brands of pgbench's own in the server's database, in the server's tables beside the server's tickets, and
-- texts of the size of real ones. psql -v tickets=200000 -f setup.sql.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
DROP TABLE IF EXISTS pgbench_sample, pgbench_words;
-- event: as long as a packed event (store/src/pack.rs), and as little compressible.
CREATE TABLE pgbench_sample (id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL, event bytea NOT NULL);
-- Kept uncompressed so that reading them costs nothing.
ALTER TABLE pgbench_sample ALTER body SET STORAGE PLAIN, ALTER event SET STORAGE PLAIN;
INSERT INTO pgbench_sample
SELECT s, 'Problem with ' || md5(s::text),
    (SELECT string_agg(substr(md5((s * 7 + i * i % 300)::text), 1, 2 + i % 9), ' ') FROM generate_series(1, 64 + s % 20) i),
    substr((SELECT decode(string_agg(md5(s || 'e' || i), ''), 'hex') FROM generate_series(1, 29) i), 1, 460)
  FROM generate_series(0, 511) s;
-- The words by which a ticket is found in a brand, made beforehand as the server makes them outside of the database.
CREATE TABLE pgbench_words (brand bigint, id bigint, words text NOT NULL, PRIMARY KEY (brand, id));
ALTER TABLE pgbench_words ALTER words SET STORAGE PLAIN;
INSERT INTO pgbench_words
SELECT b, p.id, (SELECT string_agg(DISTINCT 'raw' || b || 't' || lower(word), ' ')
       FROM regexp_split_to_table(p.body || ' ' || p.title || ' DT ' || (1000 + p.id), ' ') word)
  FROM generate_series(0, 19) b, pgbench_sample p;
INSERT INTO brand (id, account_id, name, slug, ticket_prefix, settings, metadata, created_at, updated_at)
SELECT 'br_raw' || lpad(i::text, 20, '0'), (SELECT id FROM account LIMIT 1), 'pgbench ' || i, 'pgbench-' || i, 'DT',
    '{}', '{}', 0, 0 FROM generate_series(0, 19) i ON CONFLICT DO NOTHING;
INSERT INTO brand_counter SELECT 'br_raw' || lpad(i::text, 20, '0'), 1001, 0 FROM generate_series(0, 19) i
    ON CONFLICT DO NOTHING;
INSERT INTO status (brand_id, id, name, key, color, description, is_system, is_active, sort_order, created_at, updated_at)
SELECT 'br_raw' || lpad(i::text, 20, '0'), 'sts_raw' || k.key, k.key, k.key, '#3b82f6', 'A status', true, true, k.place, 0, 0
  FROM generate_series(0, 19) i, (VALUES ('open', 0), ('pending', 1), ('resolved', 2), ('closed', 3)) k (key, place)
    ON CONFLICT DO NOTHING;
INSERT INTO customer (brand_id, id, email, domain, name, sort_key, custom_fields, metadata, notify_email, is_blocked,
    created_at, updated_at)
SELECT 'br_raw' || lpad(b::text, 20, '0'), 'cus_' || lpad(i::text, 26, '0'), 'guest' || lpad(i::text, 8, '0') || '@example.com',
    'example.com', 'Guest', 'guest', '{}', '{}', true, false, 1, 1
  FROM generate_series(0, 19) b, generate_series(0, greatest(:tickets / 60, 1) - 1) i ON CONFLICT DO NOTHING;
VACUUM ANALYZE;
CHECKPOINT;
