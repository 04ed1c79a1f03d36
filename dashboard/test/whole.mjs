// The dashboard as people use it, behind what test/smoke.mjs does: mail in its ledger, a status that goes, a colleague who may less, a second
// factor, every place that shows what customers write under attack, and every page looked at by axe and by camera, in light and dark, at a desk and on
// a phone. The pictures go to dashboard/shots (SHOTS), which is not kept.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { PASSWORD, axe, open } from "./desk.mjs";
import { PAYLOADS } from "./payloads.mjs";

const SHOTS = process.env.SHOTS ?? new URL("../shots", import.meta.url).pathname;
let desk, page, brandId, ticket, customer, company;

before(async () => {
  desk = await open();
  page = desk.watch(await desk.browser.newPage({ viewport: { width: 1440, height: 900 } }));
  mkdirSync(SHOTS, { recursive: true });
});
after(() => desk?.close());

const at = (path) => `${desk.base}/brands/${brandId}${path}`;
const signIn = async (who, email) => {
  await who.goto(`${desk.base}/login`);
  await who.getByLabel("Email").fill(email);
  await who.getByLabel("Password").fill(PASSWORD);
  await who.getByRole("button", { name: "Sign in" }).click();
  await who.waitForURL((url) => !url.pathname.startsWith("/login"));
};

test("a reply lies in the ledger of mail", async () => {
  const setup = { setupToken: /token=(\w+)/.exec(desk.setupPath)[1], accountName: "Lumen", email: "mara@lumen.example", password: PASSWORD, displayName: "Mara Oduya", mode: "token" };
  const { sessionToken } = await desk.call("POST", "/auth/setup", setup, "");
  brandId = (await desk.call("POST", "/brands", { name: "Lumen Support", slug: "lumen" }, sessionToken)).id;
  company = await desk.call("POST", `/brands/${brandId}/companies`, { name: "Example Co", domain: "example.com" });
  ticket = await desk.call("POST", `/brands/${brandId}/tickets`, { title: "The lamp flickers", body: "Since **Monday**.", customerEmail: "jane@example.com", customerName: "Jane Doe", priority: "high" });
  customer = ticket.customer;
  for (let number = 0; number < 30; number++) await desk.call("POST", `/brands/${brandId}/tickets`, { title: `Question ${number}`, customerEmail: `c${number}@example.com` });
  await signIn(page, "mara@lumen.example");
  await page.goto(at(`/tickets/${ticket.id}`));
  await page.getByLabel("Reply", { exact: true }).last().fill("We send you another one.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".comment.staff:not(.pending)").waitFor();
  // Without a relay it is given up a moment later.
  while ((await desk.call("GET", `/brands/${brandId}/mail?outcome=suppressed`)).data.length === 0) await page.waitForTimeout(100);
  await page.goto(at("/mail"));
  await page.getByText("jane@example.com").first().waitFor();
  await page.locator(".badge", { hasText: "suppressed" }).first().waitFor();
});

test("a list is where it was left, and the keys go on from there", async () => {
  await page.goto(at("/tickets"));
  await page.locator(".ticket-row").first().waitFor();
  const place = () => page.$eval(".list-scroll", (box) => box.scrollTop);
  await page.mouse.move(700, 400);
  await page.mouse.wheel(0, 200);
  await page.waitForFunction(() => document.querySelector(".list-scroll").scrollTop > 0);
  const left = await place();
  await page.locator(".ticket-row").nth(12).click();
  await page.locator(".ticket-main").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".ticket-row").first().waitFor();
  assert.equal(await place(), left);
  await page.keyboard.press("j");
  await page.locator(".ticket-row.here").waitFor();
  assert.equal(await page.$eval(".ticket-row.here", (row) => Number(row.getAttribute("aria-rowindex"))), Math.ceil(left / 38) + 2);
});

