import { type Context, type Message, schema } from '@sluice/sdk';
import { type User, userOutput } from './records.ts';
import { SlackConnector } from './step.ts';

export class FindUser extends SlackConnector {
  readonly name = `${this.application.key}-find-user`;
  override readonly description = 'One person, by e-mail address';
  override readonly input = schema.object(
    { email: schema.text('E-mail address', { pattern: '^[^\\s@]+@[^\\s@]+$' }) },
    ['email'],
  );
  override readonly output = userOutput;

  async process(message: Message, context: Context): Promise<User> {
    const { email } = message.json<{ email: string }>();
    return (await this.get<{ user: User }>('users.lookupByEmail', { email }, context)).user;
  }
}
