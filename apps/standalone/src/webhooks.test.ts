// R17: the life of a subscription, at a service that keeps its own books.

import type { WebhookView } from '@sluice/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandLine } from './testing/command-line.ts';
import { GIVEN } from './testing/fake-provider.ts';
import { deploy, until } from './testing/platform.ts';
import { cameIn, deployReceiver, received, type WebhookWorld, webhookWorld } from './testing/webhook-world.ts';

const EVENT = 'order.created';
const SETTINGS = { application: 'shop', event: EVENT };
const REQUEST = { ...SETTINGS, user: 'ann', topology: 'orders', node: 'in' };

describe('webhooks', () => {
  let w: WebhookWorld;
  beforeEach(async () => {
    w = await webhookWorld();
    await w.install('ann');
  });
  afterEach(async () => w?.close());

  const client = () => w.platform.client.webhooks;
  const all = async (): Promise<readonly WebhookView[]> => (await client().list()).items;
  const states = async (): Promise<string[]> => (await all()).map(({ state }) => state);
  const become = (...wanted: string[]): Promise<void> =>
    until(`subscriptions are ${wanted.join(', ')}`, async () => (await states()).join() === wanted.join());
  const act = async (path: string, method = 'POST'): Promise<void> => {
    const answer = await w.platform.fetch(`/api/v1/applications/shop/installs/${path}`, { method });
    expect(answer.ok, await answer.text()).toBe(true);
  };

  test('R17: a person subscribes, an event starts a process with its payload, and ending it removes it at the provider', async () => {
    await deployReceiver(w.platform, 'orders');
    const made = await client().subscribe({ ...REQUEST, parameters: { shop: 'north' } });
    expect(made).toMatchObject({ state: 'subscribed', by: 'person', reason: null, parameters: { shop: 'north' } });
    const [subscribed] = w.provider.of('ann');
    expect(made.reference).toBe(subscribed!.id);
    expect(subscribed!.url).toMatch(new RegExp(`^${w.platform.url}/hooks/[\\w-]{43}$`));
    const answer = await w.provider.fire(subscribed!, '{"order":7}', { id: 'd1' });
    expect(answer.status).toBe(200);
    await until('it came in', async () => (await cameIn(w.platform, 'orders')).length === 1);
    expect((await cameIn(w.platform, 'orders'))[0]).toMatchObject({ body: '{"order":7}', user: 'ann' });
    expect(await client().get(made.id)).toMatchObject({
      counts: { started: 1, repeated: 0, refused: 0 },
      lastDelivery: { result: 'started' },
    });
    expect(await (await w.platform.fetch('/metrics')).text()).toContain(
      'sluice_webhook_deliveries{application="shop",event="order.created",topology="orders",result="started"} 1',
    );
    expect(await client().unsubscribe(made.id)).toMatchObject({ state: 'gone' });
    expect(w.provider.subscriptions.size).toBe(0);
    expect((await w.provider.fire(subscribed!, '{"order":8}')).status).toBe(404);
    expect(await client().unsubscribe(made.id)).toBeUndefined();
    expect(await all()).toHaveLength(1); // the address of the node itself
  });

  test('what can never be is refused at once, in words, and asks no provider', async () => {
    await deployReceiver(w.platform, 'orders');
    const refusal = (change: object) =>
      client()
        .subscribe({ ...REQUEST, ...change })
        .catch(({ code, message }: { code: string; message: string }) => ({ code, message }));
    expect(await refusal({ application: 'nobody' })).toMatchObject({ code: 'application.unknown' });
    expect(await refusal({ event: 'nothing' })).toMatchObject({ code: 'application.no_such_part' });
    expect(await refusal({ user: 'ben' })).toMatchObject({ code: 'install.unknown' });
    expect(await refusal({ topology: 'none' })).toMatchObject({ code: 'topology.unknown' });
    expect(await refusal({ node: 'look' })).toMatchObject({ code: 'topology.not_a_start' });
    expect(await refusal({ parameters: { colour: 'red' } })).toMatchObject({
      code: 'webhook.parameters_invalid',
      message: expect.stringContaining('colour'),
    });
    await client().subscribe(REQUEST);
    expect(await refusal({})).toMatchObject({ code: 'webhook.exists' });
    expect(w.provider.requests).toEqual(['POST /subscriptions']);
  });

  test('R17: enabling a topology subscribes each user who has the application, disabling ends it, and their events are their own', async () => {
    await w.install('ben');
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await become('subscribed', 'subscribed');
    const [ann, ben] = [w.provider.of('ann')[0]!, w.provider.of('ben')[0]!];
    expect(new Set([ann.url, ben.url, ann.secret, ben.secret]).size).toBe(4);
    await w.provider.fire(ann, '{"of":"ann"}');
    await w.provider.fire(ben, '{"of":"ben"}');
    expect((await w.provider.fire({ ...ann, secret: ben.secret }, '{"of":"ben"}')).status).toBe(401);
    await until('both came in', async () => (await cameIn(w.platform, 'orders')).length === 2);
    expect((await cameIn(w.platform, 'orders')).map(({ user, body }) => [user, body]).sort()).toEqual([
      ['ann', '{"of":"ann"}'],
      ['ben', '{"of":"ben"}'],
    ]);
    await w.platform.client.topologies.disable('orders', 1);
    await become('gone', 'gone');
    expect(w.provider.subscriptions.size).toBe(0);
    await w.platform.client.topologies.enable('orders', 1);
    await become('subscribed', 'subscribed');
    expect(w.provider.of('ann')[0]!.url).toBe(ann.url);
  });

  test('a new version keeps the subscription when nothing of it changed, and changes what changed', async () => {
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await become('subscribed');
    const [before] = w.provider.of('ann');
    await deploy(w.platform, { ...received('orders', SETTINGS), description: 'a new version' });
    expect(await states()).toEqual(['subscribed']);
    expect(w.provider.of('ann')).toEqual([before]);
    await deployReceiver(w.platform, 'orders', { ...SETTINGS, parameters: { shop: 'north' } });
    await become('gone', 'subscribed');
    expect(w.provider.of('ann')).toHaveLength(1);
    expect(w.provider.of('ann')[0]!.id).not.toBe(before!.id);
  });

  test('an install that comes, is disabled, enabled or removed takes its subscriptions along', async () => {
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await become('subscribed');
    await w.install('ben');
    await become('subscribed', 'subscribed');
    await act('ann/disable');
    await until('hers is gone', async () => w.provider.of('ann').length === 0);
    expect(w.provider.of('ben')).toHaveLength(1);
    await act('ann/enable');
    await until('hers is back', async () => w.provider.of('ann').length === 1);
    await act('ben', 'DELETE');
    expect(w.provider.of('ben')).toHaveLength(0);
    expect((await client().list({ user: 'ben' })).items).toMatchObject([{ state: 'gone' }]);
  });

  test('a provider that is down stops nothing: the reason is kept, it is asked again after growing pauses, also after a restart', async () => {
    w.provider.down = true;
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await until('it was asked twice', async () => (await all())[0]?.attempts === 2);
    const [failed] = await all();
    expect(failed).toMatchObject({ state: 'failed', goal: 'subscribed', reason: expect.stringContaining('503') });
    expect(failed!.nextTryAt! - failed!.changedAt).toBeGreaterThan(1_000);
    await w.leave();
    w.platform = await w.platform.restart();
    expect(await states()).toEqual(['failed']);
    w.provider.down = false;
    await w.join();
    await become('subscribed');

    w.provider.down = true;
    await w.platform.client.topologies.disable('orders', 1);
    await until('it failed', async () => (await states())[0] === 'failed');
    expect((await all())[0]).toMatchObject({ goal: 'gone', reason: expect.stringContaining('503') });
    w.provider.down = false;
    await become('gone');
    expect(w.provider.subscriptions.size).toBe(0);
  });

  test('an install that is disabled while the provider is down still ends what it began', async () => {
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await become('subscribed');
    w.provider.down = true;
    await act('ann/disable');
    await until('it failed', async () => (await states())[0] === 'failed');
    w.provider.down = false;
    expect(await client().retry((await all())[0]!.id)).toMatchObject({ state: 'gone' });
    expect(w.provider.subscriptions.size).toBe(0);
  });

  test('an install that is removed while the provider is down is removed; what it left there ends when it is back', async () => {
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await become('subscribed');
    const [left] = w.provider.of('ann');
    w.provider.down = true;
    await act('ann', 'DELETE');
    expect(await all()).toMatchObject([{ state: 'failed', goal: 'gone', reason: expect.stringContaining('503') }]);
    const { id } = (await all())[0]!;
    expect(await client().retry(id)).toMatchObject({
      reason: expect.stringContaining('has not installed'),
      nextTryAt: null,
    });
    w.provider.down = false;
    await w.install('ann');
    await become('subscribed');
    expect(w.provider.of('ann')).toHaveLength(1);
    expect(w.provider.of('ann')[0]!.id).not.toBe(left!.id);
  });

  test('a subscription that ends by itself is renewed before, and checked by the secret that its provider made', async () => {
    await deployReceiver(w.platform, 'orders', { application: 'shop', event: 'renewed' });
    await become('subscribed');
    const { expiresAt, reference } = (await all())[0]!;
    const [first] = w.provider.of('ann');
    await until('it is renewed', async () => (await all())[0]!.expiresAt! > expiresAt!);
    await until('the former is gone', async () => !w.provider.subscriptions.has(first!.id));
    expect((await all())[0]).toMatchObject({ state: 'subscribed', reason: null });
    expect((await all())[0]!.reference).not.toBe(reference);
    const fire = async (secret: string): Promise<number> =>
      (await w.provider.fire({ ...first!, secret }, '{}', { headers: { 'x-github-delivery': secret } })).status;
    expect(await fire(GIVEN)).toBe(200);
    expect(await fire(first!.secret)).toBe(401);
  });

  test('a retry by hand goes at once, and what waited for a worker goes when it comes', async () => {
    await w.leave();
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await until('it failed', async () => (await states())[0] === 'failed');
    expect((await all())[0]!.reason).toContain('is away');
    await w.join();
    await become('subscribed');
    expect(await client().retry((await all())[0]!.id)).toMatchObject({ state: 'subscribed' });
    expect(w.provider.subscriptions.size).toBe(1);
  });

  test('subscriptions that only the provider knows are shown, and removed when told so; others are left alone', async () => {
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await become('subscribed');
    const base = { account: 'ann', event: EVENT, secret: 'x' };
    const orphan = { ...base, id: 'orphan', url: `${w.platform.url}/hooks/${'B'.repeat(43)}` };
    const double = { ...base, id: 'double', url: w.provider.of('ann')[0]!.url };
    const foreign = { ...base, id: 'foreign', url: 'https://elsewhere.example.com/hooks/abc' };
    for (const one of [orphan, double, foreign]) w.provider.subscriptions.set(one.id, one);
    const shown = await client().clean();
    expect(shown.orphans.map(({ reference }) => reference).sort()).toEqual(['double', 'orphan']);
    expect(JSON.stringify(shown)).not.toContain('B'.repeat(43));
    expect(w.provider.subscriptions.size).toBe(4);
    const cleaned = await client().clean({ dryRun: false });
    expect(cleaned.orphans.every(({ removed }) => removed)).toBe(true);
    expect([...w.provider.subscriptions.keys()].sort()).toEqual(['foreign', 'sub-1']);
    expect((await client().clean()).orphans).toEqual([]);
  });

  test('R18: what an application does for its webhooks is measured and logged as what it does for its steps', async () => {
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await become('subscribed');
    await until('the call is counted', async () =>
      /sluice_remote_calls_total\{worker="shop"[^}]*status="201"\} 1/.test(
        await (await w.platform.fetch('/metrics')).text(),
      ),
    );
  });

  test('a node without an application is an address, which is shown to those who may change webhooks', async () => {
    await deployReceiver(w.platform, 'plain');
    const [node] = await all();
    expect(node).toMatchObject({ application: null, topology: 'plain', node: 'in', state: 'subscribed' });
    const { url } = await client().address(node!.id);
    const deliver = (): Promise<Response> => fetch(url, { method: 'POST', body: 'hello' });
    expect((await deliver()).status).toBe(200);
    await until('it came in', async () => (await cameIn(w.platform, 'plain')).length === 1);
    const { token } = await w.platform.client.tokens.create({ name: 'reader', scopes: ['webhook:read'] });
    const asReader = await fetch(`${w.platform.url}/api/v1/webhooks/${node!.id}/address`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(asReader.status).toBe(403);
    await w.platform.client.topologies.disable('plain', 1);
    expect((await deliver()).status).toBe(503);
    await w.platform.client.topologies.enable('plain', 1);
    expect((await client().address(node!.id)).url).toBe(url);
    expect((await deliver()).status).toBe(200);
    expect(
      await client()
        .unsubscribe(node!.id)
        .catch(({ code }) => code),
    ).toBe('webhook.of_topology');
  });

  test('a platform that moves to another address is subscribed there, and no more at the old one', async () => {
    await deployReceiver(w.platform, 'orders', SETTINGS);
    await become('subscribed');
    const [before] = w.provider.of('ann');
    await w.leave();
    w.platform = await w.platform.restart(); // takes another free port
    await w.join();
    await until('the provider knows', async () => w.provider.of('ann')[0]?.url.startsWith(w.platform.url) === true);
    await until('the old one is gone', async () => w.provider.of('ann').length === 1);
    expect(new URL(w.provider.of('ann')[0]!.url).pathname).toBe(new URL(before!.url).pathname);
    expect((await w.provider.fire(w.provider.of('ann')[0]!, '{}')).status).toBe(200);
  });

  test('the command line lists, subscribes, ends, tries again and cleans', async () => {
    await deployReceiver(w.platform, 'orders');
    const sluice = commandLine(w.platform);
    const made = await sluice(
      ...['webhook', 'subscribe', 'shop', EVENT, '--user', 'ann', '--topology', 'orders', '--node', 'in'],
      ...['--parameter', 'shop=north', '--json'],
    );
    expect(made, made.err).toMatchObject({ code: 0 });
    const { id, state } = JSON.parse(made.out) as WebhookView;
    expect(state).toBe('subscribed');
    const listed = await sluice('webhook', 'list', '--application', 'shop');
    expect(listed.out).toMatch(/shop order\.created +ann +orders\/in +subscribed +0/);
    expect((await sluice('webhook', 'retry', id)).out).toContain('is subscribed');
    expect((await sluice('webhook', 'address', id)).out).toContain(`${w.platform.url}/hooks/`);
    w.provider.subscriptions.set('orphan', {
      ...w.provider.of('ann')[0]!,
      id: 'orphan',
      url: `${w.platform.url}/hooks/unknown`,
    });
    expect((await sluice('webhook', 'clean')).out).toContain('Nothing was removed.');
    expect((await sluice('webhook', 'clean', '--remove')).out).toMatch(/"orphan".* yes/);
    expect((await sluice('webhook', 'unsubscribe', id)).out).toContain('is gone');
    expect((await sluice('webhook', 'unsubscribe', id)).out).toContain('is forgotten');
    expect(await sluice('webhook', 'list', '--state', 'odd')).toMatchObject({ code: 2 });
  }, 120_000);
});
