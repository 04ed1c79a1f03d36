// The dashboard in a browser, against the binary that holds it (DISPATCH_BIN): from the setup link to a closed ticket, with
// a second person beside; what customers write runs nothing; and no serious finding of axe.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { PASSWORD, axe as serious, open } from "./desk.mjs";

let desk, browser, base, page, brandId;
const call = (...of) => desk.call(...of);
const watch = (watched) => desk.watch(watched);
const axe = async (where) => assert.deepEqual(await serious(page, where), []);
const order = () => page.locator(".sortable strong").allTextContents();

before(async () => {
  desk = await open();
  ({ base, browser } = desk);
  page = watch(await browser.newPage({ viewport: { width: 1440, height: 900 } }));
});
after(() => desk?.close());

test("the setup link makes the owner, who makes a brand", async () => {
  await page.goto(`${base}/${desk.setupPath}`);
  await page.getByLabel("Account name").fill("Lumen");
  await page.getByLabel("Your name").fill("Mara Oduya");
  await page.getByLabel("Email").fill("mara@lumen.example");
  await page.getByLabel("Password").fill(PASSWORD);
  await axe("setup");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.getByRole("button", { name: "New brand" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("Lumen Support");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.waitForURL(/\/start$/);
  brandId = /brands\/([^/]+)/.exec(page.url())[1];
});

test("a status is made, and put in order by mouse and by keyboard", async () => {
  await page.goto(`${base}/brands/${brandId}/settings/statuses`);
  await page.getByRole("button", { name: "New status" }).click();
  await page.getByLabel("Name", { exact: true }).fill("In Progress");
  assert.equal(await page.getByLabel("Key").inputValue(), "in_progress");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByRole("button", { name: "Move In Progress" }).waitFor();
  assert.deepEqual(await order(), ["Open", "Pending", "In Progress", "Resolved", "Closed"]);
  await axe("statuses");
  const [from, to] = [await page.getByRole("button", { name: "Move In Progress" }).boundingBox(), await page.getByRole("button", { name: "Move Pending" }).boundingBox()];
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y - 10, { steps: 4 });
  await page.mouse.move(to.x + 8, to.y + 2, { steps: 8 });
  const saved = page.waitForResponse((answer) => answer.url().endsWith("/reorder"));
  await page.mouse.up();
  await saved;
  assert.deepEqual((await call("GET", `/brands/${brandId}/statuses`)).map(({ key: name }) => name), ["open", "in_progress", "pending", "resolved", "closed"]);
  await page.getByRole("button", { name: "Move In Progress" }).focus();
  await page.keyboard.press("Space");
  await page.waitForTimeout(200);
  await page.keyboard.press("ArrowDown");
  await page.waitForTimeout(300);
  const again = page.waitForResponse((answer) => answer.url().endsWith("/reorder"));
  await page.keyboard.press("Space");
  await again;
  assert.deepEqual((await call("GET", `/brands/${brandId}/statuses`)).map(({ key: name }) => name), ["open", "pending", "in_progress", "resolved", "closed"]);
});

test("a ticket goes from its creation to its end, and a second person sees it", async () => {
  await page.goto(`${base}/brands/${brandId}/tickets`);
  const other = watch(await (await browser.newContext()).newPage());
  await other.goto(`${base}/login`);
  await other.getByLabel("Email").fill("mara@lumen.example");
  await other.getByLabel("Password").fill(PASSWORD);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("heading", { name: "Queue", level: 1 }).waitFor();
  await other.goto(`${base}/brands/${brandId}/tickets`);
  await other.getByText("All done").waitFor();
  await other.waitForTimeout(500);

  await page.getByRole("heading", { name: "Tickets", level: 1 }).waitFor();
  await page.keyboard.press("c");
  await page.getByLabel("Title").fill("Cannot sign in");
  await page.getByLabel("Text", { exact: true }).fill("It says **expired**.");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await page.getByText("Cannot sign in").first().click();
  await other.getByText("Cannot sign in").waitFor();

  await page.locator(".composer input[type=file]").setInputFiles({ name: "log.txt", mimeType: "text/plain", buffer: Buffer.from("what happened") });
  await page.locator(".composer .files small", { hasText: "13 B" }).waitFor();
  await page.getByLabel("Reply", { exact: true }).last().fill("We are on it.");
  await page.keyboard.press("Control+Shift+P");
  await page.locator(".comment.staff:not(.pending)").waitFor();
  await axe("ticket");
  const [ticket] = (await call("GET", `/brands/${brandId}/tickets?status=pending`)).data;
  const [comment] = (await call("GET", `/brands/${brandId}/tickets/${ticket.id}/comments`)).filter(({ authorType }) => authorType === "STAFF");
  assert.equal(comment.body, "We are on it.");
  assert.equal(comment.attachments[0].filename, "log.txt");
  await other.locator(".ticket-row", { hasText: "Pending" }).waitFor();

  await page.locator("[data-menu=status]").click();
  await page.getByRole("option", { name: "Closed" }).click();
  await page.getByRole("option", { name: "Customer left" }).click();
  await page.locator("[data-menu=status]", { hasText: "Customer left" }).waitFor();
  await other.getByText("All done").waitFor();
  assert.equal((await call("GET", `/brands/${brandId}/tickets/${ticket.id}`)).closeReason, "customer_left");
  await other.context().close();
});

test("what customers write is text", async () => {
  const attack = `<p>hello</p><img src=x onerror="alert(1)"><script>alert(2)</script><a href="javascript:alert(3)">click</a><svg onload=alert(4)></svg> [x](javascript:alert(5))`;
  const ticket = await call("POST", `/brands/${brandId}/tickets`, { title: attack.slice(0, 200), body: attack, customerEmail: "eve@example.com", customerName: `<b onmouseover=alert(6)>Eve</b>` });
  await call("POST", `/brands/${brandId}/tickets/${ticket.id}/comments`, { body: `[a](javascript:alert(7)) <iframe srcdoc="<script>alert(8)</script>"></iframe>`, authorType: "CUSTOMER" });
  await page.goto(`${base}/brands/${brandId}/tickets`);
  await page.locator(".ticket-row").first().waitFor();
  await axe("list");
  await page.goto(`${base}/brands/${brandId}/tickets/${ticket.id}`);
  await page.locator(".thread .comment").waitFor();
  const found = await page.evaluate(() => ({ scripts: document.querySelectorAll(".ticket-main :is(script, iframe, img, [onerror], [onload], [onmouseover])").length, links: [...document.querySelectorAll("a")].filter((link) => /^javascript:/i.test(link.getAttribute("href") ?? "")).length }));
  assert.deepEqual(found, { scripts: 0, links: 0 });
});

test("the pages of the portal need no script, and fit a phone", async () => {
  const { id, slug } = await call("POST", "/brands", { name: "Globex Help", slug: "globex-help", ticketPrefix: "GH" });
  const { token } = await call("POST", `/brands/${id}/portal/token`, { email: "jane@globex.example" });
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, colorScheme: "dark" });
  await context.addCookies([{ name: "dispatch_portal", value: token, domain: "127.0.0.1", path: `/portal/${slug}`, httpOnly: true, sameSite: "Lax" }]);
  const portal = watch(await context.newPage());
  await portal.goto(`${base}/portal/${slug}`);
  await portal.getByRole("link", { name: "New request" }).click();
  await portal.getByLabel("What is it about?").fill(" ");
  await portal.getByLabel("What happened?").fill("It says: \"expired\" <again>.");
  await portal.getByRole("button", { name: "Send" }).click();
  await portal.getByText("This must not be empty.").waitFor();
  await portal.getByLabel("What is it about?").fill("Cannot sign in");
  await portal.getByLabel("Files").setInputFiles({ name: "log.txt", mimeType: "text/plain", buffer: Buffer.from("what happened") });
  await portal.getByRole("button", { name: "Send" }).click();
  await portal.waitForURL(`${base}/portal/${slug}/tickets/GH-1001`);
  await portal.getByText("It says: \"expired\" <again>.").waitFor();
  const [download] = await Promise.all([portal.waitForEvent("download"), portal.getByRole("link", { name: "log.txt" }).click()]);
  assert.equal(readFileSync(await download.path(), "utf8"), "what happened");
  await call("PATCH", `/brands/${id}/tickets/GH-1001`, { status: "closed" });
  await portal.reload();
  await portal.getByText("Write below to open it again.").waitFor();
  await portal.getByLabel("Your answer").fill("Not yet.");
  await portal.getByRole("button", { name: "Send" }).click();
  await portal.locator("article", { hasText: "Not yet." }).waitFor();
  assert.equal((await call("GET", `/brands/${id}/tickets/GH-1001`)).status, "open");
  const cookies = await context.cookies(`${base}/portal/${slug}`);
  await context.close();

  // axe is a script itself.
  const looked = await browser.newContext({ bypassCSP: true, viewport: { width: 390, height: 844 } });
  await looked.addCookies(cookies);
  const dashboard = page;
  page = watch(await looked.newPage());
  for (const path of ["", "/new", "/tickets/GH-1001"]) {
    await page.goto(`${base}/portal/${slug}${path}`);
    await axe(`portal${path}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, path);
  }
  await looked.close();
  page = dashboard;
});

test("nothing went wrong in the page", () => assert.deepEqual(desk.wrong, []));
