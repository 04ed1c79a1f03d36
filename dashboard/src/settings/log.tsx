// The audit log of a brand and of the account: who changed what.

import { useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import type { AuditLog, Page } from "@dispatch-server/client";
import { api, reason } from "../lib/api";
import { ago, fullTime } from "../lib/format";
import { toast } from "../lib/toast";
import { Button, Empty, Skeleton, Trouble } from "../ui/parts";
import { AdminsOnly, PageHead } from "../ui/shell";

type Filters = Record<string, string>;
const show = (value: unknown) => (value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value));
const CUT = 120;
const cut = (text: string) => (text.length > CUT ? `${text.slice(0, CUT)}…` : text);

function Log({ name, load, filters, onFilters, csv }: { name: string; load: (query: Filters) => Promise<Page<AuditLog>>; filters: Filters; onFilters: (filters: Filters) => void; csv?: () => void }) {
  const list = useInfiniteQuery({
    queryKey: ["log", name, filters], initialPageParam: undefined as string | undefined, queryFn: ({ pageParam }) => load({ ...filters, ...(pageParam && { cursor: pageParam }) }),
    getNextPageParam: (page) => page.pagination.nextCursor ?? undefined, placeholderData: (old) => old,
  });
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  const set = (key: string, value: string) => { const { [key]: _, ...rest } = filters; onFilters(value ? { ...rest, [key]: value } : rest); };
  return (
    <>
      <div className="toolbar">
        <select className="input" aria-label="By whom" value={filters.performerType ?? ""} onChange={(event) => set("performerType", event.target.value)}>
          <option value="">By anybody</option><option value="user">Members</option><option value="api">API keys</option><option value="customer">Customers</option><option value="automation">Automations</option><option value="system">The system</option>
        </select>
        <select className="input" aria-label="What" value={filters.entityType ?? ""} onChange={(event) => set("entityType", event.target.value)}>
          <option value="">Everything</option>{["ticket", "comment", "attachment", "watcher", "customer", "company", "status", "category", "tag", "field", "webhook", "automation", "connection", "brand"].map((one) => <option key={one}>{one}</option>)}
        </select>
        <input className="input" style={{ width: "auto" }} type="date" aria-label="From" value={filters.startDate ?? ""} onChange={(event) => set("startDate", event.target.value)} />
        <input className="input" style={{ width: "auto" }} type="date" aria-label="Until" value={filters.endDate ?? ""} onChange={(event) => set("endDate", event.target.value)} />
        <span className="spacer" />
        {csv && <Button icon="download" onClick={csv}>CSV</Button>}
      </div>
      {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? <Empty icon="log" title="Nothing was recorded">Or nothing that these filters find.</Empty> : (
        <div className="table-wrap" tabIndex={0} role="region" aria-label="Changes"><table className="table">
          <thead><tr><th>When</th><th>Who</th><th>What</th><th>Changes</th></tr></thead>
          <tbody>{rows.map((row) => (
            <tr key={row.id}>
              <td className="dim" title={fullTime(row.createdAt)} style={{ whiteSpace: "nowrap" }}>{ago(row.createdAt)}</td>
              <td><span className="cut">{row.performedBy.name ?? row.performedBy.type}</span> <span className="faint">{row.source}</span></td>
              <td><code>{row.event}</code>{row.ticketId && row.brandId ? <> <Link className="dim underlined" href={`/brands/${row.brandId}/tickets/${row.ticketId}`}>{String(row.metadata.ticketNumber ?? "ticket")}</Link></> : row.metadata.name ? <span className="dim"> {String(row.metadata.name)}</span> : null}</td>
              <td>{Object.entries(row.changes ?? {}).map(([field, change]) => <div key={field} className="change"><span className="dim">{field}</span> <del>{cut(show(change?.old))}</del> → <ins>{cut(show(change?.new))}</ins></div>)}</td>
            </tr>
          ))}</tbody>
        </table>
        {list.hasNextPage && <div className="more-row"><Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>Older</Button></div>}</div>
      )}
    </>
  );
}

export function BrandLog({ brandId }: { brandId: string }) {
  const [filters, setFilters] = useState<Filters>({});
  const csv = async () => {
    try {
      const text = await api.logs.csv(brandId, filters as never);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text as unknown as string], { type: "text/csv" }));
      link.download = "audit-log.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      toast(reason(error), { kind: "error" });
    }
  };
  return <><h2>Audit log</h2><p className="lead">Every change in this brand: who made it, what it was, what it is.</p><Log name={brandId} filters={filters} onFilters={setFilters} load={(query) => api.logs.list(brandId, query as never)} csv={() => void csv()} /></>;
}

export function AccountLog() {
  const [filters, setFilters] = useState<Filters>({});
  return <AdminsOnly><PageHead title="Audit log of the account" /><div className="page"><p className="lead">Brands, keys and people. What happens inside of a brand stands in the settings of that brand.</p><Log name="account" filters={filters} onFilters={setFilters} load={(query) => api.accounts.logs(query as never)} /></div></AdminsOnly>;
}
