-- Readers of the log that keep their place in it, webhooks, and what is delivered to them.

-- consumed: the brand has consumers. dirty: it has events that one of them may not have seen; set by the commit that wrote them,
-- taken back when all have. Where nothing is consumed neither ever changes.
ALTER TABLE brand_counter ADD COLUMN consumed {bool} NOT NULL DEFAULT FALSE;
ALTER TABLE brand_counter ADD COLUMN dirty {bool} NOT NULL DEFAULT FALSE;
CREATE INDEX brand_counter_dirty ON brand_counter (brand_id) WHERE dirty;

-- position: the sequence of the last event that this consumer has dealt with.
CREATE TABLE consumer (
    brand_id {text} NOT NULL REFERENCES brand (id),
    kind {text} NOT NULL,
    position {int} NOT NULL,
    PRIMARY KEY (brand_id, kind)
) {strict};

-- events: a JSON list as it was given. secret, previous_secret: sealed. since: events up to this sequence are none of its
-- business. closed_at: deliveries that have waited since then or longer are failed. next_due: when one of its deliveries is due.
-- failing_since: the first failure without a success behind it.
CREATE TABLE webhook (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    url {text} NOT NULL,
    events {text} NOT NULL,
    enabled {bool} NOT NULL,
    description {text},
    secret {text} NOT NULL,
    previous_secret {text},
    previous_until {int},
    since {int} NOT NULL,
    closed_at {int} NOT NULL,
    next_due {int},
    failure_count {int} NOT NULL,
    failing_since {int},
    disabled_reason {text},
    last_triggered {int},
    last_success {int},
    last_failure {int},
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int},
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE INDEX webhook_due ON webhook (next_due, brand_id, id) WHERE next_due IS NOT NULL;

-- sequence: of its event, whose payload is made anew from the log; a test call has its own in payload. tries: attempts since the
-- schedule began, attempts: in all. due_at: when it is to be tried, or until when the attempt under way (claimed) is waited for;
-- nothing when it is over.
CREATE TABLE delivery (
    brand_id {text} NOT NULL,
    id {text} NOT NULL,
    webhook_id {text} NOT NULL,
    sequence {int},
    event_id {text} NOT NULL,
    type {text} NOT NULL,
    is_test {bool} NOT NULL,
    status {text} NOT NULL,
    attempts {int} NOT NULL,
    tries {int} NOT NULL,
    claimed {bool} NOT NULL,
    due_at {int},
    waiting_since {int} NOT NULL,
    last_attempt {int},
    response_code {int},
    response_body {text},
    error {text},
    duration_ms {int},
    created_at {int} NOT NULL,
    payload {text},
    attempt_log {text} NOT NULL,
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE INDEX delivery_webhook ON delivery (brand_id, webhook_id, id);
CREATE INDEX delivery_due ON delivery (brand_id, webhook_id, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_event ON delivery (brand_id, webhook_id, sequence, id) WHERE sequence IS NOT NULL;
