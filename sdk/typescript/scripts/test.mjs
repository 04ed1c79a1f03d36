// node scripts/test.mjs [WORD ...]: compiles the tests, starts the servers, runs what has a word in its path (else all).
import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { startServers } from "./servers.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const words = process.argv.slice(2);
process.chdir(root);

const tests = readdirSync("test", { recursive: true })
  .map(String)
  .filter((path) => path.endsWith(".test.ts") && (words.length === 0 || words.some((word) => path.includes(word))));
if (tests.length === 0) throw new Error(`no test has ${words.join(" or ")} in its path`);

rmSync("build/test", { recursive: true, force: true });
await build({
  entryPoints: tests.map((path) => `test/${path}`),
  outdir: "build/test",
  outbase: "test",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node18",
  sourcemap: "inline",
});

const { servers, stop } = await startServers();
const files = tests.map((path) => `build/test/${path.replace(/\.ts$/, ".mjs")}`);
const run = spawn(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=spec", ...files], {
  stdio: "inherit",
  env: { ...process.env, DISPATCH_SERVERS: JSON.stringify(servers) },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => run.kill(signal));
const code = await new Promise((done) => run.once("exit", (code) => done(code ?? 1)));
await stop();
process.exit(code);
