import { randomUUID } from 'node:crypto';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { liveWorker, serviceAt } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('Redis, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const there = await serviceAt({ port: 6379, programs: ['redis-server'] });
const settingsOf = (change: object = {}, credentials = {}) => ({
  connection: { host: '127.0.0.1', tls: 'off', ...change },
  credentials,
});

describe.skipIf(!there)('R15: Redis, the real one', () => {
  const key = `sluice:test:${randomUUID()}`;
  const workerOf = (settings = settingsOf()) => liveWorker({ steps, installs: [{ application: 'redis', settings }] });
  beforeAll(() => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
  });
  afterAll(async () => {
    await using worker = workerOf();
    for (const name of ['', ':n', ':n:sluice:test-1', ':list', ':stream'])
      await worker.run('redis-delete-value', { key: key + name });
    delete process.env[ALLOWED_ADDRESSES];
  });

  test('values are what they were: JSON, text, bytes; and conditions hold', async () => {
    await using worker = workerOf();
    expect(await worker.invoke(applications[0]!, { operation: 'test' } as never)).toMatchObject({
      ok: true,
      value: { detail: expect.stringMatching(/Redis \d/) },
    });
    const get = async () => (await worker.run('redis-get-value', { key })).json();
    expect(await get()).toEqual({ key, found: false });
    for (const content of [
      { content: { a: [1, 'é'] }, encoding: 'json' },
      { content: 'x y', encoding: 'text' },
      { content: '/wAB', encoding: 'base64' },
    ]) {
      expect((await worker.run('redis-set-value', { key, ...content })).json()).toEqual({ key, written: true });
      expect(await get()).toEqual({ key, found: true, ...content });
    }
    expect((await worker.run('redis-set-value', { key, content: 1, onlyIf: 'absent' })).json()).toMatchObject({
      written: false,
    });
    expect((await worker.run('redis-delete-value', { key })).json()).toEqual({ key, deleted: true });
    expect((await worker.run('redis-set-value', { key, content: 1, onlyIf: 'present' })).json()).toMatchObject({
      written: false,
    });
  });

  test('a repeat adds nothing more, and what is no number is said to be none', async () => {
    await using worker = workerOf();
    for (let attempt = 1; attempt < 4; attempt++)
      expect((await worker.run('redis-increment-value', { key: `${key}:n`, by: 5 }, { attempt })).json()).toEqual({
        key: `${key}:n`,
        value: 5,
      });
    await worker.run('redis-push-items', { key: `${key}:list`, items: [{ n: 0 }, 'one', 2] });
    expect((await worker.run('redis-get-value', { key: `${key}:list` })).outcome).toMatchObject({
      kind: 'fail',
      code: 'redis.wrong_type',
    });
    const pages = await worker.pages('redis-list-items', { key: `${key}:list`, pageSize: 2 });
    expect(pages.flatMap((page) => page.items.map((_, at) => page.json<{ content: unknown }>(at).content))).toEqual([
      { n: 0 },
      'one',
      2,
    ]);
    expect((await worker.run('redis-list-items', { key: `${key}:list` }, { cursor: '-1' })).kind).toBe('fail');
  });

  test('entries of a stream come once to their group, and those of a page that got lost come again', async () => {
    const stream = `${key}:stream`;
    await using worker = workerOf();
    for (let n = 0; n < 5; n++) await worker.run('redis-add-entry', { stream, fields: { n, text: 'é' } });
    const input = { stream, group: 'g', pageSize: 2 };
    const first = await worker.run('redis-read-entries', input);
    {
      await using other = workerOf();
      expect((await other.run('redis-read-entries', input, { attempt: 2 })).items).toEqual(first.items);
      const { cursor } = first.outcome as { cursor: string };
      expect((await other.run('redis-read-entries', input, { cursor })).items.length).toBe(2);
      // The answer with the second page got lost: asked for again, it is the same one.
      const pages = await worker.pages('redis-read-entries', input, { cursor });
      expect(pages.map(({ items }) => items.length)).toEqual([2, 1, 0]);
      expect(pages[1]!.json(0)).toMatchObject({ fields: { n: '4', text: 'é', key: 'test-1' } });
    }
    expect((await worker.run('redis-read-entries', input)).items).toEqual([]);
    for (const cursor of ['', '[]', '[1,"x"]', '[1]'])
      expect((await worker.run('redis-read-entries', input, { cursor })).kind, cursor).toBe('fail');
  });

  test('inputs of another form are refused, and what the install says wrongly has a reason', async () => {
    await using worker = workerOf();
    for (const input of [{}, { key: '' }, { key: 1 }, { key: 'x'.repeat(10_001) }])
      expect((await worker.run('redis-get-value', input)).outcome).toMatchObject({
        kind: 'fail',
        code: 'step.input_invalid',
      });
    const wrong = async (settings: ReturnType<typeof settingsOf>) => {
      await using other = workerOf(settings);
      return (await other.run('redis-get-value', { key })).outcome;
    };
    expect(await wrong(settingsOf({}, { password: 'wrong' }))).toMatchObject({
      kind: 'fail',
      code: 'redis.login_refused',
    });
    expect(await wrong(settingsOf({ port: 1 }))).toMatchObject({ kind: 'redeliver' });
    expect(await wrong(settingsOf({ host: '192.168.0.1' }))).toMatchObject({
      kind: 'fail',
      code: 'connection.address_refused',
    });
  });
});
