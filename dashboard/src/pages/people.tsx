// Customers and companies of a brand.

import { type ReactNode, useEffect, useState } from "react";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import type { Company, Customer, Ticket } from "@dispatch-server/client";
import { api } from "../lib/api";
import { ago, plural } from "../lib/format";
import { client, useCategories, useFields, useMe } from "../lib/query";
import { toast } from "../lib/toast";
import { FormDialog, useDraft } from "../ui/form";
import { Icon, StatusDot } from "../ui/icons";
import { Avatar, Button, Confirm, Empty, Field, IconButton, Skeleton, Switch, Trouble } from "../ui/parts";
import { PageHead } from "../ui/shell";
import { FieldInput } from "./field-input";

const TYPED_MS = 200;

function useSearchText() {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const box = <label className="search"><Icon name="search" /><input type="search" aria-label="Search" placeholder="Search…" maxLength={200} value={text} onChange={(event) => setText(event.target.value)} /></label>;
  return { asked, box };
}

function More({ list }: { list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  return list.hasNextPage ? <div className="more-row"><Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>More</Button></div> : null;
}

function CustomerEditor({ brandId, customer, onClose, onSaved }: { brandId: string; customer: Customer | null; onClose: () => void; onSaved: (saved: Customer) => void }) {
  const { data: fields } = useFields(brandId);
  const [draft, set] = useDraft({ email: customer?.email ?? "", name: customer?.name ?? "", company: customer?.company?.name ?? "", notifyEmail: customer?.notifyEmail ?? true, customFields: (customer?.customFields ?? {}) as Record<string, unknown> });
  const companies = useQuery({ queryKey: ["companies", brandId, "names"], queryFn: () => api.companies.list(brandId, { limit: 100 }) });
  const save = () => {
    const { company, ...rest } = draft;
    const named = company.trim() ? { company: company.trim() } : customer?.companyId ? { companyId: null } : {};
    const body = { ...rest, name: rest.name || null, ...named };
    return customer ? api.customers.update(brandId, customer.id, body as never) : api.customers.create(brandId, body as never);
  };
  return (
    <FormDialog title={customer ? "Edit the customer" : "New customer"} action={customer ? "Save" : "Create"} onClose={onClose} save={save} onSaved={(saved) => { void client.invalidateQueries({ queryKey: ["customers", brandId] }); void client.invalidateQueries({ queryKey: ["companies", brandId] }); onSaved(saved); }}>
      {(errors) => <>
        <Field label="Email" error={errors.email}>{(props) => <input {...props} className="input" type="email" required data-autofocus value={draft.email} onChange={(event) => set({ email: event.target.value })} />}</Field>
        <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        <Field label="Company" error={errors.company} hint="A name that is new makes a new company.">{(props) => <><input {...props} className="input" list="companies" value={draft.company} onChange={(event) => set({ company: event.target.value })} /><datalist id="companies">{companies.data?.data.map((one) => <option key={one.id} value={one.name} />)}</datalist></>}</Field>
        {(fields?.customer ?? []).filter((field) => field.showInDetail).map((field) => <Field key={field.key} label={field.label} hint={field.description}>{(props) => <FieldInput id={props.id} field={field} value={draft.customFields[field.key]} onChange={(value) => set({ customFields: { ...draft.customFields, [field.key]: value } })} />}</Field>)}
        <Switch label="Mail replies to this customer" checked={draft.notifyEmail} onChange={(notifyEmail) => set({ notifyEmail })} />
      </>}
    </FormDialog>
  );
}

export function Customers({ brandId }: { brandId: string }) {
  const [, go] = useLocation();
  const { asked, box } = useSearchText();
  const [blocked, setBlocked] = useState("any");
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ["customers", brandId, asked, blocked], initialPageParam: undefined as string | undefined, placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => api.customers.list(brandId, { isBlocked: blocked, ...(asked && { search: asked }), ...(pageParam && { cursor: pageParam }) } as never), getNextPageParam: (page) => page.pagination.nextCursor ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  useEffect(() => { document.title = "Customers · Dispatch"; }, []);
  return (
    <>
      <PageHead title="Customers"><Button kind="primary" icon="plus" onClick={() => setAdding(true)}>New customer</Button></PageHead>
      <div className="page">
        <div className="toolbar">{box}<select className="input" aria-label="Which" value={blocked} onChange={(event) => setBlocked(event.target.value)}><option value="any">All</option><option value="false">Not blocked</option><option value="true">Blocked</option></select></div>
        {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? <Empty icon="user" title={asked ? "Nobody found" : "No customers yet"}>{asked ? "Names and addresses are searched by the beginnings of words." : "They appear with their first ticket."}</Empty> : (
          <div className="table-wrap"><table className="table"><thead><tr><th>Customer</th><th>Company</th><th className="end">Tickets</th><th className="end">Since</th></tr></thead><tbody>{rows.map((one) => (
            <tr key={one.id} className="link" onClick={() => go(`/brands/${brandId}/customers/${one.id}`)}>
              <td><span className="person"><Avatar name={one.name ?? one.email} url={one.avatarUrl} size={26} /><span className="cut"><Link href={`/brands/${brandId}/customers/${one.id}`} className="strong">{one.name ?? one.email}</Link>{one.name && <span className="dim"> {one.email}</span>}</span>{one.isBlocked && <span className="badge warn">Blocked</span>}</span></td>
              <td className="dim">{one.company?.name}</td><td className="end dim">{one.ticketCount ?? ""}</td><td className="end dim">{ago(one.createdAt)}</td>
            </tr>
          ))}</tbody></table><More list={list} /></div>
        )}
      </div>
      {adding && <CustomerEditor brandId={brandId} customer={null} onClose={() => setAdding(false)} onSaved={(saved) => go(`/brands/${brandId}/customers/${saved.id}`)} />}
    </>
  );
}

function TicketTable({ name, load, empty }: { name: string; load: (cursor: string | undefined) => Promise<{ data: Ticket[]; pagination: { nextCursor: string | null } }>; empty: ReactNode }) {
  const [, go] = useLocation();
  const list = useInfiniteQuery({ queryKey: ["tickets-of", name], initialPageParam: undefined as string | undefined, queryFn: ({ pageParam }) => load(pageParam), getNextPageParam: (page) => page.pagination.nextCursor ?? undefined });
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  if (list.isPending) return <Skeleton rows={4} />;
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  if (rows.length === 0) return <Empty icon="ticket" title="No tickets">{empty}</Empty>;
  return (
    <div className="table-wrap"><table className="table"><tbody>{rows.map((one) => (
      <tr key={one.id} className="link" onClick={() => go(`/brands/${one.brandId}/tickets/${one.id}`)}><td className="dim">{one.ticketNumber}</td><td><Link className="strong" href={`/brands/${one.brandId}/tickets/${one.id}`}>{one.title}</Link></td><td><span className="person"><StatusDot color={one.statusRef.color} isActive={one.statusRef.isActive} /> {one.statusRef.name}</span></td><td className="dim">{one.customerName ?? one.customerEmail}</td><td className="end dim">{ago(one.updatedAt)}</td></tr>
    ))}</tbody></table><More list={list} /></div>
  );
}

export function CustomerPage({ brandId, customerId }: { brandId: string; customerId: string }) {
  const [, go] = useLocation();
  const { isAdmin } = useMe();
  const key = ["customer", customerId];
  const found = useQuery({ queryKey: key, queryFn: () => api.customers.get(brandId, customerId) });
  const [shown, setShown] = useState<"edit" | "delete" | "erase" | null>(null);
  const block = useMutation({ mutationFn: (isBlocked: boolean) => api.customers.update(brandId, customerId, { isBlocked }), onSuccess: (saved) => { client.setQueryData(key, saved); toast(saved.isBlocked ? "Blocked: later mail becomes spam" : "No longer blocked", { action: { label: "Undo", run: () => block.mutate(!saved.isBlocked) } }); } });
  const customer = found.data;
  useEffect(() => { if (customer) document.title = `${customer.name ?? customer.email} · Dispatch`; }, [customer]);
  if (found.isPending) return <Skeleton />;
  if (!customer) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <PageHead back={`/brands/${brandId}/customers`} title={customer.name ?? customer.email}>
        <Button onClick={() => block.mutate(!customer.isBlocked)}>{customer.isBlocked ? "Unblock" : "Block"}</Button><Button icon="edit" onClick={() => setShown("edit")}>Edit</Button><IconButton icon="trash" label="Delete" onClick={() => setShown("delete")} />
      </PageHead>
      <div className="page stack">
        <div className="card profile-head"><Avatar name={customer.name ?? customer.email} url={customer.avatarUrl} size={48} /><div><div className="strong">{customer.email}</div><div className="row wrap dim">{customer.company && <Link href={`/brands/${brandId}/companies/${customer.company.id}`}>{customer.company.name}</Link>}<span>{plural(customer.ticketCount ?? 0, "ticket")}</span>{!customer.notifyEmail && <span className="badge">gets no mail</span>}{customer.isBlocked && <span className="badge warn">blocked</span>}</div></div></div>
        <TicketTable name={customerId} empty="Nothing was asked yet." load={(cursor) => api.tickets.list(brandId, { customerId, isSpam: "any", sort: "updatedAt", ...(cursor && { cursor }) } as never)} />
        {isAdmin && <div className="card danger-zone"><h2>Erase this person</h2><p className="lead">Texts and personal data go at once and everywhere: tickets, mail, files, events.</p><Button kind="danger" onClick={() => setShown("erase")}>Erase…</Button></div>}
      </div>
      {shown === "edit" && <CustomerEditor brandId={brandId} customer={customer} onClose={() => setShown(null)} onSaved={(saved) => client.setQueryData(key, saved)} />}
      {shown === "delete" && <Confirm title={`Delete ${customer.name ?? customer.email}?`} action="Delete" onClose={() => setShown(null)} onConfirm={async () => { await api.customers.delete(brandId, customerId); void client.invalidateQueries({ queryKey: ["customers", brandId] }); go(`/brands/${brandId}/customers`); }}><p>Tickets stay, without the customer.</p></Confirm>}
      {shown === "erase" && <Confirm title="Erase this person?" action="Erase" typed={customer.email} onClose={() => setShown(null)} onConfirm={async () => { await api.customers.erase(brandId, customerId); go(`/brands/${brandId}/customers`); client.removeQueries({ queryKey: key }); void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "customer" }); }}><p>This cannot be undone by anybody.</p></Confirm>}
    </>
  );
}

