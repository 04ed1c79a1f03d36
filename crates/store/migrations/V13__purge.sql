-- What was deleted goes for good when it is not kept any longer (API 1.6): how the worker finds it. It looks through all brands at
-- once, the longest deleted first. An emptied customer has no address any more and is not found again.
CREATE INDEX ticket_deleted ON ticket (deleted_at, brand_id, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX comment_deleted ON comment (deleted_at, brand_id, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX customer_deleted ON customer (deleted_at, brand_id, id) WHERE deleted_at IS NOT NULL AND email <> '';
CREATE INDEX company_deleted ON company (deleted_at, brand_id, id) WHERE deleted_at IS NOT NULL;

-- Brands of which something has gone for good whose words SQLite's files may still hold (store/src/wipe.rs). since: the first such
-- thing, last_at: the last.
CREATE TABLE wipe (
    brand_id {text} NOT NULL PRIMARY KEY REFERENCES brand (id),
    since {int} NOT NULL,
    last_at {int} NOT NULL
) {strict};

-- The oldest event of the log that is kept; one behind its end when none is.
ALTER TABLE brand_counter ADD COLUMN kept_from {int} NOT NULL DEFAULT 1;

-- What has waited behind the day on which its webhook was switched off, and the runs of a brand by what they came to.
CREATE INDEX delivery_waiting ON delivery (brand_id, webhook_id, waiting_since) WHERE due_at IS NOT NULL;
CREATE INDEX automation_run_status ON automation_run (brand_id, status, id);
