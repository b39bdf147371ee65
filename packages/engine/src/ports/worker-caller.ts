// Calls the service that hosts an action, over whatever transport it joined by.

import type { CallResult, StepCall } from '@sluice/protocol';

export interface WorkerCaller {
  /**
   * Calls the worker can take now, beyond those under way. 0 = none: not connected, draining, or no credit left.
   * An unknown worker is one that is not connected: its messages wait (R41).
   */
  capacity(worker: string): number;

  /**
   * One call (E6). Never rejects: what went wrong is a CallResult as well.
   * @param timeoutMs  honoured to the millisecond by the caller; afterwards the result is `unanswered`
   */
  call(worker: string, call: StepCall, timeoutMs: number): Promise<CallResult>;

  /** Called when a worker may have capacity again. */
  onCapacity(listener: (worker: string) => void): void;

  /** Called when a worker joined or came back: whatever was wrong with it before is over. */
  onArrival(listener: (worker: string) => void): void;
}
