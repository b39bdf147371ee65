// Frees the room of what has expired or was dropped, in portions that hold nobody up.

import { FENCE_KEPT_MS } from '../../../core/data.ts';
import type { SweepAct } from '../../../core/data-acts.ts';
import { forget } from './data-collections.ts';
import type { Tables } from './tables.ts';

const ENTRIES = `DELETE FROM data_entry WHERE rowid IN
  (SELECT rowid FROM data_entry WHERE expires_at <= ? ORDER BY expires_at, rowid LIMIT ?)`;
const LEASES = `DELETE FROM data_lease WHERE rowid IN
  (SELECT rowid FROM data_lease WHERE until <= ? ORDER BY until, rowid LIMIT ?)`;
const ITEMS = `DELETE FROM data_item WHERE position IN
  (SELECT position FROM data_item WHERE collection = ? ORDER BY position LIMIT ?)`;
const LAPSED = `SELECT id FROM data_collection
  WHERE expires_at <= ? AND space IS NOT NULL ORDER BY expires_at, id LIMIT ?`;
const DROPPED = 'SELECT id FROM data_collection WHERE space IS NULL ORDER BY id LIMIT 1';
export const SWEEPS = [ENTRIES, LEASES, ITEMS, LAPSED, DROPPED];

/** @returns rows that went, at most `max` */
export function sweep(t: Tables, { now, max }: SweepAct): number {
  const run = (text: string, ...values: number[]): number => Number(t.sql(text).run(...values).changes);
  let left = max;
  left -= run(ENTRIES, now, left);
  left -= run(LEASES, now - FENCE_KEPT_MS, left);
  const lapsed = t.sql(LAPSED).all(now, left) as { id: number }[];
  for (const { id } of lapsed) forget(t, id);
  while (left > 0) {
    const dropped = t.sql(DROPPED).get() as { id: number } | undefined;
    if (!dropped) break;
    const room = left;
    left -= run(ITEMS, dropped.id, room);
    if (left > 0) t.sql('DELETE FROM data_collection WHERE id = ?').run(dropped.id);
  }
  return max - left;
}
