// Runs a test in every way: on each database, over plain HTTP and through the client.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Brand, type DispatchEvent, DispatchTickets, type FieldError } from "@dispatch-server/client";
import { type Calls, plainCalls } from "./plain.js";

export interface Server {
  database: string;
  baseUrl: string;
  apiKey: string;
  /** With what an owner sets the account up, once. */
  setupToken: string;
}

/** The servers that scripts/test.mjs has started. */
export function servers(): Server[] {
  const text = process.env.DISPATCH_SERVERS;
  if (!text) throw new Error("these tests need servers: run them by `npm test`");
  return JSON.parse(text) as Server[];
}

export interface Way {
  api: Calls;
  /** The same with another key. */
  as(apiKey: string): Calls;
}

/** Declares a test for every database and both ways to it. */
export function everyWay(name: string, run: (way: Way) => Promise<void>): void {
  for (const { database, baseUrl, apiKey } of servers()) {
    const ways: Record<string, (apiKey: string) => Calls> = {
      "over plain HTTP": (key) => plainCalls(baseUrl, key),
      "through the client": (key) => new DispatchTickets({ apiKey: key, baseUrl, maxRetries: 0 }),
    };
    for (const [how, as] of Object.entries(ways))
      test(`${name} (${database}, ${how})`, () => run({ api: as(apiKey), as }));
  }
}

let made = 0;

/** A word that no other test of this run uses. */
export function unique(word: string): string {
  return `${word}-${process.pid}-${++made}`;
}

/** A brand of the test's own. */
export function newBrand(api: Calls, more: object = {}): Promise<Brand> {
  return api.brands.create({ name: "Acme Support", slug: unique("acme"), ...more });
}

/** All events of a brand after a position, the oldest first. */
export async function eventsOf(api: Calls, brandId: string, after?: string): Promise<DispatchEvent[]> {
  const page = await api.events.list(brandId, { limit: 100, ...(after !== undefined && { after }) });
  assert.equal(page.pagination.hasMore, false, "more events than one page holds");
  return page.data;
}

/** Where the log of a brand ends now. */
export async function endOfLog(api: Calls, brandId: string): Promise<string> {
  return (await api.events.list(brandId, { after: "now" })).position;
}

/** What a call was refused with. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
  errors: FieldError[];
}

/** The refusal of a call that must not succeed. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  const { status, code, message, errors } = await call.then(
    (value) => assert.fail(`not refused: ${JSON.stringify(value)}`),
    (error: Refusal) => error,
  );
  assert.ok(status >= 400, `another error: ${message}`);
  return { status, code, message, errors };
}

/** Asserts that a call is refused with a status; for 400 on a field, when one is named. */
export async function refused(call: Promise<unknown>, status: number, field?: string): Promise<void> {
  const found = await refusal(call);
  assert.equal(found.status, status, found.message);
  if (field !== undefined)
    assert.deepEqual(
      found.errors.map((error) => error.field),
      [field],
    );
}
