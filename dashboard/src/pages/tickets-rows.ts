// The rows of a list of tickets, drawn by hand: the one place where React is left out. A list that is scrolled shows a hundred
// new rows a second, and for each of them React makes and throws away two dozen components. Here a row that goes out of
// sight is written anew for the ticket that comes in. `bench/dashboard.mjs` measures what a step of the wheel takes.

import type { Ticket } from "@dispatch-server/client";
import type { Column } from "../lib/filters";
import { ago, fullTime, hue, initials } from "../lib/format";
import type { Menu, MenuKind } from "../ui/ticket-menu";

/** Rows that are there above and below what is in sight. */
const BESIDE = 5;
/** How many rows before the end more are asked for. */
const AHEAD = 20;
/** When nobody has scrolled for so long, the rows are put into the order in which they are read aloud. */
const REST_MS = 250;
const TAGS_SHOWN = 3;
const AVATAR_PX = 18;

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;

/** What is shown, and how. */
export interface View {
  tickets: readonly Ticket[];
  columns: readonly Column[];
  rowPx: number;
  onPhone: boolean;
  selected: ReadonlySet<string>;
  at: number;
  more: boolean;
  loading: boolean;
}

/** What becomes of what somebody does to a row. */
export interface Deeds {
  onToggle: (ticket: Ticket, range: boolean) => void;
  onOpen: (ticket: Ticket) => void;
  onMenu: (menu: Menu) => void;
  onPress: (ticket: Ticket) => void;
  onMore: () => void;
}

/** A piece of a row and how it is written for a ticket. */
interface Part {
  element: HTMLElement;
  write: (ticket: Ticket) => void;
}

interface Row {
  element: HTMLElement;
  parts: Part[];
  box: HTMLInputElement;
  ticket: Ticket | null;
  index: number;
  selected: boolean | null;
  here: boolean | null;
}

export const customerOf = (ticket: Ticket) => ticket.customer?.name ?? ticket.customerName ?? ticket.customerEmail ?? "";

function make(tag: string, className: string, role?: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  if (role) element.setAttribute("role", role);
  return element;
}

/** A text that is touched only when it is another one. */
function words(parent: HTMLElement) {
  const text = parent.appendChild(document.createTextNode(""));
  return (value: string) => { if (text.data !== value) text.data = value; };
}

/** An attribute that is touched only when it is another one. */
function attribute(element: Element, name: string) {
  let last: string | undefined;
  return (value: string | undefined) => {
    if (value === last) return;
    last = value;
    if (value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value);
  };
}

function button(kind: MenuKind) {
  const element = make("button", "cell-button") as HTMLButtonElement;
  element.type = "button";
  element.tabIndex = -1;
  element.dataset.menu = kind;
  return element;
}

/** A drawing among those that React has made, by name. */
type Stencils = (name: string) => Node;

/** One of several drawings, which are kept once they have been shown. */
function drawing(parent: HTMLElement, stencils: Stencils) {
  const made = new Map<string, SVGElement>();
  let shown: SVGElement | undefined;
  let last = "";
  return (name: string): SVGElement => {
    if (shown && name === last) return shown;
    const next = made.get(name) ?? (stencils(name).cloneNode(true) as SVGElement);
    made.set(name, next);
    if (shown) shown.replaceWith(next);
    else parent.prepend(next);
    last = name;
    shown = next;
    return next;
  };
}

function statusDot(parent: HTMLElement, stencils: Stencils) {
  const draw = drawing(parent, stencils);
  return (ticket: Ticket) => {
    const dot = draw(!ticket.statusRef.isActive ? "done" : ticket.status === "pending" ? "half" : "active");
    if (dot.dataset.color === ticket.statusRef.color) return;
    dot.dataset.color = ticket.statusRef.color;
    dot.style.color = ticket.statusRef.color;
  };
}

function priorityCell(element: HTMLElement, stencils: Stencils): Part {
  const menu = button("priority");
  const [draw, label, title] = [drawing(menu, stencils), attribute(menu, "aria-label"), attribute(menu, "title")];
  element.append(menu);
  return { element, write: ({ priority }) => { draw(priority); label(`Priority ${priority}`); title(`Priority ${priority}`); } };
}

