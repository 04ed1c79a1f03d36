// Reads the code blocks of a page, and the comments that tell the test something: <!-- test: WORD ... -->.

/** Every block and directive of a Markdown text, in order. */
export function read(text) {
  const found = [];
  let open = null;
  text.split("\n").forEach((line, index) => {
    const fence = /^\s*(```+|~~~+)\s*(.*)$/.exec(line);
    if (open) {
      if (fence && fence[1] === open.fence && fence[2] === "") {
        found.push({ kind: "block", ...open.is, text: open.lines.join("\n") });
        open = null;
      } else {
        open.lines.push(line);
      }
      return;
    }
    if (fence) {
      const [language = "", ...words] = fence[2].trim().split(/\s+/);
      open = { fence: fence[1], lines: [], is: { language, words, line: index + 1 } };
      return;
    }
    const directive = /^<!-- test: (.+) -->$/.exec(line);
    if (directive) found.push({ kind: "directive", text: directive[1], line: index + 1 });
  });
  if (open) throw new Error(`the block of line ${open.is.line} has no end`);
  return found;
}

/** The name of the file that a block is, such as `dispatch.toml`, from the words behind its language. */
export const fileName = (block) => block.words.find((word) => word.includes("."));
