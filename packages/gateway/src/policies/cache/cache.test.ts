import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until, type World, world } from '../../testing/world.ts';
import { Memory } from './memory.ts';

describe('cache of a route', () => {
  let w: World;
  let count = 0;
  beforeAll(async () => {
    w = await world();
    await w.route('kept', { cache: {} });
    await w.route('chosen', { cache: { query: ['id'] } });
  });
  afterAll(() => w.close());
  const serving = (headers: Record<string, string>, status = 200): void =>
    w.serve((request, response) => {
      response.writeHead(status, { 'content-type': 'text/plain', ...headers });
      response.end(`${++count} ${request.url} ${request.headers['x-forwarded-host'] ?? ''}`);
    });
  const text = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
    (await w.call(path, { headers })).text();

  test('a fresh answer is given again without asking, with its age', async () => {
    serving({ 'cache-control': 'max-age=600' });
    const first = await w.call('/kept?a=1');
    const second = await w.call('/kept?a=1');
    expect(await second.text()).toBe(await first.text());
    expect([first.headers.get('cache-status'), second.headers.get('cache-status')]).toEqual([
      'sluice; fwd=miss; stored',
      'sluice; hit',
    ]);
    expect(second.headers.get('age')).toMatch(/^\d+$/);
    expect(await text('/kept?a=2')).not.toBe(await text('/kept?a=1'));
  });

  test('a client that has it already is answered with 304', async () => {
    w.serve((_request, response) => response.writeHead(200, { 'cache-control': 'max-age=600' }).end('same'));
    const etag = (await w.call('/kept?etag')).headers.get('etag')!;
    const again = await w.call('/kept?etag', { headers: { 'if-none-match': `"x", ${etag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await w.call('/kept?etag', { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
  });

  test('a stale answer is asked about by its name, and lives on when nothing changed', async () => {
    w.serve((request, response) => {
      if (request.headers['if-none-match'] === '"v1"')
        response.writeHead(304, { etag: '"v1"', 'cache-control': 'max-age=0' }).end();
      else response.writeHead(200, { etag: '"v1"', 'cache-control': 'max-age=0' }).end('content');
    });
    expect(await text('/kept?stale')).toBe('content');
    const before = w.seen.length;
    expect(await text('/kept?stale')).toBe('content');
    expect(w.seen[before]!.request.headers['if-none-match']).toBe('"v1"');
  });

  test('stale-while-revalidate answers at once and asks again behind the back', async () => {
    serving({ 'cache-control': 'max-age=0, stale-while-revalidate=600', etag: '"a"' });
    const first = await text('/kept?swr');
    expect(await text('/kept?swr')).toBe(first);
    await until('the new answer is kept', async () => (await text('/kept?swr')) !== first);
  });

  test('many who ask for the same at once are one question', async () => {
    const open: (() => void)[] = [];
    w.serve((request, response) => {
      // A question of the test before may still be on its way.
      if (request.url?.includes('flight'))
        open.push(() => response.writeHead(200, { 'cache-control': 'max-age=600' }).end('one'));
      else response.end();
    });
    const all = Promise.all(Array.from({ length: 8 }, () => text('/kept?flight')));
    await until('the question is there', () => open.length > 0);
    open[0]!();
    expect(await all).toEqual(Array(8).fill('one'));
    expect(w.seen.filter(({ request }) => request.url?.includes('flight'))).toHaveLength(1);
  });

  test('Vary keeps answers apart; no-store, private, a cookie and credentials keep nothing', async () => {
    w.serve((request, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=600', vary: 'x-lang' });
      response.end(`${request.headers['x-lang']}`);
    });
    expect([
      await text('/kept?v', { 'x-lang': 'de' }),
      await text('/kept?v', { 'x-lang': 'en' }),
      await text('/kept?v', { 'x-lang': 'de' }),
    ]).toEqual(['de', 'en', 'de']);
    const kinds: Record<string, string>[] = [
      { 'cache-control': 'no-store' },
      { 'cache-control': 'private, max-age=60' },
      { 'cache-control': 'max-age=60', 'set-cookie': 's=1' },
      { 'cache-control': 'max-age=60', vary: '*' },
    ];
    for (const headers of kinds) {
      serving(headers);
      const path = `/kept?none=${encodeURIComponent(JSON.stringify(headers))}`;
      expect(await text(path)).not.toBe(await text(path));
    }
    serving({ 'cache-control': 'max-age=600' });
    const own = await text('/kept?auth', { authorization: 'Bearer of-somebody' });
    expect(await text('/kept?auth')).not.toBe(own);
  });

  test('what one consumer got no other gets, unless it is public', async () => {
    const keys: string[] = [];
    for (const name of ['a', 'b']) {
      await w.gateway.consumers.create({ name, description: '', scopes: [], limits: [], enabled: true });
      keys.push((await w.gateway.consumers.addKey(name)).key);
    }
    await w.route('own', { access: { scopes: [] }, cache: {} });
    const of = (key: string, path: string): Promise<string> => text(path, { 'x-api-key': key });
    serving({ 'cache-control': 'max-age=600' });
    const first = await of(keys[0]!, '/own?x');
    expect(await of(keys[0]!, '/own?x')).toBe(first);
    expect(await of(keys[1]!, '/own?x')).not.toBe(first);
    serving({ 'cache-control': 'public, max-age=600' });
    expect(await of(keys[0]!, '/own?p')).toBe(await of(keys[1]!, '/own?p'));
  });

  test('headers and query that are in no key cannot poison what others get', async () => {
    serving({ 'cache-control': 'max-age=600' });
    const poisoned = await text('/kept?p', {
      'x-forwarded-host': 'evil.example',
      'x-original-url': '/admin',
      forwarded: 'host=evil.example',
    });
    expect(poisoned).not.toContain('evil');
    expect(w.seen.at(-1)!.request.headers['x-original-url']).toBeUndefined();
    expect(await text('/kept?p')).toBe(poisoned);
    const chosen = await text('/chosen?id=1&utm=<script>');
    expect(chosen).toContain('/behind?id=1 ');
    expect(await text('/chosen?utm=other&id=1')).toBe(chosen);
  });

  test('a change ends what is kept of the same address', async () => {
    serving({ 'cache-control': 'max-age=600' });
    const first = await text('/kept?c');
    await w.call('/kept?c', { method: 'PUT', body: 'x' });
    expect(await text('/kept?c')).not.toBe(first);
  });

  test('the memory has an end: what was not asked for longest goes first', () => {
    const memory = new Memory<{ bytes: number }>(100);
    for (const key of ['a', 'b']) memory.set(key, { bytes: 50 });
    memory.get('a');
    memory.set('c', { bytes: 50 });
    memory.set('huge', { bytes: 101 });
    expect([memory.get('a'), memory.get('b'), memory.get('c'), memory.get('huge'), memory.bytes]).toEqual([
      { bytes: 50 },
      undefined,
      { bytes: 50 },
      undefined,
      100,
    ]);
  });
});
