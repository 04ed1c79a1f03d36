import type {
  Activity,
  AuditLog,
  BulkChange,
  BulkReport,
  Feedback,
  MergeSources,
  MergedTicket,
  NewPresence,
  NewTicket,
  Presence,
  SpamMark,
  SurveyRequest,
  Ticket,
  TicketCount,
  TicketPatch,
} from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { type LongList, longList, type Page, paginate } from "../paging.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The tickets of a brand. `ticketId` may be the id or the number, such as `DT-1042`. */
export class Tickets extends Namespace {
  /**
   * Creates a ticket, and its customer when `customerEmail` is new.
   *
   * @example
   * ```ts
   * const ticket = await dispatch.tickets.create(brandId, {
   *   title: "Cannot access my account",
   *   customerEmail: "jane@example.com",
   *   customerName: "Jane Doe",
   *   priority: "high",
   *   customFields: { orderId: "ORD-12345", plan: "enterprise" },
   * });
   * console.log(ticket.ticketNumber);
   * ```
   */
  create(brandId: string, body: NewTicket, options?: CallOptions): Promise<Ticket> {
    return this.http.send("POST", path`/brands/${brandId}/tickets`, { body, options });
  }

  /**
   * One page of tickets.
   *
   * @example
   * ```ts
   * const page = await dispatch.tickets.list(brandId, { status: "active", priority: ["high", "urgent"], sort: "updatedAt" });
   * console.log(page.data.length, page.pagination.hasMore);
   * ```
   */
  list(brandId: string, query?: Query<"tickets.list">, options?: CallOptions): Promise<Page<Ticket>> {
    return this.http.send("GET", path`/brands/${brandId}/tickets`, { query, options });
  }

  /**
   * Every ticket that the filters find, page by page; `limit` is the size of a page, 100 when left out.
   *
   * @example
   * ```ts
   * for await (const ticket of dispatch.tickets.listAll(brandId, { assigneeId: null, createdAfter: new Date("2026-01-01") })) {
   *   console.log(ticket.ticketNumber, ticket.title);
   * }
   * ```
   */
  listAll(brandId: string, query?: Query<"tickets.list">, options?: CallOptions): AsyncIterable<Ticket> {
    return paginate((cursor) => this.list(brandId, { limit: 100, ...query, ...(cursor && { cursor }) }, options));
  }

  /**
   * How many tickets the filters find; large numbers are cut, which `capped` says.
   *
   * @example
   * ```ts
   * const { count, capped } = await dispatch.tickets.count(brandId, { customFields: { plan: "enterprise" } });
   * console.log(capped ? `${count} or more` : count);
   * ```
   */
  count(brandId: string, query?: Query<"tickets.count">, options?: CallOptions): Promise<TicketCount> {
    return this.http.send("GET", path`/brands/${brandId}/tickets/count`, { query, options });
  }

  /**
   * A ticket.
   *
   * @example
   * ```ts
   * const ticket = await dispatch.tickets.get(brandId, "DT-1042");
   * console.log(ticket.category?.key);
   * ```
   */
  get(brandId: string, ticketId: string, options?: CallOptions): Promise<Ticket> {
    return this.http.send("GET", path`/brands/${brandId}/tickets/${ticketId}`, { options });
  }

  /**
   * Changes a ticket. What is left out stays; null clears; `tagIds` and `links` are replaced as a whole.
   *
   * @example
   * ```ts
   * await dispatch.tickets.update(brandId, ticketId, { status: "resolved", assigneeEmail: "ana@example.com" });
   * ```
   */
  update(brandId: string, ticketId: string, body: TicketPatch, options?: CallOptions): Promise<Ticket> {
    return this.http.send("PATCH", path`/brands/${brandId}/tickets/${ticketId}`, { body, options });
  }

  /**
   * Deletes a ticket with its comments; `restore` brings it back.
   *
   * @example
   * ```ts
   * await dispatch.tickets.delete(brandId, ticketId);
   * ```
   */
  delete(brandId: string, ticketId: string, options?: CallOptions): Promise<Ticket> {
    return this.http.send("DELETE", path`/brands/${brandId}/tickets/${ticketId}`, { options });
  }

