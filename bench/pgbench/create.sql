-- One create, as the server does it, in one pipelined transaction over twenty brands.
-- pgbench -n -M prepared -c 64 -j 2 -T 5 -D tickets=200000 -f create.sql
-- now() is the same in the whole transaction, so the fresh ids can be built in each statement again.
\set brand random(0, 19)
\set sample random(0, 511)
\set tail random(100000000000, 999999999999)
\set is_new random(0, 2)
\set known random(0, greatest(:tickets / 60, 1) - 1)
\set fresh random(50000000, 99999999)
\set guest case when :is_new = 0 then :fresh else :known end
\startpipeline
BEGIN;
UPDATE raw_brand SET next_number = next_number + 1, last_sequence = last_sequence + 1
 WHERE id = 'br_raw' || lpad(:brand, 20, '0');
INSERT INTO raw_customer (brand_id, id, email, name, custom_fields, metadata, notify_email, is_blocked, created_at,
    updated_at)
VALUES ('br_raw' || lpad(:brand, 20, '0'),
    'cus_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail,
    'guest' || lpad(:guest, 8, '0') || '@example.com', 'Guest', '{}', '{}', true, false,
    (extract(epoch FROM now()) * 1000)::bigint, (extract(epoch FROM now()) * 1000)::bigint)
    ON CONFLICT DO NOTHING;
INSERT INTO raw_ticket
SELECT b.id, 'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail,
    b.next_number - 1, 'DT', p.title, p.body, 'sts_open', 'open', NULL, 'normal', 2, NULL, NULL, NULL, c.id, c.email,
    c.name, NULL, NULL, '[]', '{"orderId":"A-0000001","plan":"pro"}', '{}', 'api', :tail, NULL, NULL, 0, 0, false,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL, true, (extract(epoch FROM now()) * 1000)::bigint,
    (extract(epoch FROM now()) * 1000)::bigint, NULL
  FROM raw_brand b
  JOIN raw_customer c ON c.brand_id = b.id AND c.email = 'guest' || lpad(:guest, 8, '0') || '@example.com'
  JOIN raw_sample p ON p.id = :sample::bigint
 WHERE b.id = 'br_raw' || lpad(:brand, 20, '0');
INSERT INTO raw_ticket_field (brand_id, key, value, ticket_id)
SELECT 'br_raw' || lpad(:brand, 20, '0'), f.key, f.value,
    'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail
  FROM (VALUES ('orderId', 'A-' || substr(:tail, 1, 7)), ('plan', 'p' || substr(:tail, 1, 1)),
    ('region', 'r' || substr(:tail, 2, 1)), ('seats', substr(:tail, 3, 2))) f (key, value);
INSERT INTO raw_ticket_count AS c (brand_id, status_id, n) VALUES ('br_raw' || lpad(:brand, 20, '0'), 'sts_open', 1)
    ON CONFLICT (brand_id, status_id) DO UPDATE SET n = c.n + excluded.n;
INSERT INTO raw_event (brand_id, sequence, id, kind, object_id, actor, created_at, data)
SELECT b.id, b.last_sequence,
    'evt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail, 'ticket.created',
    'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail, 'api',
    (extract(epoch FROM now()) * 1000)::bigint, p.event
  FROM raw_brand b JOIN raw_sample p ON p.id = :sample::bigint
 WHERE b.id = 'br_raw' || lpad(:brand, 20, '0');
COMMIT;
\endpipeline
