// Limits on guessing. An attempt is counted before it is judged, so that many at once gain nothing.

import { SluiceError } from '@sluice/protocol';

export interface AttemptLimits {
  /** Attempts without a wait. */
  readonly free: number;
  /** Wait after the first one beyond; doubles with each further one. */
  readonly firstWaitMs: number;
  readonly mostWaitMs: number;
}

const FORGET_AFTER_MS = 3_600_000;
const MAX_KEYS = 10_000;

interface Count {
  readonly attempts: number;
  readonly at: number;
  readonly until: number;
}

export class Attempts {
  readonly #limits: AttemptLimits;
  readonly #now: () => number;
  /** In the order of their last attempt, so that what is forgotten first is what has rested longest. */
  readonly #counts = new Map<string, Count>();

  constructor(limits: AttemptLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** @throws SluiceError `signin.too_many` while it has to wait; that one is not counted */
  begin(key: string): void {
    const now = this.#now();
    const known = this.#counts.get(key);
    if (known && known.until > now) throw new SluiceError('signin.too_many', { retryAfterMs: known.until - now });
    const attempts = known && known.at + FORGET_AFTER_MS > now ? known.attempts + 1 : 1;
    const { free, firstWaitMs, mostWaitMs } = this.#limits;
    const wait = attempts < free ? 0 : Math.min(mostWaitMs, firstWaitMs * 2 ** Math.min(30, attempts - free));
    this.#set(key, { attempts, at: now, until: now + wait });
  }

  /** It was right: nothing is counted any more. */
  forgive(key: string): void {
    this.#counts.delete(key);
  }

  /** It was right, but says nothing of the others with this key. */
  takeBack(key: string): void {
    const known = this.#counts.get(key);
    if (known) this.#counts.set(key, { ...known, attempts: known.attempts - 1, until: known.at });
  }

  #set(key: string, count: Count): void {
    this.#counts.delete(key);
    if (this.#counts.size >= MAX_KEYS) this.#counts.delete(this.#counts.keys().next().value!);
    this.#counts.set(key, count);
  }
}
