import { type Context, type Message, schema } from '@sluice/sdk';
import { userOutput } from './records.ts';
import { SlackBatch } from './step.ts';

export class ListUsers extends SlackBatch {
  readonly name = `${this.application.key}-list-users`;
  override readonly description = 'People of the workspace, one message each; bots and those who left are among them';
  override readonly input = schema.object({});
  override readonly output = userOutput;

  process(_message: Message, context: Context) {
    return this.page('users.list', 'members', {}, context);
  }
}
