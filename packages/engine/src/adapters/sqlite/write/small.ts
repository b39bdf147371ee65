// Permits, records, notes: small things beside the messages.

import { isDeepStrictEqual } from 'node:util';
import type { Op, OpResult, RecordCopy } from '../operations.ts';
import type { Tables } from './tables.ts';

export function keepPermits(t: Tables, op: Extract<Op, { op: 'permits' }>): OpResult {
  for (const { key, at } of op.grants) t.sql('INSERT INTO permit (key, at) VALUES (?, ?)').run(key, at);
  for (const key of new Set(op.grants.map((grant) => grant.key)))
    t.sql('DELETE FROM permit WHERE key = ? AND at < ?').run(key, op.olderThan);
  return { kind: 'ok' };
}

export function keepRecords(t: Tables, op: Extract<Op, { op: 'records' }>): OpResult {
  const index = op.changes.findIndex((change) => !isAsExpected(t, change));
  if (index >= 0) return { kind: 'conflict', index };
  for (const { collection, key, value } of op.changes)
    if (value === null) t.sql('DELETE FROM record WHERE collection = ? AND key = ?').run(collection, key);
    else t.sql('INSERT OR REPLACE INTO record (collection, key, value) VALUES (?, ?, ?)').run(collection, key, value);
  return { kind: 'ok' };
}

function isAsExpected(t: Tables, { collection, key, expected }: RecordCopy): boolean {
  if (expected === undefined) return true;
  const row = t.sql('SELECT value FROM record WHERE collection = ? AND key = ?').get(collection, key) as
    | { value: string }
    | undefined;
  if (!row || expected === null) return !row && expected === null;
  return row.value === expected || isDeepStrictEqual(JSON.parse(row.value), JSON.parse(expected));
}

export function note(t: Tables, { message, record }: Extract<Op, { op: 'note' }>): OpResult {
  t.sql('INSERT INTO attempt (message, attempt, at, duration_ms, code, reason) VALUES (?, ?, ?, ?, ?, ?)').run(
    message,
    record.attempt,
    record.at,
    record.durationMs,
    record.code,
    record.reason,
  );
  return { kind: 'ok' };
}
