-- What a brand does by itself when something happens, what came of it, and the calls that are still to be made.

-- place: the automations that the event behind the position has been shown to, when a consumer stands inside of an event.
ALTER TABLE consumer ADD COLUMN place {text};

-- events: the names that start it, as a JSON list; conditions, actions: JSON as it was given. since: events up to this sequence
-- are none of its business.
CREATE TABLE automation (
    brand_id {text} NOT NULL REFERENCES brand (id),
    id {text} NOT NULL,
    name {text} NOT NULL,
    description {text},
    enabled {bool} NOT NULL,
    sort_order {int} NOT NULL,
    events {text} NOT NULL,
    conditions {text} NOT NULL,
    actions {text} NOT NULL,
    since {int} NOT NULL,
    run_count {int} NOT NULL,
    failure_count {int} NOT NULL,
    last_run_at {int},
    last_error {text},
    created_by {text},
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    PRIMARY KEY (brand_id, id)
) {strict};

-- sequence: of its event; an automation and an event make one run. definition: the actions of the automation as they were then;
-- actions: what has become of them. Both are JSON lists of the same length; a run that did not begin has none.
CREATE TABLE automation_run (
    brand_id {text} NOT NULL,
    id {text} NOT NULL,
    automation_id {text} NOT NULL,
    sequence {int} NOT NULL,
    event_id {text} NOT NULL,
    ticket_id {text} NOT NULL,
    depth {int} NOT NULL,
    status {text} NOT NULL,
    reason {text},
    definition {text} NOT NULL,
    actions {text} NOT NULL,
    started_at {int} NOT NULL,
    finished_at {int},
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE UNIQUE INDEX automation_run_once ON automation_run (brand_id, sequence, automation_id);
CREATE INDEX automation_run_automation ON automation_run (brand_id, automation_id, id);
CREATE INDEX automation_run_ticket ON automation_run (brand_id, ticket_id, id);

-- A call that an action of a run is still to make. place: of the action in its run, from 0. tries: since its schedule began.
-- due_at: when it is to be made, or until when the attempt under way (claimed) is waited for. What is over has no row.
CREATE TABLE automation_call (
    brand_id {text} NOT NULL,
    run_id {text} NOT NULL,
    place {int} NOT NULL,
    ticket_id {text} NOT NULL,
    connection_id {text} NOT NULL,
    attempts {int} NOT NULL,
    tries {int} NOT NULL,
    claimed {bool} NOT NULL,
    due_at {int} NOT NULL,
    PRIMARY KEY (brand_id, run_id, place)
) {strict};
CREATE INDEX automation_call_due ON automation_call (due_at, brand_id, run_id, place);
CREATE INDEX automation_call_ticket ON automation_call (brand_id, ticket_id, connection_id);
