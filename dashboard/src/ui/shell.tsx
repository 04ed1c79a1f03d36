// What stands around every page: the sidebar, the palette, the dialogs that open from anywhere.

import { lazy, type ReactNode, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Link, useLocation } from "wouter";
import { useQuery } from "@tanstack/react-query";
import { api, auth } from "../lib/api";
import { useNotify } from "../lib/notify";
import { client, useBrands, useMe, useProfile } from "../lib/query";
import { useKeys } from "../lib/shortcuts";
import { Icon } from "./icons";
import { Avatar, Button, IconButton, Skeleton } from "./parts";
import { Picker } from "./picker";

const Palette = lazy(() => import("./palette").then((module) => ({ default: module.Palette })));
const Help = lazy(() => import("./palette").then((module) => ({ default: module.Help })));
const NewTicket = lazy(() => import("../pages/new-ticket").then((module) => ({ default: module.NewTicket })));

type Opened = { name: "palette" } | { name: "help" } | { name: "new-ticket"; brandId?: string | undefined } | null;
let opened: Opened = null;
const listeners = new Set<() => void>();

/** Opens what stands above the pages. */
export function open(value: Opened) {
  opened = value;
  for (const tell of listeners) tell();
}

const useOpened = () => useSyncExternalStore((tell) => (listeners.add(tell), () => listeners.delete(tell)), () => opened);

const LAST_BRAND = "dispatch.brand";
export function useCurrentBrand(): string | undefined {
  const [path] = useLocation();
  const { data: brands } = useBrands();
  const named = /^\/brands\/([^/]+)/.exec(path)?.[1];
  useEffect(() => {
    if (named) localStorage.setItem(LAST_BRAND, named);
  }, [named]);
  if (named) return named;
  const last = localStorage.getItem(LAST_BRAND);
  return brands?.find((brand) => brand.id === last)?.id ?? brands?.[0]?.id;
}

export function setTheme(theme: "light" | "dark" | "system") {
  if (theme === "system") {
    localStorage.removeItem("dispatch.theme");
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem("dispatch.theme", theme);
    document.documentElement.dataset.theme = theme;
  }
}

export async function signOut() {
  await auth.logout().catch(() => undefined);
  client.clear();
  location.assign("/login");
}

function Item({ to, icon, children, count, exact }: { to: string; icon: string; children: ReactNode; count?: number | undefined; exact?: boolean }) {
  const [path] = useLocation();
  const [base, query] = to.split("?");
  const here = (exact ? path === base : path === base || path.startsWith(`${base}/`)) && (query === undefined ? !(path === "/queue" && /assigneeId=/.test(location.search)) : location.search.includes(query));
  return (
    <Link to={to} className={`nav-item ${here ? "here" : ""}`} aria-current={here ? "page" : undefined}>
      <Icon name={icon} />
      <span>{children}</span>
      {count !== undefined && count > 0 && <small>{count > 9_999 ? "10k+" : count}</small>}
    </Link>
  );
}

