// What services deliver: taken when it is genuine, and only then.

import type { WebhookView } from '@sluice/protocol';
import { signDelivery } from '@sluice/sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Subscribed } from './testing/fake-provider.ts';
import { until } from './testing/platform.ts';
import { cameIn, deployReceiver, type WebhookWorld, webhookWorld } from './testing/webhook-world.ts';

const SIGNED = ['github', 'stripe', 'shopify', 'slack', 'hmac', 'token', 'query-token'];

describe('deliveries', () => {
  let w: WebhookWorld;
  const topologyOf = (event: string): string => `on-${event}`;
  const subscription = (event: string): Subscribed => w.provider.of('ann').find((one) => one.event === event)!;
  /** Slack makes the secret itself, and a person has filled it in. */
  const signedBy = (event: string): Subscribed => ({
    ...subscription(event),
    ...(event === 'slack' ? { secret: 'signing of ann' } : {}),
  });
  const view = async (event: string): Promise<WebhookView> =>
    (await w.platform.client.webhooks.list({ topology: topologyOf(event) })).items[0]!;
  const started = async (event: string): Promise<number> =>
    (await w.platform.client.processes.list({ topology: topologyOf(event) })).items.length;
  const problem = async (answer: Response): Promise<unknown> => ({
    status: answer.status,
    ...((await answer.json()) as object),
  });

  beforeAll(async () => {
    w = await webhookWorld({ SLUICE_MAX_BODY_BYTES: '100000' });
    await w.install('ann');
    for (const event of [...SIGNED, 'address', 'meta', 'graph', 'challenge'])
      await deployReceiver(w.platform, topologyOf(event), { application: 'shop', event });
    await until('all are subscribed', async () =>
      (await w.platform.client.webhooks.list()).items.every(({ state }) => state === 'subscribed'),
    );
  });
  afterAll(async () => w?.close());

  describe.each(SIGNED)('R17: signed as %s', (event) => {
    const payload = (id: string): string => JSON.stringify({ id, event_id: id, text: 'größer' });

    test('a genuine one starts a process with its body, its type, its headers and its user', async () => {
      const options = { id: 'first', headers: { 'x-topic': 'orders', 'x-github-delivery': 'first' } };
      const answer = await w.provider.fire(signedBy(event), payload('first'), options);
      expect(answer.status).toBe(200);
      const { processId } = (await answer.json()) as { processId: string };
      await until('it came in', async () => (await cameIn(w.platform, topologyOf(event))).length === 1);
      const [message] = await cameIn(w.platform, topologyOf(event));
      expect(message).toMatchObject({
        processId,
        user: 'ann',
        body: payload('first'),
        contentType: 'application/json',
        headers: { 'x-topic': 'orders', 'webhook-event': event, 'webhook-application': 'shop' },
      });
      // What proves the delivery does not travel with it.
      const secretNames = Object.keys(message!.headers).filter((name) => /signature|hmac|token|signed-at/.test(name));
      expect(secretNames).toEqual([]);
    });

    test('one with another secret, or with another body than was signed, is refused and counted', async () => {
      const before = (await view(event)).counts.refused;
      const other = await w.provider.fire(signedBy(event), payload('forged'), { secret: 'guessed' });
      expect(await problem(other)).toMatchObject({ status: 401, code: 'webhook.forged' });
      if (!event.includes('token')) {
        const changed = await w.provider.fire(signedBy(event), payload('forged'), { sent: payload('changed') });
        expect(await problem(changed)).toMatchObject({ status: 401, code: 'webhook.forged' });
      }
      const unsigned = await fetch(subscription(event).url, { method: 'POST', body: payload('unsigned') });
      expect(await problem(unsigned)).toMatchObject({ status: 401, code: 'webhook.forged' });
      expect(await view(event)).toMatchObject({ lastDelivery: { result: 'refused', processId: null } });
      expect((await view(event)).counts.refused).toBeGreaterThan(before + 1);
      expect(await started(event)).toBe(1);
    });
  });

  test.each(['stripe', 'slack', 'hmac'])('one that was signed as %s long ago is refused', async (event) => {
    const before = await started(event);
    const old = await w.provider.fire(signedBy(event), '{"id":"old","event_id":"old"}', { at: Date.now() - 400_000 });
    expect(await problem(old)).toMatchObject({ status: 401, code: 'webhook.too_old' });
    expect(await started(event)).toBe(before);
  });

  test.each(SIGNED.filter((event) => event !== 'query-token'))(
    'B2, R17: one that comes again, signed as %s, is answered with the process it started',
    async (event) => {
      const before = await started(event);
      const headers = { 'x-github-delivery': 'twice', 'x-shopify-webhook-id': 'twice' };
      const at = Date.now() - 2_000;
      const fire = async (body: string, signedAt: number) =>
        (await w.provider.fire(signedBy(event), body, { id: 'twice', headers, at: signedAt })).json();
      const first = await fire('{"id":"twice","event_id":"twice"}', at);
      const second = await fire('{"id":"twice","event_id":"twice"}', event === 'hmac' ? at : Date.now());
      expect(second).toEqual({ ...(first as object), duplicate: true });
      expect(await started(event)).toBe(before + 1);
      expect((await view(event)).lastDelivery).toMatchObject({ result: 'repeated' });
    },
  );

  test('a service that counts its attempts in the body still repeats the same delivery', async () => {
    const first = await w.provider.fire(signedBy('stripe'), '{"id":"evt_9","pending_webhooks":1}');
    const second = await w.provider.fire(signedBy('stripe'), '{"id":"evt_9","pending_webhooks":0}');
    expect(await second.json()).toEqual({ ...((await first.json()) as object), duplicate: true });
  });

  test('bytes stay bytes: what is no text arrives as it was sent', async () => {
    const bytes = Uint8Array.from([0, 255, 1, 254]);
    const answer = await w.provider.fire(subscription('address'), bytes, { contentType: 'application/octet-stream' });
    const { processId } = (await answer.json()) as { processId: string };
    await until('it came in', async () =>
      (await cameIn(w.platform, 'on-address')).some((one) => one.processId === processId),
    );
    const message = (await cameIn(w.platform, 'on-address')).find((one) => one.processId === processId);
    expect(message).toMatchObject({
      body: { base64: Buffer.from(bytes).toString('base64') },
      contentType: 'application/octet-stream',
    });
  });

  describe('handshakes', () => {
    const ask = async (event: string, query: Record<string, string>, init: RequestInit = {}) => {
      const url = new URL(subscription(event).url);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const answer = await fetch(url, init);
      return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
    };

    test('GitHub greets a new hook by a signed ping, which is answered and starts nothing', async () => {
      const before = await started('github');
      const ping = { headers: { 'x-github-event': 'ping' } };
      const greeted = await w.provider.fire(signedBy('github'), '{"zen":"x"}', ping);
      expect([greeted.status, await greeted.text()]).toEqual([200, 'pong']);
      const forged = await w.provider.fire(signedBy('github'), '{"zen":"x"}', { ...ping, secret: 'guessed' });
      expect(forged.status).toBe(401);
      expect(await started('github')).toBe(before);
    });

    test('Slack asks by a signed url_verification; one that is not signed is not answered', async () => {
      const body = JSON.stringify({ type: 'url_verification', challenge: 'ch-1', token: 'x' });
      const asked = await w.provider.fire(signedBy('slack'), body);
      expect([asked.status, await asked.text()]).toEqual([200, 'ch-1']);
      expect((await w.provider.fire(signedBy('slack'), body, { secret: 'guessed' })).status).toBe(401);
    });

    test('Meta asks with the token that it was given', async () => {
      const hub = { 'hub.mode': 'subscribe', 'hub.challenge': '12345' };
      const right = { ...hub, 'hub.verify_token': subscription('meta').secret };
      expect(await ask('meta', right)).toMatchObject({ status: 200, text: '12345' });
      expect(await ask('meta', { ...hub, 'hub.verify_token': 'guessed' })).toMatchObject({ status: 401 });
      expect(await ask('meta', hub)).toMatchObject({ status: 401 });
    });

    test('Microsoft Graph asks by validationToken and gets it back as plain text, never as HTML', async () => {
      const script = '<script>alert(1)</script>';
      expect(await ask('graph', { validationToken: script }, { method: 'POST' })).toEqual({
        status: 200,
        type: expect.stringContaining('text/plain'),
        text: script,
      });
    });

    test('others ask by a challenge in the query, or in a body that has nothing else', async () => {
      expect(await ask('challenge', { challenge: 'abc' })).toMatchObject({ status: 200, text: 'abc' });
      const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
      expect(await ask('challenge', {}, { ...init, body: '{"challenge":"abc"}' })).toMatchObject({
        status: 200,
        text: '{"challenge":"abc"}',
      });
      const event = await ask('challenge', {}, { ...init, body: '{"challenge":"abc","a":1,"b":2,"c":3}' });
      expect(JSON.parse(event.text)).toHaveProperty('processId');
    });

    test('a look at a known address starts nothing', async () => {
      const before = await started('github');
      expect(await ask('github', {})).toMatchObject({ status: 200, text: '{"status":"ready"}' });
      expect(await ask('github', {}, { method: 'HEAD' })).toMatchObject({ status: 200 });
      expect(await started('github')).toBe(before);
    });
  });

  describe('hostile', () => {
    test('an unknown secret is answered 404 before its body is read, and too many of them 429, which stops no known one', async () => {
      const guess = (): Promise<Response> =>
        fetch(`${w.platform.url}/hooks/${'A'.repeat(43)}`, { method: 'POST', body: 'x' });
      expect(await problem(await guess())).toMatchObject({ status: 404, code: 'webhook.unknown' });
      const answers: number[] = [];
      for (let i = 0; i < 70; i++) answers.push((await guess()).status);
      expect(answers.at(-1)).toBe(429);
      expect((await w.provider.fire(subscription('address'), '{}', { id: 'busy' })).status).toBe(200);
    });

    test('a body that is no JSON and says it is, or is nested too deep, is refused', async () => {
      for (const body of ['{"a":', `${'['.repeat(5_000)}${']'.repeat(5_000)}`])
        expect(await problem(await w.provider.fire(subscription('address'), body))).toMatchObject({
          status: 400,
          code: 'run.body_invalid',
        });
    });

    test('a body beyond the limit is refused, and at an unknown address not even looked at', async () => {
      const big = 'x'.repeat(200_000);
      expect(await problem(await w.provider.fire(subscription('address'), big))).toMatchObject({
        status: 413,
        code: 'request.too_large',
      });
      const unknown = await fetch(`${w.platform.url}/hooks/unknown`, { method: 'POST', body: big });
      expect([404, 429]).toContain(unknown.status);
    });

    test('headers that steer the platform do not get in by a delivery', async () => {
      const headers = { 'result-code': '1003', 'x-forwarded-for': '1.2.3.4', authorization: 'Bearer x', 'x-mine': '1' };
      const answer = await w.provider.fire(subscription('address'), '{}', { headers });
      const { processId } = (await answer.json()) as { processId: string };
      await until('it came in', async () =>
        (await cameIn(w.platform, 'on-address')).some((one) => one.processId === processId),
      );
      const message = (await cameIn(w.platform, 'on-address')).find((one) => one.processId === processId)!;
      expect(Object.keys(message.headers).sort()).toEqual(['webhook-application', 'webhook-event', 'x-mine']);
    });

    test('S1: neither the secret of an address nor that of a signature is shown, logged or stored in clear', async () => {
      const { secret, url, id } = subscription('github');
      const listed = JSON.stringify(await w.platform.client.webhooks.list());
      expect(listed).toContain(id);
      for (const hidden of [secret, url.split('/').at(-1)!, 'signing of ann']) expect(listed).not.toContain(hidden);
    });
  });

  test('R17: deliveries are taken while the worker is away', async () => {
    await w.leave();
    const { headers } = signDelivery({ kind: 'github' }, subscription('github').secret, '{"away":true}');
    const answer = await fetch(subscription('github').url, { method: 'POST', headers, body: '{"away":true}' });
    expect(answer.status).toBe(200);
    const slack = await w.provider.fire(signedBy('slack'), '{"event_id":"away"}');
    expect(slack.status).toBe(200);
    await w.join();
  });

  test('a disabled topology takes nothing, says so, and takes the repetition once it is enabled again', async () => {
    const { client } = w.platform;
    await client.webhooks.subscribe({
      application: 'shop',
      user: 'ann',
      event: 'order.created',
      topology: 'on-address',
      node: 'in',
    });
    const mine = w.provider.of('ann').find((one) => one.event === 'order.created')!;
    const before = await started('address');
    await client.topologies.disable('on-address', 1);
    const refused = await w.provider.fire(mine, '{}', { id: 'late' });
    expect(await problem(refused)).toMatchObject({ status: 503, code: 'webhook.not_taken' });
    await client.topologies.enable('on-address', 1);
    expect((await w.provider.fire(mine, '{}', { id: 'late' })).status).toBe(200);
    expect(await started('address')).toBe(before + 1);
  });
});
