import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { parseValue } from "../settings/automations";
import { belongs, readState, toggled, toQuery, writeState } from "./filters";
import { ago, initials, slugKey } from "./format";
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
