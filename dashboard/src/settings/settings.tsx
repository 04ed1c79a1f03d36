// Settings of a brand: the menu beside, one section in the middle.

import { lazy, Suspense, useEffect, useRef } from "react";
import { Link } from "wouter";
import { useBrand } from "../lib/query";
import { Icon } from "../ui/icons";
import { Empty, Skeleton } from "../ui/parts";
import { AdminsOnly, PageHead } from "../ui/shell";
import { General } from "./general";
import { Statuses } from "./statuses";

const lists = () => import("./lists");
const Categories = lazy(() => lists().then((page) => ({ default: page.Categories })));
const Tags = lazy(() => lists().then((page) => ({ default: page.Tags })));
const Fields = lazy(() => import("./fields").then((page) => ({ default: page.Fields })));
const Automations = lazy(() => import("./automations").then((page) => ({ default: page.Automations })));
const Connections = lazy(() => import("./connections").then((page) => ({ default: page.Connections })));
const Webhooks = lazy(() => import("./webhooks").then((page) => ({ default: page.Webhooks })));
const channels = () => import("./channels");
const MailSettings = lazy(() => channels().then((page) => ({ default: page.MailSettings })));
const PortalSettings = lazy(() => channels().then((page) => ({ default: page.PortalSettings })));
const SurveySettings = lazy(() => channels().then((page) => ({ default: page.SurveySettings })));
const BrandLog = lazy(() => import("./log").then((page) => ({ default: page.BrandLog })));

const SECTIONS = [
  ["Brand", [["general", "General", "settings", General], ["statuses", "Statuses", "circle", Statuses], ["categories", "Categories", "folder", Categories], ["tags", "Tags", "tag", Tags], ["fields", "Fields", "field", Fields]]],
  ["Workflow", [["automations", "Automations", "bolt", Automations], ["connections", "Connections", "plug", Connections], ["webhooks", "Webhooks", "hook", Webhooks]]],
  ["Channels", [["mail", "Mail", "mail", MailSettings], ["portal", "Portal", "globe", PortalSettings], ["survey", "Survey", "star", SurveySettings]]],
  ["History", [["log", "Audit log", "log", BrandLog]]],
] as const;

export function Settings({ brandId, section }: { brandId: string; section: string }) {
  const brand = useBrand(brandId);
  const all = SECTIONS.flatMap(([, rows]) => [...rows]);
  const found = all.find(([name]) => name === section);
  useEffect(() => { document.title = `${found?.[1] ?? "Settings"} · ${brand?.name ?? "Dispatch"}`; }, [found, brand]);
  // On a phone the sections are one row, wider than the page: the one that is shown is brought into it.
  const nav = useRef<HTMLElement>(null);
  useEffect(() => { nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }); }, [section, brand]);
  const Section = found?.[3];
  return (
    <AdminsOnly>
      <PageHead title={<>{brand?.name} <span className="faint">Settings</span></>} />
      <div className="settings">
        <nav ref={nav} className="settings-nav" aria-label="Settings">
          {SECTIONS.map(([title, rows]) => (
            <div key={title} style={{ display: "contents" }}>
              <h2>{title}</h2>
              {rows.map(([name, label, icon]) => (
                <Link key={name} to={`/brands/${brandId}/settings${name === "general" ? "" : `/${name}`}`} className={`nav-item ${name === section ? "here" : ""}`} aria-current={name === section ? "page" : undefined}><Icon name={icon} /><span>{label}</span></Link>
              ))}
            </div>
          ))}
        </nav>
        <div className="page">
          {Section ? <Suspense fallback={<Skeleton />}><Section key={brandId} brandId={brandId} /></Suspense> : <Empty icon="settings" title="There is no such section" />}
        </div>
      </div>
    </AdminsOnly>
  );
}
