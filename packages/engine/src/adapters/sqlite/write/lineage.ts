// How processes come from each other, and the wake-up of a message that waits for the end of one.

import type { Lineage } from '../../../core/acceptance.ts';
import type { MessageRow } from '../operations.ts';
import { STATE } from '../schema.ts';
import type { Tables } from './tables.ts';

export function keepLineage(t: Tables, processId: string, { businessKey, parent, depth }: Lineage): void {
  t.sql(
    'INSERT INTO lineage (process, business_key, parent, parent_message, relation, depth) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(processId, businessKey, parent?.processId ?? null, parent?.messageId ?? null, parent?.relation ?? null, depth);
}

/** A called process ended: the message that waits for it may run. @returns it, unless it waits no more */
export function wakeCaller(t: Tables, processId: string): MessageRow[] {
  const caller = t
    .sql(
      `SELECT m.seq, m.id FROM lineage l JOIN message m ON m.id = l.parent_message
       WHERE l.process = ? AND l.relation = 'call' AND m.state = 2 AND m.cursor = ?`,
    )
    .get(processId, processId) as { seq: number; id: string } | undefined;
  if (!caller) return [];
  t.sql('UPDATE message SET state = ?, pos = ? WHERE seq = ?').run(STATE.ready, t.nextPos(), caller.seq);
  return t.readyRow(caller.id);
}

/** A message begins to wait for a process that may have ended already. */
export function wakeIfEnded(t: Tables, processId: string): MessageRow[] {
  const ended = t.sql('SELECT 1 FROM process WHERE id = ? AND ended_at IS NOT NULL').get(processId) !== undefined;
  return ended ? wakeCaller(t, processId) : [];
}
