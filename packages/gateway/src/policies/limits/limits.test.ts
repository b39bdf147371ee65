import { memoryStores } from '@sluice/engine/memory';
import { describe, expect, test } from 'vitest';
import { codeOf, world } from '../../testing/world.ts';
import { Quotas } from './quota.ts';

describe('limits', () => {
  test('the request too many is answered with 429, and with when to come back; other consumers are not concerned', async () => {
    const w = await world();
    await w.gateway.consumers.create({ name: 'a', description: '', scopes: [], limits: [], enabled: true });
    await w.gateway.consumers.create({
      name: 'b',
      description: '',
      scopes: [],
      limits: [{ amount: 1, windowMs: 3_600_000, waitMs: 0 }],
      enabled: true,
    });
    const [a, b] = [(await w.gateway.consumers.addKey('a')).key, (await w.gateway.consumers.addKey('b')).key];
    await w.route('limited', { access: { scopes: [] }, limits: [{ amount: 2, windowMs: 3_600_000 }] });
    await w.route('other', { access: { scopes: [] } });
    const call = (path: string, key: string): Promise<Response> => w.call(path, { headers: { 'x-api-key': key } });
    expect((await call('/limited', a)).headers.get('ratelimit-policy')).toBe('"consumer-route";q=2;w=3600');
    expect((await call('/limited', a)).status).toBe(200);
    const refused = await call('/limited', a);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(refused.headers.get('ratelimit')).toMatch(/^"consumer-route";r=0;t=\d+$/);
    expect(await codeOf(refused)).toEqual([429, 'gateway.too_many']);
    expect((await call('/other', a)).status).toBe(200);
    // b has a limit of its own, over all routes.
    expect((await call('/limited', b)).status).toBe(200);
    expect((await call('/other', b)).status).toBe(429);
    await w.close();
  });

  test('a limit per address holds before anybody is asked who they are', async () => {
    const w = await world();
    await w.route('guarded', { access: { scopes: [] }, limits: [{ amount: 1, windowMs: 3_600_000, per: 'address' }] });
    expect((await w.call('/guarded')).status).toBe(401);
    expect((await w.call('/guarded')).status).toBe(429);
    await w.close();
  });

  test('two gateways over one store give out exactly what a large quota has, and not one more', async () => {
    const { data } = memoryStores();
    let now = 1_000_000_000_000;
    const rule = { amount: 20_000, windowMs: 3_600_000 };
    const both = [new Quotas(data, () => now), new Quotas(data, () => now)];
    const granted = [0, 0];
    const exhaust = async (): Promise<void> => {
      await Promise.all(
        both.map(async (quotas, index) => {
          while ((await quotas.draw('k', rule)).granted) granted[index]!++;
        }),
      );
    };
    await exhaust();
    expect(granted[0]! + granted[1]!).toBe(rule.amount);
    expect(Math.min(...granted)).toBeGreaterThan(0);
    // A window later, and not before, all of it is there again.
    now += rule.windowMs - 1;
    await exhaust();
    expect(granted[0]! + granted[1]!).toBe(rule.amount);
    now += rule.windowMs / 30;
    await exhaust();
    expect(granted[0]! + granted[1]!).toBe(2 * rule.amount);
  });

  test('a restart gives back what was taken in advance, a crash loses a portion and exceeds nothing', async () => {
    const { data } = memoryStores();
    const rule = { amount: 20_000, windowMs: 3_600_000 };
    const now = (): number => 1_000_000_000_000;
    const first = new Quotas(data, now);
    await first.draw('k', rule);
    await first.close();
    const crashed = new Quotas(data, now);
    await crashed.draw('k', rule);
    const last = new Quotas(data, now);
    let granted = 2;
    while ((await last.draw('k', rule)).granted) granted++;
    expect(granted).toBe(rule.amount - 499);
  });

  test('a request answers when a quota is used up with the time at which the oldest permits come back', async () => {
    const { data } = memoryStores();
    const quotas = new Quotas(data, () => 1_000_000_000_000);
    const rule = { amount: 1, windowMs: 60_000 };
    expect(await quotas.draw('k', rule)).toEqual({ granted: true });
    const refused = await quotas.draw('k', rule);
    expect(refused).toMatchObject({ granted: false });
    expect((refused as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(61_000);
  });
});
