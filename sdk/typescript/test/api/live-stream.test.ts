// Row 33 of the acceptance list: the log, and its live stream.
import assert from "node:assert/strict";
import type { DispatchEvent } from "@dispatch-server/client";
import { endOfLog, eventsOf, everyWay, newBrand } from "../support/ways.js";

const TICKETS = 8;
/** After so many events a reader goes away and comes back. */
const CUT_AFTER = 5;
/** created, updated, closed */
const EVENTS_OF_TICKET = 3;

everyWay("Every change appears once, in order, without holes, and a cut loses nothing", async ({ api }) => {
  const { id } = await newBrand(api);
  const start = await endOfLog(api, id);
  const writing = (async () => {
    for (let number = 0; number < TICKETS; number++) {
      const ticket = await api.tickets.create(id, { title: `Ticket ${number}` });
      await api.tickets.update(id, ticket.id, { status: "closed" });
    }
  })();
  const seen: DispatchEvent[] = [];
  for (let after = start; seen.length < TICKETS * EVENTS_OF_TICKET; ) {
    for await (const event of api.events.stream(id, { after })) {
      assert.ok(event.type !== "presence");
      seen.push(event);
      after = String(event.sequence);
      if (seen.length % CUT_AFTER === 0 || seen.length === TICKETS * EVENTS_OF_TICKET) break;
    }
  }
  await writing;
  assert.deepEqual(seen, await eventsOf(api, id, start));
  assert.deepEqual(
    seen.map((event) => event.sequence),
    seen.map((_event, index) => Number(start) + 1 + index),
  );
});

everyWay("A stream carries what it was asked for", async ({ api }) => {
  const { id } = await newBrand(api);
  const one = await api.tickets.create(id, { title: "One" });
  const other = await api.tickets.create(id, { title: "Other", customerEmail: "jane@example.com" });
  await api.comments.create(id, other.id, { body: "Not this one" });
  await api.comments.create(id, one.id, { body: "This one" });
  for await (const event of api.events.stream(id, { after: "0", ticketId: one.ticketNumber, types: "comment.*" })) {
    assert.ok(event.type === "comment.created");
    assert.equal(event.data.comment.body, "This one");
    break;
  }
});
