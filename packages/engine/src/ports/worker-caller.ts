// Calls the service that hosts an action, over whatever transport it joined by.

import type { Called, CallTarget, ChainLink, StepCall } from '@sluice/protocol';

/** Steps that a worker may do one after the other, each with what the one before it forwarded, without being called again. */
export interface Chain {
  readonly links: readonly ChainLink[];
  /**
   * A step is done and the worker went on with the next one. Told in order, and before the result of the call, which is
   * that of the last step done.
   */
  passed(outcome: Forward, durationMs: number): void;
}

export type Forward = Extract<Called, { kind: 'forward' }>;

export interface WorkerCaller {
  /**
   * Calls the worker can take now, beyond those under way. 0 = none: not connected, draining, or no credit left.
   * An unknown worker is one that is not connected: its messages wait (R41).
   */
  capacity(worker: string): number;

  /**
   * One call (E6). Never rejects: what went wrong is a result as well.
   * @param timeoutMs  honoured to the millisecond by the caller; afterwards the result is `unanswered`
   * @param signal  nobody waits for the answer any more: the worker is told, the result is `unanswered`
   * @param chain  the worker need not go on with it; each of its steps has a timeout of its own
   */
  call(worker: string, call: StepCall, timeoutMs: number, signal?: AbortSignal, chain?: Chain): Promise<Called>;

  /** Does the worker go on by itself where it may? */
  chains(worker: string): boolean;

  /**
   * Limit keys that hold for every call of an action, whatever it comes from, those of one user first; `[]` for none.
   * Asked for every message: it takes next to no time.
   */
  limits(worker: string, target: CallTarget, user: string): readonly string[];

  /** Called when a worker may have capacity again. */
  onCapacity(listener: (worker: string) => void): void;

  /** Called when a worker joined or came back: whatever was wrong with it before is over. */
  onArrival(listener: (worker: string) => void): void;
}
