import { chromium } from "playwright-core";
const base = process.argv[2];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ") });
for (const scheme of ["light", "dark"]) for (const width of [1440, 390]) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on("console", (m) => console.log(scheme, width, m.type(), m.text().slice(0, 400)));
  page.on("pageerror", (e) => console.log("pageerror", e.message));
  page.on("request", (r) => { if (scheme == "light" && width == 1440) console.log(r.method(), r.url().slice(0,100)); });
  const t = Date.now();
  await page.goto(base + "/docs");
  await page.waitForSelector(".opblock-tag");
  console.log("shown after", Date.now() - t);
  await page.screenshot({ path: `/tmp/docsrun/${scheme}-${width}-top.png` });
  await page.goto("about:blank"); await page.goto(base + "/docs#/tickets/tickets.create");
  await page.waitForSelector(".opblock.is-open");
  await page.waitForSelector(".opblock.is-open .responses-wrapper");
  await page.screenshot({ path: `/tmp/docsrun/${scheme}-${width}-open.png`, fullPage: false });
  await page.screenshot({ path: `/tmp/docsrun/${scheme}-${width}-full.png`, fullPage: true });
  await page.locator(".auth-wrapper .authorize").click();
  await page.waitForSelector(".modal-ux");
  await page.screenshot({ path: `/tmp/docsrun/${scheme}-${width}-auth.png` });
  await context.close();
}
await browser.close();
