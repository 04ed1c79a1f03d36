// The dialog for a new ticket.

import { useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { NewTicket as Body, Ticket } from "@dispatch-server/client";
import { api, fieldErrors, reason } from "../lib/api";
import { PRIORITIES } from "../lib/filters";
import { client, refreshCounts, useBrands, useCategories, useFields, useMe, useMembers, useTags } from "../lib/query";
import { chord } from "../lib/shortcuts";
import { toast } from "../lib/toast";
import { FileButton, UploadList, useUploads } from "../ui/files";
import { Icon, PriorityIcon } from "../ui/icons";
import { Avatar, Button, Dialog, Field, Switch } from "../ui/parts";
import { Picker } from "../ui/picker";
import { FieldInput } from "./field-input";

export function NewTicket({ brandId: first, onClose }: { brandId: string | undefined; onClose: () => void }) {
  const [, go] = useLocation();
  const { data: brands = [] } = useBrands();
  const { member: me } = useMe();
  const [brandId, setBrandId] = useState(first ?? brands[0]?.id ?? "");
  const [title, setTitle] = useState("");
  const [body, setBody] = useState("");
  const [customer, setCustomer] = useState<{ email: string; name?: string | null } | null>(null);
  const [text, setText] = useState("");
  const [priority, setPriority] = useState<Ticket["priority"]>("normal");
  const [assigneeId, setAssignee] = useState("");
  const [categoryId, setCategory] = useState("");
  const [tags, setTags] = useState<string[]>([]);
  const [watchers, setWatchers] = useState<string[]>([]);
  const [custom, setCustom] = useState<Record<string, unknown>>({});
  const [notify, setNotify] = useState(false);
  const uploads = useUploads(brandId, null);
  const { data: people } = useMembers(brandId);
  const { data: categories = [] } = useCategories(brandId);
  const { data: known = [] } = useTags(brandId);
  const { data: fields } = useFields(brandId);
  const found = useQuery({ queryKey: ["customer-search", brandId, text], queryFn: () => api.customers.search(brandId, { q: text, limit: 8 }), enabled: text.trim().length > 1, placeholderData: (old) => old });
  const shown = (fields?.ticket ?? []).filter((field) => field.showOnCreate);
  const missing = shown.find((field) => field.required && (custom[field.key] ?? field.defaultValue ?? null) === null);
  const create = useMutation({
    meta: { quiet: true },
    mutationFn: () => {
      const defaults = Object.fromEntries(shown.filter((field) => field.defaultValue !== null && field.defaultValue !== undefined).map((field) => [field.key, field.defaultValue]));
      const request: Body = {
        title, ...(body.trim() && { body }), priority, ...(assigneeId && { assigneeId }), ...(categoryId && { categoryId }), ...(tags.length > 0 && { tags }),
        ...(customer && { customerEmail: customer.email }), ...(watchers.length > 0 && { watchers: watchers.map((memberId) => ({ memberId })) }),
        ...(shown.length > 0 && { customFields: { ...defaults, ...custom } }), ...(uploads.ids.length > 0 && { attachmentIds: uploads.ids }), ...(notify && customer && { notifyCustomer: true }),
      };
      return api.tickets.create(brandId, request);
    },
    onSuccess: (ticket) => {
      refreshCounts();
      void client.invalidateQueries({ queryKey: ["tickets"] });
      toast(`${ticket.ticketNumber} created`, { action: { label: "Open", run: () => go(`/brands/${ticket.brandId}/tickets/${ticket.id}`) } });
      onClose();
    },
  });
  const errors = fieldErrors(create.error);
  const members = people?.members ?? [];
  const assignee = members.find((one) => one.id === assigneeId);
  const category = categories.find((one) => one.id === categoryId);
  const toggle = (list: string[], value: string) => (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]);
  const person = (one: (typeof members)[number]) => ({ value: one.id, label: one.displayName ?? one.email, hint: one.id === me.id ? "you" : undefined, icon: <Avatar name={one.displayName ?? one.email} size={18} /> });
  const send = () => { if (title.trim() !== "" && !missing && !uploads.busy) create.mutate(); };
  return (
    <Dialog title="New ticket" onClose={onClose} wide>
      <form className="new-ticket" onSubmit={(event) => { event.preventDefault(); send(); }}
        onKeyDown={(event) => { if (chord(event.nativeEvent) === "mod+Enter") { event.preventDefault(); send(); } }}
        onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); uploads.add(event.dataTransfer.files); }}
        onPaste={(event) => event.clipboardData.files.length > 0 && uploads.add(event.clipboardData.files)}>
        {brands.length > 1 && <Picker label="Brand" className="button plain" width={220} values={[brandId]} options={brands.map((one) => ({ value: one.id, label: one.name }))} onPick={(id) => { setBrandId(id); setCategory(""); setAssignee(""); setTags([]); setCustomer(null); setWatchers([]); uploads.clear(); }}>{brands.find((one) => one.id === brandId)?.name} <Icon name="down" size={12} /></Picker>}
        <input className="bare-title" data-autofocus aria-label="Title" placeholder="Title" maxLength={500} value={title} onChange={(event) => setTitle(event.target.value)} aria-invalid={!!errors.title || undefined} />
        <div className="grow" data-text={body}><textarea className="bare-text" rows={5} aria-label="Text" placeholder="What is it about? Markdown works." value={body} onChange={(event) => setBody(event.target.value)} /></div>
        <UploadList files={uploads.files} onRemove={uploads.remove} />
        <div className="row wrap">
          <Picker label={`Customer: ${customer?.email ?? "none"}`} className="button plain" width={270} search onSearch={setText} options={[
            ...(text.trim().length > 1 ? (found.data ?? []) : []).map((one) => ({ value: one.email, label: one.name ?? one.email, hint: one.name ? one.email : undefined, icon: <Avatar name={one.name ?? one.email} size={18} /> })),
            ...(/.+@.+\..+/.test(text.trim()) && !found.data?.some((one) => one.email === text.trim().toLowerCase()) ? [{ value: text.trim(), label: `New customer ${text.trim()}`, icon: <Icon name="plus" /> }] : []),
            ...(customer ? [{ value: "", label: "No customer" }] : []),
          ]} onPick={(email) => { const one = found.data?.find((known) => known.email === email); setCustomer(email ? { email, name: one?.name } : null); setText(""); }}><Icon name="user" /> {customer ? (customer.name ?? customer.email) : "Customer"}</Picker>
          <Picker label={`Priority: ${priority}`} className="button plain" width={180} values={[priority]} options={PRIORITIES.map((value) => ({ value, label: value[0]?.toUpperCase() + value.slice(1), icon: <PriorityIcon priority={value} /> }))} onPick={(value) => setPriority(value as "low")}><PriorityIcon priority={priority} /> {priority[0]?.toUpperCase() + priority.slice(1)}</Picker>
          <Picker label={`Assignee: ${assignee?.email ?? "nobody"}`} className="button plain" width={220} values={[assigneeId]} options={[{ value: "", label: "Nobody", icon: <Icon name="userOff" /> }, ...members.map(person)]} onPick={setAssignee}><Icon name={assignee ? "user" : "userOff"} /> {assignee ? (assignee.displayName ?? assignee.email) : "Assignee"}</Picker>
          <Picker label={`Category: ${category?.name ?? "none"}`} className="button plain" width={200} values={[categoryId]} options={[{ value: "", label: "No category" }, ...categories.map((one) => ({ value: one.id, label: one.name, icon: <i className="dot" style={{ background: one.color }} /> }))]} onPick={setCategory}><Icon name="folder" /> {category?.name ?? "Category"}</Picker>
          <Picker label={`Tags: ${tags.length}`} className="button plain" width={220} multi values={tags} options={[...known.map((tag) => ({ value: tag.name, label: tag.name, icon: <i className="dot" style={{ background: tag.color }} /> })), ...tags.filter((name) => !known.some((tag) => tag.name === name)).map((name) => ({ value: name, label: name }))]} onPick={(name) => setTags(toggle(tags, name))} onCreate={(name) => setTags([...tags, name])}><Icon name="tag" /> {tags.length > 0 ? tags.join(", ") : "Tags"}</Picker>
          <Picker label={`Watchers: ${watchers.length}`} className="button plain" width={220} multi values={watchers} options={members.map(person)} onPick={(id) => setWatchers(toggle(watchers, id))}><Icon name="eye" /> {watchers.length > 0 ? `${watchers.length} watching` : "Watchers"}</Picker>
        </div>
        {shown.length > 0 && <div className="grid-2">{shown.map((field) => <Field key={field.key} label={`${field.label}${field.required ? " *" : ""}`} hint={field.description} error={errors[`customFields.${field.key}`]}>{({ id }) => <FieldInput id={id} field={field} value={custom[field.key] ?? field.defaultValue} onChange={(value) => setCustom({ ...custom, [field.key]: value })} />}</Field>)}</div>}
        {create.error && <p className="wrong" role="alert">{reason(create.error)}</p>}
        <footer>
          <FileButton onFiles={uploads.add} />
          {customer && <Switch label="Mail a confirmation" checked={notify} onChange={setNotify} />}
          <span className="spacer" />
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={create.isPending} disabled={title.trim() === "" || !!missing || uploads.busy} title={missing ? `${missing.label} is required` : "Ctrl/⌘ Enter"}>Create</Button>
        </footer>
      </form>
    </Dialog>
  );
}
