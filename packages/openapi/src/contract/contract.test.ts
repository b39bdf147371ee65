import { RouteDefinition, type RouteView } from '@sluice/protocol';
import { describe, expect, test } from 'vitest';
import { type ImportOptions, planImport, readDescription, routesOf } from '../index.ts';

const SHOP = `
openapi: 3.0.3
info: { title: Shop API, version: "1" }
servers: [{ url: https://api.example.com/v2/ }]
security: [{ key: [] }]
paths:
  /orders:
    get:
      operationId: listOrders
      security: [{ oauth: [orders.read, orders.see] }, { oauth: [orders.admin] }]
      parameters:
        - { name: page, in: query, required: true, schema: { type: integer, minimum: 0, exclusiveMinimum: true } }
      responses: { "200": { description: ok, content: { application/json: { schema: { $ref: "#/components/schemas/Orders" } } } } }
    post:
      tags: [orders]
      summary: Place an order
      requestBody: { $ref: "#/components/requestBodies/Order" }
      responses: { "201": { description: made } }
      x-sluice-target: { kind: process, topology: orders, start: in }
  /orders/{order-id}/{part}:
    parameters:
      - { name: order-id, in: path, required: true, schema: { type: integer } }
      - { name: part, in: path, required: true, schema: { type: string } }
    get: { responses: {} }
    trace: { responses: {} }
  /health:
    get: { security: [], responses: {} }
  /report.{format}:
    get: { responses: {} }
components:
  requestBodies:
    Order: { content: { application/json: { schema: { $ref: "#/components/schemas/Order" } }, application/xml: { schema: { type: object } } } }
  schemas:
    Orders: { type: array, items: { $ref: "#/components/schemas/Order" } }
    Order:
      type: object
      required: [id, total]
      properties:
        id: { type: string, readOnly: true }
        total: { type: number, nullable: true }
        parts: { type: array, items: { $ref: "#/components/schemas/Order" } }
`;

