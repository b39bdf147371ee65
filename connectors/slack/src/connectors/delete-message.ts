import { type Context, type Message, schema } from '@sluice/sdk';
import { channelField, type Posted, postedOutput, ts } from './records.ts';
import { channelOf, SlackConnector } from './step.ts';

export class DeleteMessage extends SlackConnector {
  readonly name = `${this.application.key}-delete-message`;
  override readonly description = 'Delete a message that this app has sent';
  override readonly input = schema.object({ channel: channelField, ts: ts('Which message') }, ['ts']);
  override readonly output = postedOutput;

  async process(message: Message, context: Context): Promise<Posted> {
    const given = message.json<{ channel?: string; ts: string }>();
    return this.post('chat.delete', { channel: await channelOf(given.channel, context), ts: given.ts }, context);
  }
}
