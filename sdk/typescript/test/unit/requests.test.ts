import assert from "node:assert/strict";
import { test } from "node:test";
import { DispatchTickets } from "@dispatch-server/client";
import type { ClientOptions, LongList } from "@dispatch-server/client";
import { paginate } from "@dispatch-server/client";
import { stub, type Script } from "../support/stub.js";

async function client(script: Script = [{ body: {} }], more: object = { apiKey: "sk_test" }) {
  const { baseUrl, asked } = await stub(script);
  return { dispatch: new DispatchTickets({ baseUrl, ...more } as ClientOptions), asked };
}

test("A request carries the key, says what it reads, and has a type only when it has a body", async () => {
  const { dispatch, asked } = await client();
  await dispatch.brands.get("br_1");
  await dispatch.brands.create({ name: "Zürich" });
  const [read, write] = asked;
  assert.equal(read?.headers.authorization, "Bearer sk_test");
  assert.equal(read?.headers.accept, "application/json");
  assert.equal(read?.headers["content-type"], undefined);
  assert.equal(write?.headers["content-type"], "application/json");
  assert.equal(write?.body, '{"name":"Zürich"}');
});

test("A key with a line break behind it, as files have it, works; one that cannot be one is refused and not shown", () => {
  const baseUrl = "https://desk.example.com/v1";
  assert.ok(new DispatchTickets({ apiKey: "sk_live_1\n", baseUrl }));
  for (const apiKey of ["", "  ", "sk\nlive", "schlüssel"]) {
    assert.throws(
      () => new DispatchTickets({ apiKey, baseUrl }),
      (error: unknown) => {
        assert.ok(error instanceof TypeError);
        assert.equal(error.message, "apiKey is empty or has characters that no key has.");
        return true;
      },
    );
  }
});

test("Either a key or a session is needed, and an address that ends in /v1", () => {
  const baseUrl = "https://desk.example.com/v1";
  const both = { apiKey: "sk", csrfToken: () => "t", baseUrl } as unknown as ClientOptions;
  for (const options of [both, { baseUrl } as unknown as ClientOptions]) {
    assert.throws(() => new DispatchTickets(options), /either apiKey .* or csrfToken/);
  }
  for (const wrong of ["https://desk.example.com", "", "http://[desk/v1", undefined as unknown as string]) {
    assert.throws(() => new DispatchTickets({ apiKey: "sk", baseUrl: wrong }), /baseUrl has to be .* ends in \/v1/);
  }
});

test("Slashes behind the address do not matter", async () => {
  const { baseUrl, asked } = await stub([{ body: [] }]);
  await new DispatchTickets({ apiKey: "sk_test", baseUrl: `${baseUrl}//` }).brands.list();
  assert.equal(asked[0]?.url, "/v1/brands");
});

test("On a session's cookie every write carries the CSRF token of that moment, and reading none", async () => {
  let token = 0;
  const { dispatch, asked } = await client([{ body: {} }], { csrfToken: () => `csrf-${++token}` });
  await dispatch.brands.get("br_1");
  await dispatch.brands.update("br_1", { name: "A" });
  await dispatch.tags.delete("br_1", "tag_1").catch(() => undefined);
  assert.deepEqual(
    asked.map((one) => one.headers["x-csrf-token"]),
    [undefined, "csrf-1", "csrf-2"],
  );
  assert.ok(asked.every((one) => one.headers.authorization === undefined));
});

test("Headers of a call come to those of the client, or replace them", async () => {
  const { dispatch, asked } = await client();
  await dispatch.brands.get("br_1", { headers: { "X-Trace": "7", Authorization: "Bearer other" } });
  assert.deepEqual([asked[0]?.headers["x-trace"], asked[0]?.headers.authorization], ["7", "Bearer other"]);
});

test("A fetch of the caller's own is used", async () => {
  const urls: string[] = [];
  const mine: typeof fetch = async (input) => {
    urls.push(String(input));
    return Response.json([{ id: "br_1" }]);
  };
  const dispatch = new DispatchTickets({ apiKey: "sk", baseUrl: "https://desk.example.com/v1", fetch: mine });
  assert.equal((await dispatch.brands.list())[0]?.id, "br_1");
  assert.deepEqual(urls, ["https://desk.example.com/v1/brands"]);
});

test("Ids are written so that they stay one part of the path", async () => {
  const { dispatch, asked } = await client();
  await dispatch.tickets.get("br_1", "a/b?c#d %é");
  assert.equal(asked[0]?.url, "/v1/brands/br_1/tickets/a%2Fb%3Fc%23d%20%25%C3%A9");
});

test("An id that is empty, missing or made of dots would name something else, and is refused before it is sent", async () => {
  const { dispatch, asked } = await client();
  for (const id of ["", ".", "..", undefined, null, 7] as string[]) {
    await assert.rejects(dispatch.tickets.get("br_1", id), (error: unknown) => {
      assert.ok(error instanceof TypeError);
      assert.equal(error.message, `Id number 2 of /brands/{id}/tickets/{id} is ${JSON.stringify(id)}, not an id.`);
      return true;
    });
  }
  assert.equal(asked.length, 0);
});

