// Leases of connectors: who may do what must run once.

import { type GivenLease, isGood } from '../../../core/data.ts';
import type { AcquireAct, ReleaseAct, RenewAct } from '../../../core/data-acts.ts';
import type { DataResults } from '../operations.ts';
import { takeNumbers } from './data-numbers.ts';
import type { Tables } from './tables.ts';

export function acquire(t: Tables, act: AcquireAct): DataResults['acquire'] {
  const given = leaseOf(t, act.space, act.key);
  if (given && act.now < given.until) return { holder: Buffer.from(given.holder).toString(), until: given.until };
  const fence = takeNumbers(t, 1);
  t.sql(
    `INSERT INTO data_lease (space, key, holder, fence, until) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (space, key) DO UPDATE SET holder = excluded.holder, fence = excluded.fence, until = excluded.until`,
  ).run(Buffer.from(act.space), Buffer.from(act.key), Buffer.from(act.holder), fence, act.until);
  return { fence };
}

export function renew(t: Tables, act: RenewAct): boolean {
  if (!isFenceGood(t, act.space, act.key, act.fence, act.now)) return false;
  t.sql('UPDATE data_lease SET until = ? WHERE space = ? AND key = ?').run(
    act.until,
    Buffer.from(act.space),
    Buffer.from(act.key),
  );
  return true;
}

export function release(t: Tables, { space, key, fence }: ReleaseAct): boolean {
  const { changes } = t
    .sql('DELETE FROM data_lease WHERE space = ? AND key = ? AND fence = ?')
    .run(Buffer.from(space), Buffer.from(key), fence);
  return Number(changes) > 0;
}

export const isFenceGood = (t: Tables, space: string, key: string, fence: number, now: number): boolean =>
  isGood(leaseOf(t, space, key), fence, now);

function leaseOf(t: Tables, space: string, key: string): (GivenLease & { readonly holder: Uint8Array }) | undefined {
  return t
    .sql('SELECT holder, fence, until FROM data_lease WHERE space = ? AND key = ?')
    .get(Buffer.from(space), Buffer.from(key)) as (GivenLease & { holder: Uint8Array }) | undefined;
}
