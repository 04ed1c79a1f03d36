// The methods that no row of the acceptance list names, each once against a real server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DispatchTickets, NotFoundError, paginate } from "@dispatch-server/client";
import { newBrand, servers, unique } from "../support/ways.js";

for (const { database, baseUrl, apiKey } of servers()) {
  const dispatch = new DispatchTickets({ apiKey, baseUrl });
  const declare = (name: string, run: () => Promise<void>) => test(`${name} (${database})`, run);

  declare("Tickets are marked as spam, merged, changed in bulk, deleted and restored", async () => {
    const { id: brandId } = await newBrand(dispatch);
    const [one, two, three] = await Promise.all(
      ["1", "2", "3"].map((title) => dispatch.tickets.create(brandId, { title })),
    );
    assert.ok(one && two && three);
    assert.equal((await dispatch.tickets.setSpam(brandId, three.id, { isSpam: true })).isSpam, true);
    assert.deepEqual(
      (await dispatch.tickets.list(brandId, { isSpam: true })).data.map((ticket) => ticket.id),
      [three.id],
    );
    const merged = await dispatch.tickets.merge(brandId, one.id, { sourceTicketIds: [two.ticketNumber] });
    assert.deepEqual([merged.id, merged.mergedTicketIds, merged.mergedCount], [one.id, [two.id], 1]);
    const report = await dispatch.tickets.bulk(brandId, {
      action: "setPriority",
      ticketIds: [one.id, "DT-999999999"],
      priority: "urgent",
    });
    assert.deepEqual([report.success, report.count, report.failed], [false, 1, 1]);
    await dispatch.tickets.delete(brandId, one.id);
    await assert.rejects(dispatch.tickets.get(brandId, one.id), NotFoundError);
    assert.equal((await dispatch.tickets.restore(brandId, one.id)).priority, "urgent");
    const entries = await dispatch.tickets.logs(brandId, one.id);
    assert.deepEqual([entries[0]?.event, entries.nextCursor], ["ticket.restored", null]);
  });

  declare("A long conversation is gone through part by part", async () => {
    const { id: brandId } = await newBrand(dispatch);
    const ticket = await dispatch.tickets.create(brandId, { title: "Long" });
    const written: string[] = [];
    for (const body of ["1", "2", "3", "4", "5"])
      written.push((await dispatch.comments.create(brandId, ticket.id, { body })).id);
    const first = await dispatch.comments.list(brandId, ticket.id, { limit: 2 });
    assert.ok(first.length === 2 && first.nextCursor);
    const seen: string[] = [];
    const part = (cursor: string | undefined) => dispatch.comments.list(brandId, ticket.id, { limit: 2, cursor });
    for await (const comment of paginate(part)) seen.push(comment.id);
    assert.deepEqual(seen, written);
    const [id = ""] = written;
    await dispatch.comments.create(brandId, ticket.id, { body: "Reply", parentId: id });
    assert.equal((await dispatch.comments.get(brandId, ticket.id, id)).replies?.[0]?.body, "Reply");
    assert.equal((await dispatch.comments.update(brandId, ticket.id, id, { body: "Corrected" })).body, "Corrected");
    assert.notEqual((await dispatch.comments.delete(brandId, ticket.id, id)).deletedAt, null);
  });

  declare("Watchers come, change and go; who is added twice is one", async () => {
    const { id: brandId } = await newBrand(dispatch);
    const { id } = await dispatch.tickets.create(brandId, { title: "Watched" });
    const watcher = await dispatch.watchers.add(brandId, id, { email: "boss@example.com", notifyOnComment: false });
    assert.equal((await dispatch.watchers.add(brandId, id, { email: "boss@example.com" })).id, watcher.id);
    const changed = await dispatch.watchers.update(brandId, id, "boss@example.com", { notifyOnStatusChange: false });
    assert.deepEqual(await dispatch.watchers.list(brandId, id), [changed]);
    assert.equal(await dispatch.watchers.remove(brandId, id, watcher.id), undefined);
    assert.deepEqual(await dispatch.watchers.list(brandId, id), []);
  });

  declare("Customers and companies are listed, searched, changed, deleted and erased", async () => {
    const { id: brandId } = await newBrand(dispatch);
    for (const name of ["Ana", "Bo", "Cy"]) {
      await dispatch.customers.create(brandId, { email: `${name}@example.org`, name });
      await dispatch.companies.create(brandId, { name });
    }
    const names: (string | null)[] = [];
    for await (const customer of dispatch.customers.listAll(brandId, { limit: 2, sort: "name", order: "asc" }))
      names.push(customer.name);
    for await (const company of dispatch.companies.listAll(brandId, { limit: 2 })) names.push(company.name);
    assert.deepEqual(names, ["Ana", "Bo", "Cy", "Ana", "Bo", "Cy"]);
    const [bo] = await dispatch.customers.search(brandId, { q: "bo" });
    assert.equal((await dispatch.customers.update(brandId, bo?.id ?? "", { isBlocked: true })).isBlocked, true);
    assert.deepEqual((await dispatch.customers.list(brandId, { isBlocked: true })).data.length, 1);
    await dispatch.customers.delete(brandId, bo?.id ?? "");
    assert.deepEqual(await dispatch.customers.erase(brandId, bo?.id ?? ""), { success: true });
    assert.deepEqual(
      (await dispatch.companies.list(brandId, { search: "cy" })).data.map((company) => company.name),
      ["Cy"],
    );
  });

  declare("Categories, tags and fields are ordered, counted, merged and deleted", async () => {
    const { id: brandId } = await newBrand(dispatch);
    const [x, y] = [
      await dispatch.categories.create(brandId, { name: "X" }),
      await dispatch.categories.create(brandId, { name: "Y" }),
    ];
    assert.deepEqual(
      (await dispatch.categories.reorder(brandId, [y.id, x.id])).map((one) => one.name),
      ["Y", "X"],
    );
    const ticket = await dispatch.tickets.create(brandId, { title: "T", categoryId: "x", tags: ["old"] });
    await dispatch.categories.delete(brandId, x.id, { replacementCategoryId: y.id });
    assert.equal((await dispatch.tickets.get(brandId, ticket.id)).categoryId, y.id);
    assert.equal((await dispatch.categories.stats(brandId))[y.id]?.ticketCount, 1);
    assert.equal((await dispatch.categories.update(brandId, y.id, { name: "Z" })).key, "y");

    const kept = await dispatch.tags.create(brandId, { name: "kept" });
    const merged = await dispatch.tags.merge(brandId, kept.id, { sourceTagIds: [ticket.tagIds[0] ?? ""] });
    assert.deepEqual(merged.mergedTagIds, ticket.tagIds);
    assert.deepEqual(
      (await dispatch.tags.stats(brandId)).map((tag) => [tag.tagName, tag.count]),
      [["kept", 1]],
    );
    assert.equal((await dispatch.tags.update(brandId, kept.id, { name: "renamed" })).name, "renamed");
    assert.equal(await dispatch.tags.delete(brandId, kept.id), undefined);

    for (const key of ["plan", "seats"])
      await dispatch.fields.create(brandId, "company", { key, label: key, type: "text" });
    assert.deepEqual(
      (await dispatch.fields.reorder(brandId, "company", ["seats", "plan"])).map((field) => field.key),
      ["seats", "plan"],
    );
    assert.equal((await dispatch.fields.update(brandId, "company", "plan", { required: true })).required, true);
    await dispatch.fields.delete(brandId, "company", "seats");
    const all = await dispatch.fields.listAll(brandId);
    assert.deepEqual([all.company.map((field) => field.key), all.ticket], [["plan"], []]);
  });

  declare("The schema of a brand is kept, and the brand changed", async () => {
    const brand = await newBrand(dispatch);
    assert.equal(await dispatch.brands.getSchema(brand.id), null);
    const schema = { properties: { plan: { type: "string" } } };
    assert.deepEqual(await dispatch.brands.updateSchema(brand.id, schema), schema);
    assert.deepEqual(await dispatch.brands.getSchema(brand.id), schema);
    assert.equal((await dispatch.brands.update(brand.id, { name: "Renamed" })).name, "Renamed");
  });

  declare("The logs are read by page, by position and as CSV", async () => {
    const { id: brandId } = await newBrand(dispatch);
    const { position } = await dispatch.events.list(brandId, { after: "now" });
    const title = unique("=logged");
    const ticket = await dispatch.tickets.create(brandId, { title });
    await dispatch.tickets.update(brandId, ticket.id, { priority: "high" });
    const types: string[] = [];
    const part = (after: string | undefined) => dispatch.events.list(brandId, { after: after ?? position, limit: 1 });
    for await (const event of paginate(part)) types.push(event.type);
    assert.deepEqual(types, ["ticket.created", "ticket.updated"]);
    const page = await dispatch.logs.list(brandId, {
      event: ["ticket.created"],
      startDate: new Date(Date.now() - 3_600_000),
    });
    assert.deepEqual(
      page.data.map((entry) => entry.entityId),
      [ticket.id],
    );
    const csv = await dispatch.logs.csv(brandId, { entityId: ticket.id, order: "asc" });
    const [head, ...rows] = csv.trimEnd().split("\r\n");
    assert.match(head ?? "", /^createdAt,event,entityType,/);
    assert.deepEqual(
      rows.map((row) => row.split(",")[1]),
      ["ticket.created", "ticket.updated"],
    );
  });

  declare("The queue goes across brands", async () => {
    const [a, b] = [await newBrand(dispatch), await newBrand(dispatch)];
    for (const { id } of [a, b]) await dispatch.tickets.create(id, { title: "Q", customFields: { plan: "pro" } });
    const brandIds = [a.id, b.id];
    const page = await dispatch.queue.tickets({ brandIds, customFields: { plan: "pro" } });
    assert.deepEqual(page.data.map((ticket) => ticket.brand?.id).sort(), [...brandIds].sort());
    assert.equal((await dispatch.queue.count({ brandIds, status: "active" })).count, 2);
    assert.equal((await dispatch.queue.stats({ brandIds, days: 7 })).byBrand[a.id]?.open, 1);
    const trends = await dispatch.queue.trends({ brandIds, days: 7 });
    assert.equal(
      trends.data.reduce((sum, day) => sum + day.created, 0),
      2,
    );
  });

  declare("What the client does not know yet is reached by its route", async () => {
    const health = await dispatch.request<{ status: string }>("GET", "/health");
    assert.equal(health.status, "ok");
    await assert.rejects(dispatch.request("GET", "/no/such/route"), NotFoundError);
  });
}
