// The comments of a ticket: replies, notes, and the lines that the system wrote.

import { memo, useState } from "react";
import { useMutation } from "@tanstack/react-query";
import type { Comment, Ticket } from "@dispatch-server/client";
import { api } from "../lib/api";
import { ago, fullTime, grouped } from "../lib/format";
import { client, useMe } from "../lib/query";
import { Prose } from "../lib/text";
import { addComment } from "../lib/tickets";
import { Icon } from "../ui/icons";
import { Attachments } from "../ui/files";
import { Avatar, Button, Confirm, IconButton } from "../ui/parts";

const DEPTH_MAX = 3;

/** In order of time, each answer below what it answers. */
export function nested(comments: Comment[]): { comment: Comment; depth: number }[] {
  const ids = new Set(comments.map((comment) => comment.id));
  const children = grouped(comments, (comment) => (comment.parentId && ids.has(comment.parentId) && comment.parentId !== comment.id ? comment.parentId : ""));
  const out: { comment: Comment; depth: number }[] = [];
  const put = (parent: string, depth: number) => {
    for (const comment of children.get(parent) ?? []) {
      out.push({ comment, depth: Math.min(depth, DEPTH_MAX) });
      put(comment.id, depth + 1);
    }
  };
  put("", 0);
  return out;
}

const One = memo(function One({ ticket, comment, depth, canEdit, onReply }: { ticket: Ticket; comment: Comment; depth: number; canEdit: boolean; onReply: (comment: Comment) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [whole, setWhole] = useState(false);
  const save = useMutation({
    mutationFn: (body: string) => api.comments.update(ticket.brandId, ticket.id, comment.id, { body }),
    onSuccess: (updated) => { addComment(updated); setDraft(null); },
  });
  const pending = comment.id.startsWith("sending");
  const name = comment.authorName ?? comment.authorEmail ?? (comment.authorType === "CUSTOMER" ? "Customer" : "Staff");
  const fullText = typeof comment.metadata.fullText === "string" ? comment.metadata.fullText : null;
  if (comment.authorType === "SYSTEM") {
    return <div className="system-line"><Icon name="circle" size={8} /><span>{comment.body}</span><time dateTime={comment.createdAt} title={fullTime(comment.createdAt)}>{ago(comment.createdAt)}</time></div>;
  }
  return (
    <article className={`comment ${comment.authorType === "CUSTOMER" ? "customer" : "staff"} ${comment.isInternal ? "internal" : ""} ${pending ? "pending" : ""}`} style={{ ["--depth" as string]: depth }} data-comment={comment.id}>
      <header>
        <Avatar name={name} size={24} /><strong>{name}</strong>
        {comment.isInternal && <span className="badge note">Internal note</span>}
        {comment.metadata.unverifiedSender === true && <span className="badge warn" title={comment.authorEmail ?? undefined}>Unknown sender</span>}
        <time className="dim" dateTime={comment.createdAt} title={fullTime(comment.createdAt)}>{pending ? "sending…" : ago(comment.createdAt)}</time>
        {comment.updatedAt !== comment.createdAt && !pending && <span className="faint" title={fullTime(comment.updatedAt)}>edited</span>}
        {!pending && (
          <span className="comment-actions">
            <IconButton icon="reply" label={`Reply to ${name}`} onClick={() => onReply(comment)} />
            {canEdit && <IconButton icon="edit" label="Edit" onClick={() => setDraft(comment.body)} />}
            {canEdit && <IconButton icon="trash" label="Delete" onClick={() => setAsking(true)} />}
          </span>
        )}
      </header>
      {comment.cc.length > 0 && <p className="cc dim">cc {comment.cc.join(", ")}</p>}
      {draft === null ? <Prose text={whole && fullText ? fullText : comment.body} /> : (
        <div className="stack">
          <div className="grow" data-text={draft}><textarea className="input" aria-label="Comment" autoFocus value={draft} onChange={(event) => setDraft(event.target.value)} /></div>
          <footer><Button onClick={() => setDraft(null)}>Cancel</Button><Button kind="primary" busy={save.isPending} disabled={draft.trim() === ""} onClick={() => save.mutate(draft)}>Save</Button></footer>
        </div>
      )}
      {fullText && fullText !== comment.body && <button type="button" className="link-button" aria-expanded={whole} onClick={() => setWhole(!whole)}>{whole ? "Hide the quoted text" : "Show the quoted text"}</button>}
      <Attachments brandId={ticket.brandId} ticketId={ticket.id} files={comment.attachments} />
      {asking && (
        <Confirm title="Delete this comment?" action="Delete" onClose={() => setAsking(false)} onConfirm={async () => {
          await api.comments.delete(ticket.brandId, ticket.id, comment.id);
          client.setQueryData<Comment[]>(["comments", ticket.id], (old) => old?.filter((one) => one.id !== comment.id));
        }}><p>Mail that was sent stays sent.</p></Confirm>
      )}
    </article>
  );
});

export function Thread({ ticket, comments, onReply }: { ticket: Ticket; comments: Comment[]; onReply: (comment: Comment) => void }) {
  const { member: me, isAdmin } = useMe();
  return (
    <div className="thread" role="log" aria-label="Comments">
      {nested(comments).map(({ comment, depth }) => <One key={comment.id} ticket={ticket} comment={comment} depth={depth} canEdit={isAdmin || comment.authorId === me.id} onReply={onReply} />)}
    </div>
  );
}
