// The snippets of the first documentation, each with where it begins and ends. Its files are plain text: nothing fences
// the code, and behind some last lines the prose goes on without a break.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../support/document.js";

export interface Snippet {
  name: string;
  file: "core-concepts.txt" | "statuses-and-workflows.txt";
  begins: string;
  ends: string;
}

export const SNIPPETS: Snippet[] = [
  {
    name: "create a brand",
    file: "core-concepts.txt",
    begins: "const brand = await dispatch.brands.create({",
    ends: "console.log(brand.id); // 'br_abc123'",
  },
  {
    name: "create a ticket",
    file: "core-concepts.txt",
    begins: "const ticket = await dispatch.tickets.create('br_abc123', {\ntitle: 'Cannot access my account',",
    ends: "console.log(ticket.ticketNumber); // 'DT-1042'",
  },
  {
    name: "write a comment",
    file: "core-concepts.txt",
    begins: "const comment = await dispatch.comments.create('br_abc123', 'tkt_def456', {",
    ends: "});",
  },
  {
    name: "a customer comes from a ticket",
    file: "core-concepts.txt",
    begins: "// Customer is created automatically from ticket data",
    ends: "// A customer record now exists for [email protected]",
  },
  {
    name: "category and tags",
    file: "core-concepts.txt",
    begins: "const ticket = await dispatch.tickets.create('br_abc123', {\ntitle: 'Feature request: Dark mode',",
    ends: "});",
  },
  {
    name: "upload a file",
    file: "core-concepts.txt",
    begins: "// 1. Request upload URL",
    ends: "upload.id);",
  },
  {
    name: "create a status",
    file: "statuses-and-workflows.txt",
    begins: "const status = await dispatch.statuses.create('br_abc123', {",
    ends: "console.log(status.id); // 'sts_xyz789'",
  },
  {
    name: "move a ticket",
    file: "statuses-and-workflows.txt",
    begins: "await dispatch.tickets.update('br_abc123', 'tkt_def456', {\nstatusId: 'sts_xyz789',",
    ends: "status: 'resolved',\n});",
  },
  {
    name: "list the statuses",
    file: "statuses-and-workflows.txt",
    begins: "const statuses = await dispatch.statuses.list('br_abc123');",
    ends: "'custom'}`);\n});",
  },
  {
    name: "order the statuses",
    file: "statuses-and-workflows.txt",
    begins: "// Set display order for all statuses",
    ends: "],\n});",
  },
  {
    name: "count the statuses",
    file: "statuses-and-workflows.txt",
    begins: "const stats = await dispatch.statuses.stats('br_abc123');",
    ends: "tickets`);\n});",
  },
  {
    name: "receive a webhook",
    file: "statuses-and-workflows.txt",
    begins: "// Example: Auto-assign tickets based on category",
    ends: "res.status(200).send('OK');\n});",
  },
];

/** The folder of the first documentation, when there is one. */
export function seedsFolder(): string | undefined {
  const named = process.env.DISPATCH_SEEDS;
  if (named) {
    assert.ok(existsSync(named), `DISPATCH_SEEDS names a folder that is not there: ${named}`);
    return named;
  }
  const usual = join(packageRoot, "../../../shared/seeds");
  return existsSync(usual) ? usual : undefined;
}

/** Cuts a snippet out of its file. */
export function cut({ name, file, begins, ends }: Snippet, folder: string): string {
  const text = readFileSync(join(folder, file), "utf8");
  const start = text.indexOf(begins);
  assert.notEqual(start, -1, `${name}: its beginning is gone from ${file}`);
  assert.equal(text.indexOf(begins, start + 1), -1, `${name}: it begins twice in ${file}`);
  const end = text.indexOf(ends, start);
  assert.notEqual(end, -1, `${name}: its end is gone from ${file}`);
  return text.slice(start, end + ends.length);
}

/** How often the files of the folder call the client. */
export function callsInFolder(folder: string): number {
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.reduce((sum, text) => sum + callsIn(text), 0);
}

/** How often a text calls the client. */
export function callsIn(text: string): number {
  return text.split(/\bdispatch\.\w+\.\w+\(/).length - 1;
}