function statusCell(element: HTMLElement, stencils: Stencils): Part {
  const menu = button("status");
  const name = menu.appendChild(make("span", "cut"));
  const [draw, write] = [statusDot(menu, stencils), words(name)];
  element.append(menu);
  return { element, write: (ticket) => { draw(ticket); write(ticket.statusRef.name); } };
}

function titleCell(element: HTMLElement): Part {
  const link = element.appendChild(make("a", "title cut")) as HTMLAnchorElement;
  link.tabIndex = -1;
  link.draggable = false;
  const [write, href] = [words(link), attribute(link, "href")];
  return { element, write: (ticket) => { write(ticket.title); href(`/brands/${ticket.brandId}/tickets/${ticket.id}`); } };
}

function tagsCell(element: HTMLElement): Part {
  const chips = Array.from({ length: TAGS_SHOWN }, () => {
    const chip = make("span", "chip");
    const dot = chip.appendChild(document.createElement("i"));
    const write = words(chip.appendChild(document.createElement("span")));
    return { chip, write: (name: string, color: string) => { write(name); if (dot.dataset.color !== color) { dot.dataset.color = color; dot.style.background = color; } } };
  });
  const rest = make("small", "dim");
  const writeRest = words(rest);
  const shown = new Set<HTMLElement>();
  const show = (one: HTMLElement, is: boolean) => {
    if (shown.has(one) === is) return;
    if (is) { shown.add(one); element.append(one); } else { shown.delete(one); one.remove(); }
  };
  return {
    element,
    write: ({ tags }) => {
      chips.forEach(({ chip, write }, place) => {
        const tag = tags[place];
        if (tag) write(tag.name, tag.color);
        show(chip, tag !== undefined);
      });
      // It stands behind the chips, whichever of them were just put in.
      show(rest, false);
      if (tags.length > TAGS_SHOWN) { writeRest(`+${tags.length - TAGS_SHOWN}`); show(rest, true); }
    },
  };
}

function assigneeCell(element: HTMLElement, stencils: Stencils): Part {
  const menu = button("assignee");
  const nobody = make("span", "faint");
  nobody.append(stencils("nobody").cloneNode(true));
  const avatar = make("span", "avatar");
  avatar.setAttribute("aria-hidden", "true");
  Object.assign(avatar.style, { width: `${AVATAR_PX}px`, height: `${AVATAR_PX}px`, fontSize: `${AVATAR_PX * 0.42}px` });
  const name = make("span", "cut");
  const [write, label, title] = [words(name), attribute(menu, "aria-label"), attribute(menu, "title")];
  let last: string | null | undefined;
  element.append(menu);
  return {
    element,
    write: (ticket) => {
      const who = ticket.assigneeName ?? ticket.assigneeEmail ?? null;
      if (who === last) return;
      if (!who) menu.replaceChildren(nobody);
      else if (!last) menu.replaceChildren(avatar, name);
      last = who;
      label(who ? `Assigned to ${who}` : "Assign");
      title(who ?? "Nobody");
      if (!who) return;
      write(who);
      avatar.dataset.initials = initials(who);
      avatar.style.setProperty("--hue", String(hue(who)));
    },
  };
}

const isOverdue = (ticket: Ticket) => Boolean(ticket.overdueAt || (ticket.dueAt && ticket.statusRef.isActive && Date.parse(ticket.dueAt) < Date.now()));

