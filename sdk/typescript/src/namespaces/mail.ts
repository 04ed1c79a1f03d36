import type { InboundToken, MailRecord, MailRelay, MailRelayTest, Mailbox, MailboxTest, NewMailbox, NewRelay, Reprocess } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import type { Page } from "../paging.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** What was said beside a message that is delivered. */
export interface Envelope {
  /** The sender of the envelope, for SPF; `<>` for a null sender. */
  from?: string;
  /** The recipients of the envelope. */
  to?: string[];
  /** The address of the machine that delivered the message, for SPF. */
  remoteIp?: string;
}

/** Mail in and out of a brand; for admins, except for `deliver`. */
export class Mail extends Namespace {
  /**
   * Delivers a message as it came (RFC 5322) to a brand, by its slug or its id. What came of it is in `outcome`; a message that
   * comes again is a `duplicate`. The key of this client may be an inbound token.
   *
   * @example
   * ```ts
   * const message = "From: jane@example.com\r\nSubject: Printer\r\n\r\nIt is broken.";
   * const record = await dispatch.mail.deliver("acme", message, { remoteIp: "192.0.2.7", from: "jane@example.com" });
   * console.log(record.outcome, record.ticketNumber);
   * ```
   */
  deliver(
    brandSlug: string,
    message: string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob,
    envelope: Envelope = {},
    options?: CallOptions,
  ): Promise<MailRecord> {
    const headers: Record<string, string> = {};
    if (envelope.from !== undefined) headers["X-Envelope-From"] = envelope.from;
    if (envelope.to !== undefined) headers["X-Envelope-To"] = envelope.to.join(", ");
    if (envelope.remoteIp !== undefined) headers["X-Remote-IP"] = envelope.remoteIp;
    const raw = { type: "message/rfc822", body: message, headers };
    return this.http.send("POST", path`/inbound/email/${brandSlug}`, { raw, options });
  }

  /**
   * One page of the mail of a brand in both directions, the newest first.
   *
   * @example
   * ```ts
   * const held = await dispatch.mail.list(brandId, { outcome: ["quarantined"] });
   * for (const mail of held.data) console.log(mail.from, mail.subject, mail.reason);
   * ```
   */
  list(brandId: string, query?: Query<"mail.list">, options?: CallOptions): Promise<Page<MailRecord>> {
    return this.http.send("GET", path`/brands/${brandId}/mail`, { query, options });
  }

  /**
   * One mail.
   *
   * @example
   * ```ts
   * const mail = await dispatch.mail.get(brandId, mailId);
   * console.log(mail.outcome, mail.auth?.dmarc);
   * ```
   */
  get(brandId: string, mailId: string, options?: CallOptions): Promise<MailRecord> {
    return this.http.send("GET", path`/brands/${brandId}/mail/${mailId}`, { options });
  }

  /**
   * The bytes of a message as they came, read as UTF-8. They are kept for 30 days unless the server says otherwise.
   *
   * @example
   * ```ts
   * console.log(await dispatch.mail.raw(brandId, mailId));
   * ```
   */
  raw(brandId: string, mailId: string, options?: CallOptions): Promise<string> {
    return this.http.send("GET", path`/brands/${brandId}/mail/${mailId}/raw`, { expected: "text", options });
  }

  /**
   * Looks at a message again: what the rules say now, or a ticket or a comment whatever they say. So it leaves quarantine.
   *
   * @example
   * ```ts
   * await dispatch.mail.reprocess(brandId, mailId, { action: "append", ticketId: "DT-1042" });
   * ```
   */
  reprocess(brandId: string, mailId: string, body: Reprocess = {}, options?: CallOptions): Promise<MailRecord> {
    return this.http.send("POST", path`/brands/${brandId}/mail/${mailId}/reprocess`, { body, options });
  }

  /**
   * Sends an outgoing mail again that failed or bounced, with all of its tries.
   *
   * @example
   * ```ts
   * const failed = await dispatch.mail.list(brandId, { direction: ["out"], outcome: ["failed"] });
   * for (const mail of failed.data) await dispatch.mail.resend(brandId, mail.id);
   * ```
   */
  resend(brandId: string, mailId: string, options?: CallOptions): Promise<MailRecord> {
    return this.http.send("POST", path`/brands/${brandId}/mail/${mailId}/resend`, { options });
  }

