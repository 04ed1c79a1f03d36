// Automations on a real server, and what they do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DispatchTickets, type Page, type Run } from "@dispatch-server/client";
import { receiver } from "../support/receiver.js";
import { newBrand, refused, servers } from "../support/ways.js";

for (const { database, baseUrl, apiKey } of servers()) {
  const dispatch = new DispatchTickets({ apiKey, baseUrl });

  test(`Automations are made, tried, ordered, run and deleted (${database})`, async (t) => {
    const { id: brandId } = await newBrand(dispatch);
    const { url, next, stop } = await receiver(() => 200);
    t.after(stop);
    const crm = await dispatch.connections.create(brandId, { type: "HTTP", name: "CRM", config: { url } });
    const made = await dispatch.automations.create(brandId, {
      name: "Tell the CRM",
      trigger: { events: ["ticket.closed"] },
      actions: [
        { type: "add_tags", tags: ["told"] },
        { type: "send_webhook", connectionId: crm.id },
      ],
    });
    const other = await dispatch.automations.create(brandId, {
      name: "Other",
      trigger: { events: ["ticket.created"] },
      conditions: { all: [{ field: "priority", op: "eq", value: "urgent" }] },
      actions: [{ type: "assign", assigneeEmail: "ops@acme.example" }],
      enabled: false,
    });
    assert.deepEqual(await dispatch.automations.list(brandId), [made, other]);
    const ordered = await dispatch.automations.reorder(brandId, { automationIds: [other.id, made.id] });
    assert.deepEqual(
      ordered.map(({ id }) => id),
      [other.id, made.id],
    );
    const ticket = await dispatch.tickets.create(brandId, { title: "One" });
    const tried = await dispatch.automations.test(brandId, other.id, { ticketId: ticket.id });
    assert.deepEqual([tried.matched, tried.conditions[0]?.actual], [false, "normal"]);
    await dispatch.tickets.update(brandId, ticket.id, { status: "closed" });
    const call = await next();
    assert.equal(JSON.parse(call.body).type, "ticket.closed");
    const [run] = (await done(() => dispatch.automations.runs(brandId))).data;
    assert.deepEqual([run?.automationId, run?.ticketId, run?.status], [made.id, ticket.id, "success"]);
    assert.deepEqual((await dispatch.automations.runsOf(brandId, made.id, { ticketId: ticket.id })).data, [run]);
    assert.deepEqual((await dispatch.automations.runsOf(brandId, other.id)).data, []);
    assert.deepEqual(
      (await dispatch.tickets.get(brandId, ticket.id)).tags.map(({ name }) => name),
      ["told"],
    );
    await refused(dispatch.automations.retryRun(brandId, run?.id ?? ""), 409);
    await refused(dispatch.connections.delete(brandId, crm.id), 409);
    assert.equal((await dispatch.automations.get(brandId, made.id)).runCount, 1);
    const changed = await dispatch.automations.update(brandId, other.id, { enabled: true, name: "Renamed" });
    assert.deepEqual([changed.enabled, changed.name], [true, "Renamed"]);
    assert.equal(await dispatch.automations.delete(brandId, made.id), undefined);
    await refused(dispatch.automations.get(brandId, made.id), 404);
    const wrong = { name: "x", trigger: { events: ["ticket.created" as const] }, actions: [] };
    await refused(dispatch.automations.create(brandId, wrong), 400, "actions");
  });
}

/** What `read` gives once every run has ended. */
async function done(read: () => Promise<Page<Run>>): Promise<Page<Run>> {
  for (;;) {
    const page = await read();
    if (page.data.length > 0 && page.data.every(({ finishedAt }) => finishedAt)) return page;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
