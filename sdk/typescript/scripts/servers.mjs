// Starts the server under test: once on SQLite, and once on PostgreSQL when DISPATCH_TEST_POSTGRES says where one is.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const START_MS_MAX = 30_000;
const root = fileURLToPath(new URL("../", import.meta.url));

/** Starts all servers; gives them with what ends them. */
export async function startServers() {
  const binary = resolve(process.env.DISPATCH_BIN ?? join(root, "../../target/debug/dispatch"));
  if (!existsSync(binary)) {
    throw new Error(`there is no server at ${binary}: run \`cargo build\`, or say in DISPATCH_BIN where it is`);
  }
  const databases = [{ database: "SQLite", args: [] }];
  const postgres = process.env.DISPATCH_TEST_POSTGRES;
  if (postgres) databases.push({ database: "PostgreSQL", args: ["--database", createDatabase(postgres)] });
  const started = [];
  const stop = () => Promise.all(started.map((server) => server.stop()));
  try {
    for (const { database, args } of databases) started.push(await start(binary, database, args));
  } catch (error) {
    await stop();
    throw error;
  }
  return { servers: started, stop };
}

async function start(binary, database, args) {
  const data = mkdtempSync(join(tmpdir(), "dispatch-sdk-"));
  const set = ["rate_limits.enabled=false", "log.level=error", "webhooks.allow_private_targets=true"];
  const settings = set.flatMap((setting) => ["--set", setting]);
  // Every DISPATCH_ variable is a setting to the server, and it refuses those that it does not know, such as ours.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("DISPATCH_")));
  // On PostgreSQL servers share their key, so that it is not made on the way.
  env.DISPATCH_SERVER_KEY = "5eed".repeat(16);
  const child = spawn(binary, ["serve", "--data", data, "--listen", "127.0.0.1:0", ...settings, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env,
  });
  const ended = new Promise((done) => child.once("exit", done));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(child);
    const text = readFileSync(join(data, "first-run.txt"), "utf8");
    const apiKey = /API key \(all brands\): (\S+)/.exec(text)?.[1];
    const setupToken = /\/setup\?token=(\S+)/.exec(text)?.[1];
    return { database, baseUrl: `${address}/v1`, apiKey, setupToken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The first line of the server's output, printed once it answers, ends with its address. */
function addressOf(child) {
  return new Promise((done, fail) => {
    let output = "";
    const timer = setTimeout(() => fail(new Error("the server did not start in time")), START_MS_MAX);
    child.once("exit", (code) => fail(new Error(`the server ended with ${code}`)));
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const address = / listens on (\S+)\n/.exec(output)?.[1];
      if (!address || !output.includes("first-run.txt\n")) return;
      clearTimeout(timer);
      done(address);
    });
  });
}

/** A database of our own, which goes away with the cluster. */
function createDatabase(url) {
  const folder = process.env.DISPATCH_TEST_PG_BIN;
  const name = `sdk_${process.pid}_${Date.now()}`;
  const psql = folder ? join(folder, "psql") : "psql";
  execFileSync(psql, ["--no-psqlrc", "--quiet", "--command", `CREATE DATABASE ${name}`, url], { stdio: "inherit" });
  const mine = new URL(url);
  mine.pathname = `/${name}`;
  return mine.href;
}