  /**
   * Makes the inbound token of a brand, in the place of the one that it had. It is shown once.
   *
   * @example
   * ```ts
   * const { token } = await dispatch.mail.createInboundToken(brandId);
   * console.log(token);
   * ```
   */
  createInboundToken(brandId: string, options?: CallOptions): Promise<InboundToken> {
    return this.http.send("POST", path`/brands/${brandId}/inbound-token`, { options });
  }

  /**
   * Takes the inbound token of a brand away.
   *
   * @example
   * ```ts
   * await dispatch.mail.deleteInboundToken(brandId);
   * ```
   */
  deleteInboundToken(brandId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/inbound-token`, { options });
  }

  /**
   * The mailbox that a brand's mail is fetched from. An error with status 404 says that it has none.
   *
   * @example
   * ```ts
   * const { lastPollAt, lastError } = await dispatch.mail.getMailbox(brandId);
   * ```
   */
  getMailbox(brandId: string, options?: CallOptions): Promise<Mailbox> {
    return this.http.send("GET", path`/brands/${brandId}/mailbox`, { options });
  }

  /**
   * Fetches mail from a mailbox by IMAP from now on. Secrets that are left out stay, as long as they go to the same server.
   *
   * @example
   * ```ts
   * await dispatch.mail.setMailbox(brandId, { host: "imap.example.com", username: "support@example.com", password: "correct horse" });
   * ```
   */
  setMailbox(brandId: string, mailbox: NewMailbox, options?: CallOptions): Promise<Mailbox> {
    return this.http.send("PUT", path`/brands/${brandId}/mailbox`, { body: mailbox, options });
  }

  /**
   * Stops fetching mail; what lies in the mailbox stays there.
   *
   * @example
   * ```ts
   * await dispatch.mail.deleteMailbox(brandId);
   * ```
   */
  deleteMailbox(brandId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/mailbox`, { options });
  }

  /**
   * Signs in to the mailbox of a brand and opens its folders. It changes nothing.
   *
   * @example
   * ```ts
   * const { ok, message } = await dispatch.mail.testMailbox(brandId);
   * if (!ok) console.error(message);
   * ```
   */
  testMailbox(brandId: string, options?: CallOptions): Promise<MailboxTest> {
    return this.http.send("POST", path`/brands/${brandId}/mailbox/test`, { options });
  }

  /**
   * The relay that a brand's mail goes through instead of the server's. An error with status 404 says that it has none.
   *
   * @example
   * ```ts
   * const { host, fromEmail } = await dispatch.mail.getRelay(brandId);
   * ```
   */
  getRelay(brandId: string, options?: CallOptions): Promise<MailRelay> {
    return this.http.send("GET", path`/brands/${brandId}/mail-relay`, { options });
  }

  /**
   * Sends a brand's mail through a relay of its own from now on. A password that is left out stays, as long as it goes to the same server.
   *
   * @example
   * ```ts
   * await dispatch.mail.setRelay(brandId, {
   *   host: "smtp.example.com",
   *   username: "support",
   *   password: "correct horse",
   *   fromEmail: "support@example.com",
   * });
   * ```
   */
  setRelay(brandId: string, relay: NewRelay, options?: CallOptions): Promise<MailRelay> {
    return this.http.send("PUT", path`/brands/${brandId}/mail-relay`, { body: relay, options });
  }

  /**
   * Sends a brand's mail through the server's relay again.
   *
   * @example
   * ```ts
   * await dispatch.mail.deleteRelay(brandId);
   * ```
   */
  deleteRelay(brandId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/mail-relay`, { options });
  }

  /**
   * Connects to the relay of a brand and signs in. It sends nothing.
   *
   * @example
   * ```ts
   * const { ok, message } = await dispatch.mail.testRelay(brandId);
   * if (!ok) console.error(message);
   * ```
   */
  testRelay(brandId: string, options?: CallOptions): Promise<MailRelayTest> {
    return this.http.send("POST", path`/brands/${brandId}/mail-relay/test`, { options });
  }
}
