// What others do, as it happens. One page holds few streams: a browser opens six connections to a server at most, for all
// its tabs, so news of more brands are asked for, one brand after the other. A hidden page holds no stream: it listens to
// nothing and catches up later, or asks now and then.

import { useEffect, useRef } from "react";
import { type StreamEvent, DispatchTicketsError } from "@dispatch-server/client";
import { api } from "./api";

const STREAMS_MAX = 2;
const POLL_MS = 5_000;
const POLL_HIDDEN_MS = 20_000;
/** However many brands there are, a page does not ask more often. */
const POLL_MIN_MS = 500;
const RETRY_MS = 5_000;
const PAGES_MAX = 5;

const wait = (ms: number, signal: AbortSignal) => new Promise<void>((resolve) => {
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
});

export interface Listening {
  ticketId?: string;
  types?: string[];
  streams?: number;
  whenHidden?: "stop" | "poll";
}

const isGone = (error: unknown) => error instanceof DispatchTicketsError && [401, 403, 404].includes(error.status ?? 0);
const isUnknown = (error: unknown) => error instanceof DispatchTicketsError && error.status === 400;

export function useLive(brandIds: string[], { ticketId, types, streams = STREAMS_MAX, whenHidden = "stop" }: Listening, onEvent: (event: StreamEvent) => void, onBack?: () => void) {
  const latest = useRef({ onEvent, onBack });
  latest.current = { onEvent, onBack };
  /** Kept over a new order of the brands: what happens meanwhile is not missed. */
  const kept = useRef(new Map<string, string>());
  const key = brandIds.join(",");
  const names = types?.join(",");
  useEffect(() => {
    if (key === "") return;
    const positions = kept.current;
    const narrowed = { ...(ticketId && { ticketId }), ...(names && { types: names.split(",") as never }) };
    let stop = new AbortController();

    const take = (brandId: string, event: StreamEvent) => {
      if (event.type !== "presence" && event.sequence !== undefined) positions.set(brandId, String(event.sequence));
      latest.current.onEvent(event);
    };
    const stream = async (brandId: string, signal: AbortSignal) => {
      while (!signal.aborted) {
        try {
          const after = positions.get(brandId);
          for await (const event of api.events.stream(brandId, { ...narrowed, ...(after && { after }) }, { signal })) take(brandId, event);
        } catch (error) {
          if (signal.aborted || isGone(error)) return;
          // A position that is not kept any more: begin anew from what is there.
          if (isUnknown(error)) positions.delete(brandId);
        }
        await wait(RETRY_MS, signal);
        latest.current.onBack?.();
      }
    };
    /** Asks for what is new in a brand; false when there is nothing to ask for any more. */
    const ask = async (brandId: string, signal: AbortSignal): Promise<boolean> => {
      try {
        for (let page = 0; page < PAGES_MAX && !signal.aborted; page++) {
          const news = await api.events.list(brandId, { ...narrowed, after: positions.get(brandId) ?? "now", limit: 100 }, { signal });
          positions.set(brandId, news.position);
          for (const event of news.data) latest.current.onEvent(event as StreamEvent);
          if (!news.pagination.hasMore) break;
        }
      } catch (error) {
        if (isUnknown(error)) positions.delete(brandId);
        return !isGone(error);
      }
      return true;
    };
    const poll = async (brands: string[], every: number, signal: AbortSignal) => {
      let asked = brands;
      while (!signal.aborted && asked.length > 0) {
        for (const brandId of asked) {
          if (signal.aborted) return;
          if (!(await ask(brandId, signal))) asked = asked.filter((one) => one !== brandId);
          await wait(Math.max(every / Math.max(asked.length, 1), POLL_MIN_MS), signal);
        }
      }
    };
    const start = () => {
      stop = new AbortController();
      const { signal } = stop;
      const brands = key.split(",");
      if (document.hidden) return void (whenHidden === "poll" && poll(brands, POLL_HIDDEN_MS, signal));
      for (const brandId of brands.slice(0, streams)) void stream(brandId, signal);
      void poll(brands.slice(streams), POLL_MS, signal);
    };
    const seen = () => {
      stop.abort();
      start();
      if (!document.hidden && whenHidden === "stop") latest.current.onBack?.();
    };
    start();
    document.addEventListener("visibilitychange", seen);
    return () => {
      document.removeEventListener("visibilitychange", seen);
      stop.abort();
    };
  }, [key, ticketId, names, streams, whenHidden]);
}