function CompanyEditor({ brandId, company, onClose, onSaved }: { brandId: string; company: Company | null; onClose: () => void; onSaved: (saved: Company) => void }) {
  const { data: categories = [] } = useCategories(brandId);
  const settings = (company?.settings ?? {}) as Record<string, unknown>;
  const [draft, set] = useDraft({ name: company?.name ?? "", domain: company?.domain ?? "", notes: typeof company?.metadata.notes === "string" ? company.metadata.notes : "", priority: String(settings.defaultPriority ?? ""), assignee: String(settings.defaultAssigneeEmail ?? ""), category: String(settings.defaultCategoryId ?? ""), cc: ((settings.ccEmails as string[] | undefined) ?? []).join(", ") });
  const save = () => {
    const cc = draft.cc.split(/[\s,]+/).filter(Boolean);
    const body = { name: draft.name, domain: draft.domain || null, metadata: { notes: draft.notes || null }, settings: { defaultPriority: draft.priority || null, defaultAssigneeEmail: draft.assignee || null, defaultCategoryId: draft.category || null, ccEmails: cc.length > 0 ? cc : null } };
    if (company) return api.companies.update(brandId, company.id, body as never);
    const filled = (object: object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
    return api.companies.create(brandId, { ...body, metadata: filled(body.metadata), settings: filled(body.settings) } as never);
  };
  return (
    <FormDialog title={company ? "Edit the company" : "New company"} action={company ? "Save" : "Create"} wide onClose={onClose} save={save} onSaved={(saved) => { void client.invalidateQueries({ queryKey: ["companies", brandId] }); onSaved(saved); }}>
      {(errors) => <>
        <div className="grid-2">
          <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" required data-autofocus maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
          <Field label="Domain" error={errors.domain} hint="Customers with such an address join it.">{(props) => <input {...props} className="input" placeholder="example.com" value={draft.domain} onChange={(event) => set({ domain: event.target.value })} />}</Field>
        </div>
        <Field label="Notes">{(props) => <textarea {...props} className="input" value={draft.notes} onChange={(event) => set({ notes: event.target.value })} />}</Field>
        <h3>New tickets of its customers start with</h3>
        <div className="grid-2">
          <Field label="Priority" error={errors["settings.defaultPriority"]}>{(props) => <select {...props} className="input" value={draft.priority} onChange={(event) => set({ priority: event.target.value })}><option value="">As usual</option>{["low", "normal", "high", "urgent"].map((one) => <option key={one}>{one}</option>)}</select>}</Field>
          <Field label="Category" error={errors["settings.defaultCategoryId"]}>{(props) => <select {...props} className="input" value={draft.category} onChange={(event) => set({ category: event.target.value })}><option value="">None</option>{categories.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>}</Field>
          <Field label="Assignee" error={errors["settings.defaultAssigneeEmail"]}>{(props) => <input {...props} className="input" type="email" placeholder="address" value={draft.assignee} onChange={(event) => set({ assignee: event.target.value })} />}</Field>
          <Field label="Cc" error={errors["settings.ccEmails"]} hint="Always told.">{(props) => <input {...props} className="input" value={draft.cc} onChange={(event) => set({ cc: event.target.value })} />}</Field>
        </div>
      </>}
    </FormDialog>
  );
}

export function Companies({ brandId }: { brandId: string }) {
  const [, go] = useLocation();
  const { asked, box } = useSearchText();
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery({ queryKey: ["companies", brandId, "list", asked], initialPageParam: undefined as string | undefined, placeholderData: keepPreviousData, queryFn: ({ pageParam }) => api.companies.list(brandId, { ...(asked && { search: asked }), ...(pageParam && { cursor: pageParam }) }), getNextPageParam: (page) => page.pagination.nextCursor ?? undefined });
  const rows = list.data?.pages.flatMap((page) => page.data) ?? [];
  useEffect(() => { document.title = "Companies · Dispatch"; }, []);
  return (
    <>
      <PageHead title="Companies"><Button kind="primary" icon="plus" onClick={() => setAdding(true)}>New company</Button></PageHead>
      <div className="page">
        <div className="toolbar">{box}</div>
        {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : rows.length === 0 ? <Empty icon="building" title={asked ? "No company found" : "No companies yet"}>{!asked && "Group customers to see all of an organization's tickets, with settings of their own."}</Empty> : (
          <div className="table-wrap"><table className="table"><thead><tr><th>Company</th><th>Domain</th><th className="end">Customers</th><th className="end">Tickets</th></tr></thead><tbody>{rows.map((one) => (
            <tr key={one.id} className="link" onClick={() => go(`/brands/${brandId}/companies/${one.id}`)}><td><Link className="strong" href={`/brands/${brandId}/companies/${one.id}`}>{one.name}</Link></td><td className="dim">{one.domain}</td><td className="end dim">{one.customerCount ?? ""}</td><td className="end dim">{one.ticketCount ?? ""}</td></tr>
          ))}</tbody></table><More list={list} /></div>
        )}
      </div>
      {adding && <CompanyEditor brandId={brandId} company={null} onClose={() => setAdding(false)} onSaved={(saved) => go(`/brands/${brandId}/companies/${saved.id}`)} />}
    </>
  );
}

export function CompanyPage({ brandId, companyId }: { brandId: string; companyId: string }) {
  const [, go] = useLocation();
  const found = useQuery({ queryKey: ["company", companyId], queryFn: () => api.companies.get(brandId, companyId) });
  const people = useQuery({ queryKey: ["customers", brandId, "of", companyId], queryFn: () => api.customers.list(brandId, { companyId, isBlocked: "any", limit: 100 } as never) });
  const [shown, setShown] = useState<"edit" | "delete" | null>(null);
  const company = found.data;
  const { data: categories = [] } = useCategories(brandId);
  const settings = (company?.settings ?? {}) as { defaultPriority?: string; defaultCategoryId?: string; defaultAssigneeEmail?: string; ccEmails?: string[] };
  const shared = [settings.defaultPriority && `priority ${settings.defaultPriority}`, settings.defaultCategoryId && (categories.find((one) => one.id === settings.defaultCategoryId)?.name ?? "a category"), settings.defaultAssigneeEmail && `to ${settings.defaultAssigneeEmail}`, settings.ccEmails?.length && `cc ${settings.ccEmails.join(", ")}`].filter((one) => typeof one === "string");
  useEffect(() => { if (company) document.title = `${company.name} · Dispatch`; }, [company]);
  if (found.isPending) return <Skeleton />;
  if (!company) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <PageHead back={`/brands/${brandId}/companies`} title={company.name}><Button icon="edit" onClick={() => setShown("edit")}>Edit</Button><IconButton icon="trash" label="Delete" onClick={() => setShown("delete")} /></PageHead>
      <div className="page stack">
        <div className="card stack"><div className="row wrap dim">{company.domain && <code>{company.domain}</code>}<span>{plural(company.customerCount ?? 0, "customer")}</span><span>{plural(company.ticketCount ?? 0, "ticket")}</span></div>{typeof company.metadata.notes === "string" && <p style={{ whiteSpace: "pre-wrap" }}>{company.metadata.notes}</p>}
          {shared.length > 0 && <div className="row wrap"><span className="dim">New tickets:</span>{shared.map((one) => <span key={one} className="badge">{one}</span>)}</div>}
          <div className="row wrap">{people.data?.data.map((one) => <Link key={one.id} className="chip" href={`/brands/${brandId}/customers/${one.id}`}><Avatar name={one.name ?? one.email} size={16} /> <span>{one.name ?? one.email}</span></Link>)}</div></div>
        <h2>All tickets</h2>
        <TicketTable name={companyId} empty="None of its customers has asked yet." load={(cursor) => api.companies.tickets(brandId, companyId, { sort: "updatedAt", ...(cursor && { cursor }) })} />
      </div>
      {shown === "edit" && <CompanyEditor brandId={brandId} company={company} onClose={() => setShown(null)} onSaved={(saved) => client.setQueryData(["company", companyId], saved)} />}
      {shown === "delete" && <Confirm title={`Delete ${company.name}?`} action="Delete" onClose={() => setShown(null)} onConfirm={async () => { await api.companies.delete(brandId, companyId); void client.invalidateQueries({ queryKey: ["companies", brandId] }); go(`/brands/${brandId}/companies`); }}><p>Its customers and their tickets stay.</p></Confirm>}
    </>
  );
}
