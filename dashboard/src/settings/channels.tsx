// How a brand is reached: mail, portal, survey.

import { useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Brand, BrandPatch } from "@dispatch-server/client";
import { api, isMissing, reason } from "../lib/api";
import { useBrand } from "../lib/query";
import { toast } from "../lib/toast";
import { useDraft } from "../ui/form";
import { Button, Copy, Field, Secret, Skeleton, Switch } from "../ui/parts";
import { useBrandSave } from "./general";

type Loose = Record<string, unknown>;
const text = (value: unknown) => (typeof value === "string" ? value : "");
const lines = (value: string) => value.split(/[\s,]+/).filter(Boolean);

function Save({ save }: { save: ReturnType<typeof useBrandSave> }) {
  return <>
    {save.error && <p className="wrong" role="alert">{reason(save.error)}</p>}
    <footer><Button kind="primary" type="submit" busy={save.isPending}>Save</Button></footer>
  </>;
}

interface Part { key: string; label: string; type?: string; secret?: boolean; required?: boolean; start?: string }

/** A mailbox or a relay: settings that are put as a whole, tested and taken away. A 404 says that there is none. */
function Peer({ brandId, path, title, lead, parts }: { brandId: string; path: string; title: string; lead: string; parts: Part[] }) {
  const url = `/brands/${brandId}/${path}` as const;
  const found = useQuery({ queryKey: [path, brandId], queryFn: () => api.request<Loose>("GET", url).catch((error) => { if (isMissing(error)) return null; throw error; }) });
  const [draft, setDraft] = useState<Record<string, string | boolean> | null>(null);
  const done = { onSuccess: () => { setDraft(null); void found.refetch(); } };
  const save = useMutation({ mutationFn: () => api.request("PUT", url, { body: Object.fromEntries(parts.flatMap(({ key, type, start }) => { const value = draft?.[key] ?? found.data?.[key] ?? start ?? ""; return value === "" || value === null ? [] : [[key, type === "number" ? Number(value) : type === "checkbox" ? value !== "false" && value !== false : value]]; })) }), ...done });
  const remove = useMutation({ mutationFn: () => api.request("DELETE", url), ...done });
  const test = useMutation({ mutationFn: () => api.request<{ ok: boolean; message: string }>("POST", `${url}/test`, { body: {} }), onSuccess: ({ ok, message }) => toast(message, ok ? {} : { kind: "error" }) });
  const value = (part: Part) => String(draft?.[part.key] ?? (part.secret ? "" : (found.data?.[part.key] ?? part.start ?? "")));
  return (
    <form className="card stack" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <div><h2>{title} {found.data && <span className="badge good">set up</span>}</h2><p className="dim">{lead}</p></div>
      {found.isPending ? <Skeleton rows={2} /> : found.error ? <p className="dim">{reason(found.error)}</p> : draft === null && !found.data ? <div><Button onClick={() => setDraft({})}>Set up</Button></div> : <>
        {typeof found.data?.lastError === "string" && <p className="wrong">{found.data.lastError}</p>}
        <div className="grid-2">{parts.map((part) => part.type === "checkbox" ? <Switch key={part.key} label={part.label} checked={value(part) !== "false"} onChange={(on) => setDraft({ ...draft, [part.key]: on })} /> : <Field key={part.key} label={part.label} hint={part.secret && found.data ? "Kept when left empty." : undefined}>{(props) => <input {...props} className="input" type={part.secret ? "password" : (part.type ?? "text")} autoComplete="off" required={part.required && !(part.secret && found.data)} value={value(part)} onChange={(event) => setDraft({ ...draft, [part.key]: event.target.value })} />}</Field>)}</div>
        {save.error && <p className="wrong" role="alert">{reason(save.error)}</p>}
        <footer>{found.data && <><Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate()}>Remove</Button><Button busy={test.isPending} onClick={() => test.mutate()}>Test</Button></>}<span className="spacer" /><Button kind="primary" type="submit" busy={save.isPending}>Save</Button></footer>
      </>}
    </form>
  );
}

