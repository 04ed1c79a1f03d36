// Every link between our own pages leads somewhere.

import assert from "node:assert/strict";
import fs from "node:fs/promises";
import path from "node:path";
import test from "node:test";

import { ROOT } from "./lib/dispatch.mjs";

const names = (await fs.readdir(path.join(ROOT, "docs"))).filter((name) => name.endsWith(".md"));
const pages = ["README.md", ...names.map((name) => `docs/${name}`), "docs/test/README.md"];

/** The anchors of a page, as the usual renderers make them of its headings. */
function anchors(text) {
  const headings = text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, heading]) => heading.toLowerCase().replaceAll(/[^\w\- ]/g, "").replaceAll(" ", "-"));
}

/** What is wrong with the links of a text that stands in `file`. */
async function broken(file, text) {
  const wrong = [];
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`]*`/g, "");
  const links = [...prose.matchAll(/\]\s*\(([^)\s]+)\)/g)].map(([, link]) => link);
  for (const link of links.filter((each) => !/^https?:/.test(each))) {
    const [to, anchor] = link.split("#");
    const target = to ? path.resolve(ROOT, path.dirname(file), to) : path.join(ROOT, file);
    const found = await fs.stat(target).catch(() => null);
    if (!found) wrong.push(link);
    else if (anchor && !anchors(await fs.readFile(target, "utf8")).includes(anchor)) wrong.push(link);
  }
  return { links: links.length, wrong };
}

for (const file of pages) {
  test(`the links of ${file} lead somewhere`, async () => {
    assert.deepEqual((await broken(file, await fs.readFile(path.join(ROOT, file), "utf8"))).wrong, []);
  });
}

test("the index leads to every page", async () => {
  const index = await fs.readFile(path.join(ROOT, "docs/README.md"), "utf8");
  assert.deepEqual(names.filter((name) => name !== "README.md" && !index.includes(`(${name})`)), []);
});

test("a link that leads nowhere is found", async () => {
  const text = "[a](no.md) [b](errors.md#no) [c](#here) [d](errors.md#errors)\n[e\nf](quick-start.md) `[g](x.md)`\n# Here\n";
  assert.deepEqual(await broken("docs/errors.md", text), { links: 5, wrong: ["no.md", "errors.md#no", "#here"] });
});
