// Tells of notices as the profile wishes: in the corner of the page, on the desktop, or not at all.

import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import type { StreamEvent } from "@dispatch-server/client";
import { useLive } from "./live";
import { gathered, NOTICE_TYPES, type Notice, noticeOf } from "./notices";
import { useBrands, useMe, useProfile } from "./query";
import { toast } from "./toast";

/** What comes within this time is told together. */
const GATHER_MS = 600;
/** What is kept for a page that nobody looks at; what is older is left to the list. */
const WAITING_MAX = 100;

/** Whether this browser shows notifications: "default" when nobody has asked it yet. */
export const desktopState = (): NotificationPermission | "missing" => ("Notification" in window ? Notification.permission : "missing");

function onDesktop(notice: Notice, open: () => void) {
  if (desktopState() !== "granted") return;
  try {
    // Tabs that tell the same under one tag show it once.
    const shown = new Notification(notice.text, { body: notice.detail, tag: notice.id, icon: "/icon.svg" });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  } catch {
    // Browsers of phones show notifications to service workers alone.
  }
}

export function useNotify(looking: string | undefined) {
  const { member } = useMe();
  const { data: brands } = useBrands();
  const { data: profile } = useProfile();
  const [path, go] = useLocation();
  const now = useRef({ path, profile, go });
  now.current = { path, profile, go };
  const waiting = useRef({ toast: [] as Notice[], desktop: [] as Notice[], timer: 0 });

  const tell = () => {
    const { toast: short, desktop } = waiting.current;
    waiting.current.timer = 0;
    waiting.current.desktop = [];
    for (const notice of gathered(desktop)) onDesktop(notice, () => now.current.go(notice.path));
    // A message in the corner is gone after some seconds: it waits for somebody to read it.
    if (document.hidden) return;
    waiting.current.toast = [];
    for (const notice of gathered(short)) toast(notice.text, { action: { label: "Open", run: () => now.current.go(notice.path) } });
  };
  const take = (event: StreamEvent) => {
    const { profile: wishes, path: here } = now.current;
    const notice = noticeOf(event, member.id);
    if (!notice || !wishes) return;
    const watched = !document.hidden && document.hasFocus();
    if (watched && here === notice.path) return;
    const { current } = waiting;
    if (wishes.notifyToast) current.toast = [...current.toast, notice].slice(-WAITING_MAX);
    if (wishes.notifyDesktop && !watched) current.desktop = [...current.desktop, notice].slice(-WAITING_MAX);
    current.timer ||= window.setTimeout(tell, GATHER_MS);
  };
  useEffect(() => {
    const { current } = waiting;
    const back = () => {
      if (!document.hidden && current.toast.length > 0) current.timer ||= window.setTimeout(tell, GATHER_MS);
    };
    document.addEventListener("visibilitychange", back);
    return () => {
      document.removeEventListener("visibilitychange", back);
      clearTimeout(current.timer);
    };
  }, []);
  // The brand that is looked at is listened to; of the others news are asked for.
  const ids = (brands ?? []).map((brand) => brand.id).sort((a, b) => Number(b === looking) - Number(a === looking));
  const wanted = !!profile && (profile.notifyToast || profile.notifyDesktop);
  useLive(wanted ? ids : [], { types: NOTICE_TYPES, streams: 1, whenHidden: "poll" }, take);
}
