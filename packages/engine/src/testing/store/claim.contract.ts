import { describe, expect } from 'vitest';
import { queue } from '../samples.ts';
import { acceptOne, cases, claimOne, type StoresUnderTest } from './opened.ts';

export function claimContract(sut: StoresUnderTest): void {
  const it = cases(sut);
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
}
