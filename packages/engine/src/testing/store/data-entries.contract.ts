import { describe, expect } from 'vitest';
import type { DataEntry } from '../../ports/data-store.ts';
import type { Stores } from '../../ports/stores.ts';
import { cases, type StoresUnderTest } from './opened.ts';

const NOW = 1_000_000;
/** Names that a query language, a file system or a string in C would misread. */
const HOSTILE = [
  '%',
  '_',
  '%_%',
  "'; DROP TABLE data_entry; --",
  'a\0b',
  'a\0c',
  'a',
  '\0',
  ' ',
  '../../etc/passwd',
  '__proto__',
  'größe',
  'große',
  '\u{1f600}',
  '\u{1f601}',
  '\uffff',
  '\ufffd',
  'e\u0301',
  '\u00e9',
  '\u{10ffff}',
  '\u{10ffff}x',
  'x'.repeat(500),
  '数'.repeat(500),
];

export function dataEntriesContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  const all = async (stores: Stores, space: string, prefix = '', limit = 1_000): Promise<DataEntry[]> => {
    const found: DataEntry[] = [];
    for (let after: string | null = null; ; ) {
      const { items, next } = await stores.data.list(space, NOW, { prefix, after, limit });
      expect(items.length).toBeLessThanOrEqual(limit);
      found.push(...items);
      if (next === null) return found;
      after = next;
    }
  };

  describe(`entries of data: ${sut.name}`, () => {
    it('an entry comes back as it was set, in its space only, and survives', async (_, opened) => {
      const value = { text: 'größe\0\ud800', list: [1, null, { a: false }], number: 1e300 };
      const written = await opened.stores.data.set('app/u1', 'k', value, NOW, { expiresAt: NOW + 10 });
      await opened.restart();
      expect(await opened.stores.data.get('app/u1', 'k', NOW)).toEqual({
        key: 'k',
        value,
        revision: written.written && written.revision,
        expiresAt: NOW + 10,
      });
      expect(await opened.stores.data.get('app/u2', 'k', NOW)).toBeNull();
      expect(await opened.stores.data.get('app', 'u1k', NOW)).toBeNull();
      expect(await opened.stores.data.set('app/u1', 'k', null, NOW)).toMatchObject({ written: true });
      expect(await opened.stores.data.get('app/u1', 'k', NOW)).toMatchObject({ value: null, expiresAt: null });
      expect(await opened.stores.data.delete('app/u1', 'k', NOW)).toEqual({ deleted: true });
      expect(await opened.stores.data.delete('app/u1', 'k', NOW)).toEqual({
        deleted: false,
        because: null,
        found: null,
      });
      await opened.restart();
      expect(await opened.stores.data.get('app/u1', 'k', NOW)).toBeNull();
    });

    it('a change that expects a revision is made only on this one, and else told what is there', async ({ data }) => {
      const first = await data.set('s', 'k', 1, NOW, { expected: null });
      const revision = first.written ? first.revision : 0;
      const there = { key: 'k', value: 1, revision, expiresAt: null };
      const refused = { written: false, because: 'revision', found: there };
      expect(await data.set('s', 'k', 2, NOW, { expected: null })).toEqual(refused);
      expect(await data.set('s', 'k', 2, NOW, { expected: revision + 1 })).toEqual(refused);
      expect(await data.set('s', 'none', 2, NOW, { expected: revision })).toEqual({ ...refused, found: null });
      expect(await data.delete('s', 'k', NOW, { expected: revision + 1 })).toEqual({
        deleted: false,
        because: 'revision',
        found: there,
      });
      const second = await data.set('s', 'k', 2, NOW, { expected: revision });
      expect(second).toMatchObject({ written: true });
      expect(await data.delete('s', 'k', NOW, { expected: second.written ? second.revision : 0 })).toEqual({
        deleted: true,
      });
      expect(await data.get('s', 'k', NOW)).toBeNull();
    });

    it('no revision comes twice: who knew an entry that was removed does not change the one after it', async (_, opened) => {
      const first = await opened.stores.data.set('s', 'k', 1, NOW);
      const revision = first.written ? first.revision : 0;
      await opened.stores.data.delete('s', 'k', NOW);
      await opened.restart();
      const second = await opened.stores.data.set('s', 'k', 1, NOW);
      expect(second.written && second.revision).toBeGreaterThan(revision);
      expect(await opened.stores.data.set('s', 'k', 2, NOW, { expected: revision })).toMatchObject({ written: false });
    });

    it('of many changes at once that expect the same, one is made', async ({ data }) => {
      for (let round = 0, expected: number | null = null; round < 5; round++) {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, writer) => data.set('s', 'k', { round, writer }, NOW, { expected })),
        );
        const winners = results.flatMap((result, writer) => (result.written ? [{ writer, result }] : []));
        expect(winners).toHaveLength(1);
        const { writer, result } = winners[0]!;
        const there = await data.get('s', 'k', NOW);
        expect(there).toMatchObject({ value: { round, writer }, revision: result.revision });
        for (const lost of results) if (!lost.written) expect(lost.found).toEqual(there);
        expected = result.revision;
      }
    });

    it('what has expired is not there, whether it was swept or not', async ({ data }) => {
      await data.set('s', 'a', 1, NOW, { expiresAt: NOW + 10 });
      await data.set('s', 'b', 2, NOW);
      expect(await data.get('s', 'a', NOW + 9)).toMatchObject({ value: 1 });
      expect(await data.get('s', 'a', NOW + 10)).toBeNull();
      expect((await data.list('s', NOW + 10, { limit: 10 })).items).toMatchObject([{ key: 'b' }]);
      expect(await data.delete('s', 'a', NOW + 10)).toMatchObject({ deleted: false, because: null });
      expect(await data.increment('s', 'a', 5, NOW + 10)).toMatchObject({ value: 5 });
      await data.set('s', 'c', 1, NOW, { expiresAt: NOW + 10 });
      expect(await data.set('s', 'c', 2, NOW + 10, { expected: null })).toMatchObject({ written: true });
      expect(await data.get('s', 'c', NOW + 1_000)).toMatchObject({ value: 2, expiresAt: null });
      await data.set('s', 'd', 1, NOW, { expiresAt: NOW });
      expect(await data.get('s', 'd', NOW)).toBeNull();
    });

    it('sweeping takes what has expired, a portion at a time, and nothing else', async ({ data }) => {
      for (let i = 0; i < 5; i++) await data.set('s', `gone ${i}`, i, NOW, { expiresAt: NOW + 1 });
      await data.set('s', 'stays', 1, NOW, { expiresAt: NOW + 2 });
      await data.set('s', 'for ever', 1, NOW);
      expect(await data.sweep(NOW, 2)).toBe(0);
      const swept = [];
      for (let i = 0; i < 4; i++) swept.push(await data.sweep(NOW + 1, 2));
      expect(swept).toEqual([2, 2, 1, 0]);
      expect((await data.list('s', NOW, { limit: 10 })).items.map(({ key }) => key)).toEqual(['for ever', 'stays']);
    });

    it('counting together loses nothing, and keeps the instant at which the count expires', async (_, opened) => {
      const { data } = opened.stores;
      const counted = await Promise.all(
        Array.from({ length: 50 }, () => data.increment('s', 'n', 1, NOW, { expiresAt: NOW + 100 })),
      );
      expect(counted.map(({ value }) => value).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 50 }, (_, i) => i + 1),
      );
      await data.increment('s', 'n', -0.5, NOW + 50, { expiresAt: NOW + 1_000 });
      await opened.restart();
      expect(await opened.stores.data.get('s', 'n', NOW)).toMatchObject({ value: 49.5, expiresAt: NOW + 100 });
    });

    it('what is no number is not counted, and stays', async ({ data }) => {
      await data.set('s', 'text', '1', NOW);
      await data.set('s', 'huge', Number.MAX_VALUE, NOW);
      await expect(data.increment('s', 'text', 1, NOW)).rejects.toMatchObject({ code: 'data.not_a_number' });
      await expect(data.increment('s', 'huge', Number.MAX_VALUE, NOW)).rejects.toMatchObject({
        code: 'data.not_a_number',
      });
      await expect(data.increment('s', 'n', Number.NaN, NOW)).rejects.toMatchObject({ code: 'data.number_invalid' });
      expect(await data.get('s', 'text', NOW)).toMatchObject({ value: '1' });
      expect(await data.get('s', 'huge', NOW)).toMatchObject({ value: Number.MAX_VALUE });
    });

    it('hostile names are names: each its own entry, listed in the order of code points and by prefix', async (_, opened) => {
      for (const [index, key] of HOSTILE.entries()) await opened.stores.data.set('s', key, index, NOW);
      for (const [index, space] of HOSTILE.entries()) await opened.stores.data.set(space, 'k', index, NOW);
      await opened.restart();
      const { stores } = opened;
      for (const [index, key] of HOSTILE.entries()) {
        expect(await stores.data.get('s', key, NOW)).toMatchObject({ key, value: index });
        expect(await stores.data.get(key, 'k', NOW)).toMatchObject({ value: index });
      }
      const sorted = [...HOSTILE].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect((await all(stores, 's')).map(({ key }) => key)).toEqual(sorted);
      expect((await all(stores, 's', '', 2)).map(({ key }) => key)).toEqual(sorted);
      for (const prefix of ['a', 'a\0', '%', '_', 'gr', '\u{1f600}', '\u{10ffff}', 'x'.repeat(499), '\0', 'none'])
        expect((await all(stores, 's', prefix, 1)).map(({ key }) => key)).toEqual(
          sorted.filter((key) => key.startsWith(prefix)),
        );
    });

    it('pages begin behind any key, also one that is not there or outside of the prefix', async ({ data }) => {
      for (const key of ['a1', 'a3', 'b1']) await data.set('s', key, 1, NOW);
      const keys = async (after: string, prefix: string) =>
        (await data.list('s', NOW, { prefix, after, limit: 10 })).items.map(({ key }) => key);
      expect(await keys('a1', 'a')).toEqual(['a3']);
      expect(await keys('a2', '')).toEqual(['a3', 'b1']);
      expect(await keys('A', 'a')).toEqual(['a1', 'a3']);
      expect(await keys('b', 'a')).toEqual([]);
    });

    it('a page of large values ends early and is followed by the rest', async ({ data }) => {
      const large = 'x'.repeat(256 * 1024 - 2);
      for (let i = 0; i < 20; i++) await data.set('s', `k${String(i).padStart(2, '0')}`, large, NOW);
      const first = await data.list('s', NOW, { limit: 1_000 });
      expect(first.items).toHaveLength(16);
      const rest = await data.list('s', NOW, { after: first.next, limit: 1_000 });
      expect(rest).toMatchObject({ items: [{ key: 'k16' }, {}, {}, {}], next: null });
    });

    it('what cannot be kept is refused with what was expected and got, and changes nothing', async ({ data }) => {
      await data.set('s', 'k', 1, NOW);
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      const refuses = (code: string, act: Promise<unknown>): Promise<void> =>
        expect(act).rejects.toMatchObject({ code });
      await refuses('data.name_invalid', data.set('s', 'x'.repeat(501), 1, NOW));
      await refuses('data.name_invalid', data.set('', 'k', 1, NOW));
      await refuses('data.name_invalid', data.get('s', 'half \ud83d', NOW));
      await refuses('data.name_invalid', data.get('s', 1 as never, NOW));
      await refuses('data.name_invalid', data.set('s', 'k', 1, NOW, { lease: { key: '', fence: 1 } }));
      await refuses('data.too_large', data.set('s', 'k', 'x'.repeat(256 * 1024 - 1), NOW));
      await refuses('data.too_large', data.set('s', 'k', '数'.repeat(100_000), NOW));
      await refuses('data.not_json', data.set('s', 'k', undefined, NOW));
      await refuses('data.not_json', data.set('s', 'k', circle, NOW));
      await refuses('data.not_json', data.set('s', 'k', 1n, NOW));
      await refuses('data.number_invalid', data.set('s', 'k', 2, NOW, { expiresAt: Number.NaN }));
      await refuses('data.number_invalid', data.set('s', 'k', 2, NOW, { expected: 1.5 }));
      await refuses('data.number_invalid', data.set('s', 'k', 2, Number.NaN));
      await refuses('data.number_invalid', data.list('s', NOW, { limit: 1_001 }));
      await refuses('data.number_invalid', data.list('s', NOW, { limit: 0 }));
      expect(await data.get('s', 'k', NOW)).toMatchObject({ value: 1 });
      expect(await data.set('s', 'k', 'x'.repeat(256 * 1024 - 2), NOW)).toMatchObject({ written: true });
      await expect(data.set('s', 'x'.repeat(501), 1, NOW)).rejects.toThrow('1 to 500 characters');
    });
  });
}
