// Endpoints as data, asked over a real socket.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Application } from '../application/application.ts';
import { field, form } from '../application/form.ts';
import { Platform } from '../platform/platform.ts';
import { schema } from '../step/json-schema.ts';
import { local } from '../transport/local.ts';
import type { EndpointTable } from './endpoint.ts';
import { faults } from './faults.ts';
import { paging } from './paging.ts';
import { resource } from './resource.ts';
import { stepsOf } from './steps.ts';

let base = '';
let reply: (request: IncomingMessage) => { status?: number; headers?: Record<string, string>; json?: unknown } =
  () => ({});
const asked: { line: string; type: string | undefined; body: string }[] = [];
const server = createServer(async (request, response) => {
  asked.push({
    line: `${request.method} ${request.url}`,
    type: request.headers['content-type'],
    body: await text(request),
  });
  const { status = 200, headers = {}, json } = reply(request);
  response.writeHead(status, headers).end(json === undefined ? '' : JSON.stringify(json));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

class Shop extends Application {
  readonly key = 'shop';
  readonly name = 'Shop';
  get baseUrl() {
    return base;
  }
  override readonly forms = [form('settings', 'Settings', [field.text('store', 'Store')])];
  override readonly read = faults<{ error: { why: string } }>('shop', { says: ({ error }) => error.why });
}

const install = {
  application: 'shop',
  user: 'ann',
  enabled: true,
  revision: 1,
  settings: { settings: { store: 's 1' } },
  token: null,
  clear: {},
};

async function run(table: EndpointTable, name: string, body: unknown, cursor: string | null = null, key = 'k') {
  const kind = /^list|^search/.test(name) ? 'batch' : 'connector';
  asked.length = 0;
  const worker = local({
    steps: stepsOf(new Shop(), table),
    onRecord: () => {},
    host: { now: () => 0, platform: new Platform(async () => ({ ok: true, value: install })) },
  });
  return worker.call({
    target: { topology: 't', version: 1, node: name, kind, action: `shop-${name}`, followers: [] },
    idempotencyKey: key,
    processId: 'p',
    processStartedAt: 0,
    messageId: 'm',
    parentId: null,
    attempt: 1,
    user: 'ann',
    headers: {},
    contentType: 'application/json',
    body: JSON.stringify(body),
    cursor,
  });
}

const order = schema.record({ id: schema.text() });
const orders = resource({
  one: 'order',
  path: '/stores/{store}/orders',
  item: '/stores/{store}/orders/{order_id}',
  filters: { state: schema.list(schema.text(), 'States') },
  fields: { sku: schema.text('Article'), note: schema.text('Note') },
  needs: ['sku'],
  output: order,
  but: {
    list: { paging: paging.cursor({ param: 'after', from: '/next', size: { limit: 2 } }), from: '/orders' },
    create: { fallback: { store: 'settings.store' }, wrap: 'order', from: '/order' },
    update: { form: true, called: { note: 'Note' }, from: '/order' },
  },
});

describe('endpoints as data', () => {
  test('R27: a kind of records makes one connector for each endpoint', () => {
    expect(stepsOf(new Shop(), orders).map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'batch shop-list-orders',
      'connector shop-get-order',
      'connector shop-create-order',
      'connector shop-update-order',
      'connector shop-delete-order',
    ]);
  });

  test('R15: each member of a message goes to its place, and no other goes anywhere', async () => {
    reply = () => ({ json: { order: { id: '1' }, orders: [], id: '1' } });
    await run(orders, 'list-orders', { store: 'a/b', state: ['new', 'paid'], more: 1 });
    expect(asked[0]!.line).toBe('GET /stores/a%2Fb/orders?state=new%2Cpaid&limit=2');
    expect(await run(orders, 'create-order', { sku: 'x', more: 1 })).toMatchObject({
      kind: 'forward',
      item: { body: '{"id":"1"}' },
    });
    expect(asked[0]).toEqual({
      line: 'POST /stores/s%201/orders',
      type: 'application/json',
      body: '{"order":{"sku":"x"}}',
    });
    await run(orders, 'update-order', { store: 'a', order_id: '7', note: 'x&y' });
    expect(asked[0]).toEqual({
      line: 'PATCH /stores/a/orders/7',
      type: 'application/x-www-form-urlencoded',
      body: 'Note=x%26y',
    });
    expect(await run(orders, 'delete-order', { store: 'a', order_id: '7' })).toMatchObject({
      item: { body: '{"order_id":"7","deleted":true}' },
    });
  });

  test.each(['..', '.', '', '\ud800'])(
    'a part of a path that would leave its place is refused: %j',
    async (order_id) => {
      const outcome = await run(orders, 'get-order', { store: 'a', order_id });
      expect(outcome).toMatchObject({ kind: 'fail', code: 'step.input_invalid' });
      expect(asked).toEqual([]);
    },
  );

  test('E6: a service that wants the key of a repeat elsewhere gets it there, in its length, with what is written only', async () => {
    const table = (repeats: { query: string; most: number }): EndpointTable => ({
      'get-order': { request: 'GET /orders', description: 'One', output: order, repeats },
      'create-order': { request: 'POST /orders', description: 'One', output: order, repeats },
    });
    reply = () => ({ json: { id: '1' } });
    const line = async (name: string, key: string) => {
      await run(table({ query: 'once', most: 20 }), name, {}, null, key);
      return asked[0]!.line;
    };
    expect(await line('get-order', 'k')).toBe('GET /orders');
    expect(await line('create-order', 'k'.repeat(20))).toBe(`POST /orders?once=${'k'.repeat(20)}`);
    const long = await line('create-order', `${'k'.repeat(20)}1`);
    expect(long).toMatch(/^POST \/orders\?once=[\w-]{20}$/);
    expect(await line('create-order', `${'k'.repeat(20)}1`)).toBe(long);
    expect(await line('create-order', `${'k'.repeat(20)}2`)).not.toBe(long);
  });

  test('a list that is answered with nothing (204) is empty', async () => {
    reply = () => ({ status: 204 });
    expect(await run(orders, 'list-orders', { store: 'a' })).toMatchObject({ kind: 'split', items: [] });
  });

  test('an answer without what is wanted fails, and nothing else goes on', async () => {
    for (const json of [{}, { orders: 'many' }, [], 'x']) {
      reply = () => ({ json });
      expect(await run(orders, 'list-orders', { store: 'a' })).toMatchObject({
        kind: 'fail',
        code: 'step.answer_unexpected',
      });
    }
    reply = () => ({ json: { orders: null } });
    expect(await run(orders, 'list-orders', { store: 'a' })).toMatchObject({ kind: 'split', items: [] });
  });

  test('R25: a failure has the name of its status and the words of the service, whatever form they have', async () => {
    for (const [json, says] of [
      [{ error: { why: 'Sold out' } }, 'Sold out'],
      [{ error: null }, '"error":null'],
      [[], '[]'],
      [{ error: { why: ['not there'] } }, 'not there'],
    ] as const) {
      reply = () => ({ status: 409, json });
      expect(await run(orders, 'get-order', { store: 'a', order_id: '1' })).toMatchObject({
        kind: 'fail',
        code: 'shop.conflict',
        reason: expect.stringContaining(says),
      });
    }
    reply = () => ({ status: 429 });
    expect(await run(orders, 'get-order', { store: 'a', order_id: '1' })).toMatchObject({
      kind: 'limit',
      untilMs: 60_000,
    });
    reply = () => ({ status: 429, headers: { 'retry-after': '5' } });
    expect(await run(orders, 'get-order', { store: 'a', order_id: '1' })).toMatchObject({
      kind: 'limit',
      untilMs: 5_000,
    });
  });

  const lists = (kind: EndpointTable[string]['paging'], method = 'GET' as 'GET' | 'POST') => ({
    'list-things': {
      request: `${method} /things` as const,
      description: 'Things',
      query: { q: schema.text('Words') },
      output: order,
      from: '/data',
      paging: kind!,
    },
  });
  test.each([
    [
      'a cursor',
      paging.cursor({ param: 'c', from: '/next', size: { n: 2 } }),
      { next: 'x=' },
      'x=',
      '?q=a&n=2',
      '?q=a&n=2&c=x%3D',
    ],
    [
      'a flag and a cursor',
      paging.cursor({ param: 'c', from: '/next', more: '/more' }),
      { next: 'x', more: false },
      undefined,
      '?q=a',
      null,
    ],
    [
      'an address',
      paging.address({ from: '/next', size: { n: 2 } }),
      { next: 'https://evil.example.com/other?p=3&t=1' },
      'p=3&t=1',
      '?q=a&n=2',
      '?p=3&t=1',
    ],
    [
      'an address without a query',
      paging.address({ from: '/next' }),
      { next: 'https://evil.example.com/' },
      undefined,
      '?q=a',
      null,
    ],
    ['numbers', paging.numbered({ size: { n: 1 } }), {}, '2', '?q=a&n=1&page=1', '?q=a&n=1&page=2'],
    [
      'numbers and their count',
      paging.numbered({ param: 'p', first: 0, size: { n: 1 }, pages: '/pages' }),
      { pages: 1 },
      undefined,
      '?q=a&n=1&p=0',
      null,
    ],
    [
      'numbers and a flag',
      paging.numbered({ size: { n: 9 }, more: '/more' }),
      { more: true },
      '2',
      '?q=a&n=9&page=1',
      '?q=a&n=9&page=2',
    ],
    [
      'an offset',
      paging.offset({ size: { n: 1 }, total: '/total' }),
      { total: 2 },
      '1',
      '?q=a&n=1&offset=0',
      '?q=a&n=1&offset=1',
    ],
    ['the last item', paging.after({ param: 'after', size: { n: 1 } }), {}, '7', '?q=a&n=1', '?q=a&n=1&after=7'],
    [
      'the last item of a short page',
      paging.after({ param: 'after', size: { n: 2 } }),
      {},
      undefined,
      '?q=a&n=2',
      null,
    ],
  ] as const)('pages go on by %s', async (_kind, how, more, cursor, first, second) => {
    reply = () => ({ json: { data: [{ id: '7' }], ...more } });
    const outcome = await run(lists(how), 'list-things', { q: 'a' });
    expect(asked[0]!.line).toBe(`GET /things${first}`);
    expect((outcome as { cursor?: string }).cursor).toBe(cursor);
    if (second === null) return;
    await run(lists(how), 'list-things', { q: 'a' }, cursor);
    expect(asked[0]!.line).toBe(`GET /things${second}`);
  });

  test('pages go on by the Link header, and by a cursor in the body', async () => {
    reply = () => ({ json: { data: [] }, headers: { link: '<https://evil.example.com/x?p=2>; rel="next"' } });
    expect(await run(lists(paging.link({ n: 1 })), 'list-things', {})).toMatchObject({ cursor: 'p=2' });
    const inBody = lists(paging.cursor({ param: 'start', from: '/next', size: { n: 1 }, in: 'body' }), 'POST');
    await run(inBody, 'list-things', {}, 'c1');
    expect(asked[0]).toMatchObject({ line: 'POST /things', body: '{"n":1,"start":"c1"}' });
  });
});
