import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { liveWorker, serviceAt } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('NATS, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const there = await serviceAt({ port: 4222, programs: ['nats-server'] });

describe.skipIf(!there)('R15: NATS, the real one', () => {
  const id = randomUUID();
  const stream = `sluice-test-${id}`;
  const subject = `sluice.test.${id}`;
  let direct: NatsConnection;
  const workerOf = (change: object = {}) =>
    liveWorker({
      steps,
      installs: [{ application: 'nats', settings: { connection: { host: '127.0.0.1', tls: 'off', ...change } } }],
    });
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    direct = await connect({ servers: '127.0.0.1:4222' });
    await (await jetstreamManager(direct)).streams.add({ name: stream, subjects: [`${subject}.stored.>`] });
  });
  afterAll(async () => {
    delete process.env[ALLOWED_ADDRESSES];
    await (await jetstreamManager(direct)).streams.delete(stream);
    await direct.close();
  });

  test('what is published arrives, and whoever listens answers', async () => {
    await using worker = workerOf();
    expect(await worker.invoke(applications[0]!, { operation: 'test' } as never)).toMatchObject({
      ok: true,
      value: { detail: expect.stringMatching(/NATS \d/) },
    });
    const heard = direct.subscribe(`${subject}.heard`, { max: 1 });
    const answering = direct.subscribe(`${subject}.asked`, {
      max: 1,
      callback: (_error, asked) => void asked.respond(`{"got":${asked.string()}}`),
    });
    await direct.flush();
    await worker.run('nats-publish-message', {
      subject: `${subject}.heard`,
      content: { a: 'é' },
      headers: { tenant: 'x' },
    });
    for await (const one of heard)
      expect([one.json(), one.headers?.get('idempotency-key'), one.headers?.get('tenant')]).toEqual([
        { a: 'é' },
        'test-1',
        'x',
      ]);
    expect((await worker.run('nats-send-request', { subject: `${subject}.asked`, content: [1] })).json()).toMatchObject(
      { content: { got: [1] }, encoding: 'json' },
    );
    answering.unsubscribe();
    expect((await worker.run('nats-send-request', { subject: `${subject}.nobody`, content: 1 })).outcome).toMatchObject(
      { kind: 'fail', code: 'nats.no_responders' },
    );
  });

  test('a repeat is not stored twice; what is received is acknowledged with the next page, by any worker', async () => {
    await using worker = workerOf();
    const store = (n: number, attempt = 1) =>
      worker.run('nats-store-message', { subject: `${subject}.stored.a`, content: { n } }, { attempt });
    expect((await store(0)).json()).toMatchObject({ stream, sequence: 1, duplicate: false });
    expect((await store(0, 2)).json()).toMatchObject({ sequence: 1, duplicate: true });
    for (let n = 1; n < 4; n++) direct.publish(`${subject}.stored.b`, JSON.stringify({ n }));
    await direct.flush();
    const input = { stream, consumer: 'c', pageSize: 3 };
    const first = await worker.run('nats-receive-messages', input);
    expect(first.items.length).toBe(3);
    await using other = workerOf();
    const pages = await other.pages('nats-receive-messages', input, {
      cursor: (first.outcome as { cursor: string }).cursor,
    });
    expect(pages.map(({ items }) => items.length)).toEqual([1, 0]);
    expect(pages[0]!.json(0)).toMatchObject({
      content: { n: 3 },
      subject: `${subject}.stored.b`,
      sequence: 4,
      deliveries: 1,
    });
    const { num_ack_pending, num_pending } = await (await jetstreamManager(direct)).consumers.info(stream, 'c');
    expect([num_ack_pending, num_pending]).toEqual([0, 0]);
  });

  test('what is refused has a code of its own', async () => {
    await using worker = workerOf();
    expect((await worker.run('nats-receive-messages', { stream: 'not-there', consumer: 'c' })).outcome).toMatchObject({
      kind: 'fail',
      code: 'nats.unknown_stream',
    });
    expect((await worker.run('nats-store-message', { subject: `${subject}.nowhere`, content: 1 })).kind).toBe('fail');
    for (const wrong of [
      { subject: 'a b' },
      { subject: 'a.*' },
      { subject: '>' },
      { subject: 'a..b' },
      { subject: '' },
      { subject: 'a', headers: { x: 'a\r\nb: c' } },
    ])
      expect(
        (await worker.run('nats-publish-message', { content: 1, ...wrong })).outcome,
        JSON.stringify(wrong),
      ).toMatchObject({ kind: 'fail', code: 'step.input_invalid' });
    for (const cursor of ['', '[1]', `[1,"${subject}.heard"]`, '{}'])
      expect((await worker.run('nats-receive-messages', { stream, consumer: 'c' }, { cursor })).kind, cursor).toBe(
        'fail',
      );
    const wrong = async (change: object) => {
      await using other = workerOf(change);
      return (await other.run('nats-publish-message', { subject, content: 1 })).outcome;
    };
    expect(await wrong({ port: 1 })).toMatchObject({ kind: 'redeliver' });
    expect(await wrong({ host: 'localhost', port: 1 })).toMatchObject({ kind: 'redeliver' });
    expect(await wrong({ host: '::ffff:10.0.0.1' })).toMatchObject({
      kind: 'fail',
      code: 'connection.address_refused',
    });
    expect((await wrong({ tls: 'on' })).kind).toBe('fail');
  });
});
