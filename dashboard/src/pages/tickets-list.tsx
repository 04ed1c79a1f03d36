// A list of tickets: its head, and the rows that are in sight.

import { type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef, useSyncExternalStore } from "react";
import type { Ticket } from "@dispatch-server/client";
import type { Column, ListState } from "../lib/filters";
import { client } from "../lib/query";
import { api } from "../lib/api";
import { Icon, PriorityIcon, StatusDot } from "../ui/icons";
import type { Menu } from "../ui/ticket-menu";
import { type Deeds, PRIORITIES, TicketRows } from "./tickets-rows";

const ROW_PX = 38;
const ROW_PHONE_PX = 66;
/** The heads of the columns stay above the rows. */
const HEAD_PX = 33;
const phone = matchMedia("(max-width: 720px)");
const usePhone = () => useSyncExternalStore((tell) => { phone.addEventListener("change", tell); return () => phone.removeEventListener("change", tell); }, () => phone.matches);

/** Where a list was left, for whoever comes back to it. */
const places = new Map<string, number>();
const PLACES_MAX = 50;

export interface ListHandle {
  isAtTop: () => boolean;
  firstInSight: () => number;
  toTop: () => void;
  show: (index: number) => void;
  rowElement: (index: number) => HTMLElement | null;
}

interface Props {
  ref: Ref<ListHandle>;
  /** Which list this is. */
  place: string;
  tickets: Ticket[];
  columns: Column[];
  state: ListState;
  onSort: (state: ListState) => void;
  selected: ReadonlySet<string>;
  at: number;
  onToggle: (ticket: Ticket, range: boolean) => void;
  onOpen: (ticket: Ticket) => void;
  onMenu: (menu: Menu) => void;
  onAll: (on: boolean) => void;
  busy: boolean;
  more: boolean;
  loading: boolean;
  onMore: () => void;
}

/** The code of the page is there already; the rest of the ticket is asked for while the finger is on its way. */
function prefetch(ticket: Ticket) {
  void client.prefetchQuery({ queryKey: ["comments", ticket.id], queryFn: () => api.comments.list(ticket.brandId, ticket.id) });
}

/** The drawings that rows have copies of, each with a name and in the colour of its place. */
function Stencils({ ref }: { ref: Ref<HTMLDivElement> }) {
  return (
    <div ref={ref} hidden>
      {PRIORITIES.map((priority) => <span key={priority} data-stencil={priority}><PriorityIcon priority={priority} /></span>)}
      <span data-stencil="active"><StatusDot color="currentColor" isActive /></span>
      <span data-stencil="half"><StatusDot color="currentColor" isActive half /></span>
      <span data-stencil="done"><StatusDot color="currentColor" isActive={false} /></span>
      <span data-stencil="nobody"><Icon name="userOff" /></span>
    </div>
  );
}

export function TicketList({ ref, place, tickets, columns, state, onSort, selected, at, onToggle, onOpen, onMenu, onAll, busy, more, loading, onMore }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const onPhone = usePhone();
  const rowPx = onPhone ? ROW_PHONE_PX : ROW_PX;
  const group = useRef<HTMLDivElement>(null);
  const stencils = useRef<HTMLDivElement>(null);
  const rows = useRef<TicketRows>(null);
  const deeds = useRef<Deeds>(null as never);
  deeds.current = { onToggle, onOpen, onMenu, onMore, onPress: prefetch };
  useLayoutEffect(() => {
    if (!scroll.current || !group.current) return;
    const stencil = (name: string) => stencils.current?.querySelector(`[data-stencil="${name}"] > svg`) ?? document.createElement("svg");
    const made = new TicketRows(scroll.current, group.current, stencil, () => deeds.current);
    rows.current = made;
    return () => made.end();
  }, []);
  useImperativeHandle(ref, () => ({
    isAtTop: () => (scroll.current?.scrollTop ?? 0) < ROW_PX,
    firstInSight: () => Math.ceil((scroll.current?.scrollTop ?? 0) / rowPx),
    toTop: () => scroll.current?.scrollTo({ top: 0 }),
    show: (index) => {
      const box = scroll.current;
      if (!box) return;
      const top = index * rowPx;
      const room = box.clientHeight - HEAD_PX - rowPx;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top > box.scrollTop + room) box.scrollTop = top - room;
    },
    rowElement: (index) => rows.current?.element(tickets[index]?.id)?.querySelector<HTMLElement>(".cell-title") ?? null,
  }), [rowPx, tickets]);
  const cells = useMemo(() => (onPhone ? columns.filter(({ key }) => key === "title" || key === "priority") : columns), [columns, onPhone]);
  useLayoutEffect(() => rows.current?.show({ tickets, columns: cells, rowPx, onPhone, selected, at, more, loading }), [tickets, cells, rowPx, onPhone, selected, at, more, loading]);
  useLayoutEffect(() => {
    const box = scroll.current;
    if (!box) return;
    box.scrollTop = places.get(place) ?? 0;
    return () => {
      if (places.size >= PLACES_MAX) places.clear();
      places.set(place, box.scrollTop);
    };
  }, [place]);
  const template = ["26px", ...columns.map((column) => column.width)].join(" ");
  return (
    <div ref={scroll} className={`list-scroll ${busy ? "busy" : ""}`} tabIndex={0} role="table" aria-label="Tickets" aria-rowcount={more ? -1 : tickets.length + 1} style={{ ["--columns" as string]: template }}>
      <div role="rowgroup" className="list-head-group"><div role="row" className="row-grid list-head">
        <span role="columnheader" className="cell-check"><input type="checkbox" aria-label="Select all that are loaded" checked={selected.size > 0 && selected.size === tickets.length} onChange={(event) => onAll(event.target.checked)} /></span>
        {columns.map((column) => {
          const sorted = column.sort !== undefined && column.sort === state.sort;
          return (
            <span key={column.key} role="columnheader" aria-sort={sorted ? (state.order === "asc" ? "ascending" : "descending") : undefined} className={`cell-${column.key.replace(".", "-")}`}>
              {column.sort ? (
                <button type="button" aria-label={`Sort by ${column.label}`} title={`Sort by ${column.label}`} onClick={() => onSort({ ...state, sort: column.sort ?? "createdAt", order: sorted && state.order === "desc" ? "asc" : "desc" })}>
                  {column.key !== "priority" && column.label}{sorted && <Icon name={state.order === "asc" ? "up" : "down"} size={10} />}
                </button>
              ) : column.label}
            </span>
          );
        })}
      </div></div>
      <div ref={group} role="rowgroup" className="list-rows" style={{ height: tickets.length * rowPx }} />
      <Stencils ref={stencils} />
      {loading && <div className="list-more" role="status">Loading more…</div>}
    </div>
  );
}
