// What ends before its time, and what is old enough to go.

import type { MessageRow, OpResult } from '../operations.ts';
import { STATE, STATUS } from '../schema.ts';
import { wakeCaller } from './lineage.ts';
import type { Tables } from './tables.ts';

export function cancel(t: Tables, processId: string, at: number, leased: readonly string[]): OpResult {
  const process = t.sql('SELECT status, topology FROM process WHERE id = ?').get(processId) as
    | { status: number; topology: string }
    | undefined;
  if (!process || process.status !== STATUS.running) return { kind: 'lost' };
  const busy = new Set(leased);
  const live = t
    .sql('SELECT seq, id, queue, ordering_key, state FROM message WHERE id > ? AND id < ? AND state < 5')
    .all(`${processId}.`, `${processId}/`) as {
    seq: number;
    id: string;
    queue: number;
    ordering_key: string | null;
    state: number;
  }[];
  const consumed = live.filter((message) => !busy.has(message.id));
  for (const { seq, queue } of consumed) {
    t.sql(
      "UPDATE message SET state = 6, changed_at = ?, result = 'cancelled', reason = 'the process was cancelled' WHERE seq = ?",
    ).run(at, seq);
    t.flow(queue).finished++;
  }
  const ready: MessageRow[] = [];
  for (const { queue, ordering_key: key, state } of consumed)
    if (key !== null && state < STATE.held && state !== STATE.blocked) ready.push(...t.promote(queue, key, at));
  t.processes.end(processId, { ...t.processes.read(processId), status: 'cancelled' }, at);
  if (busy.size > 0) t.beginCancelling(processId);
  t.event(at, 'process.cancelled', process.topology, processId, null, null);
  t.sql('DELETE FROM part WHERE message > ? AND message < ?').run(`${processId}.`, `${processId}/`);
  ready.push(...wakeCaller(t, processId));
  return { kind: 'ok', ready, ids: consumed.map((message) => message.id) };
}

export function forget(t: Tables, endedBefore: number, max: number): OpResult {
  const old = t
    .sql(
      `SELECT id FROM process WHERE ended_at IS NOT NULL AND ended_at < ? AND status IN (1, 2, 3) AND open = 0
       AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id > process.id || '.' AND m.id < process.id || '/' AND m.state < 6)
     ORDER BY ended_at LIMIT ?`,
    )
    .all(endedBefore, max) as { id: string }[];
  for (const { id } of old) {
    const range = [`${id}.`, `${id}/`] as const;
    t.sql('DELETE FROM attempt WHERE message > ? AND message < ?').run(...range);
    t.sql('DELETE FROM payload WHERE id IN (SELECT payload FROM message WHERE id > ? AND id < ?)').run(...range);
    t.sql(
      'DELETE FROM payload WHERE id IN (SELECT payload FROM process WHERE id = ? UNION SELECT answer_payload FROM process WHERE id = ?)',
    ).run(id, id);
    t.sql('DELETE FROM message WHERE id > ? AND id < ?').run(...range);
    t.sql('DELETE FROM trail WHERE process = ?').run(id);
    t.sql('DELETE FROM joined WHERE message > ? AND message < ?').run(...range);
    t.sql('DELETE FROM timer WHERE id > ? AND id < ?').run(...range);
    t.sql('DELETE FROM closed_collection WHERE process = ?').run(id);
    t.sql('DELETE FROM lineage WHERE process = ?').run(id);
    t.sql('DELETE FROM process WHERE id = ?').run(id);
  }
  t.sql('DELETE FROM event WHERE at < ?').run(endedBefore);
  return { kind: 'ok', ids: old.map((row) => row.id), count: old.length };
}
