import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type CrmRecord, id, properties, recordOutput } from './records.ts';

export class UpdateCompany extends AppConnector {
  readonly name = `${this.application.key}-update-company`;
  override readonly description = 'Change properties of a company; what is not given stays, an empty text empties';
  override readonly input = schema.object({ company: id('Id of the company'), properties }, ['company', 'properties']);
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { company, properties } = message.json<{ company: string; properties: object }>();
    return (
      await api.send(path`/crm/v3/objects/companies/${company}`, { method: 'PATCH', json: { properties } })
    ).json();
  }
}
