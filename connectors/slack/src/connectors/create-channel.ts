import { type Context, type Message, schema } from '@sluice/sdk';
import { type Channel, channelOutput } from './records.ts';
import { SlackConnector } from './step.ts';

interface Input {
  readonly channel_name: string;
  readonly private?: boolean;
}

export class CreateChannel extends SlackConnector {
  readonly name = `${this.application.key}-create-channel`;
  override readonly description = 'Make a channel';
  override readonly input = schema.object(
    {
      channel_name: schema.text('Small letters, digits, "-" and "_"', { pattern: '^[^\\s.A-Z#]{1,80}$' }),
      private: schema.flag('Only for those who are invited'),
    },
    ['channel_name'],
  );
  override readonly output = channelOutput;

  async process(message: Message, context: Context): Promise<Channel> {
    const { channel_name: name, private: closed = false } = message.json<Input>();
    const json = { name, is_private: closed };
    return (await this.post<{ channel: Channel }>('conversations.create', json, context)).channel;
  }
}
