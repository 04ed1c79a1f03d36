// The rows of a list of tickets. Only those in sight exist; each is drawn again only when its own ticket changes.

import { memo, type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
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
/** The heads of the columns stay above the rows. */
const HEAD_PX = 33;
const AHEAD = 10;
const DRAWN_BESIDE = 5;
const phone = matchMedia("(max-width: 720px)");
const usePhone = () => useSyncExternalStore((tell) => { phone.addEventListener("change", tell); return () => phone.removeEventListener("change", tell); }, () => phone.matches);

/** Which rows are in sight, of rows that are all of one height: drawn again when another row comes in, and not before. */
function useSight(scroll: React.RefObject<HTMLDivElement | null>, count: number, rowPx: number) {
  const [sight, setSight] = useState({ from: 0, to: 0 });
  useLayoutEffect(() => {
    const box = scroll.current;
    if (!box) return;
    let height = box.clientHeight;
    const look = () => {
      const top = Math.floor(box.scrollTop / rowPx);
      const from = Math.max(0, top - DRAWN_BESIDE);
      const to = Math.min(count, top + Math.ceil(height / rowPx) + DRAWN_BESIDE);
      setSight((old) => (old.from === from && old.to === to ? old : { from, to }));
    };
    const sized = new ResizeObserver(() => { height = box.clientHeight; look(); });
    look();
    sized.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      sized.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [scroll, count, rowPx]);
  return sight;
}

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

/** A cell of one text is one element, and no component of its own: a list that is scrolled makes hundreds of them a second. */
function cell(ticket: Ticket, column: Column, onMenu: Props["onMenu"]) {
  const name = `cell-${column.key.replace(".", "-")}`;
  const menu = (kind: Menu["kind"]) => (event: React.MouseEvent<HTMLElement>) => {
    event.stopPropagation();
    event.preventDefault();
    onMenu({ kind, tickets: [ticket], anchor: event.currentTarget });
  };
  const text = (content: React.ReactNode, look = "dim", title?: string) => <span key={column.key} role="cell" className={`cut ${name} ${look}`} title={title}>{content}</span>;
  const box = (content: React.ReactNode) => <span key={column.key} role="cell" className={`cell ${name}`}>{content}</span>;
  switch (column.key) {
    case "priority": return box(<button type="button" tabIndex={-1} className="cell-button" aria-label={`Priority ${ticket.priority}`} title={`Priority ${ticket.priority}`} onClick={menu("priority")}><PriorityIcon priority={ticket.priority} /></button>);
    case "number": return text(ticket.ticketNumber, "dim number");
    case "status": return box(<button type="button" tabIndex={-1} className="cell-button" onClick={menu("status")}><StatusDot color={ticket.statusRef.color} isActive={ticket.statusRef.isActive} half={ticket.status === "pending"} /><span className="cut">{ticket.statusRef.name}</span></button>);
    case "title": return box(<a className="title cut" tabIndex={-1} draggable={false} href={`/brands/${ticket.brandId}/tickets/${ticket.id}`} onClick={(event) => { if (!event.metaKey && !event.ctrlKey && !event.shiftKey) event.preventDefault(); else event.stopPropagation(); }}>{ticket.title}</a>);
    case "tags": return <span key={column.key} role="cell" className={`tags ${name}`}>{ticket.tags.slice(0, 3).map((tag) => <Chip key={tag.id} color={tag.color}>{tag.name}</Chip>)}{ticket.tags.length > 3 && <small className="dim">+{ticket.tags.length - 3}</small>}</span>;
    case "customer": return text(customerOf(ticket), "dim", ticket.customerEmail ?? undefined);
    case "company": return text(ticket.customer?.company?.name);
    case "category": return text(ticket.category?.name);
    case "assignee": {
      const who = ticket.assigneeName ?? ticket.assigneeEmail;
      return box(<button type="button" tabIndex={-1} className="cell-button" aria-label={who ? `Assigned to ${who}` : "Assign"} title={who ?? "Nobody"} onClick={menu("assignee")}>{who ? <><Avatar name={who} size={18} /><span className="cut">{who}</span></> : <span className="faint"><Icon name="userOff" /></span>}</button>);
    }
    case "source": return text(ticket.source);
    case "comments": return text(ticket.commentCount || "");
    case "due": return text(ago(ticket.dueAt), ticket.overdueAt || (ticket.dueAt && ticket.statusRef.isActive && Date.parse(ticket.dueAt) < Date.now()) ? "overdue" : "dim", fullTime(ticket.dueAt));
    case "created": return text(ago(ticket.createdAt), "dim", fullTime(ticket.createdAt));
    case "updated": return text(ago(ticket.updatedAt), "dim", fullTime(ticket.updatedAt));
    case "brand": return text(ticket.brand?.name);
    default: {
      const value = ticket.customFields[column.key.slice(3)];
      return text(value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
    }
  }
}

/** The code of the page is there already; the rest of the ticket is asked for while the finger is on its way. */
function prefetch(ticket: Ticket) {
  void client.prefetchQuery({ queryKey: ["comments", ticket.id], queryFn: () => api.comments.list(ticket.brandId, ticket.id) });
}

const Row = memo(function Row({ ticket, columns, selected, here, index, top, onPhone, onToggle, onOpen, onMenu }: Pick<Props, "columns" | "onToggle" | "onOpen" | "onMenu"> & { ticket: Ticket; selected: boolean; here: boolean; index: number; top: number; onPhone: boolean }) {
  return (
    <div role="row" aria-rowindex={index + 2} aria-selected={selected} className={`row-grid ticket-row ${selected ? "selected" : ""} ${here ? "here" : ""}`} data-id={ticket.id} style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(ticket)} onPointerDown={(event) => event.button === 0 && prefetch(ticket)}>
      <span role="cell" className="cell-check" onClick={(event) => event.stopPropagation()}>
        <input type="checkbox" tabIndex={-1} aria-label={`Select ${ticket.ticketNumber}`} checked={selected} onChange={() => undefined} onClick={(event) => onToggle(ticket, event.shiftKey)} />
      </span>
      {columns.map((column) => cell(ticket, column, onMenu))}
      {onPhone && (
        <span className="phone-line" aria-hidden="true">
          <StatusDot color={ticket.statusRef.color} isActive={ticket.statusRef.isActive} half={ticket.status === "pending"} />
          <span className="cut">{ticket.ticketNumber} · {customerOf(ticket) || "no customer"}</span>
          <span>{ago(ticket.updatedAt)}</span>
        </span>
      )}
    </div>
  );
});

export function TicketList({ ref, tickets, columns, state, onSort, selected, at, onToggle, onOpen, onMenu, onAll, busy, more, loading, onMore }: Props) {
  const scroll = useRef<HTMLDivElement>(null);
  const onPhone = usePhone();
  const rowPx = onPhone ? ROW_PHONE_PX : ROW_PX;
  const { from, to } = useSight(scroll, tickets.length, rowPx);
  if (more && !loading && to >= tickets.length - AHEAD) queueMicrotask(onMore);
  useImperativeHandle(ref, () => ({
    isAtTop: () => (scroll.current?.scrollTop ?? 0) < ROW_PX,
    toTop: () => scroll.current?.scrollTo({ top: 0 }),
    show: (index) => {
      const box = scroll.current;
      if (!box) return;
      const top = index * rowPx;
      const room = box.clientHeight - HEAD_PX - rowPx;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top > box.scrollTop + room) box.scrollTop = top - room;
    },
    rowElement: (index) => scroll.current?.querySelector<HTMLElement>(`[data-id="${tickets[index]?.id}"] .cell-title`) ?? null,
  }), [rowPx, tickets]);
  const cells = useMemo(() => (onPhone ? columns.filter(({ key }) => key === "title" || key === "priority") : columns), [columns, onPhone]);
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
      <div role="rowgroup" className="list-rows" style={{ height: tickets.length * rowPx }}>
        {tickets.slice(from, to).map((ticket, place) => {
          const index = from + place;
          return <Row key={ticket.id} ticket={ticket} columns={cells} index={index} top={index * rowPx} onPhone={onPhone} selected={selected.has(ticket.id)} here={index === at} onToggle={onToggle} onOpen={onOpen} onMenu={onMenu} />;
        })}
      </div>
      {loading && <div className="list-more" role="status">Loading more…</div>}
    </div>
  );
}
