import assert from "node:assert/strict";
import { test } from "node:test";
import { DispatchTickets } from "@dispatch-server/client";
import type { Calls } from "../support/plain.js";
import { type Way, everyWay, newBrand, refused, servers } from "../support/ways.js";

everyWay(
  "Row 26: active tickets are open, pending and custom ones; inactive ones are resolved and closed",
  async ({ api }) => {
    const brand = await newBrand(api);
    await api.statuses.create(brand.id, { name: "In Progress", key: "in_progress" });
    await api.statuses.create(brand.id, { name: "Archived", key: "archived", isActive: false });
    for (const { key } of await api.statuses.list(brand.id))
      await api.tickets.create(brand.id, { title: key, status: key });
    const titles = async (status: string | string[]) => {
      const page = await api.tickets.list(brand.id, { status, sort: "status", order: "asc" });
      const { count } = await api.tickets.count(brand.id, { status });
      assert.equal(count, page.data.length);
      return page.data.map((ticket) => ticket.title);
    };
    assert.deepEqual(await titles("active"), ["open", "pending", "in_progress"]);
    assert.deepEqual(await titles("inactive"), ["archived", "resolved", "closed"]);
    assert.deepEqual(await titles("all"), ["open", "pending", "in_progress", "archived", "resolved", "closed"]);
    assert.deepEqual(await titles(["closed", "in_progress"]), ["in_progress", "closed"]);
    await api.statuses.update(brand.id, "in_progress", { isActive: false });
    assert.deepEqual(await titles("active"), ["open", "pending"]);
    await refused(api.tickets.list(brand.id, { status: "actve" }), 400, "status");
  },
);

everyWay(
  "Row 31: a create that is repeated with one key makes one ticket, and another body with that key is a conflict",
  async ({ api }) => {
    const brand = await newBrand(api);
    const body = { title: "Once", customerEmail: "jane@example.com" };
    const options = { idempotencyKey: "order-7" };
    const first = await api.tickets.create(brand.id, body, options);
    assert.deepEqual(await api.tickets.create(brand.id, body, options), first);
    assert.equal((await api.tickets.count(brand.id)).count, 1);
    const other = api.tickets.create(brand.id, { ...body, title: "Twice" }, options);
    await assert.rejects(other, { status: 409, code: "idempotency_mismatch" });
    assert.equal((await api.tickets.count(brand.id)).count, 1);

    await refused(api.tickets.create(brand.id, { title: "" }, { idempotencyKey: "failed" }), 400, "title");
    assert.equal((await api.tickets.create(brand.id, { title: "Right" }, { idempotencyKey: "failed" })).title, "Right");
    const elsewhere = await newBrand(api);
    assert.notEqual((await api.tickets.create(elsewhere.id, body, options)).id, first.id);

    const together = Array.from({ length: 5 }, () =>
      api.tickets.create(brand.id, body, { idempotencyKey: "together" }),
    );
    assert.equal(new Set((await Promise.all(together)).map((ticket) => ticket.id)).size, 1);
  },
);

const INSERTED = { title: "Inserted meanwhile" };

/** Fifteen tickets, the newest first. */
async function fifteen(api: Calls, brandId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 1; n <= 15; n++) ids.unshift((await api.tickets.create(brandId, { title: `Old ${n}` })).id);
  return ids;
}

for (const order of ["asc", "desc"] as const) {
  everyWay(`Row 31: paging (${order}) while tickets are inserted shows each old ticket once`, async ({ api }: Way) => {
    const brand = await newBrand(api);
    const old = await fifteen(api, brand.id);
    const seen: string[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page = await api.tickets.list(brand.id, { limit: 4, order, sort: "createdAt", cursor });
      seen.push(...page.data.map((ticket) => ticket.id));
      assert.equal(page.pagination.cursor, page.pagination.nextCursor);
      cursor = page.pagination.nextCursor;
      assert.equal(page.pagination.hasMore, cursor !== null);
      if (++pages < 4) await api.tickets.create(brand.id, INSERTED);
    } while (cursor !== null);
    const expected = order === "desc" ? old : [...old].reverse();
    assert.deepEqual(
      seen.filter((id) => old.includes(id)),
      expected,
    );
    assert.equal(new Set(seen).size, seen.length);
  });
}

for (const { database, baseUrl, apiKey } of servers()) {
  test(`Row 31: listAll shows each old ticket once while tickets are inserted and changed (${database})`, async () => {
    const api = new DispatchTickets({ apiKey, baseUrl });
    const brand = await newBrand(api);
    const old = await fifteen(api, brand.id);
    const seen: string[] = [];
    for await (const ticket of api.tickets.listAll(brand.id, { limit: 4 })) {
      seen.push(ticket.id);
      await api.tickets.create(brand.id, INSERTED);
      await api.tickets.update(brand.id, ticket.id, { priority: "low" });
    }
    assert.deepEqual(seen, old);
  });

  test(`Row 31: the client repeats a create whose answer was lost, and one ticket comes of it (${database})`, async () => {
    const direct = new DispatchTickets({ apiKey, baseUrl });
    const brand = await newBrand(direct);
    const replayed: (string | null)[] = [];
    let lost = 0;
    const losesTheFirst: typeof fetch = async (url, init) => {
      const reply = await fetch(url, init);
      if (lost++ > 0) return reply;
      await reply.arrayBuffer();
      return new Response("Bad Gateway", { status: 502, headers: { "Retry-After": "0" } });
    };
    const api = new DispatchTickets({
      apiKey,
      baseUrl,
      fetch: losesTheFirst,
      onResponse: ({ headers }) => void replayed.push(headers?.get("idempotency-replayed") ?? null),
    });
    const ticket = await api.tickets.create(brand.id, { title: "Once" });
    assert.deepEqual(replayed, [null, "true"]);
    assert.deepEqual(
      (await direct.tickets.list(brand.id)).data.map((one) => one.id),
      [ticket.id],
    );
  });
}
