// The rows of a list of tickets. Only those in sight exist; each is drawn again only when its own ticket changes.

import { memo, type Ref, useImperativeHandle, useRef } from "react";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { Ticket } from "@dispatch-server/client";
import type { Column, ListState } from "../lib/filters";
import { ago, fullTime } from "../lib/format";
import { Icon, PriorityIcon, StatusDot } from "../ui/icons";
import { Avatar, Chip } from "../ui/parts";
import type { Menu } from "../ui/ticket-menu";
import { client } from "../lib/query";
import { api } from "../lib/api";

const ROW_PX = 38;
const ROW_PHONE_PX = 66;
const AHEAD = 10;
const DRAWN_BESIDE = 5;
const phone = matchMedia("(max-width: 720px)");

export interface ListHandle {
  isAtTop: () => boolean;
  toTop: () => void;
  show: (index: number) => void;
  rowElement: (index: number) => HTMLElement | null;
}

interface Props {
  ref: Ref<ListHandle>;
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

const customerOf = (ticket: Ticket) => ticket.customer?.name ?? ticket.customerName ?? ticket.customerEmail ?? "";

function cell(ticket: Ticket, column: Column, onMenu: Props["onMenu"]) {
  const menu = (kind: Menu["kind"]) => (event: React.MouseEvent<HTMLElement>) => {
    event.stopPropagation();
    event.preventDefault();
    onMenu({ kind, tickets: [ticket], anchor: event.currentTarget });
  };
  switch (column.key) {
    case "priority": return <button type="button" tabIndex={-1} className="cell-button" aria-label={`Priority ${ticket.priority}`} title={`Priority ${ticket.priority}`} onClick={menu("priority")}><PriorityIcon priority={ticket.priority} /></button>;
    case "number": return <span className="dim number">{ticket.ticketNumber}</span>;
    case "status": return <button type="button" tabIndex={-1} className="cell-button" onClick={menu("status")}><StatusDot color={ticket.statusRef.color} isActive={ticket.statusRef.isActive} half={ticket.status === "pending"} /><span className="cut">{ticket.statusRef.name}</span></button>;
    case "title": return <a className="title cut" tabIndex={-1} draggable={false} href={`/brands/${ticket.brandId}/tickets/${ticket.id}`} onClick={(event) => { if (!event.metaKey && !event.ctrlKey && !event.shiftKey) event.preventDefault(); else event.stopPropagation(); }}>{ticket.title}</a>;
    case "tags": return <span className="tags">{ticket.tags.slice(0, 3).map((tag) => <Chip key={tag.id} color={tag.color}>{tag.name}</Chip>)}{ticket.tags.length > 3 && <small className="dim">+{ticket.tags.length - 3}</small>}</span>;
    case "customer": return <span className="cut dim" title={ticket.customerEmail ?? undefined}>{customerOf(ticket)}</span>;
    case "company": return <span className="cut dim">{ticket.customer?.company?.name}</span>;
    case "category": return ticket.category && <span className="cut dim">{ticket.category.name}</span>;
    case "assignee": {
      const name = ticket.assigneeName ?? ticket.assigneeEmail;
      return <button type="button" tabIndex={-1} className="cell-button" aria-label={name ? `Assigned to ${name}` : "Assign"} title={name ?? "Nobody"} onClick={menu("assignee")}>{name ? <><Avatar name={name} size={18} /><span className="cut">{name}</span></> : <span className="faint"><Icon name="userOff" /></span>}</button>;
    }
    case "source": return <span className="cut dim">{ticket.source}</span>;
    case "comments": return <span className="dim">{ticket.commentCount || ""}</span>;
    case "due": return <span className={ticket.overdueAt || (ticket.dueAt && ticket.statusRef.isActive && Date.parse(ticket.dueAt) < Date.now()) ? "overdue" : "dim"} title={fullTime(ticket.dueAt)}>{ago(ticket.dueAt)}</span>;
    case "created": return <span className="dim" title={fullTime(ticket.createdAt)}>{ago(ticket.createdAt)}</span>;
    case "updated": return <span className="dim" title={fullTime(ticket.updatedAt)}>{ago(ticket.updatedAt)}</span>;
    case "brand": return <span className="cut dim">{ticket.brand?.name}</span>;
    default: {
      const value = ticket.customFields[column.key.slice(3)];
      return <span className="cut dim">{value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value)}</span>;
    }
  }
}

/** The code of the page is there already; the rest of the ticket is asked for while the finger is on its way. */
function prefetch(ticket: Ticket) {
  void client.prefetchQuery({ queryKey: ["comments", ticket.id], queryFn: () => api.comments.list(ticket.brandId, ticket.id) });
}

const Row = memo(function Row({ ticket, columns, selected, here, index, onToggle, onOpen, onMenu }: Pick<Props, "columns" | "onToggle" | "onOpen" | "onMenu"> & { ticket: Ticket; selected: boolean; here: boolean; index: number }) {
  return (
    <div role="row" aria-rowindex={index + 2} aria-selected={selected} className={`row-grid ticket-row ${selected ? "selected" : ""} ${here ? "here" : ""}`} data-id={ticket.id}
      onClick={() => onOpen(ticket)} onPointerDown={(event) => event.button === 0 && prefetch(ticket)}>
      <span role="cell" className="cell-check" onClick={(event) => event.stopPropagation()}>
        <input type="checkbox" tabIndex={-1} aria-label={`Select ${ticket.ticketNumber}`} checked={selected} onChange={() => undefined} onClick={(event) => onToggle(ticket, event.shiftKey)} />
      </span>
      {columns.map((column) => <span key={column.key} role="cell" className={`cell cell-${column.key.replace(".", "-")}`}>{cell(ticket, column, onMenu)}</span>)}
      <span className="phone-line" aria-hidden="true">
        <StatusDot color={ticket.statusRef.color} isActive={ticket.statusRef.isActive} half={ticket.status === "pending"} />
        <span className="cut">{ticket.ticketNumber} · {customerOf(ticket) || "no customer"}</span>
        <span>{ago(ticket.updatedAt)}</span>
      </span>
    </div>
  );
});

export function TicketList({ ref, tickets, columns, state, onSort, selected, at, onToggle, onOpen, onMenu, onAll, busy, more, loading, onMore }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: tickets.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (phone.matches ? ROW_PHONE_PX : ROW_PX),
    overscan: DRAWN_BESIDE,
    getItemKey: (index) => tickets[index]?.id ?? index,
    useFlushSync: false,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  if (more && !loading && last >= tickets.length - AHEAD) queueMicrotask(onMore);
  useImperativeHandle(ref, () => ({
    isAtTop: () => (scroll.current?.scrollTop ?? 0) < ROW_PX,
    toTop: () => scroll.current?.scrollTo({ top: 0 }),
    show: (index) => rows.scrollToIndex(index, { align: "auto" }),
    rowElement: (index) => scroll.current?.querySelector<HTMLElement>(`[data-id="${tickets[index]?.id}"] .cell-title`) ?? null,
  }), [rows, tickets]);
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
      <div role="rowgroup" className="list-rows" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const ticket = tickets[item.index];
          return ticket && (
            <div key={item.key} className="row-place" role="presentation" style={{ transform: `translateY(${item.start}px)`, height: item.size }}>
              <Row ticket={ticket} columns={columns} index={item.index} selected={selected.has(ticket.id)} here={item.index === at} onToggle={onToggle} onOpen={onOpen} onMenu={onMenu} />
            </div>
          );
        })}
      </div>
      {loading && <div className="list-more" role="status">Loading more…</div>}
    </div>
  );
}
