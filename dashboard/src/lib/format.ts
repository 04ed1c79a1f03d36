// How times, sizes and names are written.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// Made once: making one costs as much as drawing a row.
const DATE = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const DATE_AND_YEAR = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric" });
const FULL = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** "now", "5m", "3h", "2d", else a date. Ahead of now with "in". */
export function ago(time: string | null | undefined, now: number = Date.now()): string {
  if (!time) return "";
  const at = Date.parse(time);
  const distance = Math.abs(now - at);
  const short =
    distance < MINUTE ? "" : distance < HOUR ? `${Math.floor(distance / MINUTE)}m`
    : distance < DAY ? `${Math.floor(distance / HOUR)}h` : distance < 7 * DAY ? `${Math.floor(distance / DAY)}d` : null;
  if (short === null) {
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    return (sameYear ? DATE : DATE_AND_YEAR).format(at);
  }
  if (short === "") return "now";
  return at > now ? `in ${short}` : short;
}

/** The whole time, for hints. */
export function fullTime(time: string | null | undefined): string {
  return time ? FULL.format(new Date(time)) : "";
}

export function bytes(size: number | null | undefined): string {
  if (size === null || size === undefined) return "";
  if (size < 1024) return `${size} B`;
  return size < 1024 * 1024 ? `${Math.round(size / 1024)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

export function minutes(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (value < 60) return `${Math.round(value)} min`;
  return value < 48 * 60 ? `${(value / 60).toFixed(1)} h` : `${(value / 60 / 24).toFixed(1)} d`;
}

/** Two letters that stand for somebody. */
export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/u).filter(Boolean);
  const [first, second] = words;
  return ((first?.[0] ?? "?") + (name.includes("@") && words.length < 3 ? "" : (second?.[0] ?? ""))).toUpperCase();
}

/** A hue that stays with a name. */
export function hue(name: string): number {
  let sum = 7;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return sum % 360;
}

/** A key from a name, as the server makes it (API 1.6). */
export function slugKey(name: string, empty = "status"): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const key = plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  if (key === "") return empty;
  return (/^[a-z]/.test(key) ? key : `c_${key}`).slice(0, 50);
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** Items by what they have in common, in the order in which each group is met first. */
export function grouped<T>(items: T[], by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = by(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
