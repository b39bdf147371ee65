// One description of everything that can be called, checked by a validator of OpenAPI, and descriptions that become routes.

import { Validator } from '@seriousme/openapi-schema-validator';
import { Application, CustomNode, join, type Link, method } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

class Shop extends Application {
  readonly key = 'shop';
  readonly name = 'Shop';
  readonly baseUrl = 'http://127.0.0.1:1';
  override methods = {
    price: method({
      methods: ['GET'],
      input: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } },
      handle: async ({ input }) => ({ sku: (input as { sku: string }).sku, price: 9 }),
    }),
  };
}

class Check extends CustomNode {
  readonly name = 'check';
  override readonly application = new Shop();
  override readonly input = {
    type: 'object',
    required: ['order'],
    properties: { order: { $ref: '#/$defs/id' }, parts: { type: 'array', items: { $ref: '#' } } },
    $defs: { id: { type: 'integer', minimum: 1 } },
  };
  override readonly output = { type: 'object', properties: { ok: { type: 'boolean' } } };
  process(): void {}
}

const OFFERS = `
openapi: 3.1.0
info: { title: Offers, version: "1" }
security: [{ key: [offers] }]
paths:
  /offers/{id}:
    get: { operationId: getOffer, parameters: [{ name: id, in: path, required: true, schema: { type: integer } }], responses: {} }
  /offers:
    post: { operationId: placeOffer, requestBody: { content: { application/json: { schema: { type: object } } } }, responses: {}, x-sluice-target: { kind: process, topology: quick, start: start } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: x-api-key } } }
`;

type Operation = {
  readonly [member: string]: unknown;
  readonly responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
  readonly requestBody?: { content: Record<string, { schema: unknown; example?: unknown }> };
  readonly security: unknown;
};
type Doc = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } };

