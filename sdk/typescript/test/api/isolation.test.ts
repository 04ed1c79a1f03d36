import assert from "node:assert/strict";
import type { Calls } from "../support/plain.js";
import { everyWay, newBrand, refusal, unique } from "../support/ways.js";

/** The ids of one thing of every kind. */
interface Things {
  ticket: string;
  comment: string;
  watcher: string;
  customer: string;
  company: string;
  status: string;
  category: string;
  tag: string;
  field: string;
}

async function oneOfEach(api: Calls, brandId: string): Promise<Things> {
  const ticket = (await api.tickets.create(brandId, { title: "Of A" })).id;
  return {
    ticket,
    comment: (await api.comments.create(brandId, ticket, { body: "Of A" })).id,
    watcher: (await api.watchers.add(brandId, ticket, { email: "boss@example.com" })).id,
    customer: (await api.customers.create(brandId, { email: `${unique("of-a")}@example.com` })).id,
    company: (await api.companies.create(brandId, { name: "Of A" })).id,
    status: (await api.statuses.create(brandId, { name: "Of A", key: "of_a" })).id,
    category: (await api.categories.create(brandId, { name: "Of A" })).id,
    tag: (await api.tags.create(brandId, { name: "Of A" })).id,
    field: (await api.fields.create(brandId, "ticket", { key: "ofA", label: "Of A", type: "text" })).key,
  };
}

/** The ids of nothing. */
const NOTHING: Things = {
  ticket: "tkt_0000000000000000000000000x",
  comment: "cmt_0000000000000000000000000x",
  watcher: "wat_0000000000000000000000000x",
  customer: "cus_0000000000000000000000000x",
  company: "co_0000000000000000000000000x",
  status: "sts_0000000000000000000000000x",
  category: "cat_0000000000000000000000000x",
  tag: "tag_0000000000000000000000000x",
  field: "nothing",
};

/** Every call that names one thing in its path. */
function calls(api: Calls, brand: string, ids: Things): Record<string, () => Promise<unknown>> {
  const { ticket, comment, watcher, customer, company, status, category, tag, field } = ids;
  return {
    "tickets.get": () => api.tickets.get(brand, ticket),
    "tickets.update": () => api.tickets.update(brand, ticket, { title: "Taken" }),
    "tickets.setSpam": () => api.tickets.setSpam(brand, ticket, { isSpam: true }),
    "tickets.activity": () => api.tickets.activity(brand, ticket),
    "tickets.logs": () => api.tickets.logs(brand, ticket),
    "comments.create": () => api.comments.create(brand, ticket, { body: "Taken" }),
    "comments.list": () => api.comments.list(brand, ticket),
    "comments.get": () => api.comments.get(brand, ticket, comment),
    "comments.update": () => api.comments.update(brand, ticket, comment, { body: "Taken" }),
    "comments.delete": () => api.comments.delete(brand, ticket, comment),
    "watchers.add": () => api.watchers.add(brand, ticket, { email: "thief@example.com" }),
    "watchers.list": () => api.watchers.list(brand, ticket),
    "watchers.update": () => api.watchers.update(brand, ticket, watcher, { notifyOnComment: false }),
    "watchers.remove": () => api.watchers.remove(brand, ticket, watcher),
    "customers.get": () => api.customers.get(brand, customer),
    "customers.update": () => api.customers.update(brand, customer, { name: "Taken" }),
    "customers.delete": () => api.customers.delete(brand, customer),
    "customers.erase": () => api.customers.erase(brand, customer),
    "companies.get": () => api.companies.get(brand, company),
    "companies.update": () => api.companies.update(brand, company, { name: "Taken" }),
    "companies.tickets": () => api.companies.tickets(brand, company),
    "companies.delete": () => api.companies.delete(brand, company),
    "statuses.get": () => api.statuses.get(brand, status),
    "statuses.update": () => api.statuses.update(brand, status, { name: "Taken" }),
    "statuses.delete": () => api.statuses.delete(brand, status),
    "categories.get": () => api.categories.get(brand, category),
    "categories.update": () => api.categories.update(brand, category, { name: "Taken" }),
    "categories.delete": () => api.categories.delete(brand, category),
    "tags.get": () => api.tags.get(brand, tag),
    "tags.update": () => api.tags.update(brand, tag, { name: "Taken" }),
    "tags.delete": () => api.tags.delete(brand, tag),
    "fields.update": () => api.fields.update(brand, "ticket", field, { label: "Taken" }),
    "fields.delete": () => api.fields.delete(brand, "ticket", field),
    "tickets.delete": () => api.tickets.delete(brand, ticket),
  };
}

