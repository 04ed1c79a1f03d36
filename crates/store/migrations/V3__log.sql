-- The log, packed. body: the actor, the changes and the data of an event as one JSON object, as it is or compressed
-- (store/src/pack.rs). What it is searched by stands beside it.
CREATE TABLE event_v3 (
    brand_id {text} NOT NULL,
    sequence {int} NOT NULL,
    id {text} NOT NULL,
    type {text} NOT NULL,
    created_at {int} NOT NULL,
    source {text} NOT NULL,
    actor_type {text} NOT NULL,
    actor_id {text},
    entity_id {text} NOT NULL,
    ticket_id {text},
    caused_by {text},
    depth {int} NOT NULL,
    body {bytes} NOT NULL,
    PRIMARY KEY (brand_id, sequence)
) {strict};
INSERT INTO event_v3 (brand_id, sequence, id, type, created_at, source, actor_type, actor_id, entity_id, ticket_id, caused_by,
    depth, body)
    SELECT brand_id, sequence, id, type, created_at, source,
@sqlite     actor ->> 'type', actor ->> 'id', entity_id, ticket_id, caused_by, depth,
@sqlite     CAST('{"actor":' || actor || ',"changes":' || coalesce(changes, 'null') || ',"data":' || data || '}' AS BLOB)
@postgres     actor::json ->> 'type', actor::json ->> 'id', entity_id, ticket_id, caused_by, depth,
@postgres     convert_to('{"actor":' || actor || ',"changes":' || coalesce(changes, 'null') || ',"data":' || data || '}', 'UTF8')
    FROM event;
DROP TABLE event;
ALTER TABLE event_v3 RENAME TO event;
CREATE INDEX event_ticket ON event (brand_id, ticket_id, sequence) WHERE ticket_id IS NOT NULL;