describe('the API as a description', () => {
  let p: TestPlatform;
  let worker: Link;
  const keys: Record<string, string> = {};

  const post = async (path: string, body: unknown, type = 'application/json') => {
    const answer = await p.fetch(`/api/v1/gateway${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const described = async (query = ''): Promise<Doc> =>
    (await (await p.fetch(`/api/v1/gateway/openapi.json${query}`)).json()) as Doc;

  beforeAll(async () => {
    p = await testPlatform();
    const { token } = await p.client.workers.register({ name: 'checks' });
    worker = join({ url: p.url, token: token!, steps: [new Check()], onState: () => {} });
    await until('the worker joined', async () => (await p.client.workers.get('checks')).manifest !== null);
    await deploy(p, {
      name: 'orders',
      description: 'Take an order.',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'check', kind: 'custom', worker: 'checks', action: 'check' },
        { id: 'answer', kind: 'respond', settings: { status: 201 } },
      ],
      connections: [
        { from: 'start', to: 'check' },
        { from: 'check', to: 'answer' },
      ],
    });
    await deployChain(p, 'quick', { id: 'wait', kind: 'delay', settings: { delayMs: 1 } });
    for (const [name, scopes] of Object.entries({ shop: ['orders', 'offers'], guest: [] })) {
      await post('/consumers', { name, scopes });
      keys[name] = (await post(`/consumers/${name}/keys`, {})).body['key'] as string;
    }
    await post('/routes', {
      name: 'place-order',
      path: '/shop/orders',
      methods: ['POST'],
      access: { scopes: ['orders'] },
      target: { kind: 'process', topology: 'orders', start: 'start' },
      limits: [{ amount: 10, windowMs: 1_000 }],
    });
    await post('/routes', {
      name: 'status',
      path: '/shop/status',
      methods: ['GET'],
      access: { public: 'anybody may know' },
      target: { kind: 'upstream', url: 'http://127.0.0.1:1/inside' },
    });
    await post('/routes', {
      name: 'description',
      path: '/shop/openapi.json',
      methods: ['GET'],
      access: { public: 'what it shows is what the caller may call' },
      target: { kind: 'description', title: 'Shop' },
    });
  });
  afterAll(async () => {
    await worker?.close();
    await p.close();
  });

  test('R50: a process and a synchronous method have an address each, and one valid OpenAPI document lists both, beside the routes', async () => {
    const document = await described();
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(Object.keys(document.paths)).toEqual([
      '/run/orders/start',
      '/run/quick/start',
      '/shop/openapi.json',
      '/shop/orders',
      '/shop/status',
      '/sync/applications/shop/price',
      '/sync/workers/checks/check',
    ]);
    const started = await p.fetch('/run/quick/start', { method: 'POST', body: '{}' });
    expect(started.status).toBe(202);
    const price = await p.fetch('/sync/applications/shop/price?sku=a');
    expect(await price.json()).toEqual({ sku: 'a', price: 9 });
  });

  test('what a process takes is what its first step takes, and what an action says of itself stands in the document', async () => {
    const { paths, components } = await described();
    for (const place of ['/shop/orders', '/run/orders/start', '/sync/workers/checks/check']) {
      const { schema, example } = paths[place]!['post']!.requestBody!.content['application/json']!;
      const { $ref } = schema as { $ref: string };
      expect(components.schemas[$ref.split('/').at(-1)!]).toMatchObject({ required: ['order'] });
      expect(example).toMatchObject({ order: 1 });
    }
    expect(paths['/shop/orders']!['post']).toMatchObject({
      summary: 'Take an order.',
      security: [{ key: ['orders'] }],
      'x-sluice-limits': [{ amount: 10, windowMs: 1_000 }],
    });
    expect(Object.keys(paths['/shop/orders']!['post']!.responses)).toEqual(
      expect.arrayContaining(['202', '401', '403', '413', '429']),
    );
  });

  test('R53: the whole description is for those who may read the gateway, and needs a token', async () => {
    expect((await fetch(`${p.url}/api/v1/gateway/openapi.json`)).status).toBe(401);
    const { token } = await p.client.tokens.create({ name: 'other', scopes: ['topology:read'] });
    const other = await fetch(`${p.url}/api/v1/gateway/openapi.json`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(other.status).toBe(403);
  });

  test('a description for callers is a route: each sees what it may call, and nobody where it leads', async () => {
    const seenBy = async (key?: string): Promise<string[]> => {
      const answer = await fetch(`${p.url}/shop/openapi.json`, { headers: key ? { 'x-api-key': key } : {} });
      const text = await answer.text();
      expect(text).not.toContain('inside');
      return Object.keys((JSON.parse(text) as Doc).paths);
    };
    expect(await seenBy()).toEqual(['/shop/openapi.json', '/shop/status']);
    const save = {
      name: 'description',
      path: '/shop/openapi.json',
      methods: ['GET'],
      access: { scopes: [] },
      target: { kind: 'description', title: 'Shop' },
    };
    expect((await post('/routes', save)).status).toBe(201);
    expect((await fetch(`${p.url}/shop/openapi.json`)).status).toBe(401);
    expect(await seenBy(keys['shop'])).toEqual(['/shop/openapi.json', '/shop/orders', '/shop/status']);
    expect(await seenBy(keys['guest'])).toEqual(['/shop/openapi.json', '/shop/status']);
  });

  test('the same definition again is no new version', async () => {
    const { definition, version } = (await (await p.fetch('/api/v1/gateway/routes/place-order')).json()) as {
      definition: Record<string, unknown>;
      version: number;
    };
    const turned = Object.fromEntries(Object.entries(definition).reverse());
    expect((await post('/routes', turned)).body['version']).toBe(version);
    expect((await post('/routes', { ...turned, summary: 'Order' })).body['version']).toBe(version + 1);
  });

  test('a description becomes routes: bound ones answer, the others ask who calls and then say 501', async () => {
    const foreseen = await post('/import?dryRun=true&prefix=/trade', OFFERS, 'application/yaml');
    expect(foreseen.body).toMatchObject({
      contract: 'offers',
      created: ['get-offer', 'place-offer'],
      unbound: ['get-offer'],
    });
    expect((await p.fetch('/api/v1/gateway/routes/get-offer')).status).toBe(404);
    expect((await post('/import?prefix=/trade', OFFERS, 'application/yaml')).body['created']).toEqual([
      'get-offer',
      'place-offer',
    ]);
    const call = (path: string, init: RequestInit, who?: string) =>
      fetch(`${p.url}/trade${path}`, {
        ...init,
        headers: { 'content-type': 'application/json', ...(who ? { 'x-api-key': keys[who]! } : {}) },
      });
    expect((await call('/offers/1', {})).status).toBe(401);
    expect((await call('/offers/1', {}, 'guest')).status).toBe(403);
    const unbound = await call('/offers/1', {}, 'shop');
    expect([unbound.status, ((await unbound.json()) as { code: string }).code]).toEqual([501, 'gateway.unbound']);
    expect((await call('/offers', { method: 'POST', body: '{}' }, 'shop')).status).toBe(202);
  });

  test('imported again nothing happens, and changed only what changed gets a new version; what is gone is named, and retired when told so', async () => {
    const again = await post('/import?prefix=/trade', OFFERS, 'application/yaml');
    expect(again.body).toMatchObject({
      created: [],
      updated: [],
      unchanged: ['get-offer', 'place-offer'],
      retired: [],
    });
    const next = OFFERS.replace('operationId: placeOffer', 'operationId: placeOffer, summary: Offer something').replace(
      / {2}\/offers\/\{id\}:\n.*\n/,
      '',
    );
    const changed = await post('/import?prefix=/trade', next, 'application/yaml');
    expect(changed.body).toMatchObject({
      created: [],
      updated: ['place-offer'],
      unchanged: [],
      retired: ['get-offer'],
    });
    expect((await fetch(`${p.url}/trade/offers/1`)).status).toBe(401);
    await post('/import?prefix=/trade&retire=true', next, 'application/yaml');
    expect((await fetch(`${p.url}/trade/offers/1`)).status).toBe(404);
  });

  test.each<[string, string, string, RegExp]>([
    ['no YAML', 'application/yaml', 'a: [', /cannot be read/],
    [
      'a broken reference',
      'application/json',
      '{"openapi":"3.1.0","info":{"title":"x"},"paths":{"/q":{"$ref":"#/nowhere"}}}',
      /\/paths\/~1q refers to "#\/nowhere"/,
    ],
    [
      'a name that another route has',
      'application/json',
      '{"openapi":"3.1.0","info":{"title":"x"},"paths":{"/q":{"get":{"operationId":"status"}}}}',
      /"status"/,
    ],
  ])(
    'a description that cannot be taken is refused with what is wrong, and nothing changes: %s',
    async (_what, type, text, says) => {
      const before = (await (await p.fetch('/api/v1/gateway/routes')).json()) as unknown;
      const { status, body } = await post('/import', text, type);
      expect([status, body['code']]).toEqual([422, 'gateway.description_invalid']);
      expect(body['detail']).toMatch(says);
      expect(body['problems']).toEqual(
        expect.arrayContaining([expect.objectContaining({ pointer: expect.any(String) })]),
      );
      expect(await (await p.fetch('/api/v1/gateway/routes')).json()).toEqual(before);
    },
  );

  test('a description that is too large as YAML is refused before it is read', async () => {
    const { status } = await post('/import', `a: ${'x'.repeat(1_100_000)}`, 'application/yaml');
    expect(status).toBe(413);
  });

  test('many routes change together or not at all', async () => {
    const good = {
      name: 'good',
      path: '/bulk/a',
      methods: ['GET'],
      access: { scopes: [] },
      target: { kind: 'unbound' },
    };
    const bad = await post('/changes', { save: [good, { ...good, name: 'twin' }] });
    expect([bad.status, bad.body['code']]).toEqual([409, 'gateway.route_taken']);
    expect((await p.fetch('/api/v1/gateway/routes/good')).status).toBe(404);
    expect((await post('/changes', { save: [good], dryRun: true })).status).toBe(200);
    expect((await p.fetch('/api/v1/gateway/routes/good')).status).toBe(404);
    const moved = await post('/changes', { save: [good, { ...good, name: 'twin' }], disable: ['good'] });
    expect(
      (moved.body['items'] as { name: string; enabled: boolean }[]).map(({ name, enabled }) => [name, enabled]),
    ).toEqual([
      ['good', false],
      ['twin', true],
    ]);
    expect((await post('/changes', { enable: ['good'] })).status).toBe(409);
    expect((await post('/changes', { save: 'x' })).status).toBe(400);
  });
});
