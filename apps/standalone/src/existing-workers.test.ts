// B16: a worker made with the existing SDK from the registry, unchanged, as a process of its own, registered by URL.

import type { RunOptions } from '@sluice/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addressesOf,
  type ExistingWorker,
  existingWorker,
  node,
  type Remote,
  type Run,
  remoteService,
  runChain,
  runTopology,
} from './testing/existing-worker.ts';
import { deploy, deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

describe('B16: a worker made with the existing SDK', () => {
  let p: TestPlatform;
  let remote: Remote;
  let worker: ExistingWorker;

  beforeAll(async () => {
    p = await testPlatform();
    remote = await remoteService();
    const { token } = await p.client.tokens.create({
      name: 'existing worker',
      scopes: ['run', 'worker:all', 'log:write', 'metric:write'],
    });
    worker = await existingWorker({ ...addressesOf(p.url, token), REMOTE_URL: remote.url });
    await p.client.workers.register({ name: 'existing', url: worker.url });
  });
  afterAll(async () => {
    await worker?.kill();
    remote?.close();
    await p?.close();
  });

  const through = (nodes: readonly object[], body: string | Uint8Array, options: RunOptions = {}): Promise<Run> =>
    runChain(p, nodes, body, options);
  const json = (value: unknown): string => JSON.stringify(value);
  /** What came out at the end of the chain. */
  const out = ({ at }: Run): unknown => at('out').map(({ body }) => body)[0];
  const outJson = (ran: Run): unknown => JSON.parse(String(out(ran)));

  test('is registered by its address, is healthy, and lists its nodes', async () => {
    const { health, manifest } = await p.client.workers.get('existing');
    expect(health).toBe('up');
    const kinds = (kind: string): string[] => manifest!.actions.filter((a) => a.kind === kind).map((a) => a.name);
    expect(kinds('connector')).toEqual(['fetch-optional', 'fetch-order', 'fetch-status', 'post-effect']);
    expect(kinds('batch')).toEqual([
      'broken-batch',
      'items',
      'limited-batch',
      'list',
      'pages',
      'pages-of-others',
      'scan',
    ]);
    expect(kinds('custom')).toHaveLength(20);
  });

  describe('connectors', () => {
    test('the answer of the remote service is the new body, and the call is counted', async () => {
      const ran = await through([node('fetch-order', 'connector')], json({ id: 7 }));
      expect(ran.status).toBe('completed');
      expect(outJson(ran)).toEqual({ orders: 7 });
      expect(ran.at('out')[0]!.headers).toEqual({ 'order-status': '200' });
      await until('the call is counted', async () =>
        /sluice_remote_calls_total\{worker="http",topology="",node="step",status="200"\} \d/.test(
          await (await p.fetch('/metrics')).text(),
        ),
      );
    });

    test('status ranges: 404 fails at once, 429 and 503 are repeated until the attempts are used up', async () => {
      const missing = await through([node('fetch-status', 'connector')], json({ status: 404 }));
      expect(missing.at('step')).toMatchObject([{ state: 'trash', code: 'step.failed', attempts: [{ attempt: 1 }] }]);
      expect(missing.at('step')[0]!.reason).toContain('status: 404, body: status 404');
      for (const status of [429, 503]) {
        const busy = await through([node('fetch-status', 'connector')], json({ status }));
        expect(busy.at('step')).toMatchObject([{ state: 'trash', code: 'step.attempts_used_up' }]);
        expect(busy.at('step')[0]!.attempts.map(({ code }) => code)).toEqual([
          'repeat',
          'repeat',
          'step.attempts_used_up',
        ]);
        expect(remote.requests.filter(({ path }) => path === `/status/${status}`)).toHaveLength(3);
      }
      expect(outJson(await through([node('fetch-status', 'connector')], json({ status: 204 })))).toEqual({ got: 204 });
    });

    test('status ranges of its own: not found is an answer', async () => {
      expect(outJson(await through([node('fetch-optional', 'connector')], json({ status: 404 })))).toEqual({
        found: false,
      });
    });
  });

  describe('batches', () => {
    test('a cursor: each page gives its items and leads to the next', async () => {
      const ran = await through([node('pages', 'batch')], json({ pages: 3, size: 2 }));
      expect(ran).toMatchObject({ status: 'completed', total: 1 + 3 + 6 });
      expect(ran.at('step').map(({ body }) => body)).toEqual(Array(3).fill(json({ pages: 3, size: 2 })));
      expect(
        ran
          .at('out')
          .map(({ body }) => body)
          .sort(),
      ).toEqual([1, 2, 3].flatMap((page) => [1, 2].map((item) => json({ page, item }))));
    });

    test('a cursor without output: nothing before the last page', async () => {
      const ran = await through([node('scan', 'batch')], '{}');
      expect(ran.at('step')).toHaveLength(3);
      expect(ran.at('out').map(({ body }) => body)).toEqual([json({ page: 3 })]);
    });

    test('items keep their text, and lay their headers and owner over those of the batch', async () => {
      const ran = await through([node('items', 'batch')], '{}', { user: 'ann' });
      const of = (body: string): Run['steps'][number] => ran.at('out').find((step) => step.body === body)!;
      expect(of(json({ kind: 'object' }))).toMatchObject({ user: 'ann', headers: { 'from-batch': 'yes' } });
      expect(of('plain text')).toMatchObject({ user: 'ann' });
      expect(of(json({ kind: 'own' }))).toMatchObject({
        user: 'bob',
        headers: { 'from-batch': 'yes', 'item-header': 'mine', 'limiter-key': 'bob|shop;60;10' },
      });
      expect(of('plain text').headers).not.toHaveProperty('item-header');
    });

    test('a list is many items, or one; an empty list ends the branch', async () => {
      expect(
        (await through([node('list', 'batch')], json({ whole: false }))).at('out').map(({ body }) => body),
      ).toEqual(['1', '2']);
      expect((await through([node('list', 'batch')], json({ whole: true }))).at('out').map(({ body }) => body)).toEqual(
        ['[[1,2]]'],
      );
      const empty = await through([node('pages', 'batch')], json({ pages: 1, size: 0 }));
      expect(empty).toMatchObject({ status: 'completed', total: 2 });
    });

    test('an owner set on one page is the owner of the next', async () => {
      const ran = await through([node('pages-of-others', 'batch')], '{}', { user: 'ann' });
      expect(ran.at('step').map(({ user }) => user)).toEqual(['ann', 'carol']);
      expect(ran.at('out').map(({ body, user }) => [body, user])).toEqual([
        [json({ before: 'ann' }), 'carol'],
        [json({ before: 'carol' }), 'carol'],
      ]);
    });

    test('an error while the list is made emits nothing', async () => {
      const ran = await through([node('broken-batch', 'batch')], json({ n: 1 }));
      expect(ran.at('step')).toMatchObject([{ state: 'trash', code: 'worker.refused', body: json({ n: 1 }) }]);
      expect(ran.at('step')[0]!.reason).toContain('Error occurred: the list broke');
      expect(ran.total).toBe(2);
    });
  });

  describe('what a node decides', () => {
    test('repeat by exception: the same input again, and the node can see how often', async () => {
      const ran = await through([node('repeat-thrown')], json({ until: 3 }));
      expect(outJson(ran)).toEqual({ times: 3, hops: '3' });
      expect(ran.at('step')[0]!.attempts.map(({ reason }) => reason)).toEqual(['not yet, visit 1', 'not yet, visit 2']);
    });

    test('repeat by its own interval and count, when the node sets none', async () => {
      const once = { ...node('repeat-thrown'), settings: {} };
      const ran = await through([once as never], json({ until: 2 }));
      expect(outJson(ran)).toEqual({ times: 2, hops: '2' });
      const never = await through([once as never], json({ until: 9 }));
      expect(never.at('step')).toMatchObject([{ state: 'trash', code: 'step.attempts_used_up' }]);
      expect(never.at('step')[0]!.attempts).toHaveLength(3);
    });

    test('repeat by returned message: the original body, with the headers it set', async () => {
      const ran = await through([node('repeat-returned')], json({ until: 3 }));
      expect(outJson(ran)).toEqual({ times: 3, seen: '12' });
    });

    test('stop: the branch ends well, with the reason', async () => {
      const ran = await through([node('stop')], '{}');
      expect(ran).toMatchObject({ status: 'completed', total: 2 });
      expect(ran.at('step')).toMatchObject([{ state: 'done', result: 'stopped', reason: 'nothing to do' }]);
    });

    test('fail, returned or thrown: trash with the reason and the original body; replayed, it runs again', async () => {
      for (const [action, reason] of [
        ['fail-returned', 'the orderis wrong'],
        ['fail-thrown', 'the customer is unknown'],
      ] as const) {
        const ran = await through([node(action)], json({ n: 1 }));
        expect(ran.status).toBe('failed');
        const { items } = await p.client.trash.list({ processId: ran.processId });
        expect(items).toMatchObject([{ code: 'step.failed', reason: expect.stringContaining(reason) }]);
        expect(await p.client.trash.get(items[0]!.id)).toMatchObject({ body: json({ n: 1 }) });
        await p.client.trash.replay(items[0]!.id);
        await until('it is back', async () => {
          const [again] = (await p.client.trash.list({ processId: ran.processId })).items;
          return again !== undefined && again.changedAt > items[0]!.changedAt;
        });
      }
    });

    test('limit exceeded: the original body waits for the window of the node and uses no attempt', async () => {
      const ran = await through(
        [node('limit-once', 'custom', { limit: { amount: 100, windowMs: 100 } })],
        json({ n: 1 }),
      );
      expect(ran.status).toBe('completed');
      expect(out(ran)).toBe(json({ n: 1 }));
      expect(ran.at('step')).toMatchObject([{ state: 'done', attempt: 0 }]);
    });

    test('limit exceeded on a batch: its input waits, not the list it had made', async () => {
      const ran = await through(
        [node('limited-batch', 'batch', { limit: { amount: 100, windowMs: 100 } })],
        json({ n: 1 }),
      );
      expect(ran.at('out').map(({ body }) => body)).toEqual([json({ input: json({ n: 1 }) })]);
    });

    test('chosen followers by name, one or several; one that is none is trash', async () => {
      const ways = ['left', 'middle', 'right'];
      await deploy(p, {
        name: 'ways',
        nodes: [
          { id: 'start', kind: 'start' },
          node('route'),
          ...ways.map((id) => ({ id, name: `to the ${id}`, kind: 'respond' })),
        ],
        connections: [{ from: 'start', to: 'step' }, ...ways.map((to) => ({ from: 'step', to }))],
      });
      const taken = async (...to: string[]): Promise<Run> => runTopology(p, 'ways', json({ to }));
      const one = await taken('to the left');
      expect(one.steps.map((step) => step.node)).toEqual(['step', 'left']);
      const two = await taken('to the left', 'to the right', 'nowhere');
      expect(two.steps.map((step) => step.node).sort()).toEqual(['left', 'right', 'step']);
      const none = await taken('nowhere');
      expect(none.at('step')).toMatchObject([{ state: 'trash', code: 'worker.refused' }]);
      expect(none.at('step')[0]!.reason).toContain("Inserted follower(s) [nowhere] can't be reached");
    });
  });

  describe('what a node changes', () => {
    test('headers are added, changed and removed, and keep the case of their names', async () => {
      const ran = await through([node('change-headers'), node('change-headers', 'custom', {}, 'again')], '{}', {
        headers: { 'x-seen': 'a', 'x-secret': 'b', 'x-kept': 'c' },
      });
      expect(ran.at('out')[0]!.headers).toEqual({ 'x-seen': 'a++', 'x-kept': 'c', orderNumber: '4711' });
    });

    test('the owner', async () => {
      const ran = await through([node('change-user'), node('echo', 'custom', {}, 'next')], json({ user: 'bob' }), {
        user: 'ann',
      });
      expect(ran.steps.map(({ node, user }) => [node, user])).toEqual([
        ['step', 'ann'],
        ['next', 'bob'],
        ['out', 'bob'],
      ]);
    });

    test('a line for people is found by process, with the words of its error; others are not kept', async () => {
      const { processId, status } = await through([node('log')], '{}');
      expect(status).toBe('completed');
      await until('both lines are there', async () => (await p.client.logs({ processId })).items.length === 2);
      const { items } = await p.client.logs({ processId });
      expect(items.find(({ level }) => level === 'info')).toMatchObject({ message: 'an order was seen', node: 'step' });
      expect(items.find(({ level }) => level === 'error')).toMatchObject({ message: 'it looks odd: no lines' });
    });

    test('another topology is started, for another user', async () => {
      await deployChain(p, 'other', { id: 'out', kind: 'respond' });
      const ran = await through([node('start-other')], json({ topology: 'other' }));
      const { correlation_id, ...rest } = outJson(ran) as { correlation_id: string };
      expect(rest).toEqual({ started: 1, state: 'ok' });
      await until('it ended', async () => (await p.client.processes.get(correlation_id)).status === 'completed');
      const started = await p.client.processes.get(correlation_id);
      expect(started).toMatchObject({ topology: 'other', user: 'dave' });
      const { items } = await p.client.processes.history(correlation_id, { bodies: true });
      expect(items[0]!.body).toBe(json({ started: 'by a worker' }));
    });

    test('starting one that is not there is repeated, and trash in the end', async () => {
      const ran = await through([node('start-other')], json({ topology: 'nowhere' }));
      expect(ran.at('step')).toMatchObject([{ state: 'trash' }]);
      expect(ran.at('step')[0]!.reason).toContain('404');
    });
  });

  describe('bodies', () => {
    test('five megabytes come and go whole', async () => {
      const ran = await through([node('grow'), node('echo', 'custom', {}, 'next')], json({ characters: 5_000_000 }));
      expect(ran.status).toBe('completed');
      const { items } = await p.client.processes.history(ran.processId);
      expect(items.map(({ node, bytes }) => [node, bytes])).toEqual([
        ['step', 22],
        ['next', 5_000_000],
        ['out', 5_000_000],
      ]);
    });

    test('characters cut at the border of chunks: text of every script comes back unharmed', async () => {
      const text = 'žluťoučký kůň 🐎 日本語 ‮ \u0000 "\\"'.repeat(20_000);
      const ran = await through([node('echo')], text, { contentType: 'text/plain; charset=utf-8' });
      expect(out(ran) === text).toBe(true);
      expect(ran.at('out')[0]!.contentType).toBe('text/plain; charset=utf-8');
      expect(outJson(await through([node('measure')], text, { contentType: 'text/plain' }))).toEqual({
        characters: text.length,
        word: 'žluťoučký kůň 🐎',
      });
    });

    test('bytes that are no text come back as they were, and are never read into a body that the node made', async () => {
      const bytes = new Uint8Array([0, 255, 254, 128, 65]);
      const same = await through([node('echo')], bytes, { contentType: 'application/octet-stream' });
      expect(out(same)).toEqual({ base64: Buffer.from(bytes).toString('base64') });
      const changed = await through([node('measure'), node('echo', 'custom', {}, 'next')], bytes, {
        contentType: 'application/octet-stream',
      });
      expect(outJson(changed)).toEqual({ characters: 8, word: 'žluťoučký kůň 🐎' });
    });

    test('an empty body reaches a node as an empty object, as it always did', async () => {
      expect(out(await through([node('echo')], ''))).toBe('{}');
    });
  });

  test('after all of it the worker is alive, the ledger balances, and nothing is under way', async () => {
    expect(worker.child.exitCode).toBeNull();
    const { balanced, queued, leased, delayed, limited, held } = await p.client.ledger();
    expect({ balanced, open: queued + leased + delayed + limited + held }).toEqual({ balanced: true, open: 0 });
  });
});
