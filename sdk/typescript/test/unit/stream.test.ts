import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { AuthenticationError, DispatchTicketsError, NotFoundError } from "../../src/errors.js";
import { Events } from "../../src/namespaces/events.js";
import { FrameReader } from "../../src/sse.js";
import { Transport } from "../../src/transport.js";
import { type Asked, problem, type Script, stub } from "../support/stub.js";
import { testWorld } from "../support/world.js";

const frame = (sequence: number) =>
  `id: ${sequence}\nevent: tag.created\ndata: ${JSON.stringify({ sequence, type: "tag.created" })}\n\n`;

type Ending = "end" | "break" | "stay";

/** A connection that carries these frames, and then ends in order, breaks or stays open. */
function carries(text: string, ending: Ending, open?: (response: ServerResponse) => void) {
  return (_asked: Asked, response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`retry: 3000\n\n${text}`, () => {
      if (ending === "end") response.end();
      if (ending === "break") response.destroy();
    });
    open?.(response);
  };
}

async function events(script: Script) {
  const { baseUrl, asked } = await stub(script);
  const world = testWorld();
  return { events: new Events(new Transport({ apiKey: "sk_test", baseUrl, maxRetries: 0 }, world)), asked, world };
}

async function take(stream: AsyncIterable<unknown>, count: number): Promise<unknown[]> {
  const taken: unknown[] = [];
  for await (const event of stream) {
    taken.push((event as { sequence?: number }).sequence ?? event);
    if (taken.length === count) break;
  }
  return taken;
}

const resumedAt = (asked: Asked[]) => asked.map(({ headers }) => headers["last-event-id"]);

test("Frames are put together however their bytes were cut", () => {
  const text = ': ping\r\n\r\nretry: 250\n\nid: 7\nevent: a\ndata: {"ä":\ndata:1}\n\nevent: no data\n\ndata: x\r\rid\n\n';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 5, bytes.length]) {
    const reader = new FrameReader();
    const frames = [];
    for (let at = 0; at < bytes.length; at += size) frames.push(...reader.push(bytes.subarray(at, at + size)));
    assert.deepEqual(
      frames,
      [
        { id: "7", event: "a", data: '{"ä":\n1}' },
        { id: undefined, event: "", data: "x" },
      ],
      `${size} bytes at a time`,
    );
    assert.equal(reader.retryMs, 250);
  }
});

test("Without a place it first asks where the log ends, and begins there", async () => {
  for (const query of [undefined, { after: "now" }, { after: null }]) {
    const script = [{ body: { position: "41", data: [] } }, carries(frame(42), "stay")];
    const { events: api, asked } = await events(script);
    assert.deepEqual(await take(api.stream("br_1", query), 1), [42]);
    assert.deepEqual(
      asked.map(({ url }) => url),
      ["/v1/brands/br_1/events?after=now", "/v1/brands/br_1/events/stream?after=41"],
    );
  }
});

test("It asks for an event stream, with its filters and its credential", async () => {
  const { events: api, asked } = await events([carries(frame(1), "stay")]);
  await take(api.stream("br_1", { after: "0", types: ["ticket.*", "tag.created"], ticketId: "DT-1" }), 1);
  assert.equal(asked[0]?.url, "/v1/brands/br_1/events/stream?types=ticket.*,tag.created&ticketId=DT-1&after=0");
  assert.equal(asked[0]?.headers.accept, "text/event-stream, application/json");
  assert.equal(asked[0]?.headers.authorization, "Bearer sk_test");
});

for (const ending of ["end", "break"] as const) {
  test(`After the ${ending} of a connection it goes on behind the last event`, async () => {
    const script = [carries(frame(1) + frame(2), ending), carries("", ending), carries(frame(3), "stay")];
    const { events: api, asked, world } = await events(script);
    assert.deepEqual(await take(api.stream("br_1", { after: "0" }), 3), [1, 2, 3]);
    assert.deepEqual(resumedAt(asked), [undefined, "2", "2"]);
    assert.deepEqual(world.slept, [3000, 3000], "as the server wishes");
  });
}

