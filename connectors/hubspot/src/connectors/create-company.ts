import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { type CrmRecord, properties, recordOutput } from './records.ts';

export class CreateCompany extends AppConnector {
  readonly name = `${this.application.key}-create-company`;
  override readonly description = 'Make a company';
  override readonly input = schema.object({ properties }, ['properties']);
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { properties } = message.json<{ properties: object }>();
    return (await api.send('/crm/v3/objects/companies', { json: { properties } })).json();
  }
}
