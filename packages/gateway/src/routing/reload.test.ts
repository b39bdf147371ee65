// Routes change while requests come: none is dropped, and no change is seen in part.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, type Gateway, type GatewayOptions, type OwnPort } from '../index.ts';
import { gatewayToNowhere } from '../testing.ts';

describe('routes that change', () => {
  const agent = new Agent({ connections: 64 });
  const parts = gatewayToNowhere();
  const gateways: Gateway[] = [];
  let service: Server;
  let serviceUrl: string;
  let gateway: Gateway;
  let port: OwnPort;

  const opened = async (more: Partial<GatewayOptions> = {}): Promise<[Gateway, OwnPort]> => {
    const made = createGateway({ ...parts, ...more });
    gateways.push(made);
    await made.start();
    return [made, await made.listen({ port: 0, host: '127.0.0.1' })];
  };
  const definition = (name: string, path: string, to: string, more: object = {}) => ({
    name,
    path,
    methods: ['GET' as const],
    access: { public: 'a test' },
    target: { kind: 'upstream' as const, url: `${serviceUrl}${to}` },
    ...more,
  });
  const get = async (path: string, headers: Record<string, string> = {}, at = port): Promise<string> => {
    const answer = await request(`${at.url}${path}`, { dispatcher: agent, headers });
    return `${answer.statusCode} ${await answer.body.text()}`;
  };

  beforeAll(async () => {
    service = createServer((asked, response) => response.end(asked.url));
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    [gateway, port] = await opened();
  });
  afterAll(async () => {
    await agent.destroy();
    await Promise.all(gateways.map((one) => one.close(0)));
    service.closeAllConnections();
    service.close();
  });

  test('R52: 1,000 routes are reloaded under 200 requests a second, and none is dropped', async () => {
    const all = (version: string) =>
      Array.from({ length: 1_000 }, (_, i) => definition(`r${i}`, `/load/${i}/{id}`, `/${version}/${i}`));
    await gateway.routes.change({ save: all('a') });
    const answers: Promise<string>[] = [];
    let asked = 0;
    const ask = (): void => {
      const at = asked++ % 1_000;
      answers.push(get(`/load/${at}/x`).then((said) => said.replace(/^(200 \/[abc])\/\d+$/, '$1')));
    };
    const timer = setInterval(ask, 5);
    for (const version of ['b', 'c', 'a', 'b']) await gateway.routes.change({ save: all(version) });
    clearInterval(timer);
    // Timers of a busy machine are late; what they left out is asked at once.
    while (asked < 200) ask();
    const counts: Record<string, number> = {};
    for (const said of await Promise.all(answers)) counts[said] = (counts[said] ?? 0) + 1;
    expect(Object.keys(counts).filter((said) => !/^200 \/[abc]$/.test(said))).toEqual([]);
    expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(asked);
    expect(gateway.routes.get('r17').versions).toHaveLength(5);
    expect(await get('/load/17/x')).toBe('200 /b/17');
    await gateway.routes.change({ remove: all('b').map(({ name }) => name) });
  }, 60_000);

  test('R52: changes that belong together are made in one step, or not at all', async () => {
    await gateway.routes.change({ save: [definition('left', '/left', '/1'), definition('right', '/right', '/2')] });
    // They change places, which no order of single changes could do.
    await gateway.routes.change({ save: [definition('left', '/right', '/1'), definition('right', '/left', '/2')] });
    expect([await get('/left'), await get('/right')]).toEqual(['200 /2', '200 /1']);
    const wrong = gateway.routes.change({ save: [definition('new', '/new', '/3'), definition('twin', '/left', '/4')] });
    await expect(wrong).rejects.toMatchObject({ code: 'gateway.route_taken' });
    expect(await get('/new')).toMatch(/^404/);
  });

  test('what a route says already makes no new version, and old versions are forgotten', async () => {
    await gateway.routes.save(definition('old', '/old', '/v0'));
    await gateway.routes.save(definition('old', '/old', '/v0'));
    expect(gateway.routes.get('old').version).toBe(1);
    for (let i = 1; i <= 30; i++) await gateway.routes.save(definition('old', '/old', `/v${i}`));
    expect([gateway.routes.get('old').version, gateway.routes.get('old').versions.length]).toEqual([31, 21]);
    expect(() => gateway.routes.version('old', 1)).toThrow(/no version 1/);
  });

  test('R52: a part of the callers gets another version, each always the same one', async () => {
    await gateway.routes.save(definition('canary', '/canary', '/stable'));
    await gateway.routes.save(definition('canary', '/canary', '/next'));
    await gateway.routes.setTraffic('canary', [
      { version: 1, percent: 80 },
      { version: 2, percent: 20 },
    ]);
    const of = (caller: number): Promise<string> => get('/canary', { authorization: `caller ${caller}` });
    const callers = Array.from({ length: 300 }, (_, i) => i);
    const first = await Promise.all(callers.map(of));
    expect(await Promise.all(callers.map(of))).toEqual(first);
    const next = first.filter((said) => said === '200 /next').length;
    expect(next).toBeGreaterThan(300 * 0.1);
    expect(next).toBeLessThan(300 * 0.3);
    await expect(gateway.routes.setTraffic('canary', [{ version: 1, percent: 50 }])).rejects.toMatchObject({
      code: 'gateway.traffic_invalid',
    });
    await gateway.routes.save(definition('canary', '/canary/{id}', '/other'));
    const different = gateway.routes.setTraffic('canary', [
      { version: 1, percent: 50 },
      { version: 3, percent: 50 },
    ]);
    await expect(different).rejects.toMatchObject({ code: 'gateway.traffic_invalid' });
  });

  test('the named host is taken before a wildcard, that before any; a port makes no difference, and literals go before parameters', async () => {
    await gateway.routes.change({
      save: [
        definition('any', '/where/{id}', '/any'),
        definition('literal', '/where/here', '/literal'),
        definition('wild', '/where/{id}', '/wild', { host: '*.example.com' }),
        definition('exact', '/where/{id}', '/exact', { host: 'api.example.com' }),
      ],
    });
    const at = (host: string, path = '/where/x') => get(path, { host });
    expect(await at('api.example.com')).toBe('200 /exact');
    expect(await at('API.example.com:8443')).toBe('200 /exact');
    expect(await at('shop.eu.example.com:80')).toBe('200 /wild');
    expect(await at('example.com')).toBe('200 /any');
    expect(await at('notexample.com')).toBe('200 /any');
    expect(await at('notexample.com', '/where/here')).toBe('200 /literal');
  });

  test('a route is disabled and enabled while a request of it is under way, which ends as it began', async () => {
    let finish = (): void => {};
    const slow = createServer((_asked, response) => {
      finish = () => response.end('whole');
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const to = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    await gateway.routes.save({ ...definition('slow', '/slow', '/'), target: { kind: 'upstream', url: to } });
    const arrived = new Promise<void>((resolve) => slow.once('request', () => resolve()));
    const underway = get('/slow');
    await arrived;
    await gateway.routes.setEnabled('slow', false);
    expect(await get('/slow')).toMatch(/^404/);
    finish();
    expect(await underway).toBe('200 whole');
    slow.closeAllConnections();
    slow.close();
  });

  test('another replica on the same records sees what was changed', async () => {
    const [other, otherPort] = await opened({ alone: false, timing: { lookMs: 10 } });
    await gateway.routes.save(definition('shared', '/shared', '/here'));
    let said = '';
    for (let i = 0; i < 2_000 && !said.startsWith('200'); i++) said = await get('/shared', {}, otherPort);
    expect(said).toBe('200 /here');
    await other.routes.remove('shared').catch(() => other.routes.remove('shared'));
    await gateway.routes.look();
    expect(await get('/shared')).toMatch(/^404/);
  });
});
