// The ledger of a brand's mail: what came in, what went out, what waits for somebody to look at it.

import { useEffect, useState } from "react";
import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link } from "wouter";
import type { Page } from "@dispatch-server/client";
import { api, isMissing, reason } from "../lib/api";
import { ago, fullTime } from "../lib/format";
import { toast } from "../lib/toast";
import { Button, Empty, Skeleton, Trouble } from "../ui/parts";
import { AdminsOnly, PageHead } from "../ui/shell";

interface MailRecord { id: string; direction: "in" | "out"; channel: string; from: string; to: string[]; subject: string | null; outcome: string; reason: string | null; ticketId: string | null; ticketNumber: string | null; hasRaw: boolean; receivedAt: string }
const OUTCOMES = ["received", "created", "appended", "quarantined", "blocked", "auto_reply_ignored", "duplicate", "queued", "sent", "failed", "bounced", "suppressed"];
const tone = (outcome: string) => (["created", "appended", "sent"].includes(outcome) ? "good" : ["failed", "bounced", "quarantined"].includes(outcome) ? "bad" : "");

export function MailPage({ brandId }: { brandId: string }) {
  const [filters, setFilters] = useState<Record<string, string>>({});
  const path = `/brands/${brandId}/mail` as const;
  const list = useInfiniteQuery({
    queryKey: ["mail", brandId, filters], initialPageParam: undefined as string | undefined, placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => api.request<Page<MailRecord>>("GET", path, { query: { ...filters, ...(pageParam && { cursor: pageParam }) } }), getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
  const act = useMutation({ mutationFn: ({ id, what, body }: { id: string; what: "reprocess" | "resend"; body?: object }) => api.request<MailRecord>("POST", `${path}/${id}/${what}`, { body: body ?? {} }), onSuccess: (record) => { toast(`Now ${record.outcome.replaceAll("_", " ")}`); void list.refetch(); } });
  const raw = async (id: string) => {
    try {
      const text = await api.request<string>("GET", `${path}/${id}/raw`);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "message/rfc822" }));
      link.download = `${id}.eml`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      toast(reason(error), { kind: "error" });
    }
  };
  useEffect(() => { document.title = "Mail · Dispatch"; }, []);
  const set = (key: string, value: string) => { const { [key]: _, ...rest } = filters; setFilters(value ? { ...rest, [key]: value } : rest); };
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <AdminsOnly>
      <PageHead title="Mail"><Link className="button" href={`/brands/${brandId}/settings/mail`}>Settings</Link></PageHead>
      <div className="page">
        <div className="toolbar">
          <select className="input" aria-label="Direction" value={filters.direction ?? ""} onChange={(event) => set("direction", event.target.value)}><option value="">In and out</option><option value="in">In</option><option value="out">Out</option></select>
          <select className="input" aria-label="Outcome" value={filters.outcome ?? ""} onChange={(event) => set("outcome", event.target.value)}><option value="">Any outcome</option>{OUTCOMES.map((one) => <option key={one} value={one}>{one.replaceAll("_", " ")}</option>)}</select>
          <input className="input" style={{ width: 220 }} type="search" aria-label="Subject" placeholder="Subject…" onChange={(event) => set("search", event.target.value.trim())} />
        </div>
        {list.isPending ? <Skeleton /> : list.error ? (isMissing(list.error) ? <Empty icon="mail" title="Mail is not set up">This server does not keep mail yet.</Empty> : <Trouble error={list.error} retry={() => void list.refetch()} />) : rows.length === 0 ? <Empty icon="mail" title="No mail">What comes in and goes out is listed here.</Empty> : (
          <div className="table-wrap"><table className="table"><thead><tr><th>Mail</th><th>Outcome</th><th>Ticket</th><th className="end">When</th><th><span className="unseen">Actions</span></th></tr></thead><tbody>{rows.map((one) => (
            <tr key={one.id}><td><div className="strong cut">{one.subject ?? "(no subject)"}</div><div className="dim cut">{one.direction === "in" ? `from ${one.from}` : `to ${one.to.join(", ")}`}</div></td>
              <td><span className={`badge ${tone(one.outcome)}`} title={one.reason ?? undefined}>{one.outcome.replaceAll("_", " ")}</span>{one.reason && <div className="dim">{one.reason}</div>}</td>
              <td>{one.ticketId && <Link href={`/brands/${brandId}/tickets/${one.ticketId}`}>{one.ticketNumber}</Link>}</td><td className="end dim" title={fullTime(one.receivedAt)}>{ago(one.receivedAt)}</td>
              <td className="end">{one.outcome === "quarantined" && <Button onClick={() => act.mutate({ id: one.id, what: "reprocess", body: { action: "create" } })}>Release</Button>}{["failed", "bounced"].includes(one.outcome) && <Button onClick={() => act.mutate({ id: one.id, what: "resend" })}>Send again</Button>}{one.hasRaw && <Button kind="ghost" icon="download" onClick={() => void raw(one.id)}>Raw</Button>}</td></tr>
          ))}</tbody></table>{list.hasNextPage && <div className="more-row"><Button onClick={() => void list.fetchNextPage()}>Older</Button></div>}</div>
        )}
      </div>
    </AdminsOnly>
  );
}
