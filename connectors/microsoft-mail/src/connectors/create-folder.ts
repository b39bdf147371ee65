import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { folderOutput, type MailFolder } from './records.ts';

export class CreateFolder extends AppConnector {
  readonly name = `${this.application.key}-create-folder`;
  override readonly description = 'Make a folder in the mailbox';
  override readonly input = schema.object({ name: schema.text('Name', { minLength: 1 }) }, ['name']);
  override readonly output = folderOutput;

  async process(message: Message, { api }: Context): Promise<MailFolder> {
    const { name } = message.json<{ name: string }>();
    return (await api.send('/mailFolders', { json: { displayName: name } })).json();
  }
}
