// A platform, a service that reports events, and a worker that has the application of that service.

import { join as joinPlatform, type Link } from '@sluice/sdk';
import { FakeProvider, FakeShop } from './fake-provider.ts';
import { deploy, type TestPlatform, testPlatform, until } from './platform.ts';

export interface WebhookWorld {
  platform: TestPlatform;
  readonly provider: FakeProvider;
  /** The worker joins. */
  join(): Promise<void>;
  /** The worker goes away. */
  leave(): Promise<void>;
  install(user: string, settings?: object): Promise<void>;
  close(): Promise<void>;
}

export async function webhookWorld(env: NodeJS.ProcessEnv = {}): Promise<WebhookWorld> {
  const provider = await new FakeProvider().open();
  const platform = await testPlatform(env);
  const { token } = await platform.client.workers.register({ name: 'shop' });
  let link: Link | null = null;
  const world: WebhookWorld = {
    platform,
    provider,
    async join() {
      link = joinPlatform({
        steps: [],
        applications: [new FakeShop(provider.url)],
        url: world.platform.url,
        token: token!,
        onState: () => {},
      });
      await link.ready;
    },
    async leave() {
      await link?.close();
      link = null;
      await until('it is away', async () => (await world.platform.client.workers.get('shop')).health !== 'up');
    },
    async install(user, settings = { account: user, signingSecret: `signing of ${user}` }) {
      const at = `/api/v1/applications/shop/installs/${user}`;
      await world.platform.fetch(at, { method: 'PUT' });
      const saved = await world.platform.fetch(`${at}/settings`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ credentials: settings }),
      });
      if (!saved.ok) throw new Error(await saved.text());
    },
    async close() {
      await link?.close();
      provider.close();
      await world.platform.close();
    },
  };
  await world.join();
  return world;
}

/** in (webhook) → out, which waits for a person, so that what came in can be looked at. */
export const received = (name: string, settings: object) => ({
  name,
  nodes: [
    { id: 'in', kind: 'webhook', settings },
    { id: 'look', kind: 'user-task' },
  ],
  connections: [{ from: 'in', to: 'look' }],
});

export const deployReceiver = (platform: TestPlatform, name: string, settings: object = {}): Promise<void> =>
  deploy(platform, received(name, settings));

/** What came in by the webhooks of a topology, the oldest first. */
export async function cameIn({ client }: TestPlatform, topology: string) {
  const { items } = await client.userTasks.list({ topology });
  const whole = await Promise.all(items.map(({ id }) => client.userTasks.get(id)));
  return whole.sort((a, b) => a.arrivedAt - b.arrivedAt);
}
