// One connector class, five surfaces: nothing of it is written twice, and one limiter counts them all.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Application, Connector, type Context, join, type Link, type Message, type Method, method } from '@sluice/sdk';
import { remote as remotes, testStep } from '@sluice/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { busiest, type CountingService, countingService } from './testing/counting-service.ts';
import { deployChain, type TestPlatform, TOKEN, testPlatform, until } from './testing/platform.ts';

const service: CountingService = await countingService();

class Stock extends Application {
  readonly key = 'stock';
  readonly name = 'Stock';
  readonly baseUrl = service.url;
  override readonly limits = [{ amount: 5, windowMs: 1_000 }];
  override readonly methods: Record<string, Method> = {
    take: method({ methods: ['POST'], handle: async (request, context) => context.run(reserve, await request.json()) }),
  };
}

// What an author writes, all of it.
class Reserve extends Connector {
  readonly name = 'reserve';
  override readonly description = 'Reserve goods of one kind';
  override readonly application = new Stock();
  override readonly input = {
    type: 'object',
    required: ['sku', 'count'],
    properties: { sku: { type: 'string' }, count: { type: 'integer', minimum: 1 } },
    additionalProperties: false,
  };
  override readonly output = {
    type: 'object',
    required: ['reserved'],
    properties: { reserved: { type: 'integer' } },
  };

  async process(message: Message, { api }: Context): Promise<unknown> {
    const { sku, count } = message.json<{ sku: string; count: number }>();
    await api.send(`/reservations/${sku}`, { json: { count } });
    return { reserved: count };
  }
}
const reserve: Reserve = new Reserve();

const GOOD = { sku: 'nut', count: 3 };
const BAD = { count: 0, colour: 'red' };
const PROBLEMS = [
  "the body must have required property 'sku'",
  'the body must NOT have additional properties',
  '/count must be >= 1',
];
const REASON = `The connector "reserve" takes another input: ${PROBLEMS.join('; ')}.`;

