// The live stream of a brand's log: one sequence of events over as many connections as it takes.

import { DispatchTicketsError, NetworkError } from "./errors.js";
import type { DispatchEvent, DispatchEventPage } from "./events.js";
import type { CallOptions } from "./options.js";
import { path } from "./query.js";
import { waitBeforeRetry } from "./retry.js";
import { FrameReader } from "./sse.js";
import type { Transport } from "./transport.js";

/** Somebody does something at a ticket. It is in no log: streams of that ticket alone tell it. */
export interface PresenceEvent {
  type: "presence";
  ticketId: string;
  memberId: string;
  name: string;
  state: "viewing" | "replying" | "left";
}

/** What a stream tells: events of the log and, with `ticketId`, who is at the ticket. */
export type StreamEvent = DispatchEvent | PresenceEvent;

/** The server says something every 15 seconds: one that is silent for so long is not there any more. */
const SILENCE_MS = 45_000;
/** By how much readers spread out who were cut off together. */
const JITTER = 0.25;

/** Follows a brand's log until the caller has enough, or the server refuses. */
export async function* follow(
  http: Transport,
  brandId: string,
  query: { after?: unknown },
  options: CallOptions,
): AsyncGenerator<StreamEvent, void, undefined> {
  let { after, ...filters } = query;
  if (after === undefined || after === null || after === "" || after === "now") {
    // Where "now" is has to be known before the first connection can break, or what happens meanwhile would be missed.
    const now = { query: { after: "now" }, options };
    after = (await http.send<DispatchEventPage>("GET", path`/brands/${brandId}/events`, now)).position;
  }
  let lastEventId: string | undefined;
  for (let failures = 0; ; ) {
    let waitMs = 0;
    try {
      const headers = { ...options.headers, ...(lastEventId !== undefined && { "Last-Event-ID": lastEventId }) };
      const parts = { query: { ...filters, after }, options: { ...options, headers }, expected: "stream" as const };
      const response = await http.send<Response>("GET", path`/brands/${brandId}/events/stream`, parts);
      const frames = new FrameReader();
      failures = 0;
      for await (const bytes of chunks(http, response, options.signal ?? undefined)) {
        for (const { id, event, data } of frames.push(bytes)) {
          const value: StreamEvent = JSON.parse(data);
          yield event === "presence" ? { ...(value as PresenceEvent), type: "presence" } : value;
          if (id !== undefined) lastEventId = id;
        }
        waitMs = frames.retryMs ?? 0;
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      const wait =
        error instanceof DispatchTicketsError ? waitBeforeRetry(error, null, failures++, http.world.random) : null;
      if (wait === null) throw error;
      waitMs = Math.max(wait, waitMs);
    }
    // An end in order comes after an hour, or when the server is restarted; then everybody comes back at the same time.
    await http.world.sleep(waitMs * (1 + JITTER * http.world.random()), options.signal ?? undefined);
  }
}

/** The bytes of an answer as they come. One that is silent for too long, or breaks off, is a NetworkError. */
async function* chunks(
  http: Transport,
  response: Response,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  let silent = false;
  const stop = () => void reader.cancel().catch(() => undefined);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      signal?.throwIfAborted();
      const heard = http.world.after(SILENCE_MS, () => {
        silent = true;
        stop();
      });
      const { done, value } = await reader.read().finally(heard);
      signal?.throwIfAborted();
      if (silent) throw new Error(`nothing was heard for ${SILENCE_MS} ms`);
      if (done) return;
      yield value;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new NetworkError("The live stream broke off.", { code: "network_error", cause });
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}
