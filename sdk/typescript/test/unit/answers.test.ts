import assert from "node:assert/strict";
import { test } from "node:test";
import * as errors from "../../src/errors.js";
import { Transport } from "../../src/transport.js";
import { problem, type Reply, stub } from "../support/stub.js";
import { testWorld } from "../support/world.js";

async function answered(reply: Reply, expected?: "json" | "text" | "any"): Promise<unknown> {
  const { baseUrl } = await stub([reply]);
  const http = new Transport({ apiKey: "sk_test", baseUrl, maxRetries: 0 }, testWorld());
  return http.send("GET", "/x", expected === undefined ? {} : { expected });
}

async function failed(reply: Reply): Promise<errors.DispatchTicketsError> {
  const error: unknown = await answered(reply).then(
    () => assert.fail("an answer"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof errors.DispatchTicketsError);
  return error;
}

const KINDS = [
  [400, "validation_error", errors.ValidationError],
  [401, "authentication_error", errors.AuthenticationError],
  [403, "forbidden", errors.ForbiddenError],
  [404, "not_found", errors.NotFoundError],
  [409, "conflict", errors.ConflictError],
  [409, "idempotency_mismatch", errors.ConflictError],
  [413, "payload_too_large", errors.DispatchTicketsError],
  [415, "unsupported_media_type", errors.DispatchTicketsError],
  [429, "rate_limit_error", errors.RateLimitError],
  [500, "server_error", errors.ServerError],
  [503, "unavailable", errors.ServerError],
] as const;

for (const [status, code, kind] of KINDS) {
  test(`The answer ${status} ${code} is a ${kind.name}, with all that the server said`, async () => {
    const error = await failed({ status, body: problem(code) });
    assert.equal(error.constructor, kind);
    assert.equal(error.name, kind.name);
    assert.match(String(error.stack), new RegExp(`^${kind.name}: Something is wrong\\.`));
    assert.deepEqual(
      [error.code, error.status, error.message, error.requestId],
      [code, status, "Something is wrong.", "req_1"],
    );
    assert.deepEqual(error.errors, []);
  });

  test(`The answer ${status} of a proxy, which is not JSON, is a ${kind.name} all the same`, async () => {
    const reply = { status, headers: { "x-request-id": "req_2", "content-type": "text/html" }, body: "<h1>No</h1>" };
    const error = await failed(reply);
    assert.equal(error.constructor, kind);
    assert.deepEqual([error.message, error.requestId], [`The server answered with status ${status}.`, "req_2"]);
    if (code !== "idempotency_mismatch") assert.equal(error.code, code);
  });
}

test("Bodies of errors that are JSON of another shape do no harm", async () => {
  for (const body of ["null", "[]", '{"code":7,"errors":[null,{"field":1}],"message":{}}', ""]) {
    const error = await failed({ status: 400, headers: { "content-type": "application/json" }, body });
    assert.deepEqual([error.code, error.errors, error.requestId], ["validation_error", [], null]);
  }
});

test("A rate limit says after how many seconds to come back", async () => {
  const error = await failed({ status: 429, headers: { "retry-after": "7" }, body: problem("rate_limit_error") });
  assert.ok(error instanceof errors.RateLimitError);
  assert.equal(error.retryAfter, 7);
  const silent = await failed({ status: 429, body: problem("rate_limit_error") });
  assert.equal((silent as errors.RateLimitError).retryAfter, null);
});

test("An answer without a body is undefined", async () => {
  assert.equal(await answered({ status: 204 }), undefined);
});

test("Any type of JSON is read, in any case", async () => {
  for (const type of ["application/json", "Application/JSON; charset=utf-8", "application/problem+json"]) {
    assert.deepEqual(await answered({ headers: { "content-type": type }, body: '{"a":1}' }), { a: 1 });
  }
});

test("A page where JSON was expected is an error that asks about the address", async () => {
  const page = await failed({ headers: { "content-type": "text/html" }, body: "<html>" });
  assert.deepEqual([page.code, page.status], ["invalid_response", 200]);
  assert.equal(page.message, "The server answered with text/html: is baseUrl the address of the API?");
  const cut = await failed({ headers: { "content-type": "application/json" }, body: '{"a":' });
  assert.deepEqual([cut.code, cut.cause instanceof SyntaxError], ["invalid_response", true]);
});

test("Text is given as it is where text was expected, and JSON there is an error", async () => {
  assert.equal(await answered({ headers: { "content-type": "text/csv" }, body: "a,b\r\n" }, "text"), "a,b\r\n");
  await assert.rejects(answered({ body: { a: 1 } }, "text"), { code: "invalid_response" });
});

test("The escape hatch takes both", async () => {
  assert.equal(await answered({ body: "plain" }, "any"), "plain");
  assert.deepEqual(await answered({ body: { a: 1 } }, "any"), { a: 1 });
});

test("A redirect is not followed, since a create would become a read", async () => {
  const error = await failed({ status: 301, headers: { location: "https://elsewhere.example/v1/x" } });
  assert.deepEqual([error.code, error.status], ["invalid_response", 301]);
  assert.match(error.message, /baseUrl/);
});
