import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { doneOutput, messageField } from './records.ts';

export class SendDraft extends AppConnector {
  readonly name = `${this.application.key}-send-draft`;
  override readonly description = 'Send a draft';
  override readonly input = schema.object({ message: messageField }, ['message']);
  override readonly output = doneOutput('accepted');

  async process(message: Message, { api }: Context) {
    const { message: id } = message.json<{ message: string }>();
    await api.send(path`/messages/${id}/send`, { method: 'POST' });
    return { message: id, accepted: true };
  }
}
