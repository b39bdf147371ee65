import { describe, expect } from 'vitest';
import { isBalanced } from '../../core/ledger.ts';
import type { Acceptance } from '../../ports/message-store.ts';
import { acceptance, DONE, message, newProcessId, queue, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest, totals } from './opened.ts';

export function trashContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`trash: ${sut.name}`, () => {
    const toTrash = { to: 'trash', code: 'step.failed', reason: 'no customer' } as const;

    it('T1: a message in trash keeps its content, reason and attempts', async (stores) => {
      const made = await acceptOne(stores);
      await stores.messages.commit(
        step(await claimOne(stores), { to: 'delayed', dueAt: 3_000, attempt: 1, code: 'repeat', reason: 'busy' }),
      );
      await stores.messages.releaseDue(3_000, 1);
      expect(await stores.messages.commit(step(await claimOne(stores), toTrash))).toEqual({
        applied: true,
        ended: 'failed',
      });
      const { items } = await stores.reads.waiting({ state: 'trash' }, { limit: 10 });
      expect(items).toHaveLength(1);
      expect(items[0]).toMatchObject({
        node: 'a',
        code: 'step.failed',
        reason: 'no customer',
        message: { id: made.id, payload: made.payload },
      });
      expect(items[0]!.attempts.map(({ attempt, code }) => [attempt, code])).toEqual([
        [1, 'repeat'],
        [2, 'step.failed'],
      ]);
    });

    it('B3: replayed from trash, edited: attempts begin again and the process ends again', async (stores) => {
      const made = await acceptOne(stores);
      await stores.messages.commit(step(await claimOne(stores), toTrash));
      const { items } = await stores.reads.waiting({ state: 'trash' }, { limit: 10 });
      const move = {
        to: 'queue',
        queue: queue('a'),
        payload: { body: 'new', blob: null, bytes: 3 },
        headers: { x: '1' },
        contentType: 'text/plain',
        orderingKey: null,
      } as const;
      await stores.messages.commit(step(items[0]!.message, move, [], { from: 'trash' }));
      expect(await stores.reads.process(made.processId)).toMatchObject({ status: 'running', failed: 0, endedAt: null });
      const again = await claimOne(stores);
      expect(again).toMatchObject({
        id: made.id,
        attempt: 0,
        headers: { x: '1' },
        contentType: 'text/plain',
        payload: { body: 'new' },
      });
      expect(await stores.messages.commit(step(again, DONE))).toEqual({ applied: true, ended: 'completed' });
      expect(await stores.reads.process(made.processId)).toMatchObject({
        status: 'completed',
        total: 2,
        done: 2,
        failed: 0,
      });
    });

    it('a discarded message is finished, and its process stays failed', async (stores) => {
      const made = await acceptOne(stores);
      await stores.messages.commit(step(await claimOne(stores), toTrash));
      const { items } = await stores.reads.waiting({ state: 'trash' }, { limit: 10 });
      await stores.messages.commit(step(items[0]!.message, { to: 'done', result: 'discarded' }, [], { from: 'trash' }));
      expect(await stores.reads.process(made.processId)).toMatchObject({ status: 'failed', failed: 1 });
      expect(await totals(stores)).toMatchObject({ trash: 0, finished: 2 });
    });

    it('E3: what leaves trash for a process of its own leaves in the commit that starts it, once', async (_, opened) => {
      const made = await acceptOne(opened.stores);
      await opened.stores.messages.commit(step(await claimOne(opened.stores), toTrash));
      const { items } = await opened.stores.reads.waiting({ state: 'trash' }, { limit: 10 });
      const start = (): Acceptance => {
        const processId = newProcessId();
        const first = message(processId, 'm', { queue: queue('c') });
        return acceptance([first], { processId, replayOf: made.processId });
      };
      const leave = () =>
        step(items[0]!.message, { to: 'done', result: 'discarded' }, [], { from: 'trash', starts: [start()] });
      const results = await Promise.all([leave(), leave()].map((one) => opened.stores.messages.commit(one)));
      expect(results.filter(({ applied }) => applied)).toHaveLength(1);
      await opened.restart();
      expect(await opened.stores.messages.claim(queue('c'), 10)).toHaveLength(1);
      const linked = await opened.stores.reads.processes({ replayOf: made.processId }, { limit: 10 });
      expect(linked.items).toMatchObject([{ status: 'running', total: 2 }]);
      expect(await totals(opened.stores)).toMatchObject({ accepted: 2, trash: 0, leased: 1 });
      expect(isBalanced(await totals(opened.stores))).toBe(true);
    });

    it('a message can be taken from trash once', async (stores) => {
      await acceptOne(stores);
      await stores.messages.commit(step(await claimOne(stores), toTrash));
      const { items } = await stores.reads.waiting({ state: 'trash' }, { limit: 10 });
      const discard = step(items[0]!.message, { to: 'done', result: 'discarded' }, [], { from: 'trash' });
      const results = await Promise.all([stores.messages.commit(discard), stores.messages.commit(discard)]);
      expect(results.filter((result) => result.applied)).toHaveLength(1);
    });
  });
}