test("Queries: lists are joined, dates are written in UTC, signs are escaped, what is not given is left out", async () => {
  const { dispatch, asked } = await client();
  await dispatch.tickets.list("br_1", {
    status: ["open", "in progress"],
    tagIds: "tag_1,tag_2",
    search: "a&b=c+d é",
    createdAfter: new Date("2026-01-02T03:04:05+01:00"),
    dueBefore: "2026-02-01",
    overdue: false,
    limit: 5,
    priority: undefined,
    cursor: null,
    assigneeId: null,
    categoryId: null,
    customFields: { plan: "pro & more", seats: 12, "a=b": true },
  });
  assert.equal(
    asked[0]?.url,
    "/v1/brands/br_1/tickets?status=open,in%20progress&tagIds=tag_1%2Ctag_2&search=a%26b%3Dc%2Bd%20%C3%A9" +
      "&createdAfter=2026-01-02T02%3A04%3A05.000Z&dueBefore=2026-02-01&overdue=false&limit=5" +
      "&assigneeId=null&categoryId=null&customFields.plan=pro%20%26%20more&customFields.seats=12&customFields.a%3Db=true",
  );
});

test("An empty list is refused: without its values a filter would find everything instead of nothing", async () => {
  const { dispatch, asked } = await client();
  await assert.rejects(dispatch.tickets.list("br_1", { tagIds: [] }), /tagIds .* leave it out for no filter/);
  await assert.rejects(dispatch.queue.count({ brandIds: [""] }), /brandIds .* leave it out for no filter/);
  assert.equal(asked.length, 0);
});

test("The order of statuses, categories and fields may be given as the list alone", async () => {
  const { dispatch, asked } = await client();
  await dispatch.statuses.reorder("br_1", ["open", "closed"]);
  await dispatch.statuses.reorder("br_1", { statusIds: ["open", "closed"] });
  await dispatch.categories.reorder("br_1", ["cat_1"]);
  await dispatch.fields.reorder("br_1", "ticket", ["plan"]);
  assert.deepEqual(
    asked.map((one) => one.body),
    [
      '{"statusIds":["open","closed"]}',
      '{"statusIds":["open","closed"]}',
      '{"categoryIds":["cat_1"]}',
      '{"keys":["plan"]}',
    ],
  );
});

test("The escape hatch reaches any route, with query, body and options", async () => {
  const { dispatch, asked } = await client([{ body: { done: true } }]);
  const reply = await dispatch.request<{ done: boolean }>(
    "POST",
    "/brands/br_1/views",
    { query: { dry: true, ids: ["a", "b"] }, body: { name: "Mine" } },
    { idempotencyKey: "k" },
  );
  assert.equal(reply.done, true);
  const [one] = asked;
  assert.deepEqual(
    [one?.method, one?.url, one?.body, one?.headers["idempotency-key"]],
    ["POST", "/v1/brands/br_1/views?dry=true&ids=a,b", '{"name":"Mine"}', "k"],
  );
});

test("listAll goes through all pages with the same filters, and asks for a page only when it is needed", async () => {
  const page = (ids: string[], next: string | null) => ({
    body: { data: ids.map((id) => ({ id })), pagination: { hasMore: next !== null, cursor: next, nextCursor: next } },
  });
  const { dispatch, asked } = await client([page(["a", "b"], "c 1"), page([], "c2"), page(["c"], null)]);
  const seen: string[] = [];
  const asks: number[] = [];
  for await (const ticket of dispatch.tickets.listAll("br_1", { status: "active" })) {
    seen.push(ticket.id);
    asks.push(asked.length);
  }
  assert.deepEqual(
    [seen, asks],
    [
      ["a", "b", "c"],
      [1, 1, 3],
    ],
  );
  assert.deepEqual(
    asked.map((one) => one.url.split("?")[1]),
    ["limit=100&status=active", "limit=100&status=active&cursor=c%201", "limit=100&status=active&cursor=c2"],
  );
});

test("listAll may be left early, and keeps to the size of a page and the options that are given", async () => {
  const { dispatch, asked } = await client([
    { body: { data: [{ id: "a" }], pagination: { hasMore: true, cursor: "n", nextCursor: "n" } } },
  ]);
  const options = { headers: { "X-Trace": "all" } };
  for await (const _customer of dispatch.customers.listAll("br_1", { limit: 7 }, options)) break;
  assert.equal(asked.length, 1);
  assert.match(asked[0]?.url ?? "", /\?limit=7$/);
  assert.equal(asked[0]?.headers["x-trace"], "all");
});

test("A long list says in a header where it goes on, and can be gone through like pages", async () => {
  const { dispatch, asked } = await client([
    { headers: { "x-next-cursor": "more" }, body: [{ id: "cmt_1" }] },
    { body: [{ id: "cmt_2" }] },
  ]);
  const first: LongList<{ id: string }> = await dispatch.comments.list("br_1", "tkt_1");
  assert.equal(first.nextCursor, "more");
  assert.deepEqual(JSON.parse(JSON.stringify(first)), [{ id: "cmt_1" }]);
  const rest = await dispatch.comments.list("br_1", "tkt_1", { cursor: first.nextCursor });
  assert.equal(rest.nextCursor, null);

  asked.length = 0;
  const seen: string[] = [];
  for await (const comment of paginate((cursor) => dispatch.comments.list("br_1", "tkt_1", { cursor })))
    seen.push(comment.id);
  assert.deepEqual(seen, ["cmt_1", "cmt_2"]);
  assert.deepEqual(
    asked.map((one) => one.url.split("?")[1]),
    [undefined, "cursor=more"],
  );
});

test("The log of events is gone through by positions", async () => {
  const page = (id: string, hasMore: boolean) => ({
    body: { data: [{ id }], pagination: { hasMore, cursor: null, nextCursor: hasMore ? "1" : null }, position: "1" },
  });
  const { dispatch, asked } = await client([page("evt_1", true), page("evt_2", false)]);
  const seen: string[] = [];
  for await (const event of paginate((after) => dispatch.events.list("br_1", { after }))) seen.push(event.id);
  assert.deepEqual([seen, asked[1]?.url], [["evt_1", "evt_2"], "/v1/brands/br_1/events?after=1"]);
});
