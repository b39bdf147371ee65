// The promises of MessageStore and ReadModel, one behaviour at a time. Every adapter runs all of it.

import { describe, expect, test } from 'vitest';
import { addEntries, EMPTY_ENTRY, isBalanced, type LedgerEntry } from '../core/ledger.ts';
import type { Message } from '../core/message.ts';
import type { Stores } from '../ports/stores.ts';
import { acceptance, DONE, emission, FORWARDED, message, newProcessId, queue, step } from './samples.ts';

/** What an adapter may honestly differ in, and how a suite opens it. */
export interface StoresUnderTest {
  readonly name: string;
  open(): Promise<Opened>;
}

export interface Opened {
  stores: Stores;
  /** End as abruptly as the adapter can be ended inside one process, and open the same data again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function withStores(sut: StoresUnderTest, run: (opened: Opened) => Promise<void>): Promise<void> {
  const opened = await sut.open();
  try {
    await run(opened);
  } finally {
    await opened.close();
  }
}

export async function totals(stores: Stores): Promise<LedgerEntry> {
  return [...(await stores.reads.ledger()).values()].reduce(addEntries, EMPTY_ENTRY);
}

async function acceptOne(stores: Stores, change: Partial<Message> = {}): Promise<Message> {
  const made = message(newProcessId(), 'm', change);
  await stores.messages.accept(acceptance([made]));
  return made;
}

async function claimOne(stores: Stores, node = 'a'): Promise<Message> {
  const [claimed] = await stores.messages.claim(queue(node), 1);
  if (!claimed) throw new Error(`Nothing was ready at "${node}".`);
  return claimed;
}

export function storeContract(sut: StoresUnderTest): void {
  const it = (title: string, run: (stores: Stores, opened: Opened) => Promise<void>, timeoutMs = 30_000): void => {
    test(title, () => withStores(sut, (opened) => run(opened.stores, opened)), timeoutMs);
  };

  describe(`accept: ${sut.name}`, () => {
    it('an accepted message is claimable, once', async ({ messages }) => {
      const made = message(newProcessId(), 'm', {
        headers: { a: 'b' },
        payload: { body: 'ä😀', blob: null, bytes: 6 },
      });
      expect(await messages.accept(acceptance([made]))).toEqual({
        kind: 'accepted',
        processId: made.processId,
        ended: null,
      });
      expect(await messages.claim(queue('a'), 10)).toEqual([made]);
      expect(await messages.claim(queue('a'), 10)).toEqual([]);
    });

    it('E1: what was accepted is there after a restart, leases are void', async (_, opened) => {
      const made = await acceptOne(opened.stores);
      await claimOne(opened.stores);
      await opened.restart();
      expect((await claimOne(opened.stores)).id).toBe(made.id);
    });

    it('the same idempotency key gives the same process, also after a restart', async (_, opened) => {
      const key = { idempotencyKey: 'k1', bodyDigest: 'd1' };
      const first = acceptance([message(newProcessId(), 'm')], key);
      await opened.stores.messages.accept(first);
      const again = acceptance([message(newProcessId(), 'm')], key);
      expect(await opened.stores.messages.accept(again)).toEqual({ kind: 'duplicate', processId: first.processId });
      await opened.restart();
      expect(await opened.stores.messages.accept(again)).toEqual({ kind: 'duplicate', processId: first.processId });
      expect((await totals(opened.stores)).accepted).toBe(1);
    });

    it('the same key with another body is a conflict and starts nothing', async (stores) => {
      const first = acceptance([message(newProcessId(), 'm')], { idempotencyKey: 'k', bodyDigest: 'd1' });
      await stores.messages.accept(first);
      const other = acceptance([message(newProcessId(), 'm')], { idempotencyKey: 'k', bodyDigest: 'd2' });
      expect(await stores.messages.accept(other)).toEqual({ kind: 'conflict', processId: first.processId });
      expect(await stores.reads.process(other.processId)).toBeNull();
    });

    it('a process without messages is complete at once', async (stores) => {
      const empty = acceptance([]);
      expect(await stores.messages.accept(empty)).toMatchObject({ ended: 'completed' });
      expect(await stores.reads.process(empty.processId)).toMatchObject({ status: 'completed', total: 1, done: 1 });
    });

    it('bytes come back as bytes', async (stores) => {
      const bytes = new Uint8Array([0, 255, 128, 10]);
      await acceptOne(stores, { payload: { body: bytes, blob: null, bytes: 4 } });
      expect(new Uint8Array((await claimOne(stores)).payload.body as Uint8Array)).toEqual(bytes);
    });
  });

  describe(`claim: ${sut.name}`, () => {
    it('messages come in the order they became ready', async (stores) => {
      const ids: string[] = [];
      for (let i = 0; i < 20; i++) ids.push((await acceptOne(stores)).id);
      expect((await stores.messages.claim(queue('a'), 20)).map((claimed) => claimed.id)).toEqual(ids);
    });

    it('a message given back is first in its queue again', async (stores) => {
      const first = await acceptOne(stores);
      await acceptOne(stores);
      stores.messages.giveBack(await claimOne(stores));
      expect((await claimOne(stores)).id).toBe(first.id);
    });

    it('leases are exclusive under concurrent claims', async (stores) => {
      for (let i = 0; i < 50; i++) await acceptOne(stores);
      const claims = await Promise.all(Array.from({ length: 10 }, () => stores.messages.claim(queue('a'), 7)));
      const ids = claims.flat().map((claimed) => claimed.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBe(50);
    });

    it('readiness is announced', async (stores) => {
      const heard: string[] = [];
      stores.messages.onReady((name) => heard.push(name));
      await acceptOne(stores);
      await Promise.resolve();
      expect(heard).toContain(queue('a'));
    });
  });

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
        for (let page = 0; page < 5; page++)
          for (const claimed of await opened.stores.messages.claim(queue('b'), 1_000)) {
            seen.add(claimed.id);
            await opened.stores.messages.commit(step(claimed, DONE));
          }
        await opened.restart();
        for (;;) {
          const claimed = await opened.stores.messages.claim(queue('b'), 1_000);
          if (claimed.length === 0) break;
          for (const item of claimed) {
            expect(seen.has(item.id)).toBe(false);
            seen.add(item.id);
          }
          await Promise.all(claimed.map((item) => opened.stores.messages.commit(step(item, DONE))));
        }
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

    it('a message can be taken from trash once', async (stores) => {
      await acceptOne(stores);
      await stores.messages.commit(step(await claimOne(stores), toTrash));
      const { items } = await stores.reads.waiting({ state: 'trash' }, { limit: 10 });
      const discard = step(items[0]!.message, { to: 'done', result: 'discarded' }, [], { from: 'trash' });
      const results = await Promise.all([stores.messages.commit(discard), stores.messages.commit(discard)]);
      expect(results.filter((result) => result.applied)).toHaveLength(1);
    });
  });

  describe(`cancel: ${sut.name}`, () => {
    it('what nobody works on is consumed, what is leased is consumed by its step and emits nothing', async (stores) => {
      const processId = newProcessId();
      await stores.messages.accept(acceptance(['x', 'y', 'z'].map((name) => message(processId, name))));
      const leased = await claimOne(stores);
      expect(await stores.messages.cancel(processId, 3_000)).toBe(true);
      expect(await stores.messages.claim(queue('a'), 10)).toEqual([]);
      const child = message(processId, 'child', { queue: queue('b') });
      expect(await stores.messages.commit(step(leased, FORWARDED, [child]))).toMatchObject({ applied: true });
      expect(await stores.messages.claim(queue('b'), 10)).toEqual([]);
      expect(await stores.reads.process(processId)).toMatchObject({
        status: 'cancelled',
        total: 4,
        done: 4,
        endedAt: 3_000,
      });
      expect(isBalanced(await totals(stores))).toBe(true);
      expect(await stores.messages.cancel(processId, 4_000)).toBe(false);
    });
  });

  describe(`ledger: ${sut.name}`, () => {
    it('E2, B2: balances with a message in every place, and after a restart', async (_, opened) => {
      for (let i = 0; i < 8; i++)
        await acceptOne(opened.stores, i === 7 ? { orderingKey: 'k', queue: queue('o') } : {});
      await acceptOne(opened.stores, { orderingKey: 'k', queue: queue('o') });
      const claimed = await opened.stores.messages.claim(queue('a'), 5);
      const { commit } = {
        commit: (made: Message, move: Parameters<typeof step>[1]) => opened.stores.messages.commit(step(made, move)),
      };
      await commit(claimed[0]!, { to: 'delayed', dueAt: 9_000, attempt: 1, code: 'repeat', reason: 'r' });
      await commit(claimed[1]!, { to: 'limited', limitKey: 'L', reason: 'r' });
      await commit(claimed[2]!, { to: 'held', reason: 'r' });
      await commit(claimed[3]!, { to: 'trash', code: 'c', reason: 'r' });
      const before = await totals(opened.stores);
      expect(before).toEqual({
        accepted: 9,
        emitted: 9,
        finished: 9,
        queued: 4,
        leased: 1,
        delayed: 1,
        limited: 1,
        held: 1,
        trash: 1,
      });
      expect(isBalanced(before)).toBe(true);
      await opened.restart();
      expect(await totals(opened.stores)).toEqual({ ...before, queued: 5, leased: 0 });
    });

    it('is kept for each topology and node', async (stores) => {
      await acceptOne(stores);
      const entries = await stores.reads.ledger('orders');
      expect(entries.get(queue('start'))).toMatchObject({ accepted: 1, finished: 1 });
      expect(entries.get(queue('a'))).toMatchObject({ emitted: 1, queued: 1 });
      expect((await stores.reads.ledger('another')).size).toBe(0);
    });
  });

  describe(`forget: ${sut.name}`, () => {
    it('T1: old ended processes go, those with something in trash stay', async (stores) => {
      const gone = await acceptOne(stores);
      await stores.messages.commit(step(await claimOne(stores), DONE));
      const kept = await acceptOne(stores);
      await stores.messages.commit(step(await claimOne(stores), { to: 'trash', code: 'c', reason: 'r' }));
      const running = await acceptOne(stores);
      expect(await stores.messages.forget({ endedBefore: 10_000, max: 100 })).toEqual([gone.processId]);
      expect(await stores.reads.process(gone.processId)).toBeNull();
      expect(await stores.reads.process(kept.processId)).toMatchObject({ status: 'failed' });
      expect(await stores.reads.process(running.processId)).toMatchObject({ status: 'running' });
      expect(isBalanced(await totals(stores))).toBe(true);
    });
  });

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

  describe(`small stores: ${sut.name}`, () => {
    it('records are written together, listed in order, and survive', async (_, opened) => {
      await opened.stores.records.write([
        { collection: 'c', key: 'b', value: { n: 2 } },
        { collection: 'c', key: 'a', value: { n: 1 } },
        { collection: 'd', key: 'a', value: 3 },
      ]);
      await opened.stores.records.write([{ collection: 'd', key: 'a', value: null }]);
      await opened.restart();
      expect(await opened.stores.records.list('c')).toEqual([
        { key: 'a', value: { n: 1 } },
        { key: 'b', value: { n: 2 } },
      ]);
      expect(await opened.stores.records.list('c', 'b')).toHaveLength(1);
      expect(await opened.stores.records.get('d', 'a')).toBeNull();
    });

    it('L1: grants survive a restart', async (_, opened) => {
      await opened.stores.limits.record([{ key: 'k', at: 100 }], 1_000);
      await opened.stores.limits.record(
        [
          { key: 'k', at: 200 },
          { key: 'other', at: 200 },
        ],
        1_000,
      );
      await opened.restart();
      expect(await opened.stores.limits.since('k', 150)).toEqual([{ key: 'k', at: 200 }]);
    });

    it('blobs come back whole, and a missing one says which', async ({ blobs }) => {
      const name = await blobs.put('p1', 'large text');
      const bytes = await blobs.put('p1', new Uint8Array([255, 0]));
      expect(await blobs.get(name)).toBe('large text');
      expect(new Uint8Array((await blobs.get(bytes)) as Uint8Array)).toEqual(new Uint8Array([255, 0]));
      await blobs.forget(['p1']);
      await expect(blobs.get(name)).rejects.toMatchObject({ code: 'message.body_gone' });
    });
  });
}
