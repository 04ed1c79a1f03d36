-- People who sign in: passwords, sessions, invitations, tokens of mailed links, and the setup of the account.

-- setup_hash: of the token of the setup link, until the account has an owner.
ALTER TABLE account ADD COLUMN setup_hash {text};
ALTER TABLE account ADD COLUMN deleted_at {int};

ALTER TABLE member ADD COLUMN password_hash {text};
ALTER TABLE member ADD COLUMN avatar_url {text};
ALTER TABLE member ADD COLUMN last_seen_at {int};
ALTER TABLE member ADD COLUMN notify_email {bool} NOT NULL DEFAULT TRUE;
ALTER TABLE member ADD COLUMN notify_toast {bool} NOT NULL DEFAULT TRUE;
ALTER TABLE member ADD COLUMN notify_desktop {bool} NOT NULL DEFAULT FALSE;

-- A removed member keeps its row, which tickets and comments name; whoever comes back gets another one.
DROP INDEX member_email;
CREATE UNIQUE INDEX member_email ON member (account_id, email) WHERE status = 'active';
CREATE INDEX member_person ON member (email, created_at, id) WHERE status = 'active';
CREATE INDEX member_brand_member ON member_brand (member_id, brand_id);

-- hash: of the token. used_at is noted at most once a minute, and expires_at follows it.
CREATE TABLE session (
    id {text} NOT NULL PRIMARY KEY,
    member_id {text} NOT NULL REFERENCES member (id),
    hash {text} NOT NULL,
    created_at {int} NOT NULL,
    used_at {int} NOT NULL,
    expires_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX session_hash ON session (hash);
CREATE INDEX session_member ON session (member_id, created_at, id);
CREATE INDEX session_expiry ON session (expires_at);

-- brand_ids: separated by spaces, as those of an API key: they are only read together.
CREATE TABLE invite (
    id {text} NOT NULL PRIMARY KEY,
    account_id {text} NOT NULL REFERENCES account (id),
    email {text} NOT NULL,
    role {text} NOT NULL,
    all_brands {bool} NOT NULL,
    brand_ids {text} NOT NULL,
    hash {text} NOT NULL,
    sent_at {int},
    expires_at {int} NOT NULL,
    created_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX invite_hash ON invite (hash);
CREATE UNIQUE INDEX invite_email ON invite (account_id, email);

-- Tokens of mailed links, each good once. purpose: sign_in, reset.
CREATE TABLE mail_token (
    hash {text} NOT NULL PRIMARY KEY,
    purpose {text} NOT NULL,
    email {text} NOT NULL,
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL
) {strict};
CREATE INDEX mail_token_expiry ON mail_token (expires_at);
