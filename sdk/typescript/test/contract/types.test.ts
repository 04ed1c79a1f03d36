import assert from "node:assert/strict";
import { test } from "node:test";
import { staffOperations } from "../support/document.js";
import { typeErrors } from "../support/typescript.js";

/** Answers that the client describes more closely than the document does. */
const CLOSER = ["comments.list", "tickets.logs", "events.list", "webhooks.deliveries"];
/** What is iterated over: the document says what comes over the wire. */
const STREAMS = ["events.stream"];
/** Bodies that may be given in a shorter form as well. */
const SHORTER = ["statuses.reorder", "categories.reorder", "fields.reorder"];

const PRELUDE = `
import type { DispatchTickets } from "@dispatch-server/client";
import type { operations } from "../../dist/esm/generated/openapi.js";
import type { RawQuery, Reply } from "../../dist/esm/types.js";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Fits<A, B> = [A] extends [B] ? true : false;
type Body<Id extends keyof operations> =
  operations[Id] extends { requestBody?: { content: { "application/json": infer B } } } ? B : never;
type Written<Id extends keyof operations> = {
  [Name in keyof RawQuery<Id> as Name extends \`customFields\${string}\` ? never : Name]: RawQuery<Id>[Name]
};
export function must<T extends true>(): T | undefined { return undefined; }
`;

test("Every method takes and gives exactly what the document says", () => {
  const checks = staffOperations().map(({ id, ids, hasBody, query }) => {
    const [space, name] = id.split(".");
    const method = `DispatchTickets["${space}"]["${name}"]`;
    const content = `NonNullable<Parameters<${method}>[${ids.length}]>`;
    const answers = `must<${CLOSER.includes(id) ? "Fits" : "Same"}<Awaited<ReturnType<${method}>>, Reply<"${id}">>>();`;
    const lines = STREAMS.includes(id) ? [] : [answers];
    if (query.length > 0) lines.push(`must<Fits<Written<"${id}">, ${content}>>();`);
    else if (hasBody) lines.push(`must<${SHORTER.includes(id) ? "Fits" : "Same"}<Body<"${id}">, ${content}>>();`);
    return lines.map((line) => `${line} // ${id}`).join("\n");
  });
  assert.deepEqual(typeErrors("operation-types", { "operations.mts": `${PRELUDE}${checks.join("\n")}\n` }), []);
});

test("The types refuse what is wrong", () => {
  const text = `
import { DispatchTickets } from "@dispatch-server/client";
declare const dispatch: DispatchTickets;
new DispatchTickets({ baseUrl: "https://desk.example.com/v1" });
new DispatchTickets({ apiKey: "sk", csrfToken: () => "t", baseUrl: "https://desk.example.com/v1" });
dispatch.tickets.create("br_1", { titel: "x" });
dispatch.tickets.create("br_1", { title: "x", priority: "highest" });
dispatch.tickets.list("br_1", { stauts: "open" });
dispatch.tickets.get("br_1");
dispatch.request("FETCH", "/x");
dispatch.request("GET", "x");
`;
  const errors = typeErrors("wrong-types", { "wrong.mts": text });
  assert.equal(errors.length, 8, errors.join("\n"));
});
