import assert from "node:assert/strict";
import { test } from "node:test";
import { ConflictError, NetworkError, RateLimitError, ServerError, ValidationError } from "../../src/errors.js";
import { Tickets } from "../../src/namespaces/tickets.js";
import type { ClientOptions, ResponseInfo } from "../../src/options.js";
import { Transport } from "../../src/transport.js";
import { problem, type Script, stub } from "../support/stub.js";
import { type TestWorld, testWorld } from "../support/world.js";

async function tickets(script: Script, more: Partial<ClientOptions> = {}, world: TestWorld = testWorld()) {
  const { baseUrl, asked } = await stub(script);
  const http = new Transport({ apiKey: "sk_test", baseUrl, ...more } as ClientOptions, world);
  return { tickets: new Tickets(http), asked, world };
}

for (const status of [429, 500, 502, 503, 504]) {
  test(`A request that is answered with ${status} is tried again`, async () => {
    const { tickets: api, asked, world } = await tickets([{ status, body: problem("x") }, { body: { id: "tkt_1" } }]);
    assert.equal((await api.get("br_1", "tkt_1")).id, "tkt_1");
    assert.equal(asked.length, 2);
    assert.deepEqual(world.slept, [1000]);
  });
}

for (const status of [400, 401, 403, 404, 409, 413, 415, 418, 501]) {
  test(`A request that is answered with ${status} is not tried again`, async () => {
    const { tickets: api, asked } = await tickets([{ status, body: problem("x") }]);
    await assert.rejects(api.get("br_1", "tkt_1"), { status });
    assert.equal(asked.length, 1);
  });
}