const described = (text: string) => {
  const read = readDescription(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.described;
};
const imported = (text: string, options: ImportOptions = {}) => routesOf(described(text), options);
const view = (definition: RouteDefinition, enabled = true): RouteView => ({
  name: definition.name,
  enabled,
  version: 1,
  versions: [1],
  traffic: [{ version: 1, percent: 100 }],
  definition,
  createdAt: 0,
  changedAt: 0,
});

describe('a description as routes', () => {
  const { routes, leftOut, problems, contract } = imported(SHOP);
  const named = (name: string): RouteDefinition => routes.find((route) => route.name === name)!;

  test('each operation is a route below the path of its server', () => {
    expect(problems).toEqual([]);
    expect(contract).toBe('shop-api');
    expect(routes.map(({ name, methods, path }) => `${name} ${methods[0]} ${path}`)).toEqual([
      'list-orders GET /v2/orders',
      'post-orders POST /v2/orders',
      'get-orders-order-id-part GET /v2/orders/{order_id}/{part}',
      'get-health GET /v2/health',
    ]);
    expect(imported(SHOP, { prefix: '/shop', host: 'a.example.com' }).routes[0]).toMatchObject({
      path: '/shop/orders',
      host: 'a.example.com',
    });
  });

  test('what says where it leads is bound, all else waits', () => {
    expect(named('post-orders').target).toEqual({ kind: 'process', topology: 'orders', start: 'in' });
    expect(named('list-orders').target).toEqual({ kind: 'unbound' });
  });

  test('security becomes access: all scopes of all alternatives, any consumer without scopes, public only when it says so', () => {
    expect(named('list-orders').access).toEqual({ scopes: ['orders.read', 'orders.see', 'orders.admin'] });
    expect(named('post-orders').access).toEqual({ scopes: [] });
    expect(named('get-health').access).toHaveProperty('public');
    const silent = imported('{"openapi":"3.1.0","info":{"title":"x"},"paths":{"/a":{"get":{}}}}');
    expect(silent.routes[0]!.access).toEqual({ scopes: [] });
  });

  test('schemas stand alone: cycles in $defs, the dialect of 3.0 in today’s, members of the other side not required', () => {
    expect(named('post-orders').request).toEqual({
      accepts: ['json', 'xml'],
      schema: {
        $ref: '#/$defs/Order',
        $defs: {
          Order: {
            type: 'object',
            required: ['total'],
            properties: {
              id: { type: 'string' },
              total: { type: ['number', 'null'] },
              parts: { type: 'array', items: { $ref: '#/$defs/Order' } },
            },
          },
        },
      },
    });
    expect(named('list-orders').request?.query).toEqual({
      type: 'object',
      properties: { page: { type: 'integer', exclusiveMinimum: 0 } },
      required: ['page'],
    });
    expect(named('list-orders').response?.schema).toMatchObject({
      $ref: '#/$defs/Orders',
      $defs: { Order: { required: ['id', 'total'] } },
    });
    expect(named('get-orders-order-id-part').request?.params).toEqual({
      type: 'object',
      properties: { order_id: { type: 'integer' }, part: { type: 'string' } },
      required: ['order_id', 'part'],
    });
  });

  test('what no route can be made from is named with its place', () => {
    expect(leftOut.map(({ pointer }) => pointer)).toEqual([
      '/paths/~1orders~1{order-id}~1{part}/trace',
      '/paths/~1report.{format}/get',
    ]);
  });

  test.each<[string, string, RegExp]>([
    ['nothing', ' ', /empty/],
    ['half a document', '{"openapi": "3.1.0"', /neither JSON/],
    ['a list', '[]', /no object/],
    ['Swagger 1', 'swagger: "1.2"', /\/swagger .*2\.0 is read/],
    ['another version', 'openapi: 4.0.0', /\/openapi .*4\.0\.0/],
    ['no paths', 'openapi: 3.1.0', /\/paths is missing/],
    ['a key that is there twice', 'openapi: 3.1.0\npaths: {}\npaths: {}', /"paths" is there twice/],
    [
      'aliases that multiply',
      `a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [${'*a, '.repeat(10)}]`).join('\n')}`,
      /aliases/,
    ],
    ['an alias of itself', 'openapi: &a [*a]', /./],
    ['nesting without end', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /nested/],
    ['YAML nested without end', `a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`, /nested/],
    ['YAML lists nested without end', `${'- '.repeat(50_000)}x`, /nested/],
  ])('refused: %s', (_what, text, says) => {
    const read = readDescription(text);
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')).toMatch(
      says,
    );
  });

  test.each<[string, object, string, RegExp]>([
    [
      'a reference to nothing',
      { get: { requestBody: { $ref: '#/components/x' } } },
      '/paths/~1a/get/requestBody',
      /not there/,
    ],
    [
      'a reference to another file',
      { get: { requestBody: { $ref: 'other.yaml#/x' } } },
      '/paths/~1a/get/requestBody',
      /bundle/,
    ],
    [
      'a reference to itself',
      { get: { requestBody: { $ref: '#/paths/~1a/get/requestBody' } } },
      '/paths/~1a/get/requestBody',
      /refers to itself/,
    ],
    ['a path item that is none', { $ref: '#/info/title' }, '/info/title', /no path item/],
    ['an operation that is none', { get: 7 }, '/paths/~1a/get', /no operation/],
    [
      'a schema that is none',
      { post: { requestBody: { content: { 'application/json': { schema: 'x' } } } } },
      '/paths/~1a/post/requestBody/content/application~1json/schema',
      /no schema/,
    ],
    ['security that is none', { get: { security: 'x' } }, '/paths/~1a/get/security', /no list/],
    [
      'a target that there is not',
      { get: { 'x-sluice-target': { kind: 'moon' } } },
      '/paths/~1a/get/x-sluice-target',
      /target/,
    ],
  ])('a problem with its place: %s', (_what, item, pointer, says) => {
    const { problems: found } = imported(
      JSON.stringify({ openapi: '3.1.0', info: { title: 'x' }, paths: { '/a': item } }),
    );
    expect(found.map((problem) => problem.pointer)).toContain(pointer);
    expect(found.find((problem) => problem.pointer === pointer)!.message).toMatch(says);
  });
});

describe('a second import', () => {
  const first = imported(SHOP);
  const there = first.routes.map((route) => view(route));

  test('of the same document changes nothing', () => {
    const plan = planImport(first, there);
    expect([plan.created, plan.updated, plan.retired, plan.taken]).toEqual([[], [], [], []]);
    expect(plan.unchanged).toHaveLength(4);
  });

  test('of a changed one gives changed operations a new version, and names those that are gone', () => {
    const changed = imported(
      SHOP.replace('summary: Place an order', 'summary: Order now').replace(/ {2}\/health:\n.*\n/, ''),
    );
    const plan = planImport(changed, there);
    expect(plan.updated.map(({ name, summary }) => [name, summary])).toEqual([['post-orders', 'Order now']]);
    expect(plan.retired).toEqual(['get-health']);
    expect(plan.unchanged.map(({ name }) => name)).toEqual(['list-orders', 'get-orders-order-id-part']);
  });

  test('what was bound and set by hand stays: target, limits, mappings, named consumers', () => {
    const bound = RouteDefinition.parse({
      ...first.routes[0]!,
      name: 'our-orders',
      access: { scopes: ['old'], consumers: ['ann'] },
      target: { kind: 'upstream', url: 'http://10.0.0.1/' },
      limits: [{ amount: 1, windowMs: 1_000 }],
      request: { ...first.routes[0]!.request, map: 'body' },
    });
    const { updated } = planImport(first, [view(bound), ...there.slice(1)]);
    expect(updated).toEqual([
      { ...bound, access: { scopes: ['orders.read', 'orders.see', 'orders.admin'], consumers: ['ann'] } },
    ]);
  });

  test('a route of something else keeps its name', () => {
    const other = RouteDefinition.parse({ ...first.routes[0]!, contract: undefined, path: '/other' });
    expect(planImport(first, [view(other)]).taken).toEqual(['list-orders']);
  });
});
