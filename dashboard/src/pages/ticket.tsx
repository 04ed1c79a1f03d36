// A ticket: what was asked, what was answered, and everything about it, editable in place.

import { useCallback, useEffect, useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { Comment, StreamEvent, Ticket } from "@dispatch-server/client";
import { api } from "../lib/api";
import { useActions } from "../lib/actions";
import { fullTime, ago, plural } from "../lib/format";
import { useLive } from "../lib/live";
import { client, refreshCounts, useBrand, useMe } from "../lib/query";
import { useKeys } from "../lib/shortcuts";
import { Prose } from "../lib/text";
import { addComment, adoptTicket, trail, useEdit } from "../lib/tickets";
import { toast } from "../lib/toast";
import { Icon } from "../ui/icons";
import { Avatar, Button, Confirm, IconButton, Skeleton, Trouble } from "../ui/parts";
import { Picker } from "../ui/picker";
import { type Menu, TicketMenu } from "../ui/ticket-menu";
import { Composer, type ComposerHandle } from "./composer";
import { MergeInto } from "./ticket-merge";
import { Thread } from "./ticket-thread";
import { Side } from "./ticket-side";

const BEAT_MS = 12_000;

export const ticketQuery = (brandId: string, ticketId: string) => ({
  queryKey: ["ticket", brandId, ticketId],
  queryFn: () => api.tickets.get(brandId, ticketId),
});

interface Person { memberId: string; name: string; state: string }

/** Tells the others that somebody is here, and says who else is. */
function usePresence(ticket: Ticket | undefined, replying: boolean) {
  const [others, setOthers] = useState<Person[]>([]);
  const id = ticket?.id;
  const brandId = ticket?.brandId;
  useEffect(() => {
    if (!id || !brandId) return;
    const beat = () => {
      if (document.hidden) return;
      api.tickets.presence(brandId, id, { state: replying ? "replying" : "viewing" }).then((people) => setOthers(people as Person[]), () => undefined);
    };
    beat();
    const timer = setInterval(beat, BEAT_MS);
    return () => clearInterval(timer);
  }, [id, brandId, replying]);
  useEffect(() => () => {
    if (id && brandId) void api.tickets.presence(brandId, id, { state: "left" }).catch(() => undefined);
  }, [id, brandId]);
  return [others, setOthers] as const;
}

function Title({ ticket }: { ticket: Ticket }) {
  const edit = useEdit();
  const [text, setText] = useState(ticket.title);
  useEffect(() => setText(ticket.title), [ticket.title]);
  const save = () => {
    const title = text.replace(/\s+/g, " ").trim();
    if (title === "" || title === ticket.title) return setText(ticket.title);
    edit.mutate({ ticket, body: { title }, shown: { title }, done: "Title changed", back: { title: ticket.title } });
  };
  return (
    <div className="grow title-edit" data-text={text}>
      <textarea rows={1} aria-label="Title" maxLength={500} value={text} onChange={(event) => setText(event.target.value)} onBlur={save}
        onKeyDown={(event) => {
          if (event.key === "Enter") { event.preventDefault(); event.currentTarget.blur(); }
          if (event.key === "Escape") { setText(ticket.title); requestAnimationFrame(() => (document.activeElement as HTMLElement)?.blur()); }
        }} />
    </div>
  );
}

function Body({ ticket }: { ticket: Ticket }) {
  const edit = useEdit();
  const [draft, setDraft] = useState<string | null>(null);
  const who = ticket.customer?.name ?? ticket.customerName ?? ticket.customerEmail ?? ticket.createdBy ?? "Somebody";
  const save = () => {
    if (draft !== null && draft !== (ticket.body ?? "")) edit.mutate({ ticket, body: { body: draft || null }, shown: { body: draft || null }, done: "Text changed", back: { body: ticket.body } });
    setDraft(null);
  };
  return (
    <article className="comment customer first" aria-label="What was asked">
      <header><Avatar name={who} size={24} /><strong>{who}</strong><span className="dim">opened by {ticket.source}</span><time className="dim" dateTime={ticket.createdAt} title={fullTime(ticket.createdAt)}>{ago(ticket.createdAt)}</time>
        <span className="comment-actions"><IconButton icon="edit" label="Edit the text" onClick={() => setDraft(ticket.body ?? "")} /></span></header>
      {draft === null ? (ticket.body ? <Prose text={ticket.body} /> : <p className="faint">No text.</p>) : (
        <div className="stack">
          <div className="grow" data-text={draft}><textarea className="input" aria-label="Text" autoFocus value={draft} onChange={(event) => setDraft(event.target.value)} /></div>
          <footer><Button onClick={() => setDraft(null)}>Cancel</Button><Button kind="primary" onClick={save}>Save</Button></footer>
        </div>
      )}
    </article>
  );
}

export function TicketPage({ brandId, ticketId }: { brandId: string; ticketId: string }) {
  const [, go] = useLocation();
  const { member: me, isAdmin } = useMe();
  const brand = useBrand(brandId);
  const found = useQuery(ticketQuery(brandId, ticketId));
  const ticket = found.data;
  const id = ticket?.id;
  const comments = useQuery({ queryKey: ["comments", id], queryFn: () => api.comments.list(brandId, id ?? ""), enabled: !!id });
  const [menu, setMenu] = useState<Menu["kind"] | null>(null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asking, setAsking] = useState<"delete" | "merge" | null>(null);
  const [replying, setReplying] = useState(false);
  const [parent, setParent] = useState<Comment | null>(null);
  const [panel, setPanel] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const end = useRef<HTMLDivElement>(null);
  const apply = useActions(isAdmin);
  const edit = useEdit();
  const [others, setOthers] = usePresence(ticket, replying);

  const refresh = useCallback(() => {
    for (const name of ["comments", "activity", "watchers", "attachments"]) void client.invalidateQueries({ queryKey: [name, id] });
    void client.invalidateQueries({ queryKey: ["ticket", brandId, ticketId] });
  }, [brandId, id, ticketId]);
  const live = useCallback((event: StreamEvent) => {
    if (event.type === "presence") {
      const { memberId, name, state } = event;
      if (memberId !== me.id) setOthers((old) => [...old.filter((one) => one.memberId !== memberId), ...(state === "left" ? [] : [{ memberId, name, state }])]);
      return;
    }
    const data = event.data as { ticket?: Ticket; comment?: Comment };
    if (data.ticket) adoptTicket(data.ticket);
    if (event.type === "comment.created" && data.comment && event.actor?.id !== me.id) {
      addComment(data.comment);
      const name = data.comment.authorName ?? data.comment.authorEmail ?? "Somebody";
      toast(`${name} ${data.comment.isInternal ? "added a note" : "replied"}`, { action: { label: "Show", run: () => end.current?.scrollIntoView({ block: "end", behavior: "smooth" }) } });
    } else if (/^(comment|ticket)\./.test(event.type)) void client.invalidateQueries({ queryKey: ["comments", id] });
    if (/^attachment\./.test(event.type)) { void client.invalidateQueries({ queryKey: ["attachments", id] }); void client.invalidateQueries({ queryKey: ["comments", id] }); }
    if (/^watcher\./.test(event.type)) void client.invalidateQueries({ queryKey: ["watchers", id] });
    void client.invalidateQueries({ queryKey: ["activity", id] });
    if (event.type === "ticket.deleted" && event.actor?.id !== me.id) { toast("This ticket was deleted."); go(trail.path); }
  }, [go, id, me.id, setOthers]);
  useLive([brandId], { ticketId: id }, live, refresh);

  const place = trail.tickets.findIndex((one) => one.id === id);
  const neighbour = (step: number) => trail.tickets[place + step];
  const step = (by: number) => {
    const next = place >= 0 ? neighbour(by) : undefined;
    if (next) go(`/brands/${next.brandId}/tickets/${next.id}`, { replace: true });
    else toast(place < 0 ? "Opened from no list." : by > 0 ? "This is the last ticket of the list." : "This is the first ticket of the list.");
  };
  const status = async (key: string) => {
    if (!ticket) return;
    const status = (await client.ensureQueryData({ queryKey: ["statuses", brandId], queryFn: () => api.statuses.list(brandId) })).find((one) => one.key === key);
    if (status && ticket.status !== key) void apply([ticket], { kind: "status", status });
  };
  const show = (kind: Menu["kind"]) => { setAnchor(document.querySelector<HTMLElement>(`[data-menu="${kind}"]`)); setMenu(kind); };
  useKeys({
    j: () => step(1), k: () => step(-1), s: () => show("status"), p: () => show("priority"), a: () => show("assignee"), l: () => show("tags"),
    r: () => composer.current?.focus(false), n: () => composer.current?.focus(true),
    "alt+r": () => void status("resolved"), "alt+p": () => void status("pending"), "alt+e": () => composer.current?.send(),
    "alt+s": () => ticket && void apply([ticket], { kind: "spam", isSpam: !ticket.isSpam }),
    "alt+d": () => setAsking("delete"),
    Escape: () => go(trail.path),
  }, !!ticket);
  useEffect(() => { if (ticket) document.title = `${ticket.ticketNumber} ${ticket.title} · ${brand?.name ?? "Dispatch"}`; }, [ticket, brand]);

  if (found.isPending) return <Skeleton rows={8} />;
  if (found.error && !ticket) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!ticket) return null;
  const writing = others.filter((one) => one.state === "replying");
  const watching = others.filter((one) => one.state !== "replying");
  return (
    <div className={`ticket-page ${panel ? "panel-open" : ""}`}>
      <header className="page-head ticket-head">
        <IconButton icon="left" label="Back to the list (Esc)" onClick={() => go(trail.path)} />
        <span className="crumb"><span className="dim cut">{brand?.name}</span><span className="dim">/</span><strong>{ticket.ticketNumber}</strong></span>
        {watching.length > 0 && <span className="here-now" title={`${watching.map((one) => one.name).join(", ")} looking at it`}>{watching.map((one) => <Avatar key={one.memberId} name={one.name} size={20} />)}<span className="unseen">{watching.map((one) => one.name).join(", ")} looking at it</span></span>}
        <div className="page-actions">
          {place >= 0 && <span className="dim count">{place + 1} / {trail.tickets.length}</span>}
          <IconButton icon="up" label="Previous ticket (K)" disabled={place >= 0 && !neighbour(-1)} onClick={() => step(-1)} />
          <IconButton icon="down" label="Next ticket (J)" disabled={place >= 0 && !neighbour(1)} onClick={() => step(1)} />
          {ticket.statusRef.isActive ? <Button icon="check" className="resolve" onClick={() => void status("resolved")}>Resolve</Button> : <Button icon="refresh" onClick={() => void status("open")}>Reopen</Button>}
          <Picker bare className="icon-button" label="More" width={210} search={false} options={[
            { value: "copy", label: "Copy the link", icon: <Icon name="link" /> },
            { value: "merge", label: "Merge into another…", icon: <Icon name="merge" /> },
            { value: "survey", label: "Ask for a rating", icon: <Icon name="star" /> },
            { value: "spam", label: ticket.isSpam ? "Not spam" : "Spam", icon: <Icon name="spam" />, hint: "Alt S", apart: true },
            { value: "delete", label: "Delete…", icon: <Icon name="trash" />, hint: "Alt D", danger: true },
          ]} onPick={(value) => {
            if (value === "copy") void navigator.clipboard?.writeText(location.href).then(() => toast("Link copied"));
            else if (value === "spam") void apply([ticket], { kind: "spam", isSpam: !ticket.isSpam });
            else if (value === "survey") api.tickets.sendSurvey(brandId, ticket.id, {}).then(() => toast("The survey is on its way"), (error: Error) => toast(error.message, { kind: "error" }));
            else setAsking(value as "delete");
          }}><Icon name="more" /></Picker>
          <IconButton icon="list" label="Details" className="panel-button" aria-expanded={panel} onClick={() => setPanel(!panel)} />
        </div>
      </header>
      <div className="ticket-cols">
        <div className="ticket-main">
          <div className="ticket-scroll">
            {ticket.isSpam && <p className="banner warn"><Icon name="spam" /> This ticket is marked as spam. <button type="button" onClick={() => void apply([ticket], { kind: "spam", isSpam: false })}>Not spam</button></p>}
            {ticket.mergedIntoId && <p className="banner"><Icon name="merge" /> Merged into <a href={`/brands/${brandId}/tickets/${ticket.mergedIntoId}`}>another ticket</a>.</p>}
            <Title ticket={ticket} />
            <Body ticket={ticket} />
            {comments.isPending ? <Skeleton rows={4} /> : comments.error ? <Trouble error={comments.error} retry={() => void comments.refetch()} /> : <Thread ticket={ticket} comments={comments.data} onReply={(comment) => { setParent(comment); composer.current?.focus(comment.isInternal); }} />}
            <div ref={end} />
          </div>
          <div className="reply-place">
            {writing.length > 0 && <p className="banner warn" role="status"><Icon name="edit" /> {writing.map((one) => one.name).join(" and ")} {writing.length === 1 ? "is" : "are"} replying right now.</p>}
            {!ticket.mergedIntoId && <Composer ref={composer} ticket={ticket} parent={parent} onParent={setParent} onReplying={setReplying} onSent={() => { refreshCounts(); requestAnimationFrame(() => end.current?.scrollIntoView({ block: "end" })); }} />}
          </div>
        </div>
        <Side ticket={ticket} onMenu={(kind, element) => { setAnchor(element); setMenu(kind); }} onEdit={edit.mutate} />
      </div>
      {menu && <TicketMenu kind={menu} tickets={[ticket]} anchor={anchor} onClose={() => setMenu(null)} />}
      {asking === "delete" && (
        <Confirm title={`Delete ${ticket.ticketNumber}?`} action="Delete" onClose={() => setAsking(null)} onConfirm={() => { void apply([ticket], { kind: "delete" }); go(trail.path); }}>
          <p>{ticket.commentCount > 0 ? `${plural(ticket.commentCount, "comment")} and its files go with it. ` : ""}An admin can restore it for 30 days.</p>
        </Confirm>
      )}
      {asking === "merge" && <MergeInto ticket={ticket} onClose={() => setAsking(null)} />}
    </div>
  );
}
