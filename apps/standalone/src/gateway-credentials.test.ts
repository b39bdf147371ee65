// How callers of the gateway prove who they are, each way against a real port.

import { createHash, X509Certificate } from 'node:crypto';
import { get as getByTls } from 'node:https';
import { createSigner, httpbis } from 'http-message-signatures';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authority, type Certificate } from './testing/certificates.ts';
import { type GatewayWorld, gatewayWorld } from './testing/gateway-world.ts';
import { until } from './testing/platform.ts';

const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

describe('credentials of consumers', () => {
  let w: GatewayWorld;

  const consumer = async (name: string, scopes: string[] = ['orders']): Promise<void> => {
    await w.gateway.consumers.create({ name, description: '', scopes, limits: [], enabled: true });
  };

  beforeAll(async () => {
    w = await gatewayWorld({ guesses: { free: 1_000 } });
    await w.route('orders', { scopes: ['orders'] });
    await w.route('stock', { scopes: ['orders', 'stock'] });
    await w.route('keys-only', { scopes: [], schemes: ['key'] });
    await w.route('open', { public: 'anybody may look' });
    await consumer('shop');
  });
  afterAll(() => w.close());

  test('R53: a key works until it is revoked or expires, and is shown once', async () => {
    const { id, key } = await w.gateway.consumers.addKey('shop');
    expect((await w.call('/orders', { 'x-api-key': key })).status).toBe(200);
    const kept = JSON.stringify([w.gateway.consumers.list(), await w.records.list('gateway-consumer')]);
    expect(kept).not.toContain(key.slice(8));
    const view = w.gateway.consumers.get('shop').credentials.find((one) => one.id === id)!;
    expect(view).toMatchObject({ kind: 'key', hint: key.slice(0, 8), lastUsedAt: expect.any(Number) });
    await w.gateway.consumers.revoke('shop', id);
    expect((await w.call('/orders', { 'x-api-key': key })).status).toBe(401);

    const short = await w.gateway.consumers.addKey('shop', Date.now() + w.clock.aheadMs + 60_000);
    expect((await w.call('/orders', { 'x-api-key': short.key })).status).toBe(200);
    w.clock.aheadMs += 61_000;
    expect((await w.call('/orders', { 'x-api-key': short.key })).status).toBe(401);
    await w.gateway.consumers.revoke('shop', short.id);
    await expect(w.gateway.consumers.revoke('shop', short.id)).rejects.toMatchObject({
      code: 'gateway.credential_unknown',
    });
  });

  test('R53: a consumer that is disabled or loses a scope is refused at once, and is itself again afterwards', async () => {
    await consumer('till');
    const { key } = await w.gateway.consumers.addKey('till');
    const status = async () => (await w.call('/orders', { 'x-api-key': key })).status;
    expect(await status()).toBe(200);
    await w.gateway.consumers.setEnabled('till', false);
    expect(await status()).toBe(401);
    await w.gateway.consumers.setEnabled('till', true);
    expect(await status()).toBe(200);
    await w.gateway.consumers.update('till', { description: 'a till', scopes: ['stock'], limits: [], enabled: true });
    expect(await status()).toBe(403);
    await w.gateway.consumers.remove('till');
    expect(await status()).toBe(401);
  });

  test('what a request lacks is said: challenges with 401, scopes with 403, and a key in the query is not read', async () => {
    const { key } = await w.gateway.consumers.addKey('shop');
    const nobody = await w.call('/orders');
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([
      401,
      'ApiKey realm="gateway", header="x-api-key"',
    ]);
    const little = await w.call('/stock', { 'x-api-key': key });
    expect([little.status, little.code]).toEqual([403, 'gateway.forbidden']);
    expect(little.text).toContain('orders, stock');
    w.service.seen.length = 0;
    for (const query of [`api_key=${key}`, `k=${key}`, 'access_token=abc', 'a=b&apikey=x']) {
      const refused = await w.call(`/orders?${query}`);
      expect([refused.status, refused.code], query).toEqual([401, 'gateway.key_in_query']);
      expect(refused.text).not.toContain(key);
    }
    expect(w.service.seen).toHaveLength(0);
    await w.call('/open', { 'x-api-key': key });
    await w.call('/open', { 'x-api-key': 'of the service itself' });
    expect(w.service.seen.map(({ headers }) => headers['x-api-key'])).toEqual([undefined, 'of the service itself']);
  });

  test('user and password: hashed slowly once, and right only as a pair', async () => {
    await w.gateway.consumers.addPassword('shop', { user: 'ann', password: 'correct horse battery' });
    await expect(
      w.gateway.consumers.addPassword('shop', { user: 'ann', password: 'something else' }),
    ).rejects.toMatchObject({ code: 'gateway.credential_taken' });
    const kept = JSON.stringify(await w.records.list('gateway-consumer'));
    expect(kept).not.toContain('correct horse');
    const many = await Promise.all(
      Array.from({ length: 64 }, () => w.call('/orders', basic('ann', 'correct horse battery'))),
    );
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
    expect(w.service.seen.at(-1)!.headers.authorization).toBeUndefined();
    const wrong = await w.call('/orders', basic('ann', 'correct horse batterx'));
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('Basic realm'),
    ]);
    const unknown = await w.call('/orders', basic('bob', 'correct horse battery'));
    expect(unknown.text.replace(/"requestId":"[^"]*"/, '')).toBe(wrong.text.replace(/"requestId":"[^"]*"/, ''));
    for (const header of ['Basic', 'Basic !!!', 'Basic OmFubg==', `Basic ${'A'.repeat(5_000)}`])
      expect((await w.call('/orders', { authorization: header })).status, header.slice(0, 20)).toBe(401);
    // A route that takes keys only does not look at it.
    expect((await w.call('/keys-only', basic('ann', 'correct horse battery'))).status).toBe(401);
  });

  describe('signed requests', () => {
    let signing: { keyId: string; secret: string };

    interface Signing {
      readonly body?: string;
      readonly fields?: string[];
      readonly created?: Date;
      readonly nonce?: string;
      readonly keyId?: string;
      readonly secret?: string;
      readonly path?: string;
    }

    async function signed(options: Signing = {}): Promise<Record<string, string>> {
      const { body, keyId = signing.keyId, secret = signing.secret, path = '/orders?a=1' } = options;
      const { fields = ['@method', '@target-uri', ...(body === undefined ? [] : ['content-digest'])] } = options;
      const digest = createHash('sha256')
        .update(body ?? '')
        .digest('base64');
      const made = await httpbis.signMessage(
        {
          key: createSigner(Buffer.from(secret, 'base64'), 'hmac-sha256', keyId),
          fields,
          params: ['created', 'keyid', 'alg', ...(options.nonce === undefined ? [] : ['nonce'])],
          paramValues: {
            created: options.created ?? new Date(Date.now() + w.clock.aheadMs),
            ...(options.nonce === undefined ? {} : { nonce: options.nonce }),
          },
        },
        {
          method: body === undefined ? 'GET' : 'POST',
          url: `${w.url}${path}`,
          headers: body === undefined ? {} : { 'content-digest': `sha-256=:${digest}:` },
        },
      );
      return made.headers as Record<string, string>;
    }

    beforeAll(async () => {
      signing = await w.gateway.consumers.addSigningKey('shop');
    });

    test('a request that is signed with the secret passes once, with its body', async () => {
      expect(JSON.stringify(await w.records.list('gateway-consumer'))).not.toContain(signing.secret);
      const headers = await signed({ nonce: 'one' });
      expect((await w.call('/orders?a=1', headers)).status).toBe(200);
      expect(w.service.seen.at(-1)!.headers.signature).toBeUndefined();
      const again = await w.call('/orders?a=1', headers);
      expect([again.status, again.code]).toEqual([401, 'gateway.replayed']);
      const body = '{"id":1}';
      const post = await signed({ body });
      expect((await w.call('/orders?a=1', post, { method: 'POST', body })).status).toBe(200);
    });

    test('anything that was changed after signing, and anything that was not signed, is refused', async () => {
      const now = Date.now() + w.clock.aheadMs;
      const attempts: [string, Promise<Record<string, string>>, string, RequestInit?][] = [
        ['another query', signed(), '/orders?a=2'],
        ['another method', signed(), '/orders?a=1', { method: 'POST' }],
        ['another body', signed({ body: 'x' }), '/orders?a=1', { method: 'POST', body: 'y' }],
        [
          'a body that is not covered',
          signed({ body: 'x', fields: ['@method', '@target-uri'] }),
          '/orders?a=1',
          { method: 'POST', body: 'x' },
        ],
        ['no address', signed({ fields: ['@method'] }), '/orders?a=1'],
        ['no method', signed({ fields: ['@target-uri'] }), '/orders?a=1'],
        ['too old', signed({ created: new Date(now - 301_000) }), '/orders?a=1'],
        ['from the future', signed({ created: new Date(now + 60_000) }), '/orders?a=1'],
        ['another secret', signed({ secret: Buffer.alloc(32).toString('base64') }), '/orders?a=1'],
        ['another key', signed({ keyId: 'shop-000000000000' }), '/orders?a=1'],
      ];
      w.service.seen.length = 0;
      for (const [what, headers, path, init] of attempts) {
        const answer = await w.call(path, await headers, init);
        expect([what, answer.status, answer.code]).toEqual([what, 401, 'gateway.unauthenticated']);
      }
      const two = await signed({ nonce: 'two' });
      const doubled = {
        'signature-input': `${two['Signature-Input']}, ${two['Signature-Input']!.replace('sig=', 'other=')}`,
        signature: `${two.Signature}, ${two.Signature!.replace('sig=', 'other=')}`,
      };
      expect((await w.call('/orders?a=1', doubled)).status).toBe(401);
      for (const input of ['', 'sig', 'sig=()', 'sig=("@method";req);created=1;keyid="x"', '\u0080'])
        expect((await w.call('/orders?a=1', { 'signature-input': input, signature: 'sig=:AAAA:' })).status).toBe(401);
      expect(w.service.seen).toHaveLength(0);
    });
  });
});

