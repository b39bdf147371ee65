import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { doneOutput, messageField } from './records.ts';

export class ReplyAllMessage extends AppConnector {
  readonly name = `${this.application.key}-reply-all-message`;
  override readonly description = 'Answer the sender of a message and all who got it';
  override readonly input = schema.object(
    { message: messageField, comment: schema.text('What is written above the message', { minLength: 1 }) },
    ['message', 'comment'],
  );
  override readonly output = doneOutput('accepted');

  async process(message: Message, { api }: Context) {
    const { message: id, comment } = message.json<{ message: string; comment: string }>();
    await api.send(path`/messages/${id}/replyAll`, { json: { comment } });
    return { message: id, accepted: true };
  }
}
