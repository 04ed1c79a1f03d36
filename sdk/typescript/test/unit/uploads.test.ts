import assert from "node:assert/strict";
import { test } from "node:test";
import { ForbiddenError } from "../../src/errors.js";
import { Transport } from "../../src/transport.js";
import { problem, type Script, stub } from "../support/stub.js";
import { testWorld } from "../support/world.js";

async function put(script: Script, options = {}) {
  const { baseUrl, asked } = await stub(script);
  const world = testWorld();
  const seen: string[] = [];
  const http = new Transport({ apiKey: "sk_test", baseUrl, onRequest: ({ url }) => void seen.push(url) }, world);
  const url = baseUrl.replace("/v1", "/blob/pending/att_1?signature=x");
  const done = http.put(url, { "Content-Type": "text/plain" }, new TextEncoder().encode("hello"), options);
  return { done, asked, world, seen };
}

test("An upload carries its bytes and headers, and neither a credential nor a key; no hook sees its address", async () => {
  const { done, asked, seen } = await put([{}]);
  await done;
  const [{ method, url, headers, body } = assert.fail("nothing came")] = asked;
  assert.deepEqual([method, url, body], ["PUT", "/blob/pending/att_1?signature=x", "hello"]);
  assert.deepEqual([headers["content-type"], headers["content-length"]], ["text/plain", "5"]);
  assert.deepEqual([headers.authorization, headers["idempotency-key"], seen], [undefined, undefined, []]);
});

test("An upload is tried again when the store is away, and not when it refuses", async () => {
  const again = await put([{ status: 503, body: problem("unavailable") }, {}]);
  await again.done;
  assert.deepEqual([again.asked.length, again.world.slept], [2, [1000]]);
  const refused = await put([{ status: 403, body: "<Error><Code>AccessDenied</Code></Error>" }]);
  await assert.rejects(refused.done, ForbiddenError);
  assert.equal(refused.asked.length, 1);
});

test("An upload takes as long as it takes, unless the call says otherwise", async () => {
  const long = await put([{}]);
  await long.done;
  assert.deepEqual(long.world.limits, [2 ** 31 - 1]);
  const short = await put([{}], { timeout: 1234 });
  await short.done;
  assert.deepEqual(short.world.limits, [1234]);
});
