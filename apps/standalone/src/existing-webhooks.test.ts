// B16: workers of the existing wire subscribe by themselves, post a document about it, and give services an address with the
// token of that document. Both shapes of that address lead to a process.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestPlatform, testPlatform, until } from './testing/platform.ts';
import { cameIn, deployReceiver } from './testing/webhook-world.ts';

const TOKEN = 'a1b2c3d4e5'.repeat(5);
const ANOTHER = 'f6a7b8c9d0'.repeat(5);

describe('B16: webhooks of existing workers', () => {
  let p: TestPlatform;
  const document = (token: string, user: string, more: object = {}) => ({
    _id: '',
    name: 'issues',
    user,
    token,
    node: 'in',
    topology: 'my-topology',
    application: 'proof-hook',
    webhookId: `ext-${user}`,
    unsubscribeFailed: false,
    deleted: false,
    ...more,
  });
  const post = (body: unknown): Promise<Response> =>
    p.fetch('/worker-api/document/Webhook', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const deliver = (path: string, body = '{"issue":1}', headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${p.url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const shapes = (token: string, topology = 'my-topology', node = 'in'): string[] => [
    `/webhook/topologies/${topology}/nodes/${node}/token/${token}`,
    `/topologies/${topology}/nodes/${node}/token/${token}/run`,
  ];

  beforeAll(async () => {
    p = await testPlatform();
    await deployReceiver(p, 'my-topology');
    expect((await post([document(TOKEN, 'ann'), document(ANOTHER, 'ben')])).status).toBe(200);
  });
  afterAll(async () => p?.close());

  test.each([0, 1])('an address of shape %i starts a process of the user that the document names', async (shape) => {
    const before = (await cameIn(p, 'my-topology')).length;
    for (const [token, user] of [
      [TOKEN, 'ann'],
      [ANOTHER, 'ben'],
    ] as const) {
      const answer = await deliver(shapes(token)[shape]!, `{"of":"${user}"}`, { 'x-github-event': 'issues' });
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { correlation_id: expect.any(String), started: 1, state: 'ok' },
      ]);
    }
    await until('both came in', async () => (await cameIn(p, 'my-topology')).length === before + 2);
    const items = (await cameIn(p, 'my-topology')).slice(before);
    expect(items.map(({ user, body }) => [user, body]).sort()).toEqual([
      ['ann', '{"of":"ann"}'],
      ['ben', '{"of":"ben"}'],
    ]);
    expect(items[0]!.headers).toMatchObject({ 'x-github-event': 'issues' });
  });

  test('what a service delivers twice starts one process', async () => {
    const [path] = shapes(TOKEN);
    const twice = { 'x-github-delivery': 'd1' };
    const ids = [await deliver(path!, '{}', twice), await deliver(path!, '{}', twice)].map(
      async (answer) => ((await answer.json()) as { correlation_id: string }).correlation_id,
    );
    expect(await ids[0]).toBe(await ids[1]);
  });

  test('another token, topology or node than the document names is unknown, and so is a subscription that ended', async () => {
    const guesses = [
      ...shapes('0'.repeat(50)),
      ...shapes(TOKEN, 'other'),
      ...shapes(TOKEN, 'my-topology', 'look'),
      ...shapes(TOKEN.toUpperCase()),
    ];
    for (const path of guesses) {
      const answer = await deliver(path);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'webhook.unknown']);
    }
    await post(document('e'.repeat(50), 'ann', { unsubscribeFailed: true }));
    expect((await deliver(shapes('e'.repeat(50))[0]!)).status).toBe(404);
    const filter = encodeURIComponent(JSON.stringify({ users: ['ben'] }));
    await p.fetch(`/worker-api/document/Webhook?filter=${filter}`, { method: 'DELETE' });
    expect((await deliver(shapes(ANOTHER)[1]!)).status).toBe(404);
    expect((await deliver(shapes(TOKEN)[1]!)).status).toBe(200);
  });

  test('a token too short to be a secret admits nobody', async () => {
    await post(document('short', 'ann'));
    expect((await deliver(shapes('short')[0]!)).status).toBe(404);
  });
});
