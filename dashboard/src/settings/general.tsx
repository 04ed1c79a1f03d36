// Name, address, numbers; and the end of a brand.

import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { useLocation } from "wouter";
import type { Brand, BrandContents, BrandPatch } from "@dispatch-server/client";
import { api, fieldErrors, reason } from "../lib/api";
import { plural } from "../lib/format";
import { client, useBrand, useMe } from "../lib/query";
import { toast } from "../lib/toast";
import { Button, Confirm, Copy, Field, Skeleton } from "../ui/parts";
import { useDraft } from "../ui/form";

/** Saves fields of a brand and says so. */
export function useBrandSave(brandId: string) {
  return useMutation({
    meta: { quiet: true },
    mutationFn: (patch: BrandPatch) => api.brands.update(brandId, patch),
    onSuccess: (saved) => {
      client.setQueryData<Brand[]>(["brands"], (old) => old?.map((one) => (one.id === saved.id ? saved : one)));
      toast("Saved");
    },
  });
}

export function General({ brandId }: { brandId: string }) {
  const brand = useBrand(brandId);
  return brand ? <Form key={brand.updatedAt} brand={brand} /> : <Skeleton />;
}

function Form({ brand }: { brand: Brand }) {
  const [, go] = useLocation();
  const { isOwner } = useMe();
  const save = useBrandSave(brand.id);
  const [draft, set] = useDraft({ name: brand.name, slug: brand.slug, ticketPrefix: brand.ticketPrefix, next: String(brand.nextTicketNumber), url: brand.url ?? "", iconUrl: brand.iconUrl ?? "" });
  const [contents, setContents] = useState<BrandContents | null>(null);
  const errors = fieldErrors(save.error);
  const submit = () => save.mutate({
    name: draft.name, slug: draft.slug, ticketPrefix: draft.ticketPrefix, url: draft.url || null, iconUrl: draft.iconUrl || null,
    ...(Number(draft.next) !== brand.nextTicketNumber && { ticketNumberStart: Number(draft.next) }),
  } as BrandPatch);
  return (
    <>
      <h2>General</h2>
      <p className="lead">What the brand is called and how its tickets are numbered.</p>
      <form className="card stack" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <div className="grid-2">
          <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" required maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
          <Field label="Slug" error={errors.slug} hint={`Part of the mail address: ${brand.inboundAddress}. Old ones keep working.`}>{(props) => <input {...props} className="input" required maxLength={63} value={draft.slug} onChange={(event) => set({ slug: event.target.value })} />}</Field>
          <Field label="Ticket prefix" error={errors.ticketPrefix} hint={`The next ticket is ${draft.ticketPrefix.toUpperCase()}-${draft.next}.`}>{(props) => <input {...props} className="input" required maxLength={10} value={draft.ticketPrefix} onChange={(event) => set({ ticketPrefix: event.target.value })} />}</Field>
          <Field label="Next number" error={errors.ticketNumberStart} hint="It can only go up.">{(props) => <input {...props} className="input" type="number" min={brand.nextTicketNumber} max={999_999_999} value={draft.next} onChange={(event) => set({ next: event.target.value })} />}</Field>
          <Field label="Website" error={errors.url}>{(props) => <input {...props} className="input" type="url" placeholder="https://" value={draft.url} onChange={(event) => set({ url: event.target.value })} />}</Field>
          <Field label="Icon" error={errors.iconUrl} hint="The address of a square picture.">{(props) => <input {...props} className="input" type="url" placeholder="https://" value={draft.iconUrl} onChange={(event) => set({ iconUrl: event.target.value })} />}</Field>
        </div>
        {save.error && Object.keys(errors).length === 0 && <p className="wrong" role="alert">{reason(save.error)}</p>}
        <footer><Button kind="primary" type="submit" busy={save.isPending}>Save</Button></footer>
      </form>
      <div className="card">
        <h2>Id</h2>
        <p className="lead">Programs name the brand by it.</p>
        <div className="copy-line"><code>{brand.id}</code><Copy text={brand.id} /></div>
      </div>
      {isOwner && (
        <div className="card danger-zone">
          <h2>Delete this brand</h2>
          <p className="lead">Its mail, webhooks and pages stop at once.</p>
          <Button kind="danger" icon="trash" onClick={() => void api.brands.delete(brand.id).then((counts) => setContents(counts as BrandContents), (error) => toast(reason(error), { kind: "error" }))}>Delete…</Button>
        </div>
      )}
      {contents && (
        <Confirm title={`Delete ${brand.name}?`} action="Delete the brand" typed={brand.slug} onClose={() => setContents(null)} onConfirm={async () => {
          await api.brands.delete(brand.id, { confirm: true });
          await client.invalidateQueries({ queryKey: ["brands"] });
          go("/brands");
        }}>
          <p>With it go {plural(contents.ticketCount, "ticket")}, {plural(contents.customerCount, "customer")}, {plural(contents.companyCount, "company", "companies")}, {plural(contents.tagCount, "tag")} and {plural(contents.webhookCount, "webhook")}.</p>
        </Confirm>
      )}
    </>
  );
}
