import type { NewStatus, Status, StatusCount, StatusDeleted, StatusOrder, StatusPatch } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The statuses of a brand. A status may be named by its id, its key or `sts_<key>`. */
export class Statuses extends Namespace {
  /**
   * Adds a custom status, just before `resolved`.
   *
   * @example
   * ```ts
   * const status = await dispatch.statuses.create(brandId, { name: "In Progress", key: "in_progress", color: "#8b5cf6" });
   * console.log(status.id);
   * ```
   */
  create(brandId: string, body: NewStatus, options?: CallOptions): Promise<Status> {
    return this.http.send("POST", path`/brands/${brandId}/statuses`, { body, options });
  }

  /**
   * All statuses in display order.
   *
   * @example
   * ```ts
   * const statuses = await dispatch.statuses.list(brandId);
   * for (const status of statuses) console.log(`${status.name} (${status.key})`);
   * ```
   */
  list(brandId: string, options?: CallOptions): Promise<Status[]> {
    return this.http.send("GET", path`/brands/${brandId}/statuses`, { options });
  }

  /**
   * A status.
   *
   * @example
   * ```ts
   * const status = await dispatch.statuses.get(brandId, "in_progress");
   * console.log(status.isActive);
   * ```
   */
  get(brandId: string, statusId: string, options?: CallOptions): Promise<Status> {
    return this.http.send("GET", path`/brands/${brandId}/statuses/${statusId}`, { options });
  }

  /**
   * Changes a status; its key never changes.
   *
   * @example
   * ```ts
   * await dispatch.statuses.update(brandId, "open", { name: "New", color: "#2563eb" });
   * ```
   */
  update(brandId: string, statusId: string, body: StatusPatch, options?: CallOptions): Promise<Status> {
    return this.http.send("PATCH", path`/brands/${brandId}/statuses/${statusId}`, { body, options });
  }

  /**
   * How many tickets each status has, zeros included.
   *
   * @example
   * ```ts
   * for (const { statusName, count } of await dispatch.statuses.stats(brandId)) console.log(`${statusName}: ${count}`);
   * ```
   */
  stats(brandId: string, options?: CallOptions): Promise<StatusCount[]> {
    return this.http.send("GET", path`/brands/${brandId}/statuses/stats`, { options });
  }

  /**
   * Sets the display order; names every status once.
   *
   * @example
   * ```ts
   * await dispatch.statuses.reorder(brandId, ["open", "in_progress", "pending", "resolved", "closed"]);
   * ```
   */
  reorder(brandId: string, body: StatusOrder | StatusOrder["statusIds"], options?: CallOptions): Promise<Status[]> {
    return this.http.send("POST", path`/brands/${brandId}/statuses/reorder`, {
      body: Array.isArray(body) ? { statusIds: body } : body,
      options,
    });
  }

  /**
   * Deletes a custom status for good; its tickets get the replacement, which is needed when there are any.
   *
   * @example
   * ```ts
   * const { movedTickets } = await dispatch.statuses.delete(brandId, "on_hold", { replacementStatusId: "pending" });
   * ```
   */
  delete(
    brandId: string,
    statusId: string,
    query?: Query<"statuses.delete">,
    options?: CallOptions,
  ): Promise<StatusDeleted> {
    return this.http.send("DELETE", path`/brands/${brandId}/statuses/${statusId}`, { query, options });
  }
}
