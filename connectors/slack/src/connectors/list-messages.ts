import { type Context, type Message, schema } from '@sluice/sdk';
import { channelField, messageOutput, times } from './records.ts';
import { channelOf, SlackBatch } from './step.ts';

interface Input {
  readonly channel?: string;
  readonly oldest?: string;
  readonly latest?: string;
}

export class ListMessages extends SlackBatch {
  readonly name = `${this.application.key}-list-messages`;
  override readonly description = 'Messages of a channel, one message each, the newest first; without those in threads';
  override readonly input = schema.object({ channel: channelField, ...times });
  override readonly output = messageOutput;

  async process(message: Message, context: Context) {
    const { oldest, latest, ...given } = message.json<Input>();
    const channel = await channelOf(given.channel, context);
    return this.page('conversations.history', 'messages', { channel, oldest, latest }, context);
  }
}
