// What people wrote, as it is shown. Customers write it: nothing here makes markup from text. Markdown becomes elements
// directly; HTML is read by an inert document and copied element by element, without any attribute but a checked link.

import { createElement, Fragment, type ReactNode } from "react";

const LINK_LENGTH_MAX = 2_048;
const DEPTH_MAX = 32;

/** An address that may be followed; null for everything that could run something. */
export function safeUrl(url: string): string | null {
  const trimmed = url.trim();
  if (trimmed.length > LINK_LENGTH_MAX) return null;
  return /^(https?:\/\/|mailto:)/i.test(trimmed) ? trimmed : null;
}

function Link({ to, children }: { to: string; children: ReactNode }) {
  return (
    <a href={to} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

const INLINE =
  /(`[^`\n]+`)|(!?\[[^\]\n]{0,300}\]\([^)\s]{1,2048}\))|(\*\*[^*\n]+\*\*)|(~~[^~\n]+~~)|(\*[^*\s][^*\n]*\*|\b_[^_\s][^_\n]*_\b)|(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])|([\w.+-]+@[\w-]+\.[\w.-]*\w)/g;

function inline(text: string, depth = 0): ReactNode[] {
  if (depth > 6) return [text];
  const out: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, code, link, bold, struck, italic, url, mail] = match;
    if (match.index > at) out.push(text.slice(at, match.index));
    at = match.index + all.length;
    const key = match.index;
    if (code) out.push(<code key={key}>{code.slice(1, -1)}</code>);
    else if (link) {
      const [, label = "", target = ""] = /^!?\[([^\]]*)\]\(([^)]*)\)$/.exec(link) ?? [];
      const to = safeUrl(target);
      out.push(to ? <Link key={key} to={to}>{label || to}</Link> : all);
    } else if (bold) out.push(<strong key={key}>{inline(bold.slice(2, -2), depth + 1)}</strong>);
    else if (struck) out.push(<s key={key}>{inline(struck.slice(2, -2), depth + 1)}</s>);
    else if (italic) out.push(<em key={key}>{inline(italic.slice(1, -1), depth + 1)}</em>);
    else if (url) out.push(<Link key={key} to={url}>{url}</Link>);
    else if (mail) out.push(<Link key={key} to={`mailto:${mail}`}>{mail}</Link>);
  }
  if (at < text.length) out.push(text.slice(at));
  return out;
}

const lines = (rows: string[]) => rows.map((row, index) => (
  <Fragment key={index}>
    {index > 0 && <br />}
    {inline(row)}
  </Fragment>
));

function markdown(text: string, depth = 0): ReactNode[] {
  const rows = text.replace(/\r\n?/g, "\n").split("\n");
  const out: ReactNode[] = [];
  for (let at = 0; at < rows.length; ) {
    const row = rows[at] ?? "";
    const key = at;
    const take = (belongs: (row: string) => boolean) => {
      const taken: string[] = [];
      while (at < rows.length && belongs(rows[at] ?? "")) taken.push(rows[at++] ?? "");
      return taken;
    };
    if (/^\s*$/.test(row)) at++;
    else if (/^```/.test(row)) {
      at++;
      const body = take((one) => !/^```/.test(one));
      at++;
      out.push(<pre key={key}><code>{body.join("\n")}</code></pre>);
    } else if (/^>/.test(row) && depth < DEPTH_MAX) {
      const body = take((one) => /^>/.test(one)).map((one) => one.replace(/^> ?/, ""));
      out.push(<blockquote key={key}>{markdown(body.join("\n"), depth + 1)}</blockquote>);
    } else if (/^#{1,6} /.test(row)) {
      at++;
      out.push(<p key={key} className="heading"><strong>{inline(row.replace(/^#+ /, ""))}</strong></p>);
    } else if (/^(-{3,}|\*{3,})\s*$/.test(row)) {
      at++;
      out.push(<hr key={key} />);
    } else if (/^\s*[-*•] /.test(row)) {
      const items = take((one) => /^\s*[-*•] /.test(one));
      out.push(<ul key={key}>{items.map((one, index) => <li key={index}>{inline(one.replace(/^\s*[-*•] /, ""))}</li>)}</ul>);
    } else if (/^\s*\d{1,4}[.)] /.test(row)) {
      const items = take((one) => /^\s*\d{1,4}[.)] /.test(one));
      out.push(<ol key={key}>{items.map((one, index) => <li key={index}>{inline(one.replace(/^\s*\d+[.)] /, ""))}</li>)}</ol>);
    } else {
      const plain = take((one) => !/^\s*$|^```|^>|^#{1,6} |^\s*[-*•] |^\s*\d{1,4}[.)] /.test(one));
      // A row that looks like the start of a block but is none must not stop the walk.
      out.push(<p key={key}>{lines(plain.length > 0 ? plain : [rows[at++] ?? ""])}</p>);
    }
  }
  return out;
}

const ALLOWED = new Set(
  "p div span br b strong i em u s del code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 table thead tbody tr td th hr a sub sup small".split(" "),
);
const DROPPED = new Set("script style template head title meta link iframe object embed svg math noscript textarea select".split(" "));
const EMPTY = new Set(["br", "hr"]);
const AS: Record<string, string> = { h1: "h4", h2: "h4", h3: "h4", h4: "h5", h5: "h5", h6: "h5" };

function copied(node: Node, key: number, depth: number): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent;
  if (!(node instanceof Element) || depth > DEPTH_MAX) return null;
  const name = node.localName.toLowerCase();
  if (DROPPED.has(name)) return null;
  const inside = EMPTY.has(name) ? undefined : [...node.childNodes].map((child, index) => copied(child, index, depth + 1));
  if (name === "img") return node.getAttribute("alt") ? `[${node.getAttribute("alt")}]` : null;
  if (name === "a") {
    const to = safeUrl(node.getAttribute("href") ?? "");
    return to ? <Link key={key} to={to}>{inside}</Link> : <Fragment key={key}>{inside}</Fragment>;
  }
  if (!ALLOWED.has(name)) return <Fragment key={key}>{inside}</Fragment>;
  return inside === undefined ? createElement(name, { key }) : createElement(AS[name] ?? name, { key }, inside);
}

/** Whether a text is HTML rather than Markdown that mentions a tag. */
export function isHtml(text: string): boolean {
  return /<(p|div|br|span|table|ul|ol|blockquote|html|body|h[1-6])\b[^>]*>/i.test(text)
    && /<\/(p|div|span|table|ul|ol|blockquote|html|body|h[1-6])\s*>|<br\s*\/?>/i.test(text);
}

export function Prose({ text }: { text: string }) {
  if (!isHtml(text)) return <div className="prose">{markdown(text)}</div>;
  const page = new DOMParser().parseFromString(text, "text/html");
  return <div className="prose">{[...page.body.childNodes].map((node, index) => copied(node, index, 0))}</div>;
}
