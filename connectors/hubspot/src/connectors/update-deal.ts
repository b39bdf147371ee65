import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type CrmRecord, id, properties, recordOutput } from './records.ts';

export class UpdateDeal extends AppConnector {
  readonly name = `${this.application.key}-update-deal`;
  override readonly description = 'Change properties of a deal; what is not given stays, an empty text empties';
  override readonly input = schema.object({ deal: id('Id of the deal'), properties }, ['deal', 'properties']);
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { deal, properties } = message.json<{ deal: string; properties: object }>();
    return (await api.send(path`/crm/v3/objects/deals/${deal}`, { method: 'PATCH', json: { properties } })).json();
  }
}
