// Limits on guessing, in bounded memory, and of no use to lock out somebody else.
//
// Wrong credentials count for the network that they come from; wrong passwords also for the user that they are for, which
// slows down those who guess from many networks. A network from which a user came with the right password is not held up by
// what others do to that user. What cannot be guessed (keys, signatures, certificates, tokens) is judged even where a network
// has to wait, so a right one always passes.

import { SluiceError } from '@sluice/protocol';

export interface GuessLimits {
  /** Wrong ones without a wait. Default 20. */
  readonly free: number;
  /** Wait after the first one beyond; doubles with each further one. Default 1 s. */
  readonly firstWaitMs: number;
  /** Default 5 minutes. */
  readonly mostWaitMs: number;
}

export const DEFAULT_GUESSES: GuessLimits = { free: 20, firstWaitMs: 1_000, mostWaitMs: 300_000 };

const FORGET_AFTER_MS = 600_000;
const MAX_ENTRIES = 10_000;

export class Guesses {
  readonly #networks: Counts;
  readonly #users: Counts;
  /** `user network` that was right before; the oldest makes room. */
  readonly #familiar = new Set<string>();

  constructor(limits: GuessLimits, now: () => number) {
    this.#networks = new Counts(limits, now);
    this.#users = new Counts(limits, now);
  }

  /** @throws SluiceError `gateway.too_many_attempts` while nothing may be tried from there, or for this user */
  mayTry(network: string, user: string): void {
    const waits = this.#familiar.has(`${user} ${network}`) ? 0 : this.#users.waitOf(user);
    const retryAfterMs = Math.max(waits, this.#networks.waitOf(network));
    if (retryAfterMs > 0) throw new SluiceError('gateway.too_many_attempts', { retryAfterMs });
  }

  /** Counted before it is judged, so that many at once gain nothing. @param user  null when there is none of this name */
  attempt(network: string, user: string | null): void {
    this.#networks.add(network);
    if (user !== null) this.#users.add(user);
  }

  /** It was right; says nothing of the others. */
  takeBack(network: string, user: string): void {
    this.#networks.takeBack(network);
    this.#users.takeBack(user);
    if (this.#familiar.size >= MAX_ENTRIES) this.#familiar.delete(this.#familiar.values().next().value!);
    this.#familiar.add(`${user} ${network}`);
  }

  /** Something that cannot be guessed was wrong. @throws SluiceError `gateway.too_many_attempts` when that came too often */
  wrong(network: string): void {
    const retryAfterMs = this.#networks.waitOf(network);
    if (retryAfterMs > 0) throw new SluiceError('gateway.too_many_attempts', { retryAfterMs });
    this.#networks.add(network);
  }

  /** How long a network has to wait, in ms. */
  waitOf(network: string): number {
    return this.#networks.waitOf(network);
  }
}

interface Count {
  readonly wrong: number;
  readonly at: number;
  readonly until: number;
}

class Counts {
  readonly #limits: GuessLimits;
  readonly #now: () => number;
  /** In the order of their last attempt, so that what is forgotten first is what has rested longest. */
  readonly #counts = new Map<string, Count>();

  constructor(limits: GuessLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  waitOf(key: string): number {
    return Math.max(0, (this.#counts.get(key)?.until ?? 0) - this.#now());
  }

  add(key: string): void {
    const now = this.#now();
    const known = this.#counts.get(key);
    const wrong = known && known.at + FORGET_AFTER_MS > now ? known.wrong + 1 : 1;
    const { free, firstWaitMs, mostWaitMs } = this.#limits;
    const wait = wrong < free ? 0 : Math.min(mostWaitMs, firstWaitMs * 2 ** Math.min(30, wrong - free));
    this.#counts.delete(key);
    if (this.#counts.size >= MAX_ENTRIES) this.#counts.delete(this.#counts.keys().next().value!);
    this.#counts.set(key, { wrong, at: now, until: now + wait });
  }

  takeBack(key: string): void {
    const known = this.#counts.get(key);
    if (known) this.#counts.set(key, { ...known, wrong: known.wrong - 1, until: known.at });
  }
}