function Mail({ brand }: { brand: Brand }) {
  const save = useBrandSave(brand.id);
  const [draft, set] = useDraft({
    inboundEmailEnabled: brand.inboundEmailEnabled, fromName: text(brand.fromName), fromEmail: text(brand.fromEmail), autoresponseEnabled: brand.autoresponseEnabled, autoresponseSubject: text(brand.autoresponseSubject), autoresponseBody: text(brand.autoresponseBody),
    newTicketNotifyEmails: (brand.newTicketNotifyEmails as string[]).join(", "),
  });
  const [token, setToken] = useState("");
  const create = useMutation({ mutationFn: () => api.request<{ token: string }>("POST", `/brands/${brand.id}/inbound-token`, { body: {} }), onSuccess: (made) => setToken(made.token) });
  const remove = useMutation({ mutationFn: () => api.request("DELETE", `/brands/${brand.id}/inbound-token`), onSuccess: () => { setToken(""); toast("The token does not work any more"); } });
  const submit = () => save.mutate({ ...draft, fromName: draft.fromName || null, fromEmail: draft.fromEmail || null, autoresponseSubject: draft.autoresponseSubject || null, autoresponseBody: draft.autoresponseBody || null, newTicketNotifyEmails: lines(draft.newTicketNotifyEmails) } as unknown as BrandPatch);
  return (
    <>
      <h2>Mail</h2><p className="lead">Mail to this address becomes tickets; answers go out from the address below.</p>
      <form className="card stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <div className="copy-line"><code>{brand.inboundAddress}</code><Copy text={brand.inboundAddress} /></div>
        <Switch label="Take mail in" checked={draft.inboundEmailEnabled} onChange={(inboundEmailEnabled) => set({ inboundEmailEnabled })} />
        <div className="grid-2">
          <Field label="From name">{(props) => <input {...props} className="input" maxLength={100} placeholder={brand.name} value={draft.fromName} onChange={(event) => set({ fromName: event.target.value })} />}</Field>
          <Field label="From address">{(props) => <input {...props} className="input" type="email" placeholder={brand.inboundAddress} value={draft.fromEmail} onChange={(event) => set({ fromEmail: event.target.value })} />}</Field>
        </div>
        <Field label="Tell these addresses of new tickets" hint="Separated by commas; also of replies to tickets that nobody has.">{(props) => <input {...props} className="input" value={draft.newTicketNotifyEmails} onChange={(event) => set({ newTicketNotifyEmails: event.target.value })} />}</Field>
        <Switch label="Auto-reply" hint="Sent once for a new ticket by mail." checked={draft.autoresponseEnabled} onChange={(autoresponseEnabled) => set({ autoresponseEnabled })} />
        {draft.autoresponseEnabled && <>
          <Field label="Subject">{(props) => <input {...props} className="input" maxLength={200} required value={draft.autoresponseSubject} onChange={(event) => set({ autoresponseSubject: event.target.value })} />}</Field>
          <Field label="Text" hint="{{ticketNumber}} {{ticketTitle}} {{customerName}} {{brandName}}">{(props) => <textarea {...props} className="input" maxLength={10_000} required value={draft.autoresponseBody} onChange={(event) => set({ autoresponseBody: event.target.value })} />}</Field>
        </>}
        <Save save={save} />
      </form>
      <div className="card stack"><div><h2>Inbound token</h2><p className="dim">A mail server hands raw messages to POST /v1/inbound/email/{brand.slug} with it. A new one replaces the old.</p></div>
        {token && <Secret value={token} label="The inbound token." />}
        <div className="row"><Button busy={create.isPending} onClick={() => create.mutate()}>Create a token</Button><Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate()}>Delete it</Button></div></div>
      <Peer brandId={brand.id} path="mailbox" title="Mailbox (IMAP)" lead="Dispatch looks into a mailbox that you have already." parts={[{ key: "host", label: "Host", required: true }, { key: "port", label: "Port", type: "number", start: "993" }, { key: "username", label: "User", required: true }, { key: "password", label: "Password", secret: true, required: true }, { key: "folder", label: "Folder", start: "INBOX" }, { key: "pollSeconds", label: "Look every … seconds", type: "number", start: "60" }, { key: "tls", label: "TLS", type: "checkbox", start: "true" }, { key: "enabled", label: "Enabled", type: "checkbox", start: "true" }]} />
      <Peer brandId={brand.id} path="mail-relay" title="Mail relay (SMTP)" lead="Answers go out through this server instead of the one in the settings of Dispatch." parts={[{ key: "host", label: "Host", required: true }, { key: "port", label: "Port", type: "number", start: "587" }, { key: "username", label: "User" }, { key: "password", label: "Password", secret: true }, { key: "fromEmail", label: "From address", type: "email", required: true }, { key: "tls", label: "TLS", type: "checkbox", start: "true" }]} />
    </>
  );
}

