import { createServer, type RequestListener, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Application, BasicAuth, BearerAuth, HttpSender, maskUrl } from '../index.ts';

const ROUTES: Record<string, RequestListener> = {
  '/hang': () => {},
  '/reset': (_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half');
    setImmediate(() => response.destroy());
  },
  '/huge': (_request, response) => {
    response.writeHead(200);
    for (let i = 0; i < 20; i++) response.write('x'.repeat(100_000));
    response.end();
  },
  '/busy': (_request, response) => {
    response.writeHead(429, { 'retry-after': '7' });
    response.end();
  },
  '/latin1': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset="ISO-8859-1"' });
    response.end(Buffer.from([0x6d, 0xfc, 0x64, 0x65]));
  },
  '/no-text': (_request, response) => response.end(Buffer.from([0xc3, 0x28, 0xff])),
  '/parrot': (request, response) =>
    response
      .writeHead(401)
      .end(`Token ${request.headers.authorization?.split(' ')[1]} is wrong, and so is ${request.url}`),
  '/parrot-body': (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () =>
      response.writeHead(400).end(`refused ${Buffer.concat(chunks)} {"access_token":"n3w-token"}`),
    );
  },
  '/moved': (_request, response) => response.writeHead(307, { location: '/echo?from=moved' }).end('moved'),
  '/echo': (request, response) =>
    response.end(JSON.stringify({ url: request.url, method: request.method, headers: request.headers })),
};

