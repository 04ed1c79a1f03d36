// Surroundings in which nobody waits: a sleep is over at once and remembered.
import { SYSTEM, type World } from "../../src/world.js";

export interface TestWorld extends World {
  /** How long each sleep was to take. */
  readonly slept: number[];
  /** The time limits that were set, in milliseconds. */
  readonly limits: number[];
  /** Lets the time limit of the present try pass. */
  expire(): void;
}

export function testWorld(more: Partial<World> = {}): TestWorld {
  const slept: number[] = [];
  const limits: number[] = [];
  let keys = 0;
  let limit: (() => void) | undefined;
  return {
    ...SYSTEM,
    slept,
    limits,
    expire: () => limit?.(),
    random: () => 0,
    key: () => `key-${++keys}`,
    sleep: async (ms) => {
      slept.push(ms);
    },
    after: (ms, then) => {
      limits.push(ms);
      limit = then;
      return () => {
        limit = undefined;
      };
    },
    ...more,
  };
}
