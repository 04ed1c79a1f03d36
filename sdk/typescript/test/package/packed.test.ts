import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import ts from "typescript";
import { packageRoot } from "../support/document.js";
import { servers } from "../support/ways.js";

/** A folder outside of this one, in which nothing but the tarball is installed. */
let elsewhere = "";
let tarball = "";

const run = (command: string, args: string[], env: Record<string, string> = {}, cwd = elsewhere) =>
  execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });

before(() => {
  elsewhere = mkdtempSync(join(tmpdir(), "dispatch-sdk-package-"));
  // What was built is packed as it is: the other tests are using it.
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", elsewhere];
  tarball = join(elsewhere, JSON.parse(run("npm", args, {}, packageRoot))[0].filename);
  writeFileSync(join(elsewhere, "package.json"), '{ "private": true }');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball]);
});

after(() => rmSync(elsewhere, { recursive: true, force: true }));

const TRY = `
const { DISPATCH_URL, DISPATCH_KEY } = process.env;
(async () => {
  const dispatch = new DispatchTickets({ apiKey: DISPATCH_KEY, baseUrl: DISPATCH_URL });
  const brand = await dispatch.brands.create({ name: "Packed" });
  const ticket = await dispatch.tickets.create(brand.id, { title: "From the tarball" });
  const titles = [];
  for await (const one of dispatch.tickets.listAll(brand.id)) titles.push(one.title);
  const lost = await dispatch.tickets.get(brand.id, "tkt_x").catch((error) => error);
  console.log(JSON.stringify([titles, lost instanceof NotFoundError, lost.name]));
})();
`;

// As Node 18 is: WebCrypto exists, but not as a global.
const VERIFY = `
Object.defineProperty(globalThis, "crypto", { value: undefined });
DispatchTickets.verifyWebhook({
  body: '{"id":"evt_01kdyaktg0ksbt1vm9nva57q9j","type":"webhook.ping"}',
  headers: {
    "webhook-id": "evt_01kdyaktg0ksbt1vm9nva57q9j",
    "webhook-timestamp": "1767323045",
    "webhook-signature": "v1,2AP2xqbmO2OgqsUQj6uKcsTi4h6xgc5tFTL1TdPXj8s=",
  },
  secret: "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
  toleranceSeconds: Infinity,
}).then((event) => console.log(event.type));
`;

const MODULES = {
  mjs: 'import { DispatchTickets, NotFoundError } from "@dispatch-server/client";\n',
  cjs: 'const { DispatchTickets, NotFoundError } = require("@dispatch-server/client");\n',
};

for (const [kind, head] of Object.entries(MODULES)) {
  test(`From the tarball it runs as ${kind}, with errors that are told apart`, () => {
    const [{ baseUrl, apiKey } = assert.fail("no server")] = servers();
    writeFileSync(join(elsewhere, `try.${kind}`), head + TRY);
    const output = run(process.execPath, [`try.${kind}`], { DISPATCH_URL: baseUrl, DISPATCH_KEY: apiKey });
    assert.deepEqual(JSON.parse(output), [["From the tarball"], true, "NotFoundError"]);
  });

  test(`From the tarball it verifies webhooks as ${kind} where crypto is no global`, () => {
    writeFileSync(join(elsewhere, `verify.${kind}`), head + VERIFY);
    assert.equal(run(process.execPath, [`verify.${kind}`]).trim(), "webhook.ping");
  });
}

const TYPED = `
import { DispatchTickets, type Ticket, paginate, ValidationError } from "@dispatch-server/client";
const dispatch = new DispatchTickets({ apiKey: "sk", baseUrl: "https://desk.example.com/v1" });
export async function typed(): Promise<string> {
  const ticket: Ticket = await dispatch.tickets.get("br_1", "DT-1");
  for await (const entry of paginate((cursor) => dispatch.logs.list("br_1", { cursor }))) entry.event.toUpperCase();
  try { await dispatch.tickets.update("br_1", ticket.id, { status: "resolved" }); }
  catch (error) { if (error instanceof ValidationError) return error.errors.map((one) => one.field).join(); }
  // @ts-expect-error: there is no such field
  return ticket.titel;
}
`;

const DOM = ["lib.es2022.d.ts", "lib.dom.d.ts"];
const CONSUMERS: Record<string, [file: string, options: ts.CompilerOptions]> = {
  "node16, ES module": ["a.mts", { module: ts.ModuleKind.Node16, lib: DOM, types: [] }],
  "node16, CommonJS": ["b.cts", { module: ts.ModuleKind.Node16, lib: DOM, types: [] }],
  "nodenext, on Node without the types of browsers": [
    "c.mts",
    {
      module: ts.ModuleKind.NodeNext,
      lib: ["lib.es2022.d.ts"],
      types: ["node"],
      typeRoots: [`${packageRoot}/node_modules/@types`],
    },
  ],
  bundler: [
    "d.ts",
    { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: DOM, types: [] },
  ],
};

for (const [name, [file, options]] of Object.entries(CONSUMERS)) {
  test(`From the tarball it has the right types for ${name}`, () => {
    mkdirSync(join(elsewhere, "typed"), { recursive: true });
    const path = join(elsewhere, "typed", file);
    writeFileSync(path, TYPED);
    const program = ts.createProgram([path], {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      exactOptionalPropertyTypes: true,
      ...options,
    });
    // The file itself and the types of the package; those of the language and of Node are not ours to check.
    const ours = program.getSourceFiles().filter((source) => source.fileName.startsWith(elsewhere));
    assert.ok(ours.length > 20, "the package's types were not found");
    const wrong = [
      ...program.getOptionsDiagnostics(),
      ...program.getGlobalDiagnostics(),
      ...ours.flatMap((source) => [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ]),
    ];
    assert.deepEqual(
      wrong.map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n")),
      [],
    );
  });
}

test("The tarball holds what was built, the README and the licences, and nothing of this machine", () => {
  const root = join(elsewhere, "node_modules/@dispatch-server/client");
  assert.deepEqual(readdirSync(root).sort(), ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "dist", "package.json"]);
  for (const name of readdirSync(root, { recursive: true }).map(String)) {
    if (!/\.(js|ts|json|md)$/.test(name)) continue;
    assert.ok(!readFileSync(join(root, name), "utf8").includes(packageRoot), name);
  }
});

test("publint and attw find nothing wrong with it", () => {
  const bin = (name: string) => join(packageRoot, "node_modules/.bin", name);
  assert.match(run(bin("publint"), ["run", tarball, "--strict"]), /All good!/);
  assert.match(run(bin("attw"), [tarball, "--format", "ascii", "--no-color"]), /No problems found/);
});
