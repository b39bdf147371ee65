import { describe, expect } from 'vitest';
import { isBalanced } from '../../core/ledger.ts';
import type { Message } from '../../core/message.ts';
import { queue, step } from '../samples.ts';
import { acceptOne, cases, type StoresUnderTest, totals } from './opened.ts';

export function ledgerContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`ledger: ${sut.name}`, () => {
    it('E2, B2: balances with a message in every place, and after a restart', async (_, opened) => {
      for (let i = 0; i < 8; i++)
        await acceptOne(opened.stores, i === 7 ? { orderingKey: 'k', queue: queue('o') } : {});
      await acceptOne(opened.stores, { orderingKey: 'k', queue: queue('o') });
      const claimed = await opened.stores.messages.claim(queue('a'), 5);
      const { commit } = {
        commit: (made: Message, move: Parameters<typeof step>[1]) => opened.stores.messages.commit(step(made, move)),
      };
      await commit(claimed[0]!, { to: 'delayed', dueAt: 9_000, attempt: 1, code: 'repeat', reason: 'r' });
      await commit(claimed[1]!, { to: 'limited', limitKey: 'L', reason: 'r' });
      await commit(claimed[2]!, { to: 'held', reason: 'r' });
      await commit(claimed[3]!, { to: 'trash', code: 'c', reason: 'r' });
      const before = await totals(opened.stores);
      expect(before).toEqual({
        accepted: 9,
        emitted: 9,
        finished: 9,
        queued: 4,
        leased: 1,
        delayed: 1,
        limited: 1,
        held: 1,
        trash: 1,
      });
      expect(isBalanced(before)).toBe(true);
      await opened.restart();
      expect(await totals(opened.stores)).toEqual({ ...before, queued: 5, leased: 0 });
    });

    it('is kept for each topology and node', async (stores) => {
      await acceptOne(stores);
      const entries = await stores.reads.ledger('orders');
      expect(entries.get(queue('start'))).toMatchObject({ accepted: 1, finished: 1 });
      expect(entries.get(queue('a'))).toMatchObject({ emitted: 1, queued: 1 });
      expect((await stores.reads.ledger('another')).size).toBe(0);
    });
  });
}
