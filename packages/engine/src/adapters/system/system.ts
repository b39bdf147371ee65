// The real clock and the real dice.

import { hash } from 'node:crypto';
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

export const systemIds: Ids = {
  process: (at) => v7({ msecs: at }),
  digest: (text) => hash('sha1', text, 'base64url').slice(0, 16),
  random: Math.random,
};
