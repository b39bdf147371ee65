import { type Context, type Message, schema } from '@sluice/sdk';
import { fineWhen } from '../application/answers.ts';
import { channelField, userField } from './records.ts';
import { channelOf, SlackConnector } from './step.ts';

interface Input {
  readonly channel?: string;
  readonly users: readonly string[];
}

export class InviteUsers extends SlackConnector {
  readonly name = `${this.application.key}-invite-users`;
  override readonly description = 'Invite people to a channel; one who is there already is fine';
  override readonly input = schema.object(
    { channel: channelField, users: schema.list(userField, 'Who', { minItems: 1, maxItems: 100 }) },
    ['users'],
  );
  override readonly output = schema.record({ channel: schema.text(), users: schema.list(schema.text()) });

  async process(message: Message, context: Context): Promise<Required<Input>> {
    const { users, ...given } = message.json<Input>();
    const channel = await channelOf(given.channel, context);
    // Of several, one who is there already would keep the others out.
    const how = users.length === 1 ? { read: fineWhen('already_in_channel') } : {};
    await this.post('conversations.invite', { channel, users: users.join(',') }, context, how);
    return { channel, users };
  }
}
