// Team, API keys, profile.

import { useEffect, useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ApiKey, Invite, Member, Profile, Upload } from "@dispatch-server/client";
import { api, fieldErrors, reason } from "../lib/api";
import { ago, fullTime } from "../lib/format";
import { desktopState } from "../lib/notify";
import { client, useBrands, useMe, useMembers, useProfile } from "../lib/query";
import { toast } from "../lib/toast";
import { SecondFactor } from "./second-factor";
import { FormDialog, useDraft } from "../ui/form";
import { Avatar, Button, Confirm, Empty, Field, IconButton, Secret, Skeleton, Switch, Trouble } from "../ui/parts";
import { AdminsOnly, PageHead } from "../ui/shell";

interface Scope { allBrands: boolean; brandIds: string[] }

function ScopeField({ value, onChange }: { value: Scope; onChange: (scope: Scope) => void }) {
  const { data: brands = [] } = useBrands();
  return (
    <fieldset className="choices"><legend>Brands</legend>
      <label><input type="checkbox" checked={value.allBrands} onChange={(event) => onChange({ ...value, allBrands: event.target.checked })} /> All, later ones as well</label>
      {!value.allBrands && brands.map((brand) => <label key={brand.id}><input type="checkbox" checked={value.brandIds.includes(brand.id)} onChange={(event) => onChange({ ...value, brandIds: event.target.checked ? [...value.brandIds, brand.id] : value.brandIds.filter((id) => id !== brand.id) })} /> {brand.name}</label>)}
    </fieldset>
  );
}

function useScopeText() {
  const { data: brands = [] } = useBrands();
  return ({ allBrands, brandIds }: Scope) => (allBrands ? "All brands" : brandIds.map((id) => brands.find((brand) => brand.id === id)?.name ?? "another").join(", ") || "None");
}

function PersonEditor({ person, onClose, onUrl }: { person: Member | Invite | null; onClose: () => void; onUrl: (url: string) => void }) {
  const [draft, set] = useDraft({ email: person?.email ?? "", role: person?.role ?? "member", allBrands: person?.allBrands ?? true, brandIds: (person?.brandIds ?? []) as string[] });
  const { email, ...rest } = draft;
  return (
    <FormDialog title={person ? `Edit ${person.email}` : "Invite somebody"} action={person ? "Save" : "Invite"} onClose={onClose}
      save={async () => {
        if (person) await api.members.update(person.id, rest as never);
        else { const made = await api.members.invite({ email, ...rest } as never); if (made.inviteUrl) onUrl(made.inviteUrl); }
      }} onSaved={() => void client.invalidateQueries({ queryKey: ["members"] })}>
      {(errors) => <>
        {!person && <Field label="Email" error={errors.email}>{(props) => <input {...props} className="input" type="email" required data-autofocus value={email} onChange={(event) => set({ email: event.target.value })} />}</Field>}
        <Field label="Role" error={errors.role} hint="Members work on tickets. Admins also change settings.">{(props) => <select {...props} className="input" value={draft.role} onChange={(event) => set({ role: event.target.value as "member" })}><option value="member">Member</option><option value="admin">Admin</option></select>}</Field>
        <ScopeField value={draft} onChange={set} />
        {errors.brandIds && <p className="wrong">{errors.brandIds}</p>}
      </>}
    </FormDialog>
  );
}

