import {
  Batch,
  type BatchResult,
  Connector,
  type Context,
  CustomNode,
  Fail,
  Hold,
  join,
  LimitReached,
  type Link,
  type Message,
  Redeliver,
  type Served,
  StopQuietly,
  serve,
} from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

class Greet extends Connector {
  readonly name = 'greet';
  override readonly input = {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, age: { type: 'integer' } },
  };
  process(message: Message): unknown {
    return { hello: message.json<{ name: string }>().name, user: message.user, shop: message.headers['x-shop'] };
  }
}

class Echo extends CustomNode {
  readonly name = 'echo';
  process() {}
}

class Pages extends Batch {
  readonly name = 'pages';
  process(_message: Message, { cursor }: Context): BatchResult {
    return cursor === null ? { items: [{ n: 1 }, 'two', new Uint8Array([0xff, 0])], cursor: 'b' } : { items: [] };
  }
}

class Verdicts extends CustomNode {
  readonly name = 'verdicts';
  process(message: Message): unknown {
    switch (message.text()) {
      case 'named':
        throw new Fail('There is none left.', { code: 'stock.none' });
      case 'known':
        throw new Fail('Not installed.', { code: 'install.unknown' });
      case 'broken':
        throw new TypeError('something is not a function');
      case 'busy':
        throw new Redeliver('The shop restarts.', { delayMs: 7_000 });
      case 'full':
        throw new LimitReached('The shop is full.', { retryAfterMs: 4_990 });
      case 'hold':
        throw new Hold('A person has to look.');
      default:
        throw new StopQuietly('Nothing to do.');
    }
  }
}

class Slow extends CustomNode {
  readonly name = 'slow';
  static began = 0;
  static aborted = 0;
  async process(_message: Message, { signal }: Context): Promise<unknown> {
    Slow.began++;
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    Slow.aborted++;
    throw new Fail('aborted');
  }
}

const steps = [new Greet(), new Echo(), new Pages(), new Verdicts(), new Slow()];

