// The reference page in a browser: it works without any network, and trying out really asks the server.

import assert from "node:assert/strict";
import fs from "node:fs/promises";
import path from "node:path";
import test, { after, before } from "node:test";

import { chromium } from "playwright-core";

import { serve } from "./lib/dispatch.mjs";
import { Page } from "./lib/page.mjs";

// As root there is no sandbox; the rest keeps Chromium itself from asking hosts of its own.
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
FLAGS.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
/** Where the pictures go, for people who want to look. */
const PICTURES = process.env.DOCS_PICTURES;

let place, address, key, browser;

before(async () => {
  place = await Page.open();
  const started = await serve(place.folder);
  place.keep(started.server);
  address = started.address;
  key = /sk_live_\w+/.exec(await fs.readFile(path.join(place.folder, "data/first-run.txt"), "utf8"))[0];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
});

after(async () => {
  await browser?.close();
  await place?.close();
});

/** Opens the page, lets the test look, and fails when it asked another host or the console has a word of complaint. */
async function look({ at = "", size = "wide", colorScheme = "light", picture }, see) {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme });
  const page = await context.newPage();
  const [asked, complaints] = [[], []];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const reply = await page.goto(`${address}/docs${at}`);
  assert.doesNotMatch(reply.headers()["content-security-policy"], /unsafe|\*/);
  await page.locator(".opblock").first().waitFor();
  await see(page);
  if (PICTURES && picture) await page.screenshot({ path: path.join(PICTURES, `${picture}-${colorScheme}-${size}.png`) });
  await context.close();
  assert.deepEqual(asked.filter((url) => !url.startsWith(`${address}/`)), [], "requests to other hosts");
  assert.deepEqual(complaints, [], "the console");
}

const brightness = (page) =>
  page.evaluate(() => {
    const parts = (element) => getComputedStyle(element).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
    return ["body", ".swagger-ui", ".opblock-section-header"].map((name) => Math.max(...parts(document.querySelector(name))));
  });

/** How many operations the document has. */
async function operations() {
  const { paths } = await (await fetch(`${address}/openapi.json`)).json();
  const methods = Object.values(paths).flatMap((path) => Object.keys(path));
  return methods.filter((name) => ["get", "put", "post", "patch", "delete"].includes(name)).length;
}

for (const colorScheme of ["light", "dark"]) {
  for (const size of Object.keys(SIZES)) {
    test(`the page fits, ${colorScheme} and ${size}`, () =>
      look({ at: "#/tickets/tickets.create", size, colorScheme, picture: "operation" }, async (page) => {
        await page.locator(".opblock.is-open .responses-wrapper").waitFor();
        assert.equal(await page.title(), "Dispatch API reference");
        assert.equal(await page.locator(".opblock").count(), await operations());
        for (const value of await brightness(page)) assert.ok(colorScheme === "dark" ? value < 60 : value > 230, String(value));
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), SIZES[size].width);
      }));
  }
}

test("a link leads to its operation", () =>
  look({ at: "#/statuses/statuses.reorder" }, async (page) => {
    const open = page.locator(".opblock.is-open");
    await open.locator(".responses-wrapper").waitFor();
    assert.equal(await open.count(), 1);
    assert.match(await open.locator(".opblock-summary-path").innerText(), /statuses\/reorder/);
  }));

test("the filter looks at paths, summaries and names, each word by itself", () =>
  look({ picture: "filter" }, async (page) => {
    const all = await page.locator(".opblock").count();
    const shown = async (words, wanted) => {
      await page.locator(".operation-filter-input").fill(words);
      await page.waitForFunction((count) => document.querySelectorAll(".opblock").length !== count, all);
      const paths = await page.locator(".opblock-summary-path").allInnerTexts();
      assert.deepEqual(paths.map((each) => each.replaceAll("\u200b", "")), wanted);
      await page.locator(".operation-filter-input").fill("");
      await page.waitForFunction((count) => document.querySelectorAll(".opblock").length === count, all);
    };
    await shown("REORDER statuses", ["/v1/brands/{brandId}/statuses/reorder"]);
    await shown("apiKeys.setScope", ["/v1/accounts/me/api-keys/{keyId}/scope"]);
    await shown("no such thing", []);
  }));

/** Opens the dialog, enters a key and closes it. */
async function authorize(page) {
  await page.locator(".auth-wrapper > .authorize").click();
  const dialog = page.locator(".modal-ux");
  assert.doesNotMatch(await dialog.innerText(), /cookie/i);
  await dialog.locator("input").first().fill(key);
  await dialog.locator("button.authorize").first().click();
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, "authorized.png") });
  await dialog.locator(".btn-done").first().click();
}

/** Tries out the operation that is open; answers the status and the body. */
async function execute(page) {
  const open = page.locator(".opblock.is-open");
  await open.locator(".try-out__btn").click();
  if (await open.locator("textarea.body-param__text").count()) {
    await open.locator("textarea.body-param__text").fill('{ "name": "From the page", "slug": "page" }');
  }
  await open.locator(".execute").click();
  const live = open.locator(".live-responses-table");
  await live.waitFor();
  const status = await live.locator("tbody .response-col_status").first().innerText();
  return { status: Number.parseInt(status, 10), body: await live.locator(".response-col_description .microlight").first().innerText() };
}

test("what is tried out with a key is done by the server", async () => {
  await look({ at: "#/brands/brands.create" }, async (page) => {
    await page.locator(".opblock.is-open .responses-wrapper").waitFor();
    await authorize(page);
    const { status, body } = await execute(page);
    assert.equal(status, 201);
    assert.equal(JSON.parse(body).slug, "page");
    if (PICTURES) await page.screenshot({ path: path.join(PICTURES, "tried.png"), fullPage: false });
  });
  const brands = await fetch(`${address}/v1/brands`, { headers: { authorization: `Bearer ${key}` } });
  assert.deepEqual((await brands.json()).map((brand) => brand.slug), ["page"]);
});

test("a key is forgotten with the page", () =>
  look({ at: "#/brands/brands.list" }, async (page) => {
    await authorize(page);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
  }));
