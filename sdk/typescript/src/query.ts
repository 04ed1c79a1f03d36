// Paths and query strings.

/** A path with its ids still apart from it, so that they can be looked at before they are written into it. */
export interface Path {
  readonly parts: readonly string[];
  readonly ids: readonly string[];
}

/** Values of a query: lists are joined by commas, times may be dates, what is undefined or null is left out. */
export type QueryValues = object;

/** The tag of a path: path`/brands/${brandId}`. */
export function path(parts: TemplateStringsArray, ...ids: string[]): Path {
  return { parts, ids };
}

/**
 * Writes a path. An id that is empty or consists of dots would make the path of something else, such as a whole list:
 * it never reaches the server.
 */
export function writePath({ parts, ids }: Path): string {
  let written = parts[0] ?? "";
  ids.forEach((id, index) => {
    if (typeof id !== "string" || id === "" || id === "." || id === "..") {
      const place = parts.join("{id}");
      throw new TypeError(`Id number ${index + 1} of ${place} is ${JSON.stringify(id) ?? "undefined"}, not an id.`);
    }
    written += encodeURIComponent(id) + (parts[index + 1] ?? "");
  });
  return written;
}

/** Parameters whose value `null` the server knows: those without an assignee, without a category. */
const KNOW_NULL = new Set(["assigneeId", "categoryId"]);

/** Writes a query string, with its question mark. */
export function writeQuery(query: QueryValues | undefined): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || (value === null && !KNOW_NULL.has(name))) continue;
    if (name === "customFields" && typeof value === "object" && value !== null) {
      for (const [key, text] of Object.entries(value)) pairs.push(pair(`customFields.${key}`, text));
    } else pairs.push(pair(name, value));
  }
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function pair(name: string, value: unknown): string {
  return `${encodeURIComponent(name)}=${writeValue(name, value)}`;
}

function writeValue(name: string, value: unknown): string {
  if (value instanceof Date) return encodeURIComponent(value.toISOString());
  if (!Array.isArray(value)) return encodeURIComponent(String(value));
  // Without its values the parameter would stand for "no filter", and find everything instead of nothing.
  if (value.length === 0 || value.includes(""))
    throw new TypeError(`${name} is or holds nothing: leave it out for no filter.`);
  return value.map((item) => writeValue(name, item)).join(",");
}