export function Team() {
  const { member: me, isAdmin, isOwner } = useMe();
  const people = useMembers();
  const scope = useScopeText();
  const [editing, setEditing] = useState<Member | Invite | "new" | null>(null);
  const [removing, setRemoving] = useState<Member | Invite | null>(null);
  const [url, setUrl] = useState("");
  const again = useMutation({ mutationFn: (id: string) => api.members.resendInvite(id), onSuccess: (made) => { if (made.inviteUrl) setUrl(made.inviteUrl); toast("Invited again; the old link does not work any more"); } });
  useEffect(() => { document.title = "Team · Dispatch"; }, []);
  const may = (one: Member) => one.role !== "owner" && one.id !== me.id && (isOwner || (isAdmin && one.role === "member"));
  return (
    <>
      <PageHead title="Team">{isAdmin && <Button kind="primary" icon="plus" onClick={() => setEditing("new")}>Invite</Button>}</PageHead>
      <div className="page stack">
        {url && <Secret value={url} label="The invitation." />}
        {people.isPending ? <Skeleton /> : people.error ? <Trouble error={people.error} retry={() => void people.refetch()} /> : (
          <div className="table-wrap"><table className="table"><thead><tr><th>Person</th><th>Role</th><th>Brands</th><th>Seen</th><th><span className="unseen">Actions</span></th></tr></thead><tbody>
            {people.data.members.map((one) => <tr key={one.id}><td><span className="person"><Avatar name={one.displayName ?? one.email} url={one.avatarUrl} size={28} /><span className="cut"><strong>{one.displayName ?? one.email}</strong>{one.displayName && <span className="dim"> {one.email}</span>}</span></span></td><td><span className="badge">{one.role}</span></td><td className="dim">{scope(one)}</td><td className="dim" title={fullTime(one.lastSeenAt)}>{ago(one.lastSeenAt)}</td><td className="end">{may(one) && <><IconButton icon="edit" label={`Edit ${one.email}`} onClick={() => setEditing(one)} /><IconButton icon="trash" label={`Remove ${one.email}`} onClick={() => setRemoving(one)} /></>}</td></tr>)}
            {people.data.invites.map((one) => <tr key={one.id}><td><span className="person"><Avatar name={one.email} size={28} /><span className="cut">{one.email}</span></span></td><td><span className="badge">{one.role}</span> <span className="badge warn">invited</span></td><td className="dim">{scope(one)}</td><td className="dim">until {ago(one.expiresAt)}</td><td className="end"><Button onClick={() => again.mutate(one.id)}>New link</Button><IconButton icon="edit" label={`Edit ${one.email}`} onClick={() => setEditing(one)} /><IconButton icon="trash" label={`Take back ${one.email}`} onClick={() => setRemoving(one)} /></td></tr>)}
          </tbody></table></div>
        )}
      </div>
      {editing && <PersonEditor person={editing === "new" ? null : editing} onClose={() => setEditing(null)} onUrl={setUrl} />}
      {removing && <Confirm title={`Remove ${removing.email}?`} action="Remove" onClose={() => setRemoving(null)} onConfirm={async () => { await api.members.remove(removing.id); await client.invalidateQueries({ queryKey: ["members"] }); }}><p>{removing.status === "pending" ? "The link in the invitation stops working." : "They are signed out, and their active tickets are unassigned."}</p></Confirm>}
    </>
  );
}

function KeyEditor({ apiKey, onClose, onKey }: { apiKey: ApiKey | null; onClose: () => void; onKey: (key: string) => void }) {
  const [draft, set] = useDraft({ name: apiKey?.name ?? "", permissions: apiKey?.permissions ?? "full", allBrands: apiKey?.allBrands ?? true, brandIds: (apiKey?.brandIds ?? []) as string[], expiresAt: apiKey?.expiresAt?.slice(0, 10) ?? "" });
  const save = async () => {
    const { permissions, expiresAt, brandIds, allBrands, name } = draft;
    const body = { name, allBrands, ...(!allBrands && { brandIds }), ...(expiresAt ? { expiresAt: `${expiresAt}T00:00:00Z` } : apiKey?.expiresAt ? { expiresAt: null } : {}) };
    if (apiKey) await api.apiKeys.update(apiKey.id, body as never);
    else onKey((await api.apiKeys.create({ ...body, permissions } as never)).key ?? "");
  };
  return (
    <FormDialog title={apiKey ? `Edit ${apiKey.name}` : "New API key"} action={apiKey ? "Save" : "Create"} onClose={onClose} save={save} onSaved={() => void client.invalidateQueries({ queryKey: ["api-keys"] })}>
      {(errors) => <>
        <Field label="Name" error={errors.name}>{(props) => <input {...props} className="input" required data-autofocus maxLength={200} value={draft.name} onChange={(event) => set({ name: event.target.value })} />}</Field>
        {!apiKey && <Field label="May do" error={errors.permissions}>{(props) => <select {...props} className="input" value={draft.permissions} onChange={(event) => set({ permissions: event.target.value as "full" })}><option value="full">Everything</option><option value="support">Work on tickets, change no settings</option><option value="read">Only read</option></select>}</Field>}
        <ScopeField value={draft} onChange={set} />
        {errors.brandIds && <p className="wrong">{errors.brandIds}</p>}
        <Field label="Works until" error={errors.expiresAt} hint="For ever when left empty.">{(props) => <input {...props} className="input" type="date" value={draft.expiresAt} onChange={(event) => set({ expiresAt: event.target.value })} />}</Field>
      </>}
    </FormDialog>
  );
}

