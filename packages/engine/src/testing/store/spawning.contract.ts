import { describe, expect } from 'vitest';
import { isBalanced } from '../../core/ledger.ts';
import type { Message } from '../../core/message.ts';
import type { Acceptance } from '../../ports/message-store.ts';
import { acceptance, DONE, FORWARDED, message, newProcessId, queue, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest, totals } from './opened.ts';

export function spawningContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  const called = (caller: Message, names = ['m']): Acceptance => {
    const processId = newProcessId();
    const emitted = names.map((name) => message(processId, name, { queue: queue('c') }));
    return acceptance(emitted, {
      processId,
      lineage: {
        businessKey: null,
        parent: { processId: caller.processId, messageId: caller.id, relation: 'call' },
        depth: 1,
      },
    });
  };
  const waits = (start: Acceptance, dueAt: number | null = null) =>
    ({ to: 'called', processId: start.processId, dueAt, reason: 'waits' }) as const;

  describe(`starting processes: ${sut.name}`, () => {
    it('E3: a step and the process it starts are one commit, and the caller waits', async (_, opened) => {
      await acceptOne(opened.stores);
      const caller = await claimOne(opened.stores);
      const start = called(caller);
      const calls = step(caller, waits(start), [], { starts: [start] });
      expect(await opened.stores.messages.commit(calls)).toMatchObject({ applied: true, ended: null });
      expect(await opened.stores.messages.commit(calls)).toEqual({ applied: false });
      await opened.restart();
      expect(await opened.stores.messages.claim(queue('a'), 10)).toEqual([]);
      expect(opened.stores.messages.nextDue()).toBeNull();
      expect(await totals(opened.stores)).toMatchObject({ accepted: 2, delayed: 1, queued: 1 });
      expect((await opened.stores.messages.claim(queue('c'), 10)).map((made) => made.id)).toEqual([
        start.emitted[0]!.message.id,
      ]);
      expect((await opened.stores.reads.step(caller.id))!).toMatchObject({ state: 'delayed', result: 'call' });
    });

    it('the caller is ready in the commit that ends the called process, also after a restart', async (_, opened) => {
      await acceptOne(opened.stores);
      const caller = await claimOne(opened.stores);
      const start = called(caller, ['m', 'n']);
      await opened.stores.messages.commit(step(caller, waits(start), [], { starts: [start] }));
      await opened.stores.messages.commit(step(await claimOne(opened.stores, 'c'), DONE));
      expect(await opened.stores.messages.claim(queue('a'), 10)).toEqual([]);
      await opened.restart();
      await opened.stores.messages.commit(step(await claimOne(opened.stores, 'c'), DONE));
      expect(await claimOne(opened.stores)).toMatchObject({ id: caller.id, cursor: start.processId, attempt: 1 });
      expect(isBalanced(await totals(opened.stores))).toBe(true);
    });

    it('a called process that has nothing to do, or had ended before, lets its caller go at once', async (stores) => {
      await acceptOne(stores);
      const first = await claimOne(stores);
      const empty = called(first, []);
      await stores.messages.commit(step(first, waits(empty), [], { starts: [empty] }));
      const second = await claimOne(stores);
      expect(second).toMatchObject({ cursor: empty.processId });
      await stores.messages.commit(step(second, waits(empty)));
      expect(await claimOne(stores)).toMatchObject({ id: second.id, attempt: 2 });
    });

    it('a called process that fails or is cancelled lets its caller go as well', async (stores) => {
      for (const end of ['trash', 'cancel'] as const) {
        await acceptOne(stores);
        const caller = await claimOne(stores);
        const start = called(caller);
        await stores.messages.commit(step(caller, waits(start), [], { starts: [start] }));
        if (end === 'cancel') await stores.messages.cancel(start.processId, 3_000);
        else await stores.messages.commit(step(await claimOne(stores, 'c'), { to: 'trash', code: 'c', reason: 'r' }));
        expect((await claimOne(stores)).id).toBe(caller.id);
      }
    });

    it('a caller that waited too long is released when it is due', async (stores) => {
      await acceptOne(stores);
      const caller = await claimOne(stores);
      const start = called(caller);
      await stores.messages.commit(step(caller, waits(start, 5_000), [], { starts: [start] }));
      expect(stores.messages.nextDue()).toBe(5_000);
      expect(await stores.messages.releaseDue(5_000, 10)).toBe(1);
      expect(await claimOne(stores)).toMatchObject({ id: caller.id, dueAt: 5_000 });
    });

    it('O1: a caller that waits keeps its ordering key', async (stores) => {
      await acceptOne(stores, { orderingKey: 'k' });
      await acceptOne(stores, { orderingKey: 'k' });
      const caller = await claimOne(stores);
      const start = called(caller);
      await stores.messages.commit(step(caller, waits(start), [], { starts: [start] }));
      expect(await stores.messages.claim(queue('a'), 10)).toEqual([]);
      await stores.messages.commit(step(await claimOne(stores, 'c'), DONE));
      await stores.messages.commit(step(await claimOne(stores), DONE));
      expect(await stores.messages.claim(queue('a'), 10)).toHaveLength(1);
    });

    it('a step may start many processes, none of them twice', async (stores) => {
      await acceptOne(stores);
      const publisher = await claimOne(stores);
      const starts = [called(publisher), called(publisher), called(publisher)];
      const child = message(publisher.processId, 'child', { queue: queue('b') });
      await stores.messages.commit(step(publisher, FORWARDED, [child], { starts: [...starts, starts[0]!] }));
      expect(await stores.messages.claim(queue('c'), 10)).toHaveLength(3);
      expect(await stores.messages.claim(queue('b'), 10)).toHaveLength(1);
      expect(isBalanced(await totals(stores))).toBe(true);
    });

    it('a step of a cancelled process starts nothing', async (stores) => {
      const made = await acceptOne(stores);
      const caller = await claimOne(stores);
      await stores.messages.cancel(made.processId, 2_500);
      const start = called(caller);
      await stores.messages.commit(step(caller, waits(start), [], { starts: [start] }));
      expect(await stores.reads.process(start.processId)).toBeNull();
    });

    it('lineage and business key can be asked for, in both directions', async (stores) => {
      const made = await acceptOne(stores);
      const caller = await claimOne(stores);
      const start = called(caller);
      await stores.messages.commit(step(caller, waits(start), [], { starts: [start] }));
      expect(await stores.reads.process(start.processId)).toMatchObject({
        parent: { processId: made.processId, messageId: caller.id, relation: 'call' },
        depth: 1,
        businessKey: null,
      });
      const lineage = { businessKey: 'order 7', parent: null, depth: 0 };
      const keyed = acceptance([message(newProcessId(), 'm')], { lineage });
      await stores.messages.accept(keyed);
      expect(await stores.reads.process(keyed.processId)).toMatchObject({ businessKey: 'order 7', parent: null });
      const found = async (filter: Parameters<typeof stores.reads.processes>[0]) =>
        (await stores.reads.processes(filter, { limit: 10 })).items.map((process) => process.id);
      expect(await found({ businessKey: 'order 7' })).toEqual([keyed.processId]);
      expect(await found({ businessKey: 'order 7', status: 'failed' })).toEqual([]);
      expect(await found({ businessKey: 'order' })).toEqual([]);
      expect(await found({ parentId: made.processId })).toEqual([start.processId]);
      expect((await found({})).sort()).toEqual([made.processId, start.processId, keyed.processId].sort());
    });
  });
}
