// Every code block of docs/ and of the README is executed.

import fs from "node:fs/promises";
import path from "node:path";
import test from "node:test";

import { POSTGRES, ROOT } from "./lib/dispatch.mjs";
import { Page } from "./lib/page.mjs";
import { readme } from "./lib/readme.mjs";
import { SAMPLES } from "./lib/samples.mjs";

const folder = path.join(ROOT, "docs");
const names = (await fs.readdir(folder)).filter((name) => name.endsWith(".md"));
if (names.length < 10) throw new Error(`pages are missing: ${names}`);

async function run(file, adapt = (text) => text) {
  const page = await Page.open(SAMPLES);
  try {
    await page.run(await adapt(await fs.readFile(path.join(ROOT, file), "utf8"), page));
  } finally {
    await page.close();
  }
}

for (const name of names) {
  const skip = name.includes("postgresql") && !POSTGRES && "DISPATCH_TEST_POSTGRES is not set: run it by scripts/with-postgres.sh";
  test(`the blocks of docs/${name} do what it says`, { skip, concurrency: true }, () => run(`docs/${name}`));
}

test("the blocks of README.md do what it says", { concurrency: true }, () => run("README.md", readme));
