// Every code block of docs/ and of the README is executed.

import fs from "node:fs/promises";
import path from "node:path";
import test, { after, before } from "node:test";

import { discard, pack } from "./lib/client.mjs";
import { POSTGRES, ROOT } from "./lib/dispatch.mjs";
import { Page } from "./lib/page.mjs";
import { readme } from "./lib/readme.mjs";
import { SAMPLES } from "./lib/samples.mjs";

const folder = path.join(ROOT, "docs");
const names = (await fs.readdir(folder)).filter((name) => name.endsWith(".md"));
if (names.length < 10) throw new Error(`pages are missing: ${names}`);

before(pack);
after(discard);

async function run(file, adapt = (text) => text) {
  const page = await Page.open(SAMPLES);
  try {
    await page.run(await adapt(await fs.readFile(path.join(ROOT, file), "utf8"), page));
  } finally {
    await page.close();
  }
}

function skip(name) {
  const needs = name.includes("postgresql") && !POSTGRES;
  return needs && "DISPATCH_TEST_POSTGRES is not set: run it by scripts/with-postgres.sh";
}

test("every block does what its page says", { concurrency: 2 }, (all) =>
  Promise.all([
    ...names.map((name) => all.test(`docs/${name}`, { skip: skip(name) }, () => run(`docs/${name}`))),
    all.test("README.md", () => run("README.md", readme)),
  ]),
);
