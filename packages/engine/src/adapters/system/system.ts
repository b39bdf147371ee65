// The real clock and the real dice.

import { hash, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import type { Clock, Ids } from '../../ports/system.ts';

/** Longest time a timer of the platform can wait; later instants are waited for in turns. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  at(at, run) {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      const left = at - Date.now();
      timer = left > MAX_TIMER_MS ? setTimeout(wait, MAX_TIMER_MS) : setTimeout(run, Math.max(0, left));
    };
    wait();
    return () => clearTimeout(timer);
  },
};

/** Random bytes are fetched a page at a time: one call for each id would cost more than the rest of it. */
const pool = new Uint8Array(4_096);
let used = pool.length;

function randomBytes16(): Uint8Array {
  if (used + 16 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.slice(used - 16, used);
}

export const systemIds: Ids = {
  process: (at) => v7({ msecs: at, rng: randomBytes16 }),
  derived: (at, text) => v7({ msecs: at, random: hash('sha1', text, 'buffer').subarray(0, 16) }),
  digest: (text) => hash('sha1', text, 'base64url').slice(0, 16),
  random: Math.random,
};
