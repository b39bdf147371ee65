// The master key of a platform is replaced, by the command line, while everything that is sealed stays of use.

import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Application, BasicAuth, type Served, serve } from '@sluice/sdk';
import { expect, onTestFinished, test } from 'vitest';
import { ConfigError, readConfig } from './index.ts';
import { commandLine } from './testing/command-line.ts';
import { closeNow, listening } from './testing/loopback.ts';
import { testPlatform, until } from './testing/platform.ts';

const FORMER = 'the-former-master-key';
const PRESENT = 'the-present-master-key';

class Shop extends Application {
  readonly key = 'shop';
  readonly name = 'Shop';
  readonly baseUrl = 'https://shop.example';
  override readonly auth = new BasicAuth();
}

test('R30: after `sluice secrets rotate` the former master key can go', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const worker: Served = await serve({ steps: [], applications: [new Shop()], onRecord: () => {} });
  const front = createServer((request, response) => {
    seen.push(request.headers);
    void fetch(`${worker.url}${request.url}`, { method: request.method! }).then(async (answer) =>
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text()),
    );
  });
  const url = await listening(front);
  let p = await testPlatform({ SLUICE_SECRET_KEY: FORMER });
  onTestFinished(async () => {
    await p.close();
    await worker.close();
    closeNow(front);
  });
  await p.client.workers.register({ name: 'shop-service', url, headers: { 'x-key': 'of the worker' }, sign: true });
  await p.client.installs.install('shop');
  await p.client.installs.save('shop', { credentials: { user: 'ann', password: 'pw' } });

  const hook = `${url}/told`;
  await p.client.notifications.saveChannel('pager', { kind: 'webhook', url: hook, secret: 'of the pager, and long' });

  p = await p.restart({ SLUICE_SECRET_KEY: PRESENT, SLUICE_SECRET_KEYS_OLD: ` an-even-older-master-key , ${FORMER}` });
  const said = await commandLine(p)('secrets', 'rotate');
  expect(said).toMatchObject({ code: 0, out: expect.stringContaining('1 installs, 0 tokens') });
  expect(said.out).toContain('secrets of 1 workers');

  seen.length = 0;
  p = await p.restart({ SLUICE_SECRET_KEYS_OLD: '' });
  await until('the worker was asked with its header, and signed', () =>
    seen.some(
      (headers) => headers['x-key'] === 'of the worker' && Object.keys(headers).some((name) => /signature/.test(name)),
    ),
  );
  expect(await p.client.installs.get('shop')).toMatchObject({
    settings: { credentials: { user: 'ann' } },
    problems: {},
  });
  // What it leads to takes no such thing; it was asked, with a signature, so the secret was opened.
  await expect(p.client.notifications.testChannel('pager')).rejects.toThrow('It answered 404.');
  expect(seen.find((headers) => headers['sluice-delivery'])?.['sluice-signature']).toMatch(/^t=\d+,v1=/);
  expect(await p.client.secrets.rotate()).toEqual({
    installs: 0,
    tokens: 0,
    begun: 0,
    workers: 0,
    webhooks: 0,
    gateway: 0,
    notifications: 0,
  });
}, 60_000);

test('R30: former master keys and the public address are checked at the start', () => {
  expect(() => readConfig({ SLUICE_SECRET_KEYS_OLD: `${FORMER},short` })).toThrow(ConfigError);
  for (const address of ['sluice.example', 'ftp://sluice.example', 'javascript:alert(1)'])
    expect(() => readConfig({ SLUICE_PUBLIC_URL: address }), address).toThrow(ConfigError);
  expect(readConfig({ SLUICE_PUBLIC_URL: 'https://sluice.example/at' })).toMatchObject({
    publicUrl: 'https://sluice.example/at',
    formerSecretKeys: [],
  });
});
