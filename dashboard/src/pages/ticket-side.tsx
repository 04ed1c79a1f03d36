// The properties of a ticket, beside its thread.

import { type ReactNode, useState } from "react";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import type { FieldDefinition, Ticket } from "@dispatch-server/client";
import { api, isMissing } from "../lib/api";
import { CLOSE_REASONS } from "../lib/filters";
import { ago, fullTime } from "../lib/format";
import { client, useFields, useMe, useMembers } from "../lib/query";
import type { useEdit } from "../lib/tickets";
import { FileButton, useUploads, UploadList, Attachments } from "../ui/files";
import { Icon, PriorityIcon, StatusDot } from "../ui/icons";
import { safeUrl } from "../lib/text";
import { Avatar, Button, Chip, IconButton } from "../ui/parts";
import { OptionList, Popover } from "../ui/picker";
import type { MenuKind } from "../ui/ticket-menu";
import { FieldInput } from "./field-input";

type Edit = ReturnType<typeof useEdit>["mutate"];
const OTHERS_MAX = 8;

function Row({ label, children }: { label: string; children: ReactNode }) {
  return <div className="prop"><span className="prop-label">{label}</span><div className="prop-value">{children}</div></div>;
}

function Section({ title, action, children, start = true }: { title: string; action?: ReactNode; children: ReactNode; start?: boolean }) {
  const [shown, setShown] = useState(start);
  return (
    <section className="side-section">
      <h2><button type="button" aria-expanded={shown} onClick={() => setShown(!shown)}>{title} <Icon name={shown ? "down" : "right"} size={11} /></button>{action}</h2>
      {shown && children}
    </section>
  );
}

