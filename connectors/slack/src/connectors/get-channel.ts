import { type Context, type Message, schema } from '@sluice/sdk';
import { type Channel, channelField, channelOutput } from './records.ts';
import { channelOf, SlackConnector } from './step.ts';

export class GetChannel extends SlackConnector {
  readonly name = `${this.application.key}-get-channel`;
  override readonly description = 'One channel';
  override readonly input = schema.object({ channel: channelField });
  override readonly output = channelOutput;

  async process(message: Message, context: Context): Promise<Channel> {
    const channel = await channelOf(message.json<{ channel?: string }>().channel, context);
    return (await this.get<{ channel: Channel }>('conversations.info', { channel }, context)).channel;
  }
}
