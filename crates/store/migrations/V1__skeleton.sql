-- The first schema. {text}, {int}, {bool} and {strict} are spelled for each database (dialect.rs).
-- The four busy tables do not name brand as a foreign key: their writers hold the brand's lock, and PostgreSQL would look
-- it up again for each row (doctor looks for orphans instead). Every tenant table begins its primary key and its indexes with brand_id. Times are milliseconds since 1970.

CREATE TABLE account (
    id {text} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL
) {strict};

CREATE TABLE api_key (
    id {text} NOT NULL PRIMARY KEY,
    account_id {text} NOT NULL REFERENCES account (id),
    name {text} NOT NULL,
    permissions {text} NOT NULL,
    hash {text} NOT NULL,
    preview {text} NOT NULL,
    prefix {text} NOT NULL,
    all_brands {bool} NOT NULL,
    brand_ids {text} NOT NULL,
    last_used_at {int},
    expires_at {int},
    created_by {text},
    created_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX api_key_hash ON api_key (hash);

CREATE TABLE member (
    id {text} NOT NULL PRIMARY KEY,
    account_id {text} NOT NULL REFERENCES account (id),
    email {text} NOT NULL,
    display_name {text},
    role {text} NOT NULL,
    status {text} NOT NULL,
    all_brands {bool} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX member_email ON member (account_id, email);

CREATE TABLE brand (
    id {text} NOT NULL PRIMARY KEY,
    account_id {text} NOT NULL REFERENCES account (id),
    name {text} NOT NULL,
    slug {text} NOT NULL,
    ticket_prefix {text} NOT NULL,
    url {text},
    icon_url {text},
    settings {text} NOT NULL,
    metadata {text} NOT NULL,
    ticket_schema {text},
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int}
) {strict};

-- Every slug that a brand ever had: old ones stay reserved as mail aliases.
CREATE TABLE brand_slug (
    slug {text} NOT NULL PRIMARY KEY,
    brand_id {text} NOT NULL REFERENCES brand (id)
) {strict};

-- The numbers that a brand hands out. This row is the lock of the brand's lane.
CREATE TABLE brand_counter (
    brand_id {text} NOT NULL PRIMARY KEY REFERENCES brand (id),
    next_ticket_number {int} NOT NULL,
    last_sequence {int} NOT NULL
) {strict};

CREATE TABLE member_brand (
    brand_id {text} NOT NULL REFERENCES brand (id),
    member_id {text} NOT NULL REFERENCES member (id),
    PRIMARY KEY (brand_id, member_id)
) {strict};

-- A deleted status whose tickets are not all rewritten yet stays, with the status that it reads as in replaced_by.
CREATE TABLE status (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    name {text} NOT NULL,
    key {text} NOT NULL,
    color {text} NOT NULL,
    description {text},
    is_system {bool} NOT NULL,
    is_active {bool} NOT NULL,
    sort_order {int} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    replaced_by {text},
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE UNIQUE INDEX status_key ON status (brand_id, key) WHERE replaced_by IS NULL;
CREATE INDEX status_replaced ON status (brand_id, id) WHERE replaced_by IS NOT NULL;

-- Tickets per status, moved in the transaction that moves the ticket. live: neither spam nor deleted.
CREATE TABLE ticket_count (
    brand_id {text} NOT NULL,
    status_id {text} NOT NULL,
    live {int} NOT NULL,
    total {int} NOT NULL,
    PRIMARY KEY (brand_id, status_id)
) {strict};

CREATE TABLE customer (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    email {text} NOT NULL,
    name {text},
    avatar_url {text},
    custom_fields {text} NOT NULL,
    metadata {text} NOT NULL,
    notify_email {bool} NOT NULL,
    is_blocked {bool} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int},
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE UNIQUE INDEX customer_email ON customer (brand_id, email) WHERE deleted_at IS NULL;
CREATE INDEX customer_created ON customer (brand_id, created_at, id) WHERE deleted_at IS NULL;

-- assignee is a member's id, or the address of an outside assignee (which holds an @; an id does not).
-- status_id may name a replaced status. live: neither spam nor deleted. body comes last: it may be long.
CREATE TABLE ticket (
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
    source {text} NOT NULL,
    source_id {text},
    created_by {text},
    comment_count {int} NOT NULL,
    attachment_count {int} NOT NULL,
    is_spam {bool} NOT NULL,
    due_at {int},
    first_response_at {int},
    resolved_at {int},
    resolved_by_id {text},
    closed_at {int},
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int},
    title {text} NOT NULL,
    links {text} NOT NULL,
    custom_fields {text} NOT NULL,
    metadata {text} NOT NULL,
    source_data {text},
    body {text},
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE UNIQUE INDEX ticket_number ON ticket (brand_id, number);
CREATE INDEX ticket_created ON ticket (brand_id, live, created_at, id);
CREATE INDEX ticket_updated ON ticket (brand_id, live, updated_at, id);
CREATE INDEX ticket_status ON ticket (brand_id, live, status_id, updated_at, id);
CREATE INDEX ticket_assignee ON ticket (brand_id, live, assignee, updated_at, id) WHERE assignee IS NOT NULL;
CREATE INDEX ticket_customer ON ticket (brand_id, customer_id, live, created_at, id) WHERE customer_id IS NOT NULL;

-- by_server: written by the server itself, and never changed.
CREATE TABLE comment (
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
    PRIMARY KEY (brand_id, id),
    FOREIGN KEY (brand_id, ticket_id) REFERENCES ticket (brand_id, id)
) {strict};
CREATE INDEX comment_ticket ON comment (brand_id, ticket_id, created_at, id);

-- The log of a brand: one row per change, numbered without holes. An event's id leads to its sequence.
CREATE TABLE event (
    brand_id {text} NOT NULL,
    sequence {int} NOT NULL,
    id {text} NOT NULL,
    type {text} NOT NULL,
    created_at {int} NOT NULL,
    source {text} NOT NULL,
    actor {text} NOT NULL,
    entity_id {text} NOT NULL,
    ticket_id {text},
    caused_by {text},
    depth {int} NOT NULL,
    changes {text},
    data {text} NOT NULL,
    PRIMARY KEY (brand_id, sequence)
) {strict};
CREATE INDEX event_ticket ON event (brand_id, ticket_id, sequence) WHERE ticket_id IS NOT NULL;

-- What happens to the account itself, apart from the brands.
CREATE TABLE account_event (
    account_id {text} NOT NULL REFERENCES account (id),
    sequence {int} NOT NULL,
    id {text} NOT NULL,
    type {text} NOT NULL,
    created_at {int} NOT NULL,
    source {text} NOT NULL,
    actor {text} NOT NULL,
    entity_id {text} NOT NULL,
    changes {text},
    data {text} NOT NULL,
    PRIMARY KEY (account_id, sequence)
) {strict};

-- The first answer to each idempotency key, kept for 24 hours.
CREATE TABLE idempotency (
    credential {text} NOT NULL,
    operation {text} NOT NULL,
    key {text} NOT NULL,
    body_hash {text} NOT NULL,
    status {int} NOT NULL,
    reply {text} NOT NULL,
    created_at {int} NOT NULL,
    PRIMARY KEY (credential, operation, key)
) {strict};
CREATE INDEX idempotency_age ON idempotency (created_at);
