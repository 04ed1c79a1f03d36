-- The customer portal and answers to surveys (API 22, 24).

-- Who is signed in to the portal. hash: of the token. signed_in_at: when its holder showed who they are; a token that is
-- renewed keeps it.
CREATE TABLE portal_session (
    hash {text} NOT NULL PRIMARY KEY,
    brand_id {text} NOT NULL,
    customer_id {text} NOT NULL,
    signed_in_at {int} NOT NULL,
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    FOREIGN KEY (brand_id, customer_id) REFERENCES customer (brand_id, id)
) {strict};
CREATE INDEX portal_session_customer ON portal_session (brand_id, customer_id, created_at);
CREATE INDEX portal_session_expired ON portal_session (expires_at);

-- Links to the portal that somebody asks to have mailed. Asking writes this row and nothing else, whoever asks for whom; the worker
-- then looks who it is. hash: of the token in the link, once it is mailed. by_staff: it is mailed to whoever it is.
CREATE TABLE portal_link (
    id {text} NOT NULL PRIMARY KEY,
    brand_id {text} NOT NULL,
    email {text} NOT NULL,
    url {text} NOT NULL,
    by_staff {bool} NOT NULL,
    hash {text},
    created_at {int} NOT NULL,
    expires_at {int} NOT NULL
) {strict};
CREATE UNIQUE INDEX portal_link_hash ON portal_link (hash) WHERE hash IS NOT NULL;
CREATE INDEX portal_link_asked ON portal_link (created_at, id) WHERE hash IS NULL;
CREATE INDEX portal_link_expired ON portal_link (expires_at);

-- The customer who uploads a file through the portal: nobody else there may use it.
ALTER TABLE attachment ADD COLUMN customer_id {text};

-- metadata.sourceOrgId of a company as text: what the portal of another system calls it.
ALTER TABLE company ADD COLUMN source_org_id {text};
UPDATE company SET source_org_id = CAST(metadata AS {json}) ->> 'sourceOrgId' WHERE metadata LIKE '%sourceOrgId%';
CREATE INDEX company_source_org ON company (brand_id, source_org_id) WHERE source_org_id IS NOT NULL;

-- token_hash: of the token in the link of a survey. expires_at: until when it can be answered.
ALTER TABLE feedback ADD COLUMN token_hash {text};
ALTER TABLE feedback ADD COLUMN expires_at {int};
CREATE UNIQUE INDEX feedback_token ON feedback (token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX feedback_open ON feedback (expires_at, brand_id, id) WHERE state = 'sent';
CREATE INDEX feedback_submitted ON feedback (brand_id, submitted_at) WHERE state = 'submitted';
