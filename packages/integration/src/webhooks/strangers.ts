// How often somebody may be wrong about an address. Who knows an address is never held up by it.

const PER_MINUTE = 60;
const MINUTE_MS = 60_000;
/** Callers that are remembered at once; when there are more, all count as one. */
const MOST_CALLERS = 10_000;
const THE_REST = '*';

export class Strangers {
  static readonly perMinute = PER_MINUTE;
  readonly #now: () => number;
  readonly #misses = new Map<string, number>();
  #since = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns whether this one may be told that it was wrong */
  mayMiss(from: string): boolean {
    const now = this.#now();
    if (now - this.#since >= MINUTE_MS) {
      this.#since = now;
      this.#misses.clear();
    }
    const caller = this.#misses.has(from) || this.#misses.size < MOST_CALLERS ? from : THE_REST;
    const misses = (this.#misses.get(caller) ?? 0) + 1;
    this.#misses.set(caller, misses);
    return misses <= PER_MINUTE;
  }
}
