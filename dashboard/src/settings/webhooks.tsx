// Webhooks: what is called when something happens, and what came of each call.

import { useState } from "react";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import type { Delivery, NewWebhook, Webhook } from "@dispatch-server/client";
import { api } from "../lib/api";
import { ago, fullTime, plural } from "../lib/format";
import { client } from "../lib/query";
import { toast } from "../lib/toast";
import { FormDialog, useDraft } from "../ui/form";
import { Button, Confirm, Dialog, Empty, Field, IconButton, Secret, Skeleton, Switch, Trouble } from "../ui/parts";

const EVENTS = [
  "*", "ticket.*", "ticket.created", "ticket.updated", "ticket.closed", "ticket.reopened", "ticket.deleted", "ticket.restored", "ticket.merged", "ticket.overdue", "ticket.spam_marked", "ticket.spam_unmarked",
  "comment.*", "comment.created", "comment.updated", "comment.deleted", "attachment.created", "attachment.deleted", "watcher.added", "watcher.removed",
  "customer.*", "customer.created", "customer.updated", "customer.deleted", "company.*", "feedback.submitted", "automation.failed", "connection.failed", "mail.failed", "mail.quarantined", "webhook.disabled",
];

function Editor({ brandId, webhook, onClose, onSecret }: { brandId: string; webhook: Webhook | null; onClose: () => void; onSecret: (secret: string) => void }) {
  const [draft, set] = useDraft({ url: webhook?.url ?? "", description: webhook?.description ?? "", events: webhook?.events ?? ["*"], enabled: webhook?.enabled ?? true });
  const others = draft.events.filter((name) => !EVENTS.includes(name));
  const body = { ...draft, description: draft.description || null };
  return (
    <FormDialog title={webhook ? "Edit the webhook" : "New webhook"} action={webhook ? "Save" : "Create"} wide onClose={onClose} disabled={draft.events.length === 0}
      save={async () => {
        if (webhook) await api.webhooks.update(brandId, webhook.id, body as never);
        else onSecret((await api.webhooks.create(brandId, body as NewWebhook)).secret ?? "");
      }} onSaved={() => void client.invalidateQueries({ queryKey: ["webhooks", brandId] })}>
      {(errors) => <>
        <Field label="URL" error={errors.url} hint="https, reachable from the internet.">{(props) => <input {...props} className="input" data-autofocus type="url" required value={draft.url} onChange={(event) => set({ url: event.target.value })} />}</Field>
        <Field label="Description" error={errors.description}>{(props) => <input {...props} className="input" value={draft.description} onChange={(event) => set({ description: event.target.value })} />}</Field>
        <fieldset className="choices columns"><legend>Events</legend>{[...EVENTS, ...others].map((name) => <label key={name}><input type="checkbox" checked={draft.events.includes(name)} onChange={(event) => set({ events: event.target.checked ? [...draft.events, name] : draft.events.filter((one) => one !== name) })} /><code>{name === "*" ? "* everything" : name}</code></label>)}</fieldset>
        <Switch label="Enabled" checked={draft.enabled} onChange={(enabled) => set({ enabled })} />
      </>}
    </FormDialog>
  );
}

const badge = (status: string) => <span className={`badge ${status === "SUCCESS" ? "good" : status === "FAILED" ? "bad" : "warn"}`}>{status.toLowerCase()}</span>;

function One({ brandId, delivery, onClose }: { brandId: string; delivery: Delivery; onClose: () => void }) {
  const whole = useQuery({ queryKey: ["delivery", delivery.id], queryFn: () => api.webhooks.getDelivery(brandId, delivery.webhookId, delivery.id) });
  const retry = useMutation({ mutationFn: () => api.webhooks.retryDelivery(brandId, delivery.webhookId, delivery.id), onSuccess: () => { toast("It is sent again"); void client.invalidateQueries({ queryKey: ["deliveries", delivery.webhookId] }); onClose(); } });
  return (
    <Dialog title={delivery.event} wide onClose={onClose}>
      <div className="stack">
        <div className="row">{badge(delivery.status)}<span className="dim">{plural(delivery.attempts, "attempt")}{delivery.responseCode ? ` · answered ${delivery.responseCode}` : ""}{delivery.error ? ` · ${delivery.error}` : ""}</span><span className="spacer" /><Button icon="refresh" busy={retry.isPending} onClick={() => retry.mutate()}>Send again</Button></div>
        <div><h3>Attempts</h3><ul className="activity">{whole.data?.attemptLog.map((one) => <li key={one.at}><span>{one.responseCode ?? one.error ?? "no answer"}</span><span>{one.durationMs} ms · {fullTime(one.at)}</span></li>)}</ul></div>
        <div><h3>Payload</h3><pre className="code" tabIndex={0}>{JSON.stringify(delivery.payload, null, 2)}</pre></div>
        {delivery.responseBody && <div><h3>Answer</h3><pre className="code" tabIndex={0}>{delivery.responseBody}</pre></div>}
      </div>
    </Dialog>
  );
}