function Portal({ brand }: { brand: Brand }) {
  const save = useBrandSave(brand.id);
  const [draft, set] = useDraft({ portalOrigins: (brand.portalOrigins as string[]).join("\n"), portalSignup: brand.portalSignup });
  const url = `${location.origin}/portal/${brand.slug}`;
  return (
    <>
      <h2>Portal</h2><p className="lead">Customers see their own tickets and answer them. They sign in by a link in their mail.</p>
      <form className="card stack" onSubmit={(event) => { event.preventDefault(); save.mutate({ portalSignup: draft.portalSignup, portalOrigins: lines(draft.portalOrigins) } as unknown as BrandPatch); }}>
        <div className="copy-line"><code>{url}</code><Copy text={url} /></div>
        <Switch label="Anybody may sign in" hint="Otherwise only customers that the brand knows." checked={draft.portalSignup} onChange={(portalSignup) => set({ portalSignup })} />
        <Field label="Origins" hint="Pages of yours that may call the portal from a browser, one per line: https://example.com">{(props) => <textarea {...props} className="input" value={draft.portalOrigins} onChange={(event) => set({ portalOrigins: event.target.value })} />}</Field>
        <Save save={save} />
      </form>
    </>
  );
}

function Survey({ brand }: { brand: Brand }) {
  const save = useBrandSave(brand.id);
  const [draft, set] = useDraft({ csatEnabled: brand.csatEnabled, csatType: brand.csatType, csatDelayMinutes: brand.csatDelayMinutes, csatEmailSubject: brand.csatEmailSubject ?? "", csatEmailBody: brand.csatEmailBody ?? "" });
  return (
    <>
      <h2>Survey</h2><p className="lead">Asks customers how it went, some time after a ticket was resolved.</p>
      <form className="card stack" onSubmit={(event) => { event.preventDefault(); save.mutate({ ...draft, csatEmailSubject: draft.csatEmailSubject || null, csatEmailBody: draft.csatEmailBody || null }); }}>
        <Switch label="Send the survey" checked={draft.csatEnabled} onChange={(csatEnabled) => set({ csatEnabled })} />
        <div className="grid-2">
          <Field label="Scale">{(props) => <select {...props} className="input" value={draft.csatType} onChange={(event) => set({ csatType: event.target.value as Brand["csatType"] })}><option value="thumbs">Thumbs up or down</option><option value="scale5">1 to 5</option><option value="scale10">1 to 10</option></select>}</Field>
          <Field label="Minutes after resolving">{(props) => <input {...props} className="input" type="number" min={0} max={10_080} value={draft.csatDelayMinutes} onChange={(event) => set({ csatDelayMinutes: Number(event.target.value) })} />}</Field>
        </div>
        <Field label="Subject" hint="Built-in when left empty.">{(props) => <input {...props} className="input" maxLength={200} value={draft.csatEmailSubject} onChange={(event) => set({ csatEmailSubject: event.target.value })} />}</Field>
        <Field label="Text" hint="{{ticketNumber}} {{ticketTitle}} {{brandName}}">{(props) => <textarea {...props} className="input" maxLength={10_000} value={draft.csatEmailBody} onChange={(event) => set({ csatEmailBody: event.target.value })} />}</Field>
        <Save save={save} />
      </form>
    </>
  );
}

const of = (Page: (props: { brand: Brand }) => React.ReactNode) => function OfBrand({ brandId }: { brandId: string }) {
  const brand = useBrand(brandId);
  return brand ? <Page key={brand.updatedAt} brand={brand} /> : <Skeleton />;
};
export const MailSettings = of(Mail);
export const PortalSettings = of(Portal);
export const SurveySettings = of(Survey);
