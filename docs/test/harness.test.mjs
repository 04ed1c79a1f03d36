// The runner of the pages notices what it is there for.

import assert from "node:assert/strict";
import test from "node:test";

import { Page } from "./lib/page.mjs";
import { readme } from "./lib/readme.mjs";
import { serve } from "./lib/dispatch.mjs";

const fence = "```";
const block = (info, text) => `${fence}${info}\n${text}\n${fence}\n`;

async function runs(...blocks) {
  const page = await Page.open();
  try {
    await page.run(blocks.join("\n"));
  } finally {
    await page.close();
  }
}

const WRONG = {
  "a command that fails": [[block("sh", "false\ntrue")], /ended with/],
  "a failure inside a pipe": [[block("sh", "false | cat")], /ended with/],
  "a bash that is ended": [[block("sh", "exit 0"), block("sh", "true")], /ended with/],
  "a failure that does not happen": [[block("sh fails", "true")], /ended with 0/],
  "other output": [[block("sh", "echo 1"), block("text", "2")], /deep-equal/],
  "a missing line": [[block("sh", "echo 1"), block("text excerpt", "1\n2")], /was not printed: 2/],
  "other JSON": [[block("sh", `echo '{"a": 1, "b": 2}'`), block("json", `{"a": 1}`)], /deep-equal/],
  "other JSON inside an excerpt": [[block("sh", `echo '{"a": [1], "b": 2}'`), block("json excerpt", `{"a": []}`)], /deep-equal/],
  "the id of another kind": [[block("sh", "echo tkt_01kdyak43d7trmct2jayyxcg7v"), block("text", "cus_01kdyak43d7trmct2jayyxcg7v")], /deep-equal/],
  "output of nothing": [[block("text", "1")], /behind no command/],
  "output that was shown before": [[block("sh", "echo 1"), block("text", "1"), block("text", "1")], /behind no command/],
  "a language that nothing executes": [[block("python", "1")], /nothing executes/],
  "a block without a language": [[block("", "1")], /nothing executes/],
  "a word that nothing knows": [[block("sh skip", "true")], /unknown words/],
  "a directive that nothing knows": [["<!-- test: skip -->"], /unknown directive/],
  "a block without an end": [[`${fence}sh\ntrue`], /has no end/],
  "settings that nothing uses": [[block("toml a.toml", "")], /nothing uses a.toml/],
  "a server that does not start": [[block("sh server", "dispatch serve --data data --set no.such=1")], /before it ended with 1/],
  "TypeScript of the wrong type": [[block("ts a.ts", `const a: number = "1";\nconsole.log(a);`)], /TS2322/],
  "TypeScript that throws": [[block("ts a.ts", `throw new Error("no");`)], /Error: no/],
};

test("what is wrong fails a page", { concurrency: 2 }, (all) =>
  Promise.all(Object.entries(WRONG).map(([what, [blocks, message]]) => all.test(what, () => assert.rejects(runs(...blocks), message)))),
);

test("what is right runs, with one bash for all blocks", () =>
  runs(
    block("sh", "A=1\nf() { echo $A tkt_01kdyak43d7trmct2jayyxcg7v; }"),
    block("sh", "f"),
    block("text", "1 tkt_01kdyak43d7trmct2jayyxcg99"),
    block("sh fails", "dispatch serve --set no.such=1"),
    block("text", "dispatch: no.such is not a setting"),
    block("sh", `echo '{"at": "2026-01-02T03:04:05.678Z", "b": [{"c": 1, "d": 2}]}'`),
    block("json excerpt", `{"at": "2027-01-02T03:04:05.678Z", "b": [{"c": 1}]}`),
    block("ts a.ts", "console.log(process.argv.length);"),
    block("text", "2"),
  ));

test("a synopsis in the README that names a flag that is not there fails", () =>
  assert.rejects(readme(block("sh", "dispatch serve --data DIR [--no-such NAME]")), /no-such/));

test("a server that has been started is ended, whatever happens", async () => {
  const page = await Page.open();
  const { server } = await serve(page.folder);
  page.keep(server);
  await page.close();
  assert.equal(server.code, 0);
});
