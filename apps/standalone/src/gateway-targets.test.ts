// What routes of the gateway lead to, end to end: real workers, real services, real connections.

import { createServer, type IncomingMessage, request as requestHttp, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import {
  ApiKeyAuth,
  Application,
  BearerAuth,
  Connector,
  CustomNode,
  field,
  form,
  join,
  type Link,
  type Message,
  method,
  OAuth2,
  reply,
} from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, type TestPlatform, testPlatform, until } from './testing/platform.ts';

/** Lets one request go on. */
let open: (() => void)[] = [];
const gate = (): Promise<void> => new Promise((resolve) => open.push(resolve));

class Slow extends CustomNode {
  readonly name = 'slow';
  async process(message: Message): Promise<unknown> {
    if (message.json<{ slow?: boolean }>().slow) await gate();
    return { priced: 42 };
  }
}

describe('targets of the gateway', () => {
  let p: TestPlatform;
  let link: Link;
  let service: Server;
  let url: string;
  let key: string;
  let otherKey: string;
  let base: string;
  const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  let bearer = 'token-1';

  class Crm extends Application {
    readonly key = 'crm';
    readonly name = 'CRM';
    get baseUrl(): string {
      return `${url}/crm/v1`;
    }
    override readonly auth = new ApiKeyAuth({ in: 'header', name: 'X-Crm-Key', prefix: 'Key ' });
    override readonly limits = [{ amount: 3, windowMs: 60_000, per: 'application' as const }];
  }
  class Shop extends Application {
    readonly key = 'shop';
    readonly name = 'Shop';
    get baseUrl(): string {
      return `${url}/shop`;
    }
    override readonly auth = new OAuth2({
      grant: 'client-credentials',
      tokenUrl: `${url}/token`,
    });
  }
  class Inside extends Application {
    readonly key = 'inside';
    readonly name = 'Inside';
    readonly baseUrl = '{settings.host}';
    override readonly auth = new BearerAuth();
    override readonly forms = [form('settings', 'Settings', [field.text('host', 'Host')])];
  }
  class Coded extends Application {
    readonly key = 'coded';
    readonly name = 'Coded';
    readonly baseUrl = 'https://coded.example.com';
    override readonly auth = new BearerAuth('in the code');
  }
  class Files extends Application {
    readonly key = 'files';
    readonly name = 'Files';
    readonly baseUrl = 'https://files.example.com';
    override readonly methods = {
      echo: method({
        methods: ['GET', 'POST', 'OPTIONS'],
        handle: (request) =>
          request.method === 'OPTIONS'
            ? reply({ status: 204, headers: { allow: 'GET, POST', 'x-own': 'yes' } })
            : reply({
                status: 203,
                headers: { 'content-type': 'text/plain', 'x-path': request.segments.join('|') },
                body: request.stream(),
              }),
      }),
    };
  }
  class Price extends Connector {
    readonly name = 'price';
    override readonly application = new Files();
    override readonly input = { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } };
    process(message: Message): unknown {
      return { price: message.json<{ sku: string }>().sku.length };
    }
  }
  class OfCrm extends CustomNode {
    readonly name = 'of-crm';
    override readonly application = new Crm();
    process = () => ({});
  }
  class OfShop extends CustomNode {
    readonly name = 'of-shop';
    override readonly application = new Shop();
    process = () => ({});
  }
  class OfInside extends CustomNode {
    readonly name = 'of-inside';
    override readonly application = new Inside();
    process = () => ({});
  }
  class OfCoded extends CustomNode {
    readonly name = 'of-coded';
    override readonly application = new Coded();
    process = () => ({});
  }

  const joined = async (): Promise<void> => {
    const { token } = await p.client.workers.register({ name: 'goods', rotate: true });
    const steps = [new Slow(), new Price(), new OfCrm(), new OfShop(), new OfInside(), new OfCoded()];
    link = join({ steps, url: p.url, token: token!, onState: () => {} });
    await link.ready;
  };
  const admin = async (verb: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const answer = await p.fetch(path, {
      method: verb,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const route = async (name: string, path: string, target: unknown, more: object = {}): Promise<void> => {
    const made = await admin('POST', '/api/v1/gateway/routes', {
      name,
      path,
      methods: ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS'],
      access: { scopes: [] },
      target,
      ...more,
    });
    expect(made['name'], JSON.stringify(made)).toBe(name);
  };
  const call = (path: string, init: RequestInit & { key?: string } = {}): Promise<Response> =>
    fetch(`${base}${path}`, { ...init, headers: { 'x-api-key': init.key ?? key, ...init.headers } });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    call(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });

  beforeAll(async () => {
    service = createServer((request, response) => {
      const chunks: Buffer[] = [];
      const path = request.url!.split('?')[0]!;
      if (path === '/count') {
        let bytes = 0;
        request.on('data', (chunk: Buffer) => (bytes += chunk.length));
        request.on('end', () => response.end(String(bytes)));
        return;
      }
      if (path === '/broken') {
        response.writeHead(200, { 'content-length': 1_000 });
        response.write('half');
        setImmediate(() => response.destroy());
        return;
      }
      if (path === '/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: 1\n\n');
        open.push(() => response.end('data: 2\n\n'));
        return;
      }
      if (path === '/endless') {
        response.writeHead(200);
        const source = new Readable({
          read() {
            this.push(Buffer.alloc(65_536));
          },
        });
        response.on('close', () => seen.push({ method: 'closed', url: path, headers: {}, body: '' }));
        source.pipe(response);
        return;
      }
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({
          method: request.method!,
          url: request.url!,
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        });
        if (path === '/token') {
          response.setHeader('content-type', 'application/json');
          return response.end(JSON.stringify({ access_token: bearer, token_type: 'bearer', expires_in: 3_600 }));
        }
        if (path === '/shop/guarded' && request.headers.authorization !== `Bearer ${bearer}`) {
          response.statusCode = 401;
          return response.end('{}');
        }
        if (path === '/slow') return void open.push(() => response.end('late'));
        if (path === '/failing') response.statusCode = 500;
        if (path === '/not-modified') response.statusCode = 304;
        response.setHeader('content-type', 'application/json');
        response.setHeader('set-cookie', 'session=1');
        response.end(JSON.stringify({ path: request.url }));
      });
    });
    service.on('upgrade', (request, socket) => {
      if (request.headers['sec-websocket-key'] !== 'dGhlIHNhbXBsZSBub25jZQ==')
        return void socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n');
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
      );
      socket.on('data', (bytes: Buffer) => socket.write(`echo:${bytes.toString()}`));
      socket.on('error', () => {});
      socket.on('end', () => socket.end());
      socket.on('close', () =>
        seen.push({ method: 'socket closed', url: request.url!, headers: request.headers, body: '' }),
      );
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    p = await testPlatform();
    base = p.url;
    await joined();
    for (const name of ['caller', 'other']) await admin('POST', '/api/v1/gateway/consumers', { name, scopes: [] });
    key = (await admin('POST', '/api/v1/gateway/consumers/caller/keys', {}))['key'] as string;
    otherKey = (await admin('POST', '/api/v1/gateway/consumers/other/keys', {}))['key'] as string;
    await deploy(p, {
      name: 'quote',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'slow', kind: 'custom', worker: 'goods', action: 'slow' },
        { id: 'answer', kind: 'respond' },
      ],
      connections: [
        { from: 'start', to: 'slow' },
        { from: 'slow', to: 'answer' },
      ],
    });
    await route('quote', '/t/quote', { kind: 'wait', topology: 'quote', start: 'start', waitMs: 20_000 });
    await route('late-quote', '/t/late-quote', { kind: 'wait', topology: 'quote', start: 'start', waitMs: 50 });
    await route('echo', '/t/echo/{rest*}', { kind: 'method', application: 'files', method: 'echo' });
    await route('price', '/t/price', { kind: 'action', worker: 'goods', action: 'price' });
    await route(
      'raw',
      '/t/raw/{path*}',
      { kind: 'upstream', url: `${url}/{path*}`, webSocket: true },
      { request: { maxBytes: 1_073_741_824 } },
    );
    await route('crm', '/t/crm/{id}', {
      kind: 'upstream',
      url: '/contacts/{id}?full=1',
      application: 'crm',
      user: 'acme',
    });
    await route('shop', '/t/shop/{id}', { kind: 'upstream', url: '/{id}', application: 'shop', user: 'acme' });
    await route('inside', '/t/inside', { kind: 'upstream', url: '/x', application: 'inside', user: 'acme' });
  }, 60_000);
  afterAll(async () => {
    for (const release of open) release();
    await link?.close();
    await p?.close();
    service.closeAllConnections();
    service.close();
  });
  const releaseAll = (): void => {
    for (const release of open) release();
    open = [];
  };

  test('R52: a route runs a process and answers what its respond node says', async () => {
    const answer = await post('/t/quote', { slow: false });
    expect([answer.status, await answer.json()]).toEqual([200, { priced: 42 }]);
    expect(answer.headers.get('sluice-process-id')).toBeTruthy();
  });

  test('R52: an answer that takes long is fetched later, by the same consumer only, and after a restart as well', async () => {
    const late = await post('/t/late-quote', { slow: true });
    const address = late.headers.get('location')!;
    expect([late.status, ((await late.json()) as { statusUrl: string }).statusUrl]).toEqual([202, address]);
    expect((await call(address)).status).toBe(202);
    expect((await fetch(`${base}${address}`)).status).toBe(401);
    expect((await call(address, { key: otherKey })).status).toBe(404);
    expect((await call(address.replace(/.$/, '~'))).status).toBe(404);
    await until('the step is under way', () => open.length > 0);
    releaseAll();
    await until('the process answered', async () => (await call(address)).status === 200);
    await link.close();
    p = await p.restart();
    base = p.url;
    await joined();
    const after = await call(address);
    expect([after.status, await after.json()]).toEqual([200, { priced: 42 }]);
  }, 60_000);

  test('R45, R48: a method gets the whole request and streams its answer; HEAD and OPTIONS are answered', async () => {
    const answer = await call('/t/echo/a/b%20c?x=1', { method: 'POST', body: 'hello' });
    expect([answer.status, answer.headers.get('x-path'), await answer.text()]).toEqual([203, 'a|b c', 'hello']);
    const options = await call('/t/echo/a', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('x-own')]).toEqual([204, 'yes']);
    const head = await call('/t/echo/a', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([203, '']);
    expect((await call('/t/echo/a', { method: 'PUT', body: 'x' })).status).toBe(405);
  });

  test('R45, B4: a connector answers through a route, and its input is checked as everywhere', async () => {
    const good = await post('/t/price', { sku: 'nut' });
    expect([good.status, await good.json()]).toEqual([200, { price: 3 }]);
    const bad = await post('/t/price', {});
    expect([bad.status, ((await bad.json()) as { code: string }).code]).toEqual([422, 'step.input_invalid']);
  });

  test('R50: a body of 1 GB passes, and the memory of the platform does not grow with it', async () => {
    const size = 1_073_741_824;
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
    const chunk = Buffer.alloc(1_048_576);
    let left = size;
    const source = new Readable({
      read() {
        left -= chunk.length;
        this.push(left >= 0 ? chunk : null);
      },
    });
    const count = await new Promise<string>((resolve, reject) => {
      const { port } = new URL(base);
      const request = requestHttp(
        { port, host: '127.0.0.1', method: 'PUT', path: '/t/raw/count', headers: { 'x-api-key': key } },
        (answer) => {
          let text = '';
          answer.on('data', (part) => (text += String(part)));
          answer.on('end', () => resolve(text));
        },
      );
      request.on('error', reject);
      source.pipe(request);
    });
    clearInterval(watch);
    expect(count).toBe(String(size));
    expect(most - before).toBeLessThan(300 * 1_048_576);
  }, 120_000);

  test('R50: a service that breaks off breaks the connection, and a client that goes away ends the call of the service', async () => {
    const half = await call('/t/raw/broken');
    await expect(half.text()).rejects.toThrow();
    seen.length = 0;
    const gone = new AbortController();
    const endless = await call('/t/raw/endless', { signal: gone.signal });
    await endless.body!.getReader().read();
    gone.abort();
    await until('the service was told', () => seen.some(({ method: verb }) => verb === 'closed'));
  });

  test('R50: events reach the client while the service still sends', async () => {
    const answer = await call('/t/raw/events');
    const reader = answer.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 1\n\n');
    releaseAll();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('data: 2\n\n');
  });

  test('304 and HEAD have no body, and the connection goes on', async () => {
    const unchanged = await call('/t/raw/not-modified');
    expect([unchanged.status, await unchanged.text()]).toEqual([304, '']);
    const head = await call('/t/raw/any', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await call('/t/raw/any')).status).toBe(200);
  });

  test('a client that waits to be asked for its body is asked only when it may send it', async () => {
    const { port } = new URL(base);
    const ask = (apiKey: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () =>
          socket.write(
            `POST /t/raw/count HTTP/1.1\r\nhost: x\r\nx-api-key: ${apiKey}\r\ncontent-length: 5\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n`,
          ),
        );
        let text = '';
        socket.on('data', (bytes) => {
          text += bytes.toString();
          if (text === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write('hello');
        });
        socket.on('close', () => resolve(text));
      });
    expect(await ask(key)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200[\s\S]*5/);
    expect(await ask('wrong')).toMatch(/^HTTP\/1\.1 401/);
  });

  test('R52: a WebSocket passes through after its route let it; pages of other origins are refused', async () => {
    const { port } = new URL(base);
    const shake = (headers: string): Promise<{ text: string; socket: ReturnType<typeof connect> }> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () =>
          socket.write(
            `GET /t/raw/socket HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n${headers}\r\n`,
          ),
        );
        socket.once('data', (bytes) => resolve({ text: bytes.toString(), socket }));
      });
    const opened = await shake(`x-api-key: ${key}\r\n`);
    expect(opened.text).toMatch(/^HTTP\/1\.1 101 /);
    opened.socket.write('ping');
    const echoed = await new Promise<string>((resolve) =>
      opened.socket.once('data', (bytes) => resolve(bytes.toString())),
    );
    expect(echoed).toBe('echo:ping');
    seen.length = 0;
    opened.socket.destroy();
    await until('the service was told', () => seen.some(({ method: verb }) => verb === 'socket closed'));
    expect(seen[0]!.headers['x-api-key']).toBeUndefined();
    const anonymous = await shake('');
    expect(anonymous.text).toMatch(/^HTTP\/1\.1 401 /);
    const foreign = await shake(`x-api-key: ${key}\r\norigin: https://evil.example\r\n`);
    expect(foreign.text).toMatch(/^HTTP\/1\.1 403 /);
    for (const { socket } of [anonymous, foreign]) socket.destroy();
  });

  test('R52, R31: an install authorises the request; its secrets and its sessions never reach the client, nor the client’s the service', async () => {
    await p.client.installs.install('crm', 'acme');
    expect((await call('/t/crm/7')).status).toBe(502);
    await p.client.installs.save('crm', { credentials: { key: 'crm-secret' } }, 'acme');
    seen.length = 0;
    const answer = await call('/t/crm/7', { headers: { cookie: 'mine=1', authorization: 'Bearer mine' } });
    expect([answer.status, await answer.json()]).toEqual([200, { path: '/crm/v1/contacts/7?full=1' }]);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(seen[0]!.headers).toMatchObject({ 'x-crm-key': 'Key crm-secret' });
    expect([
      seen[0]!.headers['cookie'],
      seen[0]!.headers['authorization'],
      seen[0]!.headers['x-forwarded-for'],
    ]).toEqual([undefined, undefined, undefined]);
  });

  test('R35, L1: the limits of the application hold for routes as well', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await call('/t/crm/8')).status);
    expect(statuses).toContain(429);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(3);
  });

  test('R52, R32: a token that the service refuses is renewed once, and the request goes again', async () => {
    await p.client.installs.install('shop', 'acme');
    await p.client.installs.save('shop', { credentials: { clientId: 'me', clientSecret: 'secret' } }, 'acme');
    expect((await call('/t/shop/guarded')).status).toBe(200);
    bearer = 'token-2';
    seen.length = 0;
    const again = await call('/t/shop/guarded', { method: 'POST', body: 'kept' });
    expect(again.status).toBe(200);
    expect(seen.map(({ url: path, body }) => [path, path === '/token' ? '' : body])).toEqual([
      ['/shop/guarded', 'kept'],
      ['/token', ''],
      ['/shop/guarded', 'kept'],
    ]);
  });

  test('N1: a host that a user filled in does not lead into the network of the platform', async () => {
    await p.client.installs.install('inside', 'acme');
    await p.client.installs.save('inside', { credentials: { token: 't' }, settings: { host: url } }, 'acme');
    seen.length = 0;
    const answer = await call('/t/inside');
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      502,
      'gateway.upstream_unreachable',
    ]);
    expect(seen).toEqual([]);
  });

  test('a route whose target can never work is refused when it is saved, with the reason', async () => {
    const refused = async (target: unknown, path = '/t/refused/{id}'): Promise<unknown> =>
      (
        (await admin('POST', '/api/v1/gateway/routes', {
          name: 'refused',
          path,
          methods: ['GET'],
          access: { scopes: [] },
          target,
        })) as { detail: string }
      ).detail;
    expect(await refused({ kind: 'upstream', url: 'http://{id}.example.com/' })).toContain('no parameters in its host');
    expect(await refused({ kind: 'upstream', url: 'http://user:pw@example.com/' })).toContain(
      'without user and password',
    );
    expect(await refused({ kind: 'upstream', url: 'file:///etc/passwd' })).toContain('http:// or https://');
    expect(await refused({ kind: 'upstream', url: 'http://example.com/{other}' })).toContain('{other}');
    expect(await refused({ kind: 'upstream', url: 'http://example.com/', application: 'crm' })).toContain(
      'begin with one slash',
    );
    expect(await refused({ kind: 'upstream', url: '/x', application: 'coded' })).toContain(
      'by the code of its worker only',
    );
    expect(await refused({ kind: 'upstream', url: '/x', application: 'nobody' })).toContain('nobody');
  });

  test('R52: several services answer as one; what is needed and missing is named, what is not needed is null', async () => {
    const part = (path: string, required = true) => ({ target: { kind: 'upstream', url: `${url}/${path}` }, required });
    await route('all', '/t/all', {
      kind: 'aggregate',
      parts: { a: part('a'), b: part('b'), c: part('failing', false) },
    });
    const all = await call('/t/all');
    expect([all.status, await all.json(), all.headers.get('sluice-missing-parts')]).toEqual([
      200,
      { a: { path: '/a' }, b: { path: '/b' }, c: null },
      'c',
    ]);
    await route('needs', '/t/needs', { kind: 'aggregate', parts: { a: part('a'), b: part('failing') } });
    const needs = await call('/t/needs');
    expect([needs.status, ((await needs.json()) as { detail: string }).detail]).toEqual([
      502,
      expect.stringContaining('"b"'),
    ]);
    await route(
      'slow-part',
      '/t/slow-part',
      { kind: 'aggregate', parts: { a: part('a'), b: part('slow', false) } },
      { timeoutMs: 200 },
    );
    expect(await (await call('/t/slow-part')).json()).toEqual({ a: { path: '/a' }, b: null });
    releaseAll();
  });

  test('metrics and the summary of the last hour know the routes', async () => {
    const { items } = (await (await p.fetch('/api/v1/gateway/traffic')).json()) as {
      items: { route: string; minutes: { requests: number }[] }[];
    };
    expect(items.find((one) => one.route === 'raw')!.minutes[0]!.requests).toBeGreaterThan(0);
    const metrics = await (await p.fetch('/metrics')).text();
    expect(metrics).toMatch(/sluice_gateway_requests_total\{route="raw",status="200",consumer="caller"\} \d+/);
  });
});
