import { memoryStores } from '@sluice/engine/memory';
import { describe, expect, test } from 'vitest';
import { Exchange } from '../exchange/exchange.ts';
import { TrustedProxies } from '../exchange/peer.ts';
import { codeOf, json, until, world } from '../testing/world.ts';
import { idempotencyPolicy } from './idempotency.ts';

const keyed = (body: unknown, key = 'k1'): RequestInit => json(body, { 'idempotency-key': key });

describe('idempotency keys', () => {
  test('a repeat gets the answer of the first, also from another gateway over the same store', async () => {
    const stores = memoryStores();
    const [one, two] = [await world({}, stores), await world({}, stores)];
    await one.route('pay', { idempotency: { required: true } });
    await two.gateway.routes.start();
    await two.gateway.start();
    const large = 'x'.repeat(600_000);
    one.serve((_request, response) => response.writeHead(201, { 'x-number': '1' }).end(large));
    const first = await one.call('/pay', keyed({ a: 1 }));
    const again = await two.call('/pay', keyed({ a: 1 }));
    expect([first.status, first.headers.get('idempotency-replayed'), (await first.text()).length]).toEqual([
      201,
      null,
      large.length,
    ]);
    expect([
      again.status,
      again.headers.get('idempotency-replayed'),
      again.headers.get('x-number'),
      await again.text(),
    ]).toEqual([201, 'true', '1', large]);
    expect(one.seen).toHaveLength(1);
    expect(two.seen).toHaveLength(0);
    expect(await codeOf(await one.call('/pay', keyed({ a: 2 })))).toEqual([422, 'gateway.idempotency_key_reused']);
    expect(await codeOf(await one.call('/pay', json({ a: 1 })))).toEqual([400, 'gateway.idempotency_key_invalid']);
    await one.close();
    await two.close();
  });

  test('whoever comes while the first is under way is told to come back, and nothing is called twice', async () => {
    const w = await world();
    await w.route('pay', { idempotency: {} });
    let end = (): void => {};
    w.serve((_request, response) => (end = () => void response.end('done')));
    const first = w.call('/pay', keyed({}));
    await until('it is under way', () => w.seen.length === 1);
    const second = await w.call('/pay', keyed({}));
    expect(second.headers.get('retry-after')).toBe('1');
    expect(await codeOf(second)).toEqual([409, 'gateway.idempotency_busy']);
    end();
    expect(await (await first).text()).toBe('done');
    expect(await (await w.call('/pay', keyed({}))).text()).toBe('done');
    expect(w.seen).toHaveLength(1);
    await w.close();
  });

  test('an answer that asks for another try is not kept', async () => {
    const w = await world();
    await w.route('pay', { idempotency: {} });
    w.serve((_request, response) => response.writeHead(503).end());
    expect((await w.call('/pay', keyed({}))).status).toBe(503);
    w.serve((_request, response) => response.writeHead(200).end('ok'));
    expect((await w.call('/pay', keyed({}))).status).toBe(200);
    await w.close();
  });

  test('when the holder dies its lease runs out, and the next repeat is sent', async () => {
    const { data } = memoryStores();
    let now = 1_000;
    let calls = 0;
    const policy = idempotencyPolicy(
      'pay',
      { required: false, keepMs: 1_000_000 },
      { data, now: () => now, maxBodyBytes: 1_000, leaseMs: 60_000 },
    )!;
    const exchange = (): Exchange => {
      const request = { socket: { remoteAddress: '::1' } } as never;
      return new Exchange(
        'id',
        { method: 'POST', path: '/pay', query: '' },
        {},
        request,
        {} as never,
        { 'idempotency-key': 'k' },
        'body',
        new TrustedProxies(),
      );
    };
    const never = policy(() => new Promise(() => {}));
    void never(exchange());
    const works = policy(async () => ({ status: 200, headers: {}, body: String(++calls) }));
    await until(
      'the first is under way',
      async () =>
        (await works(exchange()).catch((error: { code: string }) => error.code)) === 'gateway.idempotency_busy',
    );
    expect(calls).toBe(0);
    now += 60_001;
    expect((await works(exchange())).body?.toString()).toBe('1');
    expect((await works(exchange())).body?.toString()).toBe('1');
  });
});
