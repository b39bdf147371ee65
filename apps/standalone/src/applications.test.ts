// Applications as their users meet them: forms, secrets, choices, tests, buttons, hooks; by link and by URL alike.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join as joinPath } from 'node:path';
import type { ApiError } from '@sluice/client';
import {
  ALLOWED_ADDRESSES,
  Application,
  type ApplicationContext,
  BasicAuth,
  Connector,
  type Context,
  Fail,
  field,
  form,
  join,
  type Link,
  type Message,
  type Served,
  serve,
} from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

const happened: string[] = [];

/** A shop with one of every field. */
class Shop extends Application {
  readonly key: string;
  readonly name = 'Shop';
  override readonly description = 'Sells **things**.';
  override readonly logo =
    `data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')}`;
  readonly baseUrl = '{settings.address}/v1';
  override readonly auth = new BasicAuth();
  override readonly headers = { 'x-shop': 'sluice' };
  override readonly forms = [
    form('settings', 'Settings', [
      field.url('address', 'Address', { required: true }),
      field.text('greeting', 'Greeting', { default: 'Hello' }),
      field.number('pages', 'Pages', { minimum: 1, maximum: 10 }),
      field.password('pin', 'PIN'),
      field.select('plan', 'Plan', { free: 'Free', paid: 'Paid' }),
      field.select('list', 'List', async ({ api }) => {
        const lists = (await api.send('lists')).json<string[]>();
        return lists.map((name) => ({ value: name, label: `List ${name}` }));
      }),
      field.multiSelect('colours', 'Colours', ['red', 'green']),
      field.checkbox('terms', 'Terms accepted', { when: { field: 'plan', in: ['paid'] }, required: true }),
      field.textarea('note', 'Note', { secret: true }),
      field.json('raw', 'Raw'),
      field.keyValue('labels', 'Labels'),
      field.date('since', 'Since'),
      field.file('certificate', 'Certificate', { accept: ['application/x-pem-file'], maxBytes: 100 }),
    ]),
  ];
  override readonly actions = [
    {
      name: 'count',
      label: 'Count the orders',
      run: async (input: unknown, { api }: ApplicationContext) => ({
        input: input as string,
        path: (await api.send('orders')).json<{ path: string }>().path,
      }),
    },
  ];

  constructor(key: string) {
    super();
    this.key = key;
  }
  override async test({ api }: ApplicationContext): Promise<string> {
    const { user } = (await api.send('me')).json<{ user: string }>();
    return `Signed in as ${user}.`;
  }
  override afterInstall = ({ user }: ApplicationContext): void => void happened.push(`installed ${user}`);
  override afterEnable = ({ user }: ApplicationContext): void => void happened.push(`enabled ${user}`);
  override afterDisable = (): void => {
    throw new Fail('the shop does not like to be left');
  };
}

class GetOrders extends Connector {
  readonly name = 'get-orders';
  override readonly application: Application;
  constructor(application: Application) {
    super();
    this.application = application;
  }
  async process(_message: Message, context: Context): Promise<unknown> {
    const answer = (await context.api.send('orders', { query: { page: 1 } })).json<object>();
    return { ...answer, greeting: (await context.install()).value('settings', 'greeting') };
  }
}

