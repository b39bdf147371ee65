import { describe, expect } from 'vitest';
import { isBalanced } from '../../core/ledger.ts';
import type { Message } from '../../core/message.ts';
import type { Step } from '../../core/step.ts';
import { acceptance, FORWARDED, message, newProcessId, queue, step } from '../samples.ts';
import { cases, claimOne, type Opened, type StoresUnderTest, totals } from './opened.ts';

export function partsContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  const parks = (made: Message, change: Partial<Step> = {}, place: string | null = null): Step =>
    step(made, { to: 'collected', collection: 'C', place, reason: 'waits' }, [], { clears: true, ...change });
  /** Three parts of one process, the first two parked, the last one leased. */
  const three = async (opened: Opened, processes?: string[]): Promise<Message[]> => {
    const one = newProcessId();
    const parts = ['x', 'y', 'z'].map((name, index) => message(processes?.[index] ?? one, name));
    if (processes) for (const part of parts) await opened.stores.messages.accept(acceptance([part]));
    else await opened.stores.messages.accept(acceptance(parts));
    const claimed = await opened.stores.messages.claim(queue('a'), 3);
    await opened.stores.messages.commit(parks(claimed[0]!, {}, '2'));
    await opened.stores.messages.commit(parks(claimed[1]!, {}, '1'));
    return [...claimed];
  };
  const joins = (parts: readonly Message[], closes: string | null): Partial<Step> => ({
    clears: true,
    joins: {
      collection: 'C',
      parts: parts.map((part) => part.id),
      parked: parts.slice(0, -1).map((part) => part.id),
      closes,
    },
  });

  describe(`parts of a whole: ${sut.name}`, () => {
    it('parked parts are held, in order of arrival with their places, also after a restart', async (_, opened) => {
      const parts = await three(opened);
      await opened.restart();
      expect(await totals(opened.stores)).toMatchObject({ held: 2, queued: 1 });
      expect(await opened.stores.reads.collection('C')).toEqual({ parts: 2, closed: false });
      expect(await opened.stores.reads.parts('C')).toMatchObject([
        { message: { id: parts[0]!.id, payload: parts[0]!.payload }, place: '2' },
        { message: { id: parts[1]!.id }, place: '1' },
      ]);
      const { items } = await opened.stores.reads.waiting({ state: 'held', hold: 'collecting' }, { limit: 10 });
      expect(items).toHaveLength(2);
      expect((await opened.stores.reads.waiting({ state: 'held', hold: 'held' }, { limit: 10 })).items).toEqual([]);
    });

    it('E3: the parts are consumed in the commit that emits the whole; its step lists them', async (_, opened) => {
      const parts = await three(opened);
      const last = parts[2]!;
      const whole = message(last.processId, 'whole', { queue: queue('b'), parentId: last.id });
      expect(
        await opened.stores.messages.commit(step(last, FORWARDED, [whole], joins(parts, last.processId))),
      ).toMatchObject({ applied: true, ended: null });
      await opened.restart();
      expect(await totals(opened.stores)).toMatchObject({ held: 0, queued: 1, finished: 4 });
      expect(await opened.stores.reads.collection('C')).toEqual({ parts: 0, closed: true });
      expect((await opened.stores.reads.step(last.id))!.parts).toEqual(parts.map((part) => part.id));
      expect(await opened.stores.reads.step(parts[0]!.id)).toMatchObject({ state: 'done', result: 'joined' });
      expect(await opened.stores.reads.process(last.processId)).toMatchObject({ total: 5, done: 4, status: 'running' });
      expect(isBalanced(await totals(opened.stores))).toBe(true);
      expect(await opened.stores.reads.audit(10)).toEqual([]);
    });

    it('parts of several processes end their processes with the whole', async (_, opened) => {
      const ids = [newProcessId(), newProcessId(), newProcessId()];
      const parts = await three(opened, ids);
      const last = parts[2]!;
      const committed = await opened.stores.messages.commit(
        step(last, { to: 'done', result: 'ended' }, [], joins(parts, null)),
      );
      expect(committed).toEqual({
        applied: true,
        ended: 'completed',
        also: [
          { processId: ids[0], ended: 'completed' },
          { processId: ids[1], ended: 'completed' },
        ],
      });
      expect(await opened.stores.reads.collection('C')).toEqual({ parts: 0, closed: false });
      expect(isBalanced(await totals(opened.stores))).toBe(true);
    });

    it('a whole whose part has gone is stale: nothing changes and the lease holds', async (_, opened) => {
      const ids = [newProcessId(), newProcessId(), newProcessId()];
      const parts = await three(opened, ids);
      await opened.stores.messages.cancel(ids[0]!, 2_500);
      const whole = step(parts[2]!, FORWARDED, [], joins(parts, null));
      expect(await opened.stores.messages.commit(whole)).toEqual({ applied: false, stale: true });
      expect(await opened.stores.reads.collection('C')).toMatchObject({ parts: 1 });
      const fewer = step(parts[2]!, FORWARDED, [], joins(parts.slice(1), null));
      expect(await opened.stores.messages.commit(fewer)).toMatchObject({ applied: true });
      expect(isBalanced(await totals(opened.stores))).toBe(true);
    });

    it('a parked part may complete the whole itself, or go to trash and leave it', async (_, opened) => {
      const parts = await three(opened);
      const toTrash = { to: 'trash', code: 'c', reason: 'r' } as const;
      await opened.stores.messages.commit(step(parts[0]!, toTrash, [], { from: 'held', clears: true }));
      expect(await opened.stores.reads.collection('C')).toMatchObject({ parts: 1 });
      const { joins: join } = joins([parts[1]!], null);
      const alone = { ...join!, parked: [parts[1]!.id] };
      expect(
        await opened.stores.messages.commit(step(parts[1]!, FORWARDED, [], { from: 'held', joins: alone })),
      ).toMatchObject({ applied: true });
      expect(await totals(opened.stores)).toMatchObject({ held: 0, trash: 1, leased: 1 });
      expect(isBalanced(await totals(opened.stores))).toBe(true);
    });

    it('O1: a parked part lets the next of its ordering key go', async (stores) => {
      const processId = newProcessId();
      const keyed = ['x', 'y'].map((name) => message(processId, name, { orderingKey: 'k' }));
      await stores.messages.accept(acceptance(keyed));
      await stores.messages.commit(parks(await claimOne(stores)));
      expect((await claimOne(stores)).id).toBe(keyed[1]!.id);
    });
  });
}
