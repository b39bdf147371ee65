// Durations of many things over time: the last hour by minutes, the last week by hours. What is kept is bounded by the
// number of things and of hours, never by how much passes.

import { Durations, type StoredDurations } from './durations.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const MINUTES_KEPT = 61;
const HOURS_KEPT = 7 * 24 + 1;
/** What more there is has no name of its own. */
export const OTHERS = '(others)';

type Slot = Map<string, Durations>;

export class Timeline {
  readonly #minutes = new Map<number, Slot>();
  readonly #hours = new Map<number, Slot>();
  readonly #known = new Set<string>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(key: string, at: number, ms: number, failed: boolean): void {
    const name = this.#nameOf(key);
    durationsIn(this.#minutes, at - (at % MINUTE), name, MINUTES_KEPT).add(ms, failed);
    durationsIn(this.#hours, at - (at % HOUR), name, HOURS_KEPT).add(ms, failed);
  }

  /** What was counted from then on: by minutes when that is within the last hour, else by hours. */
  since(from: number, now: number): Slot {
    const slots = now - from <= HOUR ? this.#minutes : this.#hours;
    const sum: Slot = new Map();
    for (const [at, slot] of slots)
      if (at >= from) for (const [key, durations] of slot) durationsOf(sum, key).merge(durations);
    return sum;
  }

  /** An hour as it is stored. */
  hour(at: number): Record<string, StoredDurations> {
    return Object.fromEntries([...(this.#hours.get(at) ?? [])].map(([key, durations]) => [key, durations.toJSON()]));
  }

  /** Take up an hour that was stored. */
  restore(at: number, stored: Readonly<Record<string, StoredDurations>>): void {
    for (const [key, durations] of Object.entries(stored))
      durationsIn(this.#hours, at, this.#nameOf(key), HOURS_KEPT).merge(Durations.from(durations));
  }

  #nameOf(key: string): string {
    if (this.#known.has(key)) return key;
    if (this.#known.size >= this.#most) return OTHERS;
    this.#known.add(key);
    return key;
  }
}

function durationsIn(slots: Map<number, Slot>, at: number, key: string, kept: number): Durations {
  let slot = slots.get(at);
  if (!slot) {
    slot = new Map();
    slots.set(at, slot);
    // In the order they were made, the oldest first.
    for (const old of slots.keys()) if (slots.size > kept) slots.delete(old);
  }
  return durationsOf(slot, key);
}

function durationsOf(slot: Slot, key: string): Durations {
  let durations = slot.get(key);
  if (!durations) {
    durations = new Durations();
    slot.set(key, durations);
  }
  return durations;
}
