// The brands as cards, and what to do first in a new one.

import { useEffect } from "react";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearch } from "wouter";
import { api } from "../lib/api";
import { client, useBrand, useBrands, useMe, useMembers, useStatuses } from "../lib/query";
import { FormDialog, useDraft } from "../ui/form";
import { Icon } from "../ui/icons";
import { Avatar, Button, Copy, Empty, Field, Skeleton, Trouble } from "../ui/parts";
import { PageHead } from "../ui/shell";

function NewBrand({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation();
  const [draft, set] = useDraft({ name: "", slug: "", ticketPrefix: "DT" });
  return (
    <FormDialog title="New brand" action="Create" onClose={onClose} save={() => api.brands.create({ name: draft.name, ticketPrefix: draft.ticketPrefix, ...(draft.slug && { slug: draft.slug }) })}
      onSaved={(brand) => { client.setQueryData(["brands"], (old: unknown[] | undefined) => [...(old ?? []), brand]); void client.invalidateQueries({ queryKey: ["brands"] }); go(`/brands/${brand.id}/start`); }}>
      {(errors) => <>
        <Field label="Name" error={errors.name} hint="A product, a client, a region: its tickets stay apart from all others.">{(props) => <input {...props} className="input" required data-autofocus maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        <div className="grid-2">
          <Field label="Slug" error={errors.slug} hint="Part of its mail address; made from the name when empty.">{(props) => <input {...props} className="input" maxLength={63} value={draft.slug} onChange={(event) => set({ slug: event.target.value })} />}</Field>
          <Field label="Ticket prefix" error={errors.ticketPrefix} hint={`${draft.ticketPrefix.toUpperCase()}-1001`}>{(props) => <input {...props} className="input" required maxLength={10} value={draft.ticketPrefix} onChange={(event) => set({ ticketPrefix: event.target.value })} />}</Field>
        </div>
      </>}
    </FormDialog>
  );
}

export function BrandsPage() {
  const { isAdmin } = useMe();
  const search = useSearch();
  const [, go] = useLocation();
  const brands = useBrands();
  const stats = useQuery({ queryKey: ["stats", "brands"], queryFn: () => api.queue.stats({}) });
  const adding = new URLSearchParams(search).has("new");
  useEffect(() => { document.title = "Brands · Dispatch"; }, []);
  return (
    <>
      <PageHead title="Brands">{isAdmin && <Button kind="primary" icon="plus" onClick={() => go("/brands?new=1")}>New brand</Button>}</PageHead>
      <div className="page">
        {brands.isPending ? <Skeleton /> : brands.error ? <Trouble error={brands.error} retry={() => void brands.refetch()} /> : brands.data.length === 0 ? (
          <Empty icon="ticket" title="Begin with a brand"><p>{isAdmin ? "A brand holds tickets, customers and settings. Most teams start with one." : "You have no access to a brand yet. Ask an admin."}</p>{isAdmin && <Button kind="primary" icon="plus" onClick={() => go("/brands?new=1")}>New brand</Button>}</Empty>
        ) : (
          <div className="cards">{brands.data.map((brand) => { const numbers = stats.data?.byBrand[brand.id]; return (
            <Link key={brand.id} href={`/brands/${brand.id}/tickets`} className="card brand-card"><header><Avatar name={brand.name} url={brand.iconUrl} size={36} /><div><div className="strong cut">{brand.name}</div><div className="dim cut">{brand.slug} · {brand.ticketPrefix}</div></div></header>
              <div className="numbers"><span><strong>{numbers?.active ?? 0}</strong>active</span><span><strong>{numbers?.pending ?? 0}</strong>pending</span><span><strong>{numbers?.total ?? 0}</strong>in all</span></div></Link>
          ); })}</div>
        )}
      </div>
      {adding && isAdmin && <NewBrand onClose={() => go("/brands", { replace: true })} />}
    </>
  );
}

export function Start({ brandId }: { brandId: string }) {
  const brand = useBrand(brandId);
  const { isAdmin } = useMe();
  const { data: statuses = [] } = useStatuses(brandId);
  const { data: people } = useMembers(brandId);
  const webhooks = useQuery({ queryKey: ["webhooks", brandId], queryFn: () => api.webhooks.list(brandId), enabled: isAdmin });
  const tickets = useQuery({ queryKey: ["counts", brandId, "start"], queryFn: () => api.tickets.count(brandId, {}) });
  useEffect(() => { document.title = "Getting started · Dispatch"; }, []);
  if (!brand) return <Skeleton />;
  const settings = `/brands/${brandId}/settings`;
  const example = `curl ${location.origin}/v1/brands/${brandId}/tickets \\\n  -H "Authorization: Bearer sk_live_..." \\\n  -H "Content-Type: application/json" \\\n  -d '{"title": "Cannot access my account", "customerEmail": "jane@example.com", "customerName": "Jane Doe"}'`;
  const steps: [done: boolean, title: string, text: string, to: string, label: string][] = [
    [brand.inboundEmailEnabled, "Receive mail", `Forward your support address to ${brand.inboundAddress}.`, `${settings}/mail`, "Mail"],
    [!!brand.fromName || !!brand.fromEmail, "Send mail", "Say from whom answers come.", `${settings}/mail`, "Sender"],
    [statuses.some((status) => !status.isSystem), "Statuses", "Add those of your workflow, such as In Progress.", `${settings}/statuses`, "Statuses"],
    [(people?.members.length ?? 0) > 1, "Team", "Invite the people who answer.", "/team", "Team"],
    [(webhooks.data?.length ?? 0) > 0, "Webhooks", "Let your own programs hear of what happens.", `${settings}/webhooks`, "Webhooks"],
  ];
  return (
    <>
      <PageHead title={<>Getting started <span className="faint">{brand.name}</span></>}><Link className="button primary" href={`/brands/${brandId}/tickets`}>To the tickets</Link></PageHead>
      <div className="page narrow stack">
        <ul className="card check-list">{steps.map(([done, title, text, to, label]) => <li key={title}><span className={`mark ${done ? "done" : ""}`}><Icon name="check" size={13} /></span><div><strong>{title}</strong>{done && <span className="unseen"> (done)</span>}<p className="dim">{text}</p></div><Link className="button" href={to}>{label}</Link></li>)}</ul>
        <div className="card stack"><div><h2>Your first ticket by the API</h2><p className="dim">{(tickets.data?.count ?? 0) > 0 ? "It has come in." : "Take a key from Account, API keys."}</p></div><pre className="code" tabIndex={0}>{example}</pre><div><Copy text={example} label="Copy the example" /></div></div>
      </div>
    </>
  );
}
