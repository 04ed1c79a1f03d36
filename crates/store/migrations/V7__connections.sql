-- What the automations of a brand call elsewhere.

-- config: a JSON object of what its type needs, without secrets. secrets: sealed; nothing where there are none. secret_names: a JSON
-- list of what is set, which is shown. last_status, last_error: of the last call; failure_count: failed calls in a row.
CREATE TABLE connection (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    type {text} NOT NULL,
    name {text} NOT NULL,
    enabled {bool} NOT NULL,
    config {text} NOT NULL,
    secrets {text},
    secret_names {text} NOT NULL,
    last_used_at {int},
    last_status {text},
    last_error {text},
    failure_count {int} NOT NULL,
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (brand_id, id)
) {strict};
