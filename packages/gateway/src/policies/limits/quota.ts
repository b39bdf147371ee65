// Large limits, such as a million a month, counted in portions.
//
// The engine's limiter knows each permit by itself, which is right for a thousand a minute and too much for a million a month. Here a window is cut
// into 60 parts, and the store has one number for each: how many permits were taken in it. A request may go when the parts that
// a window could touch, 61 of them, hold less than the amount. So there are never more than `amount` in any window; what it costs is that
// permits come back up to one part late.
//
// A replica takes permits in portions, by compare-and-set, and uses them without asking again, within the part they were taken in. What is
// left of a portion goes back with the next one. Portions get smaller as the quota ends, so that the last permits are given out one by
// one and no replica keeps what another one needs. A crash forgets a portion, at most: those permits come back when its part leaves the window.

import type { DataStore } from '@sluice/engine';

const PARTS = 60;
const SPACE = 'gateway-quota';
const MOST_PORTION = 500;
/** Others are at the same number at the same time; each round one of them succeeds. */
const MOST_ROUNDS = 100;

/** Permits taken in a part, by its number. */
type Taken = Readonly<Record<string, number>>;

export interface QuotaRule {
  readonly amount: number;
  readonly windowMs: number;
}

export type Drawn = { readonly granted: true } | { readonly granted: false; readonly retryAfterMs: number };

const GRANTED: Drawn = { granted: true };

interface Portion {
  part: number;
  left: number;
  /** Somebody asks the store already. */
  asking: Promise<Drawn> | null;
  /** Used up: nothing will be there before. */
  emptyUntil: number;
}

export class Quotas {
  readonly #data: Pick<DataStore, 'get' | 'set'>;
  readonly #now: () => number;
  readonly #portions = new Map<string, Portion>();

  constructor(data: Pick<DataStore, 'get' | 'set'>, now: () => number) {
    this.#data = data;
    this.#now = now;
  }

  /** One permit of a key, or when there may be one. */
  async draw(key: string, rule: QuotaRule): Promise<Drawn> {
    let portion = this.#portions.get(key);
    if (!portion) {
      if (this.#portions.size >= 10_000) this.#forgetIdle();
      portion = { part: 0, left: 0, asking: null, emptyUntil: 0 };
      this.#portions.set(key, portion);
    }
    for (;;) {
      const now = this.#now();
      if (portion.part === partOf(rule, now) && portion.left > 0) {
        portion.left--;
        return GRANTED;
      }
      if (portion.emptyUntil > now) return { granted: false, retryAfterMs: portion.emptyUntil - now };
      portion.asking ??= this.#take(key, rule, portion).finally(() => {
        portion.asking = null;
      });
      const taken = await portion.asking;
      if (!taken.granted) return taken;
    }
  }

  /** Give back what is left: another replica may want it. */
  async close(): Promise<void> {
    for (const [key, portion] of this.#portions) {
      await portion.asking;
      if (portion.left > 0) await this.#change(key, null, (taken) => this.#returned(taken, portion));
      portion.left = 0;
    }
  }

  async #take(key: string, rule: QuotaRule, portion: Portion): Promise<Drawn> {
    let size = 0;
    let until = 0;
    await this.#change(key, rule, (before) => {
      const part = partOf(rule, this.#now());
      const taken = onlyAfter(this.#returned(before, portion), part - PARTS);
      const free = rule.amount - Object.values(taken).reduce((sum, one) => sum + one, 0);
      size = Math.max(0, Math.min(free, Math.max(1, Math.min(MOST_PORTION, Math.floor(free / 20)))));
      if (size === 0) {
        const oldest = Math.min(...Object.keys(taken).map(Number));
        until = Math.ceil((oldest + PARTS + 1) * lengthOf(rule));
        return null;
      }
      return { ...taken, [part]: (taken[part] ?? 0) + size };
    });
    if (size === 0) {
      // Another replica may give some back before; so it is asked for now and then.
      const now = this.#now();
      portion.emptyUntil = Math.min(until, now + 1_000);
      return { granted: false, retryAfterMs: Math.max(1, until - now) };
    }
    portion.part = partOf(rule, this.#now());
    portion.left = size;
    return GRANTED;
  }

  #returned(taken: Taken, { part, left }: Portion): Taken {
    return left === 0 || taken[part] === undefined ? taken : { ...taken, [part]: Math.max(0, taken[part] - left) };
  }

  /** @param make  the next value from the one that is there; null leaves it */
  async #change(key: string, rule: QuotaRule | null, make: (taken: Taken) => Taken | null): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const now = this.#now();
      const found = await this.#data.get(SPACE, key, now);
      const value = make((found?.value ?? {}) as Taken);
      if (value === null) return;
      const written = await this.#data.set(SPACE, key, value, now, {
        expected: found?.revision ?? null,
        expiresAt: rule ? now + rule.windowMs * 2 : (found?.expiresAt ?? null),
      });
      if (written.written) return;
    }
    throw new Error(`The quota ${key} is changed by too many at once.`);
  }

  #forgetIdle(): void {
    for (const [key, { left, asking }] of this.#portions) if (left === 0 && asking === null) this.#portions.delete(key);
  }
}

const lengthOf = ({ windowMs }: QuotaRule): number => windowMs / PARTS;
const partOf = (rule: QuotaRule, now: number): number => Math.floor(now / lengthOf(rule));

function onlyAfter(taken: Taken, part: number): Taken {
  return Object.fromEntries(Object.entries(taken).filter(([one, count]) => Number(one) >= part && count > 0));
}
