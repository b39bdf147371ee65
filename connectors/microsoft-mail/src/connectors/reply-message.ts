import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { doneOutput, messageField } from './records.ts';

export class ReplyMessage extends AppConnector {
  readonly name = `${this.application.key}-reply-message`;
  override readonly description = 'Answer the sender of a message';
  override readonly input = schema.object(
    { message: messageField, comment: schema.text('What is written above the message', { minLength: 1 }) },
    ['message', 'comment'],
  );
  override readonly output = doneOutput('accepted');

  async process(message: Message, { api }: Context) {
    const { message: id, comment } = message.json<{ message: string; comment: string }>();
    await api.send(path`/messages/${id}/reply`, { json: { comment } });
    return { message: id, accepted: true };
  }
}
