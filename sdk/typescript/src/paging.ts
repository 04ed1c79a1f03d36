// Lists that come in pages.

import type { Pagination } from "./generated/models.js";

/** One page of a list. */
export interface Page<T> {
  /** The items of the page. */
  data: T[];
  /** Whether and where it goes on. */
  pagination: Pagination;
}

/** A list that usually is complete; a very long one goes on at `nextCursor`. */
export type LongList<T> = T[] & {
  /** What to pass as `cursor` for the rest; null when this is all. */
  readonly nextCursor: string | null;
};

/** What `paginate` can go through. */
type Part<T> = LongList<T> | { data: T[]; pagination: { nextCursor: string | null } };

/**
 * Goes through every item of a list, page by page, and asks for a page only when the one before is used up.
 *
 * @example
 * ```ts
 * for await (const entry of paginate((cursor) => dispatch.logs.list(brandId, { cursor }))) {
 *   console.log(entry.createdAt, entry.event);
 * }
 * ```
 */
export async function* paginate<T>(
  page: (cursor: string | undefined) => Promise<Part<T>>,
): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined;
  do {
    const part = await page(cursor);
    yield* "data" in part ? part.data : part;
    cursor = ("data" in part ? part.pagination.nextCursor : part.nextCursor) ?? undefined;
  } while (cursor !== undefined);
}

/** A list with the cursor of its rest, which is not part of what the list looks like when it is written out. */
export function longList<T>(items: T[], headers: Headers): LongList<T> {
  return Object.defineProperty(items, "nextCursor", { value: headers.get("x-next-cursor") }) as LongList<T>;
}
