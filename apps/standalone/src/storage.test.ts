// What steps keep on the platform: shared by the replicas of a worker, over both transports, also after a restart.

import { type Context, CustomNode, join, type Link, type Message } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployChain, type TestPlatform, testPlatform } from './testing/platform.ts';

let made = 0;

class Keep extends CustomNode {
  readonly name = 'keep';
  async process(message: Message, { storage }: Context): Promise<unknown> {
    const {
      act,
      key = 'k',
      value = null,
      count = 0,
    } = message.json<{
      act: string;
      key?: string;
      value?: string | null;
      count?: number;
    }>();
    const orders = storage.collection<{ id: number }>('orders');
    switch (act) {
      case 'set':
        return storage.values.set(key, value);
      case 'get':
        return { value: await storage.values.get(key), shared: await storage.shared.values.get(key) };
      case 'share':
        return storage.shared.values.set(key, value);
      case 'race': {
        const entry = await storage.values.getEntry(key);
        const [first, second] = await Promise.all(
          ['x', 'y'].map((one) => storage.values.set(key, one, { expected: entry?.revision ?? null })),
        );
        return { first, second };
      }
      case 'add':
        return storage.values.increment(key, count);
      case 'append':
        await orders.append(Array.from({ length: count }, (_, id) => ({ id })));
        return orders.count();
      case 'read': {
        let sum = 0;
        for await (const { id } of orders) sum += id;
        const { items, next } = await orders.page(3);
        return { sum, first: items.map(({ value: { id } }) => id), more: next !== null };
      }
      case 'remember':
        return storage.cache.remember(key, 60_000, async () => {
          made++;
          await new Promise((resolve) => setTimeout(resolve, 50));
          return { made };
        });
      case 'too large':
        return storage.values.set(key, 'x'.repeat(300_000));
      default:
        return null;
    }
  }
}

describe('storage of steps', () => {
  let p: TestPlatform;
  let links: Link[];

  const joined = async (token: string): Promise<Link[]> => {
    const both = [0, 1].map(() => join({ steps: [new Keep()], url: p.url, token, onState: () => {}, credit: 8 }));
    await Promise.all(both.map(({ ready }) => ready));
    return both;
  };
  let token: string;
  beforeAll(async () => {
    p = await testPlatform();
    token = (await p.client.workers.register({ name: 'keeper' })).token!;
    links = await joined(token);
    await deployChain(
      p,
      'keep',
      { id: 'keep', kind: 'custom', worker: 'keeper', action: 'keep' },
      { id: 'out', kind: 'respond' },
    );
  });
  afterAll(async () => {
    await Promise.all(links.map((link) => link.drain()));
    await p.close();
  });
  const keep = async (body: object, user = 'ann'): Promise<unknown> =>
    (await p.fetch(`/run/keep/start?wait=20s&user=${user}`, { method: 'POST', body: JSON.stringify(body) })).json();

  test('a value is kept for its user, and a shared one for all', async () => {
    await keep({ act: 'set', value: 'mine' });
    await keep({ act: 'share', value: 'ours' });
    expect(await keep({ act: 'get' })).toEqual({ value: 'mine', shared: 'ours' });
    expect(await keep({ act: 'get' }, 'bob')).toEqual({ value: null, shared: 'ours' });
  });

  test('of two changes that expect the same, one is made; numbers add up over replicas', async () => {
    const { first, second } = (await keep({ act: 'race', key: 'race' })) as { first: boolean; second: boolean };
    expect([first, second].filter(Boolean)).toHaveLength(1);
    await Promise.all(Array.from({ length: 40 }, () => keep({ act: 'add', key: 'sum', count: 2 })));
    expect(await keep({ act: 'add', key: 'sum', count: 0 })).toBe(80);
  });

  test('a collection takes many values and gives them back in their order, page by page', async () => {
    expect(await keep({ act: 'append', count: 12_000 })).toBe(12_000);
    expect(await keep({ act: 'read' })).toEqual({ sum: (12_000 * 11_999) / 2, first: [0, 1, 2], more: true });
  });

  test('what many want to remember at once is made once, over all replicas', async () => {
    made = 0;
    const answers = await Promise.all(Array.from({ length: 30 }, () => keep({ act: 'remember', key: 'hot' })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"made":1}']));
    expect(made).toBe(1);
  });

  test('what is too large is refused with its size, and the message fails with that reason', async () => {
    const answer = (await keep({ act: 'too large' })) as { reason?: string; detail?: string };
    expect(JSON.stringify(answer)).toContain('262144');
  });

  test('it is all there after a restart', async () => {
    await Promise.all(links.map((link) => link.close()));
    p = await p.restart();
    links = await joined(token);
    expect(await keep({ act: 'get' })).toEqual({ value: 'mine', shared: 'ours' });
    expect(await keep({ act: 'append', count: 1 })).toBe(12_001);
  });
});
