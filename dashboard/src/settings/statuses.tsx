// Statuses: one list, system and custom mixed, in the order in which menus and filters show them.

import { useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Status } from "@dispatch-server/client";
import { api } from "../lib/api";
import { plural, slugKey } from "../lib/format";
import { client, refreshCounts, useStatuses } from "../lib/query";
import { toast } from "../lib/toast";
import { ColorField, FormDialog, useDraft } from "../ui/form";
import { Icon, StatusDot } from "../ui/icons";
import { Button, Field, IconButton, Skeleton, Switch, Trouble } from "../ui/parts";
import { Sortable } from "../ui/sortable";

function Editor({ brandId, status, onClose }: { brandId: string; status: Status | null; onClose: () => void }) {
  const [draft, set] = useDraft({ name: status?.name ?? "", key: status?.key ?? "", color: status?.color ?? "#8b5cf6", description: status?.description ?? "", isActive: status?.isActive ?? true });
  const [ownKey, setOwnKey] = useState(false);
  const save = () => {
    const shared = { name: draft.name, color: draft.color, description: draft.description || null };
    if (!status) return api.statuses.create(brandId, { ...shared, key: draft.key, isActive: draft.isActive });
    return api.statuses.update(brandId, status.id, { ...shared, ...(!status.isSystem && { isActive: draft.isActive }) });
  };
  return (
    <FormDialog title={status ? `Edit ${status.name}` : "New status"} action={status ? "Save" : "Create"} onClose={onClose} save={save} onSaved={() => { void client.invalidateQueries({ queryKey: ["statuses", brandId] }); void client.invalidateQueries({ queryKey: ["tickets"] }); refreshCounts(); }}>
      {(errors) => <>
        <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" data-autofocus required maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value, ...(!status && !ownKey && { key: slugKey(event.target.value) }) })} />}</Field>
        <Field label="Key" error={errors.key} hint={status ? "The name that programs use. It never changes." : "The name that programs use. It cannot be changed later."}>{(props) => <input {...props} className="input" disabled={status !== null} required pattern="[a-z][a-z0-9_]{0,49}" value={draft.key} onChange={(event) => { setOwnKey(true); set({ key: event.target.value }); }} />}</Field>
        <ColorField value={draft.color} onChange={(color) => set({ color })} />
        <Field label="Description" error={errors.description}>{(props) => <textarea {...props} className="input" maxLength={1_000} value={draft.description} onChange={(event) => set({ description: event.target.value })} />}</Field>
        {status?.isSystem ? <p className="dim">A status of the system: it can be renamed and recolored.</p> : <Switch label="Active" hint="Its tickets need attention and stand in the default view." checked={draft.isActive} onChange={(isActive) => set({ isActive })} />}
      </>}
    </FormDialog>
  );
}

function Remove({ brandId, status, statuses, count, onClose }: { brandId: string; status: Status; statuses: Status[]; count: number; onClose: () => void }) {
  const [replacement, setReplacement] = useState(statuses.find((one) => one.key === "open")?.id ?? "");
  const name = statuses.find((one) => one.id === replacement)?.name;
  return (
    <FormDialog title={`Delete ${status.name}?`} action={count > 0 ? `Move ${plural(count, "ticket")} and delete` : "Delete"} onClose={onClose}
      save={() => api.statuses.delete(brandId, status.id, { replacementStatusId: replacement })}
      onSaved={({ movedTickets }) => {
        toast(movedTickets > 0 ? `${status.name} deleted; ${plural(movedTickets, "ticket")} moved to ${name}` : `${status.name} deleted`);
        void client.invalidateQueries({ queryKey: ["statuses", brandId] });
        void client.invalidateQueries({ queryKey: ["tickets"] });
        refreshCounts();
      }}>
      {(errors) => <>
        <p>{count > 0 ? <><strong>{plural(count, "ticket")}</strong> {count === 1 ? "has" : "have"} this status and will be moved.</> : "No ticket has this status. If one gets it meanwhile, it is moved."} This cannot be undone.</p>
        <Field label="Replacement" error={errors.replacementStatusId} hint="Automations that name the status switch to it as well.">
          {(props) => <select {...props} className="input" value={replacement} onChange={(event) => setReplacement(event.target.value)}>{statuses.filter((one) => one.id !== status.id).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>}
        </Field>
      </>}
    </FormDialog>
  );
}

export function Statuses({ brandId }: { brandId: string }) {
  const statuses = useStatuses(brandId);
  const stats = useQuery({ queryKey: ["chips", brandId, "stats"], queryFn: () => api.statuses.stats(brandId) });
  const [editing, setEditing] = useState<Status | "new" | null>(null);
  const [removing, setRemoving] = useState<Status | null>(null);
  const key = ["statuses", brandId];
  const order = useMutation({
    mutationFn: (ids: string[]) => api.statuses.reorder(brandId, ids),
    onMutate: (ids) => {
      const before = client.getQueryData<Status[]>(key);
      client.setQueryData<Status[]>(key, (old) => old && ids.flatMap((id) => old.find((one) => one.id === id) ?? []));
      return before;
    },
    onError: (_error, _ids, before) => client.setQueryData(key, before),
    onSuccess: (list, _ids, before) => {
      client.setQueryData(key, list);
      toast("Order saved", before ? { action: { label: "Undo", run: () => order.mutate(before.map((one) => one.id)) } } : {});
    },
  });
  const count = (status: Status) => stats.data?.find((one) => one.statusId === status.id)?.count;
  return (
    <>
      <div className="row between">
        <div><h2>Statuses</h2><p className="lead">Drag them into the order in which menus and filters show them. With the keyboard: Space on the handle, then the arrow keys.</p></div>
        <Button kind="primary" icon="plus" onClick={() => setEditing("new")}>New status</Button>
      </div>
      {statuses.isPending ? <Skeleton /> : statuses.error ? <Trouble error={statuses.error} retry={() => void statuses.refetch()} /> : (
        <Sortable items={statuses.data} label="Statuses in display order" onOrder={(items) => order.mutate(items.map((item) => item.id))}>
          {(status) => <>
            <StatusDot color={status.color} isActive={status.isActive} half={status.key === "pending"} />
            <div className="item-main"><span><strong>{status.name}</strong> <code className="faint">{status.key}</code>{!status.isActive && <span className="badge">inactive</span>}</span>{status.description && <small>{status.description}</small>}</div>
            {count(status) !== undefined && <span className="item-count">{plural(count(status) ?? 0, "ticket")}</span>}
            <IconButton icon="edit" label={`Edit ${status.name}`} onClick={() => setEditing(status)} />
            {status.isSystem ? <span className="icon-button" title="A status of the system cannot be deleted"><Icon name="lock" /><span className="unseen">Cannot be deleted</span></span> : <IconButton icon="trash" label={`Delete ${status.name}`} onClick={() => setRemoving(status)} />}
          </>}
        </Sortable>
      )}
      {editing && <Editor brandId={brandId} status={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {removing && statuses.data && <Remove brandId={brandId} status={removing} statuses={statuses.data} count={count(removing) ?? 0} onClose={() => setRemoving(null)} />}
    </>
  );
}
