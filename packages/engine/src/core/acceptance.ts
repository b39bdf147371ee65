// How a process begins: from outside, or by a step of another one.

import type { Headers } from '@sluice/protocol';
import type { Emission, Payload } from './message.ts';

/** How a process came from another: it is waited for, it is not, it subscribes, it undoes. */
export type Relation = 'call' | 'start' | 'topic' | 'compensation';

export interface Parent {
  readonly processId: string;
  /** Null for a compensation: it comes from the process as a whole. */
  readonly messageId: string | null;
  readonly relation: Relation;
}

export interface Lineage {
  readonly businessKey: string | null;
  readonly parent: Parent | null;
  /** Processes above this one. */
  readonly depth: number;
}

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
  /** What it comes from, when a message started it, and the key it is found by; absent for most. */
  readonly lineage?: Lineage;
  /** One message for each follower of the start. */
  readonly emitted: readonly Emission[];
}
