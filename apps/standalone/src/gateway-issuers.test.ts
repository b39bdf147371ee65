// Access tokens: those that carry their own proof, and those that only their issuer can read.

import { createServer } from 'node:http';
import { type RunningProvider, startProvider } from '@sluice/example-oauth-provider';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GatewayWorld, gatewayWorld } from './testing/gateway-world.ts';
import { closeNow, listening } from './testing/loopback.ts';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const consumer = (name: string, scopes: string[]) => ({ name, description: '', scopes, limits: [], enabled: true });

describe('tokens that carry their own proof', () => {
  let w: GatewayWorld;
  let keys: { readonly kid: string; readonly pair: Awaited<ReturnType<typeof generateKeyPair>> }[] = [];
  let away = false;
  let asked = 0;
  let strangers = 0;

  const jwks = createServer((_request, response) => {
    asked++;
    if (away) return void response.writeHead(503).end();
    void Promise.all(keys.map(async ({ kid, pair }) => ({ ...(await exportJWK(pair.publicKey)), kid }))).then((all) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: all })),
    );
  });
  const stranger = createServer((_request, response) => {
    strangers++;
    response.end('{"keys":[]}');
  });

  const newKey = async (kid: string) => ({ kid, pair: await generateKeyPair('ES256', { extractable: true }) });
  const nowS = () => Math.floor((Date.now() + w.clock.aheadMs) / 1_000);

  interface Minting {
    readonly claims?: Record<string, unknown>;
    readonly header?: Record<string, unknown>;
    readonly key?: (typeof keys)[number];
    readonly expS?: number;
    readonly aud?: string;
    readonly iss?: string;
  }
  const mint = ({ claims = {}, header = {}, key = keys[0]!, expS = 60, ...given }: Minting = {}): Promise<string> =>
    new SignJWT({ sub: 'ann', scope: 'orders stock', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: key.kid, ...header } as { alg: string })
      .setIssuer(given.iss ?? 'https://issuer.example')
      .setAudience(given.aud ?? 'gateway')
      .setExpirationTime(nowS() + expS)
      .sign(key.pair.privateKey);

  const issuer = async (change: Record<string, unknown> = {}): Promise<void> => {
    await w.gateway.issuers.save('corp', {
      kind: 'jwt',
      name: 'corp',
      issuer: 'https://issuer.example',
      jwksUrl: `http://127.0.0.1:${jwksPort}/keys`,
      audiences: ['gateway'],
      algorithms: ['ES256'],
      ...change,
    });
  };
  let jwksPort = '';

  beforeAll(async () => {
    jwksPort = new URL(await listening(jwks)).port;
    await listening(stranger);
    keys = [await newKey('one')];
    w = await gatewayWorld({ guesses: { free: 1_000 }, timing: { jwks: { cooldownMs: 0 } } });
    await w.route('orders', { scopes: ['orders'] });
    await w.route('admin', { scopes: ['admin'] });
    await w.route('keys-only', { scopes: [], schemes: ['key'] });
    await w.route('tokens-only', { scopes: [], schemes: ['token'] });
    await issuer();
  });
  afterAll(async () => {
    await w.close();
    closeNow(jwks);
    closeNow(stranger);
  });

  test('R53: a token with the scopes passes, and the service behind does not see it', async () => {
    const token = await mint();
    expect((await w.call('/orders', bearer(token))).status).toBe(200);
    expect(w.service.seen.at(-1)!.headers.authorization).toBeUndefined();
    const little = await w.call('/admin', bearer(token));
    expect([little.status, little.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer realm="gateway", error="insufficient_scope", scope="admin"',
    ]);
    expect((await w.call('/keys-only', bearer(token))).status).toBe(401);
    expect((await w.call('/tokens-only', bearer(token))).status).toBe(200);
  });

  test('R53: a token that names a consumer has the scopes that both have, and ends with the consumer', async () => {
    await issuer({ consumerClaim: 'azp' });
    await w.gateway.consumers.create(consumer('shop', ['orders', 'admin']));
    const token = await mint({ claims: { azp: 'shop' } });
    expect((await w.call('/orders', bearer(token))).status).toBe(200);
    expect((await w.call('/admin', bearer(token))).status).toBe(403);
    expect((await w.call('/orders', bearer(await mint({ claims: { azp: 'nobody' } })))).status).toBe(401);
    expect((await w.call('/orders', bearer(await mint()))).status).toBe(401);
    await w.gateway.consumers.setEnabled('shop', false);
    expect((await w.call('/orders', bearer(token))).status).toBe(401);
    await issuer();
  });

  test('what is not a good token of this issuer is refused, and leads nowhere', async () => {
    const other = await newKey('one');
    const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys[0]!.pair.publicKey)));
    const confused = await new SignJWT({ sub: 'ann', scope: 'orders' })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setIssuer('https://issuer.example')
      .setAudience('gateway')
      .setExpirationTime(nowS() + 60)
      .sign(secret);
    const none = new UnsecuredJWT({ sub: 'ann', scope: 'orders' })
      .setIssuer('https://issuer.example')
      .setAudience('gateway')
      .setExpirationTime(nowS() + 60)
      .encode();
    const elsewhere = `http://127.0.0.1:${(stranger.address() as { port: number }).port}/keys`;
    const good = await mint();
    const [head, body] = good.split('.') as [string, string];
    const attempts: Record<string, string> = {
      'no algorithm': none,
      'no signature': `${head}.${body}.`,
      'a shared secret instead of a key pair': confused,
      'signed by another': await mint({ key: other }),
      expired: await mint({ expS: -60 }),
      'not valid yet': await mint({ claims: { nbf: nowS() + 120 } }),
      'for somebody else': await mint({ aud: 'another' }),
      'of another issuer': await mint({ iss: 'https://issuer.example/' }),
      'with its own key': await mint({ key: other, header: { jku: elsewhere, x5u: elsewhere, kid: 'x' } }),
      'with a key inside': await mint({ key: other, header: { jwk: await exportJWK(other.pair.publicKey) } }),
      'a key that is a path': await mint({ key: other, header: { kid: '../../../../dev/null' } }),
      'a critical extension': `${Buffer.from('{"alg":"ES256","kid":"one","crit":["x"],"x":1}').toString('base64url')}.${body}.AAAA`,
      'other claims': `${head}.${Buffer.from('{"iss":"https://issuer.example"}').toString('base64url')}.${good.split('.')[2]}`,
      huge: await mint({ claims: { much: 'a'.repeat(9_000) } }),
      'no JSON': `${Buffer.from('{').toString('base64url')}.${Buffer.from('{').toString('base64url')}.AAAA`,
      'no token': 'x',
    };
    w.service.seen.length = 0;
    for (const [what, token] of Object.entries(attempts)) {
      const answer = await w.call('/orders', bearer(token));
      expect([what, answer.status, answer.code]).toEqual([what, 401, 'gateway.unauthenticated']);
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
    }
    expect([w.service.seen.length, strangers]).toEqual([0, 0]);
    const withoutEnd = await new SignJWT({ sub: 'ann', scope: 'orders' })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer('https://issuer.example')
      .setAudience('gateway')
      .sign(keys[0]!.pair.privateKey);
    expect((await w.call('/orders', bearer(withoutEnd))).status).toBe(401);
    for (const algorithms of [['none'], ['HS256'], []])
      await expect(issuer({ algorithms })).rejects.toMatchObject({ code: 'gateway.issuer_invalid' });
    await expect(issuer({ audiences: [] })).rejects.toMatchObject({ code: 'gateway.issuer_invalid' });
  });

  test('keys are replaced without a pause, and known ones hold while the issuer is away', async () => {
    const old = await mint();
    keys = [await newKey('two'), ...keys];
    expect((await w.call('/orders', bearer(await mint()))).status).toBe(200);
    expect((await w.call('/orders', bearer(old))).status).toBe(200);
    away = true;
    const before = asked;
    expect((await w.call('/orders', bearer(await mint()))).status).toBe(200);
    keys = [await newKey('three')];
    for (let i = 0; i < 5; i++) expect((await w.call('/orders', bearer(await mint()))).status).toBe(401);
    // An issuer that fails is left alone for a while.
    expect(asked - before).toBeLessThanOrEqual(1);
    await issuer({ description: 'nothing is known of it yet' });
    const answer = await w.call('/orders', bearer(await mint()));
    expect([answer.status, answer.code, answer.headers.get('retry-after')]).toEqual([
      503,
      'gateway.issuer_unavailable',
      expect.stringMatching(/^[1-9]/),
    ]);
    away = false;
    w.clock.aheadMs += 6_000;
    expect((await w.call('/orders', bearer(await mint()))).status).toBe(200);
  });
});

