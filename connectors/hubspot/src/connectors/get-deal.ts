import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type CrmRecord, id, propertyNames, recordOutput } from './records.ts';
import { named } from './step.ts';

interface Input {
  readonly deal: string;
  readonly properties?: readonly string[];
}

export class GetDeal extends AppConnector {
  readonly name = `${this.application.key}-get-deal`;
  override readonly description = 'One deal';
  override readonly input = schema.object({ deal: id('Id of the deal'), properties: propertyNames }, ['deal']);
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { deal, properties } = message.json<Input>();
    return (await api.send(path`/crm/v3/objects/deals/${deal}`, { query: { properties: named(properties) } })).json();
  }
}
