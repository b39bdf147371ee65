// Authorisation beside OAuth 2, each by an application of its own, judged by a service that knows the schemes from other
// libraries than ours.

import { createHmac, generateKeyPairSync, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { agree } from '@sluice/example-oauth-provider';
import type { Settings } from '@sluice/protocol';
import {
  ApiKeyAuth,
  Application,
  type Auth,
  AwsSigV4Auth,
  BearerAuth,
  Connector,
  type Context,
  HmacAuth,
  JwtAuth,
  join,
  type Link,
  type Message,
  OAuth1,
} from '@sluice/sdk';
import aws4 from 'aws4';
import OAuth from 'oauth-1.0a';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeNow, listening } from './testing/loopback.ts';
import { deployChain, type TestPlatform, testPlatform } from './testing/platform.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CONSUMER = { key: 'consumer &+', secret: 's3cr3t &+' };

/** Parts of an `Authorization: OAuth` header. */
const oauthOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    [...(headers.authorization ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      decodeURIComponent(value!),
    ]),
  );

/** Is it signed by the consumer, and by this token if it names one? */
function isSigned(request: IncomingMessage, base: string, tokenSecret = ''): boolean {
  const { oauth_signature: signature, ...own } = oauthOf(request);
  const oauth = new OAuth({
    consumer: CONSUMER,
    signature_method: 'HMAC-SHA1',
    hash_function: (text, key) => createHmac('sha1', key).update(text).digest('base64'),
  });
  const { origin, pathname, searchParams } = new URL(request.url!, base);
  const asked = { method: request.method!, url: origin + pathname, data: Object.fromEntries(searchParams) };
  return signature !== undefined && oauth.getSignature(asked, tokenSecret, own as never) === signature;
}

const JUDGES: Readonly<Record<string, (request: IncomingMessage, body: string) => boolean>> = {
  bearer: ({ headers }) => headers.authorization === 'Bearer personal-token',
  header: ({ headers }) => headers['x-token'] === 'Token k-17',
  query: ({ url }) => new URL(url!, 'http://x').searchParams.get('key') === 'k-17',
  jwt: ({ headers }) => {
    const [, head = '', payload = '', signature = ''] = /^Bearer (.+)\.(.+)\.(.+)$/.exec(headers.authorization!) ?? [];
    const { iss, aud, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const fits = iss === 'app-17' && aud === 'the-service' && Number(exp) * 1_000 > Date.now();
    return fits && verify('sha256', Buffer.from(`${head}.${payload}`), publicKey, Buffer.from(signature, 'base64url'));
  },
  hmac: ({ headers, method, url }, body) => {
    const text = `${method}\n${url}\n${headers['x-time']}\nk-17\n${body}`;
    return headers['x-signature'] === createHmac('sha256', 'shared').update(text).digest('base64');
  },
  aws: ({ method, headers, url: path }, body) => {
    const names = /SignedHeaders=([^,]+)/.exec(headers.authorization!)![1]!.split(';');
    const again = aws4.sign(
      {
        method: method!,
        path: path!,
        body,
        headers: Object.fromEntries(names.map((name) => [name, String(headers[name])])),
        service: 'execute-api',
        region: 'eu-central-1',
        host: headers.host!,
        extraHeadersToIgnore: { 'content-length': true },
      } as never,
      { accessKeyId: 'AKID', secretAccessKey: 's3cr3t/key' },
    );
    return (again.headers as Record<string, string>).Authorization === headers.authorization;
  },
};

class Judged extends Application {
  readonly name = 'Judged';
  readonly key: string;
  readonly baseUrl: string;
  override readonly auth: Auth;
  constructor(key: string, auth: Auth, base: string) {
    super();
    this.key = key;
    this.auth = auth;
    this.baseUrl = `${base}/${key}`;
  }
}

class Send extends Connector {
  readonly name: string;
  override readonly application: Judged;
  constructor(application: Judged) {
    super();
    this.application = application;
    this.name = `send-${application.key}`;
  }
  async process(_message: Message, { api }: Context) {
    return (await api.send('orders?a=1', { json: { text: 'ü' } })).json();
  }
}

let p: TestPlatform;
let service: Server;
let base: string;
let link: Link;

beforeAll(async () => {
  let confirmed = '';
  service = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { pathname, searchParams } = new URL(request.url!, base);
    const scheme = pathname.split('/')[1]!;
    const answer = (status: number, text: string) => response.writeHead(status).end(text);
    if (pathname === '/legs/request') {
      confirmed = oauthOf(request).oauth_callback ?? '';
      return isSigned(request, base)
        ? answer(200, 'oauth_token=temporary&oauth_token_secret=first%26&oauth_callback_confirmed=true')
        : answer(401, 'oauth_problem=signature_invalid');
    }
    if (pathname === '/legs/agree') {
      const back = new URL(confirmed);
      back.searchParams.set('oauth_token', searchParams.get('oauth_token')!);
      back.searchParams.set('oauth_verifier', 'v-17');
      return response.writeHead(302, { location: back.href }).end();
    }
    if (pathname === '/legs/access') {
      const { oauth_token, oauth_verifier } = oauthOf(request);
      return isSigned(request, base, 'first&') && oauth_token === 'temporary' && oauth_verifier === 'v-17'
        ? answer(200, 'oauth_token=lasting&oauth_token_secret=second%26&screen_name=ann')
        : answer(401, 'oauth_problem=token_rejected');
    }
    const accepted =
      scheme === 'oauth1'
        ? isSigned(request, base, 'second&') && oauthOf(request).oauth_token === 'lasting'
        : JUDGES[scheme]!(request, body);
    return answer(accepted ? 200 : 401, JSON.stringify({ scheme, accepted }));
  });
  base = await listening(service);
  p = await testPlatform();
  const pem = { algorithm: 'RS256', audience: 'the-service' } as const;
  const auths: Record<string, Auth> = {
    bearer: new BearerAuth(),
    header: new ApiKeyAuth({ in: 'header', name: 'x-token', prefix: 'Token ' }),
    query: new ApiKeyAuth({ in: 'query', name: 'key' }),
    jwt: new JwtAuth(pem),
    hmac: new HmacAuth({
      keyHeader: 'x-key',
      parts: ['method', 'pathAndQuery', 'timestamp', { header: 'x-key' }, 'body'],
      separator: '\n',
      encoding: 'base64',
      header: 'x-signature',
      timestampHeader: 'x-time',
    }),
    aws: new AwsSigV4Auth({ service: 'execute-api' }),
    oauth1: new OAuth1({
      requestTokenUrl: `${base}/legs/request`,
      authorizationUrl: `${base}/legs/agree`,
      accessTokenUrl: `${base}/legs/access`,
    }),
  };
  const { token } = await p.client.workers.register({ name: 'service' });
  const steps = Object.entries(auths).map(([key, auth]) => new Send(new Judged(key, auth, base)));
  link = join({ steps, url: p.url, token: token!, onState: () => {} });
  await link.ready;
  for (const key of Object.keys(auths))
    await deployChain(
      p,
      key,
      { id: 'send', kind: 'connector', worker: 'service', action: `send-${key}` },
      { id: 'out', kind: 'respond' },
    );
}, 60_000);
afterAll(async () => {
  await link.drain();
  closeNow(service);
  await p.close();
});

