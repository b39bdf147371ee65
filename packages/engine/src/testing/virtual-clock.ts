// A clock that stands still until it is told to go: a test of thirty days takes milliseconds (B7).

import type { Clock } from '../ports/system.ts';

/** Let everything run that can run without the clock: promises, messages of threads, events of sockets. */
export async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export class VirtualClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  at(at: number, run: () => void): () => void {
    const timer = { at, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Go on by so many milliseconds, ringing every timer at its time, in order. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = [...this.#timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}