describe.each(['link', 'http'] as const)('synchronous calls of a worker by %s', (transport) => {
  let p: TestPlatform;
  let link: Link | null = null;
  let served: Served | null = null;

  beforeAll(async () => {
    p = await testPlatform();
    if (transport === 'link') {
      const { token } = await p.client.workers.register({ name: 'shop' });
      link = join({ steps, url: p.url, token: token!, onState: () => {} });
      await link.ready;
      await p.client.workers.register({ name: 'empty' });
    } else {
      served = await serve({ steps, onRecord: () => {} });
      await p.client.workers.register({ name: 'shop', url: served.url });
    }
  });
  afterAll(async () => {
    await link?.close();
    await p.close();
    await served?.close();
  });

  const call = (path: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
    p.fetch(`/sync/workers/${path}`, { method: 'POST', body: body as NonNullable<RequestInit['body']>, headers });
  const json = { 'content-type': 'application/json' };

  test('R45, R47: the body of the step comes back, for the user that was named, and nothing was stored', async () => {
    const answer = await call('shop/greet?user=ann', '{"name":"Ann"}', { ...json, 'x-shop': 'north', cookie: 'a=b' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({ hello: 'Ann', user: 'ann', shop: 'north' });
    expect(await p.client.ledger()).toMatchObject({ accepted: 0, emitted: 0 });
    expect((await p.client.processes.list()).items).toEqual([]);
  });

  test('bytes go in and come out as they are, under their own content type', async () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
    const answer = await call('shop/echo', bytes, { 'content-type': 'image/png' });
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  });

  test('a batch gives one page and where the next one begins', async () => {
    const first = (await (await call('shop/pages', '')).json()) as { cursor: string };
    expect(first).toEqual({ items: [{ n: 1 }, 'two', { base64: '/wA=' }], cursor: 'b' });
    expect(await (await call(`shop/pages?cursor=${first.cursor}`, '')).json()).toEqual({ items: [], cursor: null });
  });

  test('an input that the schema refuses is 422 with every problem', async () => {
    const answer = await call('shop/greet', '{"age":"old"}', json);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      code: 'step.input_invalid',
      detail: expect.stringContaining('The connector "greet" takes another input'),
      problems: ["the body must have required property 'name'", '/age must be integer'],
    });
    const text = await call('shop/greet', 'no json at all', { 'content-type': 'text/plain' });
    expect([text.status, ((await text.json()) as { code: string }).code]).toEqual([422, 'step.input_invalid']);
  });

  test.each([
    ['named', 422, 'stock.none', null],
    ['known', 404, 'install.unknown', null],
    ['broken', 502, 'step.failed', null],
    ['busy', 503, 'sync.busy', '7'],
    ['full', 429, 'limit.reached', '5'],
    ['hold', 409, 'sync.held', null],
  ])('R47: the verdict "%s" of a step is status %i with code %s', async (body, status, code, retryAfter) => {
    const answer = await call('shop/verdicts', body, { 'content-type': 'text/plain' });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('retry-after')).toBe(retryAfter);
    expect(await answer.json()).toMatchObject({ code, status, hint: expect.any(String) });
  });

  test('a step that stops quietly is no content, and says so', async () => {
    const answer = await call('shop/verdicts', 'stop', { 'content-type': 'text/plain' });
    expect([answer.status, answer.headers.get('sluice-outcome'), await answer.text()]).toEqual([204, 'stopped', '']);
  });

  test('what is not there is named: worker, action, and what there is', async () => {
    const worker = await call('nobody/greet', '');
    expect([worker.status, ((await worker.json()) as { code: string }).code]).toEqual([404, 'worker.unknown']);
    const action = await call('shop/nothing', '');
    expect(action.status).toBe(404);
    expect(await action.json()).toMatchObject({
      code: 'sync.action_unknown',
      detail: expect.stringContaining('greet'),
    });
    if (transport === 'http') return;
    const away = await call('empty/greet', '');
    expect([away.status, ((await away.json()) as { code: string }).code]).toEqual([503, 'sync.away']);
  });

  test('a call that is not answered in time is 504, and its step is told', async () => {
    const { aborted } = Slow;
    const answer = await call('shop/slow?timeout=100ms', '');
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([504, 'sync.unanswered']);
    await until('the step was told', () => Slow.aborted > aborted);
    const bad = await call('shop/slow?timeout=forever', '');
    expect([bad.status, ((await bad.json()) as { code: string }).code]).toEqual([400, 'sync.duration_invalid']);
  });

  test('a caller that goes away ends the step', async () => {
    const { began, aborted } = Slow;
    const controller = new AbortController();
    const gone = p.fetch('/sync/workers/shop/slow', { method: 'POST', body: '', signal: controller.signal });
    await until('the step began', () => Slow.began > began);
    controller.abort();
    await expect(gone).rejects.toThrow();
    await until('the step was told', () => Slow.aborted > aborted);
  });

  test('a token needs its own scope', async () => {
    const { token } = await p.client.tokens.create({ name: 'runner', scopes: ['run'] });
    const answer = await fetch(`${p.url}/sync/workers/shop/echo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(403);
  });
});

describe('parts of a platform', () => {
  test('R45, R55: synchronous calls are answered while the engine is off, and runs say that it is', async () => {
    const p = await testPlatform({ SLUICE_PARTS: 'sync' });
    const { token } = await p.client.workers.register({ name: 'shop' });
    const link = join({ steps, url: p.url, token: token!, onState: () => {} });
    await link.ready;
    const answer = await p.fetch('/sync/workers/shop/greet', {
      method: 'POST',
      body: '{"name":"Ann"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(await answer.json()).toMatchObject({ hello: 'Ann' });
    expect(await p.client.ready()).toEqual({ status: 'ready' });
    for (const path of ['/run/any/start', '/topologies/any/nodes/start/run-by-name', '/api/v1/topologies']) {
      const off = await p.fetch(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
      expect([off.status, ((await off.json()) as { code: string }).code]).toEqual([503, 'engine.off']);
    }
    await link.close();
    await p.close();
  });

  test('R55: processes run while synchronous calls are off, and calls say that they are', async () => {
    const p = await testPlatform({ SLUICE_PARTS: 'processes' });
    const { token } = await p.client.workers.register({ name: 'shop' });
    const link = join({ steps, url: p.url, token: token!, onState: () => {} });
    await link.ready;
    await deployChain(p, 'greeting', { id: 'greet', kind: 'connector', worker: 'shop', action: 'greet' });
    await p.client.run('greeting', 'start', { body: '{"name":"Ann"}' });
    await until('it is through', async () => (await p.client.ledger('greeting')).finished === 2);
    const off = await p.fetch('/sync/workers/shop/greet', { method: 'POST', body: '{"name":"Ann"}' });
    expect([off.status, ((await off.json()) as { code: string }).code]).toEqual([503, 'sync.off']);
    await link.close();
    await p.close();
  });
});
