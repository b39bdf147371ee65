// Messages as they enter their queues.

import type { MessageCopy, PayloadCopy } from '../operations.ts';
import { STATE } from '../schema.ts';
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
  ).run(
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

/** Messages enter: on the plain way without a row for now. */
export function enterAll(
  t: Tables,
  messages: readonly MessageCopy[],
  now: number,
  rows: Map<PayloadCopy, number>,
): { positions: number[]; payloads: number[]; nextDue: number | null } {
  if (arePlain(messages, now)) return { ...t.unwritten.enter(messages, now, rows), nextDue: null };
  return insertAll(t, messages, now, rows);
}

/** Nothing has to be looked up for them, and they can run at once. */
export function arePlain(messages: readonly MessageCopy[], now: number): boolean {
  for (const { held, orderingKey, dueAt } of messages)
    if (held !== null || orderingKey !== null || (dueAt !== null && dueAt > now)) return false;
  return true;
}

function insertAll(
  t: Tables,
  messages: readonly MessageCopy[],
  now: number,
  rows: Map<PayloadCopy, number>,
): { positions: number[]; payloads: number[]; nextDue: number | null } {
  const positions: number[] = [];
  const payloads: number[] = [];
  let nextDue: number | null = null;
  for (const copy of messages) {
    const queue = t.queue(copy.queue);
    const waits = copy.dueAt !== null && copy.dueAt > now;
    const taken = copy.held === null && copy.orderingKey !== null && t.keyTaken(queue, copy.orderingKey);
    const state = copy.held !== null ? STATE.held : taken ? STATE.blocked : waits ? STATE.delayed : STATE.ready;
    const pos = t.nextPos();
    const payload = t.payloadRow(copy.payload, rows);
    const result = copy.held ?? (state === STATE.delayed ? 'delay' : null);
    insertMessage(t, { copy, queue, seq: t.nextSeq(), pos, at: now, payload }, { state, result });
    t.flow(queue).emitted++;
    if (copy.held !== null)
      t.messageEvent(now, 'message.held', copy.queue, copy.id.slice(0, copy.id.indexOf('.')), copy.id);
    if (state === STATE.delayed) nextDue = Math.min(nextDue ?? Number.POSITIVE_INFINITY, copy.dueAt!);
    positions.push(state === STATE.ready ? pos : -1);
    payloads.push(payload);
  }
  return { positions, payloads, nextDue };
}
