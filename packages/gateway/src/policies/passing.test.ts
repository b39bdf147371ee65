// Policies around a request whose content they do not look at: browsers, repeats, a broken service, compression, traces.

import { request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, json, until, type World, world } from '../testing/world.ts';

const clientTimers = createRequire(import.meta.url)('undici/lib/util/timers.js') as { tick(ms: number): void };

describe('policies on the way', () => {
  let w: World;
  beforeAll(async () => {
    w = await world();
  });
  afterAll(() => w.close());
  const answering = (status: number, headers: Record<string, string> = {}, body = ''): void =>
    w.serve((_request, response) => response.writeHead(status, headers).end(body));

  test('a preflight is answered by the route, before anybody is asked who they are, and a page may read why it was refused', async () => {
    await w.route('browser', {
      access: { scopes: [] },
      methods: ['POST'],
      cors: { origins: ['https://shop.example'], headers: ['content-type'], credentials: true },
    });
    const preflight = (origin: string): Promise<Response> =>
      w.call('/browser', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const good = await preflight('https://shop.example');
    expect([
      good.status,
      good.headers.get('access-control-allow-origin'),
      good.headers.get('access-control-allow-methods'),
      good.headers.get('access-control-allow-credentials'),
    ]).toEqual([204, 'https://shop.example', 'POST', 'true']);
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const refused = await w.call('/browser', { method: 'POST', headers: { origin: 'https://shop.example' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin'), refused.headers.get('vary')]).toEqual([
      401,
      'https://shop.example',
      'origin',
    ]);
    await w.route('no-browser', { methods: ['POST'] });
    expect(
      (
        await w.call('/no-browser', {
          method: 'OPTIONS',
          headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
        })
      ).status,
    ).toBe(405);
  });

  test('a request without harm is repeated with its body; one that may have had an effect is not', async () => {
    await w.route('again', { retry: { attempts: 3, delayMs: 1, budget: 1 } });
    let failures = 2;
    w.serve((_request, response, body) => response.writeHead(failures-- > 0 ? 503 : 200).end(body));
    const put = await w.call('/again', { method: 'PUT', body: 'content' });
    expect([put.status, await put.text()]).toEqual([200, 'content']);
    failures = 1;
    expect((await w.call('/again', { method: 'POST', body: 'x' })).status).toBe(503);
    failures = 1;
    expect((await w.call('/again', json({}, { 'idempotency-key': 'k' }))).status).toBe(200);
  });

  test('when all fail, repeats end with their budget', async () => {
    await w.route('budget', { retry: { attempts: 5, delayMs: 1, budget: 0.01 } });
    answering(503);
    const before = w.seen.length;
    for (let index = 0; index < 20; index++) expect((await w.call('/budget')).status).toBe(503);
    expect(w.seen.length - before).toBeLessThanOrEqual(20 + 10);
  });

  test('all attempts together have the time of the route', async () => {
    await w.route('slow', { retry: { attempts: 5, delayMs: 10_000, budget: 1 }, timeoutMs: 50 });
    answering(503);
    expect(await codeOf(await w.call('/slow'))).toEqual([504, 'gateway.timeout']);
  });

  test('a broken service is left alone, and one request finds out that it is well again', async () => {
    await w.route('broken', { circuit: { failures: 3, openMs: 200 } });
    answering(500);
    for (let index = 0; index < 3; index++) expect((await w.call('/broken')).status).toBe(500);
    const before = w.seen.length;
    const refused = await w.call('/broken');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await codeOf(refused)).toEqual([503, 'gateway.circuit_open']);
    expect(w.seen).toHaveLength(before);
    answering(200);
    await until('it is closed again', async () => (await w.call('/broken')).status === 200);
    expect((await w.call('/broken')).status).toBe(200);
  });

  test('what is worth it is compressed as the client accepts, and nothing that has a cookie', async () => {
    await w.route('small', { response: { compress: true } });
    const body = JSON.stringify({ text: 'x'.repeat(5_000) });
    answering(200, { 'content-type': 'application/json', etag: '"a"' }, body);
    const raw = await new Promise<{ headers: NodeJS.Dict<string | string[]>; bytes: Buffer }>((resolve, reject) => {
      httpRequest(`${w.url}/small`, { headers: { 'accept-encoding': 'br, gzip;q=0.5' } }, (response) => {
        const parts: Buffer[] = [];
        response
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => resolve({ headers: response.headers, bytes: Buffer.concat(parts) }));
      })
        .on('error', reject)
        .end();
    });
    expect([raw.headers['content-encoding'], raw.headers.vary, raw.headers.etag]).toEqual([
      'br',
      'accept-encoding',
      'W/"a"',
    ]);
    expect(brotliDecompressSync(raw.bytes).toString()).toBe(body);
    const coding = async (accept: string): Promise<string | null> =>
      (await w.call('/small', { headers: { 'accept-encoding': accept } })).headers.get('content-encoding');
    expect(await coding('gzip')).toBe('gzip');
    expect(await coding('identity')).toBeNull();
    answering(200, { 'content-type': 'application/json', 'set-cookie': 'a=b' }, body);
    expect(await coding('gzip')).toBeNull();
    answering(200, { 'content-type': 'image/png' }, body);
    expect(await coding('gzip')).toBeNull();
  });

  test('events reach the client one by one, through compression too', async () => {
    await w.route('events', { response: { compress: true } });
    let say: (text: string) => void = () => {};
    w.serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      say = (text) => response.write(`data: ${text}\n\n`);
      say('one');
    });
    const answer = await w.call('/events', { headers: { 'accept-encoding': 'gzip' } });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((await reader.read()).value).toBe('data: one\n\n');
    say('two');
    expect((await reader.read()).value).toBe('data: two\n\n');
    await reader.cancel();
  });

  test('the time of a route is until the answer begins: events may be silent for hours, and an upload that goes on is no silence', async () => {
    await w.route('patient', { timeoutMs: 700 });
    let say: (text: string) => void = () => {};
    w.serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      say = (text) => response.write(`data: ${text}\n\n`);
    });
    const events = (await w.call('/patient')).body!.pipeThrough(new TextDecoderStream()).getReader();
    say('one'); // the client has the head already
    expect((await events.read()).value).toBe('data: one\n\n');
    clientTimers.tick(5 * 3_600_000); // as the gateway's client counts time
    w.serve((_request, response, body) => response.end(String(body.length)));
    const upload = httpRequest(`${w.url}/patient`, { method: 'POST' });
    const answered = new Promise<string>((resolve, reject) => {
      upload.on('error', reject);
      upload.on('response', (answer) => answer.on('data', (part: Buffer) => resolve(`${answer.statusCode} ${part}`)));
    });
    const began = performance.now();
    let length = 0;
    await until('three times the time of the route has passed', () => {
      upload.write('x'.repeat(1_000));
      length += 1_000;
      return performance.now() - began > 2_100;
    });
    upload.end();
    expect(await answered).toBe(`200 ${length}`);
    say('two');
    expect((await events.read()).value).toBe('data: two\n\n');
    await events.cancel();
    w.serve(() => {});
    expect(await codeOf(await w.call('/patient'))).toEqual([504, 'gateway.timeout']);
  });

  test('a trace goes on, or begins; the request has one id here and behind', async () => {
    await w.route('traced');
    answering(200);
    const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const answer = await w.call('/traced', { headers: { traceparent: parent, tracestate: 'a=b' } });
    const { headers } = w.seen.at(-1)!.request;
    expect(headers.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$/);
    expect(headers.tracestate).toBe('a=b');
    expect(headers['x-request-id']).toBe(answer.headers.get('x-request-id'));
    await w.call('/traced', { headers: { traceparent: 'nonsense', tracestate: 'a=b' } });
    expect(w.seen.at(-1)!.request.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(w.seen.at(-1)!.request.headers.tracestate).toBeUndefined();
  });

  test('header rules set, add and remove on both ways', async () => {
    await w.route('headers', {
      request: { headers: { set: { 'x-a': '1' }, add: { 'x-b': 'mine' }, remove: ['x-c'] } },
      response: { headers: { set: { 'strict-transport-security': 'max-age=1' }, remove: ['server'] } },
    });
    answering(200, { server: 'secret/1.0' });
    const answer = await w.call('/headers', { headers: { 'x-b': 'theirs', 'x-c': 'gone' } });
    const { headers } = w.seen.at(-1)!.request;
    expect([headers['x-a'], headers['x-b'], headers['x-c']]).toEqual(['1', 'theirs', undefined]);
    expect([answer.headers.get('server'), answer.headers.get('strict-transport-security')]).toEqual([
      null,
      'max-age=1',
    ]);
  });
});
