import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Brand,
  type Comment,
  DispatchTickets,
  type Status,
  type StatusCount,
  type Ticket,
  type Upload,
} from "@dispatch-server/client";
import { receiver } from "../support/receiver.js";
import { newBrand, servers } from "../support/ways.js";
import { typeErrors } from "../support/typescript.js";
import { SNIPPETS, callsIn, callsInFolder, cut, seedsFolder } from "./snippets.js";

const folder = seedsFolder();
const skip = folder ? false : "there is no folder of the first documentation: say in DISPATCH_SEEDS where it is";

/** The `file` of a snippet. */
const FILE = new Blob(["a screenshot"]);

/** What every snippet finds: a brand with all that the samples name. */
interface Fixture {
  dispatch: DispatchTickets;
  brand: Brand;
  ticket: Ticket;
  status: Status;
  /** The snippet's text with the ids and addresses of the fixture in the place of the samples. */
  complete(code: string): string;
}

/** The address that a snippet's `[email protected]` stands for. */
const ADDRESSES: Record<string, string> = {
  "create a ticket": "jane@example.com",
  "write a comment": "support@example.com",
  "a customer comes from a ticket": "new.customer@example.com",
  "category and tags": "jane@example.com",
  "receive a webhook": "billing@example.com",
};

async function fixture(dispatch: DispatchTickets, name: string): Promise<Fixture> {
  const brand = await newBrand(dispatch);
  const ticket = await dispatch.tickets.create(brand.id, { title: "There already" });
  const hasNone = name === "create a status";
  const status = hasNone
    ? await dispatch.statuses.get(brand.id, "pending")
    : await dispatch.statuses.create(brand.id, { name: "In Progress", key: "in_progress" });
  await dispatch.statuses.create(brand.id, { name: "Waiting on Engineering", key: "waiting_eng" });
  const samples: Record<string, string> = {
    br_abc123: brand.id,
    tkt_def456: ticket.id,
    sts_xyz789: status.id,
    cat_billing: (await dispatch.categories.create(brand.id, { name: "Billing" })).id,
    tag_feature: (await dispatch.tags.create(brand.id, { name: "feature" })).id,
    tag_enterprise: (await dispatch.tags.create(brand.id, { name: "enterprise" })).id,
  };
  const complete = (code: string) => {
    const withIds = Object.entries(samples).reduce(
      (text, [sample, id]) => text.replaceAll(`'${sample}'`, `'${id}'`),
      code,
    );
    return withIds.replaceAll("[email protected]", () => ADDRESSES[name] ?? assert.fail(`${name} has no address`));
  };
  return { dispatch, brand, ticket, status, complete };
}

/** What a snippet leaves: the value of the name that it declares, and the lines that it writes. */
interface Left {
  value: unknown;
  lines: string[];
}

/** What a snippet gives `app.post`: a handler as a web framework calls it. */
type Handler = (request: { body: unknown }, response: { status(code: number): { send(text: string): void } }) => void;

/** Where the snippet of the receiver puts its handler. */
const routes = new Map<string, Handler>();
const app = { post: (path: string, handler: Handler) => routes.set(path, handler) };

