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
