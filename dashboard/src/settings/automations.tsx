// Automations: when something happens, if it is so, do that. With a dry run and the history.

import { useState } from "react";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import type { Automation, AutomationTested, NewAutomation } from "@dispatch-server/client";
import { api, reason } from "../lib/api";
import { ago, plural } from "../lib/format";
import { client, useCategories, useMembers, useStatuses } from "../lib/query";
import { toast } from "../lib/toast";
import { FormDialog, useDraft } from "../ui/form";
import { Button, Confirm, Dialog, Empty, Field, IconButton, Skeleton, Switch, Trouble } from "../ui/parts";
import { Sortable } from "../ui/sortable";

const EVENTS = ["ticket.created", "ticket.updated", "ticket.closed", "ticket.reopened", "ticket.merged", "ticket.overdue", "ticket.spam_marked", "comment.created", "attachment.created", "feedback.submitted"];
const FIELDS = ["status", "priority", "title", "body", "source", "createdBy", "closeReason", "isSpam", "assigneeId", "assigneeEmail", "customerId", "customerEmail", "customerName", "companyId", "company.name", "categoryId", "category.key", "tagIds", "tags", "dueAt", "createdAt", "comment.body", "comment.authorType", "comment.authorEmail", "comment.isInternal", "event.source", "event.actorType", "feedback.rating"];
const OPS: Record<string, string> = { eq: "is", ne: "is not", in: "is one of", nin: "is none of", contains: "contains", not_contains: "does not contain", starts_with: "starts with", gt: "is above", gte: "is at least", lt: "is below", lte: "is at most", is_empty: "is empty", is_not_empty: "is not empty", changed: "changed", changed_to: "changed to", changed_from: "changed from" };
const BARE = ["is_empty", "is_not_empty", "changed"];
type Parameter = [key: string, label: string, kind: "text" | "long" | "status" | "priority" | "category" | "member" | "list" | "connection"];
const ACTIONS: Record<string, { label: string; parameters: Parameter[]; connection?: string }> = {
  set_status: { label: "Set the status", parameters: [["status", "Status", "status"]] },
  set_priority: { label: "Set the priority", parameters: [["priority", "Priority", "priority"]] },
  set_category: { label: "Set the category", parameters: [["categoryId", "Category", "category"]] },
  assign: { label: "Assign", parameters: [["assigneeId", "To", "member"]] },
  add_tags: { label: "Add tags", parameters: [["tags", "Tags, separated by commas", "list"]] },
  remove_tags: { label: "Remove tags", parameters: [["tags", "Tags, separated by commas", "list"]] },
  add_note: { label: "Add an internal note", parameters: [["body", "Text", "long"]] },
  reply: { label: "Reply to the customer", parameters: [["body", "Text", "long"]] },
  notify_slack: { label: "Tell Slack", connection: "SLACK", parameters: [["connectionId", "Connection", "connection"], ["text", "Text", "long"]] },
  create_jira_issue: { label: "Create a Jira issue", connection: "JIRA", parameters: [["connectionId", "Connection", "connection"], ["summary", "Summary", "text"]] },
  send_survey: { label: "Send the survey", parameters: [] },
  send_webhook: { label: "Call an HTTP connection", connection: "HTTP", parameters: [["connectionId", "Connection", "connection"]] },
  notify_email: { label: "Send a mail", parameters: [["to", "To: addresses, assignee, watchers, customer", "list"], ["subject", "Subject", "text"], ["body", "Text", "long"]] },
};

interface Cond { field: string; op: string; value?: unknown }
type Action = { type: string } & Record<string, unknown>;

