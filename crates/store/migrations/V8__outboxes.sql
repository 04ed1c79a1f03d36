-- Mail and surveys that wait to be sent, and the timer of tickets that are past their date.

-- What a brand asks the customers of resolved tickets (API 24). surveyed: it has had a survey; where it has none, nobody looks
-- for one to cancel.
ALTER TABLE brand ADD COLUMN csat_enabled {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE brand ADD COLUMN csat_type {text} NOT NULL DEFAULT 'thumbs';
ALTER TABLE brand ADD COLUMN csat_delay_minutes {int} NOT NULL DEFAULT 60;
ALTER TABLE brand ADD COLUMN csat_email_subject {text};
ALTER TABLE brand ADD COLUMN csat_email_body {text};
ALTER TABLE brand ADD COLUMN surveyed {bool} NOT NULL DEFAULT FALSE;

-- One row for each person who is mailed. state: queued, suppressed. due_at: when it is to be sent; nothing when it is over.
CREATE TABLE mail (
    brand_id {text} NOT NULL,
    id {text} NOT NULL,
    kind {text} NOT NULL,
    ticket_id {text},
    event_id {text},
    to_address {text} NOT NULL,
    to_name {text},
    subject {text} NOT NULL,
    state {text} NOT NULL,
    reason {text},
    due_at {int},
    created_at {int} NOT NULL,
    processed_at {int},
    body {text} NOT NULL,
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE INDEX mail_due ON mail (due_at, brand_id, id) WHERE due_at IS NOT NULL;
CREATE INDEX mail_ticket ON mail (brand_id, ticket_id, id) WHERE ticket_id IS NOT NULL;

-- state: scheduled, sent, submitted, expired, canceled. cause: resolved, automation, asked; the last is not canceled.
CREATE TABLE feedback (
    brand_id {text} NOT NULL,
    id {text} NOT NULL,
    ticket_id {text} NOT NULL,
    cause {text} NOT NULL,
    state {text} NOT NULL,
    rating_type {text} NOT NULL,
    rating {int},
    customer_id {text} NOT NULL,
    customer_email {text} NOT NULL,
    resolver_email {text},
    send_at {int} NOT NULL,
    sent_at {int},
    submitted_at {int},
    created_at {int} NOT NULL,
    comment {text},
    PRIMARY KEY (brand_id, id),
    FOREIGN KEY (brand_id, ticket_id) REFERENCES ticket (brand_id, id)
) {strict};
CREATE INDEX feedback_ticket ON feedback (brand_id, ticket_id, id);
CREATE INDEX feedback_due ON feedback (send_at, brand_id, id) WHERE state = 'scheduled';

-- What the timer looks for: tickets in lists with a date that was not told of yet.
CREATE INDEX ticket_overdue ON ticket (brand_id, status_id, due_at, id)
    WHERE live AND due_at IS NOT NULL AND overdue_at IS NULL;
