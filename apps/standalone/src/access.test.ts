import { Engine, isolatedExpressions, systemClock, systemIds } from '@sluice/engine';
import { memoryStores } from '@sluice/engine/memory';
import { WorkerDirectory } from '@sluice/engine/workers';
import { createServer } from '@sluice/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TOKEN } from './testing/platform.ts';

/** Routes that need no token, and why; a new one must be added here on purpose. */
const OPEN = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  // Providers send people back to it; its state admits.
  'GET /api/v1/oauth/callback',
  'GET /api/applications/authorize/token',
  // The secret is in the address.
  'GET /hooks/:secret',
  'POST /hooks/:secret',
  'POST /webhook/topologies/:topology/nodes/:node/token/:token',
  'POST /topologies/:topology/nodes/:node/token/:token/run',
  // Nobody can have signed in yet.
  'GET /api/v1/setup',
  'POST /api/v1/setup',
  'POST /api/v1/session',
  'GET /api/v1/session/oidc',
  'GET /api/v1/session/oidc/callback',
  'POST /api/v1/password-reset',
  'POST /api/v1/account-links/view',
  'POST /api/v1/account-links/accept',
  // The page of the API: it shows nothing until somebody brings a token.
  'GET /docs',
  'GET /docs/page.css',
  'GET /docs/page.js',
  'GET /docs/swagger-ui-bundle.js',
  'GET /docs/swagger-ui.css',
];

describe('access', () => {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const directory = new WorkerDirectory();
  const stores = memoryStores();
  const expressions = isolatedExpressions();
  const engine = new Engine({ stores, workers: directory, expressions, clock: systemClock, ids: systemIds, log });
  let server: Awaited<ReturnType<typeof createServer>>;

  beforeAll(async () => {
    await engine.start();
    server = await createServer({
      engine,
      records: stores.records,
      data: stores.data,
      audit: stores.audit,
      directory,
      adminToken: TOKEN,
      secretKey: 'a secret key for tests',
      log,
    });
  });
  afterAll(async () => {
    await engine.stop();
    await server.close();
    await expressions.close();
  });

  const call = (method: string, url: string, headers: Record<string, string> = {}) =>
    server.app.inject({ method: method as 'GET', url: url.replace(/:\w+/g, 'x'), headers });

  test('A1, R53: every route but the stated ones refuses a request without a token', async () => {
    const table = await Promise.all(
      server.routes.map(async ({ method, url }) => ({
        route: `${method} ${url}`,
        status: (await call(method, url)).statusCode,
      })),
    );
    expect(table.length).toBeGreaterThan(25);
    expect(
      table
        .filter((row) => row.status !== 401)
        .map((row) => row.route)
        .sort(),
    ).toEqual([...OPEN].sort());
  });

  test('A1, R53: a token without the scope of a route is refused there with 403', async () => {
    const made = await call('POST', '/api/v1/tokens', { authorization: `Bearer ${TOKEN}` }).then(() =>
      server.app.inject({
        method: 'POST',
        url: '/api/v1/tokens',
        headers: { authorization: `Bearer ${TOKEN}` },
        payload: { name: 'little', scopes: ['worker:connect'] },
      }),
    );
    const { token } = made.json() as { token: string };
    for (const { method, url } of server.routes) {
      if (OPEN.includes(`${method} ${url}`)) continue;
      const answer = await call(method, url, { authorization: `Bearer ${token}` });
      expect([`${method} ${url}`, answer.statusCode, (answer.json() as { code: string }).code]).toEqual([
        `${method} ${url}`,
        403,
        'auth.scope',
      ]);
    }
  });

  test('a token is shown once, works by its scopes, and ends when it is revoked', async () => {
    const admin = { authorization: `Bearer ${TOKEN}` };
    const made = await server.app.inject({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: admin,
      payload: { name: 'reader', scopes: ['ledger:read'] },
    });
    expect(made.statusCode).toBe(201);
    const { id, token } = made.json() as { id: string; token: string };
    const list = await server.app.inject({ method: 'GET', url: '/api/v1/tokens', headers: admin });
    expect(list.body).not.toContain(token);
    const read = () =>
      server.app.inject({ method: 'GET', url: '/api/v1/ledger', headers: { 'orchesty-api-key': token } });
    expect((await read()).statusCode).toBe(200);
    await server.app.inject({ method: 'DELETE', url: `/api/v1/tokens/${id}`, headers: admin });
    expect((await read()).statusCode).toBe(401);
  });

  test('S1: the headers of an http worker are never answered', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const payload = { name: 'secretive', url: 'http://127.0.0.1:9', headers: { 'x-api-key': 'very-secret' } };
    const made = await server.app.inject({ method: 'POST', url: '/api/v1/workers', headers, payload });
    expect(made.json()).toMatchObject({ health: 'down', transport: 'http' });
    const list = await server.app.inject({ method: 'GET', url: '/api/v1/workers', headers });
    expect(made.body + list.body).not.toContain('very-secret');
    expect(JSON.stringify(await stores.records.list('worker'))).not.toContain('very-secret');
  });
});
