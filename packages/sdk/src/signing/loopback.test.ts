// Signed requests as they arrive, judged by a server that knows the schemes from other libraries than ours.

import { createHmac, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import aws4 from 'aws4';
import OAuth from 'oauth-1.0a';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type HttpRequest,
  HttpSender,
  momentOf,
  type SettledRequest,
  signAws,
  signHmac,
  signJwt,
  signOauth1,
} from '../index.ts';

const CONSUMER = { consumerKey: 'key &+', consumerSecret: 's3cr3t &+', token: 'tok/=', tokenSecret: 'töken' };
const AWS = {
  accessKeyId: 'AKID',
  secretAccessKey: 's3cr3t/key',
  sessionToken: 'session-token',
  region: 'eu-central-1',
};
const HMAC = {
  secret: 's3cr3t',
  parts: ['timestamp', { text: '.' }, 'pathAndQuery', { text: '.' }, 'body'],
  header: 'x-signature',
  value: 't={timestamp},v1={signature}',
} as const;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

type Judge = (request: IncomingMessage, body: Buffer, url: string) => boolean;

const JUDGES: Record<string, Judge> = {
  oauth1: ({ method, headers }, body, url) => {
    const fields = [...headers.authorization!.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
      name!,
      decodeURIComponent(value!),
    ]);
    const { oauth_signature: signature, ...own } = Object.fromEntries(fields);
    const algorithm = own.oauth_signature_method === 'HMAC-SHA256' ? 'sha256' : 'sha1';
    const oauth = new OAuth({
      consumer: { key: CONSUMER.consumerKey, secret: CONSUMER.consumerSecret },
      signature_method: own.oauth_signature_method,
      hash_function: (base, key) => createHmac(algorithm, key).update(base).digest('base64'),
    });
    const { origin, pathname, search } = new URL(url);
    const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
    // The library leaves names as they are, so it is given all parameters decoded.
    const data: Record<string, string[]> = {};
    for (const text of [search, isForm ? body.toString('utf8') : ''])
      for (const [name, value] of new URLSearchParams(text)) data[name] = [...(data[name] ?? []), value];
    const asked = { method: method!, url: origin + pathname, data };
    return oauth.getSignature(asked, CONSUMER.tokenSecret, own as never) === signature;
  },
  aws: ({ method, headers, url: path }, body) => {
    const [, service] = /aws-(\w+)/.exec(path!)!;
    const names = /SignedHeaders=([^,]+)/.exec(headers.authorization!)![1]!.split(';');
    const signed = Object.fromEntries(names.map((name) => [name, String(headers[name])]));
    const { accessKeyId, secretAccessKey, region } = AWS;
    const again = aws4.sign(
      {
        method: method!,
        path: path!,
        body: body.length > 0 ? body : '',
        headers: signed,
        service: service!,
        region,
        host: headers.host!,
        extraHeadersToIgnore: { 'content-length': true },
      } as never,
      { accessKeyId, secretAccessKey },
    );
    const theirs = again.headers as Record<string, string>;
    return headers['x-amz-security-token'] === AWS.sessionToken && theirs.Authorization === headers.authorization;
  },
  hmac: ({ headers, url: path }, body) => {
    const [, time, signature] = /^t=(\d+),v1=(\w+)$/.exec(String(headers['x-signature']))!;
    return createHmac('sha256', 's3cr3t').update(`${time}.${path}.`).update(body).digest('hex') === signature;
  },
  jwt: ({ headers }) => {
    const [, head, payload, signature] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(headers.authorization!)!;
    const key = createPublicKey(publicKey.export({ format: 'pem', type: 'spki' }));
    return verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature!, 'base64url'));
  },
};