test("The waits double from one second up to thirty, and the last error is thrown when all retries are used up", async () => {
  const {
    tickets: api,
    asked,
    world,
  } = await tickets([{ status: 503, body: problem("unavailable") }], { maxRetries: 7 });
  await assert.rejects(api.get("br_1", "tkt_1"), ServerError);
  assert.deepEqual(world.slept, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  assert.equal(asked.length, 8);
});

test("There are three retries when nothing else is said, and none when it is said so", async () => {
  const usual = await tickets([{ status: 500, body: problem("server_error") }]);
  await assert.rejects(usual.tickets.get("br_1", "tkt_1"), ServerError);
  assert.equal(usual.asked.length, 4);
  const none = await tickets([{ status: 500, body: problem("server_error") }], { maxRetries: 0 });
  await assert.rejects(none.tickets.get("br_1", "tkt_1"), ServerError);
  assert.equal(none.asked.length, 1);
});

test("Chance makes a wait longer by a quarter at most", async () => {
  const world = testWorld({ random: () => 0.9999 });
  const { tickets: api } = await tickets([{ status: 500, body: problem("x") }, { body: {} }], {}, world);
  await api.get("br_1", "tkt_1");
  const [wait = 0] = world.slept;
  assert.ok(wait > 1249 && wait < 1250, String(wait));
});

test("Retry-After wins over the schedule, in seconds and as a date", async () => {
  const now = Date.parse("2026-01-02T03:04:05Z");
  const headers = (text: string) => ({ "retry-after": text });
  const script = [
    { status: 429, headers: headers("7"), body: problem("rate_limit_error") },
    { status: 503, headers: headers("Fri, 02 Jan 2026 03:05:00 GMT"), body: problem("unavailable") },
    { status: 503, headers: headers("soon"), body: problem("unavailable") },
    { body: {} },
  ];
  const { tickets: api, world } = await tickets(script, {}, testWorld({ now: () => now }));
  await api.get("br_1", "tkt_1");
  assert.deepEqual(world.slept, [7000, 55_000, 4000]);
});

test("A server that wants to be left alone for more than an hour is not asked again", async () => {
  const headers = { "retry-after": "3601" };
  const { tickets: api, asked } = await tickets([{ status: 429, headers, body: problem("rate_limit_error") }]);
  await assert.rejects(api.get("br_1", "tkt_1"), (error: unknown) => {
    assert.ok(error instanceof RateLimitError);
    assert.equal(error.retryAfter, 3601);
    return true;
  });
  assert.equal(asked.length, 1);
});

test("All tries of a create carry one idempotency key and the same bytes; another create has another key", async () => {
  const failing = { status: 502, body: "Bad Gateway" };
  const { tickets: api, asked } = await tickets([failing, failing, { status: 201, body: { id: "tkt_1" } }]);
  await api.create("br_1", { title: "Twice" });
  await api.create("br_1", { title: "Twice" });
  assert.deepEqual(
    asked.map((one) => one.headers["idempotency-key"]),
    ["key-1", "key-1", "key-1", "key-2"],
  );
  assert.equal(new Set(asked.map((one) => one.body)).size, 1);
});

test("The caller's own idempotency key is used, and reading sends none", async () => {
  const { tickets: api, asked } = await tickets([{ body: {} }]);
  await api.create("br_1", { title: "Mine" }, { idempotencyKey: "order-7" });
  await api.get("br_1", "tkt_1");
  await api.update("br_1", "tkt_1", { title: "New" });
  assert.deepEqual(
    asked.map((one) => one.headers["idempotency-key"]),
    ["order-7", undefined, undefined],
  );
});

test("A create whose first try is still being worked on is asked for again, other conflicts are not", async () => {
  const running = { status: 409, headers: { "retry-after": "1" }, body: problem("conflict") };
  const { tickets: api, asked, world } = await tickets([running, { status: 201, body: { id: "tkt_1" } }]);
  assert.equal((await api.create("br_1", { title: "Once" })).id, "tkt_1");
  assert.deepEqual([asked.length, world.slept], [2, [1000]]);
  const taken = await tickets([{ status: 409, body: problem("conflict") }]);
  await assert.rejects(taken.tickets.create("br_1", { title: "Once" }), ConflictError);
  assert.equal(taken.asked.length, 1);
});

test("A connection that breaks is tried again; when it always breaks, the error says what and why", async () => {
  const cut: Script = [(_asked, response) => response.destroy()];
  const { tickets: api, asked } = await tickets([...cut, { body: { id: "tkt_1" } }]);
  assert.equal((await api.get("br_1", "tkt_1")).id, "tkt_1");
  assert.equal(asked.length, 2);
  const never = await tickets(cut);
  await assert.rejects(never.tickets.get("br_1", "tkt_1"), (error: unknown) => {
    assert.ok(error instanceof NetworkError);
    assert.match(error.message, /^GET \/v1\/brands\/br_1\/tickets\/tkt_1 was not answered: ./);
    assert.deepEqual([error.code, error.status, error.requestId], ["network_error", 0, null]);
    assert.ok(error.cause instanceof Error);
    return true;
  });
  assert.equal(never.asked.length, 4);
});

test("An answer that breaks off in the middle is tried again", async () => {
  const half: Script = [
    (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
      response.write('{"id":', () => response.destroy());
    },
    { body: { id: "tkt_1" } },
  ];
  const { tickets: api, asked } = await tickets(half);
  assert.equal((await api.get("br_1", "tkt_1")).id, "tkt_1");
  assert.equal(asked.length, 2);
});

test("The hooks see each try with what came of it, and may add headers", async () => {
  const seen: ResponseInfo[] = [];
  const { tickets: api, asked } = await tickets(
    [{ status: 503, headers: { "x-request-id": "req_9" }, body: problem("unavailable") }, { body: {} }],
    {
      onRequest: async (request) => request.headers.set("X-Trace", `try ${request.attempt}`),
      onResponse: (response) => void seen.push(response),
    },
  );
  await api.get("br_1", "tkt_1");
  assert.deepEqual(
    asked.map((one) => one.headers["x-trace"]),
    ["try 1", "try 2"],
  );
  assert.deepEqual(
    seen.map((one) => [one.status, one.retryInMs, one.error?.code, one.request.method]),
    [
      [503, 1000, "unavailable", "GET"],
      [200, null, undefined, "GET"],
    ],
  );
  assert.equal(seen[0]?.headers?.get("x-request-id"), "req_9");
  assert.ok(seen.every((one) => one.durationMs >= 0 && one.request.url.endsWith("/brands/br_1/tickets/tkt_1")));
});

test("An error that a hook throws reaches the caller", async () => {
  const onRequest = () => {
    throw new Error("not today");
  };
  const { tickets: api, asked } = await tickets([{ body: {} }], { onRequest });
  await assert.rejects(api.get("br_1", "tkt_1"), /not today/);
  assert.equal(asked.length, 0);
});

test("What is refused names its fields", async () => {
  const errors = [{ field: "tagIds[1]", message: "unknown tag" }];
  const { tickets: api } = await tickets([{ status: 400, body: problem("validation_error", { errors }) }]);
  await assert.rejects(api.create("br_1", { title: "" }), (error: unknown) => {
    assert.ok(error instanceof ValidationError);
    assert.deepEqual(error.errors, errors);
    return true;
  });
});
