import assert from "node:assert/strict";
import type { Ticket } from "@dispatch-server/client";
import { type Way, endOfLog, everyWay, eventsOf, newBrand, refused } from "../support/ways.js";

/** Asserts all that follows from a change of the status: the event, the SYSTEM comment, the entry of the activity. */
async function assertMoved(
  api: Way["api"],
  ticket: Ticket,
  after: string,
  old: [string, string],
  now: [string, string],
) {
  const [event] = await eventsOf(api, ticket.brandId, after);
  assert.ok(event?.type === "ticket.updated", event?.type);
  assert.deepEqual(event.changes, { status: { old: old[0], new: now[0] } });
  assert.deepEqual(event.data.changes, ["status"]);
  assert.deepEqual([event.data.status, event.data.ticket.statusId], [now[0], ticket.statusId]);
  const comment = (await api.comments.list(ticket.brandId, ticket.id, { authorType: "SYSTEM" })).at(-1);
  assert.equal(comment?.body, `Status changed from ${old[1]} to ${now[1]}`);
  assert.deepEqual(comment?.metadata, { kind: "status_changed", old: old[0], new: now[0], trigger: "api" });
  const activity = await api.tickets.activity(ticket.brandId, ticket.id, { types: ["ticket.updated"] });
  assert.match(activity.data[0]?.summary ?? "", new RegExp(`changed status from ${old[1]} to ${now[1]}`));
  assert.deepEqual(activity.data[0]?.changes, event.changes);
}

everyWay(
  "Row 10: a ticket is moved by the id of a status, which the log, the activity and a comment tell",
  async ({ api }) => {
    const brand = await newBrand(api);
    const status = await api.statuses.create(brand.id, { name: "In Progress", key: "in_progress" });
    const ticket = await api.tickets.create(brand.id, { title: "T" });
    const after = await endOfLog(api, brand.id);
    const moved = await api.tickets.update(brand.id, ticket.id, { statusId: status.id });
    assert.deepEqual([moved.status, moved.statusId, moved.statusRef], ["in_progress", status.id, status]);
    assert.ok(moved.updatedAt > ticket.updatedAt);
    await assertMoved(api, moved, after, ["open", "Open"], ["in_progress", "In Progress"]);
    assert.equal((await eventsOf(api, brand.id, after)).length, 1);
  },
);

everyWay("Row 11: a ticket is moved by the key of a status, custom keys too", async ({ api }) => {
  const brand = await newBrand(api);
  await api.statuses.create(brand.id, { name: "Waiting on Engineering", key: "waiting_eng" });
  const ticket = await api.tickets.create(brand.id, { title: "T" });
  let after = await endOfLog(api, brand.id);
  const resolved = await api.tickets.update(brand.id, ticket.id, { status: "resolved" });
  assert.deepEqual([resolved.status, resolved.resolvedAt], ["resolved", resolved.updatedAt]);
  await assertMoved(api, resolved, after, ["open", "Open"], ["resolved", "Resolved"]);
  after = await endOfLog(api, brand.id);
  const waiting = await api.tickets.update(brand.id, ticket.id, { status: "waiting_eng" });
  assert.deepEqual([waiting.status, waiting.resolvedAt], ["waiting_eng", null]);
  await assertMoved(api, waiting, after, ["resolved", "Resolved"], ["waiting_eng", "Waiting on Engineering"]);
  assert.deepEqual(
    (await eventsOf(api, brand.id, after)).map((event) => event.type),
    ["ticket.updated", "ticket.reopened"],
  );
  await refused(api.tickets.update(brand.id, ticket.id, { status: "no_such_status" }), 400, "status");
});

everyWay("Row 20: a ticket has one category and many tags; sets are replaced", async ({ api }) => {
  const brand = await newBrand(api);
  const [billing, technical] = [
    await api.categories.create(brand.id, { name: "Billing" }),
    await api.categories.create(brand.id, { name: "Technical" }),
  ];
  const [a, b, c] = [
    await api.tags.create(brand.id, { name: "a" }),
    await api.tags.create(brand.id, { name: "b" }),
    await api.tags.create(brand.id, { name: "c" }),
  ];
  const { id } = await api.tickets.create(brand.id, { title: "T", categoryId: billing.id, tagIds: [a.id, b.id] });
  const changed = await api.tickets.update(brand.id, id, { categoryId: technical.id, tagIds: [c.id, b.id] });
  assert.deepEqual([changed.category?.key, changed.tags.map((tag) => tag.name)], ["technical", ["b", "c"]]);
  const stats = await api.categories.stats(brand.id);
  assert.deepEqual([stats[billing.id]?.ticketCount, stats[technical.id]?.ticketCount], [0, 1]);
  const untouched = await api.tickets.update(brand.id, id, { title: "Renamed" });
  assert.deepEqual([untouched.categoryId, untouched.tagIds], [technical.id, [b.id, c.id]]);
  const moved = await api.tickets.update(brand.id, id, { addTagIds: [a.id], removeTagIds: [b.id] });
  assert.deepEqual(moved.tagIds, [a.id, c.id]);
  const cleared = await api.tickets.update(brand.id, id, { categoryId: null, tagIds: [] });
  assert.deepEqual([cleared.category, cleared.categoryId, cleared.tags, cleared.tagIds], [null, null, [], []]);
  await refused(api.tickets.update(brand.id, id, { tagIds: [a.id, "tag_unknown"] }), 400, "tagIds[1]");
});

everyWay("Row 29: a ticket goes from every status to every status", async ({ api }) => {
  const brand = await newBrand(api);
  await api.statuses.create(brand.id, { name: "In Progress", key: "in_progress" });
  await api.statuses.create(brand.id, { name: "Archived", key: "archived", isActive: false });
  const statuses = await api.statuses.list(brand.id);
  assert.equal(statuses.length, 6);
  const ticket = await api.tickets.create(brand.id, { title: "T" });
  for (const from of statuses) {
    for (const to of statuses) {
      await api.tickets.update(brand.id, ticket.id, { status: from.key });
      const moved = await api.tickets.update(brand.id, ticket.id, { status: to.key });
      assert.deepEqual([moved.status, moved.resolvedAt === null], [to.key, to.isActive], `${from.key} -> ${to.key}`);
      assert.equal(moved.closedAt === null, to.key !== "closed", `${from.key} -> ${to.key}`);
    }
  }
});
