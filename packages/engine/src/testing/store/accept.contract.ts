import { describe, expect } from 'vitest';
import { acceptance, DONE, message, newProcessId, queue, step } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest, totals } from './opened.ts';

export function acceptContract(sut: StoresUnderTest): void {
  const it = cases(sut);
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

    it('a key is known before, while and after its process runs, one that says "null" too', async (stores) => {
      for (const idempotencyKey of ['k', 'null']) {
        const first = acceptance([message(newProcessId(), 'm')], { idempotencyKey });
        await stores.messages.accept(first);
        const keyless = acceptance([]);
        await stores.messages.accept(keyless);
        const again = () => stores.messages.accept(acceptance([message(newProcessId(), 'm')], { idempotencyKey }));
        expect(await again()).toEqual({ kind: 'duplicate', processId: first.processId });
        await stores.messages.commit(step(await claimOne(stores), DONE));
        expect(await again()).toEqual({ kind: 'duplicate', processId: first.processId });
      }
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
}
