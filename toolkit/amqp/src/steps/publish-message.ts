import { type Content, type Context, contentFields, encodeContent, type Message, schema } from '@sluice/sdk';
import { AmqpConnector, exchangeField } from './step.ts';

interface Input extends Partial<Content> {
  readonly exchange?: string;
  readonly routingKey: string;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly messageId?: string;
  readonly correlationId?: string;
  readonly expiresInMs?: number;
  readonly priority?: number;
  readonly persistent?: boolean;
}

const TYPES = {
  json: 'application/json',
  text: 'text/plain; charset=utf-8',
  base64: 'application/octet-stream',
} as const;

export class PublishMessage extends AmqpConnector {
  readonly name = `${this.application.key}-publish-message`;
  override readonly description =
    'Publish a message; done when the broker confirmed it, a failure when no queue takes it';
  override readonly input = schema.object(
    {
      exchange: exchangeField,
      routingKey: schema.text('Routing key, or the name of a queue', { maxLength: 255 }),
      ...contentFields,
      contentType: schema.text('Media type; default: as the content is', { maxLength: 255 }),
      headers: schema.map('Headers', { additionalProperties: { type: ['string', 'number', 'boolean'] } }),
      messageId: schema.text('Id of the message; default: the same for every repeat, so that consumers can tell', {
        maxLength: 255,
      }),
      correlationId: schema.text('What the message answers', { maxLength: 255 }),
      expiresInMs: schema.integer('After so many milliseconds nobody gets it any more', { minimum: 0 }),
      priority: schema.integer('Of a queue with priorities', { minimum: 0, maximum: 255 }),
      persistent: schema.flag('It survives a restart of the broker; default: yes'),
    },
    ['routingKey', 'content'],
  );
  override readonly output = schema.record({ messageId: schema.text() });

  async process(message: Message, context: Context) {
    const input = message.json<Input>();
    const {
      exchange = '',
      routingKey,
      headers,
      messageId = message.idempotencyKey,
      correlationId,
      priority,
      expiresInMs,
    } = input;
    const encoding = input.encoding ?? (typeof input.content === 'string' ? 'text' : 'json');
    await this.application.use(context, (client) =>
      client.publish({
        exchange,
        routingKey,
        bytes: encodeContent({ ...input, encoding }),
        options: {
          messageId,
          persistent: input.persistent ?? true,
          contentType: input.contentType ?? TYPES[encoding],
          ...(headers && { headers }),
          ...(correlationId !== undefined && { correlationId }),
          ...(priority !== undefined && { priority }),
          ...(expiresInMs !== undefined && { expiration: expiresInMs }),
        },
      }),
    );
    return { messageId };
  }
}