  /**
   * Brings a deleted ticket back; for admins.
   *
   * @example
   * ```ts
   * await dispatch.tickets.restore(brandId, ticketId);
   * ```
   */
  restore(brandId: string, ticketId: string, options?: CallOptions): Promise<Ticket> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/${ticketId}/restore`, { options });
  }

  /**
   * Marks a ticket as spam and blocks its customer, or takes both back.
   *
   * @example
   * ```ts
   * await dispatch.tickets.setSpam(brandId, ticketId, { isSpam: true, blockCustomer: false });
   * ```
   */
  setSpam(brandId: string, ticketId: string, body: SpamMark, options?: CallOptions): Promise<Ticket> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/${ticketId}/spam`, { body, options });
  }

  /**
   * Merges other tickets into this one: it gets what they hold, they are closed.
   *
   * @example
   * ```ts
   * const { mergedCount } = await dispatch.tickets.merge(brandId, ticketId, { sourceTicketIds: ["DT-1043", "DT-1044"] });
   * ```
   */
  merge(brandId: string, ticketId: string, body: MergeSources, options?: CallOptions): Promise<MergedTicket> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/${ticketId}/merge`, { body, options });
  }

  /**
   * Does one thing to many tickets, each by itself; the report says which failed and why.
   *
   * @example
   * ```ts
   * const report = await dispatch.tickets.bulk(brandId, { action: "addTags", ticketIds: [ticketId, "DT-1042"], tags: ["outage"] });
   * for (const result of report.results) if (!result.ok) console.log(result.id, result.message);
   * ```
   */
  bulk(brandId: string, body: BulkChange, options?: CallOptions): Promise<BulkReport> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/bulk`, { body, options });
  }

  /**
   * A page of what happened to a ticket, each in a sentence.
   *
   * @example
   * ```ts
   * const page = await dispatch.tickets.activity(brandId, ticketId, { order: "asc" });
   * for (const entry of page.data) console.log(entry.timestamp, entry.summary);
   * ```
   */
  activity(
    brandId: string,
    ticketId: string,
    query?: Query<"tickets.activity">,
    options?: CallOptions,
  ): Promise<Page<Activity>> {
    return this.http.send("GET", path`/brands/${brandId}/tickets/${ticketId}/activity`, { query, options });
  }

  /**
   * Says what the member of this session does at a ticket, and tells who else is there. To be said again every 15 seconds: it
   * is forgotten after 30. `events.stream` with `ticketId` tells the changes. Sessions only.
   *
   * @example
   * ```ts
   * const others = await dispatch.tickets.presence(brandId, ticketId, { state: "replying" });
   * for (const other of others) console.log(`${other.name} is ${other.state}`);
   * ```
   */
  presence(brandId: string, ticketId: string, body: NewPresence, options?: CallOptions): Promise<Presence[]> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/${ticketId}/presence`, { body, options });
  }

  /**
   * Asks the customer of a ticket how satisfied they are, `delayMinutes` from now. Once within 7 days; nothing that happens to
   * the ticket cancels it.
   *
   * @example
   * ```ts
   * const survey = await dispatch.tickets.sendSurvey(brandId, ticketId, { delayMinutes: 60 });
   * console.log(survey.state, survey.sendAt);
   * ```
   */
  sendSurvey(brandId: string, ticketId: string, body?: SurveyRequest, options?: CallOptions): Promise<Feedback> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/${ticketId}/survey`, { body, options });
  }

  /**
   * The surveys of a ticket with what its customer answered, the newest first.
   *
   * @example
   * ```ts
   * const [latest] = await dispatch.tickets.feedback(brandId, ticketId);
   * console.log(latest?.state, latest?.rating);
   * ```
   */
  feedback(brandId: string, ticketId: string, options?: CallOptions): Promise<Feedback[]> {
    return this.http.send("GET", path`/brands/${brandId}/tickets/${ticketId}/feedback`, { options });
  }

  /**
   * The audit log of a ticket and its parts, the newest first.
   *
   * @example
   * ```ts
   * const entries = await dispatch.tickets.logs(brandId, ticketId);
   * console.log(entries.map((entry) => entry.event));
   * ```
   */
  async logs(
    brandId: string,
    ticketId: string,
    query?: Query<"tickets.logs">,
    options?: CallOptions,
  ): Promise<LongList<AuditLog>> {
    const { value, headers } = await this.http.answer<AuditLog[]>(
      "GET",
      path`/brands/${brandId}/tickets/${ticketId}/logs`,
      { query, options },
    );
    return longList(value, headers);
  }
}
