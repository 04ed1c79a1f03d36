import assert from "node:assert/strict";
import { test } from "node:test";
import { TimeoutError } from "../../src/errors.js";
import { Transport } from "../../src/transport.js";
import { SYSTEM } from "../../src/world.js";
import { problem, type Script, stub } from "../support/stub.js";
import { testWorld } from "../support/world.js";

const never: Script = [() => undefined];

test("A try that takes too long is given up and made again, and the last one is a TimeoutError", async () => {
  let arrived = () => undefined as unknown;
  const { baseUrl, asked } = await stub([() => arrived()]);
  const world = testWorld();
  arrived = () => world.expire();
  const http = new Transport({ apiKey: "sk_test", baseUrl, timeout: 1234 }, world);
  await assert.rejects(http.send("GET", "/brands"), (error: unknown) => {
    assert.ok(error instanceof TimeoutError);
    assert.equal(error.message, "GET /v1/brands was not answered within 1234 ms.");
    assert.deepEqual([error.code, error.status], ["timeout_error", 0]);
    return true;
  });
  assert.equal(asked.length, 4);
  assert.deepEqual(world.slept, [1000, 2000, 4000]);
  assert.deepEqual(world.limits, [1234, 1234, 1234, 1234]);
});

test("The time limit counts until the end of the body", async () => {
  const world = testWorld();
  const slow: Script = [
    (_asked, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write("[", () => world.expire());
    },
  ];
  const { baseUrl } = await stub(slow);
  const http = new Transport({ apiKey: "sk_test", baseUrl, maxRetries: 0 }, world);
  await assert.rejects(http.send("GET", "/brands"), TimeoutError);
});

test("A try may take thirty seconds when nothing else is said, or what the call says", async () => {
  const world = testWorld();
  const { baseUrl } = await stub([{ body: [] }]);
  const http = new Transport({ apiKey: "sk_test", baseUrl }, world);
  await http.send("GET", "/brands");
  await http.send("GET", "/brands", { options: { timeout: 50 } });
  assert.deepEqual(world.limits, [30_000, 50]);
});

test("The real time limit ends a try, and none is set when it is longer than a timer can be", async () => {
  const { baseUrl } = await stub(never);
  const http = new Transport({ apiKey: "sk_test", baseUrl, maxRetries: 0, timeout: 1 });
  await assert.rejects(http.send("GET", "/brands"), TimeoutError);
  const answering = await stub([{ body: [1] }]);
  const patient = new Transport({ apiKey: "sk_test", baseUrl: answering.baseUrl, timeout: Number.POSITIVE_INFINITY });
  assert.deepEqual(await patient.send("GET", "/brands"), [1]);
});

test("A call that is aborted while it waits for an answer rejects with the signal's reason and is not made again", async () => {
  const controller = new AbortController();
  const { baseUrl, asked } = await stub([() => controller.abort(new Error("changed my mind"))]);
  const http = new Transport({ apiKey: "sk_test", baseUrl }, testWorld());
  await assert.rejects(
    http.send("GET", "/brands", { options: { signal: controller.signal } }),
    /^Error: changed my mind$/,
  );
  assert.equal(asked.length, 1);
});

test("A call whose signal is aborted already sends nothing", async () => {
  const { baseUrl, asked } = await stub(never);
  const http = new Transport({ apiKey: "sk_test", baseUrl }, testWorld());
  await assert.rejects(http.send("GET", "/brands", { options: { signal: AbortSignal.abort() } }), {
    name: "AbortError",
  });
  assert.equal(asked.length, 0);
});

test("A call that is aborted between two tries is not made again", async () => {
  const controller = new AbortController();
  const { baseUrl, asked } = await stub([
    { status: 503, headers: { "retry-after": "60" }, body: problem("unavailable") },
  ]);
  const onResponse = () => controller.abort(new Error("enough"));
  const http = new Transport({ apiKey: "sk_test", baseUrl, onResponse }, SYSTEM);
  await assert.rejects(http.send("GET", "/brands", { options: { signal: controller.signal } }), /enough/);
  assert.equal(asked.length, 1);
});

test("A wait ends when its signal is aborted, and after its time", async () => {
  const controller = new AbortController();
  const wait = SYSTEM.sleep(60_000, controller.signal);
  controller.abort(new Error("enough"));
  await assert.rejects(wait, /enough/);
  await SYSTEM.sleep(1, new AbortController().signal);
});

test("A finished call leaves nothing on the caller's signal", async () => {
  const { baseUrl } = await stub([{ body: [] }]);
  const http = new Transport({ apiKey: "sk_test", baseUrl });
  const { signal } = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...given: Parameters<typeof addEventListener>) => {
    listeners++;
    addEventListener.apply(signal, given);
  };
  signal.removeEventListener = (...given: Parameters<typeof removeEventListener>) => {
    listeners--;
    removeEventListener.apply(signal, given);
  };
  await http.send("GET", "/brands", { options: { signal } });
  assert.equal(listeners, 0);
});

test("An idempotency key is unlike every other, with and without WebCrypto", () => {
  const without = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  const keys = [SYSTEM.key(), SYSTEM.key()];
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  try {
    keys.push(SYSTEM.key(), SYSTEM.key());
  } finally {
    if (without) Object.defineProperty(globalThis, "crypto", without);
  }
  assert.equal(new Set(keys).size, 4);
  for (const key of keys) assert.match(key, /^[\x21-\x7e]{32,64}$/);
});
