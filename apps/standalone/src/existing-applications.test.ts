// B16: applications of a worker made with the existing SDK, unchanged, through the same API as all others.

import type { InstallView } from '@sluice/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExistingService, existingService } from './testing/existing-service.ts';
import {
  addressesOf,
  type ExistingWorker,
  node,
  type Run,
  runChain,
  workerWithApplications,
} from './testing/existing-worker.ts';
import { deploy, type TestPlatform, testPlatform, until } from './testing/platform.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, each told by the test that asks.
type Answer = any;

const json = (value: unknown): string => JSON.stringify(value);

describe('B16: applications of a worker made with the existing SDK', () => {
  let p: TestPlatform;
  let service: ExistingService;
  let worker: ExistingWorker;
  let token: string;

  const start = async (env: NodeJS.ProcessEnv = {}): Promise<ExistingWorker> =>
    workerWithApplications({ ...addressesOf(p.url, token), REMOTE_URL: service.url, ...env });

  beforeAll(async () => {
    p = await testPlatform();
    service = await existingService();
    token = (
      await p.client.tokens.create({
        name: 'existing worker',
        scopes: ['run', 'worker:all', 'log:write', 'metric:write'],
      })
    ).token;
    worker = await start();
    await p.client.workers.register({ name: 'existing', url: worker.url });
  });
  afterAll(async () => {
    await worker?.kill();
    service?.close();
    await p?.close();
  });

  const at = (key: string, user: string): string => `/api/v1/applications/${key}/installs/${user}`;
  async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }> {
    const init = body === undefined ? {} : { body: json(body), headers: { 'content-type': 'application/json' } };
    const response = await p.fetch(path, { method, redirect: 'manual', ...init });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  }
  const connector = (action: string, settings = {}): object => node(action, 'connector', settings);
  const as = (user: string, action: string): Promise<Run> => runChain(p, [connector(action)], '{}', { user });
  const out = (ran: Run): Answer => JSON.parse(String(ran.at('out')[0]?.body ?? 'null'));
  const happened = async (): Promise<string[]> =>
    (await (await fetch(`${worker.url}/applications/shop/sync/happened`)).json()) as string[];
  const fieldOf = (view: InstallView, form: string, key: string) =>
    view.forms!.find((one) => one.key === form)!.fields.find((one) => one.key === key)!;

  test('appear in the catalogue with names, logos, kinds and synchronous methods', async () => {
    const { items } = await p.client.applications.list();
    expect(items.map(({ key, existing, up, workers }) => [key, existing, up, workers])).toEqual([
      ['crm', true, true, ['existing']],
      ['forum', true, true, ['existing']],
      ['shop', true, true, ['existing']],
    ]);
    const shop = await p.client.applications.get('shop');
    expect(shop).toMatchObject({ name: 'Shop', description: 'Sells things.', auth: { kind: 'basic' } });
    expect(shop.logo).toMatch(/^data:image\/svg\+xml;base64,[A-Za-z\d+/]+=*$/);
    expect(shop.methods.map(({ name }) => name).sort()).toEqual(['boom', 'happened', 'nothing', 'prices', 'text']);
    expect((await p.client.applications.get('crm')).auth).toEqual({ kind: 'oauth2', grant: 'by-worker' });
  });

  test('B16, R47: its synchronous methods are called at the same address as those of others', async () => {
    const call = (method: string, name: string, body?: string): Promise<Response> =>
      p.fetch(`/sync/applications/shop/${name}`, { method, ...(body === undefined ? {} : { body }) });
    const prices = await call('GET', 'prices');
    expect([prices.status, prices.headers.get('content-type')]).toEqual([200, expect.stringContaining('json')]);
    expect(await prices.json()).toEqual(await (await fetch(`${worker.url}/applications/shop/sync/prices`)).json());
    const text = await call('POST', 'text', '{"a":1}');
    expect([text.status, text.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
    const boom = await call('GET', 'boom');
    expect([boom.status, ((await boom.json()) as { code: string }).code]).toEqual([422, 'application.failed']);
    const none = await call('GET', 'none');
    expect([none.status, ((await none.json()) as { code: string }).code]).toEqual([404, 'application.no_such_part']);
    // A body that is no JSON would end the process of such a worker.
    expect((await call('POST', 'text', 'a=1')).status).toBe(400);
    expect((await call('GET', 'prices')).status).toBe(200);
  });

  describe('installs', () => {
    test('a form shows every kind of field with its value', async () => {
      const view = await p.client.installs.install('shop', 'ann');
      expect(view).toMatchObject({
        application: 'shop',
        user: 'ann',
        enabled: false,
        authorised: 'no',
        warning: null,
        settings: { options: { pages: 7, region: 'eu', sandbox: false } },
        problems: {
          'authorization_form.user': 'This is required.',
          'authorization_form.password': 'This is required.',
        },
      });
      const types = view.forms!.flatMap((form) => form.fields.map(({ key, type }) => `${form.key}.${key}: ${type}`));
      expect(types).toEqual([
        'authorization_form.user: text',
        'authorization_form.password: password',
        'options.pages: number',
        'options.site: url',
        'options.plan: select',
        'options.colours: multi-select',
        'options.sandbox: checkbox',
        'options.region: text',
        'options.edition: text',
        'limiter_form.useLimit: checkbox',
        'limiter_form.value: number',
        'limiter_form.time: number',
      ]);
      expect(fieldOf(view, 'options', 'plan').choices).toEqual([
        { value: 'free', label: 'Free of charge' },
        { value: 'paid', label: 'Paid' },
      ]);
      expect(fieldOf(view, 'options', 'colours').choices).toEqual([
        { value: 'red', label: 'red' },
        { value: 'green', label: 'green' },
      ]);
      for (const key of ['region', 'edition']) expect(fieldOf(view, 'options', key).readOnly).toBe(true);
      const choices = await p.client.installs.choices('shop', 'options', 'plan', 'ann');
      expect(choices.items).toHaveLength(2);
      expect(await happened()).toContain('install ann shop existing');
    });

    test('a second install of a disabled one makes none', async () => {
      await p.client.installs.install('shop', 'ann');
      expect((await call('PUT', at('shop', 'ann'))).status).toBe(200);
      const { items } = await p.client.installs.list({ user: 'ann' });
      expect(items.map(({ application }) => application)).toEqual(['shop']);
    });

    test('wrong values are refused field by field, and nothing is stored', async () => {
      const settings = {
        options: { pages: 'many', site: 'nowhere', plan: 'gold', region: 'us', nothing: 1 },
        unknown: { a: 1 },
      };
      const { body } = await call('PUT', `${at('shop', 'ann')}/settings`, settings);
      expect(body).toMatchObject({
        code: 'install.form_invalid',
        fields: {
          'options.pages': 'A number was expected.',
          'options.site': 'An address with http:// or https:// was expected.',
          'options.plan': 'One of "free", "paid" was expected, got "gold".',
          'options.region': 'This cannot be changed.',
          'options.nothing': 'There is no such field.',
          unknown: expect.stringContaining('There is no such form.'),
        },
      });
      expect((await p.client.installs.get('shop', 'ann')).settings.options).toMatchObject({ pages: 7 });
    });

    test('saved and enabled, a connector in a topology signs in with what was filled in', async () => {
      const saved = await p.client.installs.save(
        'shop',
        { authorization_form: { user: 'ann', password: 'Žluťoučký-1' }, options: { plan: 'paid', colours: ['red'] } },
        'ann',
      );
      expect(saved).toMatchObject({
        authorised: 'yes',
        reason: null,
        problems: {},
        settings: {
          authorization_form: { user: 'ann', password: { secret: 'kept' } },
          options: { plan: 'paid', colours: ['red'], pages: 7 },
        },
      });
      expect(json(saved)).not.toContain('Žluť');
      const enabled = await p.client.installs.enable('shop', 'ann');
      expect(enabled).toMatchObject({ enabled: true, warning: null });
      expect(await happened()).toContain('enable ann shop existing');
      expect(out(await as('ann', 'shop-me'))).toMatchObject({ by: 'password' });
    });

    test('a kept secret that comes back as it was shown stays, and so does one that is not sent', async () => {
      const shown = await p.client.installs.get('shop', 'ann');
      await p.client.installs.save('shop', { authorization_form: { user: 'ann', password: 'plain-1' } }, 'ann');
      await p.client.installs.save('shop', { authorization_form: shown.settings.authorization_form! }, 'ann');
      expect(out(await as('ann', 'shop-me'))).toEqual({ by: 'password', proof: 'ann:plain-1' });
      await p.client.installs.save('shop', { authorization_form: { user: 'eve' } }, 'ann');
      await until('the worker reads it anew', async () => out(await as('ann', 'shop-me')).proof === 'eve:plain-1');
      await p.client.installs.save('shop', { authorization_form: { user: 'ann' } }, 'ann');
    });

    test('a list says who has what, and which of it is authorised', async () => {
      await p.client.installs.install('shop', 'bob');
      const { items } = await p.client.installs.list({ application: 'shop' });
      expect(items.map(({ user, enabled, authorised }) => [user, enabled, authorised]).sort()).toEqual([
        ['ann', true, 'yes'],
        ['bob', false, 'no'],
      ]);
    });

    test('removed, it is gone, and the worker was told each step', async () => {
      await p.client.installs.enable('shop', 'bob');
      await p.client.installs.uninstall('shop', 'bob');
      expect((await call('GET', at('shop', 'bob'))).body).toMatchObject({ code: 'install.unknown' });
      expect((await happened()).filter((line) => line.includes('bob'))).toEqual([
        'install bob shop existing',
        'enable bob shop existing',
        'disable bob shop existing',
        'uninstall bob shop existing',
      ]);
    });

    test('a user who has none is told so, and one whose name would lead elsewhere is refused', async () => {
      expect((await call('GET', at('shop', 'nobody'))).body).toMatchObject({ code: 'install.unknown', status: 404 });
      for (const user of ['%2E%2E', '%2e'])
        expect((await call('PUT', at('shop', user))).status).toBeGreaterThanOrEqual(400);
      for (const user of ['ann+1', 'a&b', 'a#b', 'a%b'])
        expect((await call('PUT', at('shop', encodeURIComponent(user)))).body.detail).toContain('cannot keep a user');
      const odd = 'a/b:c?d ü';
      expect(await p.client.installs.install('shop', odd)).toMatchObject({ user: odd });
      await p.client.installs.uninstall('shop', odd);
    });
  });

  describe('OAuth 2', () => {
    const credentials = { client_id: 'client-1', client_secret: 'client-secret-1' };
    const begin = async (user: string, returnTo?: string): Promise<string> =>
      (await call('POST', `${at('crm', user)}/authorize`, returnTo === undefined ? {} : { returnTo })).body
        .authorizeUrl;
    /** As a browser: the provider sends it back. */
    const agree = async (authorizeUrl: string): Promise<string> =>
      (await fetch(authorizeUrl, { redirect: 'manual' })).headers.get('location')!;
    const comeBack = (back: string): Promise<Response> => fetch(back, { redirect: 'manual' });

    test('a person goes to the provider and comes back, and a connector has the token', async () => {
      const installed = await p.client.installs.install('crm', 'ann');
      expect(fieldOf(installed, 'authorization_form', 'redirect_url').readOnly).toBe(true);
      await p.client.installs.save('crm', { authorization_form: credentials }, 'ann');
      await p.client.installs.enable('crm', 'ann');
      const authorizeUrl = await begin('ann', '/admin/applications/crm');
      expect(new URL(authorizeUrl).searchParams.get('state')).not.toContain(
        Buffer.from('ann:crm').toString('base64url'),
      );
      const back = await agree(authorizeUrl);
      expect(back).toMatch(new RegExp(`^${p.url}/api/applications/authorize/token\\?`));
      const response = await comeBack(back);
      expect([response.status, response.headers.get('location')]).toEqual([303, '/admin/applications/crm']);
      const view = await p.client.installs.get('crm', 'ann');
      expect(view).toMatchObject({ authorised: 'yes', enabled: true });
      expect(view.tokenExpiresAt).toBeGreaterThan(Date.now() + 3_000_000);
      expect(json(view)).not.toMatch(/access-|refresh-|client-secret/);
      expect(out(await as('ann', 'crm-contacts'))).toMatchObject({ by: 'token' });
    });

    test('settings saved between the two do not lose the way back', async () => {
      const authorizeUrl = await begin('ann', '/there');
      await p.client.installs.save('crm', { authorization_form: { client_id: 'client-1' } }, 'ann');
      expect((await comeBack(await agree(authorizeUrl))).headers.get('location')).toBe('/there');
    });

    test('an answer counts once, and one that nobody asked for counts for nothing', async () => {
      const back = await agree(await begin('ann'));
      const asked = service.grants.length;
      const both = await Promise.all([comeBack(back), comeBack(back)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
      expect((await comeBack(back)).status).toBe(400);
      const forged = `${p.url}/api/applications/authorize/token?code=code-x&state=`;
      for (const state of [Buffer.from('ann:crm').toString('base64url'), '', 'x'.repeat(5_000), 'a&state=b'])
        expect((await comeBack(forged + state)).status).toBe(400);
      expect(service.grants.length).toBe(asked + 1);
    });

    test('a provider that refuses, and a worker that does, are quoted without secrets', async () => {
      const authorizeUrl = new URL(await begin('ann'));
      const back = `${p.url}/api/applications/authorize/token?state=${authorizeUrl.searchParams.get('state')}`;
      const denied = await comeBack(`${back}&error=access_denied&error_description=%3Cb%3Enot%20today`);
      expect(denied.status).toBe(400);
      expect(denied.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await denied.text()).toContain('access_denied: &lt;b&gt;not today');
      await p.client.installs.install('crm', 'wrong');
      await p.client.installs.save(
        'crm',
        { authorization_form: { ...credentials, client_secret: 'not-the-secret' } },
        'wrong',
      );
      const wrong = await comeBack(await agree(await begin('wrong')));
      expect(wrong.status).toBe(400);
      const text = await wrong.text();
      expect(text).toContain('Not authorised');
      expect(text).not.toMatch(/not-the-secret|code-|node_modules|at /);
      await p.client.installs.uninstall('crm', 'wrong');
    });

    test('nobody is sent to another host', async () => {
      for (const returnTo of ['https://evil.example', '//evil.example', '/\\evil.example', 'there', '/a b'])
        expect((await call('POST', `${at('crm', 'ann')}/authorize`, { returnTo })).body, returnTo).toMatchObject({
          code: 'authorisation.bad_return',
        });
      expect((await call('POST', `${at('shop', 'ann')}/authorize`, {})).body).toMatchObject({
        code: 'authorisation.not_offered',
      });
    });
  });

  describe('limits', () => {
    const limit = (value: number, time: number): object => ({ limiter_form: { useLimit: true, value, time } });

    test('messages are told of the limit of their user, and of the applications of their topology', async () => {
      await p.client.installs.save('shop', limit(100, 60) as never, 'ann');
      const ran = await as('ann', 'shop-headers');
      expect(out(ran)).toMatchObject({ 'limiter-key': 'ann|shop;60;100', applications: 'shop', user: 'ann' });
      // It is told anew each time, so it does not stay with the message.
      expect(ran.at('out')[0]!.headers).not.toHaveProperty('limiter-key');
      expect(out(await as('somebody', 'shop-headers'))).not.toHaveProperty('limiter-key');
    });

    test('no window sees more calls than the limit, and nothing is lost', async () => {
      await p.client.installs.save('shop', limit(3, 1) as never, 'ann');
      service.visits.length = 0;
      const runs = await Promise.all(Array.from({ length: 10 }, () => as('ann', 'shop-me')));
      expect(runs.map(({ status }) => status)).toEqual(Array(10).fill('completed'));
      expect(runs.flatMap((ran) => ran.at('step').map(({ attempt }) => attempt)).every((attempt) => attempt <= 1)).toBe(
        true,
      );
      const { visits } = service;
      expect(visits).toHaveLength(10);
      for (let i = 3; i < visits.length; i++) expect(visits[i]! - visits[i - 3]!).toBeGreaterThanOrEqual(1_000);
      await p.client.installs.save('shop', { limiter_form: { useLimit: false } }, 'ann');
    });
  });

  describe('webhooks', () => {
    test('are subscribed to while a topology that wants them is enabled', async () => {
      await p.client.installs.install('forum', 'ann');
      await p.client.installs.save('forum', { authorization_form: { token: 'forum-token' } }, 'ann');
      await p.client.installs.enable('forum', 'ann');
      await deploy(p, {
        name: 'posts',
        nodes: [
          { id: 'start', kind: 'webhook', name: 'forum.posts' },
          { id: 'out', kind: 'respond' },
        ],
        connections: [{ from: 'start', to: 'out' }],
      });
      expect([...service.hooks.values()]).toEqual([
        {
          event: 'posts',
          url: expect.stringMatching(
            new RegExp(`^${p.url}/webhook/topologies/posts/nodes/forum.posts/token/[\\da-f]{50}$`),
          ),
        },
      ]);
      const { webhooks } = await p.client.installs.get('forum', 'ann');
      expect(webhooks).toEqual([{ name: 'posts', topology: 'posts', enabled: true }]);
      await p.client.installs.disable('forum', 'ann');
      expect(service.hooks.size).toBe(0);
      await p.client.installs.enable('forum', 'ann');
      expect(service.hooks.size).toBe(1);
      await p.client.topologies.disable('posts', 1);
      expect(service.hooks.size).toBe(0);
    });

    test('and by hand', async () => {
      const path = `${at('forum', 'ann')}/webhooks/posts`;
      expect((await call('POST', `${path}/subscribe`, { topology: 'other' })).body.webhooks).toEqual([
        { name: 'posts', topology: 'other', enabled: true },
      ]);
      expect(service.hooks.size).toBe(1);
      await call('POST', `${path}/unsubscribe`, { topology: 'other' });
      expect(service.hooks.size).toBe(0);
      const unknown = await call('POST', `${at('forum', 'ann')}/webhooks/nothing/subscribe`, { topology: 'other' });
      expect(unknown.body).toMatchObject({ code: 'application.no_such_part', status: 404 });
    });
  });

  test('a worker that goes away is said to be away; nothing is forgotten, and all of it is back with it', async () => {
    const { port } = new URL(worker.url);
    await worker.kill();
    const gone = await call('PUT', `${at('shop', 'ann')}/settings`, { options: { pages: 3 } });
    expect(gone.body).toMatchObject({ code: 'application.away', status: 503 });
    await until('it is known to be away', async () => !(await p.client.applications.get('shop')).up);
    const { items } = await p.client.installs.list({ user: 'ann', application: 'shop' });
    expect(items).toMatchObject([{ enabled: true, reason: expect.stringContaining('cannot be asked') }]);
    worker = await workerWithApplications({ ...addressesOf(p.url, token), REMOTE_URL: service.url }, Number(port));
    await until('it is back', async () => (await p.client.applications.get('shop')).up);
    expect(await p.client.installs.get('shop', 'ann')).toMatchObject({ authorised: 'yes' });
  });
});
