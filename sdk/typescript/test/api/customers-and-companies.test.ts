import assert from "node:assert/strict";
import { everyWay, newBrand, refused, unique } from "../support/ways.js";

everyWay(
  "Row 19: one address is one customer per brand: twice in one brand is a conflict, in two brands two customers",
  async ({ api }) => {
    const [a, b] = [await newBrand(api), await newBrand(api)];
    const body = { email: "Jane@Example.com", name: "Jane Doe", customFields: { tier: 2 }, metadata: { crm: "A-7" } };
    const ofA = await api.customers.create(a.id, body);
    assert.match(ofA.id, /^cus_[0-9a-z]{26}$/);
    const { email, name, customFields, metadata, notifyEmail, isBlocked } = ofA;
    assert.deepEqual(
      { email, name, customFields, metadata, notifyEmail, isBlocked },
      { ...body, email: "jane@example.com", notifyEmail: true, isBlocked: false },
    );
    await refused(api.customers.create(a.id, { email: " JANE@example.com " }), 409);
    const ofB = await api.customers.create(b.id, { email: "jane@example.com" });
    assert.notEqual(ofB.id, ofA.id);
    await api.customers.update(b.id, ofB.id, { name: "Jane Miller" });
    assert.deepEqual(await api.customers.get(a.id, ofA.id), ofA);
    for (const brand of [a, b]) assert.equal((await api.customers.list(brand.id)).data.length, 1);
    const other = await api.customers.create(a.id, { email: "li@example.com" });
    await refused(api.customers.update(a.id, other.id, { email: "jane@example.com" }), 409);
    await refused(api.customers.create(a.id, { email: "no address" }), 400, "email");
  },
);

everyWay("Row 21: all tickets of a company are in one place", async ({ api }) => {
  const brand = await newBrand(api);
  const domain = `${unique("example")}.test`;
  const early = await api.customers.create(brand.id, { email: `early@${domain}` });
  const company = await api.companies.create(brand.id, { name: "Example Co", domain });
  const write = (title: string, customerEmail: string) => api.tickets.create(brand.id, { title, customerEmail });
  const one = await write("By Jane", `jane@${domain}`);
  const two = await write("By an early one", early.email);
  await write("By a stranger", "stranger@elsewhere.test");
  const joined = await api.customers.create(brand.id, { email: "freelancer@elsewhere.test", company: "Example Co" });
  const three = await write("By a freelancer", joined.email);
  assert.deepEqual([one.companyId, one.customer?.company?.name], [company.id, "Example Co"]);

  const titles = async (query: object) =>
    (await api.companies.tickets(brand.id, company.id, query)).data.map((t) => t.title);
  assert.deepEqual(await titles({ sort: "title", order: "asc" }), ["By a freelancer", "By an early one", "By Jane"]);
  await api.tickets.update(brand.id, two.id, { status: "closed" });
  assert.deepEqual(await titles({ status: "inactive" }), ["By an early one"]);
  const sameByFilter = await api.tickets.list(brand.id, { companyId: company.id });
  assert.deepEqual(sameByFilter.data.map((t) => t.id).sort(), [one.id, two.id, three.id].sort());
  const counted = await api.companies.get(brand.id, company.id);
  assert.deepEqual([counted.customerCount, counted.ticketCount], [3, 3]);
  await refused(api.companies.create(brand.id, { name: "Twin", domain: domain.toUpperCase() }), 409);

  await api.companies.delete(brand.id, company.id);
  assert.deepEqual((await api.customers.get(brand.id, early.id)).company, null);
  assert.equal((await api.tickets.get(brand.id, one.id)).companyId, null);
});

everyWay(
  "Row 21: what a company's settings say applies to its new tickets, unless the request says otherwise, never to older ones",
  async ({ api }) => {
    const brand = await newBrand(api);
    const domain = `${unique("example")}.test`;
    const customerEmail = `jane@${domain}`;
    const company = await api.companies.create(brand.id, { name: "Example Co", domain });
    const older = await api.tickets.create(brand.id, { title: "Older", customerEmail });
    const category = await api.categories.create(brand.id, { name: "Key accounts" });
    const other = await api.categories.create(brand.id, { name: "Other" });
    const [vip, mine] = [
      await api.tags.create(brand.id, { name: "vip" }),
      await api.tags.create(brand.id, { name: "mine" }),
    ];
    const settings = {
      defaultPriority: "urgent" as const,
      defaultAssigneeEmail: "key-accounts@outside.test",
      defaultCategoryId: category.id,
      defaultTagIds: [vip.id],
      ownKey: { kept: true },
    };
    const changed = await api.companies.update(brand.id, company.id, { settings });
    assert.deepEqual(changed.settings, settings);

    const plain = await api.tickets.create(brand.id, { title: "New", customerEmail });
    assert.deepEqual(
      [plain.priority, plain.assigneeEmail, plain.categoryId, plain.tagIds],
      ["urgent", "key-accounts@outside.test", category.id, [vip.id]],
    );
    const own = {
      priority: "low" as const,
      assigneeEmail: "ana@outside.test",
      categoryId: other.id,
      tagIds: [mine.id],
    };
    const explicit = await api.tickets.create(brand.id, { title: "New", customerEmail, ...own });
    const { priority, assigneeEmail, categoryId, tagIds } = explicit;
    assert.deepEqual({ priority, assigneeEmail, categoryId, tagIds }, own);
    const stranger = await api.tickets.create(brand.id, { title: "New", customerEmail: "stranger@elsewhere.test" });
    assert.deepEqual([stranger.priority, stranger.categoryId, stranger.tagIds], ["normal", null, []]);
    const untouched = await api.tickets.get(brand.id, older.id);
    assert.deepEqual(
      [untouched.priority, untouched.categoryId, untouched.updatedAt],
      ["normal", null, older.updatedAt],
    );
    // @ts-expect-error: the types refuse it as well
    const wrong = api.companies.update(brand.id, company.id, { settings: { defaultPriority: "highest" } });
    await refused(wrong, 400, "settings.defaultPriority");
  },
);
