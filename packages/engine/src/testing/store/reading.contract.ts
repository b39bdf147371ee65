import { describe, expect } from 'vitest';
import { DONE, FORWARDED, message, queue, step } from '../samples.ts';
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
  });
}
