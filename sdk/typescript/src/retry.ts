// When a failed try is repeated, and after how long.

import { ConflictError, type DispatchTicketsError, NetworkError, TimeoutError } from "./errors.js";

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const JITTER = 0.25;
/** A server that asks for more than this gets no retry: the caller is told instead of being kept waiting. */
const RETRY_AFTER_SECONDS_MAX = 3_600;
const STATUSES = new Set([429, 500, 502, 503, 504]);

/**
 * How long to wait before the next try; null when there is none to make.
 *
 * A conflict with `Retry-After` says that an earlier try with the same idempotency key is still being worked on.
 */
export function waitBeforeRetry(
  error: DispatchTicketsError,
  retryAfter: number | null,
  retriesSoFar: number,
  random: () => number,
): number | null {
  const mayPass =
    error instanceof NetworkError ||
    error instanceof TimeoutError ||
    STATUSES.has(error.status) ||
    (error instanceof ConflictError && retryAfter !== null);
  if (!mayPass || (retryAfter ?? 0) > RETRY_AFTER_SECONDS_MAX) return null;
  if (retryAfter !== null) return retryAfter * 1000;
  const wait = Math.min(FIRST_WAIT_MS * 2 ** retriesSoFar, LONGEST_WAIT_MS);
  return wait * (1 + JITTER * random());
}
