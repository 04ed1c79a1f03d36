-- One create with the statements of the server, on its tables, in one pipelined transaction over twenty brands. As
-- in the server every brand's counter row is locked first and moved last.
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
SELECT brand_id FROM brand_counter WHERE brand_id = 'br_raw' || lpad(:brand, 20, '0') FOR UPDATE;
SELECT id, account_id, name, slug, ticket_prefix, url, icon_url, settings, metadata, ticket_schema, created_at,
    updated_at, deleted_at, rewriting, next_ticket_number, last_sequence FROM brand JOIN brand_counter ON brand_id = id
 WHERE id = 'br_raw' || lpad(:brand, 20, '0') AND deleted_at IS NULL;
SELECT id, name, key, color, description, is_system, is_active, sort_order, created_at, updated_at, replaced_by
  FROM status WHERE brand_id = 'br_raw' || lpad(:brand, 20, '0') ORDER BY sort_order, id;
SELECT c.id, c.email, c.name, c.avatar_url, c.custom_fields, c.metadata, c.notify_email, c.is_blocked, c.created_at,
    c.updated_at, c.deleted_at, c.company_id, co.name, co.domain, co.metadata, co.settings, co.created_at, co.updated_at
  FROM customer c LEFT JOIN company co ON co.brand_id = c.brand_id AND co.id = c.company_id AND co.deleted_at IS NULL
 WHERE c.brand_id = 'br_raw' || lpad(:brand, 20, '0') AND c.email = 'guest' || lpad(:guest, 8, '0') || '@example.com'
   AND c.deleted_at IS NULL;
SELECT co.id, co.name, co.domain, co.metadata, co.settings, co.created_at, co.updated_at FROM company co
 WHERE co.brand_id = 'br_raw' || lpad(:brand, 20, '0') AND co.domain = 'example.com' AND co.deleted_at IS NULL AND :is_new = 0;
INSERT INTO customer (brand_id, id, email, domain, name, sort_key, custom_fields, metadata, notify_email, is_blocked,
    created_at, updated_at)
SELECT 'br_raw' || lpad(:brand, 20, '0'),
    'cus_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail,
    'guest' || lpad(:guest, 8, '0') || '@example.com', 'example.com', 'Guest', 'guest', '{}', '{}', true, false,
    (extract(epoch FROM now()) * 1000)::bigint, (extract(epoch FROM now()) * 1000)::bigint
 WHERE :is_new = 0 ON CONFLICT DO NOTHING;
INSERT INTO search_word (brand_id, entity_id, part, words)
SELECT 'br_raw' || lpad(:brand, 20, '0'),
    'cus_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail, 0,
    array_to_tsvector(ARRAY['raw' || :brand || 'uguest', 'raw' || :brand || 'uguest' || lpad(:guest, 8, '0'),
        'raw' || :brand || 'uexample', 'raw' || :brand || 'ucom'])
 WHERE :is_new = 0 ON CONFLICT DO NOTHING;
INSERT INTO ticket (brand_id, id, number, prefix, live, status_id, close_reason, priority, assignee, customer_id,
    category_id, source, source_id, created_by, comment_count, attachment_count, is_spam, due_at, resolved_at,
    resolved_by_id, closed_at, created_at, updated_at, title, title_key, tag_ids, cc, links, custom_fields, metadata,
    source_data, body)
SELECT b.brand_id, 'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail,
    b.next_ticket_number, 'DT', true, 'sts_rawopen', NULL, 1, NULL, c.id, NULL, 'api', 'ext-' || :tail, NULL, 0, 0, false,
    NULL, NULL, NULL, NULL, (extract(epoch FROM now()) * 1000)::bigint, (extract(epoch FROM now()) * 1000)::bigint,
    p.title, lower(p.title), '[]', '[]', '[]', '{"orderId":"A-0000001","plan":"pro","region":"eu","seats":7}', '{}', NULL,
    p.body
  FROM brand_counter b
  JOIN customer c ON c.brand_id = b.brand_id AND c.email = 'guest' || lpad(:guest, 8, '0') || '@example.com'
   AND c.deleted_at IS NULL
  JOIN pgbench_sample p ON p.id = :sample::bigint
 WHERE b.brand_id = 'br_raw' || lpad(:brand, 20, '0');
INSERT INTO ticket_count (brand_id, status_id, live, total) VALUES ('br_raw' || lpad(:brand, 20, '0'), 'sts_rawopen', 1, 1)
    ON CONFLICT (brand_id, status_id)
    DO UPDATE SET live = ticket_count.live + excluded.live, total = ticket_count.total + excluded.total;
INSERT INTO ticket_stat (brand_id, kind, day, key, n, total)
VALUES ('br_raw' || lpad(:brand, 20, '0'), 'created', (extract(epoch FROM now()) / 86400)::bigint, 'sts_rawopen', 1, 0)
    ON CONFLICT (brand_id, kind, day, key)
    DO UPDATE SET n = ticket_stat.n + excluded.n, total = ticket_stat.total + excluded.total;
INSERT INTO ticket_field (brand_id, key, value, ticket_id) VALUES ('br_raw' || lpad(:brand, 20, '0'), 'orderId',
    'A-' || :tail, 'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail)
    ON CONFLICT DO NOTHING;
INSERT INTO ticket_field (brand_id, key, value, ticket_id) VALUES ('br_raw' || lpad(:brand, 20, '0'), 'plan', 'pro',
    'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail) ON CONFLICT DO NOTHING;
INSERT INTO ticket_field (brand_id, key, value, ticket_id) VALUES ('br_raw' || lpad(:brand, 20, '0'), 'region', 'eu',
    'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail) ON CONFLICT DO NOTHING;
INSERT INTO ticket_field (brand_id, key, value, ticket_id) VALUES ('br_raw' || lpad(:brand, 20, '0'), 'seats', '7',
    'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail) ON CONFLICT DO NOTHING;
INSERT INTO search_word (brand_id, entity_id, part, words)
SELECT 'br_raw' || lpad(:brand, 20, '0'),
    'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail, 0,
    array_to_tsvector(string_to_array(w.words, ' '))
  FROM pgbench_words w WHERE w.brand = :brand::bigint AND w.id = :sample::bigint ON CONFLICT DO NOTHING;
INSERT INTO event (brand_id, sequence, id, type, created_at, source, actor_type, actor_id, entity_id, ticket_id, caused_by,
    depth, body)
SELECT b.brand_id, b.last_sequence + 1 + n, 'evt_' || n || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 13, '0') || :tail,
    CASE n WHEN 0 THEN 'ticket.created' ELSE 'customer.created' END, (extract(epoch FROM now()) * 1000)::bigint, 'api', 'api',
    'key_raw', 'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail,
    CASE n WHEN 0 THEN 'tkt_' || lpad(to_hex((extract(epoch FROM now()) * 1000000)::bigint), 14, '0') || :tail END, NULL, 0, p.event
  FROM brand_counter b JOIN pgbench_sample p ON p.id = :sample::bigint
  CROSS JOIN generate_series(0, CASE :is_new::int WHEN 0 THEN 1 ELSE 0 END) n
 WHERE b.brand_id = 'br_raw' || lpad(:brand, 20, '0');
UPDATE brand_counter SET next_ticket_number = next_ticket_number + 1, last_sequence = last_sequence + CASE :is_new::int WHEN 0 THEN 2 ELSE 1 END
 WHERE brand_id = 'br_raw' || lpad(:brand, 20, '0');
COMMIT;
\endpipeline
