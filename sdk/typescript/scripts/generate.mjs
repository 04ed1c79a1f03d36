// node scripts/generate.mjs [--check]: writes src/generated from ../../openapi.json; with --check it writes nothing and
// fails when what is committed is stale.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const root = new URL("../", import.meta.url);
const document = JSON.parse(readFileSync(new URL("../../openapi.json", root), "utf8"));
const notice =
  "// Written by scripts/generate.mjs from openapi.json. Do not edit: change the server, then `npm run generate`.\n";

// Two schemas have the names of globals; a file that imports ours should not lose those.
const renamed = { Error: "ErrorBody", Event: "EventBody" };

// The errors of all operations have one shape, ErrorBody, and the client calls operations by name, not by path: what would
// say so again for each of them is most of the text, and every editor that opens the types would have to read it.
for (const operations of Object.values(document.paths)) {
  for (const operation of Object.values(operations)) {
    for (const status of Object.keys(operation.responses ?? {}))
      if (status >= "300") delete operation.responses[status];
  }
}
const needed = (node) => ["components", "operations"].includes(node.name?.text);

const ast = await openapiTS(document, { alphabetize: true, emptyObjectsUnknown: true, defaultNonNullable: false });
const models = Object.keys(document.components.schemas)
  .sort()
  .map((name) => {
    const says = document.components.schemas[name].description;
    const comment = says ? `/** ${says.replaceAll("*/", "* /").replaceAll("\n", " ")} */\n` : "";
    return `${comment}export type ${renamed[name] ?? name} = Schemas["${name}"];\n`;
  })
  .join("");

const files = {
  "openapi.ts": notice + astToString(ast.filter(needed)),
  "models.ts": `${notice}import type { components } from "./openapi.js";\n\ntype Schemas = components["schemas"];\n\n${models}`,
};

const stale = [];
for (const [name, text] of Object.entries(files)) {
  const path = new URL(`src/generated/${name}`, root);
  if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
  stale.push(`src/generated/${name}`);
  if (!process.argv.includes("--check")) writeFileSync(path, text);
}
if (stale.length === 0) console.log("generated types: up to date");
else if (process.argv.includes("--check")) {
  console.error(`stale: ${stale.join(", ")}: run \`npm run generate\` and commit the difference`);
  process.exit(1);
} else console.log(`written: ${stale.join(", ")}`);
