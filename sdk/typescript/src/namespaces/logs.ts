import type { AuditLog } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import type { Page } from "../paging.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The audit log of a brand; for admins. */
export class Logs extends Namespace {
  /**
   * One page of the audit log, the newest first.
   *
   * @example
   * ```ts
   * const page = await dispatch.logs.list(brandId, { entityType: "status", startDate: "2026-01-01" });
   * for (const entry of page.data) console.log(entry.createdAt, entry.event, entry.performedBy.name);
   * ```
   */
  list(brandId: string, query?: Query<"logs.list">, options?: CallOptions): Promise<Page<AuditLog>> {
    return this.http.send("GET", path`/brands/${brandId}/logs`, { query, options });
  }

  /**
   * The whole audit log that the filters find, as CSV.
   *
   * @example
   * ```ts
   * const csv = await dispatch.logs.csv(brandId, { endDate: new Date() });
   * console.log(csv.split("\r\n").length);
   * ```
   */
  csv(brandId: string, query?: Query<"logs.csv">, options?: CallOptions): Promise<string> {
    return this.http.send("GET", path`/brands/${brandId}/logs.csv`, { query, expected: "text", options });
  }
}
