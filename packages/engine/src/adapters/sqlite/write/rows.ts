// Rows of messages and processes, as they are written the first time.

import type { AcceptOp, MessageCopy } from '../operations.ts';
import type { Counts } from '../process-counts.ts';
import { STATE, STATUS } from '../schema.ts';
import type { Tables } from './tables.ts';

/** A message with its place. */
export interface Entered {
  readonly copy: MessageCopy;
  readonly queue: number;
  readonly seq: number;
  readonly pos: number;
  readonly at: number;
  readonly payload: number;
}

/** What a row says beyond that: where the message is, and how it got there. */
interface Standing {
  readonly state: number;
  /** When it got there, if not when it entered. */
  readonly at?: number;
  readonly durationMs?: number;
  readonly emitted?: number;
  readonly result?: string | null;
  readonly reason?: string | null;
}

export const READY: Standing = { state: STATE.ready };

export function insertMessage(t: Tables, { copy, queue, seq, pos, at, payload }: Entered, standing: Standing): void {
  t.sql(
    `INSERT INTO message (seq, id, queue, state, pos, parent, user, headers, content_type, payload, attempt, cursor, same_cursor,
       ordering_key, due_at, arrived_at, process_started_at, changed_at, duration_ms, emitted, result, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).get(
    seq,
    copy.id,
    queue,
    standing.state,
    pos,
    copy.parent,
    copy.user,
    copy.headers,
    copy.contentType,
    payload,
    copy.cursor,
    copy.sameCursor,
    copy.orderingKey,
    copy.dueAt,
    copy.arrivedAt,
    copy.processStartedAt,
    standing.at ?? at,
    standing.durationMs ?? null,
    standing.emitted ?? 0,
    standing.result ?? null,
    standing.reason ?? null,
  );
}

/**
 * @param end     its numbers when it ended already
 * @param answer  what it answered already
 */
export function insertProcess(
  t: Tables,
  op: AcceptOp,
  payload: number,
  end: { readonly counts: Counts; readonly at: number } | null,
  answer: { readonly text: string; readonly payload: number } | null,
): void {
  const { status, total, done, failed, open } = end?.counts ?? {
    status: 'running',
    total: 1 + op.emitted.length,
    done: 1,
    failed: 0,
    open: op.emitted.length,
  };
  t.sql(
    `INSERT INTO process (id, topology, version, start_node, user, status, total, done, failed, open, emitted, started_at, ended_at,
       replay_of, idempotency_key, body_digest, payload, headers, content_type, answer, answer_payload)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).get(
    op.processId,
    op.topology,
    op.version,
    op.startNode,
    op.user,
    STATUS[status],
    total,
    done,
    failed,
    open,
    op.emitted.length,
    op.at,
    end?.at ?? null,
    op.replayOf,
    op.idempotencyKey,
    op.bodyDigest,
    payload,
    op.headers,
    op.contentType,
    answer?.text ?? null,
    answer?.payload ?? null,
  );
}
