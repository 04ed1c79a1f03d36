// The queue, the tickets of a brand and its spam: one list. Its state stands in the address bar.

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocation, useSearch } from "wouter";
import type { Page, StreamEvent, Ticket } from "@dispatch-server/client";
import { api } from "../lib/api";
import { useActions } from "../lib/actions";
import { belongs, COLUMNS, DEFAULT_COLUMNS, type ListState, readState, toQuery, writeState } from "../lib/filters";
import { plural } from "../lib/format";
import { useLive } from "../lib/live";
import { client, refreshCounts, useBrand, useBrands, useFields, useMe } from "../lib/query";
import { useKeys } from "../lib/shortcuts";
import { adoptTicket, dropCached, type TicketPages, trail } from "../lib/tickets";
import { Button, Confirm, Empty, Skeleton, Trouble } from "../ui/parts";
import { open, PageHead } from "../ui/shell";
import { type Menu, TicketMenu } from "../ui/ticket-menu";
import { Chips, ColumnsButton, FilterBar, SearchBox, SortPicker } from "./tickets-bar";
import { TicketList, type ListHandle } from "./tickets-list";
import { BulkBar } from "./tickets-bulk";

const PAGE = 50;
/** Who goes on scrolling gets twice as many, so that it happens half as often. */
const PAGE_FURTHER = 100;
const SOON_MS = 400;

