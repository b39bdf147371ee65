import { describe, expect } from 'vitest';
import { cases, type StoresUnderTest } from './opened.ts';

export function smallStoresContract(sut: StoresUnderTest): void {
  const it = cases(sut);
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

    it('records that are expected to be something else refuse the whole write, and say which', async (_, opened) => {
      const { records } = opened.stores;
      await records.write([
        { collection: 'c', key: 'a', value: { n: 1, list: [1, { x: null, y: 'z' }] }, expected: null },
        { collection: 'c', key: 'b', value: 2, expected: null },
      ]);
      const refused = (key: string) => ({ code: 'record.conflict', message: expect.stringContaining(`"${key}"`) });
      const write = (key: string, expected: unknown): Promise<void> =>
        records.write([
          { collection: 'c', key: 'b', value: 3, expected: 2 },
          { collection: 'c', key: 'new', value: 1 },
          { collection: 'c', key, value: 4, expected },
        ]);
      await expect(write('a', null)).rejects.toMatchObject(refused('a'));
      await expect(write('a', { n: 1 })).rejects.toMatchObject(refused('a'));
      await expect(write('a', { n: 1, list: [{ x: null, y: 'z' }, 1] })).rejects.toMatchObject(refused('a'));
      await expect(write('none', 4)).rejects.toMatchObject(refused('none'));
      // What is expected is compared with what was there before the write, not with what the write makes of it.
      await expect(write('b', 3)).rejects.toMatchObject(refused('b'));
      await opened.restart();
      expect(await opened.stores.records.list('c')).toEqual([
        { key: 'a', value: { n: 1, list: [1, { x: null, y: 'z' }] } },
        { key: 'b', value: 2 },
      ]);
      await opened.stores.records.write([
        { collection: 'c', key: 'a', value: null, expected: { list: [1, { y: 'z', x: null }], n: 1 } },
        { collection: 'c', key: 'none', value: null, expected: null },
      ]);
      expect(await opened.stores.records.get('c', 'a')).toBeNull();
    });

    it('of many writes at once that expect the same record, one is made', async ({ records }) => {
      await records.write([{ collection: 'tokens', key: 'k', value: 'first' }]);
      const writes = Array.from({ length: 20 }, (_, n) =>
        records.write([{ collection: 'tokens', key: 'k', value: n, expected: 'first' }]),
      );
      const results = await Promise.allSettled(writes);
      const made = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await records.get('tokens', 'k')).toBe(made);
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
