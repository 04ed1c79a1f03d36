// Sends requests: credentials, time limits, retries, hooks. Knows nothing of what the routes mean.

import { type Expected, readError, readValue, retryAfterSeconds } from "./answers.js";
import { DispatchTicketsError, NetworkError, TimeoutError } from "./errors.js";
import type { CallOptions, ClientOptions, RequestInfo, ResponseInfo } from "./options.js";
import { type Path, type QueryValues, writePath, writeQuery } from "./query.js";
import { waitBeforeRetry } from "./retry.js";
import { SYSTEM, type World } from "./world.js";

/** The HTTP methods of the API. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What belongs to a request beyond its path. */
export interface Parts {
  query?: QueryValues | undefined;
  body?: unknown;
  /** A body that is no JSON. */
  raw?: Raw;
  expected?: Expected;
  options?: CallOptions | undefined;
}

/** A body that is no JSON, with its type and what belongs to it. */
export interface Raw {
  type: string;
  body: string | Uint8Array<ArrayBuffer> | ArrayBuffer | Blob;
  headers: Record<string, string>;
}

/** A value with the headers that it came with. */
export interface Answer<T> {
  value: T;
  headers: Headers;
}

const ACCEPT: Record<Expected, string> = {
  json: "application/json",
  any: "application/json",
  text: "text/csv, application/json",
  upload: "*/*",
  stream: "text/event-stream, application/json",
};
const TIMEOUT_MS = 30_000;
const RETRIES_MAX = 3;
/** The longest time that a timer can be set to, 24 days. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** One server, as one credential reaches it. */
export class Transport {
  readonly #base: string;
  readonly #options: ClientOptions;
  readonly #fetch: typeof fetch;
  readonly #apiKey: string | undefined;

