import { type Context, type Message, schema } from '@sluice/sdk';
import { channelOutput } from './records.ts';
import { SlackBatch } from './step.ts';

interface Input {
  readonly types?: readonly string[];
  readonly archived?: boolean;
}

export class ListChannels extends SlackBatch {
  readonly name = `${this.application.key}-list-channels`;
  override readonly description = 'Channels of the workspace, one message each';
  override readonly input = schema.object({
    types: schema.list(
      schema.choice(['public_channel', 'private_channel']),
      'Which kinds; default: public ones. Private ones only where the app is a member',
    ),
    archived: schema.flag('Archived ones as well'),
  });
  override readonly output = channelOutput;

  process(message: Message, context: Context) {
    const { types, archived = false } = message.json<Input>();
    return this.page(
      'conversations.list',
      'channels',
      { types: types?.join(','), exclude_archived: !archived },
      context,
    );
  }
}
