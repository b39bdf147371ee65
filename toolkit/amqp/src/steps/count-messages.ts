import { type Context, type Message, schema } from '@sluice/sdk';
import { AmqpConnector, queueField } from './step.ts';

export class CountMessages extends AmqpConnector {
  readonly name = `${this.application.key}-count-messages`;
  override readonly description = 'How many messages wait in a queue, and how many consumers it has';
  override readonly input = schema.object({ queue: queueField }, ['queue']);
  override readonly output = schema.record({
    queue: schema.text(),
    messages: schema.integer(),
    consumers: schema.integer(),
  });

  process(message: Message, context: Context) {
    const { queue } = message.json<{ queue: string }>();
    return this.application.use(context, (client) =>
      client.onChannel(async (channel) => {
        const { messageCount, consumerCount } = await channel.checkQueue(queue);
        return { queue, messages: messageCount, consumers: consumerCount };
      }),
    );
  }
}
