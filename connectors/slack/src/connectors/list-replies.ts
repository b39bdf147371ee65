import { type Context, type Message, schema } from '@sluice/sdk';
import { channelField, messageOutput, times, ts } from './records.ts';
import { channelOf, SlackBatch } from './step.ts';

interface Input {
  readonly channel?: string;
  readonly ts: string;
  readonly oldest?: string;
  readonly latest?: string;
}

export class ListReplies extends SlackBatch {
  readonly name = `${this.application.key}-list-replies`;
  override readonly description = 'Messages of a thread, one message each, the first one included';
  override readonly input = schema.object({ channel: channelField, ts: ts('First message of the thread'), ...times }, [
    'ts',
  ]);
  override readonly output = messageOutput;

  async process(message: Message, context: Context) {
    const { ts, oldest, latest, ...given } = message.json<Input>();
    const channel = await channelOf(given.channel, context);
    return this.page('conversations.replies', 'messages', { channel, ts, oldest, latest }, context);
  }
}
