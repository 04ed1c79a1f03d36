// The README speaks to people with the whole checkout: what its `make` blocks would do is replaced here, each by name.

import assert from "node:assert/strict";

import { BINARY, ROOT } from "./dispatch.mjs";
import { read } from "./markdown.mjs";
import { runWell } from "./process.mjs";

/** What takes the place of a block. */
const INSTEAD = {
  // The same server without a release build of minutes.
  "make run": { mark: "sh server", text: "dispatch serve --data data --listen 127.0.0.1:8080" },
  // It is what runs this. That there is such a target is checked below.
  "make test": { mark: "sh", text: `make -C ${ROOT} --dry-run test >/dev/null` },
};

/** Checks that each line of a synopsis names a command and flags that there are. */
async function checkSynopsis(text) {
  for (const line of text.split("\n").filter(Boolean)) {
    const [, words] = /^dispatch ((?:[a-z][a-z-]* ?)+)/.exec(line) ?? assert.fail(`no command: ${line}`);
    const flags = line.replace(/\s#.*$/, "").match(/--[a-z-]+/g) ?? [];
    const help = await runWell(BINARY, [...words.trim().split(" "), "--help"]);
    for (const flag of flags) assert.match(help, new RegExp(`${flag}\\b`), line);
  }
}

/** The README as the runner of pages can run it. */
export async function readme(text) {
  const replaced = [];
  for (const block of read(text).filter((part) => part.kind === "block")) {
    const instead = INSTEAD[block.text];
    if (instead) {
      replaced.push(block.text);
      text = text.replace(`\`\`\`sh\n${block.text}\n`, () => `\`\`\`${instead.mark}\n${instead.text}\n`);
    } else if (/^dispatch .*[[A-Z]/.test(block.text)) {
      replaced.push("synopsis");
      await checkSynopsis(block.text);
      text = text.replace(`\`\`\`sh\n${block.text}\n\`\`\``, "");
    }
  }
  assert.deepEqual(replaced.sort(), [...Object.keys(INSTEAD), "synopsis"].sort(), "blocks of the README that are known here");
  return text;
}
