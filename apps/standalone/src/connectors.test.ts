import { createServer, type Server } from 'node:http';
import {
  Application,
  BearerAuth,
  Connector,
  type Context,
  CustomNode,
  join,
  type Link,
  type Message,
} from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

describe('connectors and direct steps', () => {
  let p: TestPlatform;
  let remote: Server;
  let url: string;
  let link: Link;
  const seen: { path: string; authorization: string | undefined; key: string | undefined }[] = [];

  beforeAll(async () => {
    p = await testPlatform();
    remote = createServer((request, response) => {
      seen.push({
        path: request.url!,
        authorization: request.headers.authorization,
        key: request.headers['idempotency-key'] as string,
      });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ path: request.url }));
    });
    await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(remote.address() as { port: number }).port}`;
    const shop = new (class extends Application {
      readonly key = 'shop';
      readonly name = 'Shop';
      readonly baseUrl = url;
      override readonly auth = new BearerAuth('shop-token');
    })();
    class GetOrders extends Connector {
      readonly name = 'get-orders';
      override readonly application = shop;
      async process(_message: Message, context: Context): Promise<unknown> {
        context.log.info('orders are fetched', { forAdmin: true });
        return (await context.http.send(await shop.request('/orders', { query: { page: 1 } }))).json();
      }
    }
    class GetAlone extends Connector {
      readonly name = 'get-alone';
      async process(_message: Message, context: Context): Promise<unknown> {
        return (await context.http.send({ url: `${url}/alone` })).json();
      }
    }
    class Local extends CustomNode {
      readonly name = 'local';
      process(message: Message): unknown {
        return { ...message.json<object>(), local: true };
      }
    }
    const { token } = await p.client.workers.register({ name: 'service' });
    link = join({
      steps: [new GetOrders(), new GetAlone(), new Local()],
      url: p.url,
      token: token!,
      onState: () => {},
    });
    await link.ready;
    const step = (action: string, kind = 'connector') => ({ id: action, kind, worker: 'service', action });
    await deployChain(p, 'one', step('get-orders'), step('local', 'custom'), { id: 'out', kind: 'respond' });
    await deployChain(p, 'two', step('get-orders'), { id: 'out', kind: 'respond' });
    await deployChain(p, 'alone', step('get-alone'), { id: 'out', kind: 'respond' });
  });
  afterAll(async () => {
    await link.drain();
    remote.close();
    await p.close();
  });
  const ask = async (topology: string): Promise<unknown> =>
    (
      await p.fetch(`/run/${topology}/start?wait=10s`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
    ).json();

  test('R5, R15, R29: a service without SDK is called by a connector, authenticated by its application', async () => {
    expect(await ask('one')).toEqual({ path: '/orders?page=1', local: true });
    expect(seen.at(-1)).toMatchObject({ authorization: 'Bearer shop-token', key: expect.stringMatching(/\./) });
  });

  test('R26: the same connector serves two topologies', async () => {
    expect(await ask('two')).toEqual({ path: '/orders?page=1' });
  });

  test('R28: a connector works with an application and without', async () => {
    expect(await ask('alone')).toEqual({ path: '/alone' });
    expect(seen.at(-1)!.authorization).toBeUndefined();
  });

  test('R14, R20: what a worker offers is in its manifest, with the application it belongs to', async () => {
    const { manifest } = await p.client.workers.get('service');
    expect(manifest!.actions).toContainEqual({ name: 'get-orders', kind: 'connector', application: 'shop' });
    expect(manifest!.applications).toMatchObject([{ key: 'shop', name: 'Shop' }]);
  });

  test('R23: a line of a step is read by process', async () => {
    const { processId } = await p.client.run('one', 'start', { body: '{}' });
    await until('the line is there', async () => (await p.client.logs({ processId })).items.length === 1);
    expect((await p.client.logs({ processId })).items[0]).toMatchObject({
      message: 'orders are fetched',
      node: 'get-orders',
      topology: 'one',
      worker: 'service',
    });
  });

  test('R24: remote calls are counted by node and status', async () => {
    const metrics = async (): Promise<string> => (await p.fetch('/metrics')).text();
    await until('the count is there', async () =>
      /sluice_remote_calls_total\{worker="service",topology="alone",node="get-alone",status="200"\} \d/.test(
        await metrics(),
      ),
    );
  });

  test('R8: what the author does not write appears by itself: repeats, correlation, history', async () => {
    const { processId } = await p.client.run('one', 'start', { body: '{}' });
    await until('it ended', async () => (await p.client.processes.get(processId)).status === 'completed');
    const { items } = await p.client.processes.history(processId);
    expect(items.map((step) => step.node)).toEqual(['get-orders', 'local', 'out']);
    expect(items[1]!.parentId).toBe(items[0]!.id);
  });

  test('R51: a third subscriber is added without touching the two that exchange messages', async () => {
    const model = (third: boolean) => ({
      name: 'bus',
      nodes: [
        { id: 'start', kind: 'start' },
        ...['b', ...(third ? ['c'] : [])].map((id) => ({ id, kind: 'custom', worker: 'service', action: 'local' })),
      ],
      connections: ['b', ...(third ? ['c'] : [])].map((to) => ({ from: 'start', to })),
    });
    await deploy(p, model(false));
    const first = await p.client.run('bus', 'start', { body: '{}' });
    await deploy(p, model(true));
    const second = await p.client.run('bus', 'start', { body: '{}' });
    for (const { processId } of [first, second])
      await until('it ended', async () => (await p.client.processes.get(processId)).status === 'completed');
    expect(await p.client.processes.get(first.processId)).toMatchObject({ version: 1, total: 2 });
    expect(await p.client.processes.get(second.processId)).toMatchObject({ version: 2, total: 3 });
  });

  test('R41: while a service is away its queue grows, survives a restart of the platform, and drains when it is back', async () => {
    const { token } = await p.client.workers.register({ name: 'away' });
    await deployChain(p, 'patient', { id: 'step', kind: 'custom', worker: 'away', action: 'echo' });
    for (let i = 0; i < 25; i++) await p.client.run('patient', 'start', { body: '{}' });
    expect(await p.client.ledger('patient')).toMatchObject({ queued: 25, balanced: true });
    await link.close();
    p = await p.restart();
    expect(await p.client.ledger('patient')).toMatchObject({ queued: 25, balanced: true });
    class Echo extends CustomNode {
      readonly name = 'echo';
      process(): undefined {}
    }
    const back = join({ steps: [new Echo()], url: p.url, token: token!, onState: () => {} });
    await until('the queue is empty', async () => (await p.client.ledger('patient')).finished === 50);
    await back.drain();
  });
});
