// B16: what the existing SDK and its wire are known to stumble over. The platform stays correct, the worker alive.

import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addressesOf,
  type ExistingWorker,
  existingWorker,
  node,
  type Run,
  runChain,
  runTopology,
} from './testing/existing-worker.ts';
import { deploy, deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';
import { type Tap, tap } from './testing/tap.ts';

const NOWHERE = 'http://127.0.0.1:1';
const json = (value: unknown): string => JSON.stringify(value);

describe('B16: traps of the existing wire', () => {
  let p: TestPlatform;
  let worker: ExistingWorker;
  let line: Tap;
  const closers: (() => unknown)[] = [];

  beforeAll(async () => {
    p = await testPlatform();
    const { token } = await p.client.tokens.create({
      name: 'w',
      scopes: ['run', 'worker:all', 'log:write', 'metric:write'],
    });
    worker = await existingWorker(addressesOf(p.url, token));
    // Whatever is sent comes in chunks of three bytes.
    line = await tap(worker.url, { pieces: 3 });
    closers.push(() => line.close());
    await p.client.workers.register({ name: 'existing', url: line.url });
  });
  afterAll(async () => {
    await worker?.kill();
    for (const close of closers.reverse()) await close();
    await p?.close();
  });

  const through = (nodes: readonly object[], body: string | Uint8Array, options = {}): Promise<Run> =>
    runChain(p, nodes, body, options);
  const out = ({ at }: Run): string => String(at('out')[0]?.body);
  /** A worker of its own, registered under a name of its own. */
  async function another(name: string, env: NodeJS.ProcessEnv): Promise<ExistingWorker> {
    const made = await existingWorker(env);
    closers.push(() => made.kill());
    await p.client.workers.register({ name, url: made.url });
    return made;
  }
  const alive = async (): Promise<void> => {
    expect(worker.child.exitCode).toBeNull();
    expect(out(await through([node('echo')], '"still here"'))).toBe('"still here"');
  };

  describe('a body that is not JSON ends the worker', () => {
    test('it really does, when somebody sends one', async () => {
      const victim = await another('victim', addressesOf(NOWHERE, 'none'));
      const gone = once(victim.child, 'exit');
      await fetch(`${victim.url}/custom-node/echo/process`, { method: 'POST', body: 'plain text' }).catch(() => {});
      await gone;
    });

    test('the platform never does: not for a look, a call, bytes, half of JSON, or nothing', async () => {
      const bodies: [string | Uint8Array, string][] = [
        ['<xml attribute="1"/>', 'application/xml'],
        ['{"half', 'text/plain'],
        ['a=1&b=2', 'application/x-www-form-urlencoded'],
        ['', 'application/json'],
        ['null', 'application/json'],
        ['"\\ud800"', 'application/json'],
        ['\u2028\u0000\u007f', 'text/plain'],
        [new Uint8Array([0xc3, 0x28, 0xff]), 'application/octet-stream'],
      ];
      for (const [body, contentType] of bodies)
        expect((await through([node('echo')], body, { contentType })).status).toBe('completed');
      await p.client.workers.register({ name: 'existing', url: line.url });
      expect(line.requests.length).toBeGreaterThan(bodies.length);
      for (const { method, body } of line.requests) {
        if (method === 'GET') expect(body).toHaveLength(0);
        else expect(JSON.parse(body.toString('latin1'))).toMatchObject({ headers: {}, body: expect.any(String) });
        expect(body.every((byte) => byte >= 0x20 && byte < 0x7f)).toBe(true);
      }
      await alive();
    });

    test('a call given up while it is still being sent leaves the worker alive, and the message whole', async () => {
      await p.client.workers.register({ name: 'direct', url: worker.url });
      const body = 'x'.repeat(10_000_000);
      const settings = { timeoutMs: 20, repeat: { attempts: 2, delayMs: 10 } };
      const ran = await through([{ ...node('echo', 'custom', settings), worker: 'direct' }], body, {
        contentType: 'text/plain',
      });
      const [step] = ran.at('step');
      expect(step).toMatchObject({ state: 'trash', code: 'worker.unanswered' });
      expect((await p.client.trash.get(step!.id)).body === body).toBe(true);
      // Its headers come, and then nothing more.
      const socket = connect(Number(new URL(worker.url).port), '127.0.0.1');
      socket.write('POST /custom-node/echo/process HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\n{"headers"');
      await once(socket, 'connect');
      socket.destroy();
      await alive();
    });
  });

  describe('characters are cut between chunks', () => {
    test('they really are, when they are sent as they are', async () => {
      const answer = await fetch(`${line.url}/custom-node/echo/process`, {
        method: 'POST',
        body: json({ headers: {}, body: 'žluťoučký kůň' }),
      });
      expect(((await answer.json()) as { body: string }).body).toContain('\ufffd');
    });

    test('not when the platform sends them', async () => {
      const text = 'žluťoučký kůň 🐎 日本語';
      expect(out(await through([node('echo')], text, { contentType: 'text/plain', headers: { 'x-name': 'x' } }))).toBe(
        text,
      );
    });
  });

  describe('headers are echoed', () => {
    const shown = async (...before: object[]): Promise<Record<string, unknown>> => {
      const ran = await through(
        [...before, node('show-headers', 'custom', {}, 'show')],
        json({ until: 2, to: ['show'], whole: true }),
        {
          user: 'ann',
          headers: { 'x-kept': 'yes' },
        },
      );
      expect(ran.status).toBe('completed');
      const headers = JSON.parse(out(ran)) as Record<string, unknown>;
      // Identity is the platform's own, whatever the steps before did to it.
      expect(headers).toMatchObject({
        'correlation-id': ran.processId,
        'process-id': ran.at('show')[0]!.id,
        'parent-id': ran.at('show')[0]!.parentId,
        'node-id': 'show',
        'process-started': expect.any(Number),
        'worker-followers': json([{ id: 'out', name: 'out' }]),
      });
      return headers;
    };
    const RESULTS = [
      'result-code',
      'result-message',
      'repeat-hops',
      'repeat-interval',
      'repeat-max-hops',
      'force-target-queue',
      'cursor',
    ];

    test.each(['repeat-returned', 'repeat-thrown', 'route', 'echo'])(
      'what %s answered about itself never reaches the next node, where it would be obeyed',
      async (action) => {
        const headers = await shown(node(action));
        for (const name of RESULTS) expect(headers).not.toHaveProperty(name);
        expect(headers).toMatchObject({ 'x-kept': 'yes', user: 'ann' });
      },
    );

    test('nor does the cursor of a batch reach its items', async () => {
      const headers = await shown(node('list', 'batch'));
      for (const name of RESULTS) expect(headers).not.toHaveProperty(name);
    });

    test('a node that removes every header, or forges them, changes no identity', async () => {
      expect(await shown(node('forget-headers'))).toMatchObject({ user: 'ann', 'content-type': 'application/json' });
      expect(await shown(node('forge-headers'))).toMatchObject({ 'x-kept': 'yes', user: 'ann' });
    });

    test('values that are no text become text; empty ones are gone', async () => {
      const odd = await through(
        [node('answer'), node('show-headers', 'custom', {}, 'show')],
        json({ what: 'odd headers' }),
      );
      const headers = JSON.parse(out(odd)) as object;
      expect(headers).toMatchObject({ number: '5', yes: 'true', list: '[1]' });
      expect(headers).not.toHaveProperty('nothing');
    });
  });

  describe('answers that mean nothing', () => {
    const CASES: [what: string, code: string, reason: string][] = [
      ['no code', 'worker.answer_malformed', 'header "result-code" is missing'],
      ['an object', 'worker.answer_malformed', '"body" must be a string'],
      ['no target', 'worker.answer_malformed', 'needs the ids of followers'],
      ['unknown target', 'step.follower_unknown', 'nowhere'],
      ['nothing', 'worker.refused', 'Error occurred'],
    ];
    test.each(CASES)('%s: trash with the message whole', async (what, code, reason) => {
      const ran = await through([node('answer')], json({ what }));
      expect(ran.at('step')).toMatchObject([{ state: 'trash', code, body: json({ what }) }]);
      expect(ran.at('step')[0]!.reason).toContain(reason);
      expect(ran.at('out')).toEqual([]);
    });

    test('an unknown code goes on, as it always did', async () => {
      expect((await through([node('answer')], json({ what: 'unknown code' }))).at('out')).toHaveLength(1);
    });

    test('a repeat without numbers is repeated by the settings of the node', async () => {
      const ran = await through([node('answer')], json({ what: 'odd repeat' }));
      expect(ran.at('step')).toMatchObject([{ state: 'trash', code: 'step.attempts_used_up', attempts: [{}, {}, {}] }]);
    });
  });

  describe('errors', () => {
    const CASES: [what: string, reason: string][] = [
      ['error', 'Error occurred: it broke'],
      ['text', 'Error occurred: undefined'],
      ['object', 'Error occurred: undefined'],
      // These are no errors to the SDK's server: it goes on to look for another route and finds none.
      ['null', 'Cannot POST'],
      ['undefined', 'Cannot POST'],
      ['number', 'Cannot POST'],
      ['route', 'Cannot POST'],
      // Here its error handler breaks as well; the page says 400.
      ['bad message', 'even the message breaks'],
    ];
    test.each(CASES)('a node that throws %s: trash with the reason and the body it was given', async (what, reason) => {
      const ran = await through([node('throw')], json({ what }));
      expect(ran.at('step')).toMatchObject([{ state: 'trash', code: 'worker.refused', body: json({ what }) }]);
      expect(ran.at('step')[0]!.reason).toContain(reason);
    });

    test('an action that is not there: trash that says so', async () => {
      for (const kind of ['custom', 'connector', 'batch']) {
        const ran = await through([node('never-made', kind)], '{}');
        expect(ran.at('step')).toMatchObject([{ state: 'trash', code: 'worker.refused' }]);
        expect(ran.at('step')[0]!.reason).toContain('never-made');
      }
    });

    test('a page of HTML with 500, when its error handler breaks over a repeat, is tried again', async () => {
      const ran = await through([node('throw')], json({ what: 'bad repeat' }));
      expect(ran.at('step')).toMatchObject([
        { state: 'trash', code: 'worker.unanswered', body: json({ what: 'bad repeat' }) },
      ]);
      expect(ran.at('step')[0]!.attempts).toHaveLength(3);
      expect(ran.at('step')[0]!.reason).toContain('Value interval is obligatory');
    });

    test.each([
      ['is away', () => addressesOf(NOWHERE, 'none')],
      ['refuses its key', () => addressesOf(p.url, 'wrong-key')],
    ])('its repeats work also when worker-api %s, where it answers HTML instead', async (_when, env) => {
      await another('cut-off', env());
      const step = { ...node('repeat-thrown'), worker: 'cut-off' };
      const ran = await through([step], json({ until: 3 }));
      expect(JSON.parse(out(ran))).toEqual({ times: 3, hops: '3' });
      for (const { code, reason } of ran.at('step')[0]!.attempts)
        expect([code, reason]).toEqual(['repeat', expect.stringContaining('worker answered 500')]);
      // What needs no worker-api is untouched.
      expect((await through([{ ...node('echo'), worker: 'cut-off' }], '{"n":1}')).status).toBe('completed');
      expect((await through([{ ...node('log'), worker: 'cut-off' }], '{}')).status).toBe('completed');
    });
  });

  test('ids of nodes in every script, with every sign, can be called, routed to, and repeated', async () => {
    const ids = ['žluť & #1?', '節点', 'a/b%20"c"'];
    await deploy(p, {
      name: 'ids',
      nodes: [
        { id: 'start', kind: 'start' },
        node('repeat-thrown', 'custom', {}, ids[0]),
        node('echo', 'custom', {}, ids[1]),
        { id: ids[2], kind: 'respond' },
      ],
      connections: [
        { from: 'start', to: ids[0] },
        { from: ids[0], to: ids[1] },
        { from: ids[1], to: ids[2] },
      ],
    });
    const ran = await runTopology(p, 'ids', json({ until: 2 }));
    expect(ran.steps.map((step) => [step.node, step.state])).toEqual(ids.map((id) => [id, 'done']));
    expect(ran.at(ids[0]!)[0]!.attempts).toMatchObject([{ reason: 'not yet, visit 1' }]);
  });

  test('messages at once never mix, though the SDK keeps one object for a hundred of them', async () => {
    await deployChain(p, 'crowd', node('echo'), { id: 'out', kind: 'respond' });
    const answers = await Promise.all(
      Array.from({ length: 150 }, async (_, n) => {
        const answer = await p.fetch('/run/crowd/start?wait=20s', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: json({ n }),
        });
        return answer.text();
      }),
    );
    expect(answers).toEqual(answers.map((_, n) => json({ n })));
  });

  test('connections that end after each answer lose nothing', async () => {
    const rude = await tap(worker.url, { hangUp: true });
    closers.push(() => rude.close());
    await p.client.workers.register({ name: 'rude', url: rude.url });
    await deployChain(p, 'rude', {
      ...node('echo', 'custom', { repeat: { attempts: 20, delayMs: 5 } }),
      worker: 'rude',
    });
    for (let n = 0; n < 40; n++) await p.client.run('rude', 'start', { body: json({ n }) });
    await until('all are through', async () => (await p.client.ledger('rude')).finished === 80);
  });

  test('nonsense on /worker-api is refused in words, and breaks nothing', async () => {
    const status = async (method: string, path: string, body?: string): Promise<number> => {
      const answer = await p.fetch(`/worker-api${path}`, {
        method,
        ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
      });
      return answer.status;
    };
    for (const body of ['null', '[]', '5', '"x"', '{', '', '{"stacktrace":5}'])
      expect([body, await status('POST', '/logger/logs', body)]).toEqual([body, 400]);
    for (const body of ['null', '[1]', '{"fields":[],"tags":7}', '{"tags":"x"}'])
      expect([body, await status('POST', '/metrics/connectors', body)]).toEqual([body, 400]);
    for (const body of ['null', '5', '[null]', '{"_id":{}}', '[{"_id":[]}]'])
      expect([body, await status('POST', '/document/ApplicationInstall', body)]).toEqual([body, 400]);
    for (const filter of [
      '{',
      '[]',
      '5',
      '{"ids":5}',
      '{"users":{}}',
      '{"nin":[]}',
      '{"expires":{}}',
      '{"nonEncrypted":{"a":{"$in":1}}}',
      '{"$where":"1"}',
    ])
      expect([
        filter,
        await status('GET', `/document/ApplicationInstall?filter=${encodeURIComponent(filter)}`),
      ]).toEqual([filter, 400]);
    expect(await status('GET', '/document/Secret')).toBe(400);
    expect(await status('POST', '/metrics/other', '{}')).toBe(404);
    expect(await status('GET', '/document/ApplicationInstall?filter=undefined&sorter=undefined')).toBe(200);
    expect(await status('GET', '/document/ApplicationInstall?filter=%7B%22users%22%3Anull%7D')).toBe(200);
    expect(
      await status('POST', '/logger/logs', '{"message":{"a":1},"timestamp":"soon","isForUi":true,"levelName":7}'),
    ).toBe(200);
    expect(await status('POST', '/metrics/connectors', '{"fields":{"response_code":"x"}}')).toBe(200);
  });

  test('after all of it the worker is alive and the ledger balances', async () => {
    await alive();
    const { balanced, queued, leased, delayed, limited, held } = await p.client.ledger();
    expect({ balanced, open: queued + leased + delayed + limited + held }).toEqual({ balanced: true, open: 0 });
  });
});
