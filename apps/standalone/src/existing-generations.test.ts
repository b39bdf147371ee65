// B16: the second generation of the existing wire, keys that collide, and workers that answer what they should not.

import { createServer, type ServerResponse } from 'node:http';
import { Application, serve } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { node, runChain } from './testing/existing-worker.ts';
import { type FifthGeneration, fifthGeneration } from './testing/fifth-generation.ts';
import { closeNow, listening } from './testing/loopback.ts';
import { type TestPlatform, testPlatform } from './testing/platform.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, each told by the test that asks.
type Answer = any;

let p: TestPlatform;
const closers: (() => unknown)[] = [];
const at = (key: string, user: string): string => `/api/v1/applications/${key}/installs/${user}`;
async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await p.fetch(path, { method, redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

beforeAll(async () => {
  p = await testPlatform();
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  await p?.close();
});

describe('B16: generation 5 of the existing wire', () => {
  const workers: FifthGeneration[] = [];

  beforeAll(async () => {
    const { token } = await p.client.tokens.create({ name: 'w', scopes: ['worker:all'] });
    for (const name of ['first', 'second']) {
      const worker = await fifthGeneration(p.url, token);
      closers.push(() => worker.close());
      workers.push(worker);
      await p.client.workers.register({ name, url: worker.url });
    }
  });

  test('of two workers with one application both are shown, and which is meant must be said', async () => {
    const { items } = await p.client.applications.list();
    expect(items.map(({ key, workers }) => [key, workers])).toEqual([
      ['five', ['first']],
      ['five', ['second']],
    ]);
    const { status, body } = await call('PUT', at('five', 'ann'));
    expect([status, body.code]).toEqual([409, 'application.ambiguous']);
    expect(body.detail).toContain('first, second');
    expect((await call('PUT', `${at('five', 'ann')}?worker=third`)).body).toMatchObject({
      code: 'application.unknown',
    });
    expect((await call('GET', '/api/v1/applications/five?worker=second')).body).toMatchObject({
      workers: ['second'],
      methods: [{ name: 'ping' }],
    });
  });

  test('the name of the worker stands in every address, and in its documents', async () => {
    const [first, second] = workers;
    const made = await call('PUT', `${at('five', 'ann')}?worker=first`);
    expect(made).toMatchObject({ status: 201, body: { enabled: false, clear: { shard: 'first' } } });
    const saved = await call('PUT', `${at('five', 'ann')}/settings?worker=first`, {
      authorization_form: { client_id: 'c-1' },
    });
    expect(saved.body).toMatchObject({ settings: { authorization_form: { client_id: 'c-1' } }, problems: {} });
    expect((await call('POST', `${at('five', 'ann')}/enable?worker=first`)).body).toMatchObject({ enabled: true });
    expect((await call('GET', `${at('five', 'ann')}?worker=second`)).body).toMatchObject({ code: 'install.unknown' });
    expect(
      first!.requests.filter((line) => line.includes('/users/')).every((line) => line.includes('/sdk/first')),
    ).toBe(true);
    expect(second!.requests.filter((line) => line.includes('/users/'))).toEqual([]);
    const { items } = await p.client.installs.list();
    expect(items).toMatchObject([{ application: 'five', user: 'ann', enabled: true, authorised: 'yes' }]);
  });

  test('state has three parts, and the worker gets its own back', async () => {
    const { body } = await call('POST', `${at('five', 'ann')}/authorize?worker=first`, { returnTo: '/here' });
    const state = new URL(body.authorizeUrl).searchParams.get('state');
    const back = await p.fetch(`/api/applications/authorize/token?code=1&state=${state}`, { redirect: 'manual' });
    expect([back.status, back.headers.get('location')]).toEqual([303, '/here']);
    const view = (await call('GET', `${at('five', 'ann')}?worker=first`)).body;
    expect(view.tokenExpiresAt).toBeGreaterThan(Date.now());
  });

  test('messages are told the name of the worker, and limits that name it are held', async () => {
    const step = { ...node('five-headers', 'connector'), worker: 'first' };
    const ran = await runChain(p, [step], '{}', { user: 'ann' });
    expect(JSON.parse(String(ran.at('out')[0]!.body))).toMatchObject({
      sdk: 'first',
      applications: 'five',
      'limiter-key': 'ann|first:five;60;1',
    });
    const { processId } = await p.client.run(ran.topology, 'start', { body: '{}', user: 'ann' });
    const limited = async (): Promise<number> => (await p.client.ledger()).limited;
    await expect.poll(limited, { timeout: 20_000 }).toBe(1);
    await p.client.processes.cancel(processId);
  });

  test('one of its own is meant by the bare key; existing ones are found by their worker', async () => {
    class Five extends Application {
      readonly key = 'five';
      readonly name = 'Five of our own';
      readonly baseUrl = 'https://five.example';
    }
    const served = await serve({ steps: [], applications: [new Five()] });
    closers.push(() => served.close());
    await p.client.workers.register({ name: 'own', url: served.url });
    expect((await call('GET', '/api/v1/applications/five')).body).toMatchObject({
      name: 'Five of our own',
      existing: false,
    });
    expect((await call('GET', '/api/v1/applications/five?worker=own')).body).toMatchObject({ existing: false });
    expect((await call('GET', '/api/v1/applications/five?worker=first')).body).toMatchObject({ existing: true });
    expect((await call('PUT', at('five', 'bob'))).body).toMatchObject({ enabled: true });
  });

  test('removed, it is removed at the worker that was named', async () => {
    expect((await call('DELETE', `${at('five', 'ann')}?worker=first`)).status).toBe(204);
    expect((await call('GET', `${at('five', 'ann')}?worker=first`)).body).toMatchObject({ code: 'install.unknown' });
  });
});

describe('B16: an existing worker that answers what it should not', () => {
  const ITEM = { key: 'odd', name: 'Odd', authorization_type: 'basic', application_type: 'cron' };
  let odd: (response: ServerResponse, path: string) => void = (response) => void response.writeHead(404).end('<html>');
  const json = (response: ServerResponse, value: unknown, status = 200): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

  beforeAll(async () => {
    const server = createServer((request, response) => {
      request.resume();
      const path = request.url!;
      if (path.endsWith('/list')) json(response, []);
      else if (path === '/applications')
        json(response, { items: [ITEM, null, 7, { key: '../x' }, { name: 'no key' }] });
      else if (path === '/applications/odd') response.end('<html>no JSON</html>');
      else odd(response, path);
    });
    closers.push(() => closeNow(server));
    await p.client.workers.register({ name: 'odd', url: await listening(server) });
    const { token } = await p.client.tokens.create({ name: 'w', scopes: ['worker:all'] });
    await fetch(`${p.url}/worker-api/document/ApplicationInstall`, {
      method: 'POST',
      headers: { 'orchesty-api-key': token, 'content-type': 'application/json' },
      body: JSON.stringify({
        user: 'ann',
        key: 'odd',
        enabled: true,
        created: 'Invalid DateTime',
        expires: { odd: 1 },
      }),
    });
  });

  const view = (): Promise<{ status: number; body: Answer }> => call('GET', at('odd', 'ann'));

  test('what it says of itself is taken where it makes sense', async () => {
    const { items } = await p.client.applications.list();
    expect(items.filter(({ workers }) => workers.includes('odd'))).toMatchObject([
      { key: 'odd', name: 'Odd', methods: [] },
    ]);
  });

  test.each<[string, (response: ServerResponse) => void, number, RegExp]>([
    ['a page', (response) => void response.end('<html>welcome s3cret</html>'), 502, /status 200 with no content type/],
    [
      'a page with a stack',
      (response) =>
        void response.writeHead(500, { 'content-type': 'text/html' }).end('<pre>Error: s3cret<br> at /home/x.js</pre>'),
      502,
      /status 500 with text\/html/,
    ],
    [
      'an error with a stack',
      (response) =>
        json(
          response,
          { status: 'Error', message: 'Error occurred: no luckError: no luck\n    at s3cret (/home/x.js)' },
          400,
        ),
      422,
      /could not do "view": no luck$/,
    ],
    [
      'an error with a secret',
      (response) => json(response, { message: 'Error occurred: refused {"client_secret":"s3cret"}' }, 500),
      422,
      /refused \{"client_secret":"\*\*\*"\}$/,
    ],
    ['half of JSON', (response) => void response.end('{"applicationSettings": {"s3cret'), 502, /JSON was expected/],
    ['a text in JSON', (response) => json(response, 's3cret'), 502, /JSON was expected/],
    [
      'a redirect',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      502,
      /status 302/,
    ],
  ])('%s is told in words that hold nothing of it', async (_what, answer, status, words) => {
    odd = answer;
    const got = await view();
    expect([got.status, got.body.detail]).toEqual([status, expect.stringMatching(words)]);
    expect(JSON.stringify(got.body)).not.toMatch(/s3cret|home\/x|node_modules/);
  });

  test('forms of any shape are shown as far as they can be', async () => {
    for (const applicationSettings of [
      null,
      [],
      'x',
      { a: null, b: [], c: { fields: 'x' }, d: { fields: [null, 1, {}, { key: 5 }, { key: '__proto__' }] } },
      {
        e: {
          fields: [
            { key: 'f', type: 'hologram', value: { x: 1 }, choices: 7 },
            { key: 's', type: 'selectbox', choices: [null, {}, { a: 1 }, ['b']] },
          ],
        },
      },
    ]) {
      odd = (response) =>
        json(response, { applicationSettings, authorized: 'yes', webhookSettings: [null, 1, { name: 2 }] });
      const { status, body } = await view();
      expect([status, body.authorised, body.webhooks]).toEqual([200, 'no', []]);
    }
  });

  test('a connection that breaks is a worker that is away, and messages wait for it', async () => {
    odd = (response) => void response.destroy();
    expect((await view()).body).toMatchObject({ code: 'application.away', status: 503 });
    const { items } = await p.client.installs.list({ application: 'odd' });
    expect(items).toMatchObject([
      { createdAt: 0, tokenExpiresAt: null, reason: expect.stringContaining('cannot be asked') },
    ]);
  });
});
