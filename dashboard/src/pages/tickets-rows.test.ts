import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Ticket } from "@dispatch-server/client";
import { COLUMNS } from "../lib/filters";
import { type Deeds, TicketRows, type View } from "./tickets-rows";

const ROW_PX = 38;
const HEIGHT_PX = 380;

const ticket = (n: number, more: Partial<Ticket> = {}) => ({
  id: `tkt_${n}`, brandId: "br_1", ticketNumber: `DT-${n}`, title: `Question ${n}`, priority: (["low", "normal", "high", "urgent"] as const)[n % 4], status: "open",
  statusRef: { key: "open", name: n % 2 ? "Open" : "Done", color: n % 2 ? "#3b82f6" : "#22c55e", isActive: n % 2 === 1 }, tags: Array.from({ length: n % 6 }, (_, at) => ({ id: `tag_${at}`, name: `tag ${at} of ${n}`, color: "#8b5cf6" })),
  assigneeName: n % 3 ? `Jonas ${n}` : null, customerEmail: `c${n}@example.com`, customFields: { size: n }, createdAt: "2026-01-02T03:04:05.000Z", updatedAt: "2026-01-02T03:04:05.000Z", commentCount: n, source: "api", ...more,
}) as unknown as Ticket;

const tickets = Array.from({ length: 200 }, (_, n) => ticket(n));
const columns = [...COLUMNS, { key: "cf.size", label: "Size", width: "90px" }];
const deeds = { onToggle: vi.fn(), onOpen: vi.fn(), onMenu: vi.fn(), onPress: vi.fn(), onMore: vi.fn() } satisfies Deeds;
const view: View = { tickets, columns, rowPx: ROW_PX, onPhone: false, selected: new Set(), at: -1, more: false, loading: false };

