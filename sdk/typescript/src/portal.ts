// The client of a customer, for pages of a portal.

import type {
  NewPortalComment,
  NewPortalTicket,
  NewPortalUpload,
  PortalAttachment,
  PortalAttachmentWithUrl,
  PortalComment,
  PortalSession,
  PortalTicket,
  PortalTicketDetail,
  Upload,
} from "./generated/models.js";
import type { NewFile } from "./namespaces/attachments.js";
import type { CallOptions, CommonOptions } from "./options.js";
import type { Page } from "./paging.js";
import { type Path, path } from "./query.js";
import { type Method, type Parts, Transport } from "./transport.js";
import type { Query } from "./types.js";

/** What the client of a customer is made with. */
export interface PortalOptions extends CommonOptions {
  /** A portal token; left out until `verify` has given one. */
  token?: string | undefined;
}

/** Sends requests with the token of the moment. */
type Send = <T>(method: Method, path: Path | string, parts?: Parts) => Promise<T>;

/**
 * A Dispatch server, as one customer reaches it through the portal. It shows the token that it was made with, or that `verify` or
 * `refresh` gave it last.
 *
 * @example
 * ```ts
 * const portal = new DispatchPortal({ baseUrl: "https://desk.example.com/v1" });
 * await portal.verify("the token behind ?token= in the mailed link");
 * const { data } = await portal.tickets.list();
 * ```
 */
export class DispatchPortal {
  /** The tickets of the customer. */
  readonly tickets: PortalTickets;
  /** What is said on them. */
  readonly comments: PortalComments;
  /** Files on them. */
  readonly attachments: PortalAttachments;

  readonly #options: CommonOptions;
  #token: string | undefined;
  #http: Transport;

  constructor({ token, ...options }: PortalOptions) {
    this.#options = options;
    this.#token = token;
    this.#http = this.#transport();
    const send: Send = (method, path, parts) => this.#http.send(method, path, parts);
    this.tickets = new PortalTickets(send);
    this.comments = new PortalComments(send);
    this.attachments = new PortalAttachments(send, (...given) => this.#http.put(...given));
  }

  /** The token that is shown at present. */
  get token(): string | undefined {
    return this.#token;
  }

  #transport(): Transport {
    return new Transport({ ...this.#options, apiKey: this.#token ?? "none" });
  }

  #signedIn(session: PortalSession): PortalSession {
    this.#token = session.token ?? undefined;
    this.#http = this.#transport();
    return session;
  }

  /**
   * Signs in with the token of a mailed link, once.
   *
   * @example
   * ```ts
   * const token = new URL(location.href).searchParams.get("token");
   * if (token) console.log((await portal.verify(token)).email);
   * ```
   */
  async verify(token: string, options?: CallOptions): Promise<PortalSession> {
    return this.#signedIn(await this.#http.send("POST", "/portal/verify", { body: { token }, options }));
  }

  /**
   * Takes a new token in the place of one that still works, up to 7 days after the sign-in.
   *
   * @example
   * ```ts
   * const { expiresAt } = await portal.refresh();
   * console.log(expiresAt);
   * ```
   */
  async refresh(options?: CallOptions): Promise<PortalSession> {
    return this.#signedIn(await this.#http.send("POST", "/portal/refresh", { options }));
  }
}

/** The tickets of a customer. */
export class PortalTickets {
  constructor(readonly send: Send) {}

  /**
   * A page of the customer's tickets.
   *
   * @example
   * ```ts
   * const page = await portal.tickets.list({ status: ["active"] });
   * for (const ticket of page.data) console.log(ticket.ticketNumber, ticket.statusName);
   * ```
   */
  list(query?: Query<"portal.listTickets">, options?: CallOptions): Promise<Page<PortalTicket>> {
    return this.send("GET", "/portal/tickets", { query, options });
  }

  /**
   * Writes a ticket.
   *
   * @example
   * ```ts
   * const ticket = await portal.tickets.create({ title: "Cannot download the invoice" });
   * console.log(ticket.ticketNumber);
   * ```
   */
  create(body: NewPortalTicket, options?: CallOptions): Promise<PortalTicket> {
    return this.send("POST", "/portal/tickets", { body, options });
  }

  /**
   * A ticket with its conversation.
   *
   * @example
   * ```ts
   * const { comments } = await portal.tickets.get(ticketId);
   * for (const comment of comments) console.log(comment.authorName, comment.body);
   * ```
   */
  get(ticketId: string, options?: CallOptions): Promise<PortalTicketDetail> {
    return this.send("GET", path`/portal/tickets/${ticketId}`, { options });
  }
}

/** What a customer says on a ticket. */
export class PortalComments {
  constructor(readonly send: Send) {}

