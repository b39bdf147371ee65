// Entries of connectors, one value by key.

import { added, type Refusal, refusal } from '../../../core/data.ts';
import type { DeleteAct, IncrementAct, SetAct } from '../../../core/data-acts.ts';
import { readEntry } from '../data-reader.ts';
import type { DataOp, DataResults } from '../operations.ts';
import { isFenceGood } from './data-leases.ts';
import { takeNumbers } from './data-numbers.ts';
import type { Tables } from './tables.ts';

type Value = DataOp['values'][number];

export function setEntry(t: Tables, act: SetAct, value: Value): DataResults['set'] {
  const because = refused(t, act);
  if (because) return { because, found: found(t, act) };
  return { revision: put(t, act, value, act.expiresAt) };
}

export function deleteEntry(t: Tables, act: DeleteAct): DataResults['delete'] {
  const because = refused(t, act);
  if (because || revisionOf(t, act) === null) return { because, found: found(t, act) };
  t.sql('DELETE FROM data_entry WHERE space = ? AND key = ?').run(Buffer.from(act.space), Buffer.from(act.key));
  return null;
}

export function incrementEntry(t: Tables, act: IncrementAct): DataResults['increment'] {
  const before = found(t, act);
  const value = added(before?.value ?? null, act.by);
  if (typeof value === 'string') return { fault: value };
  return { value, revision: put(t, act, JSON.stringify(value), before ? before.expiresAt : act.expiresAt) };
}

function refused(t: Tables, act: SetAct | DeleteAct): Refusal | null {
  const { space, lease, expected, now } = act;
  const fenced = lease && isFenceGood(t, space, lease.key, lease.fence, now);
  // What was there matters only to who expects something.
  return refusal(expected === undefined ? null : revisionOf(t, act), expected, fenced);
}

function revisionOf(t: Tables, { space, key, now }: SetAct | DeleteAct): number | null {
  const row = t
    .sql('SELECT revision FROM data_entry WHERE space = ? AND key = ? AND (expires_at IS NULL OR expires_at > ?)')
    .get(Buffer.from(space), Buffer.from(key), now) as { revision: number } | undefined;
  return row?.revision ?? null;
}

const found = (t: Tables, act: SetAct | DeleteAct | IncrementAct) => readEntry((text) => t.sql(text), act);

/** @returns its new revision */
function put(t: Tables, act: SetAct | IncrementAct, value: Value, expiresAt: number | null): number {
  const revision = takeNumbers(t, 1);
  t.sql(
    `INSERT INTO data_entry (space, key, value, revision, expires_at) VALUES (?, ?, CAST(? AS TEXT), ?, ?)
     ON CONFLICT (space, key) DO UPDATE SET value = excluded.value, revision = excluded.revision, expires_at = excluded.expires_at`,
  ).run(
    Buffer.from(act.space),
    Buffer.from(act.key),
    typeof value === 'string' ? value : value.bytes(),
    revision,
    expiresAt,
  );
  return revision;
}
