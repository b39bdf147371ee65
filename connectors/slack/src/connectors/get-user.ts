import { type Context, type Message, schema } from '@sluice/sdk';
import { type User, userField, userOutput } from './records.ts';
import { SlackConnector } from './step.ts';

export class GetUser extends SlackConnector {
  readonly name = `${this.application.key}-get-user`;
  override readonly description = 'One person, by id';
  override readonly input = schema.object({ user: userField }, ['user']);
  override readonly output = userOutput;

  async process(message: Message, context: Context): Promise<User> {
    const { user } = message.json<{ user: string }>();
    return (await this.get<{ user: User }>('users.info', { user }, context)).user;
  }
}
