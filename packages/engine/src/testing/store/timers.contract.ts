import { describe, expect } from 'vitest';
import { isBalanced } from '../../core/ledger.ts';
import type { Message } from '../../core/message.ts';
import { acceptance, DONE, FORWARDED, message, newProcessId, queue, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest, totals } from './opened.ts';

export function timersContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  const timed = (made: Message, timerAt: number) =>
    acceptance([], { processId: made.processId, emitted: [{ message: made, enter: 'queue', timerAt }] });

  describe(`timers: ${sut.name}`, () => {
    it('a message that enters with a timer is found when it is due, also after a restart', async (_, opened) => {
      const made = message(newProcessId(), 'm');
      await opened.stores.messages.accept(timed(made, 5_000));
      expect(opened.stores.messages.nextTimer()).toBe(5_000);
      await opened.restart();
      expect(opened.stores.messages.nextTimer()).toBe(5_000);
      expect(await opened.stores.reads.dueTimers(4_999, 10)).toEqual([]);
      expect(await opened.stores.reads.dueTimers(5_000, 10)).toEqual([{ id: made.id, of: 'message', dueAt: 5_000 }]);
      await opened.stores.messages.clearTimer(made.id);
      expect(opened.stores.messages.nextTimer()).toBeNull();
    });

    it('a message that leaves takes its timer along, one that only waits keeps it', async (stores) => {
      const made = message(newProcessId(), 'm');
      await stores.messages.accept(timed(made, 5_000));
      const repeat = { to: 'delayed', dueAt: 3_000, attempt: 1, code: 'repeat', reason: 'r' } as const;
      await stores.messages.commit(step(await claimOne(stores), repeat, [], { clears: true }));
      await stores.messages.releaseDue(3_000, 1);
      expect(await stores.reads.dueTimers(9_000, 10)).toHaveLength(1);
      await stores.messages.commit(step(await claimOne(stores), DONE, [], { clears: true }));
      expect(await stores.reads.dueTimers(9_000, 10)).toEqual([]);
      // Whoever waits for the next one must not wait for one that ended.
      expect(stores.messages.nextTimer()).toBeNull();
    });

    it('of two timers under one name the first one counts', async (stores) => {
      const timer = (dueAt: number) => ({ id: 'C', of: 'collection' as const, dueAt });
      for (const dueAt of [5_000, 4_000]) {
        await acceptOne(stores);
        await stores.messages.commit(step(await claimOne(stores), DONE, [], { timer: timer(dueAt) }));
      }
      expect(await stores.reads.dueTimers(9_000, 10)).toEqual([timer(5_000)]);
    });

    for (const place of ['ready', 'leased', 'blocked', 'delayed', 'limited', 'held'] as const)
      it(`E2, O1: a message is taken from where it is: ${place}`, async (stores) => {
        const first = await acceptOne(stores, { orderingKey: 'k' });
        const second = await acceptOne(stores, { orderingKey: 'k' });
        const leased = place === 'ready' || place === 'blocked' ? null : await claimOne(stores);
        if (place === 'delayed')
          await stores.messages.commit(
            step(leased!, { to: 'delayed', dueAt: 9_000, attempt: 1, code: 'repeat', reason: 'r' }),
          );
        if (place === 'limited')
          await stores.messages.commit(step(leased!, { to: 'limited', limitKey: 'L', reason: 'r' }));
        if (place === 'held') await stores.messages.commit(step(leased!, { to: 'held', reason: 'r' }));
        const taken = place === 'blocked' ? second : first;
        const child = message(taken.processId, 'late', { queue: queue('b') });
        const away = step(taken, { to: 'done', result: 'timer' }, [child], { from: 'anywhere' });
        expect(await stores.messages.commit(away)).toMatchObject({ applied: true });
        expect(await stores.messages.commit(away)).toEqual({ applied: false });
        if (place === 'leased') {
          expect(await stores.messages.commit(step(leased!, FORWARDED))).toEqual({ applied: false });
          stores.messages.giveBack(leased!);
        }
        expect(stores.messages.limitedKeys().size).toBe(0);
        const left = place === 'blocked' ? first : second;
        expect((await stores.messages.claim(queue('a'), 10)).map((made) => made.id)).toEqual([left.id]);
        expect((await claimOne(stores, 'b')).id).toBe(child.id);
        expect(await stores.reads.process(taken.processId)).toMatchObject({ status: 'running', total: 3, done: 2 });
        expect(isBalanced(await totals(stores))).toBe(true);
      });

    it('a note is added to the history and changes nothing else', async (stores) => {
      const made = await acceptOne(stores);
      await stores.messages.note(made.id, { attempt: 2, at: 3_000, durationMs: 7, code: 'late', reason: 'r' });
      expect(await stores.reads.step(made.id)).toMatchObject({
        state: 'ready',
        attempts: [{ attempt: 2, at: 3_000, durationMs: 7, code: 'late', reason: 'r' }],
      });
    });

    it('a breakpoint is told from a user task', async (stores) => {
      const processId = newProcessId();
      const [stopped, task] = [message(processId, 'x'), message(processId, 'y')];
      await stores.messages.accept(
        acceptance([], {
          processId,
          emitted: [
            { message: stopped, enter: 'breakpoint' },
            { message: task, enter: 'held' },
          ],
        }),
      );
      const held = async (hold: 'held' | 'breakpoint') =>
        (await stores.reads.waiting({ state: 'held', hold }, { limit: 10 })).items.map((item) => item.message.id);
      expect(await held('breakpoint')).toEqual([stopped.id]);
      expect(await held('held')).toEqual([task.id]);
      const { queue: to, payload, headers, contentType, orderingKey } = stopped;
      const move = { to: 'queue', queue: to, payload, headers, contentType, orderingKey } as const;
      await stores.messages.commit(step(stopped, move, [], { from: 'held' }));
      expect((await claimOne(stores)).id).toBe(stopped.id);
    });
  });
}