/** A time as the browser's field for times writes it: local, to the minute. */
const local = (time: string | null) => {
  if (!time) return "";
  const at = new Date(time);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

function Customer({ ticket, onEdit }: { ticket: Ticket; onEdit: Edit }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [text, setText] = useState("");
  const found = useQuery({ queryKey: ["customer-search", ticket.brandId, text], queryFn: () => api.customers.search(ticket.brandId, { q: text, limit: 8 }), enabled: text.trim().length > 1, placeholderData: (old) => old });
  const others = useQuery({ queryKey: ["others", ticket.customerId], queryFn: () => api.tickets.list(ticket.brandId, { customerId: ticket.customerId ?? "", limit: OTHERS_MAX + 1, sort: "updatedAt" }), enabled: !!ticket.customerId });
  const { customer } = ticket;
  const name = customer?.name ?? ticket.customerName ?? ticket.customerEmail;
  const change = useMutation({ mutationFn: (customerEmail: string) => api.tickets.update(ticket.brandId, ticket.id, { customerEmail }), onSuccess: (saved) => client.setQueryData(["ticket", ticket.brandId, ticket.id], saved) });
  const rest = (others.data?.data ?? []).filter((one) => one.id !== ticket.id).slice(0, OTHERS_MAX);
  return (
    <Section title="Customer" action={<IconButton icon={name ? "edit" : "plus"} label="Choose the customer" onClick={(event) => setAnchor(event.currentTarget)} />}>
      {name ? (
        <div className="customer-card">
          <Avatar name={name} url={customer?.avatarUrl} size={28} />
          <div>
            {ticket.customerId ? <Link href={`/brands/${ticket.brandId}/customers/${ticket.customerId}`} className="cut strong">{name}</Link> : <span className="cut strong">{name}</span>}
            <span className="dim cut">{ticket.customerEmail}</span>
            {customer?.company && <Link href={`/brands/${ticket.brandId}/companies/${customer.company.id}`} className="dim cut"><Icon name="building" size={12} /> {customer.company.name}</Link>}
            {customer?.isBlocked && <span className="badge warn">Blocked</span>}
          </div>
        </div>
      ) : <p className="faint pad">No customer</p>}
      {rest.length > 0 && (
        <ul className="other-tickets" aria-label="Other tickets of this customer">
          {rest.map((one) => <li key={one.id}><Link href={`/brands/${one.brandId}/tickets/${one.id}`}><StatusDot color={one.statusRef.color} isActive={one.statusRef.isActive} /><span className="cut">{one.title}</span><small>{ago(one.updatedAt)}</small></Link></li>)}
        </ul>
      )}
      {anchor && (
        <Popover anchor={anchor} onClose={() => setAnchor(null)} label="Customer" width={270}>
          <OptionList label="Customer" search onSearch={setText} options={[
            ...(text.trim().length > 1 ? (found.data ?? []) : []).map((one) => ({ value: one.email, label: one.name ?? one.email, hint: one.name ? one.email : undefined, icon: <Avatar name={one.name ?? one.email} size={18} /> })),
            ...(ticket.customerId ? [{ value: "", label: "No customer", icon: <Icon name="userOff" /> }] : []),
          ]} onCreate={/.+@.+/.test(text.trim()) ? (email) => { change.mutate(email); setAnchor(null); } : undefined}
            onPick={(email) => {
              if (email) change.mutate(email);
              else onEdit({ ticket, body: { customerId: null }, shown: { customerId: null, customer: null, customerEmail: null, customerName: null }, done: "Customer removed", back: { customerId: ticket.customerId } });
              setAnchor(null);
            }} />
        </Popover>
      )}
    </Section>
  );
}

function Watchers({ ticket }: { ticket: Ticket }) {
  const { member: me } = useMe();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { data: people } = useMembers(ticket.brandId);
  const watchers = useQuery({ queryKey: ["watchers", ticket.id], queryFn: () => api.watchers.list(ticket.brandId, ticket.id) });
  const after = () => void client.invalidateQueries({ queryKey: ["watchers", ticket.id] });
  const add = useMutation({ mutationFn: (who: { memberId: string } | { email: string }) => api.watchers.add(ticket.brandId, ticket.id, who as never), onSettled: after });
  const remove = useMutation({ mutationFn: (id: string) => api.watchers.remove(ticket.brandId, ticket.id, id), onSettled: after });
  const list = watchers.data ?? [];
  const mine = list.find((one) => one.memberId === me.id);
  return (
    <Section title="Watchers" action={<>
      <Button kind="ghost" icon="eye" onClick={() => (mine ? remove.mutate(mine.id) : add.mutate({ memberId: me.id }))}>{mine ? "Watching" : "Watch"}</Button>
      <IconButton icon="plus" label="Add a watcher" onClick={(event) => setAnchor(event.currentTarget)} />
    </>}>
      {list.length === 0 ? <p className="faint pad">Nobody watches it</p> : (
        <ul className="people">{list.map((one) => { const name = one.name ?? people?.members.find((member) => member.id === one.memberId)?.displayName ?? one.email; return <li key={one.id}><Avatar name={name} size={18} /><span className="cut">{name}</span><IconButton icon="close" label={`Remove ${name}`} onClick={() => remove.mutate(one.id)} /></li>; })}</ul>
      )}
      {anchor && (
        <Popover anchor={anchor} onClose={() => setAnchor(null)} label="Add a watcher" width={250}>
          <OptionList label="Member or email" options={(people?.members ?? []).filter((one) => !list.some((known) => known.memberId === one.id)).map((one) => ({ value: one.id, label: one.displayName ?? one.email, icon: <Avatar name={one.displayName ?? one.email} size={18} /> }))}
            onPick={(memberId) => { add.mutate({ memberId }); setAnchor(null); }} onCreate={(email) => { add.mutate({ email }); setAnchor(null); }} />
        </Popover>
      )}
    </Section>
  );
}

function Files({ ticket }: { ticket: Ticket }) {
  const files = useQuery({ queryKey: ["attachments", ticket.id], queryFn: () => api.attachments.list(ticket.brandId, ticket.id) });
  const uploads = useUploads(ticket.brandId, ticket.id);
  const remove = useMutation({ mutationFn: (id: string) => api.attachments.delete(ticket.brandId, ticket.id, id), onSettled: () => void client.invalidateQueries({ queryKey: ["attachments", ticket.id] }) });
  const known = new Set((files.data ?? []).map((file) => file.id));
  return (
    <Section title={`Files${files.data?.length ? ` ${files.data.length}` : ""}`} action={<FileButton onFiles={uploads.add} />}>
      <Attachments brandId={ticket.brandId} ticketId={ticket.id} files={files.data ?? []} onDelete={(file) => remove.mutate(file.id)} />
      <UploadList files={uploads.files.filter((file) => !file.attachment || !known.has(file.attachment.id))} onRemove={uploads.remove} />
      {files.data?.length === 0 && uploads.files.length === 0 && <p className="faint pad">No files</p>}
    </Section>
  );
}

function Activity({ ticket }: { ticket: Ticket }) {
  const activity = useInfiniteQuery({
    queryKey: ["activity", ticket.id], initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => api.tickets.activity(ticket.brandId, ticket.id, { limit: 20, ...(pageParam && { cursor: pageParam }) }),
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
  return (
    <>
      <ul className="activity">{activity.data?.pages.flatMap((page) => page.data).map((one) => <li key={one.id}><span>{one.summary}</span><time className="faint" title={fullTime(one.timestamp)}>{ago(one.timestamp)}</time></li>)}</ul>
      {activity.hasNextPage && <Button kind="ghost" onClick={() => void activity.fetchNextPage()}>Older</Button>}
    </>
  );
}

function Ratings({ ticket }: { ticket: Ticket }) {
  const feedback = useQuery({ queryKey: ["feedback", ticket.id], queryFn: () => api.tickets.feedback(ticket.brandId, ticket.id).catch((error) => { if (isMissing(error)) return []; throw error; }), enabled: ticket.resolvedAt !== null });
  const list = feedback.data ?? [];
  if (list.length === 0) return null;
  return (
    <Section title="Rating">
      <ul className="activity">{list.map((one) => <li key={one.id}><span>{one.rating === null ? `Survey ${one.state}` : one.ratingType === "thumbs" ? (one.rating > 0 ? "👍 good" : "👎 bad") : `${one.rating} of ${one.ratingType === "scale5" ? 5 : 10}`}{one.comment && <q>{one.comment}</q>}</span><time className="faint">{ago(one.submittedAt ?? one.sentAt ?? one.createdAt)}</time></li>)}</ul>
    </Section>
  );
}

export function Side({ ticket, onMenu, onEdit }: { ticket: Ticket; onMenu: (kind: MenuKind, anchor: HTMLElement) => void; onEdit: Edit }) {
  const { data: fields } = useFields(ticket.brandId);
  const [history, setHistory] = useState(false);
  const own = (fields?.ticket ?? []).filter((field) => field.showInDetail);
  const undefined_ = Object.entries(ticket.customFields).filter(([key]) => !(fields?.ticket ?? []).some((field) => field.key === key));
  const menu = (kind: MenuKind) => ({ "data-menu": kind, className: "prop-button", onClick: (event: React.MouseEvent<HTMLElement>) => onMenu(kind, event.currentTarget) });
  const assignee = ticket.assigneeName ?? ticket.assigneeEmail;
  const setField = (field: FieldDefinition, value: unknown) => onEdit({ ticket, body: { customFields: { [field.key]: value } }, shown: { customFields: { ...ticket.customFields, [field.key]: value } }, done: `${field.label} changed`, back: { customFields: { [field.key]: ticket.customFields[field.key] ?? null } } });
  return (
    <aside className="side" aria-label="Details">
      <section className="side-section props">
        <Row label="Status"><button type="button" {...menu("status")}><StatusDot color={ticket.statusRef.color} isActive={ticket.statusRef.isActive} half={ticket.status === "pending"} /> {ticket.statusRef.name}{ticket.closeReason && <span className="dim"> · {CLOSE_REASONS[ticket.closeReason]}</span>}</button></Row>
        <Row label="Priority"><button type="button" {...menu("priority")}><PriorityIcon priority={ticket.priority} /> {ticket.priority[0]?.toUpperCase() + ticket.priority.slice(1)}</button></Row>
        <Row label="Assignee"><button type="button" {...menu("assignee")}>{assignee ? <><Avatar name={assignee} size={18} /> <span className="cut">{assignee}</span></> : <span className="faint">Nobody</span>}</button></Row>
        <Row label="Category"><button type="button" {...menu("category")}>{ticket.category ? <><i className="dot" style={{ background: ticket.category.color }} /> {ticket.category.name}</> : <span className="faint">None</span>}</button></Row>
        <Row label="Tags"><button type="button" {...menu("tags")}>{ticket.tags.length > 0 ? <span className="tags wrap">{ticket.tags.map((tag) => <Chip key={tag.id} color={tag.color}>{tag.name}</Chip>)}</span> : <span className="faint">Add tags</span>}</button></Row>
        <Row label="Due">
          <input type="datetime-local" aria-label="Due" className={`prop-input ${ticket.dueAt ? "" : "empty-date"} ${ticket.overdueAt ? "overdue" : ""}`} key={ticket.dueAt ?? ""} defaultValue={local(ticket.dueAt)}
            onBlur={(event) => {
              const dueAt = event.target.value ? new Date(event.target.value).toISOString() : null;
              if (local(dueAt) !== local(ticket.dueAt)) onEdit({ ticket, body: { dueAt }, shown: { dueAt }, done: dueAt ? "Due date set" : "Due date removed", back: { dueAt: ticket.dueAt } });
            }} />
        </Row>
        {own.map((field) => <Row key={field.key} label={field.label}><FieldInput field={field} compact value={ticket.customFields[field.key]} onChange={(value) => setField(field, value)} /></Row>)}
        {undefined_.map(([key, value]) => <Row key={key} label={key}><span className="cut pad-x" title={typeof value === "object" ? JSON.stringify(value) : String(value)}>{typeof value === "object" ? JSON.stringify(value) : String(value)}</span></Row>)}
      </section>
      <Customer ticket={ticket} onEdit={onEdit} />
      <Files ticket={ticket} />
      <Watchers ticket={ticket} />
      {ticket.links.length > 0 && <Section title="Links"><ul className="people">{ticket.links.map((link) => { const to = safeUrl(link.url); return <li key={link.url}><Icon name="link" size={13} />{to ? <a className="cut" href={to} target="_blank" rel="noopener noreferrer">{link.title ?? link.url}</a> : <span className="cut">{link.url}</span>}</li>; })}</ul></Section>}
      <Ratings ticket={ticket} />
      <section className="side-section">
        <h2><button type="button" aria-expanded={history} onClick={() => setHistory(!history)}>Activity <Icon name={history ? "down" : "right"} size={11} /></button></h2>
        {history && <Activity ticket={ticket} />}
      </section>
      <dl className="times">
        <div><dt>Created</dt><dd>{fullTime(ticket.createdAt)}</dd></div>
        {ticket.firstResponseAt && <div><dt>First reply</dt><dd>{fullTime(ticket.firstResponseAt)}</dd></div>}
        {ticket.resolvedAt && <div><dt>Resolved</dt><dd>{fullTime(ticket.resolvedAt)}</dd></div>}
        <div><dt>Updated</dt><dd>{fullTime(ticket.updatedAt)}</dd></div>
      </dl>
    </aside>
  );
}
