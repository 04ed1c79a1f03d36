import assert from "node:assert/strict";
import { test } from "node:test";
import { documented, readmeBlocks } from "../support/examples.js";
import { typeErrors } from "../support/typescript.js";

const everything = documented();

test("Every method has a doc comment that says what it does and shows an example", () => {
  assert.ok(everything.length > 75, String(everything.length));
  for (const { name, words, example } of everything) {
    if (name === "longList") continue; // not exported
    assert.ok(words.length > 5, `${name} says nothing`);
    assert.ok(example, `${name} shows no example`);
    const method = name.split(".")[1];
    if (method)
      assert.ok(example.includes(`.${method}(`) || example.includes(`.${method}<`), `${name} shows something else`);
  }
});

test("Every example of the doc comments and of the README type-checks", () => {
  const given =
    "brandId ticketId otherTagId commentId customerId companyId categoryId tagId keyId memberId inviteId attachmentId webhookId deliveryId automationId connectionId mailId secret";
  const prelude = [
    'import { DispatchPortal, DispatchTickets, paginate, type Page, type Ticket } from "@dispatch-server/client";',
    "declare const dispatch: DispatchTickets;",
    "declare const portal: DispatchPortal;",
    ...given.split(" ").map((name) => `declare const ${name}: string;`),
  ];
  const functions = everything
    .filter(({ example }) => example)
    .map(
      ({ name, example }) => `// ${name}\nexport async function example_${name.replace(".", "_")}() {\n${example}\n}`,
    );
  const files: Record<string, string> = { "doc-comments.mts": [...prelude, ...functions].join("\n") };
  const blocks = readmeBlocks("ts");
  assert.ok(blocks.length > 3, "the README shows nothing");
  for (const [index, block] of blocks.entries()) files[`readme-${index + 1}.mts`] = `${block}\nexport {};\n`;
  assert.deepEqual(typeErrors("examples", files, { types: ["node"] }), []);
});
