// Requests that mean harm, byte by byte against a real port: each is refused in words, nothing reaches the service behind,
// and whoever else calls does not notice.

import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type GatewayWorld, gatewayWorld, raw } from './testing/gateway-world.ts';

interface Heard {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Every answer of a connection. */
function heard(text: string): Heard[] {
  return text
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((part) => part !== '')
    .map((part) => ({
      status: Number(part.slice(9, 12)),
      type: /content-type: ([^\r\n]*)/i.exec(part)?.[1] ?? '',
      body: part.slice(part.indexOf('\r\n\r\n') + 4),
    }));
}

describe('hostile requests', () => {
  let w: GatewayWorld;

  beforeAll(async () => {
    w = await gatewayWorld({
      connections: { headersMs: 150, lookMs: 50 },
      timing: { bodyIdleMs: 100 },
      maxBodyBytes: 100_000,
    });
    await w.route('open', { public: 'a test' });
    await w.route(
      'files',
      { public: 'a test' },
      {
        path: '/files/{rest*}',
        target: { kind: 'upstream', url: `${w.service.url}/public/{rest*}` },
      },
    );
    await w.route('closed', { scopes: [] });
    await w.route('mine', { public: 'a test' }, { host: 'mine.example' });
  });
  afterAll(() => w.close());
  beforeEach(() => {
    w.service.seen.length = 0;
  });

  const send = async (...lines: string[]): Promise<Heard[]> => heard(await raw(w.port, lines.join('\r\n')));
  const post = (headers: string[], body: string): Promise<Heard[]> =>
    send('POST /open HTTP/1.1', 'Host: a.example', 'Connection: close', ...headers, '', body);

  describe('smuggling: two lengths, or one that is not one', () => {
    const smuggled = 'GET /closed HTTP/1.1\r\nHost: a.example\r\n\r\n';
    const shapes: Record<string, [string[], string]> = {
      'a length and chunks': [['Content-Length: 5', 'Transfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
      'chunks and a length': [['Transfer-Encoding: chunked', 'Content-Length: 5'], `0\r\n\r\n${smuggled}`],
      'two lengths': [['Content-Length: 5', 'Content-Length: 6'], `hello${smuggled}`],
      'two equal lengths': [['Content-Length: 5', 'Content-Length: 5'], `hello${smuggled}`],
      'a list of lengths': [['Content-Length: 5, 6'], `hello${smuggled}`],
      'a signed length': [['Content-Length: +5'], `hello${smuggled}`],
      'a negative length': [['Content-Length: -5'], `hello${smuggled}`],
      'a hexadecimal length': [['Content-Length: 0x5'], `hello${smuggled}`],
      'an unknown coding': [['Transfer-Encoding: xchunked'], `0\r\n\r\n${smuggled}`],
      'chunks that are not the last coding': [['Transfer-Encoding: chunked, identity'], `0\r\n\r\n${smuggled}`],
      'two codings': [['Transfer-Encoding: identity', 'Transfer-Encoding: chunked, x'], `0\r\n\r\n${smuggled}`],
      'a coding behind a tab': [['Transfer-Encoding:\x0bchunked'], `0\r\n\r\n${smuggled}`],
      'a space before the colon': [['Transfer-Encoding : chunked'], `0\r\n\r\n${smuggled}`],
      'a folded header': [['X-A: b', ' Transfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
      'a bare line feed': [['X-A: b\nTransfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
      'a bare carriage return': [['X-A: b\rTransfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`],
      'a null byte': [['X-A: b\0c'], smuggled],
      'a chunk size that is none': [['Transfer-Encoding: chunked'], `5g\r\nhello\r\n0\r\n\r\n${smuggled}`],
      'a chunk size beyond all numbers': [['Transfer-Encoding: chunked'], `fffffffffffffffff\r\nhello\r\n0\r\n\r\n`],
      'a chunk that is longer than it says': [['Transfer-Encoding: chunked'], `2\r\nhello\r\n0\r\n\r\n${smuggled}`],
      'extensions of a chunk without end': [
        ['Transfer-Encoding: chunked'],
        `5;${'a'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`,
      ],
    };

    test.each(Object.entries(shapes))('%s: one answer at most, and it is a refusal', async (_what, [headers, body]) => {
      const answers = await post(headers, body);
      expect(answers.length).toBeLessThanOrEqual(1);
      for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(400);
      expect(w.service.seen.filter(({ url }) => url?.startsWith('/closed'))).toEqual([]);
      // Of a body that broke off, the service may have seen the beginning, and never a whole request.
      expect(w.service.seen.filter(({ complete }) => complete)).toEqual([]);
    });

    test('extensions of a chunk, and a length with chunks before it, do not change what the service gets', async () => {
      const answers = await post(['Transfer-Encoding: chunked'], '5;a=b\r\nhello\r\n0\r\n\r\n');
      expect(answers.map(({ status }) => status)).toEqual([200]);
      expect(w.service.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /open']);
    });
  });

  describe('paths', () => {
    test.each([
      '/files/../closed',
      '/files/%2e%2e/closed',
      '/files/..%2fclosed',
      '/files/%2E./closed',
      '/files/..;/closed',
      '/files/a%2fb',
      '/files/a%5cb',
      '/files/a\\b',
      '/files/a%00b',
      '/files/a%0d%0ab',
      '/files/a%zzb',
      '/files//b',
      '/files/./b',
      '//open',
      '/files/%C0%AE%C0%AE/closed',
      '*',
      'http://a.example/open',
      'http://user:pw@a.example/open',
    ])('%s is refused', async (path) => {
      const [answer] = await send(`GET ${path} HTTP/1.1`, 'Host: a.example', 'Connection: close', '', '');
      expect([answer?.status, answer?.type]).toEqual([400, 'application/problem+json']);
      expect(JSON.parse(answer!.body)).toMatchObject({ code: 'gateway.path_refused' });
      expect(w.service.seen).toEqual([]);
    });

    test('what is encoded for a reason arrives as it was sent', async () => {
      const [answer] = await send('GET /files/a%20b/c%3Fd?e=%2F HTTP/1.1', 'Host: a', 'Connection: close', '', '');
      expect(answer?.status).toBe(200);
      expect(w.service.seen[0]!.url).toBe('/public/a%20b/c%3Fd?e=%2F');
    });
  });

  describe('hosts', () => {
    test.each([
      ['none', []],
      ['an empty one', ['Host: ']],
      ['two', ['Host: mine.example', 'Host: other.example']],
      ['two that are equal', ['Host: mine.example', 'Host: mine.example']],
      ['one with a user', ['Host: user@mine.example']],
      ['one with a path', ['Host: mine.example/open']],
      ['one with a port of words', ['Host: mine.example:http']],
      ['one with two ports', ['Host: mine.example:80:81']],
      ['one with a port beyond all ports', ['Host: mine.example:99999']],
      ['a list', ['Host: mine.example, other.example']],
      ['one with a space', ['Host: mine.example other.example']],
    ])('%s: refused', async (_what, hosts) => {
      const [answer] = await send('GET /mine HTTP/1.1', ...hosts, 'Connection: close', '', '');
      expect([answer?.status, answer?.type]).toEqual([400, 'application/problem+json']);
      expect(JSON.parse(answer!.body)).toMatchObject({ code: 'gateway.host_refused' });
      expect(w.service.seen).toEqual([]);
    });

    test('a route of a host answers for it in every spelling, and for no other', async () => {
      const status = async (host: string) =>
        (await send('GET /mine HTTP/1.1', `Host: ${host}`, 'Connection: close', '', ''))[0]?.status;
      for (const host of ['mine.example', 'MINE.example', 'mine.example:8080', 'mine.example.'])
        expect([host, await status(host)]).toEqual([host, 200]);
      for (const host of ['other.example', 'mine.example.evil.example', 'xmine.example', '127.0.0.1', '[::1]:80'])
        expect([host, await status(host)]).toEqual([host, 404]);
      expect(w.service.seen.every(({ headers }) => headers['x-forwarded-host'] !== undefined)).toBe(true);
    });
  });

  describe('too much, and too slow', () => {
    test('headers that are too large are refused, however they are split', async () => {
      const one = await send('GET /open HTTP/1.1', 'Host: a', `X-A: ${'a'.repeat(70_000)}`, '', '');
      expect(one.map(({ status }) => status)).toEqual([431]);
      const many = Array.from({ length: 3_000 }, (_, i) => `X-${i}: ${'a'.repeat(20)}`);
      expect((await send('GET /open HTTP/1.1', 'Host: a', ...many, '', ''))[0]?.status).toBe(431);
      const [long] = await send(`GET /open?${'a'.repeat(70_000)} HTTP/1.1`, 'Host: a', '', '');
      expect([414, 431]).toContain(long?.status);
      expect(w.service.seen).toEqual([]);
    });

    test('a body that is too large is refused, whether it says so or not', async () => {
      const [said] = await post(['Content-Length: 200000'], '');
      expect([said?.status, JSON.parse(said!.body).code]).toEqual([413, 'gateway.too_large']);
      expect(w.service.seen).toEqual([]);
      const chunks = `${(65_536).toString(16)}\r\n${'a'.repeat(65_536)}\r\n`.repeat(3);
      const [hidden] = await post(['Transfer-Encoding: chunked'], `${chunks}0\r\n\r\n`);
      expect(hidden?.status).toBe(413);
      expect(w.service.seen.every(({ complete }) => !complete)).toBe(true);
    });

    test('R53: while many connections dribble headers and bodies, another caller is answered, and they are ended', async () => {
      const slow = [
        ...Array.from({ length: 60 }, () => 'GET /open HTTP/1.1\r\nHost: a\r\nX-A: '),
        ...Array.from({ length: 60 }, () => 'POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhello'),
      ].map((bytes) => raw(w.port, bytes));
      expect((await w.call('/open')).status).toBe(200);
      const answers = (await Promise.all(slow)).map((text) => heard(text)[0]?.status);
      expect(new Set(answers)).toEqual(new Set([408]));
      expect((await w.call('/open')).status).toBe(200);
    });

    test('a body that goes on slowly but steadily is taken', async () => {
      const part = 'a'.repeat(1_000);
      const said = await new Promise<string>((resolve, reject) => {
        let text = '';
        let left = 6;
        const socket = connect(w.port, '127.0.0.1', () => {
          socket.write('POST /open HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 6000\r\n\r\n');
          const pace = setInterval(() => {
            socket.write(part);
            if (--left === 0) clearInterval(pace);
          }, 40);
        });
        socket.on('data', (data) => {
          text += String(data);
        });
        socket.on('error', reject);
        socket.on('close', () => resolve(text));
      });
      expect(heard(said).map(({ status }) => status)).toEqual([200]);
    });
  });

  test('a header of the client becomes no second header of the service, and no header of the answer', async () => {
    const [answer] = await send(
      'GET /open?x=%0d%0aSet-Cookie:%20a=b HTTP/1.1',
      'Host: a.example',
      'X-A: b%0d%0aX-Injected: c',
      'Connection: close, X-Secret-Of-The-Hop',
      'X-Secret-Of-The-Hop: 1',
      'Proxy-Authorization: Basic x',
      'X-Forwarded-For: 6.6.6.6',
      'Client-Cert: :AAAA:',
      '',
      '',
    );
    expect(answer?.status).toBe(200);
    const { headers } = w.service.seen[0]!;
    expect(headers).toMatchObject({ 'x-a': 'b%0d%0aX-Injected: c', 'x-forwarded-for': '127.0.0.1' });
    for (const name of ['x-injected', 'x-secret-of-the-hop', 'proxy-authorization', 'client-cert'])
      expect(headers[name], name).toBeUndefined();
  });

  test('a method that no route takes is refused in words, and TRACE echoes nothing', async () => {
    for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'DELETE']) {
      const [answer] = await send(
        `${method} /open HTTP/1.1`,
        'Host: a.example',
        'X-Key: secret',
        'Connection: close',
        '',
        '',
      );
      expect(answer === undefined || answer.status === 405 || answer.status === 404, method).toBe(true);
      expect(answer?.body ?? '').not.toContain('secret');
    }
    expect(w.service.seen).toEqual([]);
  });
});