  /**
   * Answers on a ticket; one that was resolved or closed opens again.
   *
   * @example
   * ```ts
   * await portal.comments.create(ticketId, { body: "It works again, thank you." });
   * ```
   */
  create(ticketId: string, body: NewPortalComment, options?: CallOptions): Promise<PortalComment> {
    return this.send("POST", path`/portal/tickets/${ticketId}/comments`, { body, options });
  }
}

/** Files on a customer's tickets. Their bytes go straight to where they are stored. */
export class PortalAttachments {
  constructor(
    readonly send: Send,
    readonly put: Transport["put"],
  ) {}

  /**
   * The files of a ticket, the oldest first.
   *
   * @example
   * ```ts
   * const files = await portal.attachments.list(ticketId);
   * console.log(files.map((file) => file.filename));
   * ```
   */
  list(ticketId: string, options?: CallOptions): Promise<PortalAttachment[]> {
    return this.send("GET", path`/portal/tickets/${ticketId}/attachments`, { options });
  }

  /**
   * A file with a fresh address to download it from.
   *
   * @example
   * ```ts
   * const { downloadUrl } = await portal.attachments.get(ticketId, attachmentId);
   * console.log(downloadUrl);
   * ```
   */
  get(ticketId: string, attachmentId: string, options?: CallOptions): Promise<PortalAttachmentWithUrl> {
    return this.send("GET", path`/portal/tickets/${ticketId}/attachments/${attachmentId}`, { options });
  }

  /**
   * Asks where to upload a file of a ticket. Send its bytes there with PUT and the headers that are named, then confirm; `upload` does all of it.
   *
   * @example
   * ```ts
   * const upload = await portal.attachments.requestUpload(ticketId, { filename: "a.png", contentType: "image/png" });
   * console.log(upload.uploadUrl);
   * ```
   */
  requestUpload(ticketId: string, body: NewPortalUpload, options?: CallOptions): Promise<Upload> {
    return this.send("POST", path`/portal/tickets/${ticketId}/attachments`, { body, options });
  }

  /**
   * The same for a file that waits for its ticket or comment.
   *
   * @example
   * ```ts
   * const upload = await portal.attachments.requestPendingUpload({ filename: "a.png", contentType: "image/png" });
   * console.log(upload.uploadUrl);
   * ```
   */
  requestPendingUpload(body: NewPortalUpload, options?: CallOptions): Promise<Upload> {
    return this.send("POST", "/portal/tickets/attachments/pending", { body, options });
  }

  /**
   * Says that the bytes are there.
   *
   * @example
   * ```ts
   * const file = await portal.attachments.confirm(ticketId, attachmentId);
   * console.log(file.size);
   * ```
   */
  confirm(ticketId: string, attachmentId: string, options?: CallOptions): Promise<PortalAttachment> {
    return this.send("POST", path`/portal/tickets/${ticketId}/attachments/${attachmentId}/confirm`, { options });
  }

  /**
   * The same for a file that waits for its ticket or comment.
   *
   * @example
   * ```ts
   * const file = await portal.attachments.confirmPending(attachmentId);
   * await portal.tickets.create({ title: "With a file", attachmentIds: [file.id] });
   * ```
   */
  confirmPending(attachmentId: string, options?: CallOptions): Promise<PortalAttachment> {
    return this.send("POST", path`/portal/tickets/attachments/pending/${attachmentId}/confirm`, { options });
  }

  /**
   * Uploads a file in one go. Without a ticket it waits for one: name it in `attachmentIds` of a new ticket or comment.
   *
   * @example
   * ```ts
   * const file = await portal.attachments.upload(null, { filename: "log.txt", contentType: "text/plain", data: "what happened" });
   * await portal.tickets.create({ title: "With a log", attachmentIds: [file.id] });
   * ```
   */
  async upload(ticketId: string | null, file: NewFile, options?: CallOptions): Promise<PortalAttachment> {
    const { data, filename, contentType } = file;
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const size = bytes instanceof Blob ? bytes.size : bytes.byteLength;
    const said = { filename, contentType, ...(size > 0 && { size }) };
    const upload = await (ticketId === null
      ? this.requestPendingUpload(said, options)
      : this.requestUpload(ticketId, said, options));
    await this.put(upload.uploadUrl, upload.headers, bytes, options);
    const rest = { ...options, idempotencyKey: undefined };
    return ticketId === null ? this.confirmPending(upload.id, rest) : this.confirm(ticketId, upload.id, rest);
  }
}
