// node scripts/build.mjs: compiles src into dist/esm and dist/cjs, each with the types that belong to it. What is there is
// replaced at the end and at once, so that whoever uses it meanwhile (tests, another build) finds it whole.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { execFileSync } from "node:child_process";
import ts from "typescript";

const root = fileURLToPath(new URL("../", import.meta.url));
mkdirSync(`${root}build`, { recursive: true });
const made = mkdtempSync(`${root}build/dist-`);
const esm = `${made}/esm/`;
const cjs = `${made}/cjs/`;

const tsc = `${root}node_modules/typescript/bin/tsc`;
execFileSync(process.execPath, [tsc, "-p", root, "--outDir", esm], { stdio: "inherit" });

// Once checked, the other kind of module is a matter of each file by itself, and the types are the same.
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
for (const name of readdirSync(esm, { recursive: true }).map(String)) {
  if (!/\.(js|d\.ts)$/.test(name)) continue;
  mkdirSync(dirname(cjs + name), { recursive: true });
  const text = readFileSync(esm + name, "utf8");
  writeFileSync(cjs + name, name.endsWith(".d.ts") ? text : ts.transpileModule(text, { compilerOptions }).outputText);
}

// The kind of each folder, which also lets bundlers leave out what is not used.
for (const [folder, type] of [
  [esm, "module"],
  [cjs, "commonjs"],
]) {
  writeFileSync(`${folder}package.json`, `${JSON.stringify({ type, sideEffects: false })}\n`);
}
chmodSync(made, 0o755);
if (existsSync(`${root}dist`)) renameSync(`${root}dist`, `${made}-before`);
renameSync(made, `${root}dist`);
rmSync(`${made}-before`, { recursive: true, force: true });

for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(`${root}../../${name}`, root + name);