/** Every call on a brand as a whole. */
function callsOnBrand(api: Calls, brand: string): Record<string, () => Promise<unknown>> {
  return {
    "brands.get": () => api.brands.get(brand),
    "brands.update": () => api.brands.update(brand, { name: "Taken" }),
    "tickets.create": () => api.tickets.create(brand, { title: "Taken" }),
    "tickets.list": () => api.tickets.list(brand),
    "tickets.count": () => api.tickets.count(brand),
    "tickets.bulk": () => api.tickets.bulk(brand, { action: "delete", ticketIds: ["DT-1001"] }),
    "customers.create": () => api.customers.create(brand, { email: "thief@example.com" }),
    "customers.list": () => api.customers.list(brand),
    "customers.search": () => api.customers.search(brand, { q: "of" }),
    "companies.create": () => api.companies.create(brand, { name: "Taken" }),
    "companies.list": () => api.companies.list(brand),
    "statuses.create": () => api.statuses.create(brand, { name: "Taken", key: "taken" }),
    "statuses.list": () => api.statuses.list(brand),
    "statuses.stats": () => api.statuses.stats(brand),
    "categories.create": () => api.categories.create(brand, { name: "Taken" }),
    "categories.list": () => api.categories.list(brand),
    "tags.create": () => api.tags.create(brand, { name: "Taken" }),
    "tags.list": () => api.tags.list(brand),
    "fields.create": () => api.fields.create(brand, "ticket", { key: "taken", label: "Taken", type: "text" }),
    "fields.list": () => api.fields.list(brand, "ticket"),
    "events.list": () => api.events.list(brand),
    "logs.list": () => api.logs.list(brand),
  };
}

everyWay(
  "Row 16: what belongs to brand A is not found under the path of brand B, like what never existed",
  async ({ api }) => {
    const [a, b] = [await newBrand(api), await newBrand(api)];
    const ofA = await oneOfEach(api, a.id);
    const before = await api.events.list(b.id, { after: "now" });
    const never = calls(api, b.id, NOTHING);
    for (const [name, call] of Object.entries(calls(api, b.id, ofA))) {
      const found = await refusal(call());
      assert.deepEqual([name, found.status, found.code], [name, 404, "not_found"]);
      assert.deepEqual(found, await refusal((never[name] as typeof call)()), name);
    }
    assert.deepEqual((await api.events.list(b.id, { after: "now" })).position, before.position);
    // Nothing happened to any of it: each call works where it belongs, in an order in which deletions come last.
    for (const [name, call] of Object.entries(calls(api, a.id, ofA))) {
      await call().catch((error: unknown) => assert.fail(`${name} in its own brand: ${error}`));
    }
  },
);

everyWay("Row 16: a key of brand B finds nothing of brand A, in any path", async ({ api, as }) => {
  const [a, b] = [await newBrand(api), await newBrand(api)];
  const ofA = await oneOfEach(api, a.id);
  const ofB = (await api.tickets.create(b.id, { title: "Of B" })).id;
  const key = as((await api.apiKeys.create({ name: "B", brandIds: [b.id] })).key ?? "");
  const end = (await api.events.list(a.id, { after: "now" })).position;

  const never = {
    ...calls(key, "br_0000000000000000000000000x", ofA),
    ...callsOnBrand(key, "br_0000000000000000000000000x"),
  };
  for (const [name, call] of Object.entries({ ...calls(key, a.id, ofA), ...callsOnBrand(key, a.id) })) {
    const found = await refusal(call());
    assert.deepEqual([name, found.status, found.code], [name, 404, "not_found"]);
    assert.deepEqual(found, await refusal((never[name] as typeof call)()), name);
  }
  assert.equal((await api.events.list(a.id, { after: "now" })).position, end);

  assert.deepEqual(
    (await key.brands.list()).map((brand) => brand.id),
    [b.id],
  );
  assert.deepEqual(
    (await key.tickets.list(b.id)).data.map((ticket) => ticket.id),
    [ofB],
  );
  assert.deepEqual(
    (await key.queue.tickets()).data.map((ticket) => ticket.id),
    [ofB],
  );
  assert.deepEqual((await key.queue.tickets({ brandIds: [a.id] })).data, []);
  assert.deepEqual(Object.keys((await key.queue.stats()).byBrand), [b.id]);
});

