// What goes wrong, as classes: one per kind of answer, so that callers write `instanceof` instead of comparing numbers.

import type { FieldError } from "./generated/models.js";

/** What an error knows beyond its message. */
export interface ErrorDetails {
  code: string;
  status?: number;
  requestId?: string | null;
  errors?: FieldError[];
  retryAfter?: number | null;
  cause?: unknown;
}

/** The parent of every error that this client throws about a request. */
export class DispatchTicketsError extends Error {
  /** The server's word for it, such as `not_found`; `network_error`, `timeout_error` or `invalid_response` without one. */
  readonly code: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** The server's id of the request, to find it in its log. */
  readonly requestId: string | null;
  /** The fields that were refused, each with what is wrong with it; usually of a `ValidationError`. */
  readonly errors: FieldError[];

  static {
    this.prototype.name = "DispatchTicketsError"; // on the prototype, since minifiers change the names of classes
  }

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.status = details.status ?? 0;
    this.requestId = details.requestId ?? null;
    this.errors = details.errors ?? [];
  }
}

/** 400: something in the request is wrong; `errors` says what. */
export class ValidationError extends DispatchTicketsError {
  static {
    this.prototype.name = "ValidationError";
  }
}

/** 401: no credential, or one that is unknown, revoked or expired. */
export class AuthenticationError extends DispatchTicketsError {
  static {
    this.prototype.name = "AuthenticationError";
  }
}

/** 403: the credential may not do this. */
export class ForbiddenError extends DispatchTicketsError {
  static {
    this.prototype.name = "ForbiddenError";
  }
}

/** 404: there is no such thing, or it is out of the credential's reach. */
export class NotFoundError extends DispatchTicketsError {
  static {
    this.prototype.name = "NotFoundError";
  }
}

/** 409: a unique value is taken, or the state of things forbids it. */
export class ConflictError extends DispatchTicketsError {
  static {
    this.prototype.name = "ConflictError";
  }
}

/** 429: too many requests, also after all retries. */
export class RateLimitError extends DispatchTicketsError {
  static {
    this.prototype.name = "RateLimitError";
  }
  /** Seconds after which the server may be asked again. */
  readonly retryAfter: number | null;

  constructor(message: string, details: ErrorDetails) {
    super(message, details);
    this.retryAfter = details.retryAfter ?? null;
  }
}

/** 5xx: the server could not, also after all retries. */
export class ServerError extends DispatchTicketsError {
  static {
    this.prototype.name = "ServerError";
  }
}

/** No answer came: the address is wrong, the connection was refused or broke. `cause` says more. */
export class NetworkError extends DispatchTicketsError {
  static {
    this.prototype.name = "NetworkError";
  }
}

/** No answer came in time. */
export class TimeoutError extends DispatchTicketsError {
  static {
    this.prototype.name = "TimeoutError";
  }
}

/** A webhook that is not authentic, or too old. */
export class WebhookVerificationError extends DispatchTicketsError {
  static {
    this.prototype.name = "WebhookVerificationError";
  }
}
