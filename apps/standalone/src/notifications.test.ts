// Notifications on a whole platform: what is refused, and what survives a restart.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { deployChain, testPlatform, until } from './testing/platform.ts';

test('a rule goes on after a restart: what failed before it is told once, by a webhook that came back and by a process', async () => {
  let status = 503;
  const ids: string[] = [];
  const receiver = createServer((request, response) => {
    ids.push(String(request.headers['sluice-delivery']));
    request.resume().on('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  let p = await testPlatform({ SLUICE_NOTIFICATION_SECONDS: '0.1' });
  onTestFinished(async () => {
    receiver.close();
    await p.close();
  });
  await deployChain(p, 'breaks', { id: 'read', kind: 'map', settings: { expression: '$error("It breaks.")' } });
  await deployChain(p, 'repair', { id: 'ask', kind: 'user-task' });
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  await p.client.notifications.saveChannel('pager', { kind: 'webhook', url });
  await p.client.notifications.saveChannel('repair', { kind: 'topology', topology: 'repair', startNode: 'start' });
  await p.client.notifications.saveRule('failures', { when: { kind: 'process-failed' }, to: ['pager', 'repair'] });
  await p.client.run('breaks', 'start');
  await until('the pager refused it', () => ids.length > 0);
  await until('the repair waits', async () => (await p.client.userTasks.list()).items.length === 1);

  status = 204;
  p = await p.restart();
  const deliveries = async () => (await p.client.notifications.deliveries({ rule: 'failures' })).items;
  await until('the pager took it', async () => (await deliveries()).every(({ state }) => state === 'sent'), 60_000);
  expect(new Set(ids).size).toBe(1);
  expect(await deliveries()).toHaveLength(2);
  expect((await p.client.notifications.rules()).items).toMatchObject([{ name: 'failures', gathered: 0 }]);
  expect((await p.client.userTasks.list()).items).toHaveLength(1);
}, 120_000);

test('rules and channels that cannot be are refused in words, and nothing is changed', async () => {
  const p = await testPlatform();
  onTestFinished(() => p.close());
  const put = async (path: string, body: unknown) => {
    const answer = await p.fetch(`/api/v1/notifications/${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, ...((await answer.json()) as { code?: string; port?: number }) };
  };
  const mail = { kind: 'email', host: 'localhost', from: 'a@example.com', to: ['b@example.com'] };
  for (const [path, body, code] of [
    ['channels/ops', '{', 'request.invalid'],
    ['channels/ops', null, 'request.invalid'],
    ['channels/ops', { ...mail, kind: 'pigeon' }, 'request.invalid'],
    ['channels/ops', { ...mail, to: ['x@y.z\r\nBcc: everybody@example.com'] }, 'request.invalid'],
    ['channels/ops', { ...mail, surprise: true }, 'request.invalid'],
    ['channels/ops', { kind: 'webhook', url: 'file:///etc/passwd' }, 'request.invalid'],
    ['channels/..%2f..%2fx', mail, 'request.invalid'],
    ['rules/r', { when: { kind: 'queue' }, to: ['ops'] }, 'request.invalid'],
    ['rules/r', { when: { kind: 'ledger' }, to: ['ops'] }, 'notification.no_channel'],
    ['rules/r', { when: { kind: 'ledger' }, to: [], quietMinutes: -1 }, 'request.invalid'],
  ] as const) {
    const refused = await put(path, body);
    expect([refused.code, refused.status >= 400 && refused.status < 500], JSON.stringify(body)).toEqual([code, true]);
  }
  expect([...(await p.client.notifications.channels()).items, ...(await p.client.notifications.rules()).items]).toEqual(
    [],
  );
  // What is left out is as it usually is.
  expect(await put('channels/ops', mail)).toMatchObject({
    status: 200,
    port: 587,
    security: 'starttls',
    sealed: false,
  });
  const test = await p.fetch('/api/v1/notifications/channels/nobody/test', { method: 'POST' });
  expect([test.status, await test.json()]).toMatchObject([404, { code: 'notification.unknown' }]);
});
