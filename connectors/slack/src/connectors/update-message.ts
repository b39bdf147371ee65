import { type Context, type Message, pick, schema } from '@sluice/sdk';
import { channelField, content, type Posted, postedOutput, ts } from './records.ts';
import { channelOf, SlackConnector } from './step.ts';

export class UpdateMessage extends SlackConnector {
  readonly name = `${this.application.key}-update-message`;
  override readonly description = 'Change a message that this app has sent';
  override readonly input = schema.object({ channel: channelField, ts: ts('Which message'), ...content }, [
    'ts',
    'text',
  ]);
  override readonly output = postedOutput;

  async process(message: Message, context: Context): Promise<Posted> {
    const given = message.json<{ channel?: string }>();
    const channel = await channelOf(given.channel, context);
    return this.post('chat.update', { channel, ...pick(given, ['ts', 'text', 'blocks']) }, context);
  }
}
