// What providers and those who play them answer, and what comes of it: a token, or words, and never a secret in them.

import { generateKeyPairSync, verify } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { field, form, OAuth2 } from '@sluice/sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Integration } from '../index.ts';
import { json, ScriptedProvider } from '../testing/scripted-provider.ts';
import { comeBack, installed, oauth2At, USER, World } from '../testing/world.ts';

let provider: ScriptedProvider;
let platform: Integration;

beforeEach(async () => {
  provider = new ScriptedProvider();
  await provider.open();
  platform = new World(oauth2At(provider.url, { scopes: ['a', 'b'], scopeSeparator: ',' })).platform();
  await installed(platform);
});
afterEach(() => provider.close());

const SECRET = 'a secret:with/+';

async function answered(answer: (response: ServerResponse) => unknown) {
  provider.script = (_form, response) => answer(response);
  const returned = await comeBack(platform, { code: 'a-code' });
  expect(JSON.stringify(returned)).not.toContain(SECRET);
  expect(JSON.stringify(returned)).not.toContain('a-code');
  return returned;
}
const token = async () => (await platform.installs.forWorker('app', USER)).token;

describe('answers that deviate', () => {
  test('R30: times as text, another token type, scopes as a list, more members', async () => {
    const { done } = await answered((response) =>
      json(response, 200, {
        access_token: 'T',
        token_type: 'Token',
        expires_in: '3600 ',
        scope: ['a', 'b'],
        instance_url: 'https://eu.service.example',
        account: 17,
        api_secret: 'not for workers',
        id_token: 'not.looked.at',
        nested: { a: 1 },
      }),
    );
    expect(done).toBe(true);
    expect(await token()).toMatchObject({
      accessToken: 'T',
      tokenType: 'Token',
      scopes: ['a', 'b'],
      expiresAt: Date.parse('2026-01-01T01:00:00Z'),
      extra: { instance_url: 'https://eu.service.example', account: '17' },
    });
    expect(JSON.stringify(await token())).not.toMatch(/not for workers|not\.looked\.at|nested/);
  });

  test.each([
    ['a form', 'access_token=T&expires=100&scope=a%2Cb', 'text/plain'],
    ['camel case', '{"accessToken":"T","tokenType":"bearer","expiresIn":100}', 'text/html'],
    ['one level down', '{"code":0,"data":{"access_token":"T","expires_in":100}}', 'application/json'],
    ['with a byte order mark', '\uFEFF {"access_token":"T","expires_in":100.9,"refresh_token":""}', 'application/json'],
    ['an empty error', '{"access_token":"T","expires_in":100,"error":"","errors":[]}', 'application/json'],
  ])('R30: %s', async (_what, body, type) => {
    const { done } = await answered((response) => response.setHeader('content-type', type).end(body));
    expect(done).toBe(true);
    expect(await token()).toMatchObject({ accessToken: 'T', expiresAt: Date.parse('2026-01-01T00:01:40Z') });
  });

  test.each([0, -1, 'never', null, 'NaN', {}])('R30: a lifetime of %j is none', async (expires_in) => {
    await answered((response) => json(response, 200, { access_token: 'T', expires_in }));
    expect(await token()).toMatchObject({ expiresAt: null });
  });

  test.each([
    ['an error with status 200', 200, '{"error":"invalid_code"}', 'invalid_code'],
    ['not ok with status 200', 200, '{"ok":false,"error":"bad_client_secret"}', 'bad_client_secret'],
    [
      'an error as object',
      400,
      '{"error":{"message":"No such app","type":"OAuthException","code":101}}',
      'OAuthException: No such app',
    ],
    ['a list of errors', 400, '{"errors":[{"code":"E1","detail":"first"}]}', 'E1: first'],
    ['an error as form', 400, 'error=access_denied&error_description=No+way', 'access_denied: No way'],
    ['a bare 401', 401, '', 'does not accept the client'],
    ['a page', 404, '<!DOCTYPE html><title>Lost</title>', 'answered 404, with a page for people'],
    ['a page as success', 200, '<html>Sign in to the WiFi</html>', 'answered 200, with a page for people'],
    ['garbage as success', 200, '\u0000\u0001{{{', 'something that is no token'],
    ['a list', 200, '["access_token"]', 'something that is no token'],
    ['nothing', 200, '', 'something that is no token: nothing'],
    ['a number for a token', 200, '{"access_token":17}', 'a success without a token'],
    ['an error of its own', 500, '{"error":"server_error"}', 'could not be asked for the token'],
  ])('R30: %s', async (_what, status, body, words) => {
    const returned = await answered((response) => response.writeHead(status).end(body));
    expect(returned).toMatchObject({ done: false, problem: expect.stringContaining(words) });
    expect((await platform.installs.view('app', USER)).authorised).toBe('no');
  });

  test('R30: what was sent is not repeated by what is said of the answer', async () => {
    const { problem } = await answered((response) =>
      json(response, 400, {
        error: 'invalid_grant',
        error_description: 'client_secret=a+secret and "access_token":"hidden-token-of-somebody"',
      }),
    );
    expect(problem).not.toContain('hidden-token-of-somebody');
  });

  test('R30: a redirect is not followed: credentials go to the address that was given', async () => {
    const elsewhere = new ScriptedProvider();
    await elsewhere.open();
    const { problem } = await answered((response) =>
      response.writeHead(307, { location: `${elsewhere.url}/token` }).end(),
    );
    expect(problem).toContain('leads elsewhere');
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });

  test('R30: an answer without end is given up', async () => {
    const returned = await answered((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = ' '.repeat(64 * 1024);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(returned).toMatchObject({ done: false, problem: expect.stringContaining('larger than') });
  });
});

describe('what is asked', () => {
  test('R30: a code is exchanged with its verifier, once, by the client that was filled in', async () => {
    const answer = (await platform.installs.authorize('app', USER, null)) as { authorizeUrl: string };
    const url = new URL(answer.authorizeUrl);
    expect([...url.searchParams.keys()].sort()).toEqual([
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
      'tenant',
    ]);
    expect(url.searchParams.get('redirect_uri')).toBe('https://sluice.example/base/api/v1/oauth/callback');
    expect(url.searchParams.get('scope')).toBe('a,b');
    const query = { state: url.searchParams.get('state'), code: 'a-code' };
    const twice = await Promise.all([platform.authorisation.returned(query), platform.authorisation.returned(query)]);
    expect(twice.map(({ done }) => done).sort()).toEqual([false, true]);
    expect(provider.asked).toHaveLength(1);
    expect(Object.fromEntries(provider.asked[0]!)).toEqual({
      grant_type: 'authorization_code',
      code: 'a-code',
      redirect_uri: 'https://sluice.example/base/api/v1/oauth/callback',
      code_verifier: expect.stringMatching(/^[\w-]{43}$/),
    });
    const [, basic = ''] = /^Basic (.+)$/.exec(provider.headers[0]!.authorization!) ?? [];
    expect(Buffer.from(basic, 'base64').toString()).toBe('a-client:a+secret%3Awith%2F%2B');
  });

  test('R30: a state is good for ten minutes, and only the last few of an install are', async () => {
    const world = new World(oauth2At(provider.url));
    const own = world.platform();
    await installed(own);
    const states: (string | null)[] = [];
    for (let n = 0; n < 7; n++) {
      const answer = (await own.installs.authorize('app', USER, null)) as { authorizeUrl: string };
      states.push(new URL(answer.authorizeUrl).searchParams.get('state'));
      world.now++;
    }
    const back = async (state: string | null) => (await own.authorisation.returned({ state, code: 'c' })).done;
    expect(await back(states[0]!)).toBe(false);
    expect(await back(states[6]!)).toBe(true);
    world.now += 600_000 - 2;
    expect(await back(states[5]!)).toBe(false);
    expect(JSON.stringify(await world.records.list('authorisation-begun'))).not.toContain(states[4]!);
  });

  test('R30: an answer of another provider than the one that was asked is refused (RFC 9207)', async () => {
    platform = new World(oauth2At(provider.url, { issuer: 'https://honest.example' })).platform();
    await installed(platform);
    expect(await comeBack(platform, { code: 'c', iss: 'https://attacker.example' })).toMatchObject({
      done: false,
      problem: expect.stringContaining('another provider'),
    });
    expect(provider.asked).toEqual([]);
    expect(await comeBack(platform, { code: 'c', iss: 'https://honest.example' })).toMatchObject({ done: true });
  });

  test('R30: a state is worth nothing for a removed install, and codes given twice are none', async () => {
    expect(await comeBack(platform, { code: ['a', 'b'] })).toMatchObject({
      problem: expect.stringContaining('without a code'),
    });
    const answer = (await platform.installs.authorize('app', USER, null)) as { authorizeUrl: string };
    await platform.installs.uninstall('app', USER);
    const state = new URL(answer.authorizeUrl).searchParams.get('state');
    expect(await platform.authorisation.returned({ state, code: 'c' })).toMatchObject({ done: false });
    expect(provider.asked).toEqual([]);
  });

  test('R30: a host that a user chose must not lead into the network of the platform', async () => {
    const settings = form('settings', 'Settings', [field.url('host', 'Host', { required: true })]);
    platform = new World(oauth2At('{settings.host}'), [settings]).platform();
    await installed(platform);
    await expect(platform.installs.authorize('app', USER, null)).rejects.toMatchObject({
      code: 'authorisation.incomplete',
    });
    await platform.installs.save('app', USER, { settings: { host: provider.url } });
    expect(await comeBack(platform, { code: 'c' })).toMatchObject({
      done: false,
      problem: expect.stringContaining('no public address'),
    });
    expect(provider.asked).toEqual([]);
  });

  test('R31: a signed assertion is exchanged, its key and its claims filled in by the user', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const auth = new OAuth2({
      grant: 'jwt-bearer',
      tokenUrl: `${provider.url}/token`,
      scopes: ['read'],
      assertion: {
        issuer: '{credentials.clientId}',
        subject: '{settings.person}',
        audience: `${provider.url}/token`,
        algorithm: 'RS256',
        claims: { tenant: 'of-{settings.person}' },
      },
    });
    const settings = form('settings', 'Settings', [field.text('person', 'Person')]);
    platform = new World(auth, [settings]).platform();
    await platform.installs.install('app', USER);
    await expect(token()).rejects.toMatchObject({ code: 'authorisation.incomplete' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    await platform.installs.save('app', USER, {
      credentials: { clientId: 'robot@service.example', privateKey: pem },
      settings: { person: 'joe' },
    });
    expect(await token()).toMatchObject({ accessToken: 'access-1' });
    const { grant_type, assertion, scope } = Object.fromEntries(provider.asked[0]!);
    expect([grant_type, scope]).toEqual(['urn:ietf:params:oauth:grant-type:jwt-bearer', 'read']);
    const [head, payload, signature] = assertion!.split('.') as [string, string, string];
    expect(verify('sha256', Buffer.from(`${head}.${payload}`), publicKey, Buffer.from(signature, 'base64url'))).toBe(
      true,
    );
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: 'robot@service.example',
      sub: 'joe',
      aud: `${provider.url}/token`,
      tenant: 'of-joe',
    });
    await platform.installs.save('app', USER, { credentials: { privateKey: '-----BEGIN NONSENSE-----' } });
    await expect(platform.installs.authorize('app', USER, null)).rejects.toMatchObject({
      message: expect.stringContaining('private key of the JWT cannot be read'),
    });
  });
});