describe('R31: a signed request is accepted by who knows the scheme', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const judge = JUDGES[/^\/([a-z0-9]+)/.exec(request.url!)![1]!]!;
      const accepted = judge(request, body, `http://${request.headers.host}${request.url}`);
      response.writeHead(accepted ? 200 : 401).end(`${request.headers.authorization} ${body}`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const sender = new HttpSender({ headers: { 'idempotency-key': 'added by the sender' } });
  const status = async (request: SettledRequest): Promise<number> => (await sender.exchange(request)).status;
  const moment = () => momentOf(Date.now());

  const requests: [string, Omit<HttpRequest, 'url'>][] = [
    ['nothing', {}],
    ['JSON', { json: { text: 'ü "quoted" \u2028', n: [1] } }],
    ['a query', { query: { 'a b': "c+d/e~!'()*", ü: 'ö&=', z: 1, A: true } }],
    [
      'a form',
      {
        method: 'PUT',
        body: 'b=2&a=1+%2B&a=0&c=%C3%BC',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
    ['bytes', { body: Buffer.from([0, 255, 10, 13]), headers: { 'Content-Type': 'application/octet-stream' } }],
  ];

  describe.each(requests)('with %s', (_, request) => {
    test('OAuth 1.0a', async () => {
      for (const signatureMethod of ['HMAC-SHA1', 'HMAC-SHA256'] as const)
        for (const path of ['/oauth1', '/oauth1/a%20b;c=1/ü?x=2&x=1&y=%2F'])
          expect(
            await status(signOauth1({ url: base + path, ...request }, { ...CONSUMER, signatureMethod }, moment())),
          ).toBe(200);
    });

    test('AWS Signature Version 4', async () => {
      for (const service of ['s3', 'sqs'])
        for (const path of ['', '/a/b.c', '/a%20b/ü$(1)', '?x=1'])
          expect(
            await status(signAws({ url: `${base}/aws-${service}${path}`, ...request }, { ...AWS, service }, moment())),
          ).toBe(200);
    });

    test('HMAC', async () => {
      expect(await status(signHmac({ url: `${base}/hmac/x?y=1`, ...request }, HMAC, moment()))).toBe(200);
    });

    test('JWT', async () => {
      const key = privateKey.export({ format: 'pem', type: 'pkcs1' }) as string;
      expect(
        await status(
          await signJwt({ url: `${base}/jwt`, ...request }, { algorithm: 'RS256', key, issuer: 'app' }, moment()),
        ),
      ).toBe(200);
    });
  });

  test('what was changed on the way is refused', async () => {
    const request = { url: `${base}/hmac`, json: { a: 1 } };
    expect(await status({ ...signHmac(request, HMAC, moment()), body: '{"a":2}' })).toBe(401);
    const s3 = signAws({ ...request, url: `${base}/aws-s3` }, { ...AWS, service: 's3' }, moment());
    expect(await status({ ...s3, url: `${s3.url}?acl` })).toBe(401);
    const oauth = signOauth1({ url: `${base}/oauth1?a=1` }, CONSUMER, moment());
    expect(await status({ ...oauth, url: `${base}/oauth1?a=2` })).toBe(401);
  });

  test('a refusal that repeats the proof does not put it into the reason', async () => {
    const signed = [
      signOauth1({ url: `${base}/oauth1` }, { ...CONSUMER, consumerSecret: 'wrong' }, moment()),
      signAws({ url: `${base}/aws-s3` }, { ...AWS, secretAccessKey: 'wrong', service: 's3' }, moment()),
      {
        ...signHmac(
          { url: `${base}/hmac` },
          { ...HMAC, secret: 'wrong', header: 'authorization', value: 'HMAC k:{signature}' },
          moment(),
        ),
      },
    ];
    for (const request of signed) {
      const proof = /[Ss]ignature="?([^"]+)|k:(.+)/.exec(request.headers.authorization!)!;
      const [failure] = await Promise.allSettled([
        sender.send({ ...request, headers: { 'x-signature': 't=1,v1=00', ...request.headers } }),
      ]);
      expect(failure).toMatchObject({ status: 'rejected', reason: { name: 'Fail' } });
      expect((failure as PromiseRejectedResult).reason.message).not.toContain(proof[1] ?? proof[2]);
    }
  });
});
