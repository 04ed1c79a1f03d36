// Checks a ts block against the types of our client, and runs it through the client as it is packed.

import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { compile } from "./compile.mjs";
import { ROOT } from "./dispatch.mjs";
import { runWell } from "./process.mjs";

const CLIENT = path.join(ROOT, "sdk/typescript");
const MODULES = path.join(ROOT, "docs/test/node_modules");

let packed = null;

/**
 * The folder of the client, unpacked from its tarball. Packing builds it anew, so it is done once and before a page does so,
 * and the pages use what came out of it.
 */
export async function pack() {
  packed ??= (async () => {
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), "dispatch-client."));
    await runWell("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: CLIENT });
    const [tarball] = await fs.readdir(folder);
    await runWell("tar", ["-xzf", tarball], { cwd: folder });
    return folder;
  })();
  return path.join(await packed, "package");
}

/** Takes that folder away. */
export async function discard() {
  if (packed) await fs.rm(await packed, { recursive: true, force: true });
}

/** Puts what a reader has installed into the folder, unless the page has done so itself. */
async function install(folder, program) {
  const scope = path.join(folder, "node_modules/@dispatch-server");
  await fs.mkdir(scope, { recursive: true });
  const link = async (target, name) =>
    fs.symlink(target, name).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  if (program.includes("@dispatch-server/client")) await link(await pack(), path.join(scope, "client"));
  await link(path.join(MODULES, "@types"), path.join(folder, "node_modules/@types"));
  const manifest = path.join(folder, "package.json");
  const text = await fs.readFile(manifest, "utf8").catch(() => "{}");
  await fs.writeFile(manifest, JSON.stringify({ ...JSON.parse(text), type: "module" }));
}

/** Runs the file `name` of the folder, after tsc had nothing to say about it; answers what it printed. */
export async function runTypeScript(folder, name, env) {
  await install(folder, await fs.readFile(path.join(folder, name), "utf8"));
  compile(path.join(folder, name));
  return runWell(process.execPath, [name.replace(/ts$/, "js")], { cwd: folder, env });
}
