import { describe, expect } from 'vitest';
import { acceptance, emission, FORWARDED, message, newProcessId, queue, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest } from './opened.ts';

export function waitingContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  describe(`waiting: ${sut.name}`, () => {
    it('a delayed message comes back when it is due, not before, with its attempt', async (stores) => {
      await acceptOne(stores);
      await stores.messages.commit(
        step(await claimOne(stores), { to: 'delayed', dueAt: 5_000, attempt: 1, code: 'repeat', reason: 'busy' }),
      );
      expect(stores.messages.nextDue()).toBe(5_000);
      expect(await stores.messages.releaseDue(4_999, 10)).toBe(0);
      expect(await stores.messages.claim(queue('a'), 1)).toEqual([]);
      expect(await stores.messages.releaseDue(5_000, 10)).toBe(1);
      expect(await claimOne(stores)).toMatchObject({ attempt: 1 });
      expect(stores.messages.nextDue()).toBeNull();
    });

    it('a message that enters with a due time waits for it, over a restart', async (_, opened) => {
      await acceptOne(opened.stores, { dueAt: 90_000 });
      expect(await opened.stores.messages.claim(queue('a'), 1)).toEqual([]);
      await opened.restart();
      expect(opened.stores.messages.nextDue()).toBe(90_000);
      await opened.stores.messages.releaseDue(90_000, 10);
      expect(await opened.stores.messages.claim(queue('a'), 1)).toHaveLength(1);
    });

    it('a delayed message that a step emits is waited for', async (stores) => {
      const made = await acceptOne(stores);
      const later = message(made.processId, 'later', { queue: queue('b'), dueAt: 7_000 });
      await stores.messages.commit(step(await claimOne(stores), FORWARDED, [later]));
      expect(stores.messages.nextDue()).toBe(7_000);
      await stores.messages.releaseDue(7_000, 10);
      expect((await claimOne(stores, 'b')).id).toBe(later.id);
    });

    it('L1: limited messages are released the oldest of each user in turn', async (stores) => {
      for (let i = 0; i < 10; i++) await acceptOne(stores, { user: 'heavy' });
      await acceptOne(stores, { user: 'light-1' });
      await acceptOne(stores, { user: 'light-2' });
      for (const claimed of await stores.messages.claim(queue('a'), 12))
        await stores.messages.commit(step(claimed, { to: 'limited', limitKey: 'L', reason: 'r' }));
      expect(stores.messages.limitedKeys()).toEqual(new Map([['L', 12]]));
      await stores.messages.releaseLimited('L', 4);
      const users = (await stores.messages.claim(queue('a'), 10)).map((claimed) => claimed.user);
      expect(users.filter((user) => user === 'heavy')).toHaveLength(2);
      expect(users).toContain('light-1');
      expect(users).toContain('light-2');
      expect(stores.messages.limitedKeys()).toEqual(new Map([['L', 8]]));
    });

    it('a held message waits for a person and then goes on', async (stores) => {
      const processId = newProcessId();
      const held = message(processId, 'task');
      await stores.messages.accept(acceptance([], { processId, emitted: [emission(held, 'held')] }));
      expect(await stores.messages.claim(queue('a'), 1)).toEqual([]);
      const { items } = await stores.reads.waiting({ state: 'held' }, { limit: 10 });
      const child = message(processId, 'child', { queue: queue('b') });
      await stores.messages.commit(step(items[0]!.message, FORWARDED, [child], { from: 'held' }));
      expect((await claimOne(stores, 'b')).id).toBe(child.id);
    });
  });
}
