// Starts and ends the processes of the tests. Each is the head of a group of its own, so that nothing of it stays behind.

import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";

const START_MS_MAX = 30_000;
const END_MS_MAX = 20_000;

/** Runs a command to its end. */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (data) => (output[name] += data));
  const [code] = await once(child, "close");
  return { code, ...output };
}

/** The same, but it has to end well; answers what it printed. */
export async function runWell(command, args, options) {
  const done = await run(command, args, options);
  if (done.code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${done.code}\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** Starts a command that goes on until `stop`. */
export class Running {
  constructor(command, args, options = {}) {
    this.name = [command, ...args].join(" ");
    this.output = "";
    this.child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], detached: true, ...options });
    this.ended = once(this.child, "close").then(([code, signal]) => (this.code = signal ?? code));
    for (const stream of [this.child.stdout, this.child.stderr]) stream.on("data", (data) => (this.output += data));
  }

  /** Waits until its output matches. */
  async says(pattern) {
    const matched = new Promise((resolve) => {
      const look = () => {
        const found = pattern.exec(this.output);
        if (found) resolve(found);
      };
      this.child.stdout.on("data", look);
      this.child.stderr.on("data", look);
      look();
    });
    const fail = (why) => new Error(`${this.name} did not say ${pattern}${why}\n${this.output}`);
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(fail(" in time")), START_MS_MAX)));
    const gone = this.ended.then((code) => Promise.reject(fail(` before it ended with ${code}`)));
    try {
      return await Promise.race([matched, late, gone]);
    } finally {
      clearTimeout(timer);
      gone.catch(() => {});
    }
  }

  /** Ends it as an operator would, and answers how it ended. */
  async stop() {
    if (this.code !== undefined) return this.code;
    const timer = setTimeout(() => this.#signal("SIGKILL"), END_MS_MAX);
    this.#signal("SIGTERM");
    await this.ended;
    clearTimeout(timer);
    return this.code;
  }

  #signal(name) {
    try {
      process.kill(-this.child.pid, name);
    } catch (error) {
      if (error.code !== "ESRCH") throw error; // it has ended meanwhile
    }
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
