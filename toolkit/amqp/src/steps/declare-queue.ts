import { type Context, type Message, schema } from '@sluice/sdk';
import { AmqpConnector, exchangeField, queueField } from './step.ts';

interface Input {
  readonly queue: string;
  readonly exchange?: string;
  readonly routingKey?: string;
  readonly durable?: boolean;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

export class DeclareQueue extends AmqpConnector {
  readonly name = `${this.application.key}-declare-queue`;
  override readonly description = 'Make a queue, and bind it to an exchange; one that is there as it is meant stays';
  override readonly input = schema.object(
    {
      queue: queueField,
      exchange: { ...exchangeField, description: 'An exchange that is there, to bind the queue to' },
      routingKey: schema.text('Of the binding; default: all that the exchange gives to such a queue', {
        maxLength: 255,
      }),
      durable: schema.flag('It survives a restart of the broker; default: yes'),
      arguments: schema.map('Such as {"x-queue-type": "quorum"}'),
    },
    ['queue'],
  );
  override readonly output = schema.record({ queue: schema.text(), messages: schema.integer() });

  process(message: Message, context: Context) {
    const { queue, exchange, routingKey = '', durable = true, arguments: more } = message.json<Input>();
    return this.application.use(context, (client) =>
      client.onChannel(async (channel) => {
        const { messageCount } = await channel.assertQueue(queue, { durable, ...(more && { arguments: more }) });
        if (exchange) await channel.bindQueue(queue, exchange, routingKey);
        return { queue, messages: messageCount };
      }),
    );
  }
}
