import { type Context, encodeContent, type Message, schema } from '@sluice/sdk';
import { type MessageInput, messageFields, NatsConnector } from './step.ts';

export class PublishMessage extends NatsConnector {
  readonly name = `${this.application.key}-publish-message`;
  override readonly description = 'Publish to whoever listens now; nobody keeps it (store-message does)';
  override readonly input = schema.object(messageFields, ['subject', 'content']);
  override readonly output = schema.record({ subject: schema.text() });

  async process(message: Message, context: Context) {
    const input = message.json<MessageInput>();
    await this.application.use(context, async (client) => {
      const headers = client.headersOf(input.headers, { 'idempotency-key': message.idempotencyKey });
      client.connection.publish(input.subject, encodeContent(input), { headers });
      // The server has it when it answers what was sent behind it.
      await client.connection.flush();
    });
    return { subject: input.subject };
  }
}
