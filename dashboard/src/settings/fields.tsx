// Custom fields of tickets, customers and companies.

import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import type { FieldDefinition, NewField } from "@dispatch-server/client";
import { api } from "../lib/api";
import { slugKey } from "../lib/format";
import { client, useFields } from "../lib/query";
import { FormDialog, useDraft } from "../ui/form";
import { Button, Confirm, Empty, Field, IconButton, Skeleton, Switch, Trouble } from "../ui/parts";
import { Sortable } from "../ui/sortable";
import { FieldInput } from "../pages/field-input";

type Entity = FieldDefinition["entity"];
const TYPES = { text: "Text", number: "Number", boolean: "Yes or no", date: "Date", select: "One of a list", multiselect: "Several of a list", url: "Link", array: "List (JSON)", object: "Object (JSON)" };

function Editor({ brandId, entity, field, onClose }: { brandId: string; entity: Entity; field: FieldDefinition | null; onClose: () => void }) {
  const [draft, set] = useDraft({
    label: field?.label ?? "", key: field?.key ?? "", type: field?.type ?? ("text" as FieldDefinition["type"]), required: field?.required ?? false, description: field?.description ?? "", placeholder: field?.placeholder ?? "",
    options: (field?.options ?? []).join("\n"), showOnCreate: field?.showOnCreate ?? true, showInTable: field?.showInTable ?? true, showInDetail: field?.showInDetail ?? true, defaultValue: field?.defaultValue as unknown,
  });
  const listed = draft.type === "select" || draft.type === "multiselect";
  const save = () => {
    const { key, type, options, ...rest } = draft;
    const body = { ...rest, description: rest.description || null, placeholder: rest.placeholder || null, ...(listed && { options: options.split("\n").map((one) => one.trim()).filter(Boolean) }) };
    return field ? api.fields.update(brandId, entity, field.key, body) : api.fields.create(brandId, entity, { ...body, key, type } as NewField);
  };
  return (
    <FormDialog title={field ? `Edit ${field.label}` : `New ${entity} field`} action={field ? "Save" : "Create"} onClose={onClose} save={save} onSaved={() => void client.invalidateQueries({ queryKey: ["fields", brandId] })}>
      {(errors) => <>
        <Field label="Label" error={errors.label}>{(props) => <input {...props} className="input" data-autofocus required maxLength={200} value={draft.label} onChange={(event) => set({ label: event.target.value, ...(!field && { key: slugKey(event.target.value, "field") }) })} />}</Field>
        <div className="grid-2">
          <Field label="Key" error={errors.key} hint="It cannot be changed later.">{(props) => <input {...props} className="input" disabled={!!field} required value={draft.key} onChange={(event) => set({ key: event.target.value })} />}</Field>
          <Field label="Type" error={errors.type}>{(props) => <select {...props} className="input" disabled={!!field} value={draft.type} onChange={(event) => set({ type: event.target.value as FieldDefinition["type"], defaultValue: null })}>{Object.entries(TYPES).map(([value, label]) => <option key={value} value={value}>{label}</option>)}</select>}</Field>
        </div>
        {listed && <Field label="Options" error={errors.options} hint="One per line.">{(props) => <textarea {...props} className="input" required value={draft.options} onChange={(event) => set({ options: event.target.value })} />}</Field>}
        <Field label="Description" error={errors.description}>{(props) => <input {...props} className="input" value={draft.description} onChange={(event) => set({ description: event.target.value })} />}</Field>
        <Field label="Default" error={errors.defaultValue}>{(props) => <FieldInput id={props.id} field={{ ...(field ?? ({} as FieldDefinition)), label: draft.label, type: draft.type, options: draft.options.split("\n").filter(Boolean), placeholder: null }} value={draft.defaultValue} onChange={(defaultValue) => set({ defaultValue })} />}</Field>
        <Switch label="Required" hint="Asked for on new tickets and forms; the API takes any value." checked={draft.required} onChange={(required) => set({ required })} />
        <Switch label="On new ones" checked={draft.showOnCreate} onChange={(showOnCreate) => set({ showOnCreate })} />
        <Switch label="In lists" checked={draft.showInTable} onChange={(showInTable) => set({ showInTable })} />
        <Switch label="In the details" checked={draft.showInDetail} onChange={(showInDetail) => set({ showInDetail })} />
      </>}
    </FormDialog>
  );
}

export function Fields({ brandId }: { brandId: string }) {
  const all = useFields(brandId);
  const [entity, setEntity] = useState<Entity>("ticket");
  const [editing, setEditing] = useState<FieldDefinition | "new" | null>(null);
  const [removing, setRemoving] = useState<FieldDefinition | null>(null);
  const stale = () => client.invalidateQueries({ queryKey: ["fields", brandId] });
  const order = useMutation({ mutationFn: (keys: string[]) => api.fields.reorder(brandId, entity, { keys }), onSettled: stale });
  const list = (all.data?.[entity] ?? []).map((field) => ({ ...field, name: field.label }));
  return (
    <>
      <div className="row between"><div><h2>Fields</h2><p className="lead">What else you want to know. Values live in customFields.</p></div><Button kind="primary" icon="plus" onClick={() => setEditing("new")}>New field</Button></div>
      <div className="segments" role="radiogroup" aria-label="Of what" style={{ marginBottom: 14 }}>{(["ticket", "customer", "company"] as const).map((one) => <button key={one} type="button" role="radio" aria-checked={one === entity} onClick={() => setEntity(one)}>{{ ticket: "Tickets", customer: "Customers", company: "Companies" }[one]}</button>)}</div>
      {all.isPending ? <Skeleton /> : all.error ? <Trouble error={all.error} retry={() => void all.refetch()} /> : list.length === 0 ? <Empty icon="field" title="No fields yet">Such as an order number, a plan or a region.</Empty> : (
        <Sortable items={list} label="Fields" onOrder={(items) => { client.setQueryData(["fields", brandId], { ...all.data, [entity]: items }); order.mutate(items.map((one) => one.key)); }}>
          {(field) => <>
            <div className="item-main"><span><strong>{field.label}</strong> <code className="faint">{field.key}</code>{field.required && <span className="badge">required</span>}{!field.visible && <span className="badge">hidden</span>}</span>{field.description && <small>{field.description}</small>}</div>
            <span className="item-count">{TYPES[field.type]}</span>
            <IconButton icon="edit" label={`Edit ${field.label}`} onClick={() => setEditing(field)} />
            <IconButton icon="trash" label={`Delete ${field.label}`} onClick={() => setRemoving(field)} />
          </>}
        </Sortable>
      )}
      {editing && <Editor brandId={brandId} entity={entity} field={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {removing && <Confirm title={`Delete the field ${removing.label}?`} action="Delete" onClose={() => setRemoving(null)} onConfirm={async () => { await api.fields.delete(brandId, entity, removing.key); await stale(); }}><p>Values that were stored stay where they are.</p></Confirm>}
    </>
  );
}