async function fill(key: string, credentials: Settings[string]): Promise<void> {
  await p.client.installs.install(key);
  const { problems } = await p.client.installs.save(key, { credentials });
  expect(problems).toEqual({});
}
const run = async (key: string): Promise<string> =>
  (await p.fetch(`/run/${key}/start?wait=20s`, { method: 'POST' })).text();

describe('beside OAuth 2', () => {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const aws = { accessKeyId: 'AKID', secretAccessKey: 's3cr3t/key', region: 'eu-central-1' };
  test.each([
    ['a bearer token', 'bearer', { token: 'personal-token' }],
    ['an API key in a header', 'header', { key: 'k-17' }],
    ['an API key in the query', 'query', { key: 'k-17' }],
    ['a JWT', 'jwt', { issuer: 'app-17', key: pem }],
    ['a signature by HMAC', 'hmac', { key: 'k-17', secret: 'shared' }],
    ['AWS Signature Version 4', 'aws', aws],
  ])('R31: %s, filled in by a user, is accepted', async (_what, key, credentials) => {
    await fill(key, credentials);
    expect(await run(key)).toBe(JSON.stringify({ scheme: key, accepted: true }));
    await expect(p.client.installs.authorize(key)).rejects.toMatchObject({ code: 'authorisation.not_offered' });
  });

  test('R31: OAuth 1.0a, three legs: a person agrees, and every request is signed with the token that came of it', async () => {
    await fill('oauth1', { clientId: CONSUMER.key, clientSecret: 'wrong' });
    await expect(p.client.installs.authorize('oauth1')).rejects.toMatchObject({
      code: 'authorisation.refused',
      message: expect.stringContaining('signature_invalid'),
    });
    await fill('oauth1', { clientId: CONSUMER.key, clientSecret: CONSUMER.secret });
    const { authorizeUrl } = (await p.client.installs.authorize('oauth1')) as { authorizeUrl: string };
    expect(authorizeUrl).toBe(`${base}/legs/agree?oauth_token=temporary`);
    const stopped = await agree(authorizeUrl, { stopAt: p.url });
    const forged = new URL(stopped.url);
    expect((await fetch(forged.href.replace('temporary', 'of-somebody-else'))).status).toBe(400);
    expect((await fetch(stopped.url)).status).toBe(400); // the state was good once
    const again = (await p.client.installs.authorize('oauth1')) as { authorizeUrl: string };
    expect(await agree(again.authorizeUrl)).toMatchObject({ status: 200 });
    expect(await p.client.installs.get('oauth1')).toMatchObject({ authorised: 'yes', tokenExpiresAt: null });
    expect(await run('oauth1')).toBe('{"scheme":"oauth1","accepted":true}');
  });
});
