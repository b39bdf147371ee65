// When which subscription is visited: at once when it changed, and again after growing pauses as long as it fails. The
// pauses are in the records, so a restart changes nothing about them.

import type { Log } from '@sluice/engine';
import type { WebhookBook } from './book.ts';
import type { Subscriber } from './subscriber.ts';

const MOST_AT_ONCE = 8;
/** Timers of Node go no further; it looks again then. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** When the store itself is in trouble. */
const TROUBLE_MS = 5_000;
const CLOSE_MS = 2_000;

export class Visits {
  readonly #book: WebhookBook;
  readonly #subscriber: Subscriber;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #underway = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #state: 'new' | 'open' | 'closed' = 'new';

  constructor(book: WebhookBook, subscriber: Subscriber, now: () => number, log: Log) {
    this.#book = book;
    this.#subscriber = subscriber;
    this.#now = now;
    this.#log = log;
  }

  open(): void {
    this.#state = 'open';
    this.plan();
  }

  /** Let what is due begin, and set the clock for the rest. */
  plan(): void {
    if (this.#state !== 'open') return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    let next = Number.POSITIVE_INFINITY;
    for (const { id, nextTryAt } of this.#book.all()) {
      if (nextTryAt === null || this.#underway.has(id)) continue;
      if (nextTryAt > this.#now()) next = Math.min(next, nextTryAt);
      else if (this.#underway.size < MOST_AT_ONCE) void this.#begin(id);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.plan(), Math.min(LONGEST_TIMER_MS, next - this.#now())).unref();
  }

  /** Visit one now. Resolved when that is over, or after `waitMs`; it goes on then. */
  async now(id: string, waitMs: number): Promise<void> {
    if (this.#state !== 'open') return;
    const before = this.#underway.get(id);
    // What is under way may have begun before the change that is to be seen to.
    const visit = before ? before.then(() => this.#begin(id)) : this.#begin(id);
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, waitMs);
    });
    await Promise.race([visit, enough]);
    clearTimeout(timer);
  }

  /** What is under way may end, but not for long: it is taken up at the next start. */
  async close(): Promise<void> {
    this.#state = 'closed';
    if (this.#timer) clearTimeout(this.#timer);
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, CLOSE_MS);
    });
    await Promise.race([Promise.allSettled(this.#underway.values()), enough]);
    clearTimeout(timer);
  }

  #begin(id: string): Promise<void> {
    const before = this.#underway.get(id);
    if (before) return before;
    if (this.#state === 'closed') return Promise.resolve();
    const visit = this.#visit(id).then((well) => {
      this.#underway.delete(id);
      if (well) this.plan();
      else this.#later();
    });
    this.#underway.set(id, visit);
    return visit;
  }

  /** @returns false when not even the record could be written */
  async #visit(id: string): Promise<boolean> {
    try {
      await this.#subscriber.visit(id);
      return true;
    } catch (error) {
      if (this.#state === 'open') this.#log.error('A subscription could not be seen to.', { id, error });
      return false;
    }
  }

  #later(): void {
    if (this.#state !== 'open') return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.plan(), TROUBLE_MS).unref();
  }
}
