// Messages of topics over a session that the broker keeps: what comes while nobody is connected waits there. Each page is
// acknowledged when the next one is asked for.

import { Batch, type BatchResult, type Context, contentOutput, decodeContent, type Message, schema } from '@sluice/sdk';
import type { Mqtt } from '../application.ts';
import type { Taken } from '../driver/session.ts';

interface Input {
  readonly topics: readonly string[];
  readonly session: string;
  readonly pageSize?: number;
  readonly limit?: number;
  readonly waitMs?: number;
  readonly keepS?: number;
}

const WEEK_S = 604_800;

export class ReceiveMessages extends Batch {
  override readonly application: Mqtt;
  readonly name: string;
  override readonly description =
    'Messages that wait in a session, one message each; acknowledged when they are on the disk of the platform';
  override readonly input = schema.object(
    {
      topics: schema.list(
        schema.text('Such as plant/+/temperature or plant/#', { minLength: 1, maxLength: 65_535 }),
        'Topics',
        { minItems: 1, maxItems: 100 },
      ),
      session: schema.text('Name of the session at the broker: one batch at a time uses it', {
        minLength: 1,
        maxLength: 100,
        pattern: '^[\\w.-]+$',
      }),
      pageSize: schema.integer('Messages of a page; default 20, and not more than the broker gives unacknowledged', {
        minimum: 1,
        maximum: 1_000,
      }),
      limit: schema.integer('The batch ends after so many; default 10 000', { minimum: 1, maximum: 10_000_000 }),
      waitMs: schema.integer('The batch ends when nothing came for so many milliseconds; default 1000', {
        minimum: 10,
        maximum: 60_000,
      }),
      keepS: schema.integer('Seconds that the broker keeps the session; default a week', {
        minimum: 60,
        maximum: 31_536_000,
      }),
    },
    ['topics', 'session'],
  );
  override readonly output = schema.record({
    ...contentOutput,
    topic: schema.text(),
    qos: schema.integer(),
    retained: schema.flag(),
  });

  constructor(application: Mqtt) {
    super();
    this.application = application;
    this.name = `${application.key}-receive-messages`;
  }

  process(message: Message, context: Context): Promise<BatchResult> {
    const {
      topics,
      session,
      pageSize: size = 20,
      limit = 10_000,
      waitMs = 1_000,
      keepS = WEEK_S,
    } = message.json<Input>();
    const options = { key: message.idempotencyKey, cursor: context.cursor, size, limit };
    return this.application.use(context, async (broker) => {
      const { items, cursor } = await broker.receivers.page(options, () =>
        broker.session(topics, { clientId: session, receiveMaximum: size, expiryS: keepS, waitMs }),
      );
      return { items: items.map(recordOf), ...(cursor === undefined ? {} : { cursor }) };
    });
  }
}

function recordOf({ packet }: Taken) {
  const { payload, topic, qos, retain, properties } = packet;
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  return { ...decodeContent(bytes, properties?.contentType), topic, qos, retained: retain };
}