function Sidebar({ onGo }: { onGo: () => void }) {
  const { member, isAdmin, account } = useMe();
  const { data: brands } = useBrands();
  const { data: profile } = useProfile();
  const [, go] = useLocation();
  const brandId = useCurrentBrand();
  const brand = brands?.find((one) => one.id === brandId);
  const count = (name: string, query: object) => ({
    queryKey: ["counts", name], queryFn: () => api.queue.count(query), refetchInterval: 60_000, enabled: (brands?.length ?? 0) > 0,
  });
  const active = useQuery(count("active", { status: "active" }));
  const mine = useQuery(count("mine", { status: "active", assigneeId: "me" }));
  const nobody = useQuery(count("nobody", { status: "active", assigneeId: "unassigned" }));
  const me = profile?.displayName ?? member.displayName ?? member.email;
  return (
    <nav className="sidebar" aria-label="Main" onClick={(event) => (event.target as Element).closest("a") && onGo()}>
      <div className="sidebar-top">
        <Picker className="brand-switch" label={`Brand: ${brand?.name ?? "none"}. Switch brand`} width={240} search={(brands?.length ?? 0) > 6} values={brandId ? [brandId] : []}
          options={[
            ...(brands ?? []).map((one) => ({ value: one.id, label: one.name, icon: <Avatar name={one.name} url={one.iconUrl} size={18} /> })),
            { value: "all", label: "All brands", icon: <Icon name="list" />, apart: true },
            ...(isAdmin ? [{ value: "new", label: "New brand", icon: <Icon name="plus" /> }] : []),
          ]}
          onPick={(value) => { onGo(); go(value === "all" ? "/brands" : value === "new" ? "/brands?new=1" : `/brands/${value}/tickets`); }}>
          <Avatar name={brand?.name ?? account.name} url={brand?.iconUrl} size={22} />
          <span>{brand?.name ?? account.name}</span>
          <Icon name="down" size={12} />
        </Picker>
        <IconButton icon="search" label="Search and commands (Ctrl K)" onClick={() => open({ name: "palette" })} />
        <IconButton icon="plus" label="New ticket (C)" className="raised" disabled={!brandId} onClick={() => open({ name: "new-ticket", brandId })} />
      </div>
      <div className="sidebar-scroll">
        <section>
          <h2>Queue</h2>
          <Item to="/queue" icon="inbox" count={active.data?.count}>All active</Item>
          <Item to="/queue?assigneeId=me" icon="user" count={mine.data?.count}>My tickets</Item>
          <Item to="/queue?assigneeId=unassigned" icon="userOff" count={nobody.data?.count}>Unassigned</Item>
          <Item to="/stats" icon="chart">Statistics</Item>
        </section>
        {brand && (
          <section>
            <h2>{brand.name}</h2>
            <Item to={`/brands/${brand.id}/tickets`} icon="ticket">Tickets</Item>
            <Item to={`/brands/${brand.id}/customers`} icon="user">Customers</Item>
            <Item to={`/brands/${brand.id}/companies`} icon="building">Companies</Item>
            <Item to={`/brands/${brand.id}/spam`} icon="spam">Spam</Item>
            {isAdmin && <Item to={`/brands/${brand.id}/mail`} icon="mail">Mail</Item>}
            {isAdmin && <Item to={`/brands/${brand.id}/settings`} icon="settings">Settings</Item>}
          </section>
        )}
        <section>
          <h2>Account</h2>
          <Item to="/brands" exact icon="list">Brands</Item>
          <Item to="/team" icon="users">Team</Item>
          {isAdmin && <Item to="/api-keys" icon="key">API keys</Item>}
          {isAdmin && <Item to="/audit-log" icon="log">Audit log</Item>}
        </section>
      </div>
      <Picker className="me" label={`${me}: profile and sign-out`} width={220} search={false}
        options={[
          { value: "profile", label: "Profile", icon: <Icon name="user" /> },
          { value: "help", label: "Keyboard shortcuts", icon: <Icon name="list" />, hint: "?" },
          { value: "light", label: "Light", icon: <Icon name="sun" />, apart: true },
          { value: "dark", label: "Dark", icon: <Icon name="moon" /> },
          { value: "system", label: "As the system", icon: <Icon name="circle" /> },
          { value: "out", label: "Sign out", icon: <Icon name="out" />, apart: true },
        ]}
        onPick={(value) => {
          if (value === "profile") { onGo(); go("/profile"); } else if (value === "help") open({ name: "help" });
          else if (value === "out") void signOut();
          else setTheme(value as "light");
        }}>
        <Avatar name={me} url={profile?.avatarUrl} size={22} />
        <span>{me}</span>
        <Icon name="up" size={12} />
      </Picker>
    </nav>
  );
}

export function Shell({ children }: { children: ReactNode }) {
  const [menu, setMenu] = useState(false);
  const [path, go] = useLocation();
  const shown = useOpened();
  const brandId = useCurrentBrand();
  const prefix = useRef(0);
  useNotify(brandId);
  useKeys({
    "mod+k": () => open(shown?.name === "palette" ? null : { name: "palette" }),
    "?": () => open({ name: "help" }),
    c: () => brandId && open({ name: "new-ticket", brandId }),
    g: () => { prefix.current = Date.now(); },
    q: () => { if (Date.now() - prefix.current < 1_200) go("/queue"); },
  });
  useEffect(() => setMenu(false), [path]);
  return (
    <div className={`shell ${menu ? "menu-open" : ""}`}>
      <a className="skip" href="#main">Skip to the page</a>
      <header className="phone-bar">
        <IconButton icon="menu" label="Menu" aria-expanded={menu} onClick={() => setMenu(!menu)} />
        <strong>Dispatch</strong>
        <IconButton icon="search" label="Search and commands" onClick={() => open({ name: "palette" })} />
        <IconButton icon="plus" label="New ticket" disabled={!brandId} onClick={() => open({ name: "new-ticket", brandId })} />
      </header>
      <Sidebar onGo={() => setMenu(false)} />
      {menu && <div className="veil" onClick={() => setMenu(false)} />}
      <main id="main" tabIndex={-1}>{children}</main>
      <Suspense fallback={null}>
        {shown?.name === "palette" && <Palette brandId={brandId} onClose={() => open(null)} />}
        {shown?.name === "help" && <Help onClose={() => open(null)} />}
        {shown?.name === "new-ticket" && <NewTicket brandId={shown.brandId ?? brandId} onClose={() => open(null)} />}
      </Suspense>
    </div>
  );
}

/** The head of a page: where one is, and what can be done there. */
export function PageHead({ title, children, back }: { title: ReactNode; children?: ReactNode; back?: string }) {
  return (
    <header className="page-head">
      {back && <Link to={back} className="icon-button" aria-label="Back"><Icon name="left" /></Link>}
      <h1>{title}</h1>
      <div className="page-actions">{children}</div>
    </header>
  );
}

/** For pages that only admins have. */
export function AdminsOnly({ children }: { children: ReactNode }) {
  const { isAdmin } = useMe();
  if (isAdmin) return children;
  return <div className="empty"><span className="empty-icon"><Icon name="lock" size={22} /></span><h2>Only admins come here</h2><div>Ask an admin of your team to change this, or to make you one.</div></div>;
}

export { Button, Skeleton };
