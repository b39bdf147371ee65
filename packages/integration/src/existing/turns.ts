// Permits in sliding windows, for limits that a message carries with it. One that gets none is told when its turn is:
// turns are a window apart for each `amount` of them, so that those who wait do not all come back at once.

interface Window {
  /** Instant from which each permit counts no more; infinite while its call is under way. */
  taken: number[];
  /** Instant of the last turn given away. */
  lastTurn: number;
  readonly turns: Map<string, number>;
}

export interface TurnPolicy {
  readonly key: string;
  readonly amount: number;
  readonly windowMs: number;
}

const MAX_WINDOWS = 20_000;
const LOOK_AGAIN_MS = 1_000;

export class Turns {
  readonly #windows = new Map<string, Window>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * One permit of each policy, or none.
   * @param id  the message, so that it is known when it comes at its turn
   * @returns to be called when its call has ended; or the instant of its turn, epoch ms
   */
  take(policies: readonly TurnPolicy[], id: string): (() => void) | number {
    const now = this.#now();
    let until = 0;
    for (const policy of policies) {
      const window = this.#window(policy);
      window.taken = window.taken.filter((freeAt) => freeAt > now);
      const free = policy.amount - window.taken.length;
      const mine = window.turns.get(id);
      // Newcomers stand behind all who wait.
      if (free > 0 && (mine === undefined ? free > window.turns.size : mine <= now)) continue;
      until = Math.max(until, this.#turn(window, policy, now, id));
    }
    if (until > 0) return until;
    const taken = policies.map((policy) => {
      const window = this.#window(policy);
      window.turns.delete(id);
      window.taken.push(Number.POSITIVE_INFINITY);
      return { window, policy };
    });
    return () => {
      for (const { window, policy } of taken) {
        const at = window.taken.indexOf(Number.POSITIVE_INFINITY);
        if (at >= 0) window.taken[at] = this.#now() + policy.windowMs;
      }
    };
  }

  #turn(window: Window, { amount, windowMs }: TurnPolicy, now: number, id: string): number {
    for (const [other, at] of window.turns) if (at + windowMs + 60_000 < now) window.turns.delete(other);
    const first = Math.min(...window.taken, now + windowMs);
    const earliest = Number.isFinite(first) ? first : now + Math.min(windowMs, LOOK_AGAIN_MS);
    const mine = window.turns.get(id);
    // Its turn came, and calls under way held the permits: it stays the next.
    const at = mine !== undefined && mine <= now ? earliest : Math.max(earliest, window.lastTurn + windowMs / amount);
    window.lastTurn = Math.max(window.lastTurn, at);
    window.turns.set(id, at);
    return Math.ceil(at);
  }

  #window({ key }: TurnPolicy): Window {
    let window = this.#windows.get(key);
    if (!window) {
      if (this.#windows.size >= MAX_WINDOWS) this.#forget();
      window = { taken: [], lastTurn: 0, turns: new Map() };
      this.#windows.set(key, window);
    }
    return window;
  }

  #forget(): void {
    const now = this.#now();
    for (const [key, { taken, turns }] of this.#windows)
      if (turns.size === 0 && taken.every((freeAt) => freeAt <= now)) this.#windows.delete(key);
  }
}
