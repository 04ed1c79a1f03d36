-- Mail in and out (API 20, 21): the ledger, the ways in, the ways out.

-- What a brand says of its mail (API 4). The lists are JSON.
ALTER TABLE brand ADD COLUMN inbound_email_enabled {bool} NOT NULL DEFAULT TRUE;
ALTER TABLE brand ADD COLUMN from_name {text};
ALTER TABLE brand ADD COLUMN from_email {text};
ALTER TABLE brand ADD COLUMN autoresponse_enabled {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE brand ADD COLUMN autoresponse_subject {text};
ALTER TABLE brand ADD COLUMN autoresponse_body {text};
ALTER TABLE brand ADD COLUMN new_ticket_notify_emails {text} NOT NULL DEFAULT '[]';
ALTER TABLE brand ADD COLUMN portal_origins {text} NOT NULL DEFAULT '[]';
ALTER TABLE brand ADD COLUMN portal_signup {bool} NOT NULL DEFAULT FALSE;

-- The ledger: one row for each message that came in and for each person who is mailed. Mail of the account itself (sign-in links)
-- has the id of the account in the place of the brand's. direction: in, out. channel: http, smtp, imap, relay. to_list, cc_list:
-- JSON lists of addresses, of incoming mail; what goes out goes to to_address. message_id: without its angle brackets. auth: JSON.
-- member_id: whom it goes to, or who wrote it. reply_hash: of the token in the address that answers go to. link: where the link
-- in its text leads, with {token} in the place of a token that is derived from the mail's id, so that no secret is kept.
-- references_list: JSON list of the message ids that it names. lease_until: somebody is sending or reading it until then.
ALTER TABLE mail ADD COLUMN direction {text} NOT NULL DEFAULT 'out';
ALTER TABLE mail ADD COLUMN channel {text} NOT NULL DEFAULT 'relay';
ALTER TABLE mail ADD COLUMN message_id {text};
ALTER TABLE mail ADD COLUMN from_address {text} NOT NULL DEFAULT '';
ALTER TABLE mail ADD COLUMN to_list {text};
ALTER TABLE mail ADD COLUMN cc_list {text};
ALTER TABLE mail ADD COLUMN references_list {text};
ALTER TABLE mail ADD COLUMN size {int} NOT NULL DEFAULT 0;
ALTER TABLE mail ADD COLUMN comment_id {text};
ALTER TABLE mail ADD COLUMN auth {text};
ALTER TABLE mail ADD COLUMN attempts {int} NOT NULL DEFAULT 0;
ALTER TABLE mail ADD COLUMN lease_until {int};
ALTER TABLE mail ADD COLUMN member_id {text};
ALTER TABLE mail ADD COLUMN reply_hash {text};
ALTER TABLE mail ADD COLUMN link {text};
ALTER TABLE mail ADD COLUMN digest {text};
ALTER TABLE mail ADD COLUMN envelope {text};
CREATE INDEX mail_message ON mail (brand_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX mail_digest ON mail (brand_id, digest) WHERE digest IS NOT NULL;
CREATE INDEX mail_reply ON mail (brand_id, reply_hash) WHERE reply_hash IS NOT NULL;
CREATE INDEX mail_from ON mail (brand_id, from_address, created_at) WHERE direction = 'in';
CREATE INDEX mail_unread ON mail (lease_until) WHERE state = 'received';
CREATE INDEX mail_to ON mail (brand_id, to_address, created_at) WHERE direction = 'out';

-- The bytes of incoming mail, as they came: small ones here, in the transaction that takes the message; large ones lie in the blob
-- store, under blob_key. expires_at: when they go.
CREATE TABLE mail_raw (
    brand_id {text} NOT NULL,
    mail_id {text} NOT NULL,
    expires_at {int} NOT NULL,
    blob_key {text},
    bytes {bytes},
    PRIMARY KEY (brand_id, mail_id)
) {strict};
CREATE INDEX mail_raw_expired ON mail_raw (expires_at);

-- Who takes part in a ticket by mail beside its customer: cc addresses.
CREATE TABLE mail_participant (
    brand_id {text} NOT NULL,
    ticket_id {text} NOT NULL,
    address {text} NOT NULL,
    name {text},
    created_at {int} NOT NULL,
    PRIMARY KEY (brand_id, ticket_id, address),
    FOREIGN KEY (brand_id, ticket_id) REFERENCES ticket (brand_id, id)
) {clustered};
CREATE INDEX mail_participant_address ON mail_participant (brand_id, address);

-- The credential of POST /inbound/email: one of each brand.
CREATE TABLE inbound_token (
    brand_id {text} NOT NULL PRIMARY KEY REFERENCES brand (id),
    hash {text} NOT NULL,
    created_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX inbound_token_hash ON inbound_token (hash);

-- A mailbox that is looked into. config: JSON; secrets: sealed JSON. due_at: when it is looked into next.
CREATE TABLE mailbox (
    brand_id {text} NOT NULL PRIMARY KEY REFERENCES brand (id),
    config {text} NOT NULL,
    secrets {text} NOT NULL,
    enabled {bool} NOT NULL,
    uid_validity {int},
    last_uid {int},
    last_poll_at {int},
    last_error {text},
    due_at {int},
    lease_until {int},
    updated_at {int} NOT NULL
) {strict};
CREATE INDEX mailbox_due ON mailbox (due_at) WHERE due_at IS NOT NULL;

-- Every brand tells people of what happens in it, from now on and not of the past.
INSERT INTO consumer (brand_id, kind, position)
    SELECT b.id, 'notifications', c.last_sequence FROM brand b JOIN brand_counter c ON c.brand_id = b.id WHERE b.deleted_at IS NULL;

-- A relay of a brand's own. config: JSON; secrets: sealed JSON.
CREATE TABLE mail_relay (
    brand_id {text} NOT NULL PRIMARY KEY REFERENCES brand (id),
    config {text} NOT NULL,
    secrets {text},
    updated_at {int} NOT NULL
) {strict};
