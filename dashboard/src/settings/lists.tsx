// Categories and tags.

import { useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Category, Tag } from "@dispatch-server/client";
import { api } from "../lib/api";
import { plural } from "../lib/format";
import { client, useCategories, useTags } from "../lib/query";
import { toast } from "../lib/toast";
import { ColorField, FormDialog, useDraft } from "../ui/form";
import { Button, Confirm, Empty, Field, IconButton, Skeleton, Trouble } from "../ui/parts";
import { Sortable } from "../ui/sortable";

const stale = (brandId: string, name: "categories" | "tags") => {
  void client.invalidateQueries({ queryKey: [name, brandId] });
  void client.invalidateQueries({ queryKey: [`${name}-stats`, brandId] });
  void client.invalidateQueries({ queryKey: ["tickets"] });
};

function CategoryEditor({ brandId, category, onClose }: { brandId: string; category: Category | null; onClose: () => void }) {
  const [draft, set] = useDraft({ name: category?.name ?? "", color: category?.color ?? "#3b82f6", description: category?.description ?? "" });
  const body = { name: draft.name, color: draft.color, description: draft.description || null };
  return (
    <FormDialog title={category ? `Edit ${category.name}` : "New category"} action={category ? "Save" : "Create"} onClose={onClose} save={() => (category ? api.categories.update(brandId, category.id, body) : api.categories.create(brandId, body))} onSaved={() => stale(brandId, "categories")}>
      {(errors) => <>
        <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" data-autofocus required maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        <ColorField value={draft.color} onChange={(color) => set({ color })} />
        <Field label="Description" error={errors.description}>{(props) => <textarea {...props} className="input" maxLength={1_000} value={draft.description} onChange={(event) => set({ description: event.target.value })} />}</Field>
      </>}
    </FormDialog>
  );
}

