// Our own small set of icons: 16 by 16, drawn with the colour of the text around them.

const PATHS: Record<string, string> = {
  inbox: "M2 9l2-5.5h8L14 9v4H2zM2 9h3.5l1 1.8h3l1-1.8H14",
  ticket: "M2 5.5A1.5 1.5 0 0 1 3.5 4h9A1.5 1.5 0 0 1 14 5.5v1.2a1.4 1.4 0 0 0 0 2.6v1.2a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 10.5V9.3a1.4 1.4 0 0 0 0-2.6z",
  user: "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 14c.4-2.6 2.4-4 5.2-4s4.8 1.4 5.2 4",
  userOff: "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 14c.4-2.6 2.4-4 5.2-4 1 0 1.9.2 2.7.5M11 12.5h4",
  users: "M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5c.3-2.3 2-3.5 4.5-3.5s4.2 1.2 4.5 3.5M10.8 3.2a2.5 2.5 0 0 1 0 4.7M12.3 10.3c1.3.5 2 1.6 2.2 3.2",
  building: "M3 14V3.5L8.5 2v12M8.5 6H13v8M2 14h12M5.3 5.5h1M5.3 8h1M5.3 10.5h1M10.5 8.5h.6M10.5 11h.6",
  chart: "M2.5 13.5h11M4.5 11V8M8 11V3.5M11.5 11V6",
  mail: "M2 4h12v8.5H2zM2.3 4.5L8 9l5.7-4.5",
  spam: "M8 2l6 10.8H2zM8 6.5v3M8 11.3v.1",
  settings: "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 1.8v1.7M8 12.5v1.7M1.8 8h1.7M12.5 8h1.7M3.6 3.6l1.2 1.2M11.2 11.2l1.2 1.2M12.4 3.6l-1.2 1.2M4.8 11.2l-1.2 1.2",
  key: "M10.5 8.5a3 3 0 1 0-2.8-2L2.5 11.7V13.5h2v-1.5H6v-1.5l1.5-1.5a3 3 0 0 0 3-.5zM11 5v.1",
  log: "M3.5 2.5h9v11h-9zM5.8 5.5h4.4M5.8 8h4.4M5.8 10.5h2.6",
  plus: "M8 3v10M3 8h10",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7L14 14",
  check: "M3 8.5l3.2 3.2L13 4.8",
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6l4 4 4-4",
  up: "M4 10l4-4 4 4",
  left: "M10 4L6 8l4 4",
  right: "M6 4l4 4-4 4",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5.3a2.5 2.5 0 0 1 5 0v2.2",
  grip: "M6 4v.1M10 4v.1M6 8v.1M10 8v.1M6 12v.1M10 12v.1",
  trash: "M3 4.5h10M6.5 4.5v-2h3v2M4.3 4.5l.6 9h6.2l.6-9M6.8 7v4M9.2 7v4",
  edit: "M10.5 3l2.5 2.5L6 12.5l-3 .5.5-3z",
  clip: "M12.5 7.5l-5 5a3 3 0 0 1-4.2-4.2l5.4-5.4a2 2 0 0 1 2.9 2.8l-5.2 5.2a1 1 0 0 1-1.4-1.4l4.5-4.5",
  send: "M2.5 8L13.5 3l-4 10.5-2.5-4zM7 9.5L13.5 3",
  note: "M3 3h10v7l-3 3H3zM10 13v-3h3M5.5 6h5M5.5 8.5h3",
  filter: "M2.5 4h11M4.5 8h7M6.5 12h3",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  more: "M3.5 8v.1M8 8v.1M12.5 8v.1",
  tag: "M2.5 2.5h5l6 6-5 5-6-6zM5.2 5.2v.1",
  folder: "M2 4h4l1.5 1.5H14v7H2z",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.5",
  eye: "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
  link: "M6.5 9.5l3-3M7 4.5l1.2-1.2a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5l-1.2 1.2a2.8 2.8 0 0 1-4-4L5 7.5",
  merge: "M4 2.5v3c0 3 4 2.5 4 5.5v2.5M12 2.5v3c0 3-4 2.5-4 5.5M6 11.5l2 2 2-2",
  bolt: "M8.5 1.5L3.5 9H8l-.5 5.5L12.5 7H8z",
  plug: "M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9v2a4.5 4.5 0 0 1-9 0zM8 12v2.5",
  hook: "M8 2.5a2.5 2.5 0 0 1 2 4l2 3.5M6 6.2A2.5 2.5 0 0 1 8 2.5M6.2 6.5L4.3 10M12 13a2.5 2.5 0 1 0-2.4-3M4 13a2.5 2.5 0 0 0 2.5-2H12M4 13a2.5 2.5 0 0 1 .3-4.9",
  circle: "M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11z",
  sun: "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  reply: "M6.5 3.5L2.5 7.5l4 4M2.5 7.5H10a3.5 3.5 0 0 1 3.5 3.5v1.5",
  refresh: "M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5",
  download: "M8 2.5v7M5 7l3 3 3-3M2.5 13.5h11",
  star: "M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z",
  globe: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2 8h12M8 2c2 2 2.5 4 2.5 6s-.5 4-2.5 6c-2-2-2.5-4-2.5-6S6 4 8 2z",
  field: "M2.5 4.5h11v7h-11zM5 7v2M4.3 7h1.4M4.3 9h1.4",
  list: "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4v.1M2.5 8v.1M2.5 12v.1",
  out: "M9.5 2.5h-6v11h6M7 8h7M11.5 5.5L14 8l-2.5 2.5",
  play: "M5 3.5l7 4.5-7 4.5z",
};
export type IconName = keyof typeof PATHS & string;

export function Icon({ name, size = 16 }: { name: string; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor"
      strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round">
      <path d={PATHS[name] ?? PATHS.circle} />
    </svg>
  );
}

/** Bars that grow with the priority; urgent has a form of its own, so that nobody needs the colour. */
export function PriorityIcon({ priority }: { priority: string }) {
  const level = { low: 1, normal: 2, high: 3 }[priority] ?? 0;
  return (
    <svg className={`icon priority-${priority}`} width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      {priority === "urgent" ? (
        <>
          <rect x="1.5" y="1.5" width="13" height="13" rx="3.5" fill="currentColor" />
          <path d="M8 4.5v4M8 11v.2" stroke="var(--bg)" strokeWidth="1.8" strokeLinecap="round" />
        </>
      ) : (
        [0, 1, 2].map((bar) => (
          <rect key={bar} x={2 + bar * 4.3} y={9.5 - bar * 3} width="3" height={4 + bar * 3} rx="1" fill="currentColor"
            opacity={bar < level ? 1 : 0.25} />
        ))
      )}
    </svg>
  );
}

/** A ring for what is active, a filled mark for what is done. */
export function StatusDot({ color, isActive, half = false }: { color: string; isActive: boolean; half?: boolean }) {
  return (
    <svg className="icon" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      {isActive ? (
        <>
          <circle cx="7" cy="7" r="5.2" fill="none" stroke={color} strokeWidth="1.7" />
          {half && <path d="M7 4a3 3 0 0 1 0 6z" fill={color} />}
        </>
      ) : (
        <>
          <circle cx="7" cy="7" r="6" fill={color} />
          <path d="M4.3 7.2l1.9 1.9 3.6-3.8" fill="none" stroke="var(--bg)" strokeWidth="1.5" strokeLinecap="round" />
        </>
      )}
    </svg>
  );
}
