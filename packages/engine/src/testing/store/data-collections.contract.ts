import { describe, expect } from 'vitest';
import type { DataStore } from '../../ports/data-store.ts';
import { cases, type StoresUnderTest } from './opened.ts';

const NOW = 1_000_000;

export function dataCollectionsContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  const values = async (data: DataStore, collection: string, now = NOW): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (let after: number | null = null; ; ) {
      const { items, next } = await data.page('s', collection, now, { after, limit: 3 });
      found.push(...items.map(({ value }) => value));
      if (next === null) return found;
      after = next;
    }
  };

  describe(`collections of data: ${sut.name}`, () => {
    it('items are read in the order in which they were appended, in pages, and survive', async (_, opened) => {
      const first = await opened.stores.data.append('s', 'c', [1, { a: '\0' }, null], NOW);
      const second = await opened.stores.data.append('s', 'c', ['größe', [2]], NOW);
      const positions = [...first, ...second];
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
      expect(new Set(positions).size).toBe(5);
      await opened.restart();
      const { data } = opened.stores;
      expect(await values(data, 'c')).toEqual([1, { a: '\0' }, null, 'größe', [2]]);
      expect(await data.count('s', 'c', NOW)).toBe(5);
      expect(await data.page('s', 'c', NOW, { after: first[1]!, limit: 2 })).toEqual({
        items: [
          { position: first[2], value: null },
          { position: second[0], value: 'größe' },
        ],
        next: second[0],
      });
      expect(await data.count('other', 'c', NOW)).toBe(0);
      expect(await data.page('s', 'none', NOW, { limit: 1 })).toEqual({ items: [], next: null });
    });

    it('items that are removed leave the others where they are, and their positions never come again', async (_, opened) => {
      const positions = await opened.stores.data.append('s', 'c', ['a', 'b', 'c', 'd'], NOW);
      const [other] = await opened.stores.data.append('s', 'other', ['x'], NOW);
      const [a, b, c, d] = positions as [number, number, number, number];
      expect(await opened.stores.data.remove('s', 'c', [b, b, other!, 0], NOW)).toBe(1);
      expect(await values(opened.stores.data, 'c')).toEqual(['a', 'c', 'd']);
      expect(await opened.stores.data.remove('s', 'c', [a, c, d], NOW)).toBe(3);
      expect(await opened.stores.data.count('s', 'c', NOW)).toBe(0);
      await opened.restart();
      const [again] = await opened.stores.data.append('s', 'c', ['e'], NOW);
      expect(again).toBeGreaterThan(other!);
      expect(await values(opened.stores.data, 'c')).toEqual(['e']);
      expect(await values(opened.stores.data, 'other')).toEqual(['x']);
    });

    it('a collection that is dropped is gone at once and begins anew', async (_, opened) => {
      await opened.stores.data.append('s', 'c', [1, 2, 3], NOW, { expiresAt: NOW + 10 });
      expect(await opened.stores.data.drop('s', 'c', NOW)).toBe(3);
      expect(await opened.stores.data.drop('s', 'c', NOW)).toBe(0);
      expect(await values(opened.stores.data, 'c')).toEqual([]);
      await opened.stores.data.append('s', 'c', [4], NOW);
      await opened.restart();
      expect(await values(opened.stores.data, 'c', NOW + 10)).toEqual([4]);
      const swept = [];
      for (let i = 0; i < 3; i++) swept.push(await opened.stores.data.sweep(NOW, 2));
      expect(swept).toEqual([2, 1, 0]);
      expect(await values(opened.stores.data, 'c')).toEqual([4]);
    });

    it('a collection expires as a whole, and what is appended then begins a new one', async ({ data }) => {
      await data.append('s', 'c', [1, 2], NOW, { expiresAt: NOW + 10 });
      await data.append('s', 'c', [3], NOW);
      expect(await values(data, 'c', NOW + 9)).toEqual([1, 2, 3]);
      expect(await values(data, 'c', NOW + 10)).toEqual([]);
      expect(await data.count('s', 'c', NOW + 10)).toBe(0);
      expect(await data.drop('s', 'c', NOW + 10)).toBe(0);
      await data.append('s', 'c', [4], NOW + 10);
      expect(await values(data, 'c', NOW + 10_000)).toEqual([4]);
      await data.append('s', 'c', [5], NOW + 10, { expiresAt: NOW + 20 });
      await data.append('s', 'c', [6], NOW + 10, { expiresAt: null });
      expect(await values(data, 'c', NOW + 20)).toEqual([4, 5, 6]);
      await data.append('s', 'd', [7, 8], NOW, { expiresAt: NOW + 15 });
      const swept = [];
      for (let i = 0; i < 3; i++) swept.push(await data.sweep(NOW + 15, 4));
      expect(swept).toEqual([4, 1, 0]);
      expect(await values(data, 'c', NOW + 15)).toEqual([4, 5, 6]);
    });

    it('an append that cannot be kept leaves nothing of itself', async ({ data }) => {
      const mega = 'x'.repeat(1024 * 1024 - 2);
      const refuses = (code: string, list: unknown[]): Promise<void> =>
        expect(data.append('s', 'c', list, NOW)).rejects.toMatchObject({ code });
      await refuses('data.too_large', [1, `${mega}x`]);
      await refuses('data.too_large', [mega, mega, mega, mega, 1]);
      await refuses('data.not_json', [1, undefined]);
      await refuses(
        'data.too_many',
        Array.from({ length: 10_001 }, () => 1),
      );
      expect(await data.append('s', 'c', [], NOW)).toEqual([]);
      await expect(data.remove('s', 'c', [0.5], NOW)).rejects.toMatchObject({ code: 'data.number_invalid' });
      await expect(data.page('s', 'c', NOW, { limit: 1_001 })).rejects.toMatchObject({ code: 'data.number_invalid' });
      expect(await data.count('s', 'c', NOW)).toBe(0);
      await data.append('s', 'c', [mega, mega, mega, mega], NOW);
      await data.append('s', 'c', [mega], NOW);
      const { items, next } = await data.page('s', 'c', NOW, { limit: 100 });
      expect(items).toHaveLength(4);
      expect((await data.page('s', 'c', NOW, { after: next, limit: 100 })).items).toHaveLength(1);
    });

    it('a hundred thousand items are appended in portions and read a page at a time', async ({ data }) => {
      const total = 100_000;
      const portion = 5_000;
      const text = 'x'.repeat(200);
      const appends = Array.from({ length: total / portion }, (_, k) =>
        data.append(
          's',
          'c',
          Array.from({ length: portion }, (_, i) => ({ n: k * portion + i, text })),
          NOW,
        ),
      );
      await Promise.all(appends);
      expect(await data.count('s', 'c', NOW)).toBe(total);
      let seen = 0;
      let last = 0;
      for (let after: number | null = null; ; ) {
        const { items, next } = await data.page('s', 'c', NOW, { after, limit: 1_000 });
        expect(items.length).toBeLessThanOrEqual(1_000);
        for (const { position, value } of items) {
          if (position <= last || (value as { n: number }).n !== seen) throw new Error(`item ${seen} is not in order`);
          last = position;
          seen++;
        }
        if (next === null) break;
        after = next;
      }
      expect(seen).toBe(total);
      expect(await data.drop('s', 'c', NOW)).toBe(total);
      expect(await data.count('s', 'c', NOW)).toBe(0);
      expect(await data.sweep(NOW, 1_000)).toBe(1_000);
    }, 120_000);
  });
}
