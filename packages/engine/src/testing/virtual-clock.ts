// A clock that stands still until it is told to go: a test of thirty days takes milliseconds (B7).

import type { Clock } from '../ports/system.ts';

export class VirtualClock implements Clock {
  readonly began: number;
  readonly #settled: () => Promise<void>;
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();
  #now: number;

  /** @param settled  resolves when nothing can go on without the clock */
  constructor(settled: () => Promise<void>, began = Date.UTC(2026, 0, 1)) {
    this.#settled = settled;
    this.began = began;
    this.#now = began;
  }

  now(): number {
    return this.#now;
  }

  at(at: number, run: () => void): () => void {
    const timer = { at, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** The instant for which something waits first, or null. */
  next(): number | null {
    let next: number | null = null;
    for (const { at } of this.#timers) if (next === null || at < next) next = at;
    return next;
  }

  /** Go on by so many milliseconds, ringing every timer at its time, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#settled();
    for (let next = this.next(); next !== null && next <= end; next = this.next()) {
      this.#now = Math.max(this.#now, next);
      for (const timer of this.#timers) {
        if (timer.at !== next) continue;
        this.#timers.delete(timer);
        timer.run();
        await this.#settled();
        break;
      }
    }
    this.#now = Math.max(this.#now, end);
    await this.#settled();
  }
}
