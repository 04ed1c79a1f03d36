// Checks a ts block against the types of our client, and runs it through the client that was built.

import fs from "node:fs/promises";
import path from "node:path";

import { ROOT } from "./dispatch.mjs";
import { runWell } from "./process.mjs";

const CLIENT = path.join(ROOT, "sdk/typescript");
const MODULES = path.join(ROOT, "docs/test/node_modules");
const OPTIONS = ["--strict", "--noUncheckedIndexedAccess", "--target", "es2022", "--module", "nodenext", "--types", "node", "--pretty", "false"];

/** Puts what a reader has installed into the folder, unless the page has done so itself. */
async function install(folder) {
  const scope = path.join(folder, "node_modules/@dispatch-server");
  await fs.mkdir(scope, { recursive: true });
  const link = async (target, name) =>
    fs.symlink(target, name).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  await link(CLIENT, path.join(scope, "client"));
  await link(path.join(MODULES, "@types"), path.join(folder, "node_modules/@types"));
  const manifest = path.join(folder, "package.json");
  const text = await fs.readFile(manifest, "utf8").catch(() => "{}");
  await fs.writeFile(manifest, JSON.stringify({ ...JSON.parse(text), type: "module" }));
}

/** Runs the file `name` of the folder, after tsc had nothing to say about it; answers what it printed. */
export async function runTypeScript(folder, name, env) {
  await install(folder);
  const tsc = path.join(MODULES, "typescript/bin/tsc");
  await runWell(process.execPath, [tsc, ...OPTIONS, name], { cwd: folder });
  return runWell(process.execPath, [name.replace(/ts$/, "js")], { cwd: folder, env });
}
