// Tickets in memory: the lists and the pages that show them change at once, and back again when the server refuses.

import { type InfiniteData, useMutation } from "@tanstack/react-query";
import type { Comment, Page, Ticket, TicketPatch } from "@dispatch-server/client";
import { api, reason } from "./api";
import { client, refreshCounts } from "./query";
import { toast } from "./toast";

export type TicketPages = InfiniteData<Page<Ticket>>;

/** Changes a ticket wherever it is shown. */
export function patchCached(id: string, change: (ticket: Ticket) => Ticket) {
  client.setQueriesData<Ticket>({ queryKey: ["ticket"] }, (old) => (old?.id === id ? change(old) : old));
  client.setQueriesData<TicketPages>({ queryKey: ["tickets"] }, (old) => {
    if (!old?.pages.some((page) => page.data.some((ticket) => ticket.id === id))) return old;
    return { ...old, pages: old.pages.map((page) => ({ ...page, data: page.data.map((ticket) => (ticket.id === id ? change(ticket) : ticket)) })) };
  });
}

/** Takes tickets out of the lists in which they do not belong any more. */
export function dropCached(drop: (ticket: Ticket, filters: Record<string, string>) => boolean) {
  for (const [key] of client.getQueriesData<TicketPages>({ queryKey: ["tickets"] })) {
    const filters = (key[2] ?? {}) as Record<string, string>;
    client.setQueryData<TicketPages>(key, (old) => {
      if (!old?.pages.some((page) => page.data.some((ticket) => drop(ticket, filters)))) return old;
      return { ...old, pages: old.pages.map((page) => ({ ...page, data: page.data.filter((ticket) => !drop(ticket, filters)) })) };
    });
  }
}

/** What the server says a ticket is. A list's body is cut: it keeps what the page knows. */
export function adoptTicket(ticket: Ticket) {
  patchCached(ticket.id, (old) => ({ ...old, ...ticket, ...(old.brand && { brand: old.brand }), ...(ticket.bodyTruncated && !old.bodyTruncated && { body: old.body, bodyTruncated: false }) }));
}

interface Edit {
  ticket: Ticket;
  body: TicketPatch;
  /** What it looks like until the server has answered. */
  shown: Partial<Ticket>;
  /** Said when it is done, with an undo by `back`. */
  done?: string;
  back?: TicketPatch;
}

/** Changes a field of a ticket: at once on the page, then on the server, and back if that refuses. */
export function useEdit() {
  return useMutation({
    mutationFn: ({ ticket, body }: Edit) => api.tickets.update(ticket.brandId, ticket.id, body),
    meta: { quiet: true },
    onMutate: ({ ticket, shown }: Edit) => {
      patchCached(ticket.id, (old) => ({ ...old, ...shown }));
    },
    onError: (error, { ticket }) => {
      adoptTicket(ticket);
      toast(`${ticket.ticketNumber} was not changed: ${reason(error)}`, { kind: "error" });
    },
    onSuccess: (ticket, { done, back, ticket: before }) => {
      adoptTicket(ticket);
      refreshCounts();
      void client.invalidateQueries({ queryKey: ["comments", ticket.id] });
      void client.invalidateQueries({ queryKey: ["activity", ticket.id] });
      if (!done) return;
      toast(done, back ? { action: { label: "Undo", run: () => void api.tickets.update(before.brandId, before.id, back).then((restored) => {
        adoptTicket(restored);
        refreshCounts();
        void client.invalidateQueries({ queryKey: ["tickets"] });
        void client.invalidateQueries({ queryKey: ["comments", before.id] });
      }, (error) => toast(reason(error), { kind: "error" })) } } : {});
    },
  });
}

export function addComment(comment: Comment) {
  client.setQueryData<Comment[]>(["comments", comment.ticketId], (old) => {
    if (!old) return old;
    const known = old.some((one) => one.id === comment.id);
    return known ? old.map((one) => (one.id === comment.id ? comment : one)) : [...old, comment];
  });
}

/** The list that a ticket was opened from, for the way to the next one and back. */
export const trail: { path: string; tickets: { id: string; brandId: string }[] } = { path: "/queue", tickets: [] };
