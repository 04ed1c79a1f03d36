import type { NewWatcher, Watcher, WatcherPatch } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import { Namespace } from "./namespace.js";

/** Who is told of what happens to a ticket. `watcherId` may be the id, the member's id or the address. */
export class Watchers extends Namespace {
  /**
   * Lets somebody watch; who already does is given back.
   *
   * @example
   * ```ts
   * await dispatch.watchers.add(brandId, ticketId, { email: "boss@example.com", notifyOnComment: false });
   * ```
   */
  add(brandId: string, ticketId: string, body: NewWatcher, options?: CallOptions): Promise<Watcher> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/${ticketId}/watchers`, { body, options });
  }

  /**
   * All watchers of a ticket.
   *
   * @example
   * ```ts
   * const watchers = await dispatch.watchers.list(brandId, ticketId);
   * console.log(watchers.map((watcher) => watcher.email));
   * ```
   */
  list(brandId: string, ticketId: string, options?: CallOptions): Promise<Watcher[]> {
    return this.http.send("GET", path`/brands/${brandId}/tickets/${ticketId}/watchers`, { options });
  }

  /**
   * Changes what a watcher is told of.
   *
   * @example
   * ```ts
   * await dispatch.watchers.update(brandId, ticketId, "boss@example.com", { notifyOnStatusChange: false });
   * ```
   */
  update(
    brandId: string,
    ticketId: string,
    watcherId: string,
    body: WatcherPatch,
    options?: CallOptions,
  ): Promise<Watcher> {
    return this.http.send("PATCH", path`/brands/${brandId}/tickets/${ticketId}/watchers/${watcherId}`, {
      body,
      options,
    });
  }

  /**
   * Ends somebody's watching.
   *
   * @example
   * ```ts
   * await dispatch.watchers.remove(brandId, ticketId, "boss@example.com");
   * ```
   */
  remove(brandId: string, ticketId: string, watcherId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/tickets/${ticketId}/watchers/${watcherId}`, { options });
  }
}
