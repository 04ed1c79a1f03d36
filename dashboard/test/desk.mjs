// A server of its own (DISPATCH_BIN) and a browser beside it, for tests that use the dashboard as people do.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const PASSWORD = "a long enough password";
const AXE = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const freePort = () => new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => { const { port } = probe.address(); probe.close(() => resolve(port)); });
});

/** Starts both: on a folder of its own that goes at the end, or on `data`, which stays. `wrong` gathers whatever goes wrong in a page that is watched. */
export async function open({ data: kept, args: more = [] } = {}) {
  // What begins with DISPATCH_ is a setting of the server, and it refuses those that it does not know.
  const { DISPATCH_BIN, ...env } = process.env;
  const binary = DISPATCH_BIN ?? new URL("../../target/debug/dispatch", import.meta.url).pathname;
  const data = kept ?? mkdtempSync(join(tmpdir(), "dispatch-desk-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, ...more], { stdio: "ignore", env });
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch(`${base}/v1/ready`).then((answer) => answer.ok, () => false)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const firstRun = readFileSync(join(data, "first-run.txt"), "utf8");
  const key = /sk_live_\w+/.exec(firstRun)[0];
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
  const wrong = [];
  return {
    base, browser, wrong, data, key,
    setupPath: /setup\?token=\w+/.exec(firstRun)[0],
    call: async (method, path, body, credential = key) => {
      const answer = await fetch(`${base}/v1${path}`, { method, headers: { authorization: `Bearer ${credential}`, "content-type": "application/json" }, ...(body && { body: JSON.stringify(body) }) });
      assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
      return answer.status === 204 ? null : answer.json();
    },
    watch: (watched) => {
      watched.setDefaultTimeout(20_000);
      watched.on("pageerror", (error) => wrong.push(error.message));
      // An inert document that is only parsed runs no handler, but the browser reports each that stands in it.
      watched.on("console", (message) => /Content Security Policy/i.test(message.text()) && !/inline event handler/i.test(message.text()) && wrong.push(message.text()));
      watched.on("dialog", (dialog) => { wrong.push(`a dialog: ${dialog.message()}`); void dialog.dismiss(); });
      return watched;
    },
    close: async () => {
      await browser.close();
      server.kill();
      if (!kept) rmSync(data, { recursive: true, force: true });
    },
  };
}

/** What axe finds serious on a page. It is run beside the page, where the page's policy does not reach. */
export async function axe(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => `${where}: ${id} ${nodes[0].html.slice(0, 160)}`);
}
