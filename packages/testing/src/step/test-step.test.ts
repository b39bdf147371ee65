import {
  Batch,
  type BatchResult,
  type Context,
  item,
  LimitReached,
  type Message,
  route,
  StopQuietly,
} from '@sluice/sdk';
import { describe, expect, test } from 'vitest';
import { connector, custom } from '../flow/fixtures.ts';
import { remote, testStep } from '../index.ts';

class Pages extends Batch {
  readonly name = 'pages';
  async process(_message: Message, { cursor, http }: Context): Promise<BatchResult> {
    const page = Number(cursor ?? 1);
    const response = await http.send({ url: 'https://shop.example.com/orders', query: { page } });
    const orders = response.json<{ id: number }[]>();
    const items = orders.map((order) => item(order, { user: `tenant-${order.id}` }));
    return orders.length < 2 ? { items } : { items, cursor: String(page + 1) };
  }
}

describe('one step under test', () => {
  test('its outcome, what it emits, and its records', async () => {
    const greet = custom('greet', (message, { log }) => {
      log.info('greeting');
      return { text: `Hello, ${message.json<{ name: string }>().name}`, for: message.user };
    });
    const result = await testStep(greet, { name: 'Ann' }, { user: 'ann' });
    expect(result.kind).toBe('forward');
    expect(result.json()).toEqual({ text: 'Hello, Ann', for: 'ann' });
    expect(result.records.map(({ message }) => message)).toEqual(['greeting']);
  });

  test('a batch goes page by page', async () => {
    const shop = remote.script([
      { match: 'GET https://shop.example.com/orders?page=1', answer: { json: [{ id: 1 }, { id: 2 }] } },
      { match: 'GET https://shop.example.com/orders?page=2', answer: { json: [{ id: 3 }] } },
    ]);
    const first = await testStep(new Pages(), {}, { remote: shop });
    expect(first.outcome).toMatchObject({ kind: 'split', cursor: '2' });
    expect(first.items.map(({ user }) => user)).toEqual(['tenant-1', 'tenant-2']);
    const last = await testStep(new Pages(), {}, { remote: shop, cursor: '2' });
    expect(last.outcome).not.toHaveProperty('cursor');
    expect(last.json()).toEqual({ id: 3 });
    expect(shop.left).toEqual([]);
  });

  test('its refusals are outcomes with reasons; times count from the time of the test', async () => {
    const full = await testStep(
      custom('full', () => {
        throw new LimitReached('full', { retryAfterMs: 5_000 });
      }),
      {},
      { at: '2030-01-01T00:00:00Z' },
    );
    expect(full.outcome).toEqual({ kind: 'limit', reason: 'full', untilMs: Date.UTC(2030, 0, 1) + 5_000 });
    const quiet = await testStep(
      custom('quiet', () => {
        throw new StopQuietly('nothing to do');
      }),
    );
    expect([quiet.kind, quiet.reason]).toEqual(['stop', 'nothing to do']);
    expect(() => quiet.json()).toThrow('its outcome is stop, nothing to do');
  });

  test('the same checks as on the wire: what is no JSON, and a follower that is not there, fail', async () => {
    expect(await testStep(custom('a', () => () => {}))).toMatchObject({
      kind: 'fail',
      reason: expect.stringContaining('no JSON value'),
    });
    const astray = custom('a', () => route({}, 'nowhere'));
    expect(await testStep(astray, {}, { followers: ['b'] })).toMatchObject({
      kind: 'fail',
      reason: expect.stringContaining('"nowhere"'),
    });
    const bytes = await testStep(
      custom('a', (message) => message.bytes().reverse()),
      new Uint8Array([1, 0, 255]),
    );
    expect(bytes.items[0]!.body).toEqual(new Uint8Array([255, 0, 1]));
  });

  test('a service that never answers is given up in virtual time', async () => {
    const slow = remote.script([{ match: 'https://slow.example.com/', answer: 'timeout' }]);
    const result = await testStep(
      connector('slow', (_message, { http }) => http.send({ url: 'https://slow.example.com/', timeoutMs: 3_600_000 })),
      {},
      { remote: slow },
    );
    expect([result.kind, result.reason]).toEqual(['redeliver', expect.stringContaining('no answer within 3600000 ms')]);
  });

  test('a request that nobody announced fails the test', async () => {
    const curious = connector('curious', (_message, { http }) =>
      http.send({ url: 'https://x.example.com/a?api_key=k-1234' }),
    );
    await expect(testStep(curious)).rejects.toThrow('GET https://x.example.com/a?api_key=***. Announced: nothing.');
  });
});
