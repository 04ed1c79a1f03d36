// Short messages in the corner, and the undo that some of them offer.

import { useSyncExternalStore } from "react";

export interface Toast {
  id: number;
  text: string;
  kind: "info" | "error";
  action?: { label: string; run: () => void } | undefined;
}

const SHOWN_MAX = 4;
const SHOWN_MS = 6_000;
/** A word of confirmation, on which nothing can be pressed. */
const BRIEF_MS = 3_000;
let list: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(value: Toast[]) {
  list = value;
  for (const tell of listeners) tell();
}

export function dismiss(id: number) {
  set(list.filter((toast) => toast.id !== id));
}

export function toast(text: string, options: Partial<Pick<Toast, "kind" | "action">> = {}) {
  const id = next++;
  set([...list.filter((one) => one.text !== text || one.action), { id, text, kind: options.kind ?? "info", action: options.action }].slice(-SHOWN_MAX));
  setTimeout(() => dismiss(id), options.kind === "error" ? SHOWN_MS * 1.5 : options.action ? SHOWN_MS : BRIEF_MS);
}

export function useToasts(): Toast[] {
  return useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => list);
}
