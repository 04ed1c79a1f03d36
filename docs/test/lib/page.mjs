// Runs a page: its blocks in order, in a scratch folder, on ports of its own. README.md says what the marks mean.

import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { runTypeScript } from "./client.mjs";
import { compare } from "./compare.mjs";
import { BINARY, ROOT, cleanEnvironment } from "./dispatch.mjs";
import { fileName, read } from "./markdown.mjs";
import { Running, freePort } from "./process.mjs";
import { Session } from "./session.mjs";

const BASE = "quick-start.md";
const WORDS = ["base", "server", "fails", "excerpt"];

export class Page {
  /** A folder for the page; nothing has run yet. `samples` runs the blocks of further languages. */
  static async open(samples = {}) {
    const page = new Page();
    page.samples = samples;
    page.top = await fs.mkdtemp(path.join(os.tmpdir(), "dispatch-docs."));
    page.folder = path.join(page.top, "work");
    const [bin, side] = ["bin", "side"].map((name) => path.join(page.top, name));
    for (const folder of [page.folder, bin, side]) await fs.mkdir(folder);
    await fs.symlink(BINARY, path.join(bin, "dispatch"));
    const env = cleanEnvironment({ HOME: page.folder, PATH: `${bin}:${process.env.PATH}` });
    page.session = new Session({ cwd: page.folder, env, side });
    // What a page calls by a name or an address that the test machine does not have.
    page.instead = new Map([["~/dispatch", ROOT.replace(/\/$/, "")]]);
    page.running = [];
    page.cleanUps = [];
    page.files = new Map();
    return page;
  }

  /** Runs a text of Markdown to its end. */
  async run(text) {
    let printed = null;
    for (const part of read(text)) {
      try {
        if (part.kind === "directive") await this.#obey(part.text);
        else if (part.language === "json" || part.language === "text") {
          if (printed === null) throw new Error("this output stands behind no command");
          compare(printed, { ...part, text: await this.adapted(part.text) });
          printed = null;
        } else printed = await this.#execute(part);
      } catch (error) {
        error.message = `line ${part.line}: ${error.message}`;
        throw error;
      }
    }
    for (const [name, used] of this.files) if (!used) throw new Error(`nothing uses ${name}`);
  }

  /** A text with the ports and folders of this run in the place of the page's. */
  async adapted(text) {
    for (const [address] of text.matchAll(/127\.0\.0\.1:80\d\d\b/g)) {
      if (!this.instead.has(address)) this.instead.set(address, `127.0.0.1:${await freePort()}`);
    }
    return [...this.instead].reduce((all, [what, by]) => all.replaceAll(what, by), text);
  }

  /** Keeps a process until the page ends. */
  keep(running) {
    this.running.push(running);
    return running;
  }

  /** Ends a process before the page does. */
  async release(running) {
    this.running.splice(this.running.indexOf(running), 1);
    await running.stop();
  }

  /** Something to do when the page has ended, well or not. */
  atEnd(cleanUp) {
    this.cleanUps.push(cleanUp);
  }

  async #obey(words) {
    if (words === "base") return this.#base();
    if (words !== "stop") throw new Error(`an unknown directive: ${words}`);
    const server = this.running.pop();
    const code = await server?.stop();
    if (code !== 0) throw new Error(`the server ended with ${code}\n${server?.output}`);
  }

  /** What the reader has done on the quick start. */
  async #base() {
    const parts = read(await fs.readFile(path.join(ROOT, "docs", BASE), "utf8"));
    for (const part of parts) if (part.words?.includes("base")) await this.#execute(part);
  }

  async #execute(block) {
    const unknown = block.words.filter((word) => !WORDS.includes(word) && !word.includes("."));
    if (unknown.length > 0) throw new Error(`unknown words behind the language: ${unknown}`);
    const text = await this.adapted(block.text);
    const { language } = block;
    for (const name of this.files.keys()) if (language === "sh" && text.includes(name)) this.files.set(name, true);
    if (language === "sh" && block.words.includes("server")) return this.#serve(text);
    if (language === "sh") return this.session.run(text, { fails: block.words.includes("fails") });
    if (language === "ts") return this.#typescript(fileName(block), text);
    if (language === "toml") return this.#file(fileName(block), text);
    if (language in this.samples) return this.samples[language](this, text);
    throw new Error(`nothing executes blocks of the language "${language}"`);
  }

  async #serve(text) {
    const server = this.keep(new Running("bash", ["-e", "-c", text], { cwd: this.folder, env: await this.session.environment() }));
    await server.says(/listens on http:\/\/\S+\n/);
    return server.output;
  }

  async #typescript(name, text) {
    if (!name) throw new Error("a ts block needs the name of its file behind the language");
    await fs.writeFile(path.join(this.folder, name), text);
    return runTypeScript(this.folder, name, await this.session.environment());
  }

  async #file(name, text) {
    if (!name) throw new Error("a toml block needs the name of its file behind the language");
    await fs.writeFile(path.join(this.folder, name), text);
    this.files.set(name, false);
    return null;
  }

  /** Ends everything that the page started. */
  async close() {
    for (const running of this.running.reverse()) await running.stop();
    await this.session.end();
    for (const cleanUp of this.cleanUps) await cleanUp();
    await fs.rm(this.top, { recursive: true, force: true });
  }
}