  constructor(
    options: ClientOptions,
    readonly world: World = SYSTEM,
  ) {
    this.#options = options;
    this.#base = baseOf(options.baseUrl);
    this.#apiKey = credentialOf(options);
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  /** Sends a request and gives the value of its answer. */
  async send<T>(method: Method, path: Path | string, parts: Parts = {}): Promise<T> {
    return (await this.answer<T>(method, path, parts)).value;
  }

  /** The same, with the headers of the answer. */
  async answer<T>(method: Method, path: Path | string, parts: Parts = {}): Promise<Answer<T>> {
    const url = this.#base + (typeof path === "string" ? path : writePath(path)) + writeQuery(parts.query);
    const body = parts.raw?.body ?? (parts.body === undefined ? undefined : JSON.stringify(parts.body));
    // One key for all tries, so that a try whose answer was lost is not done twice. Routes that create nothing ignore it.
    const key = parts.options?.idempotencyKey ?? (method === "POST" ? this.world.key() : undefined);
    const retriesMax = this.#options.maxRetries ?? RETRIES_MAX;
    for (let attempt = 1; ; attempt++) {
      const request: RequestInfo = { method, url, headers: this.#headers(method, parts, body, key), attempt };
      await this.#options.onRequest?.(request);
      const outcome = await this.#try(request, body, parts);
      const { response, result } = outcome;
      const isError = result instanceof DispatchTicketsError;
      const retryAfter = retryAfterSeconds(response?.headers.get("retry-after") ?? null, this.world.now());
      const wait =
        isError && attempt <= retriesMax ? waitBeforeRetry(result, retryAfter, attempt - 1, this.world.random) : null;
      await this.#options.onResponse?.(seen(request, outcome, isError ? result : undefined, wait));
      if (!isError) return { value: result as T, headers: (response as Response).headers };
      if (wait === null) throw result;
      await this.world.sleep(wait, parts.options?.signal ?? undefined);
    }
  }

  /**
   * Sends bytes to a signed address, which may be another server's: no credential goes along, and no hook sees it. It takes
   * as long as it takes unless the call says otherwise.
   */
  async put(url: string, headers: Record<string, string>, body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>, options?: CallOptions): Promise<void> {
    const retriesMax = this.#options.maxRetries ?? RETRIES_MAX;
    const request: RequestInfo = { method: "PUT", url, headers: new Headers(headers), attempt: 1 };
    for (let attempt = 1; ; attempt++) {
      const limited = { ...options, timeout: options?.timeout ?? LONGEST_TIMEOUT_MS };
      const { response, result } = await this.#try(request, body, { expected: "upload", options: limited });
      if (!(result instanceof DispatchTicketsError)) return;
      const retryAfter = retryAfterSeconds(response?.headers.get("retry-after") ?? null, this.world.now());
      const wait = attempt <= retriesMax ? waitBeforeRetry(result, retryAfter, attempt - 1, this.world.random) : null;
      if (wait === null) throw result;
      await this.world.sleep(wait, options?.signal ?? undefined);
    }
  }

  #headers(method: Method, parts: Parts, body: Raw["body"] | undefined, key: string | undefined): Headers {
    const headers = new Headers({
      Accept: ACCEPT[parts.expected ?? "json"],
    });
    if (this.#apiKey !== undefined) headers.set("Authorization", `Bearer ${this.#apiKey}`);
    else if (method !== "GET" && this.#options.csrfToken) headers.set("X-CSRF-Token", this.#options.csrfToken());
    if (body !== undefined) headers.set("Content-Type", parts.raw?.type ?? "application/json");
    for (const [name, value] of Object.entries(parts.raw?.headers ?? {})) headers.set(name, value);
    if (key !== undefined) headers.set("Idempotency-Key", key);
    for (const [name, value] of Object.entries(parts.options?.headers ?? {})) headers.set(name, value);
    return headers;
  }

  /** One try. What the caller's own signal ended is thrown; every other outcome is given back. */
  async #try(request: RequestInfo, body: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string | undefined, parts: Parts): Promise<Outcome> {
    const { signal } = parts.options ?? {};
    signal?.throwIfAborted();
    const limit = parts.options?.timeout ?? this.#options.timeout ?? TIMEOUT_MS;
    const controller = new AbortController();
    const abort = () => controller.abort(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    let late = false;
    const cancel = this.world.after(limit, () => {
      late = true;
      controller.abort();
    });
    const began = this.world.now();
    let response: Response | undefined;
    try {
      const { method, url, headers } = request;
      // Not followed: a redirected POST would arrive as a GET.
      const init: RequestInit = { method, headers, signal: controller.signal, redirect: "manual" };
      response = await this.#fetch(url, body === undefined ? init : { ...init, body });
      if (response.ok && parts.expected === "stream") {
        return { response, result: streamOrError(response), durationMs: this.world.now() - began };
      }
      const text = response.status === 204 ? "" : await response.text();
      const result = response.ok
        ? valueOrError(response, text, parts.expected ?? "json")
        : readError(response, text, this.world.now());
      return { response, result, durationMs: this.world.now() - began };
    } catch (cause) {
      signal?.throwIfAborted();
      const where = `${request.method} ${new URL(request.url, "http://here").pathname}`;
      const result = late
        ? new TimeoutError(`${where} was not answered within ${limit} ms.`, { code: "timeout_error", cause })
        : new NetworkError(`${where} was not answered: ${reasonOf(cause)}`, { code: "network_error", cause });
      return { response, result, durationMs: this.world.now() - began };
    } finally {
      cancel();
      signal?.removeEventListener("abort", abort);
    }
  }
}

interface Outcome {
  response: Response | undefined;
  result: unknown;
  durationMs: number;
}

function seen(
  request: RequestInfo,
  { response, durationMs }: Outcome,
  error: DispatchTicketsError | undefined,
  retryInMs: number | null,
): ResponseInfo {
  return { request, status: response?.status ?? 0, headers: response?.headers ?? null, durationMs, error, retryInMs };
}

function valueOrError(response: Response, text: string, expected: Expected): unknown {
  try {
    return readValue(response, text, expected);
  } catch (error) {
    return error;
  }
}

/** A stream is read by whoever asked for it. */
function streamOrError(response: Response): unknown {
  return /^text\/event-stream\b/i.test(response.headers.get("content-type") ?? "")
    ? response
    : valueOrError(response, "", "stream");
}

function baseOf(baseUrl: string): string {
  const base = String(baseUrl ?? "").replace(/\/+$/, "");
  try {
    new URL(base, "http://page"); // in a page the address may be a path
    if (base.endsWith("/v1")) return base;
  } catch {
    // then it is no address at all
  }
  throw new TypeError(
    "baseUrl has to be the address of the API, which ends in /v1, such as https://desk.example.com/v1.",
  );
}

function credentialOf({ apiKey, csrfToken }: ClientOptions): string | undefined {
  if ((apiKey === undefined) === (csrfToken === undefined)) {
    throw new TypeError("Give either apiKey (an API key or a session token) or csrfToken (on the session's cookie).");
  }
  if (apiKey === undefined) return undefined;
  const key = apiKey.trim(); // a key that was read from a file often has a line break behind it
  if (!/^[\x21-\x7e]+$/.test(key)) throw new TypeError("apiKey is empty or has characters that no key has.");
  return key;
}

/** What fetch says is often only "fetch failed"; its cause knows why. */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}