function Deliveries({ brandId, webhook, onClose }: { brandId: string; webhook: Webhook; onClose: () => void }) {
  const [status, setStatus] = useState("");
  const [shown, setShown] = useState<Delivery | null>(null);
  const [since, setSince] = useState("");
  const list = useInfiniteQuery({
    queryKey: ["deliveries", webhook.id, status], initialPageParam: undefined as string | undefined, refetchInterval: 5_000,
    queryFn: ({ pageParam }) => api.webhooks.deliveries(brandId, webhook.id, { ...(status && { status }), ...(pageParam && { cursor: pageParam }) } as never),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const replay = useMutation({ mutationFn: () => api.webhooks.replay(brandId, webhook.id, { since: new Date(since).toISOString() }), onSuccess: ({ count }) => { toast(`${plural(count, "event")} will be sent again`); void list.refetch(); } });
  const rows = list.data?.pages.flatMap((page) => [...page]) ?? [];
  return (
    <Dialog title={`Deliveries to ${webhook.url}`} wide onClose={onClose}>
      <div className="toolbar">
        <select className="input" aria-label="Status" value={status} onChange={(event) => setStatus(event.target.value)}><option value="">All</option><option value="SUCCESS">Success</option><option value="PENDING">Pending</option><option value="RETRYING">Retrying</option><option value="FAILED">Failed</option></select>
        <span className="spacer" />
        <input type="datetime-local" className="input" style={{ width: "auto" }} aria-label="Replay since" value={since} onChange={(event) => setSince(event.target.value)} />
        <Button icon="play" disabled={since === ""} busy={replay.isPending} onClick={() => replay.mutate()}>Replay</Button>
      </div>
      {list.isPending ? <Skeleton /> : rows.length === 0 ? <Empty icon="hook" title="Nothing was sent yet">Send a test, or wait for the first event.</Empty> : (
        <div className="table-wrap"><table className="table"><tbody>{rows.map((one) => <tr key={one.id} className="link" onClick={() => setShown(one)}><td>{badge(one.status)}</td><td><button type="button" onClick={() => setShown(one)}><code>{one.event}</code></button>{one.isTest && <span className="badge">test</span>}</td><td className="dim">{one.responseCode ?? one.error}</td><td className="end dim">{ago(one.createdAt)}</td></tr>)}</tbody></table>
        {list.hasNextPage && <div className="more-row"><Button onClick={() => void list.fetchNextPage()}>Older</Button></div>}</div>
      )}
      {shown && <One brandId={brandId} delivery={shown} onClose={() => setShown(null)} />}
    </Dialog>
  );
}

export function Webhooks({ brandId }: { brandId: string }) {
  const list = useQuery({ queryKey: ["webhooks", brandId], queryFn: () => api.webhooks.list(brandId) });
  const [editing, setEditing] = useState<Webhook | "new" | null>(null);
  const [shown, setShown] = useState<Webhook | null>(null);
  const [asking, setAsking] = useState<{ what: "delete" | "rotate"; webhook: Webhook } | null>(null);
  const [secret, setSecret] = useState("");
  const stale = () => client.invalidateQueries({ queryKey: ["webhooks", brandId] });
  const test = useMutation({ mutationFn: (id: string) => api.webhooks.test(brandId, id), onSuccess: (one) => toast(one.status === "SUCCESS" ? `It answered ${one.responseCode}` : `The test failed: ${one.error ?? one.responseCode}`, one.status === "SUCCESS" ? {} : { kind: "error" }), onSettled: stale });
  return (
    <>
      <div className="row between"><div><h2>Webhooks</h2><p className="lead">Your own programs hear of what happens here. Every call is signed.</p></div><Button kind="primary" icon="plus" onClick={() => setEditing("new")}>New webhook</Button></div>
      {secret && <div style={{ marginBottom: 14 }}><Secret value={secret} label="The secret that signs the calls." /></div>}
      {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : list.data.length === 0 ? <Empty icon="hook" title="No webhooks yet" /> : (
        <ul className="sortable">{list.data.map((one) => (
          <li key={one.id} style={{ paddingLeft: 14 }}>
            <div className="item-main"><span><strong className="cut">{one.description ?? one.url}</strong>{one.enabled ? one.failureCount > 0 && <span className="badge warn">{plural(one.failureCount, "failure")} in a row</span> : <span className="badge bad">disabled{one.disabledReason ? `: ${one.disabledReason}` : ""}</span>}</span><small>{one.description ? `${one.url} · ` : ""}{one.events.join(", ")} · {one.lastTriggered ? `last call ${ago(one.lastTriggered)}` : "never called"}</small></div>
            <Button onClick={() => setShown(one)}>Deliveries</Button><Button busy={test.isPending} onClick={() => test.mutate(one.id)}>Test</Button>
            <IconButton icon="key" label="Rotate the secret" onClick={() => setAsking({ what: "rotate", webhook: one })} /><IconButton icon="edit" label="Edit" onClick={() => setEditing(one)} /><IconButton icon="trash" label="Delete" onClick={() => setAsking({ what: "delete", webhook: one })} />
          </li>
        ))}</ul>
      )}
      {editing && <Editor brandId={brandId} webhook={editing === "new" ? null : editing} onClose={() => setEditing(null)} onSecret={setSecret} />}
      {shown && <Deliveries brandId={brandId} webhook={shown} onClose={() => setShown(null)} />}
      {asking?.what === "delete" && <Confirm title="Delete this webhook?" action="Delete" onClose={() => setAsking(null)} onConfirm={async () => { await api.webhooks.delete(brandId, asking.webhook.id); await stale(); }}><p>{asking.webhook.url}</p></Confirm>}
      {asking?.what === "rotate" && <Confirm title="Rotate the secret?" action="Rotate" onClose={() => setAsking(null)} onConfirm={async () => setSecret((await api.webhooks.rotateSecret(brandId, asking.webhook.id)).secret ?? "")}><p>For 24 hours both the old and the new secret sign.</p></Confirm>}
    </>
  );
}