describe('client certificates', () => {
  let w: GatewayWorld;
  let proxy: GatewayWorld;
  let shop: Certificate;
  let till: Certificate;
  let stranger: Certificate;
  let trusted: string;

  beforeAll(async () => {
    const [ours, others] = await Promise.all([authority('our authority'), authority('another one')]);
    trusted = ours.ca;
    shop = await ours.issue('CN=shop');
    till = await ours.issue('O=Shop, CN=till-7');
    stranger = await others.issue('CN=shop');
    const server = await ours.issue('CN=gateway');
    w = await gatewayWorld({ tls: { ...server, clientCa: ours.ca } });
    proxy = await gatewayWorld({ trustedProxies: ['127.0.0.1'] });
    for (const { gateway, route } of [w, proxy]) {
      await route('orders', { scopes: [] });
      for (const name of ['shop', 'tills'])
        await gateway.consumers.create({ name, description: '', scopes: [], limits: [], enabled: true });
      await gateway.consumers.addCertificate('shop', { fingerprint: shop.fingerprint });
      await gateway.consumers.addCertificate('tills', { subject: 'O=Shop,CN=till-7' });
    }
  });
  afterAll(async () => {
    await w.close();
    await proxy.close();
  });

  const call = (client?: Certificate): Promise<number> =>
    new Promise((resolve, reject) => {
      const options = { ca: trusted, ...(client ? { cert: client.cert, key: client.key } : {}), agent: false as const };
      getByTls(`${w.url}/orders`, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      }).on('error', reject);
    });

  test('R53: a certificate of the trusted authority is the consumer that it was given to, and no other is anybody', async () => {
    expect(await call(shop)).toBe(200);
    expect(await call(till)).toBe(200);
    expect(await call(stranger)).toBe(401);
    expect(await call()).toBe(401);
  });

  test('a trusted proxy says which certificate it saw; anybody else who says so is not heard', async () => {
    const said = { 'client-cert': `:${new X509Certificate(shop.cert).raw.toString('base64')}:` };
    expect((await proxy.call('/orders', said)).status).toBe(200);
    expect(proxy.service.seen.at(-1)!.headers['client-cert']).toBeUndefined();
    for (const nonsense of ['', 'x', ':AAAA:', ':::'])
      expect((await proxy.call('/orders', { 'client-cert': nonsense })).status).toBe(401);
    const direct = await gatewayWorld({ records: proxy.records });
    try {
      expect((await direct.call('/orders', said)).status).toBe(401);
    } finally {
      await direct.close();
    }
  });
});