export function Keys() {
  const list = useQuery({ queryKey: ["api-keys"], queryFn: () => api.apiKeys.list() });
  const scope = useScopeText();
  const [editing, setEditing] = useState<ApiKey | "new" | null>(null);
  const [removing, setRemoving] = useState<ApiKey | null>(null);
  const [key, setKey] = useState("");
  useEffect(() => { document.title = "API keys · Dispatch"; }, []);
  return (
    <AdminsOnly>
      <PageHead title="API keys"><Button kind="primary" icon="plus" onClick={() => setEditing("new")}>New key</Button></PageHead>
      <div className="page stack">
        {key && <Secret value={key} label="The key." />}
        {list.isPending ? <Skeleton /> : list.error ? <Trouble error={list.error} retry={() => void list.refetch()} /> : list.data.length === 0 ? <Empty icon="key" title="No API keys">Programs use one to reach this server.</Empty> : (
          <div className="table-wrap"><table className="table"><thead><tr><th>Name</th><th>Key</th><th>May do</th><th>Brands</th><th>Used</th><th><span className="unseen">Actions</span></th></tr></thead><tbody>{list.data.map((one) => <tr key={one.id}><td><strong>{one.name}</strong></td><td><code className="dim">{one.keyPreview}</code></td><td className="dim">{one.permissions}</td><td className="dim">{scope(one)}</td><td className="dim">{one.lastUsedAt ? ago(one.lastUsedAt) : "never"}{one.expiresAt && <span className="badge">until {ago(one.expiresAt)}</span>}</td><td className="end"><IconButton icon="edit" label={`Edit ${one.name}`} onClick={() => setEditing(one)} /><IconButton icon="trash" label={`Revoke ${one.name}`} onClick={() => setRemoving(one)} /></td></tr>)}</tbody></table></div>
        )}
      </div>
      {editing && <KeyEditor apiKey={editing === "new" ? null : editing} onClose={() => setEditing(null)} onKey={setKey} />}
      {removing && <Confirm title={`Revoke ${removing.name}?`} action="Revoke" onClose={() => setRemoving(null)} onConfirm={async () => { await api.apiKeys.delete(removing.id); await client.invalidateQueries({ queryKey: ["api-keys"] }); }}><p>What uses it stops working at once.</p></Confirm>}
    </AdminsOnly>
  );
}

const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

export function ProfilePage() {
  const { data: profile } = useProfile();
  useEffect(() => { document.title = "Profile · Dispatch"; }, []);
  return <><PageHead title="Profile" /><div className="page narrow stack">{profile ? <ProfileForm key={profile.displayName} profile={profile} /> : <Skeleton />}</div></>;
}

