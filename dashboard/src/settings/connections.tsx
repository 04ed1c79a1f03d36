// Connections: Slack, Jira and HTTP, which automations call.

import { useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Connection } from "@dispatch-server/client";
import { api } from "../lib/api";
import { ago } from "../lib/format";
import { client } from "../lib/query";
import { toast } from "../lib/toast";
import { FormDialog, useDraft } from "../ui/form";
import { Button, Confirm, Empty, Field, IconButton, Skeleton, Switch, Trouble } from "../ui/parts";

type Kind = Connection["type"];
const CONFIG: Record<Kind, [key: string, label: string, hint?: string, required?: boolean][]> = {
  SLACK: [["channelLabel", "Channel", "A reminder for you: the webhook's URL decides it."]],
  JIRA: [["siteUrl", "Site", "https://yourteam.atlassian.net", true], ["email", "Email", undefined, true], ["projectKey", "Project key", "Such as SUP", true], ["issueType", "Issue type", "Task when left out"]],
  HTTP: [["url", "URL", undefined, true], ["method", "Method", "POST, PUT, PATCH, GET or DELETE"], ["bodyTemplate", "Body", "JSON with {{placeholders}}; the event when left out"], ["timeoutSeconds", "Timeout in seconds", "1 to 30"]],
};
const SECRET: Record<Kind, [key: string, label: string]> = { SLACK: ["webhookUrl", "Incoming webhook URL"], JIRA: ["apiToken", "API token"], HTTP: ["headers", "Headers, one per line: Name: value"] };

function Editor({ brandId, connection, onClose }: { brandId: string; connection: Connection | null; onClose: () => void }) {
  const [type, setType] = useState<Kind>(connection?.type ?? "SLACK");
  const [draft, set] = useDraft({ name: connection?.name ?? "", enabled: connection?.enabled ?? true });
  const start = Object.fromEntries(Object.entries((connection?.config ?? {}) as Record<string, unknown>).map(([key, value]) => [key, value === null ? "" : String(value)]));
  const [config, setConfig] = useState<Record<string, string>>(start);
  const [secret, setSecret] = useState("");
  const [name, label] = SECRET[type];
  const save = () => {
    const filled = Object.fromEntries(CONFIG[type].flatMap(([key]): [string, unknown][] => (config[key] ? [[key, key === "timeoutSeconds" ? Number(config[key]) : config[key]]] : connection && start[key] ? [[key, null]] : [])));
    const headers = () => Object.fromEntries(secret.split("\n").filter((line) => line.includes(":")).map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]));
    const secrets = secret ? { [name]: type === "HTTP" ? headers() : secret.trim() } : undefined;
    const body = { ...draft, config: filled, ...(secrets && { secrets }) };
    return connection ? api.connections.update(brandId, connection.id, body as never) : api.connections.create(brandId, { ...body, type, secrets: secrets ?? {} } as never);
  };
  return (
    <FormDialog title={connection ? `Edit ${connection.name}` : "New connection"} action={connection ? "Save" : "Create"} onClose={onClose} save={save} onSaved={() => void client.invalidateQueries({ queryKey: ["connections", brandId] })}>
      {(errors) => <>
        {!connection && <Field label="Type">{(props) => <select {...props} className="input" value={type} onChange={(event) => setType(event.target.value as Kind)}><option value="SLACK">Slack</option><option value="JIRA">Jira</option><option value="HTTP">HTTP</option></select>}</Field>}
        <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" required maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        {CONFIG[type].map(([key, title, hint, required]) => (
          <Field key={key} label={title} hint={hint} error={errors[`config.${key}`]}>
            {(props) => key === "bodyTemplate" ? <textarea {...props} className="input" value={config[key] ?? ""} onChange={(event) => setConfig({ ...config, [key]: event.target.value })} /> : <input {...props} className="input" required={required} value={config[key] ?? ""} onChange={(event) => setConfig({ ...config, [key]: event.target.value })} />}
          </Field>
        ))}
        <Field label={label} error={errors[`secrets.${name}`]} hint={connection ? "Kept when left empty. It is never shown again." : "Stored encrypted and never shown again."}>
          {(props) => type === "HTTP" ? <textarea {...props} className="input" placeholder="Authorization: Bearer …" value={secret} onChange={(event) => setSecret(event.target.value)} /> : <input {...props} className="input" type="password" autoComplete="off" required={!connection} value={secret} onChange={(event) => setSecret(event.target.value)} />}
        </Field>
        <Switch label="Enabled" checked={draft.enabled} onChange={(enabled) => set({ enabled })} />
      </>}
    </FormDialog>
  );
}

export function Connections({ brandId }: { brandId: string }) {
  const list = useQuery({ queryKey: ["connections", brandId], queryFn: () => api.connections.list(brandId) });
  const [editing, setEditing] = useState<Connection | "new" | null>(null);
  const [removing, setRemoving] = useState<Connection | null>(null);
  const stale = () => client.invalidateQueries({ queryKey: ["connections", brandId] });
  const test = useMutation({ mutationFn: (id: string) => api.connections.test(brandId, id), onSuccess: ({ ok, message }) => toast(message, ok ? {} : { kind: "error" }), onSettled: stale });
  return (
    <>
      <div className="row between"><div><h2>Connections</h2><p className="lead">Slack, Jira and your own services, called by automations.</p></div><Button kind="primary" icon="plus" onClick={() => setEditing("new")}>New connection</Button></div>
      {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : list.data.length === 0 ? <Empty icon="plug" title="No connections yet">Connect Slack to hear of urgent tickets, or Jira to make issues of them.</Empty> : (
        <ul className="sortable">{list.data.map((one) => (
          <li key={one.id} style={{ paddingLeft: 14 }}>
            <div className="item-main"><span><strong>{one.name}</strong> <span className="badge">{one.type}</span>{!one.enabled && <span className="badge">off</span>}{one.lastStatus && <span className={`badge ${one.lastStatus === "ok" ? "good" : "bad"}`}>{one.lastStatus}</span>}</span><small>{one.lastError ?? (one.lastUsedAt ? `last used ${ago(one.lastUsedAt)}` : "never used")}</small></div>
            <Button busy={test.isPending} onClick={() => test.mutate(one.id)}>Test</Button><IconButton icon="edit" label={`Edit ${one.name}`} onClick={() => setEditing(one)} /><IconButton icon="trash" label={`Delete ${one.name}`} onClick={() => setRemoving(one)} />
          </li>
        ))}</ul>
      )}
      {editing && <Editor brandId={brandId} connection={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {removing && <Confirm title={`Delete ${removing.name}?`} action="Delete" onClose={() => setRemoving(null)} onConfirm={async () => { await api.connections.delete(brandId, removing.id); await stale(); }} />}
    </>
  );
}
