import assert from "node:assert/strict";
import { test } from "node:test";
import { DispatchTickets } from "@dispatch-server/client";
import { type DocumentedOperation, staffOperations } from "../support/document.js";

type Method = (...given: unknown[]) => Promise<unknown>;

/** Methods that call others: through the pages of one, or one after the other. */
const COMPOSED = ["tickets.listAll", "customers.listAll", "companies.listAll", "attachments.upload"];

/** The last request, which was answered with an empty list. */
const sent = { url: "", method: "", body: undefined as unknown, headers: new Headers() };
const dispatch = new DispatchTickets({
  apiKey: "sk_test",
  baseUrl: "https://desk.example.com/v1",
  fetch: async (url, init) => {
    const isJson = new Headers(init?.headers).get("content-type") === "application/json";
    const body = typeof init?.body === "string" ? (isJson ? JSON.parse(init.body) : init.body) : undefined;
    Object.assign(sent, { url: String(url), method: init?.method, body, headers: new Headers(init?.headers) });
    if (String(url).includes("/events/stream")) {
      return new Response("data: {}\n\n", { headers: { "content-type": "text/event-stream" } });
    }
    const isText = String(url).includes(".csv") || String(url).endsWith("/raw");
    return isText ? new Response("a", { headers: { "content-type": "text/csv" } }) : Response.json([]);
  },
});

function methodOf(id: string): Method {
  const [space = "", name = ""] = id.split(".");
  const namespace = (dispatch as unknown as Record<string, Record<string, Method>>)[space];
  assert.equal(typeof namespace?.[name], "function", `there is no method ${id}`);
  return (...given) => (namespace as Record<string, Method>)[name]?.call(namespace, ...given) as Promise<unknown>;
}

async function call(operation: DocumentedOperation): Promise<void> {
  const ids = operation.ids.map((name) => `${name}/1`);
  // The statuses and categories take their replacement in the query or in the body; the client uses the query.
  const [first] = operation.query;
  const content = first !== undefined ? [{ [first]: "x" }] : operation.isRaw ? ["bytes", {}] : operation.hasBody ? [{ marker: true }] : [];
  const called = methodOf(operation.id)(...ids, ...content, { headers: { "X-Last": "options" } });
  if (Symbol.asyncIterator in called) for await (const _first of called as AsyncIterable<unknown>) break;
  else await called;
  const path = operation.path.replace(/\{(\w+)\}/g, "$1%2F1");
  const query = first !== undefined ? `?${first}=x` : "";
  assert.equal(`${sent.method} ${sent.url}`, `${operation.method} https://desk.example.com/v1${path}${query}`);
  const body = operation.isRaw ? "bytes" : operation.hasBody && first === undefined ? { marker: true } : undefined;
  assert.deepEqual(sent.body, body);
  assert.equal(sent.headers.get("x-last"), "options");
  if (operation.takesKey) assert.ok(sent.headers.get("idempotency-key"), "a create without an idempotency key");
}

const operations = staffOperations();

test("The document has operations to compare with", () => {
  assert.ok(operations.length > 70, String(operations.length));
});

for (const operation of operations) {
  test(`${operation.id} calls ${operation.method} ${operation.path}: ids first, then the body or the query, then options`, () =>
    call(operation));
}

test("There is no method without an operation", () => {
  const known = new Set([...COMPOSED, ...operations.map((operation) => operation.id)]);
  const methods = Object.entries(dispatch).flatMap(([space, namespace]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(namespace))
      .filter((name) => name !== "constructor")
      .map((name) => `${space}.${name}`),
  );
  assert.deepEqual(
    methods.filter((name) => !known.has(name)),
    [],
  );
  assert.equal(methods.length, known.size);
});
