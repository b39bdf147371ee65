import { randomUUID } from 'node:crypto';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { liveWorker, serviceAt } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('MQTT, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const there = await serviceAt({ port: 1883, programs: ['mosquitto'] });

describe.skipIf(!there)('R15: Mosquitto, the real one', () => {
  const id = randomUUID();
  const topic = `sluice/test/${id}`;
  const workerOf = (change: object = {}) =>
    liveWorker({
      steps,
      installs: [
        { application: 'mqtt', settings: { connection: { host: '127.0.0.1', port: 1883, tls: 'off', ...change } } },
      ],
    });
  beforeAll(() => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
  });
  afterAll(() => {
    delete process.env[ALLOWED_ADDRESSES];
  });
  const input = { topics: [`${topic}/#`], session: `sluice-${id}`, pageSize: 3, waitMs: 200, keepS: 60 };

  test('what comes while nobody is connected waits; unacknowledged pages come again to the next worker', async () => {
    await using worker = workerOf();
    expect(await worker.invoke(applications[0]!, { operation: 'test' } as never)).toMatchObject({ ok: true });
    // The session begins with the first batch; there is nothing yet.
    expect((await worker.run('mqtt-receive-messages', input)).items).toEqual([]);
    for (let n = 0; n < 7; n++)
      expect((await worker.run('mqtt-publish-message', { topic: `${topic}/a`, content: { n } })).kind).toBe('forward');
    {
      await using dying = workerOf();
      const first = await dying.run('mqtt-receive-messages', input);
      expect(first.items.map((_, at) => first.json<{ content: { n: number } }>(at).content.n)).toEqual([0, 1, 2]);
      expect((await dying.run('mqtt-receive-messages', input, { attempt: 2 })).items).toEqual(first.items);
      const second = await dying.run('mqtt-receive-messages', input, {
        cursor: (first.outcome as { cursor: string }).cursor,
      });
      expect(second.items.length).toBe(3);
    }
    const pages = await worker.pages('mqtt-receive-messages', input);
    expect(
      pages.flatMap((page) => page.items.map((_, at) => page.json<{ content: { n: number } }>(at).content.n)),
    ).toEqual([3, 4, 5, 6]);
    expect((await worker.run('mqtt-receive-messages', input)).items).toEqual([]);
  });

  test('what is retained is said to be; contents are what they were; version 3.1.1 is spoken as well', async () => {
    await using worker = workerOf({ version: '4' });
    await worker.run('mqtt-publish-message', {
      topic: `${topic}/kept`,
      content: '/wAB',
      encoding: 'base64',
      retain: true,
    });
    const page = await worker.run('mqtt-receive-messages', {
      ...input,
      session: `other-${id}`,
      topics: [`${topic}/kept`],
    });
    expect(page.json(0)).toEqual({
      content: '/wAB',
      encoding: 'base64',
      topic: `${topic}/kept`,
      qos: 1,
      retained: true,
    });
    await worker.run('mqtt-publish-message', { topic: `${topic}/kept`, content: '', retain: true });
  });

  test('topics that are none are refused, and what the install says wrongly has a reason', async () => {
    await using worker = workerOf();
    for (const wrong of ['', 'a/#', 'a/+/b', 'a\0b'])
      expect((await worker.run('mqtt-publish-message', { topic: wrong, content: 1 })).outcome, wrong).toMatchObject({
        kind: 'fail',
        code: 'step.input_invalid',
      });
    for (const more of [{ session: 'a b' }, { topics: [] }, { pageSize: 0 }])
      expect((await worker.run('mqtt-receive-messages', { ...input, ...more })).outcome).toMatchObject({
        kind: 'fail',
        code: 'step.input_invalid',
      });
    const wrong = async (change: object) => {
      await using other = workerOf(change);
      return (await other.run('mqtt-publish-message', { topic, content: 1 })).outcome;
    };
    expect(await wrong({ port: 1 })).toMatchObject({ kind: 'redeliver' });
    expect(await wrong({ host: '10.1.2.3' })).toMatchObject({ kind: 'fail', code: 'connection.address_refused' });
  });
});
