// Messages of a stream by a consumer that the server keeps. A page is acknowledged when the next one is asked for, by
// whichever worker that is: the cursor says whom to tell. What nobody acknowledged comes again.

import type { JsMsg } from '@nats-io/jetstream';
import {
  Batch,
  type BatchResult,
  type Context,
  contentOutput,
  decodeContent,
  Fail,
  type Message,
  schema,
} from '@sluice/sdk';
import type { Nats } from '../application.ts';
import type { NatsClient } from '../driver/client.ts';
import { headersIn } from './step.ts';

interface Input {
  readonly stream: string;
  readonly consumer: string;
  readonly filter?: string;
  readonly pageSize?: number;
  readonly limit?: number;
  readonly waitMs?: number;
}

const name = schema.text('', { minLength: 1, maxLength: 255, pattern: '^[^\\s.*>/\\\\]+$' });

export class ReceiveMessages extends Batch {
  override readonly application: Nats;
  readonly name: string;
  override readonly description =
    'Messages of a stream that its consumer has not had, one message each; acknowledged when they are on the disk of the platform';
  override readonly input = schema.object(
    {
      stream: { ...name, description: 'Name of the stream' },
      consumer: {
        ...name,
        description: 'Name of a durable consumer; made where it is not there, to read from the beginning',
      },
      filter: schema.text('Of a consumer that is made: only subjects like this', { minLength: 1, maxLength: 1_000 }),
      pageSize: schema.integer('Messages of a page; default 100', { minimum: 1, maximum: 1_000 }),
      limit: schema.integer('The batch ends after so many; default 10 000', { minimum: 1, maximum: 10_000_000 }),
      waitMs: schema.integer('Milliseconds to wait for the messages of a page; default 1000', {
        minimum: 1_000,
        maximum: 60_000,
      }),
    },
    ['stream', 'consumer'],
  );
  override readonly output = schema.record({
    ...contentOutput,
    subject: schema.text(),
    sequence: schema.integer(),
    deliveries: schema.integer(),
    headers: schema.map(),
  });

  constructor(application: Nats) {
    super();
    this.application = application;
    this.name = `${application.key}-receive-messages`;
  }

  process(message: Message, context: Context): Promise<BatchResult> {
    const input = message.json<Input>();
    const { stream, consumer, pageSize = 100, limit = 10_000, waitMs: expires = 1_000 } = input;
    const { replies, total } = cursorIn(context.cursor);
    return this.application.use(context, async (client) => {
      await Promise.all(replies.map((reply) => acknowledge(client, reply)));
      if (context.cursor === null) await client.haveConsumer(input);
      const most = Math.min(pageSize, limit - total);
      if (most <= 0) return { items: [] };
      const source = await client.streams.consumers.get(stream, consumer);
      const found = [];
      for await (const one of await source.fetch({ max_messages: most, expires })) found.push(one);
      if (found.length === 0) return { items: [] };
      const items = found.map((one) => ({
        ...decodeContent(one.data),
        subject: one.subject,
        sequence: one.seq,
        deliveries: one.info.deliveryCount,
        headers: headersIn(one.headers),
      }));
      return { items, cursor: JSON.stringify([total + found.length, ...found.map(replyOf)]) };
    });
  }
}

/** Where the acknowledgement of a message goes: the type of the driver does not say it, for it means to send it itself. */
const replyOf = (message: JsMsg): string => (message as JsMsg & { readonly reply: string }).reply;

/** Done when the server knows. */
async function acknowledge({ connection }: NatsClient, reply: string): Promise<void> {
  await connection.request(reply, '+ACK', { timeout: 10_000 });
}

function cursorIn(cursor: string | null): { replies: readonly string[]; total: number } {
  if (cursor === null) return { replies: [], total: 0 };
  try {
    const [total, ...replies] = JSON.parse(cursor) as [number, ...string[]];
    // Nothing but acknowledgements is sent to where a cursor says.
    if (Number.isSafeInteger(total) && replies.length > 0 && replies.every((one) => /^\$JS\.ACK\.[^\s*>]+$/.test(one)))
      return { replies, total };
  } catch {
    // Said below.
  }
  throw new Fail(`The cursor of a page of messages was expected, got "${cursor.slice(0, 100)}".`);
}
