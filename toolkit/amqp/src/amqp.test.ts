import { randomUUID } from 'node:crypto';
import { ALLOWED_ADDRESSES } from '@sluice/sdk';
import { liveWorker, serviceAt } from '@sluice/testing';
import { offerChecks } from '@sluice/testing/acceptance';
import { connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applications, steps } from './index.ts';

const readme = new URL('../README.md', import.meta.url);
describe('AMQP, as it is offered', () => {
  for (const { title, run } of offerChecks({ applications, steps, readme })) test(title, run);
});

const there = await serviceAt({ port: 5672, programs: ['rabbitmq-server', 'rabbitmqctl'] });
const connection = { host: '127.0.0.1', port: 5672, tls: 'off' };
const credentials = { user: 'guest', password: 'guest' };

describe.skipIf(!there)('R15: RabbitMQ, the real one', () => {
  const queue = `sluice.test.${randomUUID()}`;
  const workerOf = (change: object = {}, account: object = credentials) =>
    liveWorker({
      steps,
      installs: [
        { application: 'amqp', settings: { connection: { ...connection, ...change }, credentials: { ...account } } },
      ],
    });
  beforeAll(async () => {
    process.env[ALLOWED_ADDRESSES] = '127.0.0.1';
    await using worker = workerOf();
    expect((await worker.run('amqp-declare-queue', { queue })).reason).toBe(null);
  });
  afterAll(async () => {
    delete process.env[ALLOWED_ADDRESSES];
    const direct = await connect('amqp://guest:guest@127.0.0.1');
    const channel = await direct.createChannel();
    await channel.deleteQueue(queue);
    await direct.close();
  });
  const messagesIn = async (worker: ReturnType<typeof workerOf>) =>
    (await worker.run('amqp-count-messages', { queue })).json<{ messages: number }>().messages;

  test('what is published is confirmed, and comes as it went: JSON, text, bytes', async () => {
    await using worker = workerOf();
    expect(await worker.invoke(applications[0]!, { operation: 'test' } as never)).toMatchObject({
      ok: true,
      value: { detail: expect.stringContaining('RabbitMQ') },
    });
    const contents = [
      { content: { id: 1 } },
      { content: 'é{' },
      { content: '/wAB', encoding: 'base64' },
      { content: '"x"', encoding: 'text' },
    ];
    for (const content of contents)
      expect(
        (await worker.run('amqp-publish-message', { routingKey: queue, ...content, headers: { tenant: 'a' } })).json(),
      ).toEqual({ messageId: 'test-1' });
    const [page, last] = await worker.pages('amqp-receive-messages', { queue });
    expect(page!.items.map((_, at) => page!.json(at))).toMatchObject([
      {
        content: { id: 1 },
        encoding: 'json',
        messageId: 'test-1',
        headers: { tenant: 'a' },
        redelivered: false,
        routingKey: queue,
      },
      { content: 'é{', encoding: 'text' },
      { content: '/wAB', encoding: 'base64' },
      { content: '"x"', encoding: 'text' },
    ]);
    expect(last!.items).toEqual([]);
    expect(await messagesIn(worker)).toBe(0);
  });

  test('a page is acknowledged with the next one: asked for again it is the same, and a worker that dies loses nothing', async () => {
    await using worker = workerOf();
    await Promise.all(
      Array.from({ length: 7 }, (_, n) => worker.run('amqp-publish-message', { routingKey: queue, content: { n } })),
    );
    const input = { queue, pageSize: 3 };
    {
      await using dying = workerOf();
      const first = await dying.run('amqp-receive-messages', input);
      expect(first.items.length).toBe(3);
      expect((await dying.run('amqp-receive-messages', input, { attempt: 2 })).items).toEqual(first.items);
      const { cursor } = first.outcome as { cursor: string };
      expect((await dying.run('amqp-receive-messages', input, { cursor })).items.length).toBe(3);
    }
    // Three were acknowledged; the second page was not, and is there again.
    const pages = await worker.pages('amqp-receive-messages', { ...input, limit: 4 });
    expect(pages.map(({ items }) => items.length)).toEqual([3, 1, 0]);
    expect(pages[0]!.json(0)).toMatchObject({ redelivered: true });
    expect(await messagesIn(worker)).toBe(0);
  });

  test('what the broker refuses has a code of its own, and disturbs nobody else', async () => {
    await using worker = workerOf();
    const [lost, unknown, fine] = await Promise.all([
      worker.run('amqp-publish-message', { routingKey: 'nobody.listens', content: 1 }),
      worker.run('amqp-receive-messages', { queue: 'not.there' }),
      worker.run('amqp-publish-message', { routingKey: queue, content: 2 }),
    ]);
    expect(lost.outcome).toMatchObject({ kind: 'fail', code: 'amqp.unroutable' });
    expect(unknown.outcome).toMatchObject({ kind: 'fail', code: 'amqp.not_found' });
    expect(fine.kind).toBe('forward');
    expect(
      (await worker.run('amqp-publish-message', { exchange: 'not.there', routingKey: 'x', content: 1 })).outcome,
    ).toMatchObject({ kind: 'fail', code: 'amqp.not_found' });
    expect((await worker.run('amqp-publish-message', { routingKey: queue, content: 3 })).kind).toBe('forward');
    expect((await worker.run('amqp-declare-queue', { queue, arguments: { 'x-max-length': 5 } })).outcome).toMatchObject(
      { kind: 'fail', code: 'amqp.precondition_failed' },
    );
    for (const input of [
      { content: 1 },
      { routingKey: queue },
      { routingKey: queue, content: 'é', encoding: 'base64' },
      { routingKey: 'x'.repeat(300), content: 1 },
    ])
      expect((await worker.run('amqp-publish-message', input)).outcome, JSON.stringify(input)).toMatchObject({
        kind: 'fail',
        code: 'step.input_invalid',
      });
    expect((await worker.run('amqp-receive-messages', { queue }, { cursor: 'x' })).kind).toBe('fail');
  });

  test('what the install says wrongly has a reason', async () => {
    const wrong = async (change: object, account?: object) => {
      await using worker = workerOf(change, account);
      return (await worker.run('amqp-count-messages', { queue })).outcome;
    };
    expect(await wrong({}, { user: 'guest', password: 'wrong-wrong' })).toMatchObject({
      kind: 'fail',
      code: 'amqp.access_refused',
    });
    expect(await wrong({ vhost: 'not-there' })).toMatchObject({ kind: 'fail' });
    expect(await wrong({ port: 1 })).toMatchObject({ kind: 'redeliver' });
    expect(await wrong({ host: '169.254.169.254' })).toMatchObject({
      kind: 'fail',
      code: 'connection.address_refused',
    });
  });
});
