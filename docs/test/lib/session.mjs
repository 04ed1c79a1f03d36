// One bash for the blocks of a page: what one block sets, the next one has, as in the reader's terminal.

import { once } from "node:events";
import { spawn } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";

const BLOCK_MS_MAX = 90_000;

export class Session {
  #count = 0;

  /** `side` is a folder for what the blocks print, beside the one that they work in. */
  constructor({ cwd, env, side }) {
    this.side = side;
    this.bash = spawn("bash", ["--norc", "--noprofile"], { cwd, env, detached: true, stdio: ["pipe", "pipe", "inherit"] });
    this.bash.stdin.on("error", () => {}); // a bash that has ended tells so by its end
    this.ended = once(this.bash, "close");
  }

  /** Runs a block. The first command that fails ends it, unless the block is meant to fail. */
  async run(text, { fails = false } = {}) {
    const file = (end) => path.join(this.side, `${this.#count}.${end}`);
    this.#count += 1;
    await fs.writeFile(file("sh"), text);
    const strict = fails ? "set +e" : "set -e -o pipefail";
    const told = this.#told();
    this.bash.stdin.write(`${strict}; . ${file("sh")} >${file("out")} 2>${file("err")} </dev/null; echo $?; set +e\n`);
    const code = await told;
    const [stdout, stderr] = await Promise.all(["out", "err"].map((end) => fs.readFile(file(end), "utf8")));
    if (fails ? code === 0 : code !== 0) {
      throw new Error(`the block ended with ${code ?? "the end of bash"}:\n${text}\n--- printed\n${stdout}${stderr}`);
    }
    return stdout + (fails ? stderr : "");
  }

  /** What the blocks have exported until now. */
  async environment() {
    const file = path.join(this.side, "environment");
    const told = this.#told();
    this.bash.stdin.write(`env -0 >${file}; echo $?\n`);
    await told;
    const pairs = (await fs.readFile(file, "utf8")).split("\0").filter(Boolean);
    return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
  }

  async #told() {
    let timer;
    const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error("the block does not end")), BLOCK_MS_MAX)));
    const line = once(this.bash.stdout, "data").then(([data]) => Number(String(data).trim()));
    try {
      return await Promise.race([line, this.ended.then(() => null), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async end() {
    try {
      process.kill(-this.bash.pid, "SIGKILL");
    } catch (error) {
      if (error.code !== "ESRCH") throw error;
    }
    await this.ended;
  }
}
