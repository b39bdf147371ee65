// Services that exchange messages and do not know each other: what one publishes reaches whoever subscribes.

import { CustomNode, join, type Link, type Message } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deploy, type TestPlatform, testPlatform, until } from './testing/platform.ts';

/** A step that keeps what it was given. */
class Keep extends CustomNode {
  readonly name: string;
  readonly got: number[] = [];
  constructor(name: string) {
    super();
    this.name = name;
  }
  process(message: Message): void {
    this.got.push(message.json<{ order: number }>().order);
  }
}

const subscriber = (name: string, topic: string, worker: string, action: string, publishes?: string) => ({
  name,
  nodes: [
    { id: 'in', kind: 'topic', settings: { topic } },
    { id: 'work', kind: 'custom', worker, action },
    ...(publishes ? [{ id: 'out', kind: 'topic', settings: { topic: publishes } }] : []),
  ],
  connections: [{ from: 'in', to: 'work' }, ...(publishes ? [{ from: 'work', to: 'out' }] : [])],
});

describe('a service bus', () => {
  let p: TestPlatform;
  const links: Link[] = [];
  const states: string[] = [];
  const reserve = new Keep('reserve');
  const confirm = new Keep('confirm');
  const mail = new Keep('mail');

  const service = async (name: string, step: Keep): Promise<void> => {
    const { token } = await p.client.workers.register({ name });
    links.push(
      join({ url: p.url, token: token!, steps: [step], onState: (state) => states.push(`${name} ${String(state)}`) }),
    );
    await until(`${name} joined`, async () => (await p.client.workers.get(name)).health === 'up');
  };
  const versions = async (): Promise<string[]> =>
    (await p.client.topologies.list()).items.map(({ name, version, state }) => `${name} v${version} ${state}`).sort();

  beforeAll(async () => {
    p = await testPlatform();
    await service('sales', confirm);
    await service('warehouse', reserve);
    await deploy(p, {
      name: 'order-placed',
      nodes: [
        { id: 'start', kind: 'start' },
        { id: 'out', kind: 'topic', settings: { topic: 'orders' } },
      ],
      connections: [{ from: 'start', to: 'out' }],
    });
    await deploy(p, subscriber('reserve-stock', 'orders', 'warehouse', 'reserve', 'reserved'));
    await deploy(p, subscriber('confirm-order', 'reserved', 'sales', 'confirm'));
  });
  afterAll(async () => {
    await Promise.all(links.map((link) => link.close()));
    await p.close();
  });

  test('R51: two services exchange messages only through processes, and a third subscriber is added without touching them', async () => {
    await p.client.run('order-placed', 'start', { body: '{"order":1}' });
    await until('the answer came back to sales', () => confirm.got.length === 1);
    expect([reserve.got, confirm.got, mail.got]).toEqual([[1], [1], []]);

    const before = await versions();
    const told = states.length;
    await service('post', mail);
    await deploy(p, subscriber('mail-customer', 'orders', 'post', 'mail'));
    await p.client.run('order-placed', 'start', { body: '{"order":2}' });
    await until('all three have it', () => confirm.got.length === 2 && mail.got.length === 1);

    expect([reserve.got, confirm.got, mail.got]).toEqual([[1, 2], [1, 2], [2]]);
    expect((await versions()).filter((version) => !version.startsWith('mail-customer'))).toEqual(before);
    expect(states.slice(told).filter((state) => !state.startsWith('post'))).toEqual([]);
    expect((await p.client.ledger()).balanced).toBe(true);
  });
});
