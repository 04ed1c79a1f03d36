// What others do, as it happens. One page holds few streams: a browser opens six connections to a server at most, so
// a page that shows more brands asks for their news instead. A hidden page listens to nothing and catches up later.

import { useEffect, useRef } from "react";
import { type StreamEvent, DispatchTicketsError } from "@dispatch-server/client";
import { api } from "./api";

const STREAMS_MAX = 2;
const POLL_MS = 5_000;
const RETRY_MS = 5_000;
const PAGES_MAX = 5;

const wait = (ms: number, signal: AbortSignal) => new Promise<void>((resolve) => {
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
});

export function useLive(brandIds: string[], ticketId: string | undefined, onEvent: (event: StreamEvent) => void, onBack?: () => void) {
  const latest = useRef({ onEvent, onBack });
  latest.current = { onEvent, onBack };
  const key = brandIds.join(",");
  useEffect(() => {
    if (key === "") return;
    const positions = new Map<string, string>();
    let stop = new AbortController();

    const take = (brandId: string, event: StreamEvent) => {
      if (event.type !== "presence" && event.sequence !== undefined) positions.set(brandId, String(event.sequence));
      latest.current.onEvent(event);
    };
    const stream = async (brandId: string, signal: AbortSignal) => {
      while (!signal.aborted) {
        try {
          const after = positions.get(brandId);
          for await (const event of api.events.stream(brandId, { ...(ticketId && { ticketId }), ...(after && { after }) }, { signal })) take(brandId, event);
        } catch (error) {
          if (signal.aborted) return;
          // A position that is not kept any more: begin anew from what is there.
          if (error instanceof DispatchTicketsError && error.status === 400) positions.delete(brandId);
          if (error instanceof DispatchTicketsError && [401, 403, 404].includes(error.status ?? 0)) return;
        }
        await wait(RETRY_MS, signal);
        latest.current.onBack?.();
      }
    };
    const poll = async (brandId: string, signal: AbortSignal) => {
      while (!signal.aborted) {
        try {
          for (let page = 0; page < PAGES_MAX && !signal.aborted; page++) {
            const news = await api.events.list(brandId, { after: positions.get(brandId) ?? "now", limit: 100 }, { signal });
            positions.set(brandId, news.position);
            for (const event of news.data) latest.current.onEvent(event as StreamEvent);
            if (!news.pagination.hasMore) break;
          }
        } catch (error) {
          if (error instanceof DispatchTicketsError && [401, 403, 404].includes(error.status ?? 0)) return;
        }
        await wait(POLL_MS, signal);
      }
    };
    const start = () => {
      stop = new AbortController();
      key.split(",").forEach((brandId, index) => void (index < STREAMS_MAX ? stream : poll)(brandId, stop.signal));
    };
    const seen = () => {
      if (document.hidden) stop.abort();
      else if (stop.signal.aborted) {
        start();
        latest.current.onBack?.();
      }
    };
    if (!document.hidden) start();
    else stop.abort();
    document.addEventListener("visibilitychange", seen);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      stop.abort();
    };
  }, [key, ticketId]);
}