test("A connection that breaks before the first event begins at the same place again", async () => {
  const script = [{ body: { position: "7", data: [] } }, carries("", "break"), carries(frame(8), "stay")];
  const { events: api, asked } = await events(script);
  assert.deepEqual(await take(api.stream("br_1"), 1), [8]);
  assert.deepEqual(
    asked.slice(1).map(({ url }) => url),
    Array(2).fill("/v1/brands/br_1/events/stream?after=7"),
  );
  assert.deepEqual(resumedAt(asked), [undefined, undefined, undefined]);
});

test("A server that cannot is asked again for as long as it takes, with longer waits", async () => {
  const cannot = { status: 503, body: problem("unavailable") };
  const script = [carries(frame(1), "end"), cannot, cannot, cannot, carries(frame(2), "end"), cannot, carries(frame(3), "stay")];
  const { events: api, asked, world } = await events(script);
  assert.deepEqual(await take(api.stream("br_1", { after: "0" }), 3), [1, 2, 3]);
  assert.deepEqual(world.slept, [3000, 1000, 2000, 4000, 3000, 1000]);
  assert.deepEqual(resumedAt(asked), [undefined, "1", "1", "1", "1", "2", "2"]);
});

test("A credential that has ended, or a brand that is gone, ends the stream with the error", async () => {
  for (const [status, kind] of [[401, AuthenticationError], [404, NotFoundError]] as const) {
    const { events: api } = await events([carries(frame(1), "end"), { status, body: problem("x") }]);
    const stream = api.stream("br_1", { after: "0" });
    assert.equal(((await stream.next()).value as { sequence: number }).sequence, 1);
    await assert.rejects(stream.next(), kind);
    assert.equal((await stream.next()).done, true);
  }
});

test("What is no event stream is told and not asked again", async () => {
  const { events: api, asked } = await events([{ body: "<html>" }]);
  await assert.rejects(take(api.stream("br_1", { after: "0" }), 1), (error: unknown) => {
    assert.ok(error instanceof DispatchTicketsError);
    return error.code === "invalid_response";
  });
  assert.equal(asked.length, 1);
});

test("A server that is silent for 45 seconds is taken for gone", async () => {
  const { events: api, world, asked } = await events([carries(frame(1), "stay"), carries(frame(2), "stay")]);
  const stream = api.stream("br_1", { after: "0" });
  await stream.next();
  const second = stream.next();
  setImmediate(() => world.expire());
  assert.equal(((await second).value as { sequence: number }).sequence, 2);
  assert.ok(world.limits.includes(45_000));
  assert.deepEqual(resumedAt(asked), [undefined, "1"]);
});

test("Leaving the loop closes the connection", async () => {
  let closed: Promise<unknown> | undefined;
  const opened = (response: ServerResponse) => {
    closed = new Promise((resolve) => response.on("close", resolve));
  };
  const { events: api } = await events([carries(frame(1), "stay", opened)]);
  await take(api.stream("br_1", { after: "0" }), 1);
  await closed;
});

test("An aborted stream rejects with the signal's reason and closes the connection", async () => {
  let closed: Promise<unknown> | undefined;
  const opened = (response: ServerResponse) => {
    closed = new Promise((resolve) => response.on("close", resolve));
  };
  const controller = new AbortController();
  const { events: api } = await events([carries(frame(1), "stay", opened)]);
  const stream = api.stream("br_1", { after: "0" }, { signal: controller.signal });
  await stream.next();
  const waiting = stream.next();
  const reason = new Error("enough");
  controller.abort(reason);
  await assert.rejects(waiting, reason);
  await closed;
});

test("Presence comes between the events and moves no place", async () => {
  const presence = { ticketId: "tkt_1", memberId: "usr_1", name: "Ana", state: "viewing" };
  const text = `${frame(1)}event: presence\ndata: ${JSON.stringify(presence)}\n\n`;
  const { events: api, asked } = await events([carries(text, "end"), carries(frame(2), "stay")]);
  const taken = await take(api.stream("br_1", { after: "0", ticketId: "tkt_1" }), 3);
  assert.deepEqual(taken, [1, { ...presence, type: "presence" }, 2]);
  assert.deepEqual(resumedAt(asked), [undefined, "1"]);
});
