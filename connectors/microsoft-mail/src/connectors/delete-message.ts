import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { doneOutput, messageField } from './records.ts';

export class DeleteMessage extends AppConnector {
  readonly name = `${this.application.key}-delete-message`;
  override readonly description = 'Delete a message; it can be restored for a while';
  override readonly input = schema.object({ message: messageField }, ['message']);
  override readonly output = doneOutput('deleted');

  async process(message: Message, { api }: Context) {
    const { message: id } = message.json<{ message: string }>();
    await api.send(path`/messages/${id}`, { method: 'DELETE' });
    return { message: id, deleted: true };
  }
}
