// Whether a webhook really comes from the server, and just now.

import { fromBase64, fromHex, isSignedBy } from "./crypto.js";
import { WebhookVerificationError } from "./errors.js";
import type { DispatchEvent } from "./events.js";

/** A received webhook and what it is checked with. */
export interface ReceivedWebhook {
  /** The body exactly as it was received: text or bytes, not the object that was read from it. */
  body: string | Uint8Array | ArrayBuffer;
  /** All headers of the request. */
  headers: Headers | Record<string, string | readonly string[] | undefined>;
  /** The webhook's secret. */
  secret: string;
  /** How many seconds old it may be, 300 when left out. */
  toleranceSeconds?: number | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Checks every signature that is there and gives the event; see `DispatchTickets.verifyWebhook`.
 *
 * The server signs twice. Only the signature of Standard Webhooks covers the time of sending, so without it a webhook
 * counts only for a receiver that does not ask for its age: whoever caught an old one could leave its headers out.
 */
export async function verifyWebhook(received: ReceivedWebhook): Promise<DispatchEvent> {
  const { secret, toleranceSeconds = 300 } = received;
  if (typeof secret !== "string" || secret === "") throw new TypeError("secret is the text of the webhook's secret.");
  if (!(toleranceSeconds >= 0)) throw new TypeError("toleranceSeconds is a number of seconds.");
  const body = bytesOf(received.body);
  const header = (name: string) => headerOf(received.headers, name);
  const standard = header("webhook-signature");
  const plain = [header("x-dispatch-signature"), header("x-dispatch-signature-previous")].filter(
    (text) => text !== null,
  );
  if (standard === null && plain.length === 0) throw refusal("The request has no signature.");

  if (standard !== null) {
    const id = header("webhook-id") ?? "";
    const timestamp = header("webhook-timestamp") ?? "";
    const signed = concat(encode(`${id}.${timestamp}.`), body);
    const signatures = standard.split(" ").map((text) => (text.startsWith("v1,") ? fromBase64(text.slice(3)) : null));
    if (!(await anySigned(standardKey(secret), signatures, signed))) throw refusal("The signature is wrong.");
    const ageSeconds = Math.abs(Date.now() / 1000 - Number(timestamp));
    if (!/^\d+$/.test(timestamp) || ageSeconds > toleranceSeconds) {
      throw refusal("The webhook is too old, or the clocks of sender and receiver differ.");
    }
  } else if (toleranceSeconds !== Number.POSITIVE_INFINITY) {
    throw refusal("The header webhook-signature is missing; without it the age of a webhook is not known.");
  }
  if (plain.length > 0) {
    const signatures = plain.map((text) => (text.startsWith("sha256=") ? fromHex(text.slice(7)) : null));
    if (!(await anySigned(encode(secret), signatures, body))) throw refusal("The signature is wrong.");
  }
  return parse(body);
}

async function anySigned(key: Bytes, signatures: (Bytes | null)[], message: Bytes): Promise<boolean> {
  let found = false;
  for (const signature of signatures) {
    if (signature !== null && (await isSignedBy(key, signature, message))) found = true;
  }
  return found;
}

/** A secret that is not `whsec_` and base64 is a key as it stands. */
function standardKey(secret: string): Bytes {
  const decoded = secret.startsWith("whsec_") ? fromBase64(secret.slice(6)) : null;
  return decoded !== null && decoded.length > 0 ? decoded : encode(secret);
}

function headerOf(headers: ReceivedWebhook["headers"], name: string): string | null {
  if (typeof (headers as Headers).get === "function") return (headers as Headers).get(name);
  for (const [key, value] of Object.entries(headers as Record<string, string | readonly string[] | undefined>)) {
    if (key.toLowerCase() === name && value !== undefined) return typeof value === "string" ? value : value.join(" ");
  }
  return null;
}

function bytesOf(body: ReceivedWebhook["body"]): Bytes {
  if (typeof body === "string") return encode(body);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) return concat(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  throw new TypeError(
    "body has to be the raw body of the request, as text or bytes: JSON that was read and written again differs.",
  );
}

function parse(body: Bytes): DispatchEvent {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    throw refusal("The body is signed, but it is not JSON.", cause);
  }
}

function encode(text: string): Bytes {
  return new TextEncoder().encode(text);
}

function concat(...parts: Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function refusal(message: string, cause?: unknown): WebhookVerificationError {
  return new WebhookVerificationError(message, { code: "webhook_verification_error", cause });
}
