// The binary under test and the settings that the test takes from its environment.

import path from "node:path";
import { fileURLToPath } from "node:url";

import { Running } from "./process.mjs";

/** The checkout. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** The binary. */
export const BINARY = path.resolve(process.env.DISPATCH_BIN ?? path.join(ROOT, "target/debug/dispatch"));
/** A PostgreSQL of which the test may make roles and databases; scripts/with-postgres.sh sets it. */
export const POSTGRES = process.env.DISPATCH_TEST_POSTGRES;

/** The environment of what the test starts, without settings of the machine's own. */
export function cleanEnvironment(more = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("DISPATCH_") && !name.startsWith("PG"));
  return { ...Object.fromEntries(kept), LC_ALL: "C.UTF-8", DISPATCH_LOG_LEVEL: "warn", ...more };
}

/** Starts a server on a port of its own with its data in `folder`; answers it with its address. */
export async function serve(folder, ...flags) {
  const args = ["serve", "--data", path.join(folder, "data"), "--listen", "127.0.0.1:0", ...flags];
  const server = new Running(BINARY, args, { cwd: folder, env: cleanEnvironment() });
  const [, address] = await server.says(/listens on (http:\/\/\S+)\n/);
  return { server, address };
}