describe('applications', () => {
  let p: TestPlatform;
  let remote: Server;
  let url: string;
  let link: Link;
  let served: Served;
  const CREDENTIALS = { user: 'ann', password: 'correct-horse' };

  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    remote = createServer((request, response) => {
      const [user, password] = Buffer.from(String(request.headers.authorization).slice(6), 'base64')
        .toString()
        .split(':');
      response.setHeader('content-type', 'application/json');
      if (password !== CREDENTIALS.password) {
        response.writeHead(401).end('{"error":"wrong user or password"}');
        return;
      }
      if (request.url === '/v1/lists') response.end('["a","b"]');
      else if (request.url === '/v1/me') response.end(JSON.stringify({ user }));
      else response.end(JSON.stringify({ path: request.url, shop: request.headers['x-shop'] }));
    });
    await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(remote.address() as { port: number }).port}`;
    p = await testPlatform();
    const { token } = await p.client.workers.register({ name: 'by-link' });
    const shop = new Shop('shop');
    link = join({ steps: [new GetOrders(shop)], url: p.url, token: token!, onState: () => {} });
    await link.ready;
    // A worker by URL is registered before it runs, because it asks with the token that its registration answers.
    const port = await freePort();
    const registered = await p.client.workers.register({ name: 'by-url', url: `http://127.0.0.1:${port}` });
    const other = new Shop('http-shop');
    served = await serve({
      port,
      steps: [new GetOrders(other)],
      platform: { url: p.url, token: registered.token! },
    });
    await until('the worker was seen', async () => (await p.client.workers.get('by-url')).health === 'up');
    await deployChain(
      p,
      'orders',
      { id: 'get', kind: 'connector', worker: 'by-link', action: 'get-orders' },
      { id: 'out', kind: 'respond' },
    );
    await deployChain(
      p,
      'http-orders',
      { id: 'get', kind: 'connector', worker: 'by-url', action: 'get-orders' },
      { id: 'out', kind: 'respond' },
    );
  });
  afterAll(async () => {
    delete process.env[ALLOWED_ADDRESSES];
    await link.drain();
    await served.close();
    remote.close();
    await p.close();
  });

  const problem = (made: Promise<unknown>): Promise<ApiError> =>
    made.then(
      () => {
        throw new Error('It was taken.');
      },
      (error: ApiError) => error,
    );
  const orders = async (topology: string, user: string): Promise<unknown> =>
    (await p.fetch(`/run/${topology}/start?wait=10s&user=${user}`, { method: 'POST', body: '{}' })).json();

  test('R14: an application with logo, description and forms is listed as soon as its worker offers it', async () => {
    const { items } = await p.client.applications.list();
    expect(items.map(({ key, up }) => [key, up])).toEqual([
      ['shop', true],
      ['http-shop', true],
    ]);
    expect(items[0]).toMatchObject({
      name: 'Shop',
      description: 'Sells **things**.',
      workers: ['by-link'],
      testable: true,
    });
    expect(items[0]!.logo).toMatch(/^data:image/);
    expect(items[0]!.forms.map(({ key }) => key)).toEqual(['credentials', 'settings']);
    expect(items[0]!.forms[1]!.fields.find(({ key }) => key === 'list')).toMatchObject({ live: true });
  });

  for (const key of ['shop', 'http-shop'])
    test(`R29, R32, R33: ${key} is installed, filled in, tested and used by a connector`, async () => {
      const before = await p.client.installs.install(key, 'ann');
      expect(before).toMatchObject({ enabled: true, authorised: 'not-needed', warning: null });
      expect(before.problems).toEqual({
        'credentials.user': 'This is required.',
        'credentials.password': 'This is required.',
        'settings.address': 'This is required.',
      });
      expect(happened).toContain('installed ann');
      const view = await p.client.installs.save(
        key,
        {
          credentials: CREDENTIALS,
          settings: { address: url, pin: '1234', plan: 'paid', terms: true, colours: ['red'] },
        },
        'ann',
      );
      expect(view.problems).toEqual({});
      expect(view.settings).toMatchObject({
        credentials: { user: 'ann', password: { secret: 'kept' } },
        settings: { address: url, pin: { secret: 'kept' }, greeting: 'Hello' },
      });
      expect((await p.client.installs.test(key, 'ann')).value).toEqual({ detail: 'Signed in as ann.' });
      expect((await p.client.installs.choices(key, 'settings', 'list', 'ann')).items).toEqual([
        { value: 'a', label: 'List a' },
        { value: 'b', label: 'List b' },
      ]);
      expect((await p.client.installs.act(key, 'count', 'x', 'ann')).value).toEqual({ input: 'x', path: '/v1/orders' });
      const topology = key === 'shop' ? 'orders' : 'http-orders';
      expect(await orders(topology, 'ann')).toEqual({ path: '/v1/orders?page=1', shop: 'sluice', greeting: 'Hello' });
    });

  test('R33: a form saved as it was shown leaves its secrets as they were', async () => {
    const shown = await p.client.installs.get('shop', 'ann');
    const saved = await p.client.installs.save('shop', shown.settings, 'ann');
    expect(saved.settings).toEqual(shown.settings);
    expect((await p.client.installs.test('shop', 'ann')).value).toEqual({ detail: 'Signed in as ann.' });
  });

  test('R33: what is wrong is said field by field, and nothing is stored', async () => {
    const error = await problem(
      p.client.installs.save(
        'shop',
        {
          settings: {
            address: 'ftp://x',
            pages: 11,
            plan: 'gold',
            colours: ['blue'],
            since: '2026-02-30',
            labels: { a: 1 },
            certificate: { name: 'a', contentType: 'text/plain', base64: 'AAAA' },
            nothing: 1,
          },
          elsewhere: { a: 1 },
        },
        'ann',
      ),
    );
    expect(error.code).toBe('install.form_invalid');
    expect(error.fields).toEqual({
      'settings.address': 'An address with http:// or https:// was expected.',
      'settings.pages': 'At most 10 was expected.',
      'settings.plan': 'One of "free", "paid" was expected, got "gold".',
      'settings.colours': 'One of "red", "green" was expected, got "blue".',
      'settings.since': 'A date such as 2026-01-31 was expected, with a time if needed: 2026-01-31T12:00:00Z.',
      'settings.labels': 'Pairs of a name and a text were expected.',
      'settings.certificate': 'A file of type application/x-pem-file was expected, got text/plain.',
      'settings.nothing': 'There is no such field.',
      elsewhere: 'There is no such form. There are: credentials, settings.',
    });
    expect((await p.client.installs.get('shop', 'ann')).settings).toMatchObject({ settings: { address: url } });
  });

  test('R32: a new address in the form is where all its connectors go', async () => {
    await p.client.installs.save('shop', { settings: { address: `${url}/moved` } }, 'ann');
    await until('the worker knows', async () =>
      ((await orders('orders', 'ann')) as { path: string }).path.startsWith('/moved/'),
    );
    await p.client.installs.save('shop', { settings: { address: url } }, 'ann');
  });

  test('an address that a user fills in does not lead into the network of the worker', async () => {
    delete process.env[ALLOWED_ADDRESSES];
    try {
      await p.client.installs.install('shop', 'mallory');
      for (const address of [
        url,
        'http://169.254.169.254/latest',
        'http://[::ffff:7f00:1]:80',
        'http://localhost:22',
      ]) {
        await p.client.installs.save('shop', { credentials: CREDENTIALS, settings: { address } }, 'mallory');
        const error = await problem(p.client.installs.test('shop', 'mallory'));
        expect([error.code, error.message]).toEqual([
          'application.failed',
          expect.stringContaining('no public address'),
        ]);
      }
    } finally {
      process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    }
  });

  test('wrong credentials are said in words, by a test and in trash', async () => {
    await p.client.installs.install('shop', 'eve');
    await p.client.installs.save(
      'shop',
      { credentials: { user: 'eve', password: 'guess-9876' }, settings: { address: url } },
      'eve',
    );
    const error = await problem(p.client.installs.test('shop', 'eve'));
    expect(error).toMatchObject({ code: 'application.failed', status: 422 });
    expect(error.message).toContain('answered 401');
    expect(error.message).not.toContain('guess-9876');
    const { processId } = await p.client.run('orders', 'start', { user: 'eve', body: '{}' });
    await until('it failed', async () => (await p.client.processes.get(processId)).status === 'failed');
    const [step] = (await p.client.trash.list({ processId })).items;
    expect(step!.reason).toContain('answered 401');
    expect(step!.reason).not.toContain('guess-9876');
  });

  test('a user who has not installed it, and one whose install is disabled, get a reason that says what to do', async () => {
    const failing = async (user: string): Promise<string> => {
      const { processId } = await p.client.run('orders', 'start', { user, body: '{}' });
      await until('it failed', async () => (await p.client.processes.get(processId)).status === 'failed');
      const [step] = (await p.client.trash.list({ processId })).items;
      return `${step!.code} ${step!.reason}`;
    };
    expect(await failing('bob')).toMatch(/install.unknown .*User "bob" has not installed "shop".*Install it/);
    await p.client.installs.install('shop', 'carl');
    const view = await p.client.installs.disable('shop', 'carl');
    expect(view).toMatchObject({ enabled: false, warning: expect.stringContaining('does not like to be left') });
    expect(await failing('carl')).toMatch(/install.disabled .*Enable the install/);
    await p.client.installs.enable('shop', 'carl');
    expect(happened).toContain('enabled carl');
  });

  test('S1: no secret of a form is in an answer or in a file of the platform', async () => {
    const listed = JSON.stringify([await p.client.installs.list(), await p.client.installs.get('shop', 'ann')]);
    expect(listed).not.toContain(CREDENTIALS.password);
    expect(listed).not.toContain('"1234"');
    for (const file of ['sluice.db', 'sluice.db-wal', 'sluice.log'])
      try {
        expect(readFileSync(joinPath(p.directory, file), 'latin1')).not.toContain(CREDENTIALS.password);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
  });

  test('a worker sees the installs of its own applications only', async () => {
    const registered = await p.client.workers.register({ name: 'spy' });
    const { token } = registered;
    const ask = (bearer: string, body: unknown): Promise<Response> =>
      fetch(`${p.url}/api/v1/ask`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await ask(token!, { ask: 'install', application: 'shop', user: 'ann' })).status).toBe(403);
    const byUrl = await p.client.workers.register({ name: 'by-url', url: served.url, rotate: true });
    const stolen = await ask(byUrl.token!, { ask: 'install', application: 'shop', user: 'ann' });
    expect([stolen.status, ((await stolen.json()) as { code: string }).code]).toEqual([403, 'install.not_yours']);
    const odd = await ask(byUrl.token!, { ask: 'everything', application: 'http-shop', user: 'ann' });
    expect(odd.status).toBe(400);
  });

  test('an uninstalled application is gone with its settings', async () => {
    await p.client.installs.install('shop', 'dora');
    await p.client.installs.save('shop', { settings: { greeting: 'Hi' } }, 'dora').catch(() => {});
    await p.client.installs.uninstall('shop', 'dora');
    expect((await problem(p.client.installs.get('shop', 'dora'))).code).toBe('install.unknown');
    expect((await problem(p.client.installs.install('shopp', 'dora'))).code).toBe('application.unknown');
  });

  test('an application is known, and its installs can be read, while its worker is away', async () => {
    await link.close();
    await until('it is away', async () => !(await p.client.applications.get('shop')).up);
    expect((await p.client.installs.get('shop', 'ann')).enabled).toBe(true);
    expect((await problem(p.client.installs.test('shop', 'ann'))).code).toBe('application.away');
  });
});
