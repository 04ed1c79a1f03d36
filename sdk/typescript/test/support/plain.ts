// The calls of the acceptance list by plain HTTP: what somebody does who has no client.
import assert from "node:assert/strict";
import type { DispatchTickets, StreamEvent } from "@dispatch-server/client";

/** What the acceptance list calls, as the client names it. */
export interface Calls {
  apiKeys: Pick<DispatchTickets["apiKeys"], "create">;
  brands: Pick<DispatchTickets["brands"], "create" | "list" | "get" | "update">;
  tickets: Pick<
    DispatchTickets["tickets"],
    | "create"
    | "list"
    | "count"
    | "get"
    | "update"
    | "delete"
    | "setSpam"
    | "merge"
    | "bulk"
    | "activity"
    | "logs"
    | "sendSurvey"
    | "feedback"
  >;
  comments: Pick<DispatchTickets["comments"], "create" | "list" | "get" | "update" | "delete">;
  attachments: Pick<
    DispatchTickets["attachments"],
    "requestUpload" | "confirm" | "list" | "get" | "delete" | "urls" | "requestPendingUpload" | "confirmPending"
  >;
  watchers: Pick<DispatchTickets["watchers"], "add" | "list" | "update" | "remove">;
  customers: Pick<DispatchTickets["customers"], "create" | "list" | "search" | "get" | "update" | "delete" | "erase">;
  companies: Pick<DispatchTickets["companies"], "create" | "list" | "tickets" | "get" | "update" | "delete">;
  statuses: Pick<DispatchTickets["statuses"], "create" | "list" | "get" | "update" | "stats" | "reorder" | "delete">;
  categories: Pick<DispatchTickets["categories"], "create" | "list" | "get" | "update" | "stats" | "delete">;
  tags: Pick<DispatchTickets["tags"], "create" | "list" | "get" | "update" | "delete" | "merge">;
  fields: Pick<DispatchTickets["fields"], "create" | "list" | "update" | "delete">;
  events: Pick<DispatchTickets["events"], "list" | "stream">;
  logs: Pick<DispatchTickets["logs"], "list">;
  queue: Pick<DispatchTickets["queue"], "tickets" | "stats">;
}