const stencil = (name: string) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", name);
  return svg;
};
let box: HTMLElement;
let group: HTMLElement;
let rows: TicketRows;
const shown = () => [...group.children] as HTMLElement[];
const row = (n: number) => group.querySelector<HTMLElement>(`[data-id="tkt_${n}"]`) as HTMLElement;
const scrollTo = (index: number) => { box.scrollTop = index * ROW_PX; box.dispatchEvent(new Event("scroll")); };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("ResizeObserver", class { observe() {} disconnect() {} });
  box = document.body.appendChild(document.createElement("div"));
  Object.defineProperty(box, "clientHeight", { value: HEIGHT_PX });
  group = box.appendChild(document.createElement("div"));
  rows = new TicketRows(box, group, stencil, () => deeds);
});
afterEach(() => {
  rows.end();
  box.remove();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe("the rows of a list", () => {
  it("are those in sight, each as if it had been made for its ticket", () => {
    rows.show(view);
    expect(shown().map((one) => one.dataset.id)).toEqual(tickets.slice(0, 15).map(({ id }) => id));
    // Whatever way a row has come, it looks like one that was made here.
    for (const index of [3, 40, 37, 90, 2, 150, 153]) scrollTo(index);
    const used = new Map(shown().map((one) => [one.dataset.id, one.outerHTML]));
    expect(used.size).toBe(20);
    rows.end();
    rows = new TicketRows(box, group, stencil, () => deeds);
    rows.show(view);
    const fresh = new Map(shown().map((one) => [one.dataset.id, one.outerHTML]));
    expect([...fresh].filter(([id, html]) => used.get(id) !== html)).toEqual([]);
  });

  it("stand in the document as they stand on the page, once nobody scrolls", () => {
    rows.show(view);
    for (let index = 0; index < 30; index += 3) scrollTo(index);
    const order = () => shown().map((one) => Number(one.getAttribute("aria-rowindex")));
    expect(order()).not.toEqual([...order()].sort((a, b) => a - b));
    vi.advanceTimersByTime(1_000);
    expect(order()).toEqual([...order()].sort((a, b) => a - b));
    expect(shown().every((one) => one.style.transform === `translateY(${(Number(one.getAttribute("aria-rowindex")) - 2) * ROW_PX}px)`)).toBe(true);
  });

  it("follow their tickets, wherever these move to", () => {
    rows.show(view);
    const kept = row(1);
    rows.show({ ...view, tickets: [ticket(900), ...tickets.map((one) => (one.id === "tkt_1" ? ticket(1, { title: "Another title", tags: [], priority: "urgent" }) : one))], selected: new Set(["tkt_1"]), at: 2 });
    expect(row(1)).toBe(kept);
    expect([kept.querySelector(".title")?.textContent, kept.querySelectorAll(".chip").length, kept.getAttribute("aria-rowindex"), kept.getAttribute("aria-selected")]).toEqual(["Another title", 0, "4", "true"]);
    expect(kept.className).toContain("selected");
    expect(kept.className).toContain("here");
    expect(kept.querySelector<HTMLInputElement>("input")?.checked).toBe(true);
    rows.show(view);
    expect(kept.className).toBe("row-grid ticket-row");
  });

  it("take what is written as text alone", () => {
    rows.show({ ...view, tickets: [ticket(1, { title: "<img src=x onerror=alert(1)>", tags: [{ id: "t", name: "<b>", color: "red" }] as never })] });
    expect(group.querySelectorAll("img, b").length).toBe(0);
    expect(row(1).querySelector(".title")?.textContent).toBe("<img src=x onerror=alert(1)>");
  });

  it("say what somebody does to them", () => {
    rows.show(view);
    row(3).click();
    expect(deeds.onOpen).toHaveBeenCalledExactlyOnceWith(tickets[3]);
    row(4).querySelector("input")?.click();
    expect(deeds.onToggle).toHaveBeenCalledExactlyOnceWith(tickets[4], false);
    row(4).querySelector<HTMLElement>(".cell-check")?.click();
    const button = row(5).querySelector<HTMLElement>(".cell-status button");
    button?.click();
    expect(deeds.onMenu).toHaveBeenCalledExactlyOnceWith({ kind: "status", tickets: [tickets[5]], anchor: button });
    row(6).dispatchEvent(new MouseEvent("pointerdown", { bubbles: true, button: 0 }));
    expect(deeds.onPress).toHaveBeenCalledExactlyOnceWith(tickets[6]);
    const link = row(7).querySelector<HTMLAnchorElement>("a.title");
    expect(link?.getAttribute("href")).toBe("/brands/br_1/tickets/tkt_7");
    const elsewhere = new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true });
    link?.dispatchEvent(elsewhere);
    expect([elsewhere.defaultPrevented, deeds.onOpen.mock.calls.length]).toEqual([false, 1]);
    const here = new MouseEvent("click", { bubbles: true, cancelable: true });
    link?.dispatchEvent(here);
    expect([here.defaultPrevented, deeds.onOpen.mock.calls.length]).toEqual([true, 2]);
  });

  it("ask for more once, and again when that has failed and somebody scrolls on", async () => {
    rows.show({ ...view, more: true });
    scrollTo(100);
    expect(deeds.onMore).not.toHaveBeenCalled();
    scrollTo(180);
    scrollTo(181);
    await Promise.resolve();
    expect(deeds.onMore).toHaveBeenCalledOnce();
    rows.show({ ...view, more: true, loading: true });
    rows.show({ ...view, more: true, loading: false });
    await Promise.resolve();
    expect(deeds.onMore).toHaveBeenCalledOnce();
    scrollTo(182);
    await Promise.resolve();
    expect(deeds.onMore).toHaveBeenCalledTimes(2);
    rows.show({ ...view, tickets: [...tickets, ...Array.from({ length: 5 }, (_, n) => ticket(300 + n))], more: true });
    await Promise.resolve();
    expect(deeds.onMore).toHaveBeenCalledTimes(3);
  });
});
