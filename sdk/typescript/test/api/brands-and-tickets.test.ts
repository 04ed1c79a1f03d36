import assert from "node:assert/strict";
import { endOfLog, everyWay, eventsOf, newBrand, refused, unique } from "../support/ways.js";

everyWay(
  "Row 1: a new brand has an id that begins with br_, its slug in its address, and the four system statuses",
  async ({ api }) => {
    const slug = unique("acme");
    const brand = await api.brands.create({ name: "Acme Support", slug });
    assert.match(brand.id, /^br_[0-9a-z]{26}$/);
    assert.deepEqual([brand.name, brand.slug, brand.inboundAddress.split("@")[0]], ["Acme Support", slug, slug]);
    const statuses = await api.statuses.list(brand.id);
    assert.deepEqual(
      statuses.map((status) => [status.name, status.key, status.color, status.isSystem, status.isActive]),
      [
        ["Open", "open", "#3b82f6", true, true],
        ["Pending", "pending", "#f59e0b", true, true],
        ["Resolved", "resolved", "#22c55e", true, false],
        ["Closed", "closed", "#22c55e", true, false],
      ],
    );
    assert.deepEqual(await api.brands.get(brand.id), brand);
    assert.ok((await api.brands.list()).some((one) => one.id === brand.id));
    const [first] = await eventsOf(api, brand.id);
    assert.deepEqual([first?.type, first?.sequence, first?.entityId], ["brand.created", 1, brand.id]);
    await refused(api.brands.create({ name: "Another", slug }), 409);
  },
);

everyWay(
  "Row 2: a ticket gets a number, the status open, its customer, and the custom fields as they were given",
  async ({ api }) => {
    const brand = await newBrand(api);
    const customFields = { orderId: "ORD-12345", plan: "enterprise", nested: { list: [1, null, "zwei"] } };
    const body = { title: "Cannot access my account", customerEmail: "Jane@Example.com", customerName: "Jane Doe" };
    const after = await endOfLog(api, brand.id);
    const ticket = await api.tickets.create(brand.id, { ...body, priority: "high", source: "email", customFields });
    assert.match(ticket.id, /^tkt_[0-9a-z]{26}$/);
    assert.match(ticket.ticketNumber, /^DT-\d+$/);
    assert.deepEqual([ticket.ticketNumber, ticket.brandId], [`DT-${ticket.number}`, brand.id]);
    assert.deepEqual(
      [ticket.title, ticket.status, ticket.priority, ticket.source],
      [body.title, "open", "high", "email"],
    );
    assert.deepEqual(ticket.customFields, customFields);
    assert.deepEqual([ticket.customer?.email, ticket.customer?.name], ["jane@example.com", "Jane Doe"]);
    assert.equal(ticket.customerId, ticket.customer?.id);
    assert.deepEqual(await api.tickets.get(brand.id, ticket.id), ticket);
    assert.deepEqual(await api.tickets.get(brand.id, ticket.ticketNumber.toLowerCase()), ticket);
    const events = await eventsOf(api, brand.id, after);
    assert.deepEqual(
      events.map((event) => event.type),
      ["customer.created", "ticket.created"],
    );
    const created = events[1];
    assert.ok(created?.type === "ticket.created");
    assert.deepEqual([created.data.id, created.data.ticketNumber], [ticket.id, ticket.ticketNumber]);
    assert.deepEqual(created.data.ticket, ticket);
  },
);

everyWay(
  "Row 4: a new address becomes a customer with that name, and a second ticket finds it again",
  async ({ api }) => {
    const brand = await newBrand(api);
    const customerEmail = "new.customer@example.com";
    const first = await api.tickets.create(brand.id, {
      title: "Billing question",
      customerEmail,
      customerName: "New Customer",
    });
    const customer = await api.customers.get(brand.id, first.customerId ?? "");
    assert.deepEqual([customer.email, customer.name], [customerEmail, "New Customer"]);
    const after = await endOfLog(api, brand.id);
    const second = await api.tickets.create(brand.id, {
      title: "Another question",
      customerEmail: " New.Customer@Example.COM ",
      customerName: "Somebody Else",
    });
    assert.equal(second.customerId, customer.id);
    assert.equal(second.customerName, "New Customer");
    assert.deepEqual(
      (await eventsOf(api, brand.id, after)).map((event) => event.type),
      ["ticket.created"],
    );
    const all = await api.customers.list(brand.id);
    assert.deepEqual(
      all.data.map((one) => [one.email, one.ticketCount]),
      [[customerEmail, 2]],
    );
  },
);

