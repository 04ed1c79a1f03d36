-- All of the core: companies, categories, tags, watchers, custom fields, search, statistics.
--
-- Lines that begin with @sqlite or @postgres are for that database alone. {doc} is SQLite's row id, which the full-text
-- index there leads back to; {key} is what makes the columns behind it the table's key; {clustered} ends a table that is kept in the
-- order of its key.

-- Whether something is being rewritten in this brand: then `rewrite` says what its rows read as meanwhile.
ALTER TABLE brand ADD COLUMN rewriting {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX brand_rewriting ON brand (id) WHERE rewriting;

-- What took effect at once for every reader, and whose rows follow in steps. kind: category, tag, company, domain, member,
-- erase, reindex. The rows of `subject` read as `target`, or as nothing.
CREATE TABLE rewrite (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    kind {text} NOT NULL,
    subject {text} NOT NULL,
    target {text},
    position {text},
    created_at {int} NOT NULL,
    PRIMARY KEY (brand_id, id)
) {strict};

CREATE TABLE category (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    name {text} NOT NULL,
    name_key {text} NOT NULL,
    key {text} NOT NULL,
    color {text} NOT NULL,
    description {text},
    sort_order {int} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE UNIQUE INDEX category_key ON category (brand_id, key);
CREATE UNIQUE INDEX category_name ON category (brand_id, name_key);

CREATE TABLE tag (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    name {text} NOT NULL,
    name_key {text} NOT NULL,
    color {text} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE UNIQUE INDEX tag_name ON tag (brand_id, name_key);

CREATE TABLE field_definition (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    entity {text} NOT NULL,
    key {text} NOT NULL,
    label {text} NOT NULL,
    type {text} NOT NULL,
    required {bool} NOT NULL,
    default_value {text},
    description {text},
    placeholder {text},
    options {text} NOT NULL,
    show_on_create {bool} NOT NULL,
    show_in_table {bool} NOT NULL,
    show_in_detail {bool} NOT NULL,
    sort_order {int} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (brand_id, entity, key)
) {strict};

-- name_key: the name case-folded, for sorting.
CREATE TABLE company (
    {doc}
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    name {text} NOT NULL,
    name_key {text} NOT NULL,
    domain {text},
    metadata {text} NOT NULL,
    settings {text} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int},
    {key} (brand_id, id)
) {strict};
CREATE UNIQUE INDEX company_domain ON company (brand_id, domain) WHERE domain IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX company_name ON company (brand_id, name_key, id) WHERE deleted_at IS NULL;

-- domain: what stands behind the @ of the email. sort_key: the name, else the email, case-folded.
CREATE TABLE customer_v2 (
    {doc}
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    email {text} NOT NULL,
    domain {text} NOT NULL,
    name {text},
    sort_key {text} NOT NULL,
    company_id {text},
    avatar_url {text},
    custom_fields {text} NOT NULL,
    metadata {text} NOT NULL,
    notify_email {bool} NOT NULL,
    is_blocked {bool} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int},
    {key} (brand_id, id)
) {strict};
INSERT INTO customer_v2 (brand_id, id, email, domain, name, sort_key, avatar_url, custom_fields, metadata, notify_email,
    is_blocked, created_at, updated_at, deleted_at)
    SELECT brand_id, id, email, substr(email, {instr}(email, '@') + 1), name, lower(coalesce(name, email)), avatar_url,
    custom_fields, metadata, notify_email, is_blocked, created_at, updated_at, deleted_at FROM customer ORDER BY created_at, id;
DROP TABLE customer;
ALTER TABLE customer_v2 RENAME TO customer;
CREATE UNIQUE INDEX customer_email ON customer (brand_id, email) WHERE deleted_at IS NULL;
CREATE INDEX customer_gone ON customer (brand_id, email) WHERE deleted_at IS NOT NULL;
CREATE INDEX customer_created ON customer (brand_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customer_sort ON customer (brand_id, sort_key, id);
CREATE INDEX customer_domain ON customer (brand_id, domain, id) WHERE company_id IS NULL AND deleted_at IS NULL;
CREATE INDEX customer_company ON customer (brand_id, company_id, id) WHERE company_id IS NOT NULL;

-- assignee is a member's id, or the address of an outside assignee (which holds an @; an id does not).
-- status_id, category_id and tag_ids may name what is being rewritten. live: neither spam nor deleted. title_key: the title
-- case-folded, for sorting. tag_ids: a JSON list; ticket_tag has the same for filters. cc: addresses that take part in its
-- mail. body comes last: it may be long.
CREATE TABLE ticket_v2 (
    {doc}
    brand_id {text} NOT NULL,
    id {text} NOT NULL,
    number {int} NOT NULL,
    prefix {text} NOT NULL,
    live {bool} NOT NULL,
    status_id {text} NOT NULL,
    close_reason {text},
    priority {int} NOT NULL,
    assignee {text},
    customer_id {text},
    category_id {text},
    source {text} NOT NULL,
    source_id {text},
    created_by {text},
    merged_into_id {text},
    comment_count {int} NOT NULL,
    attachment_count {int} NOT NULL,
    is_spam {bool} NOT NULL,
    due_at {int},
    overdue_at {int},
    first_response_at {int},
    resolved_at {int},
    resolved_by_id {text},
    closed_at {int},
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int},
    title {text} NOT NULL,
    title_key {text} NOT NULL,
    tag_ids {text} NOT NULL,
    cc {text} NOT NULL,
    links {text} NOT NULL,
    custom_fields {text} NOT NULL,
    metadata {text} NOT NULL,
    source_data {text},
    body {text},
    {key} (brand_id, id)
) {strict};
INSERT INTO ticket_v2 (brand_id, id, number, prefix, live, status_id, close_reason, priority, assignee, customer_id, source,
    source_id, created_by, comment_count, attachment_count, is_spam, due_at, first_response_at, resolved_at, resolved_by_id,
    closed_at, created_at, updated_at, deleted_at, title, title_key, tag_ids, cc, links, custom_fields, metadata, source_data, body)
    SELECT brand_id, id, number, prefix, live, status_id, close_reason, priority, assignee, customer_id, source,
    source_id, created_by, comment_count, attachment_count, is_spam, due_at, first_response_at, resolved_at, resolved_by_id,
    closed_at, created_at, updated_at, deleted_at, title, lower(title), '[]', '[]', links, custom_fields, metadata, source_data, body
    FROM ticket ORDER BY created_at, id;

-- by_server: written by the server itself, and never changed.
CREATE TABLE comment_v2 (
    {doc}
    brand_id {text} NOT NULL,
    id {text} NOT NULL,
    ticket_id {text} NOT NULL,
    parent_id {text},
    author_type {text} NOT NULL,
    author_id {text},
    author_name {text},
    author_email {text},
    is_internal {bool} NOT NULL,
    by_server {bool} NOT NULL,
    links {text} NOT NULL,
    metadata {text} NOT NULL,
    cc {text} NOT NULL,
    source {text} NOT NULL,
    source_id {text},
    source_data {text},
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int},
    body {text} NOT NULL,
    {key} (brand_id, id),
    FOREIGN KEY (brand_id, ticket_id) REFERENCES ticket_v2 (brand_id, id)
) {strict};
INSERT INTO comment_v2 (brand_id, id, ticket_id, parent_id, author_type, author_id, author_name, author_email, is_internal,
    by_server, links, metadata, cc, source, source_id, source_data, created_at, updated_at, deleted_at, body)
    SELECT brand_id, id, ticket_id, parent_id, author_type, author_id, author_name, author_email, is_internal,
    by_server, links, metadata, cc, source, source_id, source_data, created_at, updated_at, deleted_at, body
    FROM comment ORDER BY created_at, id;
