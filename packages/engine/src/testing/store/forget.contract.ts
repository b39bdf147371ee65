import { describe, expect } from 'vitest';
import { isBalanced } from '../../core/ledger.ts';
import { DONE, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest, totals } from './opened.ts';

export function forgetContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`forget: ${sut.name}`, () => {
    it('T1: old ended processes go, those with something in trash stay', async (stores) => {
      const gone = await acceptOne(stores);
      await stores.messages.commit(step(await claimOne(stores), DONE));
      const kept = await acceptOne(stores);
      await stores.messages.commit(step(await claimOne(stores), { to: 'trash', code: 'c', reason: 'r' }));
      const running = await acceptOne(stores);
      expect(await stores.messages.forget({ endedBefore: 10_000, max: 100 })).toEqual([gone.processId]);
      expect(await stores.reads.process(gone.processId)).toBeNull();
      expect(await stores.reads.process(kept.processId)).toMatchObject({ status: 'failed' });
      expect(await stores.reads.process(running.processId)).toMatchObject({ status: 'running' });
      expect(isBalanced(await totals(stores))).toBe(true);
    });
  });
}
