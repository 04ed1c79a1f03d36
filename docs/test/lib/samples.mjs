// How samples of configuration are executed: by the program that they are for.

import fs from "node:fs/promises";
import path from "node:path";

import { BINARY, POSTGRES } from "./dispatch.mjs";
import { run, runWell } from "./process.mjs";
import { caddy, nginx } from "./proxies.mjs";

/** A unit of systemd: nothing to complain about once the binary is where it says. */
async function ini(page, text) {
  const file = path.join(page.folder, "sample.service");
  await fs.writeFile(file, text.replace("/usr/local/bin/dispatch", BINARY));
  const { code, stdout, stderr } = await run("systemd-analyze", ["verify", file]);
  if (code !== 0 || stdout + stderr !== "") throw new Error(`systemd-analyze ended with ${code}\n${stdout}${stderr}`);
  return null;
}

/**
 * What a superuser does on PostgreSQL: on the one of the tests, with a name that only this run has, which the page's later
 * blocks get instead of theirs.
 */
async function sql(page, text) {
  const name = `dispatch_docs_${process.pid}`;
  const psql = (...args) => runWell("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", POSTGRES, ...args]);
  const { hostname, port } = new URL(POSTGRES);
  page.instead.set("dispatch:change-me@127.0.0.1:5432/dispatch", `${name}:change-me@${hostname}:${port}/${name}`);
  page.atEnd(() => psql("-c", `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, "-c", `DROP ROLE IF EXISTS ${name}`));
  const statements = text.replaceAll(/\bdispatch\b/g, name).split(";\n").filter((each) => each.trim());
  await psql(...statements.flatMap((statement) => ["-c", statement]));
  return null;
}

/** By the language of the block. */
export const SAMPLES = { caddy, nginx, ini, sql };
