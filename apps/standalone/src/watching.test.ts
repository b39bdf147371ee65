// What dashboards and bulk acts ask: numbers over time, groups by reason, acts in portions.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPlatform, testPlatform, until } from './testing/platform.ts';
import { openShop, order } from './testing/shop.ts';

let p: TestPlatform;
let closeShop: () => Promise<void>;

beforeAll(async () => {
  p = await testPlatform();
  closeShop = await openShop(p);
  for (let number = 1; number <= 12; number++)
    await p.client.run('shop-order', 'order', order(number, number > 8 ? null : undefined));
  await until('all ended', async () => {
    const { topologies } = await p.client.statistics('1h');
    const ended = topologies.flatMap(({ buckets }) => buckets).reduce((sum, b) => sum + b.completed + b.failed, 0);
    return ended === 12;
  });
});
afterAll(async () => {
  await closeShop();
  await p.close();
});

test('statistics count what ended by topology and bucket, in every range', async () => {
  for (const [range, bucketMs] of [
    ['1h', 60_000],
    ['24h', 3_600_000],
    ['7d', 10_800_000],
  ] as const) {
    const view = await p.client.statistics(range);
    expect(view.bucketMs).toBe(bucketMs);
    expect(view.to - view.from).toBe(bucketMs * Math.round((view.to - view.from) / bucketMs));
    const [shop] = view.topologies;
    expect(shop).toMatchObject({ topology: 'shop-order', running: 0 });
    expect(shop!.buckets.reduce((sum, { completed }) => sum + completed, 0)).toBe(8);
    expect(shop!.buckets.reduce((sum, { failed }) => sum + failed, 0)).toBe(4);
    for (const { at, meanMs, longestMs } of shop!.buckets) {
      expect((at - view.from) % bucketMs).toBe(0);
      expect(longestMs).toBeGreaterThanOrEqual(meanMs - 1);
    }
  }
  expect((await p.fetch('/api/v1/statistics?range=1y')).status).toBe(400);
});

test('trash is counted by node and reason', async () => {
  const { items } = await p.client.trash.groups();
  expect(items).toMatchObject([{ topology: 'shop-order', version: 1, node: 'check', code: 'step.failed', count: 4 }]);
  expect(items[0]!.reason).toMatch(/has no customer/);
  expect((await p.client.trash.groups({ node: 'book' })).items).toEqual([]);
});

test('a bulk act is foreseen, and goes in portions without meeting the same message twice', async () => {
  const filter = { topology: 'shop-order' };
  expect(await p.client.trash.discardAll({ ...filter, dryRun: true })).toEqual({ done: 0, failed: [], matched: 4 });
  expect((await p.client.ledger()).trash).toBe(4);
  const first = await p.client.trash.discardAll({ ...filter, limit: 3 });
  expect(first).toMatchObject({ done: 3, failed: [] });
  expect(first.next).toBeDefined();
  expect(await p.client.trash.discardAll({ ...filter, limit: 3, cursor: first.next })).toEqual({ done: 1, failed: [] });
  expect((await p.client.ledger()).trash).toBe(0);
});

test('processes are run again and cancelled by filter, in portions', async () => {
  const filter = { topology: 'shop-order', status: 'completed' } as const;
  expect(await p.client.processes.replayAll({ filter, dryRun: true })).toMatchObject({ done: 0, matched: 8 });
  const again = await p.client.processes.replayAll({ filter, limit: 5 });
  expect(again.done).toBe(5);
  expect(again.next).toBeDefined();
  for (let number = 1; number <= 3; number++) await p.client.run('approve-refund', 'start', order(number));
  const waiting = { topology: 'approve-refund' };
  expect(await p.client.processes.cancelAll({ filter: waiting })).toEqual({ done: 3, failed: [] });
  expect((await p.client.processes.list({ ...waiting, status: 'cancelled' })).items).toHaveLength(3);
  // What has ended is not cancelled, however the filter is put.
  expect(await p.client.processes.cancelAll({ filter: waiting })).toEqual({ done: 0, failed: [] });
  const wrong = await p.fetch('/api/v1/processes/cancel', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"filter":{"colour":"blue"}}',
  });
  expect(wrong.status).toBe(400);
  expect((await p.client.ledger()).balanced).toBe(true);
});

test('processes are filtered by the time they started', async () => {
  const { items } = await p.client.processes.list({ limit: 100 });
  const middle = items[5]!.startedAt;
  const before = await p.client.processes.list({ startedTo: middle, limit: 100 });
  expect(before.items.length).toBe(items.filter(({ startedAt }) => startedAt < middle).length);
  const after = await p.client.processes.list({ startedFrom: middle, limit: 100 });
  expect(after.items.length + before.items.length).toBe(items.length);
});
