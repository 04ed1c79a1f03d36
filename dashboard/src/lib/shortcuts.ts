// Keys. They are off while somebody types, except those that hold a modifier, and while a dialog is open.

import { useEffect, useRef } from "react";

/** "j", "alt+r", "mod+k", "mod+shift+p", "?", "Escape". */
export type Keys = Record<string, (event: KeyboardEvent) => void>;

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement
  && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));

/** How an event is written in a table of keys. Alt gives other letters on some keyboards: the key's place counts then. */
export function chord(event: Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">): string {
  const letter = event.altKey && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3) : event.key;
  const name = letter.length === 1 ? letter.toLowerCase() : letter;
  const mod = event.ctrlKey || event.metaKey;
  const shift = event.shiftKey && (letter.length > 1 || mod || event.altKey);
  return [mod && "mod", event.altKey && "alt", shift && "shift", name].filter(Boolean).join("+");
}

export function useKeys(keys: Keys, enabled = true) {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const pressed = chord(event);
      const run = latest.current[pressed];
      if (!run) return;
      if (!pressed.startsWith("mod+") && typing(event.target)) return;
      if (pressed !== "mod+k" && document.querySelector("dialog[open], [data-popover]")) return;
      event.preventDefault();
      run(event);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [enabled]);
}

export const SHORTCUTS: [string, [string, string][]][] = [
  ["Anywhere", [["Ctrl/⌘ K", "Search and commands"], ["G then Q", "Go to the queue"], ["C", "New ticket"], ["?", "This overview"], ["Esc", "Close"]]],
  ["Lists", [["J", "Next ticket"], ["K", "Previous ticket"], ["Enter", "Open"], ["X", "Select"], ["/", "Search the list"]]],
  ["A ticket", [["J", "Next ticket"], ["K", "Previous ticket"], ["S", "Status"], ["P", "Priority"], ["A", "Assignee"], ["L", "Tags"], ["R", "Reply"], ["N", "Internal note"],
    ["Alt R", "Resolve"], ["Alt P", "Pending"], ["Alt S", "Spam"], ["Alt D", "Delete"], ["Alt E", "Send"]]],
  ["Reply box", [["Ctrl/⌘ Enter", "Send"], ["Ctrl/⌘ Shift P", "Send and set pending"], ["Ctrl/⌘ Shift R", "Send and resolve"]]],
];
