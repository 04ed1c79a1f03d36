import type { DispatchEventPage } from "../events.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import { follow, type StreamEvent } from "../stream.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The event log of a brand: every change, once, in order. */
export class Events extends Namespace {
  /**
   * A part of the log, the oldest first. Pass `position` as `after` to poll for what comes next.
   *
   * @example
   * ```ts
   * const { position } = await dispatch.events.list(brandId, { after: "now" });
   * const page = await dispatch.events.list(brandId, { after: position, types: ["ticket.*"] });
   * for (const event of page.data) if (event.type === "ticket.updated") console.log(event.data.ticket.title, event.changes);
   * ```
   */
  list(brandId: string, query?: Query<"events.list">, options?: CallOptions): Promise<DispatchEventPage> {
    return this.http.send("GET", path`/brands/${brandId}/events`, { query, options });
  }

  /**
   * The log as it grows, from now on or from `after` on: every event once and in order, however often the connection
   * breaks. It goes on until the loop is left, `signal` is aborted or the server refuses. With `ticketId` it also tells who is
   * at that ticket.
   *
   * @example
   * ```ts
   * for await (const event of dispatch.events.stream(brandId, { types: ["ticket.*", "comment.created"] })) {
   *   if (event.type === "comment.created") console.log(event.data.ticketNumber, event.data.comment.body);
   *   if (event.type === "ticket.closed") break;
   * }
   * ```
   */
  stream(
    brandId: string,
    query: Query<"events.stream"> = {},
    options: CallOptions = {},
  ): AsyncGenerator<StreamEvent, void, undefined> {
    return follow(this.http, brandId, query, options);
  }
}
