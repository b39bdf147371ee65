import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { folderField, type MailMessage, messageField, messageOutput } from './records.ts';

export class MoveMessage extends AppConnector {
  readonly name = `${this.application.key}-move-message`;
  override readonly description = 'Move a message into another folder; its id stays';
  override readonly input = schema.object({ message: messageField, folder: folderField }, ['message', 'folder']);
  override readonly output = messageOutput;

  async process(message: Message, { api }: Context): Promise<MailMessage> {
    const { message: id, folder } = message.json<{ message: string; folder: string }>();
    return (await api.send(path`/messages/${id}/move`, { json: { destinationId: folder } })).json();
  }
}