everyWay("Row 5: a ticket has the one category and both of the tags that it was created with", async ({ api }) => {
  const brand = await newBrand(api);
  const billing = await api.categories.create(brand.id, { name: "Billing" });
  const feature = await api.tags.create(brand.id, { name: "feature" });
  const enterprise = await api.tags.create(brand.id, { name: "enterprise" });
  const ticket = await api.tickets.create(brand.id, {
    title: "Feature request: Dark mode",
    customerEmail: "jane@example.com",
    categoryId: billing.id,
    tagIds: [feature.id, enterprise.id],
  });
  assert.deepEqual([ticket.categoryId, ticket.category], [billing.id, billing]);
  assert.deepEqual(ticket.tags, [enterprise, feature]);
  assert.deepEqual(ticket.tagIds, [enterprise.id, feature.id]);
  const both = { categoryId: billing.id, tagIds: [feature.id, enterprise.id], tagMatch: "all" as const };
  assert.deepEqual(
    (await api.tickets.list(brand.id, both)).data.map((one) => one.id),
    [ticket.id],
  );
});

everyWay(
  "Row 3: a comment by staff has the values that it was written with, and is the ticket's first answer",
  async ({ api }) => {
    const brand = await newBrand(api);
    const ticket = await api.tickets.create(brand.id, { title: "Help", customerEmail: "jane@example.com" });
    assert.equal(ticket.firstResponseAt, null);
    const body = {
      body: "Thanks for reaching out! Let me look into this.",
      authorType: "STAFF" as const,
      authorName: "Support Team",
      authorEmail: "support@acme.example",
    };
    const after = await endOfLog(api, brand.id);
    const comment = await api.comments.create(brand.id, ticket.id, body);
    const { body: text, authorType, authorName, authorEmail } = comment;
    assert.deepEqual({ body: text, authorType, authorName, authorEmail }, body);
    assert.match(comment.id, /^cmt_[0-9a-z]{26}$/);
    assert.deepEqual([comment.ticketId, comment.parentId, comment.isInternal], [ticket.id, null, false]);
    assert.deepEqual([...(await api.comments.list(brand.id, ticket.id))], [comment]);
    assert.deepEqual((await api.comments.get(brand.id, ticket.id, comment.id)).replies, []);
    const answered = await api.tickets.get(brand.id, ticket.id);
    assert.deepEqual(
      [answered.firstResponseAt, answered.commentCount, answered.status],
      [comment.createdAt, 1, "open"],
    );
    const [event, ...others] = await eventsOf(api, brand.id, after);
    assert.ok(event?.type === "comment.created");
    assert.deepEqual([event.event, event.ticketId, others], ["ticket.comment.created", ticket.id, []]);
    assert.deepEqual([event.data.comment, event.data.ticket.id], [comment, ticket.id]);
    const activity = await api.tickets.activity(brand.id, ticket.id);
    assert.deepEqual([activity.data[0]?.type, activity.data[0]?.commentId], ["comment.created", comment.id]);
  },
);

everyWay(
  "Row 25: where a ticket comes from is kept as it was given, and cannot be changed afterwards",
  async ({ api }) => {
    const brand = await newBrand(api);
    const sourceData = { from: "+4912345", parts: [{ index: 0, text: "Hilfe 🙏" }], raw: null, "a.b": 1.5 };
    const origin = { source: "sms", sourceId: " SM/0123456789:abc ", sourceData };
    const ticket = await api.tickets.create(brand.id, { title: "By text message", ...origin });
    const later = await api.tickets.update(brand.id, ticket.id, {
      title: "Renamed",
      source: "api",
      sourceId: "x",
    } as object);
    for (const one of [ticket, later, await api.tickets.get(brand.id, ticket.id)]) {
      const { source, sourceId, sourceData: data } = one;
      assert.deepEqual({ source, sourceId, sourceData: data }, origin);
    }
    const found = await api.tickets.list(brand.id, { source: ["sms", "web"], sourceId: origin.sourceId });
    assert.deepEqual(
      found.data.map((one) => one.id),
      [ticket.id],
    );
    await refused(api.tickets.create(brand.id, { title: "Bad", source: "Text Message" }), 400, "source");
  },
);
