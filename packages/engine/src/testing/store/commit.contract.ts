import { describe, expect } from 'vitest';
import { acceptance, DONE, FORWARDED, message, newProcessId, queue, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest } from './opened.ts';

export function commitContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`commit: ${sut.name}`, () => {
    it('E3: the input is consumed and the output is there, together', async (stores) => {
      const made = await acceptOne(stores);
      const child = message(made.processId, 'child', { queue: queue('b'), parentId: made.id });
      await stores.messages.commit(step(await claimOne(stores), FORWARDED, [child]));
      expect(await stores.messages.claim(queue('a'), 1)).toEqual([]);
      expect((await claimOne(stores, 'b')).id).toBe(child.id);
      expect(await stores.reads.process(made.processId)).toMatchObject({ status: 'running', total: 3, done: 2 });
    });

    it('E4: a step that comes twice counts once', async (stores) => {
      const made = await acceptOne(stores);
      const child = message(made.processId, 'child', { queue: queue('b') });
      const once = step(await claimOne(stores), FORWARDED, [child]);
      expect(await stores.messages.commit(once)).toMatchObject({ applied: true });
      expect(await stores.messages.commit(once)).toEqual({ applied: false });
      expect(await stores.messages.claim(queue('b'), 10)).toHaveLength(1);
      expect(await stores.reads.process(made.processId)).toMatchObject({ total: 3, done: 2 });
    });

    it('a step under a lease from before a restart changes nothing', async (_, opened) => {
      const made = await acceptOne(opened.stores);
      const late = step(await claimOne(opened.stores), DONE);
      await opened.restart();
      expect(await opened.stores.messages.commit(late)).toEqual({ applied: false });
      expect((await claimOne(opened.stores)).id).toBe(made.id);
    });

    it('E5: a process ends once, in the step that closes its last message', async (stores) => {
      const processId = newProcessId();
      const made = ['x', 'y'].map((name) => message(processId, name));
      await stores.messages.accept(acceptance(made));
      const [first, second] = await stores.messages.claim(queue('a'), 2);
      expect(await stores.messages.commit(step(first!, DONE))).toEqual({ applied: true, ended: null });
      expect(await stores.messages.commit(step(second!, DONE))).toEqual({ applied: true, ended: 'completed' });
      expect(await stores.reads.process(processId)).toMatchObject({
        status: 'completed',
        total: 3,
        done: 3,
        failed: 0,
        endedAt: 2_000,
      });
      expect((await stores.reads.events(0, 10)).map((event) => event.type)).toEqual(['process.completed']);
    });

    it('E5: the counts of a process are right after a restart in its middle', async (_, opened) => {
      const processId = newProcessId();
      const made = ['x', 'y', 'z'].map((name) => message(processId, name));
      await opened.stores.messages.accept(acceptance(made));
      await opened.stores.messages.commit(step(await claimOne(opened.stores), DONE));
      await opened.restart();
      await opened.stores.messages.commit(
        step(await claimOne(opened.stores), { to: 'trash', code: 'step.failed', reason: 'no' }),
      );
      expect(await opened.stores.reads.process(processId)).toMatchObject({
        status: 'running',
        total: 4,
        done: 2,
        failed: 1,
      });
      expect(await opened.stores.messages.commit(step(await claimOne(opened.stores), DONE))).toEqual({
        applied: true,
        ended: 'failed',
      });
    });

    it(
      'B10: 10,000 items of one step are there once, also after a restart',
      async (_, opened) => {
        const made = await acceptOne(opened.stores);
        const items = Array.from({ length: 10_000 }, (_item, index) =>
          message(made.processId, `i${index}`, { queue: queue('b'), parentId: made.id }),
        );
        await opened.stores.messages.commit(step(await claimOne(opened.stores), FORWARDED, items));
        const seen = new Set<string>();
        const nextPage = async (): Promise<number> => {
          const claimed = await opened.stores.messages.claim(queue('b'), 1_000);
          for (const { id } of claimed) {
            expect(seen.has(id)).toBe(false);
            seen.add(id);
          }
          await Promise.all(claimed.map((item) => opened.stores.messages.commit(step(item, DONE))));
          return claimed.length;
        };
        for (let page = 0; page < 5; page++) await nextPage();
        await opened.restart();
        while ((await nextPage()) > 0);
        expect(seen.size).toBe(10_000);
        expect(await opened.stores.reads.process(made.processId)).toMatchObject({
          status: 'completed',
          total: 10_002,
          done: 10_002,
        });
      },
      60_000,
    );
  });
}
