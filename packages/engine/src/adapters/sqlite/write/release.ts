// What waited becomes ready.

import type { MessageRow, OpResult } from '../operations.ts';
import type { Tables } from './tables.ts';

export function releaseDue(t: Tables, now: number, max: number): OpResult {
  const due = t
    .sql('SELECT seq, id FROM message WHERE state = 2 AND due_at <= ? ORDER BY due_at LIMIT ?')
    .all(now, max) as {
    seq: number;
    id: string;
  }[];
  const ready: MessageRow[] = [];
  for (const { seq, id } of due) {
    t.sql('UPDATE message SET state = 0, pos = ? WHERE seq = ?').run(t.nextPos(), seq);
    ready.push(...t.readyRow(id));
  }
  const next = t.sql('SELECT min(due_at) AS due FROM message WHERE state = 2').get() as { due: number | null };
  return { kind: 'ok', ready, count: due.length, nextDue: next.due };
}

/** Make these messages ready. */
export function release(t: Tables, ids: readonly string[]): OpResult {
  const ready: MessageRow[] = [];
  for (const id of ids) {
    t.sql('UPDATE message SET state = 0, pos = ?, limit_key = NULL WHERE id = ?').run(t.nextPos(), id);
    ready.push(...t.readyRow(id));
  }
  return { kind: 'ok', ready, count: ready.length };
}

/** Messages that wait for permits leave in turns of their users, so that no tenant starves another (L1). */
export class LimitedRelease {
  readonly #tables: Tables;
  /** For each limit key the users in the order they were last served. */
  readonly #turns = new Map<string, Map<string, number>>();
  #turn = 0;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  release(limitKey: string, max: number): OpResult {
    const t = this.#tables;
    const turns = this.#turns.get(limitKey) ?? new Map<string, number>();
    this.#turns.set(limitKey, turns);
    const users = t.sql('SELECT DISTINCT user FROM message WHERE state = 3 AND limit_key = ?').all(limitKey) as {
      user: string;
    }[];
    const waiting = new Set(users.map((row) => row.user));
    for (const user of turns.keys()) if (!waiting.has(user)) turns.delete(user);
    const ready: MessageRow[] = [];
    while (ready.length < max && waiting.size > 0) {
      // Whoever was served longest ago is next; a new user comes before all others.
      const user = [...waiting].reduce((a, b) => ((turns.get(a) ?? 0) <= (turns.get(b) ?? 0) ? a : b));
      const oldest = t
        .sql('SELECT seq, id FROM message WHERE state = 3 AND limit_key = ? AND user = ? ORDER BY pos LIMIT 1')
        .get(limitKey, user) as { seq: number; id: string } | undefined;
      if (!oldest) {
        waiting.delete(user);
        continue;
      }
      turns.set(user, ++this.#turn);
      t.sql('UPDATE message SET state = 0, pos = ?, limit_key = NULL WHERE seq = ?').run(t.nextPos(), oldest.seq);
      ready.push(...t.readyRow(oldest.id));
    }
    return { kind: 'ok', ready, count: ready.length };
  }
}
