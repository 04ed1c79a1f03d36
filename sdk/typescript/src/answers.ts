// From an HTTP answer to a value or an error.

import {
  AuthenticationError,
  ConflictError,
  DispatchTicketsError,
  type ErrorDetails,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "./errors.js";
import type { FieldError } from "./generated/models.js";

/** How the body of a good answer is read; `any` takes whatever comes, of an upload nothing is wanted, and a stream is not read here. */
export type Expected = "json" | "text" | "any" | "upload" | "stream";

/** The value of a good answer. An answer without a body is `undefined`. */
export function readValue(response: Response, text: string, expected: Expected): unknown {
  if (response.status === 204 || expected === "upload") return undefined;
  const isJson = /^application\/([\w.-]+\+)?json\b/i.test(response.headers.get("content-type") ?? "");
  if (expected === "stream") throw unreadable(response, response.headers.get("content-type") ?? "no content type");
  if (!isJson && expected !== "json") return text;
  if (expected === "text") throw unreadable(response, "JSON instead of text");
  if (!isJson) throw unreadable(response, response.headers.get("content-type") ?? "no content type");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(response, "JSON that cannot be read", cause);
  }
}

/** The error that an answer stands for. What answers may be a proxy, so nothing about its body is taken for granted. */
export function readError(response: Response, text: string, nowMs: number): DispatchTicketsError {
  const { status } = response;
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    return new DispatchTicketsError("The server answered with a redirect: baseUrl has to be where the API is itself.", {
      code: "invalid_response",
      status,
    });
  }
  const body = parseObject(text);
  const retryAfter = retryAfterSeconds(response.headers.get("retry-after"), nowMs);
  const details: ErrorDetails = {
    code: typeof body.code === "string" ? body.code : codeOf(status),
    status,
    requestId: typeof body.requestId === "string" ? body.requestId : response.headers.get("x-request-id"),
    errors: Array.isArray(body.errors) ? body.errors.filter(isFieldError) : [],
    retryAfter,
  };
  const message = typeof body.message === "string" ? body.message : `The server answered with status ${status}.`;
  return new (classOf(status))(message, details);
}

/** `Retry-After` in seconds, whether it was written as seconds or as a date. */
export function retryAfterSeconds(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - nowMs) / 1000));
}

function unreadable(response: Response, what: string, cause?: unknown): DispatchTicketsError {
  return new DispatchTicketsError(`The server answered with ${what}: is baseUrl the address of the API?`, {
    code: "invalid_response",
    status: response.status,
    requestId: response.headers.get("x-request-id"),
    cause,
  });
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isFieldError(value: unknown): value is FieldError {
  const { field, message } = (value ?? {}) as Record<string, unknown>;
  return typeof field === "string" && typeof message === "string";
}

function classOf(status: number): new (message: string, details: ErrorDetails) => DispatchTicketsError {
  if (status >= 500) return ServerError;
  return CLASSES[status] ?? DispatchTicketsError;
}

function codeOf(status: number): string {
  return CODES[status] ?? (status >= 500 ? "server_error" : "invalid_response");
}

const CLASSES: Record<number, new (message: string, details: ErrorDetails) => DispatchTicketsError> = {
  400: ValidationError,
  401: AuthenticationError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
};

/** The codes of answers that were not written by the server itself. */
const CODES: Record<number, string> = {
  400: "validation_error",
  401: "authentication_error",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  413: "payload_too_large",
  415: "unsupported_media_type",
  429: "rate_limit_error",
  503: "unavailable",
};
