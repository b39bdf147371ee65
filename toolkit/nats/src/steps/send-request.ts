import { type Context, contentOutput, decodeContent, encodeContent, type Message, schema } from '@sluice/sdk';
import { headersIn, type MessageInput, messageFields, NatsConnector } from './step.ts';

export class SendRequest extends NatsConnector {
  readonly name = `${this.application.key}-send-request`;
  override readonly description = 'Ask whoever listens to a subject, and wait for the answer';
  override readonly input = schema.object(
    {
      ...messageFields,
      timeoutMs: schema.integer('Milliseconds to wait; default 10 000', { minimum: 1, maximum: 600_000 }),
    },
    ['subject', 'content'],
  );
  override readonly output = schema.record({ ...contentOutput, headers: schema.map() });

  process(message: Message, context: Context) {
    const { timeoutMs: timeout = 10_000, ...input } = message.json<MessageInput & { timeoutMs?: number }>();
    return this.application.use(context, async (client) => {
      const headers = client.headersOf(input.headers, { 'idempotency-key': message.idempotencyKey });
      const answer = await client.connection.request(input.subject, encodeContent(input), { timeout, headers });
      return { ...decodeContent(answer.data), headers: headersIn(answer.headers) };
    });
  }
}