/** What must hold after each snippet. */
const CHECKS: Record<string, { declares?: string; check: (left: Left, fixture: Fixture) => void | Promise<void> }> = {
  "create a brand": {
    declares: "brand",
    check: async ({ value, lines }, { dispatch }) => {
      const brand = value as Brand;
      assert.deepEqual([brand.name, brand.slug, lines], ["Acme Support", "acme", [brand.id]]);
      assert.match(brand.id, /^br_/);
      assert.equal((await dispatch.statuses.list(brand.id)).length, 4);
    },
  },
  "create a ticket": {
    declares: "ticket",
    check: ({ value, lines }) => {
      const ticket = value as Ticket;
      assert.match(ticket.ticketNumber, /^DT-\d+$/);
      assert.deepEqual(lines, [ticket.ticketNumber]);
      assert.deepEqual(
        [ticket.status, ticket.priority, ticket.source, ticket.customer?.name, ticket.customerEmail],
        ["open", "high", "email", "Jane Doe", "jane@example.com"],
      );
      assert.deepEqual(ticket.customFields, { orderId: "ORD-12345", plan: "enterprise" });
    },
  },
  "write a comment": {
    declares: "comment",
    check: ({ value }, { ticket }) => {
      const comment = value as Comment;
      assert.deepEqual(
        [comment.ticketId, comment.authorType, comment.authorName, comment.authorEmail],
        [ticket.id, "STAFF", "Support Team", "support@example.com"],
      );
    },
  },
  "a customer comes from a ticket": {
    check: async (_left, { dispatch, brand }) => {
      const { data } = await dispatch.customers.list(brand.id);
      assert.deepEqual(
        data.map((one) => [one.email, one.name]),
        [["new.customer@example.com", "New Customer"]],
      );
    },
  },
  "category and tags": {
    declares: "ticket",
    check: ({ value }) => {
      const ticket = value as Ticket;
      assert.deepEqual(
        [ticket.category?.key, ticket.tags.map((tag) => tag.name)],
        ["billing", ["enterprise", "feature"]],
      );
    },
  },
  "upload a file": {
    declares: "upload",
    check: async ({ value }, { dispatch, brand, ticket }) => {
      const [file] = await dispatch.attachments.list(brand.id, ticket.id);
      assert.deepEqual(
        [file?.id, file?.filename, file?.status, file?.size],
        [(value as Upload).id, "screenshot.png", "UPLOADED", FILE.size],
      );
      const { downloadUrl } = await dispatch.attachments.get(brand.id, ticket.id, file?.id ?? "");
      const got = await fetch(downloadUrl ?? "");
      assert.equal(got.headers.get("content-type"), "image/png");
      assert.equal(await got.text(), await FILE.text());
    },
  },
  "create a status": {
    declares: "status",
    check: ({ value, lines }) => {
      const status = value as Status;
      assert.match(status.id, /^sts_/);
      assert.deepEqual([lines, status.key, status.color], [[status.id], "in_progress", "#8b5cf6"]);
    },
  },
  "move a ticket": {
    check: async (_left, { dispatch, brand, ticket }) => {
      assert.equal((await dispatch.tickets.get(brand.id, ticket.id)).status, "resolved");
      const { data } = await dispatch.events.list(brand.id, { types: ["ticket.updated"] });
      const moves = data.map((event) => event.changes?.status);
      assert.deepEqual(moves, [
        { old: "open", new: "in_progress" },
        { old: "in_progress", new: "resolved" },
      ]);
    },
  },
  "list the statuses": {
    declares: "statuses",
    check: ({ value, lines }) => {
      assert.equal((value as Status[]).length, 6);
      assert.deepEqual([lines[0], lines[2]], ["Open (open) - system", "In Progress (in_progress) - custom"]);
    },
  },
  "receive a webhook": {
    check: async (_left, { dispatch, brand }) => {
      const handler = routes.get("/webhooks/dispatch") ?? assert.fail("it does not receive");
      const sent: unknown[] = [];
      const { url, next, stop } = await receiver((call) => {
        let code = 0;
        const send = (text: string) => sent.push(text);
        handler({ body: JSON.parse(call.body) }, { status: (status) => ((code = status), { send }) });
        return code;
      });
      try {
        const webhook = await dispatch.webhooks.create(brand.id, { url, events: ["ticket.created"] });
        await dispatch.tickets.create(brand.id, { title: "No category" });
        await next();
        const ticket = await dispatch.tickets.create(brand.id, { title: "Refund", categoryId: "billing" });
        await next();
        let after = ticket;
        while (after.status === "open") after = await dispatch.tickets.get(brand.id, ticket.id);
        assert.deepEqual([after.status, after.assigneeEmail], ["in_progress", "billing@example.com"]);
        assert.deepEqual(sent, ["OK", "OK"]);
        let taken = await dispatch.webhooks.deliveries(brand.id, webhook.id, { status: "SUCCESS" });
        while (taken.length < 2)
          taken = await dispatch.webhooks.deliveries(brand.id, webhook.id, { status: "SUCCESS" });
      } finally {
        stop();
      }
    },
  },
  "order the statuses": {
    check: async (_left, { dispatch, brand }) => {
      const keys = (await dispatch.statuses.list(brand.id)).map((status) => status.key);
      assert.deepEqual(keys, ["open", "in_progress", "pending", "waiting_eng", "resolved", "closed"]);
    },
  },
  "count the statuses": {
    declares: "stats",
    check: ({ value, lines }) => {
      assert.ok((value as StatusCount[]).every((one) => one.statusId && one.statusName && one.count >= 0));
      assert.deepEqual([lines[0], lines[1]], ["Open: 1 tickets", "Pending: 0 tickets"]);
    },
  },
};

for (const { database, baseUrl, apiKey } of servers()) {
  for (const snippet of SNIPPETS) {
    test(`The first documentation: ${snippet.name} (${database})`, { skip }, async () => {
      const { declares, check } = CHECKS[snippet.name] ?? assert.fail("nothing is known of what it does");
      const given = await fixture(new DispatchTickets({ apiKey, baseUrl }), snippet.name);
      const lines: string[] = [];
      const console = { log: (text: unknown) => lines.push(String(text)) };
      const code = `return (async () => {${given.complete(cut(snippet, folder ?? ""))}\nreturn ${declares};\n})();`;
      const value = await new Function("dispatch", "console", "file", "app", code)(given.dispatch, console, FILE, app);
      await check({ value, lines }, given);
    });
  }
}

test("The first documentation: no snippet is overlooked", { skip }, () => {
  const known = SNIPPETS.reduce((sum, snippet) => sum + callsIn(cut(snippet, folder ?? "")), 0);
  assert.ok(known > 0);
  assert.equal(known, callsInFolder(folder ?? ""));
});

test("The first documentation: the snippets type-check as they stand", { skip }, () => {
  const functions = SNIPPETS.map(
    (snippet, index) => `async function snippet${index}() {\n${cut(snippet, folder ?? "")}\n}`,
  );
  const head =
    'import type { DispatchTickets } from "@dispatch-server/client";\ndeclare const dispatch: DispatchTickets;\ndeclare const file: Blob;\n' +
    "declare const app: { post(path: string, handler: (req: { body: any }, res: any) => void): void };\n";
  assert.deepEqual(typeErrors("seeds", { "snippets.mts": head + functions.join("\n") }), []);
});
