// One circuit per worker: core/breaker.ts decides, this remembers and wakes.

import { afterTrouble, allowance, type Circuit, CLOSED } from '../core/breaker.ts';
import type { Clock } from '../ports/system.ts';

interface Watched {
  circuit: Circuit;
  /** Calls let through while it was open, to try. */
  trying: number;
  cancelWake: (() => void) | null;
}

export class Circuits {
  readonly #clock: Clock;
  readonly #wake: (worker: string) => void;
  readonly #workers = new Map<string, Watched>();

  /** @param wake  called when a worker may be tried again */
  constructor(clock: Clock, wake: (worker: string) => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Calls that may begin now. */
  allowed(worker: string): number {
    const watched = this.#workers.get(worker);
    if (!watched) return Number.POSITIVE_INFINITY;
    switch (allowance(watched.circuit, this.#clock.now())) {
      case 'all':
        return Number.POSITIVE_INFINITY;
      case 'one':
        return watched.trying > 0 ? 0 : 1;
      case 'none':
        return 0;
    }
  }

  /**
   * A call is to begin. Between a look at `allowed` and this, messages are claimed: other nodes of the worker may have looked.
   * @returns false when it may not; then it does not end either
   */
  begin(worker: string): boolean {
    const watched = this.#workers.get(worker);
    if (!watched || watched.circuit.openUntil === null) return true;
    if (this.allowed(worker) === 0) return false;
    watched.trying++;
    return true;
  }

  end(worker: string, what: 'answer' | 'unreachable' | 'unanswered'): void {
    const before = this.#workers.get(worker);
    if (what === 'answer') {
      if (!before) return;
      const wasOpen = before.circuit.openUntil !== null;
      before.cancelWake?.();
      this.#workers.delete(worker);
      if (wasOpen) this.#wake(worker);
      return;
    }
    const watched = before ?? { circuit: CLOSED, trying: 0, cancelWake: null };
    watched.trying = Math.max(0, watched.trying - 1);
    watched.circuit = afterTrouble(watched.circuit, what, this.#clock.now());
    this.#workers.set(worker, watched);
    if (watched.circuit.openUntil !== null) {
      watched.cancelWake?.();
      watched.cancelWake = this.#clock.at(watched.circuit.openUntil, () => this.#wake(worker));
    }
  }

  /** Workers that are not called at the moment, with the instant of the next try. */
  open(): ReadonlyMap<string, number> {
    const open = new Map<string, number>();
    for (const [worker, { circuit }] of this.#workers)
      if (circuit.openUntil !== null) open.set(worker, circuit.openUntil);
    return open;
  }

  /** The worker came (back) by itself: do not wait for the pause to end. */
  reset(worker: string): void {
    const watched = this.#workers.get(worker);
    watched?.cancelWake?.();
    this.#workers.delete(worker);
  }

  stop(): void {
    for (const { cancelWake } of this.#workers.values()) cancelWake?.();
    this.#workers.clear();
  }
}
