// Which page stands at which address (API 36), and who may see it.

import { lazy, Suspense, useEffect } from "react";
import { Redirect, Route, Switch, useLocation, useSearch } from "wouter";
import { useQuery } from "@tanstack/react-query";
import type { AuthConfig } from "@dispatch-server/client";
import { api } from "./lib/api";
import { useBrands, useSession } from "./lib/query";
import { Empty, Skeleton, Toasts, Trouble } from "./ui/parts";
import { Boundary } from "./ui/boundary";
import { Shell } from "./ui/shell";
import { TicketsPage } from "./pages/tickets";

const ticketPage = () => import("./pages/ticket");
const TicketPage = lazy(() => ticketPage().then((page) => ({ default: page.TicketPage })));
const sign = () => import("./pages/sign");
const Login = lazy(() => sign().then((page) => ({ default: page.Login })));
const Setup = lazy(() => sign().then((page) => ({ default: page.Setup })));
const Invitation = lazy(() => sign().then((page) => ({ default: page.Invitation })));
const people = () => import("./pages/people");
const Customers = lazy(() => people().then((page) => ({ default: page.Customers })));
const CustomerPage = lazy(() => people().then((page) => ({ default: page.CustomerPage })));
const Companies = lazy(() => people().then((page) => ({ default: page.Companies })));
const CompanyPage = lazy(() => people().then((page) => ({ default: page.CompanyPage })));
const account = () => import("./pages/account");
const Team = lazy(() => account().then((page) => ({ default: page.Team })));
const Keys = lazy(() => account().then((page) => ({ default: page.Keys })));
const ProfilePage = lazy(() => account().then((page) => ({ default: page.ProfilePage })));
const AccountLog = lazy(() => import("./settings/log").then((page) => ({ default: page.AccountLog })));
const Stats = lazy(() => import("./pages/stats").then((page) => ({ default: page.Stats })));
const MailPage = lazy(() => import("./pages/mail").then((page) => ({ default: page.MailPage })));
const brands = () => import("./pages/brands");
const BrandsPage = lazy(() => brands().then((page) => ({ default: page.BrandsPage })));
const Start = lazy(() => brands().then((page) => ({ default: page.Start })));
const Settings = lazy(() => import("./settings/settings").then((page) => ({ default: page.Settings })));

export function Missing() {
  return (
    <Empty icon="search" title="There is no such page">
      <a className="button" href="/queue">Go to the queue</a>
    </Empty>
  );
}

/** Before anybody is signed in. */
function Outside() {
  const [path] = useLocation();
  const config = useQuery({ queryKey: ["auth-config"], queryFn: () => api.request<AuthConfig>("GET", "/auth/config") });
  if (config.isPending) return null;
  if (config.error) return <Trouble error={config.error} retry={() => void config.refetch()} />;
  return (
    <Switch>
      <Route path="/setup"><Setup config={config.data} /></Route>
      <Route path="/login"><Login config={config.data} /></Route>
      <Route><Redirect to={path === "/" || path === "/queue" ? "/login" : `/login?next=${encodeURIComponent(path + location.search)}`} replace /></Route>
    </Switch>
  );
}

function Home() {
  const { data: brands } = useBrands();
  if (!brands) return <Skeleton />;
  return <Redirect to={brands.length === 0 ? "/brands" : "/queue"} replace />;
}

/** What stands in the address of the sign-in page is a path of ours and nothing else. */
function nextPath(search: string): string {
  const next = new URLSearchParams(search).get("next") ?? "/";
  return /^\/(?![/\\])/.test(next) ? next : "/";
}

function Inside() {
  const search = useSearch();
  useEffect(() => {
    // The page that is opened next is most likely a ticket: its code is here before the click.
    const timer = setTimeout(() => void ticketPage(), 400);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Shell>
      <Boundary>
      <Suspense fallback={<Skeleton />}>
        <Switch>
          <Route path="/"><Home /></Route>
          <Route path="/login"><Redirect to={nextPath(search)} replace /></Route>
          <Route path="/setup"><Redirect to="/" replace /></Route>
          <Route path="/queue"><TicketsPage key="queue" /></Route>
          <Route path="/stats"><Stats /></Route>
          <Route path="/brands"><BrandsPage /></Route>
          <Route path="/team"><Team /></Route>
          <Route path="/api-keys"><Keys /></Route>
          <Route path="/profile"><ProfilePage /></Route>
          <Route path="/audit-log"><AccountLog /></Route>
          <Route path="/brands/:id/start">{({ id }) => <Start brandId={id} />}</Route>
          <Route path="/brands/:id/tickets">{({ id }) => <TicketsPage key={id} brandId={id} />}</Route>
          <Route path="/brands/:id/spam">{({ id }) => <TicketsPage key={`spam-${id}`} brandId={id} spam />}</Route>
          <Route path="/brands/:id/tickets/:ticketId">{({ id, ticketId }) => <TicketPage key={ticketId} brandId={id} ticketId={ticketId} />}</Route>
          <Route path="/brands/:id/customers">{({ id }) => <Customers key={id} brandId={id} />}</Route>
          <Route path="/brands/:id/customers/:customerId">{({ id, customerId }) => <CustomerPage key={customerId} brandId={id} customerId={customerId} />}</Route>
          <Route path="/brands/:id/companies">{({ id }) => <Companies key={id} brandId={id} />}</Route>
          <Route path="/brands/:id/companies/:companyId">{({ id, companyId }) => <CompanyPage key={companyId} brandId={id} companyId={companyId} />}</Route>
          <Route path="/brands/:id/mail">{({ id }) => <MailPage key={id} brandId={id} />}</Route>
          <Route path="/brands/:id/settings/:section?">{({ id, section }) => <Settings key={id} brandId={id} section={section ?? "general"} />}</Route>
          <Route path="/brands/:id">{({ id }) => <Redirect to={`/brands/${id}/tickets`} replace />}</Route>
          <Route><Missing /></Route>
        </Switch>
      </Suspense>
      </Boundary>
    </Shell>
  );
}

export function App() {
  const session = useSession();
  const [path] = useLocation();
  if (session.isPending) return null;
  if (session.error) return <Trouble error={session.error} retry={() => void session.refetch()} />;
  const invite = /^\/invite\/([^/]+)$/.exec(path);
  return (
    <>
      <Suspense fallback={null}>{invite ? <Invitation token={decodeURIComponent(invite[1] ?? "")} /> : session.data ? <Inside /> : <Outside />}</Suspense>
      <Toasts />
    </>
  );
}