test("a status goes, and its tickets get another one", async () => {
  await desk.call("POST", `/brands/${brandId}/statuses`, { name: "With the factory", key: "factory" });
  await desk.call("PATCH", `/brands/${brandId}/tickets/${ticket.id}`, { status: "factory" });
  await page.goto(at("/settings/statuses"));
  await page.getByRole("button", { name: "Delete With the factory" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 ticket").first().waitFor();
  await dialog.getByRole("combobox").selectOption({ label: "Pending" });
  await dialog.getByRole("button", { name: /delete/i }).last().click();
  await page.getByRole("button", { name: "Move With the factory" }).waitFor({ state: "detached" });
  assert.equal((await desk.call("GET", `/brands/${brandId}/tickets/${ticket.id}`)).status, "pending");
});

test("a colleague sees what is theirs and not the rest", async () => {
  const other = await desk.call("POST", "/brands", { name: "Secret lab", slug: "lab" });
  await page.goto(`${desk.base}/team`);
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill("jonas@lumen.example");
  await dialog.getByLabel("All, later ones as well").uncheck();
  await dialog.getByLabel("Lumen Support").check();
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = await page.locator("code", { hasText: "/invite/" }).textContent();
  const theirs = desk.watch(await (await desk.browser.newContext()).newPage());
  await theirs.goto(new URL(new URL(link).pathname, desk.base).href);
  await theirs.getByLabel("Your name").fill("Jonas Weil");
  await theirs.getByLabel("Password").fill(PASSWORD);
  await theirs.getByRole("button", { name: /Join/ }).click();
  await theirs.getByText("Lumen Support").first().waitFor();
  assert.equal(await theirs.getByText("Secret lab").count(), 0);
  for (const path of [`/brands/${brandId}/settings/statuses`, "/api-keys", `/brands/${other.id}/tickets`]) {
    await theirs.goto(`${desk.base}${path}`);
    await theirs.waitForTimeout(500);
    assert.equal(await theirs.getByRole("button", { name: /^(New (status|key)|Move|Delete|Edit|Invite)/ }).count(), 0, path);
    assert.equal(await theirs.getByText("Secret lab").count(), 0, path);
  }
  // Side by side: what one does, the other sees.
  await theirs.goto(at(`/tickets/${ticket.id}`));
  await theirs.getByLabel("Reply", { exact: true }).last().waitFor();
  await page.goto(at(`/tickets/${ticket.id}`));
  await page.getByLabel("Reply", { exact: true }).last().fill("I am writing");
  await theirs.getByText(/Mara Oduya.*(writing|replying)/).first().waitFor();
  await desk.call("PATCH", `/brands/${brandId}/tickets/${ticket.id}`, { title: "The lamp flickers at night" });
  await theirs.getByText("The lamp flickers at night").first().waitFor();
  await page.getByLabel("Reply", { exact: true }).last().fill("");
  await theirs.context().close();
});

test("nothing that customers write runs", async () => {
  for (const [number, payload] of PAYLOADS.entries()) {
    const email = `evil${number}@example.com`;
    const line = payload.replace(/\s+/g, " ");
    const made = await desk.call("POST", `/brands/${brandId}/tickets`, { title: line, body: payload, customerEmail: email, customerName: line, tags: [line.slice(0, 50)] });
    await desk.call("POST", `/brands/${brandId}/tickets/${made.id}/comments`, { body: payload, authorType: "CUSTOMER", authorName: line });
    await page.goto(at(`/tickets/${made.id}`));
    await page.locator(".thread .comment").first().waitFor();
    const found = await page.evaluate(() => [...document.querySelectorAll(".ticket-main *, .ticket-side *")].filter((one) => /^(script|iframe|object|embed|base|meta|link|form|style|video|template)$/i.test(one.tagName) && !one.closest(".composer") && one.tagName !== "FORM" || [...one.attributes].some(({ name, value }) => /^on/i.test(name) || /^\s*javascript:/i.test(value))).map((one) => one.outerHTML.slice(0, 200)));
    assert.deepEqual(found, [], payload);
  }
  await page.goto(at("/tickets"));
  await page.locator(".ticket-row").first().waitFor();
  await page.goto(at("/customers"));
  await page.getByText("evil0@example.com").first().waitFor();
  assert.deepEqual(desk.wrong, []);
});

test("every page, in light and dark, at a desk and on a phone", async () => {
  const pages = {
    queue: "/queue", stats: "/stats", brands: "/brands", team: "/team", "api-keys": "/api-keys", profile: "/profile", "audit-log": "/audit-log",
    start: `/brands/${brandId}/start`, tickets: `/brands/${brandId}/tickets`, spam: `/brands/${brandId}/spam`, ticket: `/brands/${brandId}/tickets/${ticket.id}`,
    customers: `/brands/${brandId}/customers`, customer: `/brands/${brandId}/customers/${customer.id}`, companies: `/brands/${brandId}/companies`,
    company: `/brands/${brandId}/companies/${company.id}`, mail: `/brands/${brandId}/mail`,
  };
  await page.goto(at("/settings/general"));
  await page.locator("nav a[href*='/settings/']").first().waitFor();
  const sections = await page.locator("a[href*='/settings/']").evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
  assert.ok(sections.length >= 10, sections.join());
  for (const href of sections) pages[`settings-${href.split("/").at(-1)}`] = href;
  const session = await page.context().storageState();
  const findings = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 390]) {
      const context = await desk.browser.newContext({ colorScheme, viewport: { width, height: 900 }, storageState: session });
      const looked = desk.watch(await context.newPage());
      for (const [name, path] of Object.entries(pages)) {
        await looked.goto(`${desk.base}${path}`);
        await looked.locator("main").first().waitFor();
        await looked.locator(".skeleton").first().waitFor({ state: "detached" });
        await looked.waitForTimeout(400);
        const wide = await looked.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 1) findings.push(`${name} ${colorScheme} ${width}: ${wide} px wider than the window`);
        await looked.screenshot({ path: `${SHOTS}/${name}-${colorScheme}-${width}.png` });
        findings.push(...(await axe(looked, `${name} ${colorScheme} ${width}`)));
      }
      await context.close();
    }
  }
  assert.deepEqual(findings, []);
});

test("nothing went wrong in a page", () => assert.deepEqual(desk.wrong, []));
