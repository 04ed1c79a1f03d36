// Compares what a command printed with what the page says it prints. Ids, times, keys, cursors and versions differ from run
// to run: each is compared by its kind.

import assert from "node:assert/strict";

const KINDS = [
  [/\bsk_live_[0-9a-z]+/g, "sk_live_*"],
  [/\b([a-z]{2,3})_[0-9a-hjkmnp-tv-z]{26}\b/g, "$1_*"],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "<time>"],
  [/\bschema version \d+/g, "schema version <number>"],
  [/\b\d+\.\d+\.\d+\b(?!\.)/g, "<version>"],
];
const CURSORS = ["cursor", "nextCursor"];

const plain = (text) => KINDS.reduce((all, [what, instead]) => all.replace(what, instead), text);

function normal(value, name) {
  if (typeof value === "string") return CURSORS.includes(name) ? "<cursor>" : plain(value);
  if (Array.isArray(value)) return value.map((each) => normal(each));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, normal(each, key)]));
}

/** Of `got` only what `wanted` speaks of. */
function spokenOf(got, wanted) {
  if (Array.isArray(wanted) && Array.isArray(got)) return got.map((each, index) => spokenOf(each, wanted[index]));
  if (!wanted || !got || Array.isArray(got) || typeof wanted !== "object" || typeof got !== "object") return got;
  return Object.fromEntries(Object.keys(wanted).filter((key) => key in got).map((key) => [key, spokenOf(got[key], wanted[key])]));
}

/** Fails unless `printed` is what the block shows; an `excerpt` may leave out members of objects, or lines. */
export function compare(printed, block) {
  const excerpt = block.words.includes("excerpt");
  if (block.language === "json") {
    const [got, wanted] = [normal(JSON.parse(printed)), normal(JSON.parse(block.text))];
    assert.deepEqual(excerpt ? spokenOf(got, wanted) : got, wanted);
    return;
  }
  const lines = (text) => plain(text).trim().split("\n").map((line) => line.trimEnd());
  const [got, wanted] = [lines(printed), lines(block.text)];
  if (!excerpt) return assert.deepEqual(got, wanted);
  let from = 0;
  for (const line of wanted) {
    const at = got.indexOf(line, from);
    assert.notEqual(at, -1, `this line was not printed: ${line}\nprinted:\n${got.join("\n")}`);
    from = at + 1;
  }
}
