// What callers may set: once for a client, and for each call.

import type { DispatchTicketsError } from "./errors.js";

/** What every client is made with. */
export interface CommonOptions {
  /** The address of the API; ends in `/v1`. */
  baseUrl: string;
  /** Milliseconds that each try may take, 30,000 when left out. */
  timeout?: number | undefined;
  /** How often a failed request is tried again, 3 times when left out. */
  maxRetries?: number | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: typeof fetch | undefined;
  /** Called before each try. It may change the headers. */
  onRequest?: ((request: RequestInfo) => void | Promise<void>) | undefined;
  /** Called after each try, whatever came of it. */
  onResponse?: ((response: ResponseInfo) => void | Promise<void>) | undefined;
}

/** A client that shows a key. */
export interface KeyOptions extends CommonOptions {
  /** An API key or a session token. */
  apiKey: string;
  csrfToken?: undefined;
}

/** A client that runs on the cookie of a signed-in member, in a page of the server's own origin. */
export interface SessionOptions extends CommonOptions {
  /** Gives the session's `csrfToken`. */
  csrfToken: () => string;
  apiKey?: undefined;
}

/** What a client is made with: a key, or the cookie of a session. */
export type ClientOptions = KeyOptions | SessionOptions;

/** The last argument of every method. */
export interface CallOptions {
  /** For what creates something: a repeat with the same key gets the first answer again. One is made up when left out. */
  idempotencyKey?: string | undefined;
  /** Ends the call; it then rejects with the signal's reason. */
  signal?: AbortSignal | null | undefined;
  /** Milliseconds that each try of this call may take. */
  timeout?: number | undefined;
  /** Headers that come to those of the client, or replace them. */
  headers?: Record<string, string> | undefined;
}

/** A try that is about to be made. */
export interface RequestInfo {
  readonly method: string;
  readonly url: string;
  /** What will be sent, the credential included. */
  readonly headers: Headers;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** A try that was made. */
export interface ResponseInfo {
  readonly request: RequestInfo;
  /** 0 when there was no answer. */
  readonly status: number;
  /** Those of the answer, such as `X-Request-Id` and `X-RateLimit-Remaining`; null when there was none. */
  readonly headers: Headers | null;
  readonly durationMs: number;
  /** What went wrong, if anything. */
  readonly error: DispatchTicketsError | undefined;
  /** After how long another try is made; null when none is. */
  readonly retryInMs: number | null;
}
