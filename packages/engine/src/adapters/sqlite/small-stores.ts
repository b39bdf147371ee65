// Permits and records: plain tables behind their ports.

import { SluiceError } from '@sluice/protocol';
import type { LimitStore, StoredPermit } from '../../ports/limit-store.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { GroupCommit } from './group-commit.ts';
import type { ReadClient } from './read-client.ts';

export function sqliteLimits(writes: GroupCommit, reads: ReadClient): LimitStore {
  return {
    async record(grants: readonly StoredPermit[], keepMs: number): Promise<void> {
      const newest = Math.max(...grants.map((grant) => grant.at));
      await writes.run({ op: 'permits', grants, olderThan: newest - keepMs });
    },
    since: (key, at) => reads.ask({ ask: 'permits', key, since: at }),
  };
}

export function sqliteRecords(writes: GroupCommit, reads: ReadClient): RecordStore {
  return {
    async get<T>(collection: string, key: string): Promise<T | null> {
      const text = await reads.ask({ ask: 'record', collection, key });
      return text === null ? null : (JSON.parse(text) as T);
    },
    async list<T>(collection: string, prefix = '') {
      const rows = await reads.ask({ ask: 'records', collection, prefix });
      return rows.map(({ key, value }) => ({ key, value: JSON.parse(value) as T }));
    },
    async write(changes) {
      const { kind, index = 0 } = await writes.run({
        op: 'records',
        changes: changes.map(({ collection, key, value, expected }) => ({
          collection,
          key,
          value: value === null ? null : JSON.stringify(value),
          ...(expected === undefined ? {} : { expected: expected === null ? null : JSON.stringify(expected) }),
        })),
      });
      const { collection, key } = changes[index] ?? { collection: '', key: '' };
      if (kind === 'conflict') throw new SluiceError('record.conflict', { collection, key });
    },
  };
}
