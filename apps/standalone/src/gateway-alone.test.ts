// A gateway without an engine, and with one elsewhere.

import { connect } from 'node:net';
import { CustomNode, join, type Link, type Message } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from './index.ts';
import { deploy, type TestPlatform, TOKEN, testPlatform, until } from './testing/platform.ts';

class Double extends CustomNode {
  readonly name = 'double';
  process(message: Message): unknown {
    const { n } = message.json<{ n: number }>();
    if (n < 0) throw new Error('negative');
    return { n: 2 * n };
  }
}

describe('a gateway without an engine', () => {
  let engine: TestPlatform;
  let front: TestPlatform;
  let engineRuns = true;
  const links: Link[] = [];
  let key: string;

  const admin = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await front.fetch(`/api/v1/gateway${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${front.gatewayUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify(body),
    });
  const joined = async (p: TestPlatform): Promise<void> => {
    const { token } = await p.client.workers.register({ name: 'maths', rotate: true });
    const link = join({ steps: [new Double()], url: p.url, token: token!, onState: () => {} });
    links.push(link);
    await link.ready;
  };

  beforeAll(async () => {
    engine = await testPlatform({ SLUICE_PARTS: 'processes' });
    const { token } = await engine.client.tokens.create({ name: 'gateway', scopes: ['run', 'process:read'] });
    front = await testPlatform({
      SLUICE_PARTS: 'gateway,sync',
      SLUICE_GATEWAY_PORT: '0',
      SLUICE_ENGINE_URL: engine.url,
      SLUICE_ENGINE_TOKEN: token,
    });
    // In this order: the first link is that of the engine's platform.
    await joined(engine);
    await joined(front);
    await deploy(engine, {
      name: 'sum',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'double', kind: 'custom', worker: 'maths', action: 'double' },
        { id: 'answer', kind: 'respond' },
      ],
      connections: [
        { from: 'start', to: 'double' },
        { from: 'double', to: 'answer' },
      ],
    });
    await admin('/consumers', { name: 'caller' });
    key = (await admin('/consumers/caller/keys', {}))['key'] as string;
    const common = { methods: ['POST'], access: { scopes: [] } };
    const sum = { topology: 'sum', start: 'start' };
    await admin('/routes', { ...common, name: 'sum', path: '/sum', target: { kind: 'process', ...sum } });
    // On a port of its own no path is taken by the platform.
    await admin('/routes', { ...common, name: 'ask', path: '/api/v1/ask', target: { kind: 'wait', ...sum } });
    await admin('/routes', { ...common, name: 'hurry', path: '/hurry', target: { kind: 'wait', ...sum, waitMs: 1 } });
    const none = { kind: 'wait', topology: 'none', start: 'start' };
    await admin('/routes', { ...common, name: 'none', path: '/none', target: none });
    const double = { kind: 'action', worker: 'maths', action: 'double' };
    await admin('/routes', { ...common, name: 'double', path: '/double', target: double });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(links.map((link) => link.close()));
    await front?.close();
    if (engineRuns) await engine?.close();
  });

  test('R55: synchronous calls are answered where no engine runs', async () => {
    const answer = await post('/double', { n: 3 });
    expect([answer.status, await answer.json()]).toEqual([200, { n: 6 }]);
    const off = await front.fetch('/run/sum/start', { method: 'POST', body: '{}' });
    expect([off.status, ((await off.json()) as { code: string }).code]).toEqual([503, 'engine.off']);
  });

  test('R55, R52: processes are started and waited for at the platform that runs them', async () => {
    const started = await post('/sum', { n: 4 });
    const { processId } = (await started.json()) as { processId: string };
    expect(started.status).toBe(202);
    await until('it ended there', async () => (await engine.client.processes.get(processId)).status === 'completed');
    const asked = await post('/api/v1/ask', { n: 5 });
    expect([asked.status, await asked.json()]).toEqual([200, { n: 10 }]);
  });

  test('R55: an answer that was not waited for is fetched from there', async () => {
    const hurry = await post('/hurry', { n: 6 });
    const address = hurry.headers.get('location') ?? '';
    const fetched = (): Promise<Response> => fetch(`${front.gatewayUrl}${address}`, { headers: { 'x-api-key': key } });
    // A quick engine answers in time even so.
    if (hurry.status === 202) await until('it is there', async () => (await fetched()).status === 200);
    expect(await (hurry.status === 202 ? await fetched() : hurry).json()).toEqual({ n: 12 });
  });

  test('R55: what goes wrong there is said here, and the token is never to blame for the client', async () => {
    const failed = await post('/api/v1/ask', { n: -1 });
    expect([failed.status, ((await failed.json()) as { code: string }).code]).toEqual([502, 'run.process_failed']);
    const unknown = await post('/none', {});
    expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([404, 'topology.unknown']);
    const broken = await fetch(`${front.gatewayUrl}/sum`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: '{',
    });
    expect(broken.status).toBe(400);
  });

  test('the port of the gateway answers for routes only, and that of the platform for none', async () => {
    expect(
      (await fetch(`${front.gatewayUrl}/api/v1/workers`, { headers: { authorization: `Bearer ${TOKEN}` } })).status,
    ).toBe(404);
    expect((await front.fetch('/sum', { method: 'POST', body: '{}' })).status).toBe(404);
  });

  test('a head that never ends takes no place of others', async () => {
    const { port } = new URL(front.gatewayUrl);
    const slow = Array.from({ length: 200 }, () => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET /double HTTP/1.1\r\nx-a: '));
      socket.on('error', () => {});
      return socket;
    });
    expect((await post('/double', { n: 1 })).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });

  test('R55: while that platform is away the answer says so, and that it may be tried again', async () => {
    await links.shift()!.close();
    await engine.close();
    engineRuns = false;
    const answer = await post('/sum', { n: 1 });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, 'gateway.engine_away']);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await post('/double', { n: 1 })).status).toBe(200);
  });

  test('an address without its token is refused at the start', () => {
    expect(() => readConfig({ SLUICE_ENGINE_URL: 'http://127.0.0.1:1' })).toThrow(ConfigError);
  });
});
