import type { Stats, TeamMetrics, Ticket, TicketCount, Trends } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import type { Page } from "../paging.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** Tickets and statistics across the brands in reach. */
export class Queue extends Namespace {
  /**
   * One page of tickets of several brands, each with its `brand`.
   *
   * @example
   * ```ts
   * const page = await dispatch.queue.tickets({ status: "active", assigneeId: null });
   * for (const ticket of page.data) console.log(ticket.brand?.name, ticket.ticketNumber);
   * ```
   */
  tickets(query?: Query<"queue.tickets">, options?: CallOptions): Promise<Page<Ticket>> {
    return this.http.send("GET", "/tickets", { query, options });
  }

  /**
   * How many tickets the filters find.
   *
   * @example
   * ```ts
   * const { count } = await dispatch.queue.count({ priority: "urgent" });
   * console.log(count);
   * ```
   */
  count(query?: Query<"queue.count">, options?: CallOptions): Promise<TicketCount> {
    return this.http.send("GET", "/tickets/count", { query, options });
  }

  /**
   * Totals by status and by brand, and how long answers take.
   *
   * @example
   * ```ts
   * const { active, responseMetrics } = await dispatch.queue.stats({ days: 30 });
   * console.log(active, responseMetrics.avgFirstResponseMinutes);
   * ```
   */
  stats(query?: Query<"queue.stats">, options?: CallOptions): Promise<Stats> {
    return this.http.send("GET", "/tickets/stats", { query, options });
  }

  /**
   * How many tickets were created and resolved on each day.
   *
   * @example
   * ```ts
   * const { data } = await dispatch.queue.trends({ brandIds: [brandId], days: 7 });
   * for (const day of data) console.log(day.date, day.created, day.resolved);
   * ```
   */
  trends(query?: Query<"queue.trends">, options?: CallOptions): Promise<Trends> {
    return this.http.send("GET", "/tickets/trends", { query, options });
  }

  /**
   * What each member got done.
   *
   * @example
   * ```ts
   * const { members } = await dispatch.queue.teamMetrics({ startDate: "2026-01-01" });
   * for (const member of members) console.log(member.memberEmail, member.ticketsResolved);
   * ```
   */
  teamMetrics(query?: Query<"queue.teamMetrics">, options?: CallOptions): Promise<TeamMetrics> {
    return this.http.send("GET", "/tickets/team-metrics", { query, options });
  }
}
