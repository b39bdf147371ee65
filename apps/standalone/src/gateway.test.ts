// The gateway as its callers meet it: one host, several kinds of targets.

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

describe('gateway', () => {
  let p: TestPlatform;
  let service: Server;
  let serviceUrl: string;
  let key: string;
  const seen: IncomingMessage[] = [];

  const admin = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await p.fetch(`/api/v1/gateway${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const call = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${p.url}${path}`, { ...init, headers: { 'x-api-key': key, ...init.headers } });

  beforeAll(async () => {
    service = createServer((request, response) => {
      seen.push(request);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method: request.method, url: request.url }));
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    p = await testPlatform();
    await admin('/consumers', { name: 'shop', scopes: ['orders'] });
    key = (await admin('/consumers/shop/keys', {}))['key'] as string;
    await deployChain(p, 'orders', { id: 'wait', kind: 'delay', settings: { delayMs: 1 } });
    await admin('/routes', {
      name: 'place-order',
      path: '/shop/orders',
      methods: ['POST'],
      access: { scopes: ['orders'] },
      target: { kind: 'process', topology: 'orders', start: 'start' },
    });
    await admin('/routes', {
      name: 'stock',
      path: '/shop/stock/{id}',
      methods: ['GET'],
      access: { scopes: ['stock'] },
      target: { kind: 'upstream', url: `${serviceUrl}/internal/{id}` },
    });
    await admin('/routes', {
      name: 'status',
      path: '/shop/status',
      methods: ['GET'],
      access: { public: 'anybody may know that the shop is open' },
      target: { kind: 'upstream', url: `${serviceUrl}/status` },
    });
  });
  afterAll(async () => {
    await p.close();
    service.close();
  });

  test('R52: a route starts a process, and answers 202 when it is durable', async () => {
    const answer = await call('/shop/orders', { method: 'POST', body: '{"id":1}' });
    const { processId } = (await answer.json()) as { processId: string };
    expect(answer.status).toBe(202);
    await until('the process ended', async () => (await p.client.processes.get(processId)).status === 'completed');
  });

  test('the trace of a request goes on in the process that it starts', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const answer = await call('/shop/orders', {
      method: 'POST',
      body: '{}',
      headers: { traceparent, tracestate: 'shop=1', 'x-own': 'yes' },
    });
    const { processId } = (await answer.json()) as { processId: string };
    const { items } = await p.client.processes.history(processId);
    for (const { headers } of items) {
      expect(headers['traceparent']).toMatch(
        /^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/,
      );
      expect(headers).toMatchObject({ tracestate: 'shop=1', 'x-own': 'yes' });
      expect(headers['x-request-id']).toBe(answer.headers.get('x-request-id'));
    }
    expect(items.length).toBeGreaterThan(0);
  });

  test('R53: without a key 401, with a wrong scope 403, on a public route nobody is asked', async () => {
    const anonymous = await fetch(`${p.url}/shop/stock/17`);
    expect([anonymous.status, ((await anonymous.json()) as { code: string }).code]).toEqual([
      401,
      'gateway.unauthenticated',
    ]);
    expect((await call('/shop/stock/17')).status).toBe(403);
    expect((await fetch(`${p.url}/shop/status`)).status).toBe(200);
  });

  test('the service behind does not see the key, and cannot be led to another path', async () => {
    await admin('/consumers', { name: 'clerk', scopes: ['stock'] });
    const clerk = (await admin('/consumers/clerk/keys', {}))['key'] as string;
    seen.length = 0;
    const answer = await fetch(`${p.url}/shop/stock/a%20b`, { headers: { 'x-api-key': clerk } });
    expect(await answer.json()).toEqual({ method: 'GET', url: '/internal/a%20b' });
    expect(seen[0]!.headers['x-api-key']).toBeUndefined();
    const escaped = await fetch(`${p.url}/shop/stock/..%2f..%2fadmin`, { headers: { 'x-api-key': clerk } });
    expect([escaped.status, ((await escaped.json()) as { code: string }).code]).toEqual([400, 'gateway.path_refused']);
    expect(seen).toHaveLength(1);
  });

  test('a path that is taken with another method answers 405, and the platform keeps its own paths', async () => {
    const answer = await call('/shop/orders', { method: 'PUT' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    const refused = await admin('/routes', {
      name: 'mine',
      path: '/api/v1/workers',
      methods: ['GET'],
      access: { public: 'test' },
      target: { kind: 'upstream', url: serviceUrl },
    });
    expect(refused['code']).toBe('gateway.route_invalid');
  });
});