everyWay(
  "Row 16: in a body, what belongs to another brand is refused with 400, like an unknown id",
  async ({ api }) => {
    const [a, b] = [await newBrand(api), await newBrand(api)];
    const ofA = await oneOfEach(api, a.id);
    const ofB = await oneOfEach(api, b.id);
    const bodies: Record<string, (ids: Things) => [string, Promise<unknown>]> = {
      "a ticket's category": (ids) => [
        "categoryId",
        api.tickets.create(b.id, { title: "T", categoryId: ids.category }),
      ],
      "a ticket's tags": (ids) => ["tagIds[1]", api.tickets.create(b.id, { title: "T", tagIds: [ofB.tag, ids.tag] })],
      "a ticket's customer": (ids) => [
        "customerId",
        api.tickets.create(b.id, { title: "T", customerId: ids.customer }),
      ],
      "a ticket's status": (ids) => ["statusId", api.tickets.create(b.id, { title: "T", statusId: ids.status })],
      "a changed category": (ids) => ["categoryId", api.tickets.update(b.id, ofB.ticket, { categoryId: ids.category })],
      "a changed status": (ids) => ["status", api.tickets.update(b.id, ofB.ticket, { status: ids.status })],
      "added tags": (ids) => ["addTagIds[0]", api.tickets.update(b.id, ofB.ticket, { addTagIds: [ids.tag] })],
      "merged tickets": (ids) => [
        "sourceTicketIds[0]",
        api.tickets.merge(b.id, ofB.ticket, { sourceTicketIds: [ids.ticket] }),
      ],
      "an answered comment": (ids) => [
        "parentId",
        api.comments.create(b.id, ofB.ticket, { body: "x", parentId: ids.comment }),
      ],
      "a status set by a comment": (ids) => [
        "setStatus",
        api.comments.create(b.id, ofB.ticket, { body: "x", setStatus: ids.status }),
      ],
      "a customer's company": (ids) => [
        "companyId",
        api.customers.update(b.id, ofB.customer, { companyId: ids.company }),
      ],
      "a company's settings": (ids) => [
        "settings.defaultCategoryId",
        api.companies.update(b.id, ofB.company, { settings: { defaultCategoryId: ids.category } }),
      ],
      "merged tags": (ids) => ["sourceTagIds[0]", api.tags.merge(b.id, ofB.tag, { sourceTagIds: [ids.tag] })],
      "a replacing status": (ids) => [
        "replacementStatusId",
        api.statuses.delete(b.id, ofB.status, { replacementStatusId: ids.status }),
      ],
      "a replacing category": (ids) => [
        "replacementCategoryId",
        api.categories.delete(b.id, ofB.category, { replacementCategoryId: ids.category }),
      ],
    };
    for (const [name, call] of Object.entries(bodies)) {
      const [field, foreign] = call(ofA);
      const found = await refusal(foreign);
      assert.deepEqual([name, found.status, found.errors.map((error) => error.field)], [name, 400, [field]]);
      assert.deepEqual(found, await refusal(call(NOTHING)[1]), name);
    }
    const report = await api.tickets.bulk(b.id, { action: "delete", ticketIds: [ofA.ticket, NOTHING.ticket] });
    assert.deepEqual(
      report.results.map((result) => [result.ok, result.code]),
      [
        [false, "not_found"],
        [false, "not_found"],
      ],
    );
    assert.equal((await api.tickets.get(a.id, ofA.ticket)).title, "Of A");
  },
);

everyWay("Row 16: filters and searches of brand B find nothing of brand A", async ({ api }) => {
  const [a, b] = [await newBrand(api), await newBrand(api)];
  const word = unique("secret").replaceAll("-", "");
  const category = await api.categories.create(a.id, { name: "Of A" });
  const tag = await api.tags.create(a.id, { name: "Of A" });
  const ofA = { title: word, customerEmail: `${word}@example.com`, customerName: word, sourceId: word };
  const ticket = await api.tickets.create(a.id, { ...ofA, categoryId: category.id, tagIds: [tag.id] });
  await api.tickets.create(b.id, { title: "Of B" });
  const filters = [
    { search: word },
    { sourceId: word },
    { customerEmail: `${word}@example.com` },
    { customerId: ticket.customerId ?? "" },
    { categoryId: category.id },
    { tagIds: [tag.id] },
  ];
  for (const filter of filters) {
    assert.equal((await api.tickets.list(a.id, filter)).data.length, 1, JSON.stringify(filter));
    const found = await api.tickets.list(b.id, filter).then(
      (page) => page.data,
      (error: { status: number }) => error.status,
    );
    assert.ok(
      found === 400 || (Array.isArray(found) && found.length === 0),
      `${JSON.stringify(filter)}: ${JSON.stringify(found)}`,
    );
  }
  assert.deepEqual(await api.customers.search(b.id, { q: word }), []);
  assert.deepEqual((await api.customers.list(b.id, { search: word })).data, []);
  const events = await api.events.list(b.id);
  assert.ok(!JSON.stringify(events.data).includes(word));
});
