// B16: tokens of existing workers are renewed before they end.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExistingService, existingService } from './testing/existing-service.ts';
import { addressesOf, type ExistingWorker, node, runChain, workerWithApplications } from './testing/existing-worker.ts';
import { type TestPlatform, testPlatform, until } from './testing/platform.ts';

let p: TestPlatform;
let service: ExistingService;
let worker: ExistingWorker;
let token: string;

const start = async (env: NodeJS.ProcessEnv, port = 0): Promise<ExistingWorker> =>
  workerWithApplications({ ...addressesOf(p.url, token), REMOTE_URL: service.url, ...env }, port);
const renewals = (): number => service.grants.filter(({ grant_type }) => grant_type === 'refresh_token').length;

beforeAll(async () => {
  p = await testPlatform({ SLUICE_TOKEN_CHECK_SECONDS: '1' });
  service = await existingService();
  token = (await p.client.tokens.create({ name: 'w', scopes: ['worker:all', 'log:write', 'metric:write'] })).token;
  worker = await start({});
  await p.client.workers.register({ name: 'existing', url: worker.url });
});
afterAll(async () => {
  await worker?.kill();
  service?.close();
  await p?.close();
});

async function authorise(user: string): Promise<void> {
  await p.client.installs.install('crm', user);
  const credentials = { client_id: 'client-1', client_secret: 'client-secret-1' };
  await p.client.installs.save('crm', { authorization_form: credentials }, user);
  await p.client.installs.enable('crm', user);
  const path = `/api/v1/applications/crm/installs/${user}/authorize`;
  const { authorizeUrl } = (await (await p.fetch(path, { method: 'POST' })).json()) as { authorizeUrl: string };
  const agreed = await fetch(authorizeUrl);
  expect([agreed.status, await agreed.text()]).toEqual([200, expect.stringContaining('“crm” is authorised.')]);
}

test('B16: a token that ends within five minutes is renewed by the connector of the worker, and used', async () => {
  await authorise('patient');
  expect(renewals()).toBe(0);
  service.lifetimeS = 100;
  await authorise('ann');
  // The first that is renewed lives long again.
  service.lifetimeS = 7_200;
  await until('the token is renewed', () => renewals() > 0);
  await until(
    'its end is known',
    async () => ((await p.client.installs.get('crm', 'ann')).tokenExpiresAt ?? 0) > Date.now() + 6_000_000,
  );
  expect((await p.client.installs.get('crm', 'ann')).warning).toBeNull();
  expect(renewals()).toBe(1);
  const ran = await runChain(p, [node('crm-contacts', 'connector')], '{}', { user: 'ann' });
  expect(JSON.parse(String(ran.at('out')[0]!.body))).toMatchObject({ by: 'token' });
});

test('B16: what keeps a token from being renewed is said on the install', async () => {
  const port = Number(new URL(worker.url).port);
  await worker.kill();
  worker = await start({ REFRESH: '0' }, port);
  await p.client.workers.register({ name: 'existing', url: worker.url });
  service.lifetimeS = 100;
  await authorise('bob');
  await until('it is said', async () => (await p.client.installs.get('crm', 'bob')).warning !== null);
  expect((await p.client.installs.get('crm', 'bob')).warning).toBe(
    'Its token ends and was not renewed: the worker "existing" has no connector "refresh-oauth2-token". Authorise again.',
  );
  expect((await p.client.installs.list({ user: 'bob' })).items[0]!.warning).toContain('Authorise again.');
  expect((await p.client.installs.get('crm', 'patient')).warning).toBeNull();
});
