// What is done to tickets, one or many: shown at once, sent, and taken back on request.

import type { BulkChange, Category, Member, Status, Tag, Ticket, TicketPatch } from "@dispatch-server/client";
import { api, reason } from "./api";
import { belongs } from "./filters";
import { grouped, plural } from "./format";
import { client, refreshCounts } from "./query";
import { adoptTicket, dropCached, patchCached, useEdit } from "./tickets";
import { toast } from "./toast";

export type Change =
  | { kind: "status"; status: Status; closeReason?: string | undefined }
  | { kind: "priority"; priority: Ticket["priority"] }
  | { kind: "assignee"; member: Member | null }
  | { kind: "category"; category: Category | null }
  | { kind: "tag"; tag: Tag; on: boolean }
  | { kind: "spam"; isSpam: boolean }
  | { kind: "delete" };

const BULK_MAX = 500;

/** How a ticket looks with the change. */
export function changed(ticket: Ticket, change: Change): Ticket {
  switch (change.kind) {
    case "status":
      return { ...ticket, status: change.status.key, statusId: change.status.id, statusRef: change.status, closeReason: (change.status.key === "closed" ? (change.closeReason ?? null) : null) as Ticket["closeReason"] };
    case "priority":
      return { ...ticket, priority: change.priority };
    case "assignee": {
      const { member } = change;
      return { ...ticket, assigneeId: member?.id ?? null, assigneeEmail: member?.email ?? null, assigneeName: member?.displayName ?? null };
    }
    case "category":
      return { ...ticket, category: change.category, categoryId: change.category?.id ?? null };
    case "tag": {
      const others = ticket.tags.filter((tag) => tag.id !== change.tag.id);
      const tags = change.on ? [...others, change.tag].sort((a, b) => a.name.localeCompare(b.name)) : others;
      return { ...ticket, tags, tagIds: tags.map((tag) => tag.id) };
    }
    case "spam":
      return { ...ticket, isSpam: change.isSpam };
    case "delete":
      return ticket;
  }
}

function bodyOf(change: Change): TicketPatch {
  switch (change.kind) {
    case "status": return { status: change.status.key, ...(change.closeReason && { closeReason: change.closeReason as NonNullable<TicketPatch["closeReason"]> }) };
    case "priority": return { priority: change.priority };
    case "assignee": return { assigneeId: change.member?.id ?? null };
    case "category": return { categoryId: change.category?.id ?? null };
    case "tag": return change.on ? { addTagIds: [change.tag.id] } : { removeTagIds: [change.tag.id] };
    case "spam": return { isSpam: change.isSpam };
    case "delete": return {};
  }
}

/** The change that takes it back, as far as the API has one. */
export function inverse(ticket: Ticket, change: Change): TicketPatch | undefined {
  switch (change.kind) {
    case "status": return { status: ticket.status, ...(ticket.closeReason && { closeReason: ticket.closeReason }) };
    case "priority": return { priority: ticket.priority };
    case "assignee": return ticket.assigneeId ? { assigneeId: ticket.assigneeId } : { assigneeId: null, ...(ticket.assigneeEmail && { assigneeEmail: ticket.assigneeEmail, assigneeId: undefined }) };
    case "category": return { categoryId: ticket.categoryId };
    case "tag": return change.on ? { removeTagIds: [change.tag.id] } : { addTagIds: [change.tag.id] };
    case "spam": return { isSpam: !change.isSpam };
    case "delete": return undefined;
  }
}

const said = (change: Change): string => {
  switch (change.kind) {
    case "status": return `set to ${change.status.name}`;
    case "priority": return `priority ${change.priority}`;
    case "assignee": return change.member ? `assigned to ${change.member.displayName ?? change.member.email}` : "unassigned";
    case "category": return change.category ? `moved to ${change.category.name}` : "without category";
    case "tag": return `${change.on ? "tagged" : "no longer tagged"} ${change.tag.name}`;
    case "spam": return change.isSpam ? "marked as spam" : "not spam";
    case "delete": return "deleted";
  }
};

function bulkOf(change: Change): Omit<BulkChange, "ticketIds"> {
  switch (change.kind) {
    case "status": return change.status.key === "closed" && change.closeReason ? { action: "close", closeReason: change.closeReason as "duplicate" } : { action: "setStatus", status: change.status.key };
    case "priority": return { action: "setPriority", priority: change.priority };
    case "assignee": return { action: "assign", assigneeId: change.member?.id ?? null };
    case "category": return { action: "setCategory", categoryId: change.category?.id ?? null };
    case "tag": return { action: change.on ? "addTags" : "removeTags", tagIds: [change.tag.id] };
    case "spam": return { action: change.isSpam ? "spam" : "notSpam" };
    case "delete": return { action: "delete" };
  }
}

/** Takes what has changed out of lists that do not want it any more. */
function leave(ids: Set<string>, change: Change) {
  if (change.kind === "tag") return;
  dropCached((ticket, filters) => ids.has(ticket.id) && (change.kind === "delete"
    || (change.kind === "spam" && (filters.isSpam ?? "false") !== String(change.isSpam))
    || (change.kind === "status" && !belongs(filters.status ?? "all", ticket))
    || (change.kind === "assignee" && filters.assigneeId === "unassigned" && ticket.assigneeId !== null)));
}

function refresh() {
  refreshCounts();
  void client.invalidateQueries({ queryKey: ["tickets"] });
}

async function restore(tickets: Ticket[]) {
  try {
    for (const ticket of tickets) await api.tickets.restore(ticket.brandId, ticket.id);
    refresh();
  } catch (error) {
    toast(reason(error), { kind: "error" });
  }
}

export function useActions(canRestore = true) {
  const edit = useEdit();
  const apply = async (tickets: Ticket[], change: Change) => {
    const [first] = tickets;
    if (!first) return;
    const ids = new Set(tickets.map((ticket) => ticket.id));
    const what = tickets.length === 1 ? first.ticketNumber : plural(tickets.length, "ticket");
    if (tickets.length === 1 && change.kind !== "delete") {
      const back = inverse(first, change);
      edit.mutate({ ticket: first, body: bodyOf(change), shown: changed(first, change), done: `${what} ${said(change)}`, ...(back && { back }) });
      leave(ids, change);
      return;
    }
    for (const ticket of tickets) patchCached(ticket.id, (old) => changed(old, change));
    leave(ids, change);
    try {
      const brands = grouped(tickets, (ticket) => ticket.brandId);
      let failed = 0;
      let message = "";
      for (const [brandId, some] of brands) {
        for (let from = 0; from < some.length; from += BULK_MAX) {
          const report = await api.tickets.bulk(brandId, { ...bulkOf(change), ticketIds: some.slice(from, from + BULK_MAX).map((one) => one.id) } as BulkChange);
          failed += report.failed;
          message ||= report.results.find((one) => !one.ok)?.message ?? "";
        }
      }
      if (failed > 0) toast(`${plural(failed, "ticket")} not changed: ${message}`, { kind: "error" });
      const undo = change.kind === "delete" ? (canRestore ? () => void restore(tickets) : undefined) : async () => {
        try {
          for (const ticket of tickets) adoptTicket(await api.tickets.update(ticket.brandId, ticket.id, inverse(ticket, change) ?? {}));
        } catch (error) {
          toast(reason(error), { kind: "error" });
        }
        refresh();
      };
      if (failed < tickets.length) toast(`${what} ${said(change)}`, undo ? { action: { label: "Undo", run: () => void undo() } } : {});
    } catch (error) {
      toast(reason(error), { kind: "error" });
    }
    refresh();
  };
  return apply;
}
