import { Application, type Webhook } from '@sluice/sdk';
import { describe, expect, test } from 'vitest';
import { custom } from '../flow/fixtures.ts';
import { testFlow } from '../flow/test-flow.ts';

class Shop extends Application {
  readonly key = 'shop';
  readonly name = 'Shop';
  readonly baseUrl = 'https://shop.example.com';
  override readonly webhooks: readonly Webhook[] = [
    {
      name: 'order.created',
      verification: { kind: 'github' },
      subscribe: async () => ({ reference: '1' }),
      unsubscribe: async () => {},
    },
  ];
}

const model = (settings: object) => ({
  name: 'orders',
  nodes: [
    { id: 'in', kind: 'webhook', settings },
    { id: 'keep', kind: 'custom', worker: 'shop', action: 'keep' },
  ],
  connections: [{ from: 'in', to: 'keep' }],
});
const workers = { shop: { steps: [custom('keep')], applications: [new Shop()] } };
const ORDERS = model({ application: 'shop', event: 'order.created' });

describe('a webhook in a flow', () => {
  test('a delivery arrives signed, for its user, with its headers and without what proves it', async () => {
    await using flow = await testFlow(ORDERS, { workers });
    const run = await flow.deliver('in', { order: 7 }, { user: 'ann', headers: { 'X-Topic': 'orders' } });
    await flow.settle();
    expect(run.status).toBe('completed');
    expect(flow.calls[0]).toMatchObject({ user: 'ann', body: '{"order":7}' });
    expect(flow.calls[0]!.headers).toEqual({
      'x-topic': 'orders',
      'webhook-application': 'shop',
      'webhook-event': 'order.created',
    });
  });

  test('the same delivery twice is one process', async () => {
    await using flow = await testFlow(ORDERS, { workers });
    const first = await flow.deliver('in', { order: 7 }, { deliveryId: 'd1' });
    expect(await flow.deliver('in', { order: 7 }, { deliveryId: 'd1' })).toBe(first);
    expect(await flow.deliver('in', { order: 7 }, { deliveryId: 'd2' })).not.toBe(first);
    await flow.settle();
  });

  test('a forged one is refused as the platform refuses it', async () => {
    await using flow = await testFlow(ORDERS, { workers });
    await expect(flow.deliver('in', {}, { signedWith: 'guessed' })).rejects.toMatchObject({ code: 'webhook.forged' });
    await expect(flow.deliver('in', {}, { sent: '{"a":1}' })).rejects.toMatchObject({ code: 'webhook.forged' });
    expect(await flow.processes()).toEqual([]);
  });

  test('a node that is an address takes anything; one about an event that nobody offers is a mistake of the test', async () => {
    await using flow = await testFlow([model({}), { ...model({ application: 'shop', event: 'x' }), name: 'other' }], {
      workers,
    });
    await flow.deliver('in', 'hello');
    await flow.settle();
    expect(flow.calls[0]).toMatchObject({ body: 'hello' });
    await expect(flow.deliver('in', {}, { topology: 'other' })).rejects.toThrow('offers the event "x"');
    await expect(flow.deliver('keep', {})).rejects.toThrow('no webhook node "keep"');
  });
});