function fieldText(ticket: Ticket, key: string) {
  const value = ticket.customFields[key.slice(3)];
  return value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** What stands in a column of words, and what is said about it when the pointer rests there. */
function textOf(key: string): (ticket: Ticket) => [text: string, title?: string | undefined] {
  switch (key) {
    case "number": return (ticket) => [ticket.ticketNumber];
    case "customer": return (ticket) => [customerOf(ticket), ticket.customerEmail ?? undefined];
    case "company": return (ticket) => [ticket.customer?.company?.name ?? ""];
    case "category": return (ticket) => [ticket.category?.name ?? ""];
    case "source": return (ticket) => [ticket.source];
    case "comments": return (ticket) => [ticket.commentCount ? String(ticket.commentCount) : ""];
    case "due": return (ticket) => [ago(ticket.dueAt), fullTime(ticket.dueAt) || undefined];
    case "created": return (ticket) => [ago(ticket.createdAt), fullTime(ticket.createdAt)];
    case "updated": return (ticket) => [ago(ticket.updatedAt), fullTime(ticket.updatedAt)];
    case "brand": return (ticket) => [ticket.brand?.name ?? ""];
    default: return (ticket) => [fieldText(ticket, key)];
  }
}

function textCell(element: HTMLElement, key: string): Part {
  const [read, write, title] = [textOf(key), words(element), attribute(element, "title")];
  return {
    element,
    write: (ticket) => {
      const [text, said] = read(ticket);
      write(text);
      title(said);
      if (key !== "due") return;
      const late = isOverdue(ticket);
      element.classList.toggle("overdue", late);
      element.classList.toggle("dim", !late);
    },
  };
}

function cell(column: Column, stencils: Stencils): Part {
  const name = `cell-${column.key.replace(".", "-")}`;
  const box = () => make("span", `cell ${name}`, "cell");
  switch (column.key) {
    case "priority": return priorityCell(box(), stencils);
    case "status": return statusCell(box(), stencils);
    case "title": return titleCell(box());
    case "tags": return tagsCell(make("span", `tags ${name}`, "cell"));
    case "assignee": return assigneeCell(box(), stencils);
    default: return textCell(make("span", `cut ${name} dim${column.key === "number" ? " number" : ""}`, "cell"), column.key);
  }
}

/** What a phone shows below the title. */
function phoneLine(stencils: Stencils): Part {
  const element = make("span", "phone-line");
  element.setAttribute("aria-hidden", "true");
  const [text, time] = [element.appendChild(make("span", "cut")), element.appendChild(document.createElement("span"))];
  const [draw, write, writeTime] = [statusDot(element, stencils), words(text), words(time)];
  return {
    element,
    write: (ticket) => {
      draw(ticket);
      write(`${ticket.ticketNumber} · ${customerOf(ticket) || "no customer"}`);
      writeTime(ago(ticket.updatedAt));
    },
  };
}

/** The rows in sight, within an element that nobody else writes to, of a box that is scrolled. */
export class TicketRows {
  private readonly rows = new Map<string, Row>();
  private readonly spare: Row[] = [];
  private readonly stop = new AbortController();
  private readonly sized: ResizeObserver;
  private height: number;
  private view: View | null = null;
  private askedAt = -1;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly scroll: HTMLElement, private readonly group: HTMLElement, private readonly stencils: Stencils, private readonly deeds: () => Deeds) {
    this.height = scroll.clientHeight;
    const { signal } = this.stop;
    scroll.addEventListener("scroll", () => this.look(), { passive: true, signal });
    group.addEventListener("click", (event) => this.clicked(event), { signal });
    group.addEventListener("pointerdown", (event) => {
      const ticket = event.button === 0 && this.ticketAt(event.target);
      if (ticket) this.deeds().onPress(ticket);
    }, { signal });
    this.sized = new ResizeObserver(() => { this.height = scroll.clientHeight; this.look(); });
    this.sized.observe(scroll);
  }

  end() {
    this.stop.abort();
    this.sized.disconnect();
    clearTimeout(this.rest);
    this.group.replaceChildren();
  }

  /** Shows this from now on. */
  show(view: View) {
    const before = this.view;
    this.view = view;
    if (before && (before.columns !== view.columns || before.onPhone !== view.onPhone)) {
      this.rows.clear();
      this.spare.length = 0;
      this.group.replaceChildren();
    }
    this.look();
    // What was asked for has not come: whoever scrolls on asks once more.
    if (before?.loading && !view.loading && before.tickets.length === view.tickets.length) this.askedAt = -1;
  }

  element(id: string | undefined): HTMLElement | null {
    return this.rows.get(id ?? "")?.element ?? null;
  }

  private ticketAt(target: EventTarget | null): Ticket | null {
    const id = (target as Element | null)?.closest<HTMLElement>(".ticket-row")?.dataset.id;
    return this.rows.get(id ?? "")?.ticket ?? null;
  }

  private clicked(event: MouseEvent) {
    const [target, ticket] = [event.target as Element, this.ticketAt(event.target)];
    if (!ticket) return;
    const { onToggle, onMenu, onOpen } = this.deeds();
    if (target.closest(".cell-check")) {
      if (target instanceof HTMLInputElement) onToggle(ticket, event.shiftKey);
      return;
    }
    const menu = target.closest<HTMLElement>("[data-menu]");
    if (menu) return onMenu({ kind: menu.dataset.menu as MenuKind, tickets: [ticket], anchor: menu });
    // A link that is opened elsewhere is the browser's.
    if (target.closest("a")) {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
    }
    onOpen(ticket);
  }

  private newRow(view: View): Row {
    const element = make("div", "row-grid ticket-row", "row");
    const check = element.appendChild(make("span", "cell-check", "cell"));
    const box = check.appendChild(document.createElement("input"));
    box.type = "checkbox";
    box.tabIndex = -1;
    const label = attribute(box, "aria-label");
    const parts = view.columns.map((column) => cell(column, this.stencils));
    if (view.onPhone) parts.push(phoneLine(this.stencils));
    element.append(...parts.map((part) => part.element));
    parts.push({ element: check, write: (ticket) => label(`Select ${ticket.ticketNumber}`) });
    return { element, parts, box, ticket: null, index: -1, selected: null, here: null };
  }

  private look() {
    const { view } = this;
    if (!view) return;
    const { tickets, rowPx } = view;
    const top = Math.floor(this.scroll.scrollTop / rowPx);
    const from = Math.max(0, Math.min(top - BESIDE, tickets.length));
    const to = Math.min(tickets.length, top + Math.ceil(this.height / rowPx) + BESIDE);
    const wanted = new Set<string>();
    for (let index = from; index < to; index++) wanted.add((tickets[index] as Ticket).id);
    for (const [id, row] of this.rows) {
      if (wanted.has(id)) continue;
      this.rows.delete(id);
      this.spare.push(row);
    }
    for (let index = from; index < to; index++) this.draw(view, tickets[index] as Ticket, index);
    for (const row of this.spare) row.element.remove();
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.order(), REST_MS);
    if (view.more && !view.loading && to >= tickets.length - AHEAD && this.askedAt !== tickets.length) {
      this.askedAt = tickets.length;
      queueMicrotask(() => this.deeds().onMore());
    }
  }

  private draw(view: View, ticket: Ticket, index: number) {
    const row = this.rows.get(ticket.id) ?? this.spare.pop() ?? this.newRow(view);
    const { element } = row;
    if (row.ticket?.id !== ticket.id) element.dataset.id = ticket.id;
    this.rows.set(ticket.id, row);
    if (row.ticket !== ticket) {
      row.ticket = ticket;
      for (const part of row.parts) part.write(ticket);
    }
    if (row.index !== index) {
      row.index = index;
      element.setAttribute("aria-rowindex", String(index + 2));
      element.style.transform = `translateY(${index * view.rowPx}px)`;
    }
    const [selected, here] = [view.selected.has(ticket.id), index === view.at];
    if (row.selected !== selected) {
      row.selected = selected;
      element.setAttribute("aria-selected", String(selected));
      element.classList.toggle("selected", selected);
    }
    // A click has changed it already, whatever comes of it.
    row.box.checked = selected;
    if (row.here !== here) {
      row.here = here;
      element.classList.toggle("here", here);
    }
    if (!element.isConnected) this.group.append(element);
  }

  /** Rows are placed where they belong to the eye; to the ear they belong where they stand in the document. */
  private order() {
    if (this.group.contains(document.activeElement)) return;
    const rows = [...this.rows.values()].sort((one, other) => one.index - other.index);
    let next = this.group.firstElementChild;
    for (const { element } of rows) {
      if (element === next) next = next.nextElementSibling;
      else this.group.insertBefore(element, next);
    }
  }
}
