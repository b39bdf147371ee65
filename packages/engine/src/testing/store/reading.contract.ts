import { describe, expect } from 'vitest';
import type { Step } from '../../core/step.ts';
import { acceptance, DONE, FORWARDED, message, newProcessId, queue, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest } from './opened.ts';

export function readingContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`reading: ${sut.name}`, () => {
    it('processes are listed newest first, filtered and in pages', async (stores) => {
      const ids: string[] = [];
      for (let i = 0; i < 5; i++) ids.unshift((await acceptOne(stores)).processId);
      const first = await stores.reads.processes({ topology: 'orders', status: 'running' }, { limit: 3 });
      expect(first.items.map((process) => process.id)).toEqual(ids.slice(0, 3));
      const second = await stores.reads.processes({}, { limit: 3, cursor: first.next! });
      expect(second.items.map((process) => process.id)).toEqual(ids.slice(3));
      expect(second.next).toBeNull();
      expect((await stores.reads.processes({ status: 'failed' }, { limit: 3 })).items).toEqual([]);
    });

    it('the history tells every step with its parent and its outcome', async (stores) => {
      const made = await acceptOne(stores);
      const child = message(made.processId, 'child', { queue: queue('b'), parentId: made.id });
      await stores.messages.commit(step(await claimOne(stores), FORWARDED, [child]));
      const { items } = await stores.reads.history(made.processId, { limit: 10 });
      expect(items.map(({ node, state, result, emitted }) => ({ node, state, result, emitted }))).toEqual([
        { node: 'a', state: 'done', result: 'forwarded', emitted: 1 },
        { node: 'b', state: 'ready', result: null, emitted: 0 },
      ]);
      expect(items[1]!.message.parentId).toBe(made.id);
    });

    it('what came in and what was answered can be read again', async (stores) => {
      const made = await acceptOne(stores);
      const answer = {
        status: 201,
        headers: { a: 'b' },
        contentType: 'text/plain',
        payload: { body: 'hi', blob: null, bytes: 2 },
      };
      await stores.messages.commit(step(await claimOne(stores), DONE, [], { answer }));
      const content = await stores.reads.content(made.processId);
      expect(content).toMatchObject({
        payload: made.payload,
        contentType: 'application/json',
        answer: { status: 201, headers: { a: 'b' }, payload: { body: 'hi' } },
      });
    });

    it('what came in reads the same whoever else carries it', async (stores) => {
      const payload = { body: '{"größe":"数"}', blob: null, bytes: 17 };
      const began = await acceptOne(stores, { payload });
      const first = await claimOne(stores);
      // The next step carries it on, answers with it, and another process begins with it.
      const child = message(began.processId, 'child', {
        queue: queue('b'),
        parentId: began.id,
        payload: first.payload,
      });
      await stores.messages.commit(step(first, FORWARDED, [child]));
      const last = await claimOne(stores, 'b');
      const answer = { status: 200, headers: {}, contentType: 'application/json', payload: last.payload };
      const other = message(newProcessId(), 'm', { payload: last.payload });
      await Promise.all([
        stores.messages.commit(step(last, DONE, [], { answer })),
        stores.messages.accept(acceptance([other])),
      ]);
      expect(await stores.reads.content(began.processId)).toMatchObject({ payload, answer: { payload } });
      await stores.messages.commit(step(await claimOne(stores), DONE));
      const alone = await acceptOne(stores, { payload: { ...payload } });
      await stores.messages.commit(step(await claimOne(stores), DONE));
      for (const { processId } of [other, alone]) {
        expect(await stores.reads.content(processId)).toMatchObject({ payload, answer: null });
        const { items } = await stores.reads.history(processId, { limit: 10 });
        expect(items.map((one) => one.message.payload)).toMatchObject([payload]);
      }
    });

    it('processes are listed by the time they started', async (stores) => {
      const made = [];
      for (const processStartedAt of [1_000, 2_000, 3_000]) {
        const first = message(newProcessId(), 'm', { processStartedAt });
        await stores.messages.accept(acceptance([first], { at: processStartedAt }));
        made.push(first.processId);
      }
      const within = await stores.reads.processes({ startedFrom: 2_000, startedTo: 3_000 }, { limit: 5 });
      expect(within.items.map((process) => process.id)).toEqual([made[1]]);
    });

    it('what ended is counted by topology, time and status, and what is open is running', async (stores) => {
      const from = 1_790_000_000_000;
      const end = async (move: Step['move'], at: number): Promise<void> => {
        await stores.messages.accept(acceptance([message(newProcessId(), 'm')], { at: from - 9_000 }));
        await stores.messages.commit(step(await claimOne(stores), move, [], { at }));
      };
      for (let i = 0; i < 3; i++) await end(DONE, from + i * 40);
      await end({ to: 'trash', code: 'c', reason: 'r' }, from + 250);
      await acceptOne(stores);
      const { ended, running } = await stores.reads.statistics({ from, to: from + 300, bucketMs: 100 });
      expect([...ended].sort((a, b) => a.at - b.at)).toEqual([
        { topology: 'orders', at: from, status: 'completed', count: 3, totalMs: 27_120, longestMs: 9_080 },
        { topology: 'orders', at: from + 200, status: 'failed', count: 1, totalMs: 9_250, longestMs: 9_250 },
      ]);
      expect(running).toEqual([{ topology: 'orders', count: 1 }]);
      expect((await stores.reads.statistics({ from: 0, to: from, bucketMs: 100_000 })).ended).toEqual([]);
    });

    it('what waits is grouped by node and reason, with the words of the last', async (stores) => {
      for (const [index, [code, reason]] of [
        ['c1', 'first'],
        ['c2', 'other'],
        ['c1', 'last'],
      ].entries()) {
        await acceptOne(stores);
        const move = { to: 'trash', code: code!, reason: reason! } as const;
        await stores.messages.commit(step(await claimOne(stores), move, [], { at: 2_000 + index }));
      }
      expect(await stores.reads.waitingGroups({ state: 'trash' })).toEqual([
        {
          topology: 'orders',
          version: 1,
          node: 'a',
          code: 'c1',
          reason: 'last',
          count: 2,
          oldestAt: 2_000,
          newestAt: 2_002,
        },
        {
          topology: 'orders',
          version: 1,
          node: 'a',
          code: 'c2',
          reason: 'other',
          count: 1,
          oldestAt: 2_001,
          newestAt: 2_001,
        },
      ]);
      expect(await stores.reads.waitingGroups({ state: 'trash', code: 'c2' })).toHaveLength(1);
      expect(await stores.reads.waitingGroups({ state: 'held' })).toEqual([]);
    });
  });
}