describe('guessing', () => {
  let w: GatewayWorld;

  beforeAll(async () => {
    w = await gatewayWorld({
      trustedProxies: ['127.0.0.1'],
      guesses: { free: 5, firstWaitMs: 60_000, mostWaitMs: 600_000 },
    });
    await w.route('orders', { scopes: [] });
    for (const name of ['shop', 'other'])
      await w.gateway.consumers.create({ name, description: '', scopes: [], limits: [], enabled: true });
    await w.gateway.consumers.addPassword('shop', { user: 'ann', password: 'correct horse battery' });
    await w.gateway.consumers.addPassword('other', { user: 'eve', password: 'the password of eve' });
  });
  afterAll(() => w.close());

  const from = (address: string, headers: Record<string, string>) =>
    w.call('/orders', { 'x-forwarded-for': address, ...headers });

  test('R53: wrong keys from one address are refused with Retry-After; a right one passes even from there', async () => {
    const { key } = await w.gateway.consumers.addKey('shop');
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push((await from('198.51.100.1', { 'x-api-key': `slg_${i}` })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    const late = await from('198.51.100.1', { 'x-api-key': 'slg_x' });
    expect([late.code, Number(late.headers.get('retry-after')) > 30]).toEqual(['gateway.too_many_attempts', true]);
    expect((await from('198.51.100.1', { 'x-api-key': key })).status).toBe(200);
    expect((await from('198.51.100.2', { 'x-api-key': 'slg_x' })).status).toBe(401);
    // One who has a /64 has as many addresses as he likes.
    for (let i = 0; i < 5; i++) await from(`2001:db8::${i}`, { 'x-api-key': 'slg_x' });
    expect((await from('2001:db8::ffff', { 'x-api-key': 'slg_x' })).status).toBe(429);
  });

  test('who guesses at a user from many addresses is slowed down, and does not lock the user out', async () => {
    expect((await from('203.0.113.7', basic('ann', 'correct horse battery'))).status).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push((await from(`192.0.2.${i}`, basic('ann', `guess number ${i}`))).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    // Where somebody has to wait, even the right password is not judged: nothing is learnt.
    expect((await from('192.0.2.77', basic('ann', 'correct horse battery'))).status).toBe(429);
    expect((await from('203.0.113.7', basic('ann', 'correct horse battery'))).status).toBe(200);
    expect((await from('192.0.2.88', basic('eve', 'the password of eve'))).status).toBe(200);
    w.clock.aheadMs += 60_001;
    expect((await from('192.0.2.77', basic('ann', 'correct horse battery'))).status).toBe(200);
  });

  test('many guesses at once gain nothing', async () => {
    const many = await Promise.all(
      Array.from({ length: 40 }, (_, i) => from('192.0.2.200', basic('eve', `at once ${i}`))),
    );
    expect(many.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    expect(many.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(35);
  });

  test('what a client writes into X-Forwarded-For counts only as far as trusted proxies wrote it', async () => {
    // The proxy appends the address that it saw; what stands before it came from the client.
    const { peerOf, TrustedProxies } = await import('@sluice/gateway');
    const request = (forwarded: string | undefined, remoteAddress: string) =>
      ({
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
        socket: { remoteAddress },
      }) as never;
    const proxies = new TrustedProxies(['10.0.0.0/8', 'fd00::/8']);
    for (const [forwarded, socket, address] of [
      ['1.1.1.1', '192.0.2.1', '192.0.2.1'],
      ['1.1.1.1', '10.0.0.1', '1.1.1.1'],
      ['6.6.6.6, 1.1.1.1', '10.0.0.1', '1.1.1.1'],
      ['6.6.6.6, 1.1.1.1, 10.0.0.2', '10.0.0.1', '1.1.1.1'],
      ['6.6.6.6, nonsense, 10.0.0.2', '10.0.0.1', '10.0.0.2'],
      ['2001:db8::1', 'fd00::1', '2001:db8::1'],
      ['1.1.1.1', '::ffff:10.0.0.1', '1.1.1.1'],
      [undefined, '10.0.0.1', '10.0.0.1'],
    ] as const)
      expect([forwarded, peerOf(request(forwarded, socket), proxies).address]).toEqual([forwarded, address]);
  });
});

describe('several processes over one store', () => {
  test('R53: a key that is made, revoked or loses its consumer in one process is so in the other', async () => {
    const one = await gatewayWorld();
    const other = await gatewayWorld({ records: one.records, alone: false, timing: { lookMs: 20 } });
    try {
      await one.route('orders', { scopes: [] });
      await one.gateway.consumers.create({ name: 'shop', description: '', scopes: [], limits: [], enabled: true });
      const { id, key } = await one.gateway.consumers.addKey('shop');
      const has = () => other.gateway.consumers.list().flatMap(({ credentials }) => credentials.map((c) => c.id));
      await until('the other process knows the key', () => has().includes(id));
      await other.gateway.consumers.revoke('shop', id);
      await one.gateway.consumers.load();
      expect((await one.call('/orders', { 'x-api-key': key })).status).toBe(401);
      const second = await one.gateway.consumers.addKey('shop');
      await until('the other process knows the second key', () => has().includes(second.id));
      await one.gateway.consumers.remove('shop');
      await until('the other process forgot the consumer', () => has().length === 0);
    } finally {
      await other.close();
      await one.close();
    }
  });
});