export function TicketsPage({ brandId, spam = false }: { brandId?: string; spam?: boolean }) {
  const search = useSearch();
  const [path, go] = useLocation();
  const { isAdmin } = useMe();
  const brand = useBrand(brandId ?? "");
  const { data: brands } = useBrands();
  const { data: fields } = useFields(brandId);
  const state = useMemo(() => readState(search), [search]);
  const setState = useCallback((next: ListState) => go(`${path}${writeState(next)}`, { replace: true }), [go, path]);
  const query = useMemo(() => ({ ...toQuery(state), ...(spam && { isSpam: "true" }) }), [state, spam]) as Record<string, string>;
  if (spam && !state.filters.status) delete query.status;
  const key = useMemo(() => ["tickets", brandId ?? "queue", query] as const, [brandId, query]);

  const list = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }): Promise<Page<Ticket>> => {
      const asked = { ...query, limit: pageParam ? PAGE_FURTHER : PAGE, ...(pageParam && { cursor: pageParam }) };
      return brandId ? api.tickets.list(brandId, asked as never, { signal }) : api.queue.tickets(asked as never, { signal });
    },
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
    placeholderData: (old, before) => (before?.queryKey[1] === (brandId ?? "queue") ? old : undefined),
  });
  const tickets = useMemo(() => list.data?.pages.flatMap((page) => page.data) ?? [], [list.data]);
  useEffect(() => { trail.path = path + search; trail.tickets = tickets; if (search) trail.path = `${path}?${search}`; }, [tickets, path, search]);

  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [menu, setMenu] = useState<Menu | null>(null);
  const [asking, setAsking] = useState<Ticket[] | null>(null);
  const [news, setNews] = useState(0);
  const [at, setAt] = useState(-1);
  const handle = useRef<ListHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const apply = useActions(isAdmin);
  useEffect(() => { setSelected(new Set()); setAt(-1); setNews(0); }, [key]);

  /** Brings in what is new above, without touching the pages that were loaded. */
  const refreshHead = useCallback(async () => {
    const asked = { ...query, limit: PAGE };
    const head = await (brandId ? api.tickets.list(brandId, asked as never) : api.queue.tickets(asked as never)).catch(() => null);
    if (!head) return;
    const known = new Set(head.data.map((ticket) => ticket.id));
    client.setQueryData<TicketPages>(key, (old) => old && {
      ...old, pages: old.pages.map((page, index) => {
        const rest = page.data.filter((ticket) => !known.has(ticket.id));
        // What the server would have put here and does not is gone; what lies behind the first page stays.
        return index > 0 ? { ...page, data: rest } : old.pages.length === 1 ? head : { ...page, data: [...head.data, ...rest] };
      }),
    });
    setNews(0);
  }, [brandId, key, query]);
  const soon = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = useCallback((work: () => void) => { clearTimeout(soon.current); soon.current = setTimeout(work, SOON_MS); }, []);

  const live = useCallback((event: StreamEvent) => {
    if (event.type === "presence") return;
    if (/^(status|category|tag|field|brand)\./.test(event.type)) {
      void client.invalidateQueries({ predicate: ({ queryKey }) => ["statuses", "categories", "tags", "fields", "brands", "chips"].includes(String(queryKey[0])) });
      return;
    }
    const ticket = (event.data as { ticket?: Ticket }).ticket;
    if (!ticket) return;
    const top = handle.current?.isAtTop() ?? true;
    if (event.type === "ticket.created" || event.type === "ticket.restored" || event.type === "ticket.reopened") {
      if (top) later(() => { void refreshHead(); refreshCounts(); });
      else { setNews((count) => count + 1); later(refreshCounts); }
      if (event.type === "ticket.created") return;
    }
    adoptTicket(ticket);
    const gone = event.type === "ticket.deleted";
    if (gone || top) dropCached((one, filters) => one.id === ticket.id && (gone || one.isSpam !== (filters.isSpam === "true") || !belongs(filters.status ?? "all", one)));
    if (event.type !== "comment.created") later(refreshCounts);
  }, [later, refreshHead]);
  useLive(brandId ? [brandId] : (brands ?? []).map((one) => one.id), {}, live, () => void client.invalidateQueries({ queryKey: key }));

  const openTicket = useCallback((ticket: Ticket) => {
    client.setQueryData(["ticket", ticket.brandId, ticket.id], (old: Ticket | undefined) => old ?? ticket, { updatedAt: 1 });
    go(`/brands/${ticket.brandId}/tickets/${ticket.id}`);
  }, [go]);
  const picked = selected.size > 0 ? tickets.filter((ticket) => selected.has(ticket.id)) : [];
  const target = () => (picked.length > 0 ? picked : tickets[at] ? [tickets[at]] : []);
  const choose = (kind: Menu["kind"]) => { if (target().length > 0) setMenu({ kind, tickets: target(), anchor: handle.current?.rowElement(at) ?? null }); };
  const move = (step: number) => {
    const next = Math.max(0, Math.min(tickets.length - 1, at < 0 ? (handle.current?.firstInSight() ?? 0) : at + step));
    setAt(next);
    handle.current?.show(next);
  };
  const toggle = useCallback((ticket: Ticket, range: boolean) => {
    setSelected((old) => {
      const next = new Set(old);
      const ids = trail.tickets.map((one) => one.id);
      const last = [...old].at(-1);
      if (range && last) {
        const [from, to] = [ids.indexOf(last), ids.indexOf(ticket.id)].sort((a, b) => a - b) as [number, number];
        for (const id of ids.slice(from, to + 1)) next.add(id);
      } else if (!next.delete(ticket.id)) next.add(ticket.id);
      return next;
    });
  }, []);
  const setStatus = (name: string) => {
    const some = target();
    if (some.length === 0) return;
    void api.statuses.get(some[0]?.brandId ?? "", name).then((status) => { void apply(some, { kind: "status", status }); setSelected(new Set()); });
  };
  useKeys({
    j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    Enter: () => { const ticket = tickets[at]; if (ticket) openTicket(ticket); },
    x: () => { const ticket = tickets[at]; if (ticket) toggle(ticket, false); },
    s: () => choose("status"), p: () => choose("priority"), a: () => choose("assignee"), l: () => choose("tags"),
    "alt+r": () => setStatus("resolved"), "alt+p": () => setStatus("pending"),
    "alt+s": () => { if (target().length) { void apply(target(), { kind: "spam", isSpam: !spam }); setSelected(new Set()); } },
    "alt+d": () => { if (target().length) setAsking(target()); },
    "mod+a": () => setSelected(new Set(tickets.map((ticket) => ticket.id))),
    "/": () => searchBox.current?.focus(),
    Escape: () => { setSelected(new Set()); setAt(-1); },
  });

  const columns = useMemo(() => {
    const own = (fields?.ticket ?? []).filter((field) => field.showInTable).map((field) => ({ key: `cf.${field.key}`, label: field.label, width: "110px" }));
    const all = [...COLUMNS, ...own, ...(brandId ? [] : [{ key: "brand", label: "Brand", width: "110px" }])];
    const kept = localStorage.getItem(`dispatch.columns.${brandId ? "brand" : "queue"}`)?.split(",");
    const names = state.columns ?? kept ?? (brandId ? DEFAULT_COLUMNS : [...DEFAULT_COLUMNS.slice(0, 4), "brand", ...DEFAULT_COLUMNS.slice(5)]);
    return { all, shown: names.flatMap((name) => all.find((column) => column.key === name) ?? []) };
  }, [brandId, fields, state.columns]);

  const shownKeys = useMemo(() => columns.shown.map((column) => column.key), [columns]);
  const setColumns = useCallback((keys: string[]) => {
    localStorage.setItem(`dispatch.columns.${brandId ? "brand" : "queue"}`, keys.join(","));
    setState({ ...state, columns: keys });
  }, [brandId, setState, state]);

  const mine = state.filters.assigneeId;
  const title = spam ? "Spam" : brandId ? "Tickets" : mine === "me" ? "My tickets" : mine === "unassigned" ? "Unassigned" : "Queue";
  useEffect(() => { document.title = `${title}${brand ? ` · ${brand.name}` : ""} · Dispatch`; }, [title, brand]);
  const filtered = Object.keys(state.filters).some((name) => name !== "status");

  return (
    <div className="tickets-page">
      <PageHead title={title}>
        <SearchBox ref={searchBox} value={state.filters.search ?? ""} onChange={(text) => setState({ ...state, filters: { ...state.filters, search: text } })} />
        <SortPicker state={state} onChange={setState} />
        <ColumnsButton all={columns.all} shown={shownKeys} onChange={setColumns} />
        {(brandId || brands?.[0]) && !spam && <Button kind="primary" icon="plus" onClick={() => open({ name: "new-ticket", brandId })}>New ticket</Button>}
      </PageHead>
      <div className="bar">
        {!spam && <Chips brandId={brandId} state={state} onChange={setState} />}
        <FilterBar brandId={brandId} state={state} onChange={setState} spam={spam} />
      </div>
      {news > 0 && <button type="button" className="news" onClick={() => { handle.current?.toTop(); void refreshHead(); }}>{plural(news, "new ticket")}</button>}
      {list.isPending ? <Skeleton rows={12} /> : list.error && tickets.length === 0 ? <Trouble error={list.error} retry={() => void list.refetch()} /> : tickets.length === 0 ? (
        spam ? <Empty icon="check" title="No spam">What is marked as spam waits here, and can come back.</Empty>
        : filtered ? <Empty icon="search" title="Nothing matches"><Button onClick={() => setState({ ...state, filters: state.filters.status ? { status: state.filters.status } : {} })}>Clear the filters</Button></Empty>
        : <Empty icon="check" title={(state.filters.status ?? "active") === "active" ? "All done" : "No tickets here"}>
            <p>{(state.filters.status ?? "active") === "active" ? "No active tickets. New ones appear here by themselves." : "No ticket has this status."}</p>
            {brandId && <Button icon="plus" onClick={() => open({ name: "new-ticket", brandId })}>New ticket</Button>}
          </Empty>
      ) : (
        <TicketList ref={handle} place={JSON.stringify(key)} tickets={tickets} columns={columns.shown} state={state} onSort={setState} selected={selected} at={at} onToggle={toggle} onOpen={openTicket} onMenu={setMenu}
          onAll={(on) => setSelected(on ? new Set(tickets.map((ticket) => ticket.id)) : new Set())}
          busy={list.isPlaceholderData} more={list.hasNextPage} loading={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      )}
      {picked.length > 0 && <BulkBar tickets={picked} spam={spam} onMenu={setMenu} onClear={() => setSelected(new Set())} onDelete={() => setAsking(picked)} />}
      {menu && <TicketMenu {...menu} tickets={menu.tickets.map((one) => tickets.find((ticket) => ticket.id === one.id) ?? one)} onClose={() => setMenu(null)} onDone={() => menu.tickets.length > 1 && setSelected(new Set())} />}
      {asking && (
        <Confirm title={`Delete ${asking.length === 1 ? asking[0]?.ticketNumber : plural(asking.length, "ticket")}?`} action="Delete" onClose={() => setAsking(null)} onConfirm={() => { void apply(asking, { kind: "delete" }); setSelected(new Set()); }}>
          <p>Comments and files go with it. An admin can restore it for 30 days.</p>
        </Confirm>
      )}
    </div>
  );
}