describe('an OAuth 2 server', () => {
  let w: GatewayWorld;
  let provider: RunningProvider;

  const token = async (resource?: string): Promise<string> => {
    const answer = await fetch(provider.tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${provider.clientId}:${provider.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'orders',
        ...(resource ? { resource } : {}),
      }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const introspection = () => ({
    kind: 'introspection' as const,
    name: 'opaque',
    introspectionUrl: provider.introspectionUrl,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    consumerClaim: 'client_id',
  });

  beforeAll(async () => {
    provider = await startProvider({ redirectUris: ['http://127.0.0.1/'] });
    w = await gatewayWorld({ guesses: { free: 1_000 } });
    await w.route('orders', { scopes: ['orders'] });
    await w.gateway.consumers.create(consumer(provider.clientId, ['orders']));
    await w.gateway.issuers.save('signed', {
      kind: 'jwt',
      name: 'signed',
      issuer: provider.url,
      jwksUrl: provider.jwksUrl,
      audiences: ['urn:sluice:gateway'],
      consumerClaim: 'client_id',
    });
    await w.gateway.issuers.save('opaque', introspection());
  });
  afterAll(async () => {
    await w.close();
    await provider.close();
  });

  test('R53: its signed tokens pass where they are meant for the gateway', async () => {
    const good = await token('urn:sluice:gateway');
    expect(good.split('.')).toHaveLength(3);
    expect((await w.call('/orders', bearer(good))).status).toBe(200);
    expect((await w.call('/orders', bearer(await token('urn:another:service')))).status).toBe(401);
  });

  test('R53: for its opaque tokens it is asked once for many requests, and its secret is sealed', async () => {
    const good = await token();
    expect(good.split('.')).toHaveLength(1);
    const many = await Promise.all(Array.from({ length: 20 }, () => w.call('/orders', bearer(good))));
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
    const made = await w.call('/orders', bearer('a-token-that-was-never-given-out'));
    expect([made.status, made.code]).toEqual([401, 'gateway.unauthenticated']);
    const kept = JSON.stringify([w.gateway.issuers.list(), await w.records.list('gateway-issuer')]);
    expect(kept).not.toContain(provider.clientSecret);
    // Without a secret in a change the one of before stays.
    const { clientSecret: _, ...change } = introspection();
    await w.gateway.issuers.save('opaque', { ...change, description: 'changed' });
    expect((await w.call('/orders', bearer(await token()))).status).toBe(200);
  });

  test('a token leads to one issuer only, and an issuer that does not answer makes 503', async () => {
    await expect(w.gateway.issuers.save('second', { ...introspection(), name: 'second' })).rejects.toMatchObject({
      code: 'gateway.issuer_taken',
    });
    await w.gateway.issuers.save('gone', {
      ...introspection(),
      name: 'gone',
      tokenPrefix: 'gone_',
      introspectionUrl: 'http://127.0.0.1:9/',
    });
    const answer = await w.call('/orders', bearer('gone_123'));
    expect([answer.status, answer.code]).toEqual([503, 'gateway.issuer_unavailable']);
    expect((await w.call('/orders', bearer(await token()))).status).toBe(200);
    await w.gateway.issuers.save('gone', {
      ...introspection(),
      name: 'gone',
      tokenPrefix: 'gone_',
      clientSecret: 'a wrong one',
    });
    expect((await w.call('/orders', bearer('gone_123'))).status).toBe(503);
    await w.gateway.issuers.remove('gone');
    expect((await w.call('/orders', bearer('gone_123'))).status).toBe(401);
  });
});