/** What stands in a field of the form as the value that the API wants. */
export function parseValue(op: string, text: string): unknown {
  if (BARE.includes(op)) return undefined;
  if (op === "in" || op === "nin") return text.split(",").map((one) => one.trim()).filter(Boolean);
  if (text === "true" || text === "false") return text === "true";
  return ["gt", "gte", "lt", "lte"].includes(op) && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
const writeValue = (value: unknown) => (Array.isArray(value) ? value.join(", ") : value === null || value === undefined ? "" : String(value));

function Conditions({ title, path, list, onChange, errors }: { title: string; path: string; list: Cond[]; onChange: (list: Cond[]) => void; errors: Record<string, string> }) {
  const set = (index: number, change: Partial<Cond>) => onChange(list.map((one, at) => (at === index ? { ...one, ...change } : one)));
  return (
    <div className="builder-box"><strong>{title}</strong>
      {list.map((one, index) => (
        <div key={index}><div className="builder-row">
          <input className="input" list="automation-fields" aria-label="Field" value={one.field} onChange={(event) => set(index, { field: event.target.value })} />
          <select className="input" aria-label="Comparison" value={one.op} onChange={(event) => set(index, { op: event.target.value })}>{Object.entries(OPS).map(([value, label]) => <option key={value} value={value}>{label}</option>)}</select>
          {!BARE.includes(one.op) && <input className="input" aria-label="Value" placeholder={one.op === "in" || one.op === "nin" ? "a, b, c" : "value"} value={writeValue(one.value)} onChange={(event) => set(index, { value: event.target.value })} />}
          <IconButton icon="close" label="Remove the condition" onClick={() => onChange(list.filter((_, at) => at !== index))} />
        </div>{["field", "op", "value", ""].map((part) => errors[`${path}[${index}]${part && `.${part}`}`]).filter(Boolean).map((text) => <small key={text} className="wrong">{text}</small>)}</div>
      ))}
      <div><Button kind="ghost" icon="plus" onClick={() => onChange([...list, { field: "priority", op: "eq", value: "" }])}>Condition</Button></div>
    </div>
  );
}

function ActionRow({ brandId, action, onChange, onRemove, error }: { brandId: string; action: Action; onChange: (action: Action) => void; onRemove: () => void; error: string | undefined }) {
  const { data: statuses = [] } = useStatuses(brandId);
  const { data: categories = [] } = useCategories(brandId);
  const { data: people } = useMembers(brandId);
  const { data: connections = [] } = useQuery({ queryKey: ["connections", brandId], queryFn: () => api.connections.list(brandId) });
  const kind = ACTIONS[action.type];
  const choices = (name: Parameter[2]): [string, string][] => ({
    status: statuses.map((one): [string, string] => [one.key, one.name]), priority: ["low", "normal", "high", "urgent"].map((one): [string, string] => [one, one]),
    category: categories.map((one): [string, string] => [one.id, one.name]), member: (people?.members ?? []).map((one): [string, string] => [one.id, one.displayName ?? one.email]),
    connection: connections.filter((one) => one.type === kind?.connection).map((one): [string, string] => [one.id, one.name]), text: [], long: [], list: [],
  })[name];
  return (
    <div className="builder-box">
      <div className="builder-row"><select className="input" aria-label="Action" value={action.type} onChange={(event) => onChange({ type: event.target.value })}>{Object.entries(ACTIONS).map(([value, { label }]) => <option key={value} value={value}>{label}</option>)}</select><IconButton icon="close" label="Remove the action" onClick={onRemove} /></div>
      {kind?.parameters.map(([key, label, type]) => (
        <Field key={key} label={label}>{(props) => {
          const value = writeValue(action[key]);
          const set = (next: unknown) => onChange({ ...action, [key]: next });
          if (type === "long") return <textarea {...props} className="input" placeholder="{{ticket.ticketNumber}} {{ticket.title}} {{ticket.url}}" value={value} onChange={(event) => set(event.target.value)} />;
          if (type === "text" || type === "list") return <input {...props} className="input" value={value} onChange={(event) => set(event.target.value)} />;
          return <select {...props} className="input" value={value} onChange={(event) => set(event.target.value || null)}><option value="">{type === "category" ? "None" : type === "member" ? "Nobody" : "Choose…"}</option>{choices(type).map(([id, name]) => <option key={id} value={id}>{name}</option>)}</select>;
        }}</Field>
      ))}
      {error && <small className="wrong">{error}</small>}
    </div>
  );
}

function Editor({ brandId, automation, onClose }: { brandId: string; automation: Automation | null; onClose: () => void }) {
  const [draft, set] = useDraft({
    name: automation?.name ?? "", description: automation?.description ?? "", enabled: automation?.enabled ?? true, events: (automation?.trigger.events ?? ["ticket.created"]) as string[],
    all: (automation?.conditions.all ?? []) as Cond[], any: (automation?.conditions.any ?? []) as Cond[], actions: (automation?.actions ?? [{ type: "set_priority", priority: "high" }]) as Action[],
  });
  const save = () => {
    const conditions = (list: Cond[]) => list.map(({ field, op, value }) => ({ field, op, ...(!BARE.includes(op) && { value: parseValue(op, writeValue(value)) }) }));
    const actions = draft.actions.map((action) => {
      const lists = (ACTIONS[action.type]?.parameters ?? []).filter(([, , kind]) => kind === "list").map(([key]) => key);
      const nullable = { set_category: "categoryId", assign: "assigneeId" }[action.type];
      return { ...action, ...(nullable && action[nullable] === undefined && !action.assigneeEmail && { [nullable]: null }), ...Object.fromEntries(lists.map((key) => [key, writeValue(action[key]).split(",").map((one) => one.trim()).filter(Boolean)])) };
    });
    const body = { name: draft.name, description: draft.description || null, enabled: draft.enabled, trigger: { events: draft.events }, conditions: { all: conditions(draft.all), any: conditions(draft.any) }, actions } as unknown as NewAutomation;
    return automation ? api.automations.update(brandId, automation.id, body as never) : api.automations.create(brandId, body);
  };
  return (
    <FormDialog title={automation ? `Edit ${automation.name}` : "New automation"} action={automation ? "Save" : "Create"} wide onClose={onClose} save={save} onSaved={() => void client.invalidateQueries({ queryKey: ["automations", brandId] })}>
      {(errors) => <>
        <datalist id="automation-fields">{FIELDS.map((field) => <option key={field} value={field} />)}</datalist>
        <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" data-autofocus required maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        <Field label="Description" error={errors.description}>{(props) => <input {...props} className="input" value={draft.description} onChange={(event) => set({ description: event.target.value })} />}</Field>
        <fieldset className="choices columns"><legend>When one of these happens</legend>{EVENTS.map((name) => <label key={name}><input type="checkbox" checked={draft.events.includes(name)} onChange={(event) => set({ events: event.target.checked ? [...draft.events, name] : draft.events.filter((one) => one !== name) })} /><code>{name}</code></label>)}</fieldset>
        <Conditions title="If all of these are so" path="conditions.all" list={draft.all} errors={errors} onChange={(all) => set({ all })} />
        <Conditions title="And at least one of these" path="conditions.any" list={draft.any} errors={errors} onChange={(any) => set({ any })} />
        <div className="builder"><strong>Then</strong>
          {draft.actions.map((action, index) => <ActionRow key={index} brandId={brandId} action={action} error={Object.entries(errors).find(([path]) => path.startsWith(`actions[${index}]`))?.[1]} onChange={(next) => set({ actions: draft.actions.map((one, at) => (at === index ? next : one)) })} onRemove={() => set({ actions: draft.actions.filter((_, at) => at !== index) })} />)}
          <div><Button icon="plus" disabled={draft.actions.length >= 10} onClick={() => set({ actions: [...draft.actions, { type: "add_note", body: "" }] })}>Action</Button></div>
        </div>
        <Switch label="Enabled" checked={draft.enabled} onChange={(enabled) => set({ enabled })} />
      </>}
    </FormDialog>
  );
}

function DryRun({ brandId, automation, onClose }: { brandId: string; automation: Automation; onClose: () => void }) {
  const [ticketId, setTicket] = useState("");
  const [event, setEvent] = useState("");
  const run = useMutation<AutomationTested>({ meta: { quiet: true }, mutationFn: () => api.automations.test(brandId, automation.id, { ticketId, ...(event && { event: { type: event } }) } as never) });
  return (
    <Dialog title={`Dry run of ${automation.name}`} wide onClose={onClose}>
      <form className="stack" onSubmit={(submitted) => { submitted.preventDefault(); run.mutate(); }}>
        <p className="dim">Says what would happen to a ticket. Nothing is changed, called or sent.</p>
        <div className="grid-2">
          <Field label="Ticket" hint="A number such as DT-1042.">{(props) => <input {...props} className="input" required data-autofocus value={ticketId} onChange={(change) => setTicket(change.target.value)} />}</Field>
          <Field label="Event">{(props) => <select {...props} className="input" value={event} onChange={(change) => setEvent(change.target.value)}><option value="">Its latest</option>{automation.trigger.events.map((name) => <option key={name}>{name}</option>)}</select>}</Field>
        </div>
        <footer><Button kind="primary" type="submit" icon="play" busy={run.isPending}>Try</Button></footer>
        {run.error && <p className="wrong" role="alert">{reason(run.error)}</p>}
        {run.data && <>
          <p><span className={`badge ${run.data.matched ? "good" : "warn"}`}>{run.data.matched ? "It would run" : "It would not run"}</span></p>
          <ul className="activity">{run.data.conditions.map((one) => <li key={one.path}><span><code>{one.path}</code> is {JSON.stringify(one.actual)}</span><span className={one.result ? "good" : "wrong"}>{one.result ? "holds" : "does not hold"}</span></li>)}</ul>
          {run.data.actions.map((one, index) => <pre key={index} className="code" tabIndex={0}>{one.type} {JSON.stringify(one.preview, null, 2)}</pre>)}
        </>}
      </form>
    </Dialog>
  );
}

function Runs({ brandId, automation, onClose }: { brandId: string; automation: Automation; onClose: () => void }) {
  const list = useInfiniteQuery({ queryKey: ["runs", automation.id], initialPageParam: undefined as string | undefined, queryFn: ({ pageParam }) => api.automations.runsOf(brandId, automation.id, pageParam ? { cursor: pageParam } : {}), getNextPageParam: (page) => page.pagination.nextCursor ?? undefined });
  const retry = useMutation({ mutationFn: (id: string) => api.automations.retryRun(brandId, id), onSuccess: () => { toast("Its failed actions are repeated"); void list.refetch(); } });
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Dialog title={`Runs of ${automation.name}`} wide onClose={onClose}>
      {list.isPending ? <Skeleton /> : rows.length === 0 ? <Empty icon="bolt" title="It has not run yet" /> : (
        <div className="table-wrap"><table className="table"><tbody>{rows.map((run) => (
          <tr key={run.id}><td><span className={`badge ${run.status === "success" ? "good" : run.status === "failed" ? "bad" : "warn"}`}>{run.status}</span></td><td>{run.reason ?? run.actions.map((one) => `${one.type}${one.error ? `: ${one.error}` : ""}`).join(", ")}</td><td><Link className="dim" href={`/brands/${brandId}/tickets/${run.ticketId}`} onClick={onClose}>Ticket</Link></td><td className="end dim">{ago(run.startedAt)}</td><td className="end">{(run.status === "failed" || run.status === "partial") && <Button onClick={() => retry.mutate(run.id)}>Retry</Button>}</td></tr>
        ))}</tbody></table>{list.hasNextPage && <div className="more-row"><Button onClick={() => void list.fetchNextPage()}>Older</Button></div>}</div>
      )}
    </Dialog>
  );
}

