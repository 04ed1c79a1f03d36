-- Twenty brands of pgbench's own in the server's database, in the server's tables beside the server's tickets, and
-- texts of the size of real ones. psql -v tickets=200000 -f setup.sql.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
DROP TABLE IF EXISTS pgbench_sample;
-- Kept uncompressed so that reading them costs nothing.
CREATE TABLE pgbench_sample (id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL, event text NOT NULL);
ALTER TABLE pgbench_sample ALTER body SET STORAGE PLAIN, ALTER event SET STORAGE PLAIN;
INSERT INTO pgbench_sample
SELECT s, 'Problem with ' || md5(s::text),
    (SELECT string_agg(substr(md5(s::text || i), 1, 2 + i % 9), ' ') FROM generate_series(1, 64 + s % 20) i),
    (SELECT string_agg('"fieldName' || i % 12 || '": "' || substr(md5(s || 'e' || i), 1, 12) || '", ', '')
       FROM generate_series(1, 90) i)
  FROM generate_series(0, 511) s;
INSERT INTO brand (id, account_id, name, slug, ticket_prefix, settings, metadata, created_at, updated_at)
SELECT 'br_raw' || lpad(i::text, 20, '0'), (SELECT id FROM account LIMIT 1), 'pgbench ' || i, 'pgbench-' || i, 'DT',
    '{}', '{}', 0, 0 FROM generate_series(0, 19) i ON CONFLICT DO NOTHING;
INSERT INTO brand_counter SELECT 'br_raw' || lpad(i::text, 20, '0'), 1001, 0 FROM generate_series(0, 19) i
    ON CONFLICT DO NOTHING;
INSERT INTO status (brand_id, id, name, key, color, description, is_system, is_active, sort_order, created_at, updated_at)
SELECT 'br_raw' || lpad(i::text, 20, '0'), 'sts_raw' || k.key, k.key, k.key, '#3b82f6', 'A status', true, true, k.place, 0, 0
  FROM generate_series(0, 19) i, (VALUES ('open', 0), ('pending', 1), ('resolved', 2), ('closed', 3)) k (key, place)
    ON CONFLICT DO NOTHING;
INSERT INTO customer (brand_id, id, email, name, custom_fields, metadata, notify_email, is_blocked, created_at, updated_at)
SELECT 'br_raw' || lpad(b::text, 20, '0'), 'cus_' || lpad(i::text, 26, '0'), 'guest' || lpad(i::text, 8, '0') || '@example.com',
    'Guest', '{}', '{}', true, false, 1, 1
  FROM generate_series(0, 19) b, generate_series(0, greatest(:tickets / 60, 1) - 1) i ON CONFLICT DO NOTHING;
VACUUM ANALYZE;
CHECKPOINT;
