import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { deletedOutput, id } from './records.ts';

export class DeleteCompany extends AppConnector {
  readonly name = `${this.application.key}-delete-company`;
  override readonly description = 'Move a company to the recycling bin';
  override readonly input = schema.object({ company: id('Id of the company') }, ['company']);
  override readonly output = deletedOutput;

  async process(message: Message, { api }: Context): Promise<{ id: string; deleted: boolean }> {
    const { company: id } = message.json<{ company: string }>();
    await api.send(path`/crm/v3/objects/companies/${id}`, { method: 'DELETE' });
    return { id, deleted: true };
  }
}
