import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { packageRoot } from "../support/document.js";

const GZIP_BYTES_MAX = 20 * 1024;

async function bundle(code: string): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: code, resolveDir: packageRoot },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    write: false,
  });
  assert.deepEqual(warnings, []);
  return outputFiles[0]?.text ?? "";
}

test("Bundled for browsers and minified it is smaller than 20 KB gzipped", async (t) => {
  const text = await bundle('export * from "@dispatch-server/client";');
  const bytes = gzipSync(text, { level: 9 }).length;
  t.diagnostic(`${bytes} bytes gzipped`);
  assert.ok(bytes > 1000 && bytes < GZIP_BYTES_MAX, `${bytes} bytes`);
});

test("What is not used is left out of a bundle", async () => {
  const text = await bundle('import { RateLimitError } from "@dispatch-server/client"; console.log(RateLimitError);');
  assert.ok(!text.includes("/comments"), "the namespaces came along");
});

test("Its version is that of the server, and it needs nothing at run time", () => {
  const { version, dependencies, sideEffects } = JSON.parse(readFileSync(`${packageRoot}/package.json`, "utf8"));
  const cargo = readFileSync(`${packageRoot}/../../Cargo.toml`, "utf8");
  assert.equal(version, /^\[workspace\.package\]\nversion = "(.*)"$/m.exec(cargo)?.[1]);
  assert.deepEqual([dependencies, sideEffects], [undefined, false]);
  assert.ok(readFileSync(`${packageRoot}/README.md`, "utf8").includes(`dispatch-server-client-${version}.tgz`));
});
