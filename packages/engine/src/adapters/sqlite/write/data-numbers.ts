// Revisions, positions and fences come from one row that only grows. It is of the same transaction as what it numbers, so
// the redo log gives the same numbers again.

import type { Tables } from './tables.ts';

/** @returns the first of so many new numbers */
export function takeNumbers(t: Tables, count: number): number {
  const { last } = t.sql('UPDATE data_number SET last = last + ? RETURNING last').get(count) as { last: number };
  return last - count + 1;
}
