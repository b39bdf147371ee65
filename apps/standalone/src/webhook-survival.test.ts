// Webhooks and `kill -9`: what a provider was answered is on disk, what it was not answered it delivers again, and neither
// a process nor a subscription is there twice.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceClient } from '@sluice/client';
import { join as joinPlatform, type Link } from '@sluice/sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from './proof/free-port.ts';
import { TOKEN as PROOF_TOKEN, start } from './proof/kill-run.ts';
import { FakeProvider, FakeShop } from './testing/fake-provider.ts';
import { until } from './testing/platform.ts';
import { received } from './testing/webhook-world.ts';

const EVENT = { application: 'shop', event: 'order.created' };

describe('webhooks survive', () => {
  let provider: FakeProvider;
  let directory: string;
  let port: number;
  let child: ChildProcess;
  let client: SluiceClient;
  let link: Link;

  beforeEach(async () => {
    provider = await new FakeProvider().open();
    directory = mkdtempSync(join(tmpdir(), 'sluice-webhooks-'));
    port = await freePort();
    client = new SluiceClient({ url: `http://127.0.0.1:${port}`, token: PROOF_TOKEN });
  });
  afterEach(async () => {
    await link?.close();
    child?.kill('SIGKILL');
    await died();
    provider.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function prepare(crash: string | null): Promise<void> {
    child = await start(directory, port, crash);
    const { token } = await client.workers.register({ name: 'shop' });
    const url = `http://127.0.0.1:${port}`;
    link = joinPlatform({
      steps: [],
      applications: [new FakeShop(provider.url)],
      url,
      token: token!,
      onState: () => {},
    });
    await link.ready;
    await fetch(`${url}/api/v1/applications/shop/installs/ann`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${PROOF_TOKEN}` },
    });
    const { version } = await client.topologies.save(received('orders', EVENT));
    await client.topologies.publish('orders', version);
  }
  const state = async (): Promise<string | undefined> => (await client.webhooks.list()).items[0]?.state;
  const died = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };

  test.each(['before-accept:1', 'after-accept:1'])(
    'R17, B1: killed %s, between receipt and answer: the provider repeats, and one process is there',
    async (crash) => {
      await prepare(crash);
      await client.topologies.enable('orders', 1);
      await until('it is subscribed', async () => (await state()) === 'subscribed');
      const [subscribed] = provider.of('ann');
      await expect(provider.fire(subscribed!, '{"order":1}', { id: 'd1' })).rejects.toThrow();
      await died();
      child = await start(directory, port, null);
      const again = await provider.fire(subscribed!, '{"order":1}', { id: 'd1' });
      expect(again.status).toBe(200);
      const { duplicate = false } = (await again.json()) as { duplicate?: boolean };
      expect(duplicate).toBe(crash.startsWith('after'));
      expect((await client.processes.list({ topology: 'orders' })).items).toHaveLength(1);
    },
    120_000,
  );

  test('R17: killed after the provider subscribed and before it said so: found there again, and not subscribed twice', async () => {
    await prepare(null);
    provider.onSubscribed = async () => {
      provider.onSubscribed = () => {};
      child.kill('SIGKILL');
      await died();
    };
    await client.topologies.enable('orders', 1).catch(() => {});
    await died();
    expect(provider.of('ann')).toHaveLength(1);
    child = await start(directory, port, null);
    await until('it is subscribed', async () => (await state().catch(() => '')) === 'subscribed');
    expect(provider.of('ann')).toHaveLength(1);
    expect(provider.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  }, 120_000);
});
