// A trail: finished messages of one process in one row, as they stood when they were written.
//
// Most messages are consumed before the next commit and only read again when a person asks what happened. One row for
// all of a process costs a fraction of a row for each with its places in indexes.

import type { MessageRow } from './operations.ts';
import { STATE } from './schema.ts';

/** A finished message, as its row in the table of messages would say it. */
export interface StepRow extends MessageRow {
  readonly changed_at: number;
  readonly duration_ms: number | null;
  readonly emitted: number;
  readonly result: string | null;
  readonly code: string | null;
  readonly reason: string | null;
}

/** Content is the number of its row, or text that stands among the contents of the trail. */
type TrailContent = number | readonly [start: number, length: number];

export type TrailStep = readonly [
  seq: number,
  id: string,
  queue: number,
  parent: string | null,
  user: string,
  headers: string,
  contentType: string,
  attempt: number,
  cursor: string | null,
  sameCursor: number,
  arrivedAt: number,
  processStartedAt: number,
  changedAt: number,
  durationMs: number,
  emitted: number,
  result: string,
  reason: string | null,
  content: TrailContent,
];

export interface Trail {
  readonly steps: string;
  readonly contents: Uint8Array;
}

/** In place of the row of what a process began with: it is the content of that step of its trail. */
export const placeInTrail = (step: number): number => -1 - step;

interface PayloadRow {
  readonly body: string | Uint8Array | null;
  readonly blob: string | null;
  readonly bytes: number;
}

/** The steps of a trail as rows. Content that stands in the trail has no row of its own: `payload` is 0. */
export function readTrail(
  { steps, contents }: Trail,
  queueName: (queue: number) => string,
  payloadOf: (row: number) => PayloadRow,
): StepRow[] {
  return (JSON.parse(steps) as TrailStep[]).map((step) => {
    const [seq, id, queue, parent, user, headers, content_type, attempt, cursor, same_cursor, arrived_at] = step;
    const [, , , , , , , , , , , process_started_at, changed_at, duration_ms, emitted, result, reason, content] = step;
    const row = typeof content === 'number' ? content : 0;
    const { body, blob, bytes } = typeof content === 'number' ? payloadOf(content) : textOf(contents, content);
    return {
      ...{
        seq,
        id,
        queue: queueName(queue),
        state: STATE.done,
        pos: 0,
        parent,
        user,
        headers,
        content_type,
        payload: row,
      },
      ...{ attempt, cursor, same_cursor, ordering_key: null, due_at: null, arrived_at, process_started_at },
      ...{ body, blob, bytes, changed_at, duration_ms, emitted, result, code: null, reason },
    };
  });
}

/**
 * What a process began with.
 * @param place  as `placeInTrail` said
 */
export function originOf({ steps, contents }: Trail, place: number): PayloadRow {
  const content = (JSON.parse(steps) as TrailStep[])[placeInTrail(place)]!.at(-1) as readonly [number, number];
  return textOf(contents, content);
}

function textOf(contents: Uint8Array, [start, bytes]: readonly [number, number]): PayloadRow {
  return { body: Buffer.from(contents.buffer, contents.byteOffset + start, bytes).toString('utf8'), blob: null, bytes };
}
