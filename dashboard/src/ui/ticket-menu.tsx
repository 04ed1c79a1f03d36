// The choices about a ticket: the same menu in the list, in the bar of a selection and on the ticket.

import { useState } from "react";
import type { Ticket } from "@dispatch-server/client";
import { api } from "../lib/api";
import { useActions } from "../lib/actions";
import { CLOSE_REASONS, PRIORITIES } from "../lib/filters";
import { client, useCategories, useMe, useMembers, useStatuses, useTags } from "../lib/query";
import { Icon, PriorityIcon, StatusDot } from "./icons";
import { Avatar } from "./parts";
import { type Option, OptionList, Popover } from "./picker";

export type MenuKind = "status" | "priority" | "assignee" | "category" | "tags";
export interface Menu { kind: MenuKind; tickets: Ticket[]; anchor: HTMLElement | null }

const TAG_COLORS = ["#6b7280", "#3b82f6", "#8b5cf6", "#ec4899", "#f59e0b", "#22c55e", "#14b8a6", "#ef4444"];

export function TicketMenu({ kind, tickets, anchor, onClose, onDone }: Menu & { onClose: () => void; onDone?: () => void }) {
  const { isAdmin, member: me } = useMe();
  const apply = useActions(isAdmin);
  const [closing, setClosing] = useState(false);
  const brands = [...new Set(tickets.map((ticket) => ticket.brandId))];
  const brandId = brands[0];
  const { data: statuses = [] } = useStatuses(brandId);
  const { data: categories = [] } = useCategories(kind === "category" ? brandId : undefined);
  const { data: tags = [] } = useTags(kind === "tags" ? brandId : undefined);
  const { data: people } = useMembers(brandId);
  const [first] = tickets;
  if (!first || !brandId) return null;
  const close = () => { onClose(); anchor?.focus(); };
  const done = () => { close(); onDone?.(); };

  let options: Option[] = [];
  let values: string[] = [];
  let pick = (_value: string) => undefined as void;
  let create: ((text: string) => void) | undefined;
  if (kind === "status" && closing) {
    const closed = statuses.find((status) => status.key === "closed");
    options = [{ value: "", label: "No reason" }, ...Object.entries(CLOSE_REASONS).map(([value, label]) => ({ value, label }))];
    pick = (value) => { if (closed) void apply(tickets, { kind: "status", status: closed, closeReason: value || undefined }); done(); };
  } else if (kind === "status") {
    // Across brands only what every brand has can be chosen: the system's own.
    options = statuses.filter((status) => brands.length === 1 || status.isSystem).map((status) => ({ value: status.key, label: status.name, icon: <StatusDot color={status.color} isActive={status.isActive} half={status.key === "pending"} /> }));
    values = tickets.length === 1 ? [first.status] : [];
    pick = (value) => {
      if (value === "closed") return setClosing(true);
      const status = statuses.find((one) => one.key === value);
      if (status && value !== values[0]) void apply(tickets, { kind: "status", status });
      done();
    };
  } else if (kind === "priority") {
    options = PRIORITIES.map((value) => ({ value, label: value[0]?.toUpperCase() + value.slice(1), icon: <PriorityIcon priority={value} /> }));
    values = tickets.length === 1 ? [first.priority] : [];
    pick = (value) => { if (value !== values[0]) void apply(tickets, { kind: "priority", priority: value as Ticket["priority"] }); done(); };
  } else if (kind === "assignee") {
    const members = (people?.members ?? []).filter((member) => member.status === "active").sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id));
    options = [
      { value: "", label: "Nobody", icon: <Icon name="userOff" /> },
      ...members.map((member) => ({ value: member.id, label: member.displayName ?? member.email, hint: member.id === me.id ? "you" : undefined, icon: <Avatar name={member.displayName ?? member.email} url={member.avatarUrl} size={18} /> })),
    ];
    values = tickets.length === 1 ? [first.assigneeId ?? ""] : [];
    pick = (value) => { if (value !== values[0] || first.assigneeEmail) void apply(tickets, { kind: "assignee", member: members.find((one) => one.id === value) ?? null }); done(); };
  } else if (kind === "category") {
    options = [{ value: "", label: "No category", icon: <Icon name="folder" /> }, ...categories.map((one) => ({ value: one.id, label: one.name, icon: <i className="dot" style={{ background: one.color }} /> }))];
    values = tickets.length === 1 ? [first.categoryId ?? ""] : [];
    pick = (value) => { void apply(tickets, { kind: "category", category: categories.find((one) => one.id === value) ?? null }); done(); };
  } else {
    options = tags.map((tag) => ({ value: tag.id, label: tag.name, icon: <i className="dot" style={{ background: tag.color }} /> }));
    values = tags.filter((tag) => tickets.every((ticket) => ticket.tagIds.includes(tag.id))).map((tag) => tag.id);
    pick = (value) => {
      const tag = tags.find((one) => one.id === value);
      if (tag) void apply(tickets, { kind: "tag", tag, on: !values.includes(value) });
    };
    create = (name) => void api.tags.create(brandId, { name, color: TAG_COLORS[tags.length % TAG_COLORS.length] ?? "#6b7280" }).then((tag) => {
      client.setQueryData(["tags", brandId], [...tags, tag].sort((a, b) => a.name.localeCompare(b.name)));
      void apply(tickets, { kind: "tag", tag, on: true });
    });
  }
  const label = closing ? "Close reason" : { status: "Status", priority: "Priority", assignee: "Assignee", category: "Category", tags: "Tags" }[kind];
  return (
    <Popover anchor={anchor} onClose={close} label={label} width={230}>
      <OptionList key={closing ? "reason" : kind} label={label} options={options} values={values} multi={kind === "tags"} onPick={pick} onCreate={create} search={kind === "assignee" || kind === "tags" || options.length > 6} />
    </Popover>
  );
}
