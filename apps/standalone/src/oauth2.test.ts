// Authorising by OAuth 2, against a real provider that rotates refresh tokens and watches for reuse.

import { readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { agree, type RunningProvider, startProvider } from '@sluice/example-oauth-provider';
import type { AuthorizeAnswer, InstallView } from '@sluice/protocol';
import { type ApplicationContext, Fail, type Install, join, type Link } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { GetOrders, Orders } from './testing/orders-service.ts';
import { deployChain, type TestPlatform, testPlatform, until } from './testing/platform.ts';

const happened: string[] = [];
/** Installs as the worker sees them, by user. */
const seen = new Map<string, Install>();

class Watched extends Orders {
  override readonly key: string;
  constructor(key: string, ...rest: ConstructorParameters<typeof Orders>) {
    super(...rest);
    this.key = key;
  }
  override afterAuthorise = async (context: ApplicationContext): Promise<void> => {
    const { user } = context;
    seen.set(user, await context.install());
    happened.push(`${this.key} ${user} ${(await context.api.send('orders')).status}`);
    if (user === 'unlucky') throw new Fail('the first look went wrong');
  };
}

class GetOrdersOf extends GetOrders {
  override readonly name: string;
  constructor(application: Watched) {
    super(application);
    this.name = `get-${application.key}`;
  }
}

let p: TestPlatform;
let provider: RunningProvider;
let link: Link;

beforeAll(async () => {
  const port = await freePort();
  p = await testPlatform({ SLUICE_PORT: String(port) });
  provider = await startProvider({ redirectUris: [`${p.url}/api/v1/oauth/callback`] });
  const { token } = await p.client.workers.register({ name: 'service' });
  const applications = [
    new Watched('orders', provider.url),
    new Watched('machine', provider.url, { grant: 'client-credentials', scopes: ['orders'] }),
    new Watched('tv', provider.url, { grant: 'device-code' }),
  ];
  const steps = applications.map((application) => new GetOrdersOf(application));
  link = join({ steps, url: p.url, token: token!, onState: () => {} });
  await link.ready;
  for (const { key } of applications)
    await deployChain(
      p,
      key,
      { id: 'get', kind: 'connector', worker: 'service', action: `get-${key}` },
      { id: 'out', kind: 'respond' },
    );
}, 60_000);
afterAll(async () => {
  await link.drain();
  await provider.close();
  await p.close();
});

async function installed(user: string, key = 'orders'): Promise<InstallView> {
  await p.client.installs.install(key, user);
  const credentials = { clientId: provider.clientId, clientSecret: provider.clientSecret };
  return p.client.installs.save(key, { credentials }, user);
}

const urlIn = (answer: AuthorizeAnswer): string => (answer as { authorizeUrl: string }).authorizeUrl;
const begin = async (user: string, returnTo?: string): Promise<string> =>
  urlIn(await p.client.installs.authorize('orders', user, returnTo));

async function authorised(user: string): Promise<void> {
  await installed(user);
  expect((await agree(await begin(user))).status).toBe(200);
}

async function run(user: string, key = 'orders') {
  const answer = await p.fetch(`/run/${key}/start?wait=20s&user=${user}`, { method: 'POST' });
  return { status: answer.status, body: await answer.text() };
}

describe('the code grant', () => {
  test('R30: a person agrees at the provider and comes back; the connector works in their name', async () => {
    expect(await installed('ann')).toMatchObject({ authorised: 'no', reason: 'Nobody has agreed to it yet.' });
    const page = await agree(await begin('ann'));
    expect(page).toMatchObject({
      status: 200,
      text: expect.stringContaining('is authorised. You can close this page.'),
    });
    expect(page.url).toMatch(new RegExp(`^${p.url}/api/v1/oauth/callback\\?`));
    expect(await p.client.installs.get('orders', 'ann')).toMatchObject({
      authorised: 'yes',
      reason: null,
      tokenExpiresAt: expect.any(Number),
    });
    expect(happened).toContain('orders ann 200');
    expect(await run('ann')).toMatchObject({ body: '{"of":"ann","orders":[17,18]}' });
  });

  test('R30: the request has PKCE and an unguessable state, and the token is sealed in the store', async () => {
    await installed('pat');
    const [first, second] = [new URL(await begin('pat')), new URL(await begin('pat'))];
    expect(Object.fromEntries(first.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: provider.clientId,
      redirect_uri: `${p.url}/api/v1/oauth/callback`,
      scope: 'orders offline_access',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(first.searchParams.get('state')).not.toBe(second.searchParams.get('state'));
    await agree(second.href);
    expect(seen.get('pat')!.token).not.toBeNull();
    const files = readdirSync(p.directory, { withFileTypes: true }).filter((entry) => entry.isFile());
    const stored = files.map(({ name }) => readFileSync(joinPath(p.directory, name), 'latin1')).join('');
    expect(stored).toContain('token-of-install');
    const secrets = [provider.clientSecret, first.searchParams.get('state')!, seen.get('pat')!.token!.accessToken];
    for (const secret of secrets) expect(stored).not.toContain(secret);
  });

  test('R30: an expired token is renewed, and the call succeeds', async () => {
    await authorised('eve');
    const { refreshes, invalidGrants } = provider.counts;
    provider.expireTokens();
    expect(await run('eve')).toMatchObject({ body: '{"of":"ann","orders":[17,18]}' });
    expect(provider.counts).toMatchObject({ refreshes: refreshes + 1, invalidGrants });
  });

  test('R30: refresh tokens, codes and secrets do not reach a worker', async () => {
    await authorised('wil');
    const { token } = seen.get('wil')!;
    expect(token).toMatchObject({ accessToken: expect.any(String), tokenType: 'Bearer', scopes: expect.any(Array) });
    expect(JSON.stringify(token)).not.toMatch(/refresh/i);
  });

  test('R30: who does not agree is told so in words, and markup of a provider is text', async () => {
    await installed('ned');
    const page = await agree(await begin('ned', '/admin/apps?a=b%22c'), { answer: 'refuse' });
    expect(page.status).toBe(400);
    expect(page.text).toContain('You did not agree, or may not. It says: Ann said &lt;no&gt;');
    expect(page.text).not.toContain('<no>');
    expect(page.text).toContain('<a href="/admin/apps?a=b%22c">Go on</a>');
    expect((await p.client.installs.get('orders', 'ned')).authorised).toBe('no');
  });

  test('R30: a person goes on at a path of this platform, and nowhere else', async () => {
    await installed('rob');
    for (const returnTo of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/a\\b',
      '/\t/evil.example',
      'admin',
    ])
      await expect(begin('rob', returnTo)).rejects.toMatchObject({ code: 'authorisation.bad_return' });
    const url = await begin('rob', '/healthz?from=provider');
    expect(await agree(url)).toMatchObject({ status: 200, url: `${p.url}/healthz?from=provider` });
  });

  test('R30: forged, replayed and missing states change nothing, and the page may run nothing', async () => {
    await installed('sam');
    const state = new URL(await begin('sam')).searchParams.get('state')!;
    const callback = (query: string) => fetch(`${p.url}/api/v1/oauth/callback${query}`, { redirect: 'manual' });
    for (const query of [
      '',
      '?code=x',
      '?state=&code=x',
      `?state=${'A'.repeat(43)}&code=x`,
      `?state=${state}&state=${state}`,
    ])
      expect((await callback(query)).status, query).toBe(400);
    expect((await fetch(`${p.url}/api/v1/oauth/callback?state=${state}&code=x`, { method: 'HEAD' })).status).toBe(404);
    const denied = await callback(
      `?state=${state}&error=%3Cscript%3E&error_description=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E`,
    );
    const text = await denied.text();
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(Object.fromEntries(denied.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(await (await callback(`?state=${state}&code=x`)).text()).toContain('used before');
    expect((await p.client.installs.get('orders', 'sam')).authorised).toBe('no');
  });

  test('R30: a code that was given for another install is worth nothing', async () => {
    await authorised('victim');
    await installed('thief');
    const mine = new URL(await begin('thief')).searchParams.get('state')!;
    const theirs = new URL(await begin('victim'));
    // The victim's browser is stopped before it comes back; the thief brings its code home under a state of his own.
    const stopped = await agree(theirs.href, { stopAt: `${p.url}/` });
    const code = new URL(stopped.url).searchParams.get('code');
    const page = await fetch(`${p.url}/api/v1/oauth/callback?state=${mine}&code=${code}`);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('invalid_grant');
    expect((await p.client.installs.get('orders', 'thief')).authorised).toBe('no');
  });

  test('R30: the callback has the configured address, whatever the Host header says', async () => {
    await installed('hal');
    const answer = await p.fetch('/api/v1/applications/orders/installs/hal/authorize', {
      method: 'POST',
      headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    });
    expect(await answer.text()).not.toContain('evil.example');
  });

  test('R30: a hook that fails is reported, and the token stays', async () => {
    await installed('unlucky');
    const page = await agree(await begin('unlucky'));
    expect(page.text).toContain('the first look went wrong');
    expect((await p.client.installs.get('orders', 'unlucky')).authorised).toBe('yes');
  });

  test('R30: what is withdrawn is given back to the provider, and a removed install leaves nothing', async () => {
    await authorised('leo');
    const { revocations } = provider.counts;
    expect(await p.client.installs.withdraw('orders', 'leo')).toMatchObject({ authorised: 'no', warning: null });
    expect(provider.counts.revocations).toBe(revocations + 1);
    expect((await run('leo')).body).toContain('install.not_authorised');
    await authorised('leo');
    await p.client.installs.uninstall('orders', 'leo');
    expect(provider.counts.revocations).toBe(revocations + 2);
    await installed('leo');
    expect((await p.client.installs.get('orders', 'leo')).authorised).toBe('no');
  });

  test('R30: revoked at the provider, it has to be authorised again, and is broken until then', async () => {
    await authorised('kim');
    await provider.revokeGrants();
    expect((await run('kim')).body).toContain('install.not_authorised');
    const broken = await p.client.installs.get('orders', 'kim');
    expect(broken).toMatchObject({
      authorised: 'broken',
      reason: expect.stringContaining('no longer accepts what was agreed to'),
    });
    await agree(await begin('kim'));
    expect((await p.client.installs.get('orders', 'kim')).authorised).toBe('yes');
    expect((await run('kim')).body).toBe('{"of":"ann","orders":[17,18]}');
  });

  test('R30: an install without its credentials says what is missing', async () => {
    await p.client.installs.install('orders', 'tom');
    await expect(begin('tom')).rejects.toMatchObject({
      code: 'authorisation.incomplete',
      message: expect.stringContaining('clientId'),
    });
  });
});

describe('grants without a browser', () => {
  test('R31: client credentials are exchanged by the platform, and again when the token ends', async () => {
    expect(await installed('bot', 'machine')).toMatchObject({ authorised: 'not-needed' });
    expect(await run('bot', 'machine')).toMatchObject({ body: '{"of":"the client","orders":[17,18]}' });
    const { others } = provider.counts;
    provider.expireTokens();
    expect(await run('bot', 'machine')).toMatchObject({ body: '{"of":"the client","orders":[17,18]}' });
    expect(provider.counts.others).toBe(others + 1);
    expect(await p.client.installs.get('machine', 'bot')).toMatchObject({ authorised: 'yes' });
    expect(await p.client.installs.authorize('machine', 'bot')).toEqual({ authorised: true });
    await p.client.installs.save('machine', { credentials: { clientSecret: 'wrong' } }, 'bot');
    await expect(p.client.installs.authorize('machine', 'bot')).rejects.toMatchObject({
      message: expect.stringContaining('invalid_client'),
    });
    expect(await p.client.installs.get('machine', 'bot')).toMatchObject({
      authorised: 'broken',
      reason: expect.stringContaining('invalid_client'),
    });
    // Other settings are worth a try at once.
    expect(await installed('bot', 'machine')).toMatchObject({ application: 'machine' });
    expect(await run('bot', 'machine')).toMatchObject({ body: '{"of":"the client","orders":[17,18]}' });
  });

  test('R31: a person enters a code on another device, and the platform waits for it', async () => {
    await installed('viv', 'tv');
    const answer = await p.client.installs.authorize('tv', 'viv');
    expect(answer).toMatchObject({
      userCode: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      verificationUrl: `${provider.url}/device`,
      expiresAt: expect.any(Number),
    });
    const { userCode } = answer as { userCode: string };
    expect((await p.client.installs.get('tv', 'viv')).reason).toBe(
      `Enter the code ${userCode} at ${provider.url}/device.`,
    );
    await agree(`${provider.url}/device?user_code=${userCode}`);
    await until('the platform learned it', async () => (await p.client.installs.get('tv', 'viv')).authorised === 'yes');
    expect(await run('viv', 'tv')).toMatchObject({ body: '{"of":"ann","orders":[17,18]}' });
  }, 40_000);
});
