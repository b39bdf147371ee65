import { type Context, type Message, schema } from '@sluice/sdk';
import { fineWhen } from '../application/answers.ts';
import { channelField, ts } from './records.ts';
import { channelOf, SlackConnector } from './step.ts';

interface Input {
  readonly channel?: string;
  readonly ts: string;
  readonly emoji: string;
}

export class AddReaction extends SlackConnector {
  readonly name = `${this.application.key}-add-reaction`;
  override readonly description = 'Put an emoji on a message; one that is there already stays';
  override readonly input = schema.object(
    {
      channel: channelField,
      ts: ts('Which message'),
      emoji: schema.text('Name of the emoji without colons', { pattern: '^[^:\\s]+$' }),
    },
    ['ts', 'emoji'],
  );
  override readonly output = schema.record({ channel: schema.text(), ts: schema.text(), emoji: schema.text() });

  async process(message: Message, context: Context): Promise<Required<Input>> {
    const { ts, emoji, ...given } = message.json<Input>();
    const channel = await channelOf(given.channel, context);
    const how = { read: fineWhen('already_reacted') };
    await this.post('reactions.add', { channel, timestamp: ts, name: emoji }, context, how);
    return { channel, ts, emoji };
  }
}
