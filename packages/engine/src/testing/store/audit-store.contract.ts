import { describe, expect } from 'vitest';
import type { AuditEntry } from '../../ports/audit-store.ts';
import { cases, type StoresUnderTest } from './opened.ts';

const entry = (at: number, change: Partial<AuditEntry> = {}): AuditEntry => ({
  at,
  who: { kind: 'account', id: 'ann', name: 'Ann' },
  address: '127.0.0.1',
  act: 'PATCH /api/v1/users/:id',
  object: 'users/bob',
  before: { role: 'viewer', n: [1, null] },
  after: { role: 'admin', n: [1, null] },
  outcome: 'done',
  status: 200,
  code: null,
  ...change,
});

export function auditStoreContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`the audit log: ${sut.name}`, () => {
    it('rows survive as they were written, newest first, in pages', async (_, opened) => {
      for (let at = 1; at <= 5; at++) await opened.stores.audit.append(entry(at));
      await opened.stores.audit.append(entry(6, { before: null, after: null, outcome: 'refused', code: 'auth.scope' }));
      await opened.restart();
      const first = await opened.stores.audit.list({}, 2);
      expect(first.map(({ at }) => at)).toEqual([6, 5]);
      expect(first[1]).toEqual({ ...entry(5), seq: first[1]!.seq });
      expect(first[0]).toMatchObject({ before: null, after: null, outcome: 'refused', code: 'auth.scope' });
      const second = await opened.stores.audit.list({}, 10, first[1]!.seq);
      expect(second.map(({ at }) => at)).toEqual([4, 3, 2, 1]);
    });

    it('rows are found by who, act, object, outcome and time, all together', async ({ audit }) => {
      await audit.append(entry(1));
      await audit.append(entry(2, { who: { kind: 'token', id: 'deploy', name: 'deploy' }, object: 'users/bob/x' }));
      await audit.append(entry(3, { act: 'DELETE /api/v1/users/:id', object: 'users0' }));
      await audit.append(entry(4, { outcome: 'failed', status: 500, object: 'topologies/a%_' }));
      const at = async (filter: Parameters<typeof audit.list>[0]) =>
        (await audit.list(filter, 10)).map((row) => row.at);
      expect(await at({ who: 'deploy' })).toEqual([2]);
      expect(await at({ act: 'PATCH /api/v1/users/:id' })).toEqual([4, 2, 1]);
      expect(await at({ object: 'users/bob' })).toEqual([1]);
      expect(await at({ object: 'users/' })).toEqual([2, 1]);
      expect(await at({ object: 'topologies/a%_' })).toEqual([4]);
      expect(await at({ outcome: 'failed' })).toEqual([4]);
      expect(await at({ from: 2, to: 4 })).toEqual([3, 2]);
      expect(await at({ who: 'ann', object: 'users/', from: 1 })).toEqual([1]);
      expect(await at({ who: "' OR 1=1 --" })).toEqual([]);
    });

    it('what is too old or too much is forgotten in portions, and no number comes twice', async (_, opened) => {
      for (let at = 1; at <= 6; at++) await opened.stores.audit.append(entry(at));
      const [newest] = await opened.stores.audit.list({}, 1);
      expect(await opened.stores.audit.forget({ before: 3, keep: 100 }, 1)).toBe(1);
      expect(await opened.stores.audit.forget({ before: 3, keep: 100 }, 10)).toBe(1);
      expect(await opened.stores.audit.forget({ before: 0, keep: 2 }, 10)).toBe(2);
      expect((await opened.stores.audit.list({}, 10)).map(({ at }) => at)).toEqual([6, 5]);
      await opened.stores.audit.forget({ before: 100, keep: 100 }, 10);
      await opened.restart();
      await opened.stores.audit.append(entry(7));
      expect((await opened.stores.audit.list({}, 1))[0]!.seq).toBeGreaterThan(newest!.seq);
    });
  });
}
