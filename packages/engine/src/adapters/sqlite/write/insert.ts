// Messages as they enter their queues.

import type { MessageCopy, PayloadCopy } from '../operations.ts';
import { STATE } from '../schema.ts';
import type { Tables } from './tables.ts';

export function insertAll(
  t: Tables,
  messages: readonly MessageCopy[],
  now: number,
  rows: Map<PayloadCopy, number>,
): { positions: number[]; payloads: number[]; nextDue: number | null } {
  const positions: number[] = [];
  const payloads: number[] = [];
  let nextDue: number | null = null;
  const insert = t.sql(
    `INSERT INTO message (seq, id, queue, state, pos, parent, user, headers, content_type, payload, attempt, cursor, same_cursor,
       ordering_key, due_at, arrived_at, process_started_at, changed_at, result)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const m of messages) {
    const queue = t.queue(m.queue);
    const waits = m.dueAt !== null && m.dueAt > now;
    const taken = m.held === null && m.orderingKey !== null && t.keyTaken(queue, m.orderingKey);
    const state = m.held !== null ? STATE.held : taken ? STATE.blocked : waits ? STATE.delayed : STATE.ready;
    const pos = t.nextPos();
    const payload = t.payloadRow(m.payload, rows);
    insert.run(
      t.nextSeq(),
      m.id,
      queue,
      state,
      pos,
      m.parent,
      m.user,
      m.headers,
      m.contentType,
      payload,
      m.cursor,
      m.sameCursor,
      m.orderingKey,
      m.dueAt,
      m.arrivedAt,
      m.processStartedAt,
      now,
      m.held !== null ? m.held : state === STATE.delayed ? 'delay' : null,
    );
    t.flow(queue).emitted++;
    if (m.held !== null) t.messageEvent(now, 'message.held', m.queue, m.id.slice(0, m.id.indexOf('.')), m.id);
    if (state === STATE.delayed) nextDue = Math.min(nextDue ?? Number.POSITIVE_INFINITY, m.dueAt!);
    positions.push(state === STATE.ready ? pos : -1);
    payloads.push(payload);
  }
  return { positions, payloads, nextDue };
}
