// The client: its namespaces, and what belongs to none of them.

import { Accounts } from "./namespaces/accounts.js";
import { ApiKeys } from "./namespaces/api-keys.js";
import { Attachments } from "./namespaces/attachments.js";
import { Automations } from "./namespaces/automations.js";
import { Brands } from "./namespaces/brands.js";
import { Categories } from "./namespaces/categories.js";
import { Comments } from "./namespaces/comments.js";
import { Companies } from "./namespaces/companies.js";
import { Connections } from "./namespaces/connections.js";
import { Customers } from "./namespaces/customers.js";
import { Events } from "./namespaces/events.js";
import { Fields } from "./namespaces/fields.js";
import { Logs } from "./namespaces/logs.js";
import { Mail } from "./namespaces/mail.js";
import { Members } from "./namespaces/members.js";
import { Queue } from "./namespaces/queue.js";
import { Statuses } from "./namespaces/statuses.js";
import { Tags } from "./namespaces/tags.js";
import { Tickets } from "./namespaces/tickets.js";
import { Watchers } from "./namespaces/watchers.js";
import { Webhooks } from "./namespaces/webhooks.js";
import type { DispatchEvent } from "./events.js";
import type { CallOptions, ClientOptions } from "./options.js";
import type { QueryValues } from "./query.js";
import { type Method, Transport } from "./transport.js";
import { type ReceivedWebhook, verifyWebhook } from "./webhooks.js";

/**
 * A Dispatch server, as one API key or session reaches it.
 *
 * @example
 * ```ts
 * const client = new DispatchTickets({ apiKey: "sk_live_...", baseUrl: "https://desk.example.com/v1" });
 * const brands = await client.brands.list();
 * ```
 */
export class DispatchTickets {
  /** The account. */
  readonly accounts: Accounts;
  /** The API keys of the account. */
  readonly apiKeys: ApiKeys;
  /** The members of the account, and those who are invited. */
  readonly members: Members;
  /** The brands: each is a container of its own. */
  readonly brands: Brands;
  /** The tickets of a brand. */
  readonly tickets: Tickets;
  /** The comments on a ticket. */
  readonly comments: Comments;
  /** Files on tickets and comments. */
  readonly attachments: Attachments;
  /** Who is told of what happens to a ticket. */
  readonly watchers: Watchers;
  /** The customers of a brand. */
  readonly customers: Customers;
  /** The companies of a brand. */
  readonly companies: Companies;
  /** The statuses of a brand. */
  readonly statuses: Statuses;
  /** The categories of a brand. */
  readonly categories: Categories;
  /** The tags of a brand. */
  readonly tags: Tags;
  /** The definitions of custom fields. */
  readonly fields: Fields;
  /** The event log of a brand. */
  readonly events: Events;
  /** The audit log of a brand. */
  readonly logs: Logs;
  /** What is called when something happens in a brand. */
  readonly webhooks: Webhooks;
  /** What a brand does by itself when something happens. */
  readonly automations: Automations;
  /** What the automations of a brand call elsewhere. */
  readonly connections: Connections;
  /** Mail in and out of a brand. */
  readonly mail: Mail;
  /** Tickets and statistics across brands. */
  readonly queue: Queue;

  readonly #http: Transport;

  constructor(options: ClientOptions) {
    const http = new Transport(options);
    this.#http = http;
    this.accounts = new Accounts(http);
    this.apiKeys = new ApiKeys(http);
    this.members = new Members(http);
    this.brands = new Brands(http);
    this.tickets = new Tickets(http);
    this.comments = new Comments(http);
    this.attachments = new Attachments(http);
    this.watchers = new Watchers(http);
    this.customers = new Customers(http);
    this.companies = new Companies(http);
    this.statuses = new Statuses(http);
    this.categories = new Categories(http);
    this.tags = new Tags(http);
    this.fields = new Fields(http);
    this.events = new Events(http);
    this.logs = new Logs(http);
    this.webhooks = new Webhooks(http);
    this.automations = new Automations(http);
    this.connections = new Connections(http);
    this.mail = new Mail(http);
    this.queue = new Queue(http);
  }

  /**
   * Calls a route that has no method here. The path follows `/v1`; write ids into it with `encodeURIComponent`.
   *
   * Gives what the JSON of the answer says, its text when it is not JSON, and undefined when there is none.
   *
   * @example
   * ```ts
   * const page = await dispatch.request<Page<Ticket>>("GET", "/tickets", { query: { status: ["open", "pending"] } });
   * ```
   */
  request<T = unknown>(
    method: Method,
    path: `/${string}`,
    parts: { query?: QueryValues | undefined; body?: unknown } = {},
    options?: CallOptions,
  ): Promise<T> {
    return this.#http.send(method, path, { ...parts, expected: "any", options });
  }

  /**
   * Checks that a webhook comes from the server and is not older than `toleranceSeconds` (300 when left out), and
   * gives its event. Rejects with a `WebhookVerificationError` otherwise. During the rotation of a secret the old and
   * the new one are both right.
   *
   * @example
   * ```ts
   * async function receive(request: Request): Promise<Response> {
   *   const body = await request.text();
   *   const event = await DispatchTickets.verifyWebhook({ body, headers: request.headers, secret });
   *   if (event.type === "ticket.created") console.log(event.data.ticket.title);
   *   return new Response("OK");
   * }
   * ```
   */
  static verifyWebhook(received: ReceivedWebhook): Promise<DispatchEvent> {
    return verifyWebhook(received);
  }
}
