// A1 for the gateway: whatever a route leads to, nobody gets through who is nobody.

import { GATEWAY_METHODS, type GatewayTarget, RouteDefinition, type RouteDefinitionInput } from '@sluice/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestPlatform, testPlatform } from './testing/platform.ts';

/** One of every kind that there is. */
const TARGETS: Record<GatewayTarget['kind'], unknown> = {
  process: { kind: 'process', topology: 'orders', start: 'start' },
  wait: { kind: 'wait', topology: 'orders', start: 'start' },
  method: { kind: 'method', application: 'shop', method: 'order' },
  action: { kind: 'action', worker: 'shop', action: 'get-order' },
  upstream: { kind: 'upstream', url: 'http://127.0.0.1:9/orders' },
  description: { kind: 'description', title: 'All', routes: 'all' },
  unbound: { kind: 'unbound' },
  aggregate: { kind: 'aggregate', parts: { a: { target: { kind: 'upstream', url: 'http://127.0.0.1:9/a' } } } },
};
const CLOSED = [
  { scopes: [] },
  { scopes: ['orders'] },
  { scopes: [], consumers: ['shop'] },
  { scopes: [], schemes: ['token'] },
];
const NOBODY: Record<string, string>[] = [
  {},
  { 'x-api-key': 'slg_unknown' },
  { authorization: 'Bearer unknown' },
  { authorization: 'Basic YTpi' },
  { 'signature-input': 'sig=("@method");created=1;keyid="x"', signature: 'sig=:AAAA:' },
  { 'client-cert': ':AAAA:' },
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' },
];

let p: TestPlatform;
const save = (definition: unknown): Promise<Response> =>
  p.fetch('/api/v1/gateway/routes', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(definition),
  });

beforeAll(async () => {
  p = await testPlatform();
});
afterAll(() => p.close());

test('A1, R53: of many routes of every kind, none but the public ones lets anybody in who is nobody', async () => {
  const made: { name: string; path: string; open: boolean }[] = [];
  for (const [kind, target] of Object.entries(TARGETS))
    for (const [index, access] of [...CLOSED, { public: 'a test' }].entries()) {
      const name = `${kind}-${index}`;
      const path = `/a1/${name}`;
      const answer = await save({ name, path, methods: GATEWAY_METHODS, access, target });
      expect([name, answer.status]).toEqual([name, 201]);
      made.push({ name, path, open: 'public' in access });
    }
  const views = (await (await p.fetch('/api/v1/gateway/routes')).json()) as {
    items: { name: string; definition: RouteDefinition }[];
  };
  expect(views.items.map(({ name }) => name).sort()).toEqual(made.map(({ name }) => name).sort());
  for (const { name, path, open } of made) {
    const said = views.items.find((one) => one.name === name)!.definition.access;
    expect([name, 'public' in said && said.public.length > 0]).toEqual([name, open]);
    if (open) continue;
    for (const [index, headers] of NOBODY.entries())
      for (const method of index === 0 ? GATEWAY_METHODS : ['POST']) {
        const { status } = await fetch(`${p.url}${path}`, { method, headers });
        // Wrong ones that come too often are not even judged any more.
        expect([method, path, [401, 429].includes(status)]).toEqual([method, path, true]);
      }
  }
}, 60_000);

test('A1, R53: a route that does not say who may is refused, and so is one that is public for no reason', async () => {
  const route = { name: 'quiet', path: '/quiet', methods: ['GET'], target: TARGETS.upstream };
  for (const access of [undefined, null, {}, { public: '' }, { public: true }, { public: 'x', scopes: [] }, 'public']) {
    const answer = await save({ ...route, ...(access === undefined ? {} : { access }) } as RouteDefinitionInput);
    expect([access, answer.status]).toEqual([access, 422]);
  }
  expect((await fetch(`${p.url}/quiet`)).status).toBe(404);
  expect(RouteDefinition.safeParse({ ...route, access: { scopes: [] } }).success).toBe(true);
});