describe('one connector class on five surfaces', () => {
  let p: TestPlatform;
  let link: Link;
  let tools: Client;
  let key: string;

  beforeAll(async () => {
    p = await testPlatform();
    ({ link, tools } = await joined(p));
    await deployChain(p, 'orders', { id: 'reserve', kind: 'connector', worker: 'goods', action: 'reserve' });
    await administer('/consumers', { name: 'till', user: 'default' });
    key = (await administer('/consumers/till/keys', {}))['key'] as string;
    await administer('/routes', {
      name: 'reserve',
      path: '/goods/reservations',
      methods: ['POST'],
      access: { scopes: [] },
      target: { kind: 'action', worker: 'goods', action: 'reserve' },
    });
  });
  afterAll(async () => {
    await tools.close();
    await link.close();
    await p.close();
    service.close();
  });

  const call = (body: unknown, path = '/sync/workers/goods/reserve') =>
    p.fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const administer = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await p.fetch(`/api/v1/gateway${path}`, { method: 'POST', body: JSON.stringify(body), headers });
    return (await answer.json()) as Record<string, unknown>;
  };
  const routed = (body: unknown) =>
    fetch(`${p.url}/goods/reservations`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'x-api-key': key },
    });
  const tool = (input: Record<string, unknown>) => tools.callTool({ name: 'goods.reserve', arguments: input });

  test('B4: the same answer from a process, a synchronous call, a method, a tool, a route of the gateway and a function in a test', async () => {
    const { processId } = await p.client.run('orders', 'start', { body: JSON.stringify(GOOD) });
    await until('the process ends', async () => (await p.client.processes.get(processId)).status === 'completed');
    const scripted = remotes.script([{ match: `POST ${service.url}/reservations/nut`, answer: { json: {} } }]);
    const stepped = await testStep(reserve, GOOD, { remote: scripted });
    const listed = (await tools.listTools()).tools.find(({ name }) => name === 'goods.reserve')!;
    expect(listed).toMatchObject({ description: 'Reserve goods of one kind', inputSchema: reserve.input });
    expect([
      await (await call(GOOD)).json(),
      await (await call(GOOD, '/sync/applications/stock/take')).json(),
      await (await routed(GOOD)).json(),
      (await tool(GOOD)).structuredContent,
      stepped.json(),
    ]).toEqual(Array.from({ length: 5 }, () => ({ reserved: 3 })));
  });

  test('B4: the same validation error everywhere', async () => {
    const { processId } = await p.client.run('orders', 'start', { body: JSON.stringify(BAD) });
    await until('the process ends', async () => (await p.client.processes.get(processId)).status === 'failed');
    const { items } = await p.client.trash.list();
    expect(items[0]).toMatchObject({ code: 'step.input_invalid', reason: expect.stringContaining(REASON) });

    const problem = { code: 'step.input_invalid', detail: REASON, problems: PROBLEMS };
    expect(await (await call(BAD)).json()).toMatchObject({ ...problem, status: 422 });
    expect(await (await call(BAD, '/sync/applications/stock/take')).json()).toMatchObject({ ...problem, status: 422 });
    expect(await (await routed(BAD)).json()).toMatchObject({ ...problem, status: 422 });
    const refused = (await tool(BAD)) as { isError: boolean; content: { text: string }[] };
    expect([refused.isError, JSON.parse(refused.content[0]!.text)]).toEqual([true, expect.objectContaining(problem)]);
    const stepped = await testStep(reserve, BAD);
    expect(stepped.outcome).toEqual({
      kind: 'fail',
      code: 'step.input_invalid',
      reason: REASON,
      problems: PROBLEMS,
    });
  });

  test('B4, L1, B11: one limiter counts them all, a restart included', async () => {
    await until('the window is empty', async () => (await call(GOOD)).status === 200);
    service.requests.length = 0;
    const send = async (count: number): Promise<void> => {
      const runs = Array.from({ length: count }, () => p.client.run('orders', 'start', { body: JSON.stringify(GOOD) }));
      const wait = '?wait=60s';
      const calls = Array.from({ length: count }, () => call(GOOD, `/sync/workers/goods/reserve${wait}`));
      const taken = Array.from({ length: 2 }, () => call(GOOD, '/sync/applications/stock/take'));
      const asked = Array.from({ length: 2 }, () => tool(GOOD));
      const through = Array.from({ length: 2 }, () => routed(GOOD));
      await Promise.all([...runs, ...calls, ...taken, ...asked, ...through]);
    };
    const before = service.requests.length;
    await send(8);
    await tools.close();
    await link.close();
    p = await p.restart();
    ({ link, tools } = await joined(p));
    await send(4);
    await until('all processes are through', async () => (await p.client.ledger('orders')).leased === 0);
    await until(
      'nothing waits any more',
      async () => {
        const { limited, queued } = await p.client.ledger('orders');
        return limited + queued === 0;
      },
      40_000,
    );
    expect(service.requests.length - before).toBeGreaterThan(25);
    expect(
      busiest(
        service.requests.map(({ at }) => at),
        1_000,
      ),
    ).toBeLessThanOrEqual(5);
  }, 90_000);

  test('B11: a service that says it is full is left alone by all of them', async () => {
    await until('there is room', async () => (await call(GOOD)).status === 200);
    service.fullFor(3);
    const full = await call(GOOD, '/sync/workers/goods/reserve?wait=10s');
    expect([full.status, full.headers.get('retry-after')]).toEqual([429, '3']);
    const at = service.requests.at(-1)!.at;
    const asked = service.requests.length;
    const told = (await tool(GOOD)) as { isError: boolean; content: { text: string }[] };
    expect([told.isError, JSON.parse(told.content[0]!.text)]).toEqual([
      true,
      expect.objectContaining({ code: 'limit.reached', retryAfterMs: expect.any(Number) }),
    ]);
    await p.client.run('orders', 'start', { body: JSON.stringify(GOOD) });
    expect((await call(GOOD, '/sync/workers/goods/reserve?wait=0s')).status).toBe(429);
    await until('the process called it', () => service.requests.length > asked);
    expect(service.requests.at(-1)!.at - at).toBeGreaterThanOrEqual(3_000 - 50);
  }, 60_000);

  test('tools need a token of their scope, and pages of other sites are refused', async () => {
    const post = (headers: Record<string, string>) =>
      p.fetch('/mcp', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', ...headers } });
    const { token } = await p.client.tokens.create({ name: 'little', scopes: ['run'] });
    expect((await post({ authorization: `Bearer ${token}` })).status).toBe(403);
    const foreign = await post({ origin: 'https://evil.example' });
    expect([foreign.status, ((await foreign.json()) as { code: string }).code]).toEqual([403, 'mcp.origin']);
    expect(
      (await post({ origin: 'http://localhost:3000', accept: 'application/json, text/event-stream' })).status,
    ).toBe(400);
    const get = await p.fetch('/mcp');
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    await expect(tools.callTool({ name: 'none', arguments: {} })).rejects.toThrow(/There is no tool "none"/);
  });
});

/** A worker and a client of models at a platform. */
async function joined(p: TestPlatform): Promise<{ link: Link; tools: Client }> {
  const { token } = await p.client.workers.register({ name: 'goods', rotate: true });
  const link = join({ steps: [reserve], url: p.url, token: token!, onState: () => {} });
  await link.ready;
  const tools = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: { authorization: `Bearer ${TOKEN}` } };
  const transport = new StreamableHTTPClientTransport(new URL(`${p.url}/mcp?user=default`), { requestInit });
  await tools.connect(transport as Parameters<Client['connect']>[0]);
  return { link, tools };
}
