// The command palette and the overview of keys.

import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useQuery } from "@tanstack/react-query";
import { api } from "../lib/api";
import { useBrands, useMe } from "../lib/query";
import { SHORTCUTS } from "../lib/shortcuts";
import { Icon, StatusDot } from "./icons";
import { Dialog } from "./parts";
import { type Option, OptionList } from "./picker";
import { open, setTheme, signOut } from "./shell";

const WAIT_MS = 120;
const FOUND_MAX = 8;

export function Palette({ brandId, onClose }: { brandId: string | undefined; onClose: () => void }) {
  const [, go] = useLocation();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const { data: brands = [] } = useBrands();
  const { isAdmin } = useMe();
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ["palette", asked],
    queryFn: ({ signal }) => api.queue.tickets({ search: asked, limit: FOUND_MAX, sort: "updatedAt" }, { signal }),
    enabled: asked.length > 1,
    placeholderData: (old) => old,
  });
  const brand = brands.find((one) => one.id === brandId);
  const at = `/brands/${brandId}`;
  const commands: (Option & { run: () => void })[] = [];
  const add = (label: string, icon: string, run: () => void, hint?: string) =>
    commands.push({ value: `command:${label}`, label, icon: <Icon name={icon} />, hint, run });
  if (brand) add("New ticket", "plus", () => open({ name: "new-ticket", brandId }), "C");
  add("Queue: all active", "inbox", () => go("/queue"), "G Q");
  add("Queue: my tickets", "user", () => go("/queue?assigneeId=me"));
  add("Queue: unassigned", "userOff", () => go("/queue?assigneeId=unassigned"));
  add("Statistics", "chart", () => go("/stats"));
  if (brand) {
    for (const [name, path, icon] of [["Tickets", "tickets", "ticket"], ["Customers", "customers", "user"], ["Companies", "companies", "building"], ["Spam", "spam", "spam"]] as const) {
      add(`${brand.name}: ${name}`, icon, () => go(`${at}/${path}`));
    }
    if (isAdmin) {
      for (const [name, path] of [["General", ""], ["Statuses", "/statuses"], ["Categories", "/categories"], ["Tags", "/tags"], ["Fields", "/fields"], ["Automations", "/automations"], ["Connections", "/connections"], ["Webhooks", "/webhooks"], ["Mail", "/mail"], ["Portal", "/portal"], ["Survey", "/survey"], ["Audit log", "/log"]] as const) {
        add(`Settings: ${name}`, "settings", () => go(`${at}/settings${path}`));
      }
      add("Mail of the brand", "mail", () => go(`${at}/mail`));
    }
  }
  for (const one of brands) if (one.id !== brandId) add(`Switch to ${one.name}`, "list", () => go(`/brands/${one.id}/tickets`));
  add("Team", "users", () => go("/team"));
  if (isAdmin) {
    add("API keys", "key", () => go("/api-keys"));
    add("Account audit log", "log", () => go("/audit-log"));
    add("New brand", "plus", () => go("/brands?new=1"));
  }
  add("Profile", "user", () => go("/profile"));
  add("Keyboard shortcuts", "list", () => open({ name: "help" }), "?");
  add("Light theme", "sun", () => setTheme("light"));
  add("Dark theme", "moon", () => setTheme("dark"));
  add("Theme of the system", "circle", () => setTheme("system"));
  add("Sign out", "out", () => void signOut());
  const needle = text.trim().toLowerCase();
  const words = needle.split(/\s+/);
  const matching = commands.filter((one) => words.every((word) => one.label.toLowerCase().includes(word)));
  const tickets = needle.length > 1 ? (found.data?.data ?? []) : [];
  const options: Option[] = [
    ...tickets.map((ticket) => ({
      value: `/brands/${ticket.brandId}/tickets/${ticket.id}`, label: ticket.title, hint: ticket.ticketNumber,
      icon: <StatusDot color={ticket.statusRef.color} isActive={ticket.statusRef.isActive} />,
    })),
    ...matching,
  ];
  const pick = (value: string) => {
    onClose();
    const command = commands.find((one) => one.value === value);
    if (command) command.run();
    else go(value);
  };
  return (
    <Dialog title="Search and commands" onClose={onClose} bare>
      <div className="palette">
        <OptionList label="Search tickets and commands" options={options} search onSearch={setText} onPick={pick} />
      </div>
    </Dialog>
  );
}

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} wide>
      <div className="help">
        {SHORTCUTS.map(([title, rows]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>{rows.map(([keys, what]) => (
              <div key={keys}><dt>{what}</dt><dd>{keys.split(" ").map((key, index) => (key === "then" ? <i key={index}>then</i> : <kbd key={index}>{key}</kbd>))}</dd></div>
            ))}</dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