function CategoryRemove({ brandId, category, categories, count, onClose }: { brandId: string; category: Category; categories: Category[]; count: number; onClose: () => void }) {
  const [replacement, setReplacement] = useState("");
  return (
    <FormDialog title={`Delete ${category.name}?`} action="Delete" onClose={onClose} save={() => api.categories.delete(brandId, category.id, replacement ? { replacementCategoryId: replacement } : {})} onSaved={() => stale(brandId, "categories")}>
      {() => <>
        <p>{count > 0 ? `${plural(count, "ticket")} ${count === 1 ? "has" : "have"} this category.` : "No ticket has this category."}</p>
        <Field label="Move its tickets to">{(props) => <select {...props} className="input" value={replacement} onChange={(event) => setReplacement(event.target.value)}><option value="">No category</option>{categories.filter((one) => one.id !== category.id).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>}</Field>
      </>}
    </FormDialog>
  );
}

export function Categories({ brandId }: { brandId: string }) {
  const list = useCategories(brandId);
  const stats = useQuery({ queryKey: ["categories-stats", brandId], queryFn: () => api.categories.stats(brandId) });
  const [editing, setEditing] = useState<Category | "new" | null>(null);
  const [removing, setRemoving] = useState<Category | null>(null);
  const order = useMutation({
    mutationFn: (ids: string[]) => api.categories.reorder(brandId, { categoryIds: ids }),
    onMutate: (ids) => client.setQueryData<Category[]>(["categories", brandId], (old) => old && ids.flatMap((id) => old.find((one) => one.id === id) ?? [])),
    onSettled: () => client.invalidateQueries({ queryKey: ["categories", brandId] }),
  });
  const count = (category: Category) => stats.data?.[category.id]?.ticketCount ?? 0;
  return (
    <>
      <div className="row between"><div><h2>Categories</h2><p className="lead">One per ticket: what it is about.</p></div><Button kind="primary" icon="plus" onClick={() => setEditing("new")}>New category</Button></div>
      {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : list.data.length === 0 ? <Empty icon="folder" title="No categories yet">Billing, Technical, Feature request: sort tickets by what they are about.</Empty> : (
        <Sortable items={list.data} label="Categories" onOrder={(items) => order.mutate(items.map((one) => one.id))}>
          {(category) => <>
            <i className="dot" style={{ background: category.color }} />
            <div className="item-main"><span><strong>{category.name}</strong> <code className="faint">{category.key}</code></span>{category.description && <small>{category.description}</small>}</div>
            <span className="item-count">{plural(count(category), "ticket")}</span>
            <IconButton icon="edit" label={`Edit ${category.name}`} onClick={() => setEditing(category)} />
            <IconButton icon="trash" label={`Delete ${category.name}`} onClick={() => setRemoving(category)} />
          </>}
        </Sortable>
      )}
      {editing && <CategoryEditor brandId={brandId} category={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {removing && list.data && <CategoryRemove brandId={brandId} category={removing} categories={list.data} count={count(removing)} onClose={() => setRemoving(null)} />}
    </>
  );
}

function TagEditor({ brandId, tag, onClose }: { brandId: string; tag: Tag | null; onClose: () => void }) {
  const [draft, set] = useDraft({ name: tag?.name ?? "", color: tag?.color ?? "#6b7280" });
  return (
    <FormDialog title={tag ? `Edit ${tag.name}` : "New tag"} action={tag ? "Save" : "Create"} onClose={onClose} save={() => (tag ? api.tags.update(brandId, tag.id, draft) : api.tags.create(brandId, draft))} onSaved={() => stale(brandId, "tags")}>
      {(errors) => <>
        <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" data-autofocus required maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        <ColorField value={draft.color} onChange={(color) => set({ color })} />
      </>}
    </FormDialog>
  );
}

function TagMerge({ brandId, tags, onClose }: { brandId: string; tags: Tag[]; onClose: () => void }) {
  const [target, setTarget] = useState(tags[0]?.id ?? "");
  const kept = tags.find((tag) => tag.id === target);
  return (
    <FormDialog title={`Merge ${tags.length} tags`} action="Merge" onClose={onClose} save={() => api.tags.merge(brandId, target, { sourceTagIds: tags.filter((tag) => tag.id !== target).map((tag) => tag.id) })} onSaved={() => { toast(`Merged into ${kept?.name}`); stale(brandId, "tags"); }}>
      {() => <fieldset className="choices"><legend>Which one stays? Tickets of the others get it.</legend>{tags.map((tag) => <label key={tag.id}><input type="radio" name="tag" checked={tag.id === target} onChange={() => setTarget(tag.id)} /><i className="dot" style={{ background: tag.color }} /> {tag.name}</label>)}</fieldset>}
    </FormDialog>
  );
}

export function Tags({ brandId }: { brandId: string }) {
  const list = useTags(brandId);
  const stats = useQuery({ queryKey: ["tags-stats", brandId], queryFn: () => api.tags.stats(brandId) });
  const [editing, setEditing] = useState<Tag | "new" | null>(null);
  const [removing, setRemoving] = useState<Tag | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [merging, setMerging] = useState(false);
  const count = (tag: Tag) => stats.data?.find((one) => one.tagId === tag.id);
  const picked = (list.data ?? []).filter((tag) => chosen.includes(tag.id));
  return (
    <>
      <div className="row between"><div><h2>Tags</h2><p className="lead">As many per ticket as help. Select some to merge them.</p></div>
        <div className="row">{picked.length > 1 && <Button icon="merge" onClick={() => setMerging(true)}>Merge {picked.length}</Button>}<Button kind="primary" icon="plus" onClick={() => setEditing("new")}>New tag</Button></div></div>
      {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : list.data.length === 0 ? <Empty icon="tag" title="No tags yet">They are also made on the ticket, while you type.</Empty> : (
        <div className="table-wrap"><table className="table">
          <thead><tr><th><span className="unseen">Select</span></th><th>Tag</th><th className="end">Tickets</th><th className="end">Active</th><th><span className="unseen">Actions</span></th></tr></thead>
          <tbody>{list.data.map((tag) => (
            <tr key={tag.id}>
              <td><input type="checkbox" aria-label={`Select ${tag.name}`} checked={chosen.includes(tag.id)} onChange={() => setChosen(chosen.includes(tag.id) ? chosen.filter((id) => id !== tag.id) : [...chosen, tag.id])} /></td>
              <td><span className="person"><i className="dot" style={{ background: tag.color }} /> <strong className="cut">{tag.name}</strong></span></td>
              <td className="end dim">{count(tag)?.count ?? ""}</td><td className="end dim">{count(tag)?.activeCount ?? ""}</td>
              <td className="end"><IconButton icon="edit" label={`Edit ${tag.name}`} onClick={() => setEditing(tag)} /><IconButton icon="trash" label={`Delete ${tag.name}`} onClick={() => setRemoving(tag)} /></td>
            </tr>
          ))}</tbody>
        </table></div>
      )}
      {editing && <TagEditor brandId={brandId} tag={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      {merging && <TagMerge brandId={brandId} tags={picked} onClose={() => { setMerging(false); setChosen([]); }} />}
      {removing && <Confirm title={`Delete the tag ${removing.name}?`} action="Delete" onClose={() => setRemoving(null)} onConfirm={async () => { await api.tags.delete(brandId, removing.id); stale(brandId, "tags"); }}><p>{plural(count(removing)?.count ?? 0, "ticket")} will lose it.</p></Confirm>}
    </>
  );
}
