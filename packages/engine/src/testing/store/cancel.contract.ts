import { describe, expect } from 'vitest';
import { isBalanced } from '../../core/ledger.ts';
import { acceptance, FORWARDED, message, newProcessId, queue, step } from '../samples.ts';
import { cases, claimOne, type StoresUnderTest, totals } from './opened.ts';

export function cancelContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`cancel: ${sut.name}`, () => {
    it('what nobody works on is consumed, what is leased is consumed by its step and emits nothing', async (stores) => {
      const processId = newProcessId();
      await stores.messages.accept(acceptance(['x', 'y', 'z'].map((name) => message(processId, name))));
      const leased = await claimOne(stores);
      expect(await stores.messages.cancel(processId, 3_000)).toBe(true);
      expect(await stores.messages.claim(queue('a'), 10)).toEqual([]);
      const child = message(processId, 'child', { queue: queue('b') });
      expect(await stores.messages.commit(step(leased, FORWARDED, [child]))).toMatchObject({ applied: true });
      expect(await stores.messages.claim(queue('b'), 10)).toEqual([]);
      expect(await stores.reads.process(processId)).toMatchObject({
        status: 'cancelled',
        total: 4,
        done: 4,
        endedAt: 3_000,
      });
      expect(isBalanced(await totals(stores))).toBe(true);
      expect(await stores.messages.cancel(processId, 4_000)).toBe(false);
    });
  });
}
