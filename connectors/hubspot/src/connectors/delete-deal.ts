import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { deletedOutput, id } from './records.ts';

export class DeleteDeal extends AppConnector {
  readonly name = `${this.application.key}-delete-deal`;
  override readonly description = 'Move a deal to the recycling bin';
  override readonly input = schema.object({ deal: id('Id of the deal') }, ['deal']);
  override readonly output = deletedOutput;

  async process(message: Message, { api }: Context): Promise<{ id: string; deleted: boolean }> {
    const { deal: id } = message.json<{ deal: string }>();
    await api.send(path`/crm/v3/objects/deals/${id}`, { method: 'DELETE' });
    return { id, deleted: true };
  }
}
