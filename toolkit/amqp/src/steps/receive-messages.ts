// Messages of a queue. Each page is acknowledged when the next one is asked for; a worker that is gone acknowledges nothing,
// and the broker gives its messages to another one.

import {
  Batch,
  type BatchResult,
  type Context,
  contentOutput,
  decodeContent,
  item,
  type Message,
  type Receiver,
  schema,
} from '@sluice/sdk';
import type { GetMessage } from 'amqplib';
import type { Amqp } from '../application.ts';
import type { AmqpClient } from '../driver/client.ts';
import { queueField } from './step.ts';

interface Input {
  readonly queue: string;
  readonly pageSize?: number;
  readonly limit?: number;
}

export class ReceiveMessages extends Batch {
  override readonly application: Amqp;
  readonly name: string;
  override readonly description =
    'Messages that wait in a queue, one message each, until it is empty; acknowledged when they are on the disk of the platform';
  override readonly input = schema.object(
    {
      queue: queueField,
      pageSize: schema.integer('Messages of a page; default 100', { minimum: 1, maximum: 1_000 }),
      limit: schema.integer('The batch ends after so many; default 10 000', { minimum: 1, maximum: 10_000_000 }),
    },
    ['queue'],
  );
  override readonly output = schema.record({
    ...contentOutput,
    routingKey: schema.text(),
    exchange: schema.text(),
    redelivered: schema.flag(),
    headers: schema.map(),
  });

  constructor(application: Amqp) {
    super();
    this.application = application;
    this.name = `${application.key}-receive-messages`;
  }

  async process(message: Message, context: Context): Promise<BatchResult> {
    const { queue, pageSize: size = 100, limit = 10_000 } = message.json<Input>();
    const options = { key: message.idempotencyKey, cursor: context.cursor, size, limit };
    return this.application.use(context, async (client) => {
      const { items, cursor } = await client.receivers.page(options, () => receiverOf(client, queue));
      return { items: items.map(itemOf), ...(cursor === undefined ? {} : { cursor }) };
    });
  }
}

async function receiverOf(client: AmqpClient, queue: string): Promise<Receiver<GetMessage>> {
  const channel = await client.channel();
  return {
    async take(most) {
      const messages: GetMessage[] = [];
      while (messages.length < most) {
        const one = await channel.get(queue, { noAck: false });
        if (one === false) break;
        messages.push(one);
      }
      return messages;
    },
    // One acknowledgement for all up to the last.
    async acknowledge(messages) {
      channel.ack(messages.at(-1)!, true);
    },
    close: () => channel.close(),
  };
}

function itemOf({ content, fields, properties }: GetMessage) {
  const { messageId, correlationId, contentType, timestamp, type, headers = {} } = properties;
  return item({
    ...decodeContent(content, contentType as string | undefined),
    routingKey: fields.routingKey,
    exchange: fields.exchange,
    redelivered: fields.redelivered,
    headers,
    ...Object.fromEntries(
      Object.entries({ messageId, correlationId, contentType, timestamp, type }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
  });
}
