import { describe, expect } from 'vitest';
import type { Acquired } from '../../ports/data-store.ts';
import { cases, type StoresUnderTest } from './opened.ts';

const NOW = 1_000_000;
const DAY = 86_400_000;

export function dataLeasesContract(sut: StoresUnderTest): void {
  const it = cases(sut);
  const fenceOf = (acquired: Acquired): number => (acquired.acquired ? acquired.fence : Number.NaN);

  describe(`leases of data: ${sut.name}`, () => {
    it('one of many gets the lease, the others are told who holds it until when', async (_, opened) => {
      const { data } = opened.stores;
      const all = await Promise.all(
        Array.from({ length: 20 }, (_, i) => data.acquire('s', 'token', `holder ${i}`, 100, NOW)),
      );
      const holder = all.findIndex(({ acquired }) => acquired);
      const held = { acquired: false, holder: `holder ${holder}`, until: NOW + 100 };
      expect(all.filter(({ acquired }) => acquired)).toHaveLength(1);
      for (const [index, other] of all.entries()) if (index !== holder) expect(other).toEqual(held);
      expect(await data.acquire('other', 'token', 'x', 100, NOW)).toMatchObject({ acquired: true });
      await opened.restart();
      expect(await opened.stores.data.acquire('s', 'token', `holder ${holder}`, 100, NOW + 99)).toEqual(held);
      expect(await opened.stores.data.acquire('s', 'token', 'next', 100, NOW + 100)).toMatchObject({
        acquired: true,
        until: NOW + 200,
      });
    });

    it('fences only grow, through release, lapse, sweep and restart', async (_, opened) => {
      const fences: number[] = [];
      for (let i = 0, now = NOW; i < 6; i++, now += 3 * DAY) {
        const fence = fenceOf(await opened.stores.data.acquire('s', 'k', 'h', 10, now));
        fences.push(fence);
        if (i % 3 === 0) expect(await opened.stores.data.release('s', 'k', fence)).toBe(true);
        if (i % 3 === 1) expect(await opened.stores.data.sweep(now + 2 * DAY, 100)).toBe(1);
        await opened.restart();
      }
      expect(fences).toEqual([...fences].sort((a, b) => a - b));
      expect(new Set(fences).size).toBe(6);
    });

    it('a lease is held longer when it is renewed, and free when it is released', async ({ data }) => {
      const fence = fenceOf(await data.acquire('s', 'k', 'a', 100, NOW));
      expect(await data.renew('s', 'k', fence, 100, NOW + 50)).toBe(true);
      expect(await data.acquire('s', 'k', 'b', 100, NOW + 120)).toEqual({
        acquired: false,
        holder: 'a',
        until: NOW + 150,
      });
      expect(await data.renew('s', 'k', fence + 1, 100, NOW + 50)).toBe(false);
      expect(await data.release('s', 'k', fence + 1)).toBe(false);
      expect(await data.release('s', 'k', fence)).toBe(true);
      expect(await data.release('s', 'k', fence)).toBe(false);
      expect(await data.renew('s', 'k', fence, 100, NOW + 50)).toBe(false);
      expect(await data.acquire('s', 'k', 'b', 100, NOW + 50)).toMatchObject({ acquired: true });
    });

    it('a write with the fence of a lease that somebody else took is refused, whatever became of that one', async ({
      data,
    }) => {
      const stale = fenceOf(await data.acquire('s', 'k', 'a', 100, NOW));
      await data.set('s', 'token', 'of a', NOW, { lease: { key: 'k', fence: stale } });
      const fence = fenceOf(await data.acquire('s', 'k', 'b', 100, NOW + 100));
      const late = { lease: { key: 'k', fence: stale } };
      expect(await data.set('s', 'token', 'late', NOW + 101, late)).toMatchObject({
        written: false,
        because: 'fence',
        found: { value: 'of a' },
      });
      expect(await data.renew('s', 'k', stale, 100, NOW + 101)).toBe(false);
      expect(await data.release('s', 'k', stale)).toBe(false);
      const good = { lease: { key: 'k', fence } };
      expect(await data.set('s', 'token', 'of b', NOW + 101, good)).toMatchObject({ written: true });
      await data.release('s', 'k', fence);
      expect(await data.set('s', 'token', 'late', NOW + 102, late)).toMatchObject({ written: false, because: 'fence' });
      expect(await data.set('s', 'token', 'late', NOW + 102, good)).toMatchObject({ written: false, because: 'fence' });
      expect(await data.delete('s', 'token', NOW + 102, late)).toMatchObject({ deleted: false, because: 'fence' });
      expect(await data.get('s', 'token', NOW + 102)).toMatchObject({ value: 'of b' });
    });

    it('a holder that was slow still writes when nobody took its lease, for a day', async ({ data }) => {
      const fence = fenceOf(await data.acquire('s', 'k', 'a', 100, NOW));
      const lease = { lease: { key: 'k', fence } };
      expect(await data.set('s', 'token', 1, NOW + 100 + DAY - 1, lease)).toMatchObject({ written: true });
      expect(await data.sweep(NOW + 100 + DAY - 1, 10)).toBe(0);
      expect(await data.renew('s', 'k', fence, 100, NOW + 1_000)).toBe(true);
      expect(await data.set('s', 'token', 1, NOW + 1_100 + DAY, lease)).toMatchObject({ written: false });
      expect(await data.sweep(NOW + 1_100 + DAY, 10)).toBe(1);
    });

    it('a lease of another space or key is no fence here; both conditions must hold', async ({ data }) => {
      const fence = fenceOf(await data.acquire('s', 'k', 'a', 100, NOW));
      expect(await data.set('t', 'x', 1, NOW, { lease: { key: 'k', fence } })).toMatchObject({ because: 'fence' });
      expect(await data.set('s', 'x', 1, NOW, { lease: { key: 'l', fence } })).toMatchObject({ because: 'fence' });
      const both = { expected: 999_999, lease: { key: 'k', fence } };
      expect(await data.set('s', 'x', 1, NOW, both)).toMatchObject({ because: 'revision' });
      expect(await data.set('s', 'x', 1, NOW, { ...both, expected: null })).toMatchObject({ written: true });
    });

    it('a lease that nobody could hold is refused', async ({ data }) => {
      for (const ttlMs of [0, -1, Number.NaN, DAY + 1, 1.5])
        await expect(data.acquire('s', 'k', 'h', ttlMs, NOW)).rejects.toMatchObject({ code: 'data.number_invalid' });
      await expect(data.acquire('s', 'k', '', 1, NOW)).rejects.toMatchObject({ code: 'data.name_invalid' });
    });
  });
}