function ProfileForm({ profile }: { profile: Profile }) {
  const [name, setName] = useState(profile.displayName ?? "");
  const [passwords, setPasswords] = useDraft({ currentPassword: "", newPassword: "" });
  const [desktop, setDesktop] = useState(desktopState);
  const askDesktop = async () => {
    const state = desktopState() === "default" ? await Notification.requestPermission() : desktopState();
    setDesktop(state);
    if (state !== "granted") toast(state === "missing" ? "This browser shows no notifications." : "The browser does not allow it.", { kind: "error" });
    return state === "granted";
  };
  const adopt = (saved: Profile) => client.setQueryData(["profile"], saved);
  const save = useMutation({ mutationFn: (body: object) => api.request<Profile>("PATCH", "/auth/profile", { body }), onSuccess: (saved) => { adopt(saved); toast("Saved"); } });
  const password = useMutation({ meta: { quiet: true }, mutationFn: () => api.request("POST", "/auth/password", { body: passwords }), onSuccess: () => { setPasswords({ currentPassword: "", newPassword: "" }); toast("The password was changed; you are signed out elsewhere"); } });
  const wrong = fieldErrors(password.error);
  const avatar = useMutation({ mutationFn: async (file: File) => {
    const upload = await api.request<Upload>("POST", "/auth/profile/avatar", { body: { filename: file.name, contentType: file.type, size: file.size } });
    const put = await fetch(upload.uploadUrl, { method: "PUT", headers: upload.headers, body: file });
    if (!put.ok) throw new Error("The picture was not taken.");
    return api.request<Profile>("POST", "/auth/profile/avatar/confirm", { body: { uploadId: upload.id } });
  }, onSuccess: adopt });
  return (
    <>
      <form className="card stack" onSubmit={(event) => { event.preventDefault(); save.mutate({ displayName: name || null }); }}>
        <div className="profile-head"><Avatar name={profile.displayName ?? profile.email} url={profile.avatarUrl} size={56} /><label className="button file-button">Change the picture<input type="file" accept={PICTURES.join(",")} aria-label="Picture" onChange={(event) => { const [file] = event.target.files ?? []; if (file) avatar.mutate(file); }} /></label>{profile.avatarUrl && <Button kind="ghost" onClick={() => void api.request<Profile>("DELETE", "/auth/profile/avatar").then(adopt)}>Remove</Button>}</div>
        <Field label="Name">{(props) => <input {...props} className="input" maxLength={50} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
        <Field label="Email">{(props) => <input {...props} className="input" disabled value={profile.email} />}</Field>
        <footer><Button kind="primary" type="submit" busy={save.isPending}>Save</Button></footer>
      </form>
      <div className="card stack"><h2>Notifications</h2>
        <Switch label="By mail" checked={profile.notifyEmail} onChange={(notifyEmail) => save.mutate({ notifyEmail })} />
        <Switch label="Messages in the corner" hint="When a ticket is given to you, or somebody writes on one of yours." checked={profile.notifyToast} onChange={(notifyToast) => save.mutate({ notifyToast })} />
        <Switch label="On the desktop" hint="The same, while Dispatch is open in a tab that you do not look at." checked={profile.notifyDesktop} onChange={async (notifyDesktop) => { if (!notifyDesktop || (await askDesktop())) save.mutate({ notifyDesktop }); }} />
        {profile.notifyDesktop && desktop !== "granted" && <p className="wrong" role="status">{desktop === "default" ? <>This browser has not been asked yet. <Button kind="ghost" onClick={() => void askDesktop()}>Allow</Button></> : desktop === "denied" ? "This browser does not allow it: change that in its settings for this site." : "This browser shows no notifications."}</p>}
      </div>
      <form className="card stack" onSubmit={(event) => { event.preventDefault(); password.mutate(); }}><h2>Password</h2>
        <Field label="Current password" error={wrong.currentPassword}>{(props) => <input {...props} className="input" type="password" autoComplete="current-password" required value={passwords.currentPassword} onChange={(event) => setPasswords({ currentPassword: event.target.value })} />}</Field>
        <Field label="New password" error={wrong.newPassword} hint="At least 10 characters.">{(props) => <input {...props} className="input" type="password" autoComplete="new-password" minLength={10} required value={passwords.newPassword} onChange={(event) => setPasswords({ newPassword: event.target.value })} />}</Field>
        {password.error && Object.keys(wrong).length === 0 && <p className="wrong" role="alert">{reason(password.error)}</p>}
        <footer><Button type="submit" busy={password.isPending}>Change the password</Button></footer>
      </form>
      <SecondFactor on={profile.totpEnabled} />
    </>
  );
}
