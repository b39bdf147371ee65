// Renewal of tokens over processes: several replicas of a service, a platform of its own that is killed, and a provider that
// revokes everything when a refresh token is used twice.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SluiceClient } from '@sluice/client';
import { agree, type RunningProvider, startProvider } from '@sluice/example-oauth-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { ended, start, TOKEN } from './proof/kill-run.ts';
import { until } from './testing/platform.ts';

const SERVICE = fileURLToPath(new URL('./testing/orders-service.js', import.meta.url));
const REPLICAS = 3;
const CALLERS = 64;

let directory: string;
let port: number;
let platform: ChildProcess;
let client: SluiceClient;
let provider: RunningProvider;
const replicas: ChildProcess[] = [];

beforeAll(async () => {
  directory = mkdtempSync(joinPath(tmpdir(), 'sluice-renewal-'));
  port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  platform = await start(directory, port, null);
  client = new SluiceClient({ url, token: TOKEN, timeoutMs: 60_000 });
  provider = await startProvider({ redirectUris: [`${url}/api/v1/oauth/callback`] });
  const { token } = await client.workers.register({ name: 'service' });
  for (let n = 0; n < REPLICAS; n++)
    replicas.push(
      spawn(process.execPath, [SERVICE, provider.url], {
        stdio: 'ignore',
        env: { ...process.env, SLUICE_URL: url, SLUICE_TOKEN: token! },
      }),
    );
  await connected();
  const nodes = [
    { id: 'start', kind: 'start' },
    { id: 'get', kind: 'connector', worker: 'service', action: 'get-orders' },
  ];
  await client.topologies.save({ name: 'orders', nodes, connections: [{ from: 'start', to: 'get' }] });
  await client.topologies.publish('orders', 1);
  await client.topologies.enable('orders', 1);
  await client.installs.install('orders');
  const credentials = { clientId: provider.clientId, clientSecret: provider.clientSecret };
  await client.installs.save('orders', { credentials });
  await authorise();
}, 240_000);
afterAll(async () => {
  for (const child of [...replicas, platform]) {
    child.kill('SIGKILL');
    await ended(child);
  }
  await provider.close();
  rmSync(directory, { recursive: true, force: true });
});

const connected = () =>
  until(
    'all replicas are connected',
    async () => (await client.workers.get('service')).connections === REPLICAS,
    90_000,
  );

async function authorise(): Promise<void> {
  const { authorizeUrl } = (await client.installs.authorize('orders')) as { authorizeUrl: string };
  expect((await agree(authorizeUrl)).status).toBe(200);
}

/** Callers at once. @returns ids of their processes */
async function call(): Promise<string[]> {
  const runs = await Promise.all(
    Array.from({ length: CALLERS }, () => client.run('orders', 'start', { user: 'default' })),
  );
  return runs.map(({ processId }) => processId);
}

/** One after another: who asks for all of them again and again takes the time that they need. */
async function through(ids: readonly string[], status: string): Promise<void> {
  for (const id of ids)
    await until(`all are ${status}`, async () => (await client.processes.get(id)).status === status, 120_000);
}

describe('renewal over processes', () => {
  test('B9: 64 callers on three replicas, expiry after expiry: each time the provider is asked once, and never with an old token', async () => {
    await through(await call(), 'completed');
    for (let expiry = 1; expiry <= 5; expiry++) {
      const { refreshes } = provider.counts;
      provider.expireTokens();
      await through(await call(), 'completed');
      expect(provider.counts).toMatchObject({ refreshes: refreshes + 1, invalidGrants: 0 });
    }
    // They were refused first: nobody knew before.
    expect(provider.refused.count).toBeGreaterThan(5);
  }, 240_000);

  test('B9: a provider that takes its time is asked once, and all callers get what it says in the end', async () => {
    const { refreshes } = provider.counts;
    provider.expireTokens();
    const hold = provider.holdAnswers();
    const ids = await call();
    await until('the provider was asked', () => hold.held() === 1, 60_000);
    await until('all callers wait', () => provider.refused.count > 0);
    hold.release();
    await through(ids, 'completed');
    expect(provider.counts).toMatchObject({ refreshes: refreshes + 1, invalidGrants: 0 });
  }, 240_000);

  test('B9: killed between question and answer, it says "authorise again", asks nobody, and goes on after that', async () => {
    const { refreshes } = provider.counts;
    provider.expireTokens();
    const hold = provider.holdAnswers();
    const ids = await call();
    await until('the provider has replaced the token', () => hold.held() === 1, 60_000);
    platform.kill('SIGKILL');
    await ended(platform);
    hold.release();
    platform = await start(directory, port, null);
    await connected();

    const install = await client.installs.get('orders');
    expect(install).toMatchObject({ authorised: 'broken', reason: expect.stringContaining('its answer is missing') });
    await through(ids, 'failed');
    const { items } = await client.trash.list({ limit: 1 });
    expect(items).toMatchObject([{ code: 'install.not_authorised' }]);
    expect(provider.counts).toMatchObject({ refreshes: refreshes + 1, invalidGrants: 0 });

    await authorise();
    expect((await client.installs.get('orders')).authorised).toBe('yes');
    await client.trash.replayAll({});
    await through(ids, 'completed');
    provider.expireTokens();
    await through(await call(), 'completed');
    expect(provider.counts).toMatchObject({ refreshes: refreshes + 2, invalidGrants: 0 });
  }, 240_000);
});
