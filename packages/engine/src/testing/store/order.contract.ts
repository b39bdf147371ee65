import { describe, expect } from 'vitest';
import type { Message } from '../../core/message.ts';
import { acceptance, DONE, message, newProcessId, queue, step } from '../samples.ts';
import { cases, claimOne, type StoresUnderTest } from './opened.ts';

export function orderContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`order: ${sut.name}`, () => {
    const keyed = (processId: string, name: string, key = 'k'): Message =>
      message(processId, name, { orderingKey: key });

    it('O1: only the earliest of equal keys is claimable, others of other keys are', async (stores) => {
      const processId = newProcessId();
      await stores.messages.accept(
        acceptance([keyed(processId, '1'), keyed(processId, '2'), keyed(processId, '3', 'other')]),
      );
      const names = (await stores.messages.claim(queue('a'), 10)).map((claimed) => claimed.id.split('.')[1]);
      expect(names).toEqual(['1', '3']);
    });

    it('O1: the next of a key runs when its head is finished, in trash or held', async (stores) => {
      const processId = newProcessId();
      await stores.messages.accept(acceptance(['1', '2', '3', '4'].map((name) => keyed(processId, name))));
      await stores.messages.commit(step(await claimOne(stores), DONE));
      await stores.messages.commit(step(await claimOne(stores), { to: 'trash', code: 'c', reason: 'r' }));
      await stores.messages.commit(step(await claimOne(stores), { to: 'held', reason: 'r' }));
      expect((await claimOne(stores)).id.endsWith('.4')).toBe(true);
    });

    it('O1: a head that repeats or waits for a permit holds its key, also over a restart', async (_, opened) => {
      const processId = newProcessId();
      await opened.stores.messages.accept(acceptance(['1', '2'].map((name) => keyed(processId, name))));
      const head = await claimOne(opened.stores);
      await opened.stores.messages.commit(
        step(head, { to: 'delayed', dueAt: 5_000, attempt: 1, code: 'repeat', reason: 'r' }),
      );
      expect(await opened.stores.messages.claim(queue('a'), 10)).toEqual([]);
      await opened.restart();
      expect(await opened.stores.messages.claim(queue('a'), 10)).toEqual([]);
      await opened.stores.messages.releaseDue(5_000, 10);
      const again = await claimOne(opened.stores);
      expect(again).toMatchObject({ id: head.id, attempt: 1 });
      await opened.stores.messages.commit(step(again, { to: 'limited', limitKey: 'L', reason: 'r' }));
      expect(await opened.stores.messages.claim(queue('a'), 10)).toEqual([]);
      await opened.stores.messages.releaseLimited('L', 1);
      await opened.stores.messages.commit(step(await claimOne(opened.stores), DONE));
      expect((await claimOne(opened.stores)).id.endsWith('.2')).toBe(true);
    });

    it('O1: a cancelled head lets the next go', async (stores) => {
      const first = newProcessId();
      const second = newProcessId();
      await stores.messages.accept(acceptance([keyed(first, '1')]));
      await stores.messages.accept(acceptance([keyed(second, '2')]));
      await stores.messages.cancel(first, 3_000);
      expect((await claimOne(stores)).processId).toBe(second);
    });
  });
}
