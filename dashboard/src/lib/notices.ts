// What others do that concerns whoever sits here: a ticket is given to them, somebody writes on one that they have.

import type { StreamEvent } from "@dispatch-server/client";
import { plural } from "./format";

/** What is asked of the log for it. */
export const NOTICE_TYPES = ["ticket.created", "ticket.updated", "comment.created"];
/** So many are told one by one; more of them are told as a number. */
const APART_MAX = 3;
const EXCERPT_MAX = 140;

export interface Notice {
  /** The event's: the same in every tab. */
  id: string;
  kind: "assigned" | "reply" | "note";
  text: string;
  detail: string;
  path: string;
}

interface Told {
  ticket?: { id: string; brandId: string; ticketNumber: string; title: string; assigneeId: string | null; isSpam: boolean };
  comment?: { body: string; isInternal: boolean; authorName: string | null; authorType: string };
}

const excerpt = (text: string) => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > EXCERPT_MAX ? `${line.slice(0, EXCERPT_MAX - 1)}…` : line;
};

/** What an event is to a member, if anything. Nobody is told of their own acts, and of spam nobody is told. */
export function noticeOf(event: StreamEvent, me: string): Notice | undefined {
  if (event.type === "presence" || !("id" in event)) return undefined;
  const { actor, changes } = event;
  const { ticket, comment } = event.data as Told;
  if (!ticket || ticket.isSpam || ticket.assigneeId !== me || actor?.id === me) return undefined;
  const by = actor?.name ?? actor?.email ?? "";
  const about = { id: event.id, detail: ticket.title, path: `/brands/${ticket.brandId}/tickets/${ticket.id}` };
  const given = event.type === "ticket.created" || (event.type === "ticket.updated" && !!changes && "assigneeId" in changes);
  if (given) return { ...about, kind: "assigned", text: `${ticket.ticketNumber} was assigned to you${by && ` by ${by}`}` };
  if (event.type !== "comment.created" || !comment || comment.authorType === "SYSTEM") return undefined;
  const who = comment.authorName ?? (by || "Somebody");
  return comment.isInternal
    ? { ...about, kind: "note", text: `${who} noted on ${ticket.ticketNumber}`, detail: excerpt(comment.body) }
    : { ...about, kind: "reply", text: `${who} replied on ${ticket.ticketNumber}`, detail: excerpt(comment.body) };
}

/** What is told of all that came at once. */
export function gathered(notices: Notice[]): Notice[] {
  const [first] = notices;
  if (!first || notices.length <= APART_MAX) return notices;
  const assigned = notices.filter(({ kind }) => kind === "assigned").length;
  const written = notices.length - assigned;
  const text = [assigned > 0 && `${plural(assigned, "ticket")} assigned to you`, written > 0 && `${plural(written, "message")} on your tickets`].filter(Boolean).join(", ");
  return [{ id: first.id, kind: first.kind, text, detail: "", path: "/queue?assigneeId=me" }];
}
