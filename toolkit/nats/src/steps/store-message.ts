import { type Context, encodeContent, type Message, schema } from '@sluice/sdk';
import { type MessageInput, messageFields, NatsConnector } from './step.ts';

export class StoreMessage extends NatsConnector {
  readonly name = `${this.application.key}-store-message`;
  override readonly description =
    'Put a message into the stream of its subject; a repeat is known by its id and not put twice';
  override readonly input = schema.object(messageFields, ['subject', 'content']);
  override readonly output = schema.record({
    stream: schema.text(),
    sequence: schema.integer(),
    duplicate: schema.flag(),
  });

  process(message: Message, context: Context) {
    const input = message.json<MessageInput>();
    return this.application.use(context, async (client) => {
      const { stream, seq, duplicate } = await client.streams.publish(input.subject, encodeContent(input), {
        msgID: message.idempotencyKey,
        headers: client.headersOf(input.headers),
      });
      return { stream, sequence: seq, duplicate };
    });
  }
}
