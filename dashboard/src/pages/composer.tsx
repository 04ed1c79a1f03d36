// The reply box. What is typed is kept in this browser until it is sent; what is sent is shown at once.

import { type ClipboardEvent, type DragEvent, type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Comment, NewComment, Ticket } from "@dispatch-server/client";
import { api, reason } from "../lib/api";
import { client, refreshCounts, useMe, useProfile, useStatuses } from "../lib/query";
import { chord } from "../lib/shortcuts";
import { addComment, adoptTicket, patchCached } from "../lib/tickets";
import { toast } from "../lib/toast";
import { FileButton, UploadList, useUploads } from "../ui/files";
import { Icon, StatusDot } from "../ui/icons";
import { Button } from "../ui/parts";
import { Picker } from "../ui/picker";

export interface ComposerHandle {
  focus: (internal: boolean) => void;
  send: () => void;
}

const QUIET_MS = 20_000;
let sending = 1;

export function Composer({ ref, ticket, parent, onParent, onReplying, onSent }: {
  ref: Ref<ComposerHandle>; ticket: Ticket; parent: Comment | null; onParent: (comment: Comment | null) => void; onReplying: (value: boolean) => void; onSent: () => void;
}) {
  const draft = `dispatch.draft.${ticket.id}`;
  const { member } = useMe();
  const { data: profile } = useProfile();
  const { data: statuses = [] } = useStatuses(ticket.brandId);
  const [text, setText] = useState(() => localStorage.getItem(draft) ?? "");
  const [internal, setInternal] = useState(false);
  const [cc, setCc] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const uploads = useUploads(ticket.brandId, ticket.id);
  const box = useRef<HTMLTextAreaElement>(null);
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (text) localStorage.setItem(draft, text);
    else localStorage.removeItem(draft);
  }, [draft, text]);
  useEffect(() => () => clearTimeout(quiet.current), []);

  const typed = (value: string) => {
    setText(value);
    clearTimeout(quiet.current);
    onReplying(value !== "");
    // Who has stopped typing for a while is only looking.
    quiet.current = setTimeout(() => onReplying(false), QUIET_MS);
  };
  const customer = ticket.customer?.name ?? ticket.customerEmail;
  const send = async (setStatus?: string) => {
    const body = text.trim();
    if (body === "" && uploads.ids.length === 0) return box.current?.focus();
    if (uploads.busy) return toast("A file is still on its way up.");
    const addresses = (cc ?? "").split(/[\s,;]+/).filter(Boolean);
    const status = setStatus ? statuses.find((one) => one.key === setStatus) : undefined;
    const now = new Date().toISOString();
    const shown: Comment = {
      id: `sending-${sending++}` as Comment["id"], ticketId: ticket.id, parentId: parent?.id ?? null, body: body || "(files)", authorType: "STAFF", authorId: member.id,
      authorName: profile?.displayName ?? member.displayName ?? member.email, authorEmail: member.email, isInternal: internal, links: [], metadata: {}, cc: addresses, attachments: uploads.files.flatMap((file) => file.attachment ?? []),
      source: "dashboard", sourceId: null, sourceData: null, createdAt: now, updatedAt: now, deletedAt: null,
    };
    const request: NewComment = {
      body: body || uploads.files.map((file) => file.name).join(", "), isInternal: internal, ...(parent && { parentId: parent.id }), ...(status && { setStatus: status.key }),
      ...(addresses.length > 0 && !internal && { cc: addresses }), ...(uploads.ids.length > 0 && { attachmentIds: uploads.ids }),
    };
    const kept = { files: uploads.files };
    addComment(shown);
    if (status) patchCached(ticket.id, (old) => ({ ...old, status: status.key, statusId: status.id, statusRef: status }));
    setText("");
    setCc(null);
    uploads.clear();
    onParent(null);
    onReplying(false);
    onSent();
    const withdraw = () => client.setQueryData<Comment[]>(["comments", ticket.id], (old) => old?.filter((one) => one.id !== shown.id));
    try {
      const comment = await api.comments.create(ticket.brandId, ticket.id, request);
      withdraw();
      addComment(comment);
      void client.invalidateQueries({ queryKey: ["comments", ticket.id] });
      void client.invalidateQueries({ queryKey: ["ticket", ticket.brandId, ticket.id] });
      void client.invalidateQueries({ queryKey: ["activity", ticket.id] });
      refreshCounts();
      const before = ticket.status;
      toast(internal ? "Note added" : status ? `Sent, and set to ${status.name}` : "Sent", status && before !== status.key ? {
        action: { label: `Back to ${ticket.statusRef.name}`, run: () => void api.tickets.update(ticket.brandId, ticket.id, { status: before }).then((back) => { adoptTicket(back); refreshCounts(); }, (error) => toast(reason(error), { kind: "error" })) },
      } : {});
    } catch (error) {
      withdraw();
      adoptTicket(ticket);
      setText((now) => now || body);
      if (addresses.length > 0) setCc(addresses.join(", "));
      toast(`Not sent: ${reason(error)}${kept.files.length > 0 ? " Its files are still on the ticket." : ""}`, { kind: "error" });
    }
  };
  useImperativeHandle(ref, () => ({
    focus: (note) => { setInternal(note); box.current?.focus(); },
    send: () => void send(),
  }));
  const keys = (event: KeyboardEvent) => {
    const pressed = chord(event.nativeEvent);
    if (pressed === "mod+Enter" || pressed === "alt+e") void send();
    else if (pressed === "mod+shift+p") void send("pending");
    else if (pressed === "mod+shift+r") void send("resolved");
    else if (pressed === "Escape") box.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const dropped = (event: DragEvent) => { event.preventDefault(); setOver(false); uploads.add(event.dataTransfer.files); };
  const pasted = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add(event.clipboardData.files);
  };
  const name = (key: string) => statuses.find((status) => status.key === key)?.name ?? key;
  return (
    <form className={`composer ${internal ? "internal" : ""} ${over ? "over" : ""}`} aria-label={internal ? "Internal note" : "Reply"} onSubmit={(event) => { event.preventDefault(); void send(); }} onKeyDown={keys}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={dropped}>
      <div className="composer-head">
        <div role="radiogroup" aria-label="Kind" className="segments">
          <button type="button" role="radio" aria-checked={!internal} onClick={() => setInternal(false)}><Icon name="reply" size={13} /> Reply</button>
          <button type="button" role="radio" aria-checked={internal} onClick={() => setInternal(true)}><Icon name="note" size={13} /> Note</button>
        </div>
        <span className="dim cut">{internal ? "Only your team sees this" : customer ? `to ${customer}` : "This ticket has no customer to mail"}</span>
        {parent && <span className="badge">answers {parent.authorName ?? "a comment"} <button type="button" aria-label="Do not answer that comment" onClick={() => onParent(null)}><Icon name="close" size={10} /></button></span>}
        {!internal && cc === null && <button type="button" className="link-button" onClick={() => setCc("")}>Cc</button>}
      </div>
      {!internal && cc !== null && <input className="cc-input" aria-label="Cc" placeholder="Cc: addresses, separated by commas" value={cc} autoFocus onChange={(event) => setCc(event.target.value)} onBlur={() => cc.trim() === "" && setCc(null)} />}
      <div className="grow" data-text={text}>
        <textarea ref={box} rows={2} aria-label={internal ? "Internal note" : "Reply"} placeholder={internal ? "Write a note for your team…" : "Write a reply…"} value={text} onChange={(event) => typed(event.target.value)} onPaste={pasted} />
      </div>
      <UploadList files={uploads.files} onRemove={uploads.remove} />
      <div className="composer-foot">
        <FileButton onFiles={uploads.add} />
        <span className="faint hint">Markdown · drop or paste files</span>
        {!internal && <Button className="send-pending" title="Ctrl/⌘ Shift P" onClick={() => void send("pending")}>Send + {name("pending").toLowerCase()}</Button>}
        {!internal && <Button className="send-resolve" title="Ctrl/⌘ Shift R" onClick={() => void send("resolved")}>Send + {name("resolved") === "Resolved" ? "resolve" : name("resolved").toLowerCase()}</Button>}
        <span className="split">
          <Button kind="primary" type="submit" title="Ctrl/⌘ Enter">{internal ? "Add note" : "Send"}</Button>
          <Picker bare className="button primary" label="Send and set a status" width={220} search={false} options={statuses.map((status) => ({ value: status.key, label: `${internal ? "Add" : "Send"} + ${status.name}`, icon: <StatusDot color={status.color} isActive={status.isActive} /> }))} onPick={(key) => void send(key)}><Icon name="up" size={12} /></Picker>
        </span>
      </div>
    </form>
  );
}