describe('the HTTP sender', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url!.split('?', 1)[0]!;
      const route = ROUTES[path];
      if (route) return void route(request, response);
      response.writeHead(Number(path.slice(1)) || 404, { 'content-type': 'text/plain' });
      response.end('the body');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const fate = (path: string, options = {}, request = {}): Promise<string> =>
    new HttpSender().send({ url: `${url}${path}`, ...request }, options).then(
      () => 'ok',
      (error: Error) => error.name,
    );

  test('what can never be sent goes to trash at once instead of being tried again for ever', async () => {
    expect(await fate('/200', {}, { headers: { 'x-line': 'a\r\nb' } })).toBe('Fail');
    expect(await fate('/200', {}, { method: 'NO SUCH' })).toBe('Fail');
    for (const url of ['', 'orders', 'ftp://127.0.0.1/x', 'javascript:1', 'http://'])
      await expect(new HttpSender().send({ url })).rejects.toMatchObject({ name: 'Fail' });
  });

  test('a text is read in its character set, and never damaged in silence', async () => {
    const get = (path: string) => new HttpSender().send({ url: `${url}${path}` });
    expect((await get('/latin1')).text()).toBe('müde');
    const broken = await get('/no-text');
    expect(() => broken.text()).toThrow('no text in utf-8');
    expect(() => broken.json()).toThrow('no text in utf-8');
    expect(broken.bytes).toHaveLength(3);
  });

  test('a secret that the other side repeats is not in the reason', async () => {
    const failure = await new HttpSender()
      .send({ url: `${url}/parrot?api_key=k-12345`, headers: { authorization: 'Bearer s3cr3t-token' } })
      .catch((error: Error) => error.message);
    expect(failure).toContain('Token *** is wrong');
    expect(failure).not.toMatch(/s3cr3t|12345/);
    const inBody = await new HttpSender()
      .send({ url: `${url}/parrot?said=in-the-body` }, { secrets: ['in-the-body'] })
      .catch((error: Error) => error.message);
    expect(inBody).toContain('so is /parrot?said=***');
  });

  test('an answer that somebody looked at himself is judged by the same table', async () => {
    const sender = new HttpSender();
    const request = { url: `${url}/503` };
    const response = await sender.exchange(request);
    expect(() => sender.judge(request, response)).toThrow('answered 503: the body');
    expect(sender.judge(request, response, { rules: { '503': 'ok' } })).toBe(response);
  });

  test('nor is one that was sent in a body, or that the answer itself names', async () => {
    const form = 'grant_type=refresh_token&refresh_token=r3fresh%2F1&client_secret=s3cr3t-one';
    for (const body of [{ body: form }, { json: Object.fromEntries(new URLSearchParams(form)) }]) {
      const failure = await new HttpSender()
        .send({ url: `${url}/parrot-body`, ...body })
        .catch((error: Error) => error.message);
      expect(failure).toContain('answered 400: refused');
      expect(failure).not.toMatch(/r3fresh|s3cr3t|n3w/);
    }
  });

  test('credentials do not follow a redirect: none is followed', async () => {
    const sent: string[] = [];
    const watched = new HttpSender({ onSent: (one) => sent.push(one.url) });
    const failure = watched.send({ url: `${url}/moved`, headers: { authorization: 'Bearer s3cr3t' }, json: {} });
    await expect(failure).rejects.toMatchObject({
      name: 'Fail',
      message: `POST ${url}/moved answered 307 and leads to ${url}/echo?from=moved. Redirects are not followed: if the new address is right, ask there.`,
    });
    expect(sent).toEqual([`${url}/moved`]);
  });

  test('a header is one header, whatever its case', async () => {
    const sender = new HttpSender({ headers: { 'x-a': 'common', 'idempotency-key': 'k' } });
    const headers = { 'Content-Type': 'application/vnd.api+json', 'X-A': 'own' };
    const answer = await sender.send({ url: `${url}/echo`, json: {}, headers });
    expect(answer.json()).toMatchObject({
      headers: { 'content-type': 'application/vnd.api+json', 'x-a': 'own', 'idempotency-key': 'k' },
    });
  });

  test('R25: a status decides the fate of the message: on, trash, again, or wait', async () => {
    expect(await fate('/200')).toBe('ok');
    expect(await fate('/404')).toBe('Fail');
    expect(await fate('/503')).toBe('Redeliver');
    expect(await fate('/408')).toBe('Redeliver');
    expect(await fate('/429')).toBe('LimitReached');
    expect(await fate('/302')).toBe('Fail');
  });

  test('R25: rules of one call come before the default ones, the most exact first', async () => {
    const rules = { '404': 'ok', '4xx': 'stop', '500-502': 'fail' };
    expect(await fate('/404', { rules })).toBe('ok');
    expect(await fate('/409', { rules })).toBe('StopQuietly');
    expect(await fate('/501', { rules })).toBe('Fail');
    expect(await fate('/503', { rules })).toBe('Redeliver');
    await expect(new HttpSender().send({ url: `${url}/404` }, { rules: { often: 'ok' } })).rejects.toThrow(
      'must look like',
    );
  });

  test('Retry-After of a full service is honoured', async () => {
    const error = await new HttpSender().send({ url: `${url}/busy` }).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'LimitReached', options: { retryAfterMs: 7_000 } });
  });

  test('no whole answer is a reason to try again: hanging, resetting, refusing', async () => {
    expect(await fate('/hang', {}, { timeoutMs: 50 })).toBe('Redeliver');
    expect(await fate('/reset')).toBe('Redeliver');
    expect(await new HttpSender().send({ url: 'http://127.0.0.1:1/' }).catch((e: Error) => e.name)).toBe('Redeliver');
  });

  test('an answer larger than allowed fails with its bound', async () => {
    await expect(new HttpSender().send({ url: `${url}/huge` }, { maxBytes: 1_000_000 })).rejects.toThrow(
      'larger than 1000000 bytes',
    );
  });

  test('R15, R24: request and answer of a REST call, with one measurement and no secret in it', async () => {
    const sent: { url: string; status: number; durationMs: number }[] = [];
    const lines: string[] = [];
    const sender = new HttpSender({
      onSent: (one) => sent.push(one),
      log: { debug: (message, fields) => lines.push(message + JSON.stringify(fields)) },
    });
    const response = await sender.send({
      url: `${url}/echo`,
      method: 'POST',
      json: { a: 1 },
      query: { access_token: 'very-secret', page: 2 },
      headers: { authorization: 'Bearer very-secret' },
    });
    expect(response.json()).toMatchObject({
      method: 'POST',
      url: '/echo?access_token=very-secret&page=2',
      headers: { 'content-type': 'application/json' },
    });
    expect(sent).toEqual([
      { method: 'POST', url: `${url}/echo?access_token=***&page=2`, status: 200, durationMs: expect.any(Number) },
    ]);
    expect(lines.join()).not.toContain('very-secret');
    expect(maskUrl(new URL('http://joe:pw@x.example.com/?q=1'))).toBe('http://***@x.example.com/?q=1');
  });

  test('R29, R32, R34: an application adds base URL, common headers and its proof to every request', async () => {
    class Shop extends Application {
      readonly key = 'shop';
      readonly name = 'Shop';
      readonly baseUrl = `${url}/echo`;
      override readonly headers = { 'x-common': 'yes' };
      override readonly auth = new BasicAuth({ user: 'joe', password: 's3cret' });
    }
    const request = await new Shop().request('?page=1');
    expect(request).toMatchObject({
      url: `${url}/echo/?page=1`,
      headers: { 'x-common': 'yes', authorization: 'Basic am9lOnMzY3JldA==' },
    });
    expect(await new BearerAuth(async () => 'tok').sign({ url })).toMatchObject({
      headers: { authorization: 'Bearer tok' },
    });
  });
});