DROP TABLE comment;
DROP TABLE ticket;
ALTER TABLE ticket_v2 RENAME TO ticket;
ALTER TABLE comment_v2 RENAME TO comment;

CREATE UNIQUE INDEX ticket_number ON ticket (brand_id, number);
CREATE INDEX ticket_created ON ticket (brand_id, live, created_at, id);
CREATE INDEX ticket_updated ON ticket (brand_id, live, updated_at, id);
CREATE INDEX ticket_status ON ticket (brand_id, live, status_id, updated_at, id);
-- With the title behind it, this index also answers the order by title without a look at the rows.
CREATE INDEX ticket_priority ON ticket (brand_id, live, priority, id, title_key);
CREATE INDEX ticket_source ON ticket (brand_id, live, source, id);
CREATE INDEX ticket_due ON ticket (brand_id, live, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX ticket_assignee ON ticket (brand_id, live, assignee, updated_at, id) WHERE assignee IS NOT NULL;
CREATE INDEX ticket_customer ON ticket (brand_id, customer_id, live, created_at, id) WHERE customer_id IS NOT NULL;
CREATE INDEX ticket_category ON ticket (brand_id, category_id, live, status_id, id) WHERE category_id IS NOT NULL;
CREATE INDEX ticket_source_id ON ticket (brand_id, source_id, id) WHERE source_id IS NOT NULL;
CREATE INDEX ticket_created_by ON ticket (brand_id, created_by, id) WHERE created_by IS NOT NULL;
CREATE INDEX ticket_merged ON ticket (brand_id, merged_into_id, id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX comment_ticket ON comment (brand_id, ticket_id, created_at, id);

CREATE TABLE ticket_tag (
    brand_id {text} NOT NULL,
    tag_id {text} NOT NULL,
    ticket_id {text} NOT NULL,
    PRIMARY KEY (brand_id, tag_id, ticket_id)
) {clustered};

-- The top-level scalars of customFields, for filters. A long value stands as its hash.
CREATE TABLE ticket_field (
    brand_id {text} NOT NULL,
    key {text} NOT NULL,
    value {text} NOT NULL,
    ticket_id {text} NOT NULL,
    PRIMARY KEY (brand_id, key, value, ticket_id)
) {clustered};

CREATE TABLE watcher (
    brand_id {text} NOT NULL,
    ticket_id {text} NOT NULL,
    id {text} NOT NULL,
    member_id {text},
    email {text} NOT NULL,
    name {text},
    added_by {text},
    added_at {int} NOT NULL,
    notify_on_comment {bool} NOT NULL,
    notify_on_status_change {bool} NOT NULL,
    PRIMARY KEY (brand_id, ticket_id, id)
) {strict};
CREATE UNIQUE INDEX watcher_email ON watcher (brand_id, ticket_id, email);

-- Sums for the statistics, moved in the transaction that moves the ticket; spam, deleted and duplicate-closed tickets are not in
-- them. day: days since 1970 (UTC). kind: created (key: status id), response, resolution (total: milliseconds; by the
-- day of creation), resolved, closed (key: member id or nothing; by the day it happened).
CREATE TABLE ticket_stat (
    brand_id {text} NOT NULL,
    kind {text} NOT NULL,
    day {int} NOT NULL,
    key {text} NOT NULL,
    n {int} NOT NULL,
    total {int} NOT NULL,
    PRIMARY KEY (brand_id, kind, day, key)
) {clustered};
INSERT INTO ticket_stat (brand_id, kind, day, key, n, total)
    SELECT brand_id, 'created', created_at / 86400000, status_id, count(*), 0 FROM ticket
    WHERE live AND coalesce(close_reason, '') <> 'duplicate' GROUP BY brand_id, created_at / 86400000, status_id;
INSERT INTO ticket_stat (brand_id, kind, day, key, n, total)
    SELECT brand_id, 'response', created_at / 86400000, '', count(*), CAST(sum(first_response_at - created_at) AS bigint) FROM ticket
    WHERE live AND coalesce(close_reason, '') <> 'duplicate' AND first_response_at IS NOT NULL GROUP BY brand_id, created_at / 86400000;
INSERT INTO ticket_stat (brand_id, kind, day, key, n, total)
    SELECT brand_id, 'resolution', created_at / 86400000, '', count(*), CAST(sum(resolved_at - created_at) AS bigint) FROM ticket
    WHERE live AND coalesce(close_reason, '') <> 'duplicate' AND resolved_at IS NOT NULL GROUP BY brand_id, created_at / 86400000;
INSERT INTO ticket_stat (brand_id, kind, day, key, n, total)
    SELECT brand_id, 'resolved', resolved_at / 86400000, coalesce(resolved_by_id, ''), count(*), 0 FROM ticket
    WHERE live AND coalesce(close_reason, '') <> 'duplicate' AND resolved_at IS NOT NULL
    GROUP BY brand_id, resolved_at / 86400000, coalesce(resolved_by_id, '');
INSERT INTO ticket_stat (brand_id, kind, day, key, n, total)
    SELECT brand_id, 'closed', closed_at / 86400000, coalesce(resolved_by_id, ''), count(*), 0 FROM ticket
    WHERE live AND coalesce(close_reason, '') <> 'duplicate' AND closed_at IS NOT NULL
    GROUP BY brand_id, closed_at / 86400000, coalesce(resolved_by_id, '');

-- Words (model/src/words.rs). SQLite: one full-text index whose row ids are doc * 4 + kind. PostgreSQL: one row per ticket,
-- comment, customer and company. prefix: a word is five characters and its own first letter, so that one letter is as quick to
-- find as a word. Merging is left as FTS5 does it by itself: less often costs as much and in larger pieces (measured).
-- gin_pending_list_limit (kB): every so often one write files what the others have left on a list. With 4 MB of it that one took
-- 0.6 s, with this 0.09 s, and writes cost a fifth more; without the list they cost twice as much (measured on a busy machine).
@sqlite CREATE VIRTUAL TABLE search_word USING fts5 (words, content = '', contentless_delete = 1, detail = none,
@sqlite     tokenize = 'ascii', prefix = '6');
@postgres CREATE TABLE search_word (
@postgres     brand_id TEXT COLLATE "C" NOT NULL,
@postgres     entity_id TEXT COLLATE "C" NOT NULL,
@postgres     part BIGINT NOT NULL,
@postgres     words TSVECTOR NOT NULL,
@postgres     PRIMARY KEY (brand_id, entity_id, part)
@postgres );
@postgres CREATE INDEX search_word_words ON search_word USING gin (words) WITH (gin_pending_list_limit = 256);

-- What an older version wrote gets its words and sort keys in steps.
INSERT INTO rewrite (brand_id, id, kind, subject, created_at) SELECT id, 'reindex', 'reindex', '', 0 FROM brand;
UPDATE brand SET rewriting = TRUE;
