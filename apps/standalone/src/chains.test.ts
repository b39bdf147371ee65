// A worker that does several steps in one call, over both transports of the SDK and the real store.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Context, CustomNode, join, type Message, requestHandler } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

/** What each step of a worker was told about its message. */
class Told {
  readonly calls: { node: string; id: string; body: unknown }[] = [];
  readonly steps = ['a', 'b', 'c'].map((name) => new Tell(name, this));
}

class Tell extends CustomNode {
  readonly name: string;
  readonly #told: Told;
  constructor(name: string, told: Told) {
    super();
    this.name = name;
    this.#told = told;
  }
  process(message: Message, { idempotencyKey }: Context): unknown {
    const body = message.json<{ path: string }>();
    this.#told.calls.push({ node: this.name, id: idempotencyKey, body });
    return { path: body.path + this.name };
  }
}

describe('steps of one worker', () => {
  let p: TestPlatform;
  const told = { link: new Told(), http: new Told() };
  const leave: (() => Promise<void>)[] = [];
  /** Made of the http worker. */
  let requests = 0;

  beforeAll(async () => {
    p = await testPlatform();
    const { token } = await p.client.workers.register({ name: 'link' });
    const link = join({ steps: told.link.steps, url: p.url, token: token!, onState: () => {} });
    await link.ready;
    const handle = requestHandler({ steps: told.http.steps });
    const server = createServer((request, response) => {
      if (request.method === 'POST') requests++;
      handle(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await p.client.workers.register({
      name: 'http',
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    leave.push(
      () => link.drain(),
      async () => void server.close(),
    );
    for (const worker of ['link', 'http'])
      await deployChain(p, worker, ...['a', 'b', 'c'].map((id) => ({ id, kind: 'custom', worker, action: id })));
  });
  afterAll(async () => {
    for (const close of leave) await close();
    await p.close();
  });

  for (const worker of ['link', 'http'] as const)
    test(`by ${worker}: 300 processes at once, each step called once with the ids that the history shows`, async () => {
      const start = (n: number) =>
        p.fetch(`/run/${worker}/start`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ path: `${n}:` }),
        });
      // The first one makes all three queues known; from then on a call may lead through all of them.
      await start(0);
      const ended = async (count: number) => {
        const { finished } = await p.client.ledger(worker);
        return finished === count * 4;
      };
      await until('the first one ends', () => ended(1));
      await Promise.all(Array.from({ length: 299 }, (_item, index) => start(index + 1)));
      await until('all have ended', () => ended(300));
      expect(await p.client.ledger(worker)).toMatchObject({
        balanced: true,
        trash: 0,
        queued: 0,
        leased: 0,
      });

      const { calls } = told[worker];
      expect(calls).toHaveLength(900);
      const byId = new Map(calls.map((call) => [call.id, call]));
      expect(byId.size).toBe(900);
      const { items } = await p.client.processes.list({ topology: worker, limit: 200 });
      for (const { id } of items.slice(0, 20)) {
        const history = (await p.client.processes.history(id)).items.filter(({ node }) => node !== 'start');
        expect(history.map(({ node }) => node)).toEqual(['a', 'b', 'c']);
        for (const step of history) expect(byId.get(step.id)).toMatchObject({ node: step.node });
        expect(history.slice(1).map(({ parentId }) => parentId)).toEqual([history[0]!.id, history[1]!.id]);
        expect(byId.get(history[2]!.id)!.body).toEqual({ path: expect.stringMatching(/^\d+:ab$/) });
      }
    });

  test('three steps are one request', async () => {
    const before = requests;
    await p.fetch('/run/http/start', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"path":"last:"}',
    });
    await until('it ends', async () =>
      told.http.calls.some(({ body }) => (body as { path: string }).path === 'last:ab'),
    );
    expect(requests - before).toBe(1);
  });
});
