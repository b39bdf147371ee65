// Instants at which something happens unless it is cleared before.

import type { Timer } from '../../../core/step.ts';
import type { OpResult } from '../operations.ts';
import type { Tables } from './tables.ts';

/** A timer that is there stays as it is. */
export function setTimers(t: Tables, timers: readonly Timer[]): void {
  for (const { id, of, dueAt } of timers)
    t.sql('INSERT OR IGNORE INTO timer (id, of, due_at) VALUES (?, ?, ?)').run(id, of, dueAt);
}

export function clearTimer(t: Tables, id: string): OpResult {
  t.sql('DELETE FROM timer WHERE id = ?').run(id);
  return { kind: 'ok' };
}
