import { describe, expect } from 'vitest';
import type { Message } from '../../core/message.ts';
import type { Stores } from '../../ports/stores.ts';
import { DONE, FORWARDED, message, queue, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest, totals } from './opened.ts';

export function chainContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  const after = (before: Message, node: string, change: Partial<Message> = {}): Message =>
    message(before.processId, node, { queue: queue(node), parentId: before.id, ...change });
  /** A claimed message at `a` and those that follow it at `b` and `c`. */
  const line = async (stores: Stores): Promise<[Message, Message, Message]> => {
    await acceptOne(stores);
    const a = await claimOne(stores);
    const b = after(a, 'b');
    return [a, b, after(b, 'c')];
  };

  describe(`a chain of steps: ${sut.name}`, () => {
    it('E3: all of it is there together, and what is between two steps is never claimable', async (stores) => {
      const [a, b, c] = await line(stores);
      const steps = [step(a, FORWARDED, [b]), step(b, FORWARDED, [c])];
      expect(await stores.messages.commitChain(steps, false)).toEqual([
        { applied: true, ended: null },
        { applied: true, ended: null },
      ]);
      expect(await stores.messages.claim(queue('b'), 10)).toEqual([]);
      const claimed = await claimOne(stores, 'c');
      expect(claimed).toEqual(c);
      expect(await stores.messages.commit(step(claimed, DONE))).toEqual({ applied: true, ended: 'completed' });
      const { items } = await stores.reads.history(a.processId, { limit: 10 });
      expect(items.map(({ message: { id, parentId }, result }) => [id, parentId, result])).toEqual([
        [a.id, null, 'forwarded'],
        [b.id, a.id, 'forwarded'],
        [c.id, b.id, 'ended'],
      ]);
      expect(await totals(stores)).toMatchObject({ emitted: 3, finished: 4, queued: 0, leased: 0 });
    });

    it('E5: its last step may end the process', async (stores) => {
      const [a, b] = await line(stores);
      expect(await stores.messages.commitChain([step(a, FORWARDED, [b]), step(b, DONE)], false)).toEqual([
        { applied: true, ended: null },
        { applied: true, ended: 'completed' },
      ]);
      expect(await stores.reads.process(a.processId)).toMatchObject({ status: 'completed', total: 3, done: 3 });
    });

    it('its last step may park its message', async (stores) => {
      const [a, b] = await line(stores);
      const trash = { to: 'trash', code: 'step.failed', reason: 'no' } as const;
      await stores.messages.commitChain([step(a, FORWARDED, [b]), step(b, trash)], false);
      const { items } = await stores.reads.waiting({ state: 'trash' }, { limit: 5 });
      expect(items).toMatchObject([{ message: { id: b.id }, code: 'step.failed' }]);
      expect(await stores.reads.process(a.processId)).toMatchObject({ status: 'failed', failed: 1 });
    });

    it('the last message may be kept: leased, until it is committed or given back', async (stores) => {
      const [a, b, c] = await line(stores);
      await stores.messages.commitChain([step(a, FORWARDED, [b])], true);
      expect(await stores.messages.claim(queue('b'), 10)).toEqual([]);
      expect(await totals(stores)).toMatchObject({ leased: 1, queued: 0 });
      await stores.messages.commitChain([step(b, FORWARDED, [c])], true);
      expect(await stores.messages.claim(queue('c'), 10)).toEqual([]);
      stores.messages.giveBack(c);
      expect((await claimOne(stores, 'c')).id).toBe(c.id);
    });

    it('E2: what was kept is ready after a restart', async (_, opened) => {
      const [a, b] = await line(opened.stores);
      await opened.stores.messages.commitChain([step(a, FORWARDED, [b])], true);
      await opened.restart();
      expect(await opened.stores.messages.claim(queue('a'), 10)).toEqual([]);
      expect((await claimOne(opened.stores, 'b')).id).toBe(b.id);
      expect(await opened.stores.messages.commit(step(b, DONE))).toEqual({ applied: true, ended: 'completed' });
    });

    it('E2: what was kept is never claimed, however many wait in its queue', async (stores) => {
      const first = await acceptOne(stores);
      const items = Array.from({ length: 3_000 }, (_item, index) => after(first, 'b', { id: `${first.id}${index}` }));
      await stores.messages.commit(step(await claimOne(stores), FORWARDED, items));
      const [a, b] = await line(stores);
      await stores.messages.commitChain([step(a, FORWARDED, [b])], true);
      const seen = new Set<string>();
      for (;;) {
        const claimed = await stores.messages.claim(queue('b'), 1_000);
        if (claimed.length === 0) break;
        for (const { id } of claimed) seen.add(id);
      }
      expect(seen.size).toBe(3_000);
      expect(seen.has(b.id)).toBe(false);
      expect(await stores.messages.commit(step(b, DONE))).toMatchObject({ applied: true });
    });

    it('a lease that is lost loses all of it', async (_, opened) => {
      const [a, b, c] = await line(opened.stores);
      await opened.restart();
      const steps = [step(a, FORWARDED, [b]), step(b, FORWARDED, [c])];
      expect(await opened.stores.messages.commitChain(steps, false)).toEqual([{ applied: false }, { applied: false }]);
      expect((await claimOne(opened.stores)).id).toBe(a.id);
      expect(await opened.stores.messages.claim(queue('c'), 10)).toEqual([]);
    });

    it('of a cancelled process the first step consumes its message, and nothing follows', async (stores) => {
      const [a, b, c] = await line(stores);
      await stores.messages.cancel(a.processId, 1_500);
      const steps = [step(a, FORWARDED, [b]), step(b, FORWARDED, [c])];
      expect(await stores.messages.commitChain(steps, true)).toMatchObject([{ applied: true }, { applied: false }]);
      for (const node of ['a', 'b', 'c']) expect(await stores.messages.claim(queue(node), 10)).toEqual([]);
      expect(await totals(stores)).toMatchObject({ queued: 0, leased: 0 });
    });

    it('content that goes through unchanged stays what it is', async (stores) => {
      const [a, plain] = await line(stores);
      const b = { ...plain, payload: a.payload };
      const c = after(b, 'c', { payload: a.payload });
      await stores.messages.commitChain([step(a, FORWARDED, [b]), step(b, FORWARDED, [c])], false);
      expect((await claimOne(stores, 'c')).payload.body).toBe(a.payload.body);
      const { items } = await stores.reads.history(a.processId, { limit: 10 });
      expect(items.map(({ message: made }) => made.payload.body)).toEqual([1, 2, 3].map(() => a.payload.body));
    });
  });
}
