import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { deletedOutput, id } from './records.ts';

export class DeleteContact extends AppConnector {
  readonly name = `${this.application.key}-delete-contact`;
  override readonly description = 'Move a contact to the recycling bin';
  override readonly input = schema.object({ contact: id('Id of the contact') }, ['contact']);
  override readonly output = deletedOutput;

  async process(message: Message, { api }: Context): Promise<{ id: string; deleted: boolean }> {
    const { contact: id } = message.json<{ contact: string }>();
    await api.send(path`/crm/v3/objects/contacts/${id}`, { method: 'DELETE' });
    return { id, deleted: true };
  }
}
