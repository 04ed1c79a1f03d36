-- Files on tickets and comments, pictures of members, and the bytes that are to be removed. The bytes themselves lie in the
-- file store (crates/blob).

-- size, checksum: as announced, and from the confirmation on as they are. object_key: where the bytes lie once confirmed.
-- deleted_at: its comment was deleted; such a file is found no more and waits for the purge.
CREATE TABLE attachment (
    brand_id {text} NOT NULL,
    id {text} NOT NULL,
    ticket_id {text},
    comment_id {text},
    filename {text} NOT NULL,
    content_type {text} NOT NULL,
    size {int},
    checksum {text},
    status {text} NOT NULL,
    uploaded_by {text},
    metadata {text} NOT NULL,
    object_key {text},
    created_at {int} NOT NULL,
    updated_at {int} NOT NULL,
    deleted_at {int},
    PRIMARY KEY (brand_id, id)
) {strict};
CREATE INDEX attachment_ticket ON attachment (brand_id, ticket_id, created_at, id) WHERE ticket_id IS NOT NULL;
-- What is collected a day later unless something becomes of it.
CREATE INDEX attachment_loose ON attachment (created_at, id) WHERE status <> 'UPLOADED' OR ticket_id IS NULL;
-- What was erased with a customer: only the id is left.
CREATE INDEX attachment_erased ON attachment (brand_id, id) WHERE status = 'FAILED' AND deleted_at IS NOT NULL;

-- The bytes of a brand's confirmed files.
CREATE TABLE brand_storage (
    brand_id {text} PRIMARY KEY NOT NULL,
    bytes {int} NOT NULL
) {strict};

-- Bytes that go when due_at is past: of uploads, of files that are being confirmed, of files that were removed.
CREATE TABLE file_removal (
    object_key {text} PRIMARY KEY NOT NULL,
    due_at {int} NOT NULL
) {strict};
CREATE INDEX file_removal_due ON file_removal (due_at, object_key);

-- Pictures of members that are on their way.
CREATE TABLE avatar_upload (
    id {text} PRIMARY KEY NOT NULL,
    member_id {text} NOT NULL,
    filename {text} NOT NULL,
    content_type {text} NOT NULL,
    size {int},
    created_at {int} NOT NULL
) {strict};
CREATE INDEX avatar_upload_created ON avatar_upload (created_at, id);
CREATE INDEX avatar_upload_member ON avatar_upload (member_id);
-- Where the picture lies; avatar_url leads there.
ALTER TABLE member ADD COLUMN avatar_key {text};
