import { renderToStaticMarkup } from "react-dom/server";
import type { StreamEvent } from "@dispatch-server/client";
import { describe, expect, it } from "vitest";
import { parseValue } from "../settings/automations";
import { words } from "./api";
import { belongs, readState, toggled, toQuery, writeState } from "./filters";
import { ago, initials, slugKey } from "./format";
import { gathered, type Notice, noticeOf } from "./notices";
import { chord } from "./shortcuts";
import { Prose, safeUrl } from "./text";

const html = (text: string) => renderToStaticMarkup(<Prose text={text} />);

describe("text of customers", () => {
  it("shows Markdown", () => {
    expect(html("**a** `b`\n\n- c\n- d")).toContain("<strong>a</strong> <code>b</code>");
    expect(html("- c\n- d")).toContain("<ul><li>c</li><li>d</li></ul>");
    expect(html("see https://example.com/x.")).toContain('href="https://example.com/x"');
  });
  it("makes no markup of what could run", () => {
    for (const text of ["<script>alert(1)</script><p>x</p>", "<p>x</p><img src=x onerror=alert(1)>", '<p onclick="alert(1)">x</p>', "[x](javascript:alert(1))", '<a href=" javascript:alert(1)">x</a><br/>', "<svg onload=alert(1)></svg><div>x</div>", "<p>x</p><math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>"]) {
      expect(html(text)).not.toMatch(/<script|<img|<svg|<style|<math|<[^>]+\son\w+=|href="\s*javascript/i);
    }
  });
  it("never hangs on a row that only looks like a block", () => expect(html("> \n```\n# \n-\n")).toContain("prose"));
  it("follows http and mail alone", () => {
    expect(safeUrl("https://a.b")).toBe("https://a.b");
    expect(safeUrl("data:text/html,x")).toBeNull();
    expect(safeUrl("java\nscript:alert(1)")).toBeNull();
  });
});

describe("the address of a list", () => {
  it("opens on what is active", () => expect(toQuery(readState(""))).toEqual({ status: "active", sort: "createdAt", order: "desc" }));
  it("is read as it was written", () => {
    const text = "?status=pending,in_progress&priority=high&sort=updatedAt&order=asc&columns=number,title";
    expect(writeState(readState(text))).toBe(text);
  });
  it("adds and removes", () => expect([toggled("a,b", "b"), toggled(undefined, "a")]).toEqual(["a", "a"]));
  it("knows what belongs", () => {
    const ticket = { status: "in_progress", statusRef: { isActive: true } };
    expect([belongs(undefined, ticket), belongs("closed", ticket), belongs("all", ticket), belongs("closed,in_progress", ticket)]).toEqual([true, false, true, true]);
  });
});

describe("small words", () => {
  it("makes keys as the server does", () => expect([slugKey("Waiting on Éngineering!"), slugKey("2nd line"), slugKey("!!")]).toEqual(["waiting_on_engineering", "c_2nd_line", "status"]));
  it("says how long ago", () => expect([ago("2026-01-01T00:00:00Z", Date.parse("2026-01-01T02:30:00Z")), ago("2026-01-01T00:10:00Z", Date.parse("2026-01-01T00:00:00Z"))]).toEqual(["2h", "in 10m"]));
  it("shortens names", () => expect([initials("Jane Doe"), initials("bob@example")]).toEqual(["JD", "B"]));
  it("reads keys", () => {
    const event = { key: "®", code: "KeyR", altKey: true, ctrlKey: false, metaKey: false, shiftKey: false };
    expect(chord(event)).toBe("alt+r");
    expect(chord({ ...event, key: "P", code: "KeyP", altKey: false, ctrlKey: true, shiftKey: true })).toBe("mod+shift+p");
    expect(chord({ ...event, key: "?", code: "Slash", altKey: false, shiftKey: true })).toBe("?");
  });
  it("reads values of conditions", () => expect([parseValue("in", "a, b"), parseValue("gt", "5"), parseValue("eq", "5"), parseValue("changed", "x")]).toEqual([["a", "b"], 5, "5", undefined]));
});

describe("what concerns me", () => {
  const event = (type: string, more: object = {}, data: object = {}) => ({
    id: "evt_1", type, actor: { type: "user", id: "mem_2", name: "Jonas Weil" },
    data: { ticket: { id: "tic_1", brandId: "br_1", ticketNumber: "LS-7", title: "Cannot sign in", assigneeId: "mem_1", isSpam: false }, ...data }, ...more,
  }) as unknown as StreamEvent;
  const comment = { body: "a\n\nb", isInternal: false, authorName: "Jane Doe", authorType: "CUSTOMER" };
  const text = (one: StreamEvent, me = "mem_1") => noticeOf(one, me)?.text;

  it("is a ticket that is given to me", () => {
    expect(text(event("ticket.created"))).toBe("LS-7 was assigned to you by Jonas Weil");
    expect(text(event("ticket.updated", { changes: { assigneeId: { old: null, new: "mem_1" } } }))).toBe("LS-7 was assigned to you by Jonas Weil");
    expect(text(event("ticket.updated", { changes: { priority: { old: "low", new: "high" } } }))).toBeUndefined();
  });
  it("is what is written on a ticket of mine", () => {
    expect(noticeOf(event("comment.created", {}, { comment }), "mem_1")).toEqual({ id: "evt_1", kind: "reply", text: "Jane Doe replied on LS-7", detail: "a b", path: "/brands/br_1/tickets/tic_1" });
    expect(text(event("comment.created", {}, { comment: { ...comment, isInternal: true } }))).toBe("Jane Doe noted on LS-7");
    expect(text(event("comment.created", {}, { comment: { ...comment, authorType: "SYSTEM" } }))).toBeUndefined();
  });
  it("is nothing of others, of spam, and nothing that I did", () => {
    expect(text(event("comment.created", {}, { comment }), "mem_3")).toBeUndefined();
    expect(text(event("ticket.created", { actor: { type: "user", id: "mem_1" } }))).toBeUndefined();
    const spam = event("ticket.created", {}, { ticket: { id: "tic_1", brandId: "br_1", ticketNumber: "LS-7", title: "", assigneeId: "mem_1", isSpam: true } });
    expect(text(spam)).toBeUndefined();
  });
  it("is told together when it is much", () => {
    const assigned = noticeOf(event("ticket.created"), "mem_1") as Notice;
    expect(gathered([assigned, assigned])).toHaveLength(2);
    expect(gathered([assigned, assigned, assigned, { ...assigned, kind: "reply" }]).map((one) => [one.text, one.path])).toEqual([["3 tickets assigned to you, 1 message on your tickets", "/queue?assigneeId=me"]]);
  });
});

describe("what went wrong", () => {
  it("names fields as people do", () => expect([words("newTicketNotifyEmails[0]"), words("config.url"), words("slug")]).toEqual(["new ticket notify emails 1", "config url", "slug"]));
});
