// Time and chance come through here, so that tests need not wait and know what comes.

/** What a transport takes from its surroundings. */
export interface World {
  /** The time, in milliseconds. */
  now(): number;
  /** A number from 0 up to 1. */
  random(): number;
  /** A new idempotency key. */
  key(): string;
  /** Waits; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back after a while, unless the function that it gives is called before. */
  after(ms: number, then: () => void): () => void;
}

/** The longest that timers can be set to; a longer time limit is none. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** The real surroundings. */
export const SYSTEM: World = {
  now: () => Date.now(),
  random: () => Math.random(),
  key: newKey,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      if (signal?.aborted) stop();
      else signal?.addEventListener("abort", stop, { once: true });
    }),
  after: (ms, then) => {
    if (!(ms <= TIMER_MS_MAX)) return () => undefined;
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** `crypto` is not global in Node 18 and hides `randomUUID` on pages without https: a key need only be unlike others. */
function newKey(): string {
  const { crypto } = globalThis;
  if (typeof crypto?.randomUUID === "function") return crypto.randomUUID();
  let key = "";
  while (key.length < 32) key += Math.floor(Math.random() * 36).toString(36);
  return key;
}
