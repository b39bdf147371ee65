// The one atomic port: everything that must happen together, and nothing else.
//
// What it promises, and testing/*.contract.ts holds every adapter to:
//   E1  a resolved promise means: on disk, synced
//   E2  a message is in exactly one state; the ledger of the store balances at every instant
//   E3  a step changes message, emissions, process and ledger together or not at all
//   E5  a process ends exactly once, in the step that closes its last open message, and the end is itself recorded
//   O1  of equal ordering keys in one queue, only the earliest live message is ever claimable
//   a step may start other processes and join parked parts: they are of the same commit
//   a message that waits for a process it called is ready in the commit that ends this process
//   leases are exclusive: two claims never return the same message before it was given back, committed, or its holder died

import type { Acceptance } from '../core/acceptance.ts';
import type { Message } from '../core/message.ts';
import type { ProcessStatus, Step } from '../core/step.ts';
import type { AttemptRecord } from './read-model.ts';

export type { Acceptance } from '../core/acceptance.ts';

export type Accepted =
  | { readonly kind: 'accepted'; readonly processId: string; readonly ended: ProcessStatus | null }
  | { readonly kind: 'duplicate'; readonly processId: string }
  | { readonly kind: 'conflict'; readonly processId: string };

export type Committed =
  | {
      readonly applied: true;
      /** Set when this step ended the process. */
      readonly ended: ProcessStatus | null;
      /** Other processes that ended with it, because their last messages were parts of the whole. */
      readonly also?: readonly { readonly processId: string; readonly ended: ProcessStatus }[];
    }
  /** The lease was lost, or the message is no longer where the step expected it: nothing changed. */
  | {
      readonly applied: false /** Only the parts it joins are not: the lease still holds. */;
      readonly stale?: boolean;
    };

export interface MessageStore {
  /** Store a start, its process and its first messages (E1). */
  accept(acceptance: Acceptance): Promise<Accepted>;

  /**
   * Lease the oldest ready messages of a queue.
   * @param max  1 to 1000; fewer may come back, never more
   * @returns oldest first; `[]` when nothing is ready (it never waits)
   */
  claim(queue: string, max: number): Promise<readonly Message[]>;

  /** End a lease without any change: the message is first in its queue again. */
  giveBack(message: Message): void;

  /** Apply a step (E3). A step of a process that was cancelled meanwhile consumes its message and emits nothing. */
  commit(step: Step): Promise<Committed>;

  /**
   * Apply steps of which each consumes the one message that the step before it emitted, in one commit. A message between two
   * of them is never claimable.
   * @param keeps  the one message that the last of them emits is leased by the caller, instead of being claimable
   * @returns an answer for each; when one is not applied, no later one is. A step that emits nothing after all (its process
   *   was cancelled) is applied, and those after it are not
   */
  commitChain(steps: readonly Step[], keeps: boolean): Promise<readonly Committed[]>;

  /**
   * Make delayed messages ready that are due.
   * @returns how many were released, at most `max`
   */
  releaseDue(now: number, max: number): Promise<number>;

  /** Earliest due time of all delayed messages, or null. */
  nextDue(): number | null;

  /** Earliest timer, or null. It may be too early, when what it was for is gone; never too late. */
  nextTimer(): number | null;

  /** A timer has done its work, or there is none to do. */
  clearTimer(id: string): Promise<void>;

  /** Add to the history of a message what changed nothing, such as an answer that came too late. */
  note(messageId: string, record: AttemptRecord): Promise<void>;

  /**
   * Make limited messages ready, the oldest of each user in turn, so that no user starves another (L1).
   * @returns their ids
   */
  releaseLimited(limitKey: string, max: number): Promise<readonly string[]>;

  /** Keys that messages wait for, with how many wait. */
  limitedKeys(): ReadonlyMap<string, number>;

  /**
   * Cancel a process: what nobody works on is consumed now, what is leased is consumed by its step.
   * @returns false when it had ended before
   */
  cancel(processId: string, at: number): Promise<boolean>;

  /** Called after something became ready in a queue. A hint: it may come late or in vain, never not at all. */
  onReady(listener: (queue: string) => void): void;

  /** Called when `nextDue` or `nextTimer` came nearer. */
  onDue(listener: () => void): void;

  /** Remove ended processes, oldest first, with everything that belongs to them. Trash is never removed (T1). */
  forget(rule: { readonly endedBefore: number; readonly max: number }): Promise<readonly string[]>;

  /** Finish what was begun, then let go of files and threads. Later calls fail. */
  close(): Promise<void>;
}
