// What waits in a queue. A message is immutable: a step consumes it and emits others, or parks it.

import type { Headers, KeptBody } from '@sluice/protocol';

/** Content apart from the message, because followers of one output share it. Never changed once stored. */
export interface Payload {
  /** Null when the body is checked into the blob store (claim check). Text may be bytes in memory that it shares with others. */
  readonly body: KeptBody | null;
  readonly blob: string | null;
  readonly bytes: number;
}

/** What the content takes up here: what is in the blob store takes nothing. */
export const bytesInMemory = ({ blob, bytes }: Payload): number => (blob === null ? bytes : 0);

/**
 * Where an accepted message is (E2): in exactly one of these.
 *
 * - `ready`    may run now (a leased message is a ready one that somebody works on)
 * - `blocked`  waits for an earlier message with the same ordering key (O1)
 * - `delayed`  waits for its due time (a repeat or a delay node), or for the end of the process it called
 * - `limited`  waits for a permit
 * - `held`     waits for a person (user task, breakpoint), or as a part for the rest of its whole (collect)
 * - `trash`    cannot go on until a person acts (T1)
 * - `done`     consumed
 */
export type MessageState = 'ready' | 'blocked' | 'delayed' | 'limited' | 'held' | 'trash' | 'done';

export interface Message {
  /** Derived from its origin (E4), so a repeated step emits the same ids. Begins with the process id. */
  readonly id: string;
  readonly queue: string;
  readonly processId: string;
  readonly parentId: string | null;
  readonly user: string;
  readonly headers: Headers;
  readonly contentType: string;
  readonly payload: Payload;
  /** Calls already used up; the next one is `attempt + 1`. */
  readonly attempt: number;
  /** Where the step goes on: the next page of a batch, the process a call waits for, the place of an undo. Else null. */
  readonly cursor: string | null;
  /** How often a batch answered this same cursor in a row. */
  readonly sameCursor: number;
  /** First in, first out among equal keys of one queue; null = no order. */
  readonly orderingKey: string | null;
  /** Epoch ms before which it may not run; null = at once. */
  readonly dueAt: number | null;
  readonly arrivedAt: number;
  readonly processStartedAt: number;
}

/** Why a message is held, as its step's result says: a user task, a breakpoint, a part of a whole. */
export type Hold = 'held' | 'breakpoint' | 'collecting';

/** A message as it enters a queue. */
export interface Emission {
  readonly message: Message;
  /** Held at a user task or a breakpoint; else the store decides between ready, blocked and delayed. */
  readonly enter: 'queue' | Exclude<Hold, 'collecting'>;
  /** When it leaves along the timer path of its node, wherever it is then. */
  readonly timerAt?: number;
}

/** One queue per node and version. */
export function queueOf(topology: string, version: number, node: string): string {
  return `${topology}/${version}/${node}`;
}

export function splitQueue(queue: string): { topology: string; version: number; node: string } {
  const first = queue.indexOf('/');
  const second = queue.indexOf('/', first + 1);
  return {
    topology: queue.slice(0, first),
    version: Number(queue.slice(first + 1, second)),
    node: queue.slice(second + 1),
  };
}

/** Process of a message, by its id. */
export const processOf = (id: string): string => id.slice(0, id.indexOf('.'));
