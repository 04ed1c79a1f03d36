// The events of the log and of webhooks, told apart by their `type`.

import type { Attachment, Comment, Company, Customer, EventBody, EventPage, Ticket, Watcher } from "./generated/models.js";

/** Each field that changed, with what it was and what it is. `status` holds keys. */
export type Changes = Record<string, { old: unknown; new: unknown }>;

interface Envelope<Type extends string, Data> extends Omit<EventBody, "type" | "data" | "changes"> {
  /** What happened. */
  type: Type;
  /** Of `*.updated` alone: what changed. */
  changes: Changes | null;
  /** What it happened to, as it was right afterwards. */
  data: Data;
  /** True when long texts were cut, because the event was over 1 MB. */
  truncated?: boolean;
}

/** What every event of a ticket has besides the ticket itself. */
type TicketKeys = { ticketId: string } & Pick<
  Ticket,
  | "id"
  | "ticketNumber"
  | "number"
  | "title"
  | "status"
  | "priority"
  | "source"
  | "assigneeId"
  | "assigneeEmail"
  | "customerId"
  | "customerEmail"
  | "customerName"
  | "createdAt"
  | "updatedAt"
> & { ticket: Ticket };

type CommentKeys = { id: string; ticketId: string; comment: Comment; ticket: Ticket } & Pick<
  Ticket,
  "ticketNumber" | "number" | "customerId" | "customerEmail" | "customerName"
>;

/** Events of what is configured, and of what later versions have: their `data` is told apart by nothing but its `id`. */
type Others = Exclude<EventBody["type"], `${"ticket" | "comment" | "watcher" | "customer" | "company" | "attachment"}.${string}`>;

/** An event of the log. Look at `type` to know what `data` holds. */
export type LoggedEvent =
  | Envelope<"ticket.created" | "ticket.deleted" | "ticket.restored", TicketKeys>
  | Envelope<"ticket.spam_marked" | "ticket.spam_unmarked", TicketKeys>
  | Envelope<"ticket.updated", TicketKeys & { changes: string[] }>
  | Envelope<"ticket.closed", TicketKeys & Pick<Ticket, "closeReason">>
  | Envelope<"ticket.reopened", TicketKeys & { trigger: string }>
  | Envelope<"ticket.merged", TicketKeys & { mergedTicketIds: string[] }>
  | Envelope<"ticket.overdue", TicketKeys & { dueAt: string }>
  | Envelope<"comment.created" | "comment.updated" | "comment.deleted", CommentKeys>
  | Envelope<
      "attachment.created" | "attachment.deleted",
      { id: string; ticketId: string | null; attachment: Attachment }
    >
  | Envelope<"watcher.added" | "watcher.removed", { id: string; ticketId: string; watcher: Watcher }>
  | Envelope<"customer.created" | "customer.updated" | "customer.deleted", { id: string; customer: Customer }>
  | Envelope<"company.created" | "company.updated" | "company.deleted", { id: string; company: Company }>
  | Envelope<Others, { id: string } & Record<string, unknown>>;

/** An event as webhooks bring it: one of the log, or the test call. */
export type DispatchEvent =
  | LoggedEvent
  | (Omit<Envelope<"webhook.ping", { message: string }>, "event"> & { event: "webhook.ping" });

/** A part of the log, oldest first. */
export interface DispatchEventPage extends Omit<EventPage, "data"> {
  data: LoggedEvent[];
}