export function Automations({ brandId }: { brandId: string }) {
  const list = useQuery({ queryKey: ["automations", brandId], queryFn: () => api.automations.list(brandId) });
  const [shown, setShown] = useState<{ what: "edit" | "test" | "runs" | "delete"; automation: Automation } | "new" | null>(null);
  const stale = () => client.invalidateQueries({ queryKey: ["automations", brandId] });
  const order = useMutation({ mutationFn: (automationIds: string[]) => api.automations.reorder(brandId, { automationIds }), onSettled: stale });
  const enable = useMutation({ mutationFn: ({ id, enabled }: Automation) => api.automations.update(brandId, id, { enabled: !enabled }), onMutate: ({ id, enabled }) => client.setQueryData<Automation[]>(["automations", brandId], (old) => old?.map((one) => (one.id === id ? { ...one, enabled: !enabled } : one))), onSettled: stale });
  const close = () => setShown(null);
  return (
    <>
      <div className="row between"><div><h2>Automations</h2><p className="lead">What a brand does by itself. They run in this order, each seeing the ticket as the one before left it.</p></div><Button kind="primary" icon="plus" onClick={() => setShown("new")}>New automation</Button></div>
      {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : list.data.length === 0 ? <Empty icon="bolt" title="No automations yet">Tell Slack when a ticket waits on engineering, make urgent what an enterprise customer writes.</Empty> : (
        <Sortable items={list.data} label="Automations in order of execution" onOrder={(items) => { client.setQueryData(["automations", brandId], items); order.mutate(items.map((one) => one.id)); }}>
          {(one) => <>
            <div className="item-main"><span><strong className="cut">{one.name}</strong>{!one.enabled && <span className="badge">off</span>}{one.lastError && <span className="badge bad" title={one.lastError}>last run failed</span>}</span><small>{one.trigger.events.join(", ")} · {plural(one.actions.length, "action")} · {plural(one.runCount, "run")}</small></div>
            <Switch label={`${one.name} is on`} quiet checked={one.enabled} onChange={() => enable.mutate(one)} />
            <IconButton icon="play" label={`Dry run of ${one.name}`} onClick={() => setShown({ what: "test", automation: one })} /><IconButton icon="clock" label={`Runs of ${one.name}`} onClick={() => setShown({ what: "runs", automation: one })} />
            <IconButton icon="edit" label={`Edit ${one.name}`} onClick={() => setShown({ what: "edit", automation: one })} /><IconButton icon="trash" label={`Delete ${one.name}`} onClick={() => setShown({ what: "delete", automation: one })} />
          </>}
        </Sortable>
      )}
      {shown === "new" ? <Editor brandId={brandId} automation={null} onClose={close} /> : shown?.what === "edit" ? <Editor brandId={brandId} automation={shown.automation} onClose={close} /> : shown?.what === "test" ? <DryRun brandId={brandId} automation={shown.automation} onClose={close} /> : shown?.what === "runs" ? <Runs brandId={brandId} automation={shown.automation} onClose={close} /> : shown?.what === "delete" && (
        <Confirm title={`Delete ${shown.automation.name}?`} action="Delete" onClose={close} onConfirm={async () => { await api.automations.delete(brandId, shown.automation.id); await stale(); }} />
      )}
    </>
  );
}
