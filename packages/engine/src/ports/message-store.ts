// The one atomic port: everything that must happen together, and nothing else.
//
// What it promises, and testing/*.contract.ts holds every adapter to:
//   E1  a resolved promise means: on disk, synced
//   E2  a message is in exactly one state; the ledger of the store balances at every instant
//   E3  a step changes message, emissions, process and ledger together or not at all
//   E5  a process ends exactly once, in the step that closes its last open message, and the end is itself recorded
//   O1  of equal ordering keys in one queue, only the earliest live message is ever claimable
//   leases are exclusive: two claims never return the same message before it was given back, committed, or its holder died

import type { Headers } from '@sluice/protocol';
import type { Emission, Message, Payload } from '../core/message.ts';
import type { ProcessStatus, Step } from '../core/step.ts';

export interface Acceptance {
  readonly processId: string;
  readonly topology: string;
  readonly version: number;
  readonly startNode: string;
  readonly user: string;
  readonly at: number;
  /** Same key and topology again = the same process. */
  readonly idempotencyKey: string | null;
  /** Digest of the body, to tell a repetition from a clash of keys. */
  readonly bodyDigest: string | null;
  /** Process this one replays, or null. */
  readonly replayOf: string | null;
  /** What came in, kept so that the start can be replayed. */
  readonly payload: Payload;
  readonly headers: Headers;
  readonly contentType: string;
  /** One message for each follower of the start. */
  readonly emitted: readonly Emission[];
}

export type Accepted =
  | { readonly kind: 'accepted'; readonly processId: string; readonly ended: ProcessStatus | null }
  | { readonly kind: 'duplicate'; readonly processId: string }
  | { readonly kind: 'conflict'; readonly processId: string };

export type Committed =
  | { readonly applied: true /** Set when this step ended the process. */; readonly ended: ProcessStatus | null }
  /** The lease was lost, or the message is no longer where the step expected it: nothing changed. */
  | { readonly applied: false };

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
   * Make delayed messages ready that are due.
   * @returns how many were released, at most `max`
   */
  releaseDue(now: number, max: number): Promise<number>;

  /** Earliest due time of all delayed messages, or null. */
  nextDue(): number | null;

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

  /** Called when `nextDue` came nearer. */
  onDue(listener: () => void): void;

  /** Remove ended processes, oldest first, with everything that belongs to them. Trash is never removed (T1). */
  forget(rule: { readonly endedBefore: number; readonly max: number }): Promise<readonly string[]>;

  /** Finish what was begun, then let go of files and threads. Later calls fail. */
  close(): Promise<void>;
}
