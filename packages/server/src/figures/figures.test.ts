import { memoryStores } from '@sluice/engine/memory';
import type { LinkRecord } from '@sluice/protocol';
import { describe, expect, test, vi } from 'vitest';
import { Durations } from './durations.ts';
import { endpointOf } from './endpoint.ts';
import { Figures } from './figures.ts';
import { RemoteCalls } from './remote-calls.ts';
import { OTHERS, Timeline } from './timeline.ts';

const HOUR = 3_600_000;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

describe('figures of nodes and remote calls', () => {
  test('a quantile is right to within a tenth, however durations are spread and joined', () => {
    const parts = [new Durations(), new Durations(), new Durations()];
    const all: number[] = [];
    for (let number = 0; number < 9_000; number++) {
      const ms = Math.round(1.0009 ** number * 5);
      all.push(ms);
      parts[number % 3]!.add(ms, false);
    }
    const sum = Durations.from(JSON.parse(JSON.stringify(parts[0])));
    sum.merge(parts[1]!);
    sum.merge(parts[2]!);
    for (const share of [0.5, 0.95, 0.99]) {
      const exact = all[Math.ceil(all.length * share) - 1]!;
      expect(sum.quantile(share) / exact).toBeGreaterThan(0.88);
      expect(sum.quantile(share) / exact).toBeLessThan(1.12);
    }
    expect(new Durations().quantile(0.95)).toBe(0);
  });

  test('an endpoint has no ids, no query, and a bounded name', () => {
    expect(
      [
        '/orders/17/items?page=2',
        '/v1/customers/01a21625-681d-70bc-823b-63fe863e9f65',
        '/x/cus_9s6XKzkNRiz8i3/pay',
        '/shop/orders',
        '',
      ].map(endpointOf),
    ).toEqual(['/orders/*/items', '/v1/customers/*', '/x/*/pay', '/shop/orders', '']);
    expect(endpointOf(`/${'a/'.repeat(5_000)}`).length).toBeLessThanOrEqual(200);
  });

  test('what is kept does not grow with what passes: names beyond the most are one, and hours beyond a week are gone', () => {
    const timeline = new Timeline(3);
    for (let number = 0; number < 1_000; number++) timeline.add(`node ${number}`, number * HOUR, 5, false);
    const kept = timeline.since(0, 1_000 * HOUR);
    expect([...kept.keys()]).toEqual([OTHERS]);
    expect(kept.get(OTHERS)!.count).toBe(169);
  });

  test('the figures of a week survive a restart', async () => {
    const { records } = memoryStores();
    const before = new Figures(records, silent);
    await before.start();
    for (let number = 0; number < 10; number++) before.step('orders/1/book', 100, number === 0);
    await before.stop();
    const after = new Figures(records, silent);
    await after.start();
    after.step('orders/1/book', 100, false);
    expect(after.view(24 * HOUR).nodes).toMatchObject([
      { topology: 'orders', version: 1, node: 'book', count: 11, failed: 1, longestMs: 100 },
    ]);
    await after.stop();
    expect(await records.list('figures')).toHaveLength(2);
  });

  test('nobody writes anything while nothing runs, and a store in trouble loses no figure', async () => {
    const { records } = memoryStores();
    const write = vi.spyOn(records, 'write');
    const figures = new Figures(records, silent);
    await figures.start();
    await figures.stop();
    expect(write).not.toHaveBeenCalled();
    figures.step('orders/1/book', 1, false);
    write.mockRejectedValueOnce(new Error('the disk is full'));
    await figures.stop();
    await figures.stop();
    expect(await records.list('figures')).toHaveLength(2);
  });

  test('a worker that measures nonsense harms nobody', () => {
    const calls = new RemoteCalls();
    const nonsense = { type: 'metric', at: 'now', url: { a: 1 }, status: -1, durationMs: Number.NaN, method: ['x'] };
    expect(calls.add('w', nonsense as unknown as LinkRecord)).toMatchObject({
      host: '',
      path: '',
      status: 0,
      method: '',
    });
    for (let number = 0; number < 12_000; number++)
      calls.add('w', { type: 'metric', at: number, url: 'https://a.example/x', processId: String(number) });
    expect(calls.add('w', { type: 'metric', at: 1, url: 'x'.repeat(5_000) }).host).toHaveLength(2_000);
    expect(calls.list({ limit: 100_000 }).length).toBeLessThanOrEqual(11_000);
    expect(calls.list({ processId: '11999' })).toHaveLength(1);
  });
});
