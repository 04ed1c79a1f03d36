// Runs the samples for proxies for real, in front of the page's server. Adapted are: the ports, the address they listen on and the
// certificate. Then the proxy has to do what the page says of it.

import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import path from "node:path";

import { cleanEnvironment } from "./dispatch.mjs";
import { Running, freePort, runWell } from "./process.mjs";

const HOST = "support.example.com";
const PUBLIC_CAPACITY = 30; // rate_limits.public_capacity
const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** Asks the proxy, from an address of the loopback net. */
async function ask(port, target, { scheme = https, from = "127.0.0.1", method = "GET", headers = {}, body } = {}) {
  const request = scheme.request({
    ...{ host: "127.0.0.1", port, path: target, method, localAddress: from, servername: HOST },
    ...{ headers: { host: HOST, ...headers }, rejectUnauthorized: false, agent: false },
  });
  request.end(body);
  const [reply] = await once(request, "response");
  let text = "";
  for await (const data of reply) text += data;
  return { status: reply.statusCode, headers: reply.headers, text };
}

async function firstKey(page) {
  const text = await fs.readFile(path.join(page.folder, "data/first-run.txt"), "utf8");
  return /sk_live_\w+/.exec(text)[0];
}

/** What the page says of both proxies. Each is asked from addresses of its own, since the server's buckets outlive the proxy. */
async function check(page, { tls, plain, guesser, other }) {
  const redirect = await ask(plain, "/v1/health", { scheme: http });
  assert.ok([301, 308].includes(redirect.status), `plain HTTP is answered with ${redirect.status}`);
  assert.match(redirect.headers.location, new RegExp(`^https://${HOST}`));
  assert.equal((await ask(tls, "/v1/health")).status, 200);
  assert.equal((await ask(tls, "/docs")).status, 200);

  const headers = { authorization: `Bearer ${await firstKey(page)}`, "content-type": "application/json" };
  const brand = (bytes) => `{"name":"Through the proxy"${" ".repeat(bytes - 28)}}`;
  const post = (body) => ask(tls, "/v1/brands", { method: "POST", headers, body });
  assert.equal(brand(BODY_BYTES_MAX).length, BODY_BYTES_MAX);
  const large = await post(brand(BODY_BYTES_MAX));
  assert.equal(large.status, 201, large.text);
  const tooLarge = await post(brand(BODY_BYTES_MAX + 1));
  assert.equal(tooLarge.status, 413);
  assert.equal(JSON.parse(tooLarge.text).code, "payload_too_large");

  // Failed credentials draw on the client's bucket, whoever it says it is; another client has its own. The buckets fill by
  // one token a second, hence the few more.
  const guess = (from, number) =>
    ask(tls, "/v1/brands", { from, headers: { authorization: "Bearer sk_live_wrong", "x-forwarded-for": `203.0.113.${number}` } });
  const statuses = [];
  for (let number = 0; number < 2 * PUBLIC_CAPACITY; number += 1) statuses.push((await guess(guesser, number)).status);
  assert.ok(statuses.includes(401) && statuses.includes(429), `a client that makes up addresses: ${statuses}`);
  assert.equal((await guess(other, 1)).status, 401);
}

/** Caddy with the sample, by a certificate of its own making. */
export async function caddy(page, text) {
  const [tls, plain] = [await freePort(), await freePort()];
  const folder = path.join(page.top, "caddy");
  await fs.mkdir(folder);
  const options = `{\n\tadmin off\n\tlocal_certs\n\tskip_install_trust\n\thttps_port ${tls}\n\thttp_port ${plain}\n}\n`;
  await fs.writeFile(path.join(folder, "Caddyfile"), options + text + "\n");
  const env = cleanEnvironment({ HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder });
  const started = page.keep(new Running("caddy", ["run", "--adapter", "caddyfile", "--config", "Caddyfile"], { cwd: folder, env }));
  await started.says(/certificate obtained successfully/);
  await started.says(/serving initial configuration/);
  await check(page, { tls, plain, guesser: "127.0.0.2", other: "127.0.0.3" });
  await page.release(started);
  return null;
}

/** nginx with the sample as one of its files, on a certificate that openssl makes. */
export async function nginx(page, text) {
  const [tls, plain] = [await freePort(), await freePort()];
  const folder = path.join(page.top, "nginx");
  await fs.mkdir(folder);
  const pair = ["-keyout", "privkey.pem", "-out", "fullchain.pem"];
  await runWell("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", `/CN=${HOST}`, ...pair], { cwd: folder });
  const adapted = text
    .replaceAll(`/etc/letsencrypt/live/${HOST}/`, `${folder}/`)
    .replace("listen 443 ssl;", `listen 127.0.0.1:${tls} ssl;`)
    .replace("listen 80;", `listen 127.0.0.1:${plain};`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
  // nginx started by root would work as somebody who cannot enter the folder.
  const user = process.getuid() === 0 ? ["user root;"] : [];
  const around = [...user, `pid ${folder}/pid;`, "daemon off;", "error_log stderr notice;", "events {}", "http {", "access_log off;"];
  const file = path.join(folder, "nginx.conf");
  await fs.writeFile(file, [...around, ...temporary, adapted, "}", ""].join("\n"));
  const started = page.keep(new Running("nginx", ["-p", folder, "-c", file, "-e", "stderr"], { env: cleanEnvironment() }));
  await started.says(/start worker process \d+/);
  await check(page, { tls, plain, guesser: "127.0.0.4", other: "127.0.0.5" });
  await page.release(started);
  return null;
}