/** An answer that is an error, with the same names as an error of the client. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: { field: string; message: string }[];

  constructor(status: number, body: { code: string; message: string; errors?: { field: string; message: string }[] }) {
    super(body.message);
    this.status = status;
    this.code = body.code;
    this.errors = body.errors ?? [];
  }
}

/** Every call as a request that is written out. */
export function plainCalls(baseUrl: string, apiKey: string): Calls {
  type Json = any;
  const send = async (expected: number, method: string, path: string, body?: object, key?: string): Promise<Json> => {
    const headers: Record<string, string> = { Authorization: `Bearer ${apiKey}` };
    if (body) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    const reply = await fetch(baseUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await reply.text();
    if (!reply.ok) throw new Refused(reply.status, JSON.parse(text));
    assert.equal(reply.status, expected, `${method} ${path}`);
    return expected === 204 ? assert.equal(text, "") : JSON.parse(text);
  };
  const get = (path: string, query: object = {}) => send(200, "GET", path + question(query));
  const post = (path: string, body?: object) => send(200, "POST", path, body);
  const create = (path: string, body: object, key?: string) => send(201, "POST", path, body, key);
  const patch = (path: string, body: object) => send(200, "PATCH", path, body);
  const remove = (path: string, query: object = {}) => send(200, "DELETE", path + question(query));
  const removeSilently = (path: string, query: object = {}) => send(204, "DELETE", path + question(query));
  const question = (query: object) => {
    const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    return pairs.length > 0 ? `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}` : "";
  };

  /** One connection: the frames of a live stream, until it ends. */
  async function* stream(path: string, query: object = {}): AsyncGenerator<StreamEvent> {
    const reply = await fetch(baseUrl + path + question(query), { headers: { Authorization: `Bearer ${apiKey}` } });
    assert.equal(reply.status, 200);
    const decoder = new TextDecoder();
    let text = "";
    let frames = 0;
    for await (const bytes of reply.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(bytes, { stream: true });
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const frame = text.slice(0, end);
        text = text.slice(end + 2);
        if (frames++ === 0) assert.equal(frame, "retry: 3000");
        else if (frame !== ": ping") {
          const [, id, type, data] = /^id: (\d+)\nevent: (\S+)\ndata: (.*)$/.exec(frame) ?? assert.fail(frame);
          const event: StreamEvent = JSON.parse(data ?? "");
          assert.ok(event.type === type && event.type !== "presence" && String(event.sequence) === id);
          yield event;
        }
      }
    }
  }

  const brand = (b: string) => `/brands/${b}`;
  const ticket = (b: string, t: string) => `/brands/${b}/tickets/${t}`;
  const comments = (b: string, t: string) => `/brands/${b}/tickets/${t}/comments`;
  const attachments = (b: string, t: string) => `/brands/${b}/tickets/${t}/attachments`;
  const watchers = (b: string, t: string) => `/brands/${b}/tickets/${t}/watchers`;
  const customer = (b: string, c: string) => `/brands/${b}/customers/${c}`;
  const company = (b: string, c: string) => `/brands/${b}/companies/${c}`;
  const status = (b: string, s: string) => `/brands/${b}/statuses/${s}`;
  const category = (b: string, c: string) => `/brands/${b}/categories/${c}`;
  const tag = (b: string, t: string) => `/brands/${b}/tags/${t}`;
  return {
    apiKeys: { create: (body) => create("/accounts/me/api-keys", body) },
    brands: {
      create: (body) => create("/brands", body),
      list: () => get("/brands"),
      get: (b) => get(brand(b)),
      update: (b, body) => patch(brand(b), body),
    },
    tickets: {
      create: (b, body, options) => create(`${brand(b)}/tickets`, body, options?.idempotencyKey),
      list: (b, query) => get(`${brand(b)}/tickets`, query),
      count: (b, query) => get(`${brand(b)}/tickets/count`, query),
      get: (b, t) => get(ticket(b, t)),
      update: (b, t, body) => patch(ticket(b, t), body),
      delete: (b, t) => remove(ticket(b, t)),
      setSpam: (b, t, body) => post(`${ticket(b, t)}/spam`, body),
      merge: (b, t, body) => post(`${ticket(b, t)}/merge`, body),
      bulk: (b, body) => post(`${brand(b)}/tickets/bulk`, body),
      activity: (b, t, query) => get(`${ticket(b, t)}/activity`, query),
      logs: (b, t, query) => get(`${ticket(b, t)}/logs`, query),
      sendSurvey: (b, t, body) => create(`${ticket(b, t)}/survey`, body ?? {}),
      feedback: (b, t) => get(`${ticket(b, t)}/feedback`),
    },
    comments: {
      create: (b, t, body) => create(comments(b, t), body),
      list: (b, t, query) => get(comments(b, t), query),
      get: (b, t, c) => get(`${comments(b, t)}/${c}`),
      update: (b, t, c, body) => patch(`${comments(b, t)}/${c}`, body),
      delete: (b, t, c) => remove(`${comments(b, t)}/${c}`),
    },
    attachments: {
      requestUpload: (b, t, body) => create(attachments(b, t), body),
      confirm: (b, t, a) => post(`${attachments(b, t)}/${a}/confirm`),
      list: (b, t) => get(attachments(b, t)),
      get: (b, t, a, query) => get(`${attachments(b, t)}/${a}`, query),
      delete: (b, t, a) => removeSilently(`${attachments(b, t)}/${a}`),
      urls: (b, body) => post(`${brand(b)}/attachments/urls`, body),
      requestPendingUpload: (b, body) => create(`${brand(b)}/attachments/pending`, body),
      confirmPending: (b, a) => post(`${brand(b)}/attachments/pending/${a}/confirm`),
    },
    watchers: {
      add: (b, t, body) => create(watchers(b, t), body),
      list: (b, t) => get(watchers(b, t)),
      update: (b, t, w, body) => patch(`${watchers(b, t)}/${w}`, body),
      remove: (b, t, w) => removeSilently(`${watchers(b, t)}/${w}`),
    },
    customers: {
      create: (b, body) => create(`${brand(b)}/customers`, body),
      list: (b, query) => get(`${brand(b)}/customers`, query),
      search: (b, query) => get(`${brand(b)}/customers/search`, query),
      get: (b, c) => get(customer(b, c)),
      update: (b, c, body) => patch(customer(b, c), body),
      delete: (b, c) => remove(customer(b, c)),
      erase: (b, c) => post(`${customer(b, c)}/erase`),
    },
    companies: {
      create: (b, body) => create(`${brand(b)}/companies`, body),
      list: (b, query) => get(`${brand(b)}/companies`, query),
      tickets: (b, c, query) => get(`${company(b, c)}/tickets`, query),
      get: (b, c) => get(company(b, c)),
      update: (b, c, body) => patch(company(b, c), body),
      delete: (b, c) => remove(company(b, c)),
    },
    statuses: {
      create: (b, body) => create(`${brand(b)}/statuses`, body),
      list: (b) => get(`${brand(b)}/statuses`),
      get: (b, s) => get(status(b, s)),
      update: (b, s, body) => patch(status(b, s), body),
      stats: (b) => get(`${brand(b)}/statuses/stats`),
      reorder: (b, body) => post(`${brand(b)}/statuses/reorder`, body),
      delete: (b, s, query) => remove(status(b, s), query),
    },
    categories: {
      create: (b, body) => create(`${brand(b)}/categories`, body),
      list: (b) => get(`${brand(b)}/categories`),
      get: (b, c) => get(category(b, c)),
      update: (b, c, body) => patch(category(b, c), body),
      stats: (b) => get(`${brand(b)}/categories/stats`),
      delete: (b, c, query) => removeSilently(category(b, c), query),
    },
    tags: {
      create: (b, body) => create(`${brand(b)}/tags`, body),
      list: (b) => get(`${brand(b)}/tags`),
      get: (b, t) => get(tag(b, t)),
      update: (b, t, body) => patch(tag(b, t), body),
      delete: (b, t) => removeSilently(tag(b, t)),
      merge: (b, t, body) => post(`${tag(b, t)}/merge`, body),
    },
    fields: {
      create: (b, entity, body) => create(`${brand(b)}/fields/${entity}`, body),
      list: (b, entity) => get(`${brand(b)}/fields/${entity}`),
      update: (b, entity, key, body) => patch(`${brand(b)}/fields/${entity}/${key}`, body),
      delete: (b, entity, key) => removeSilently(`${brand(b)}/fields/${entity}/${key}`),
    },
    events: {
      list: (b, query) => get(`${brand(b)}/events`, query),
      stream: (b, query) => stream(`${brand(b)}/events/stream`, query),
    },
    logs: { list: (b, query) => get(`${brand(b)}/logs`, query) },
    queue: { tickets: (query) => get("/tickets", query), stats: (query) => get("/tickets/stats", query) },
  };
}
