import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type CrmRecord, id, propertyNames, recordOutput } from './records.ts';
import { named } from './step.ts';

interface Input {
  readonly company: string;
  readonly properties?: readonly string[];
}

export class GetCompany extends AppConnector {
  readonly name = `${this.application.key}-get-company`;
  override readonly description = 'One company';
  override readonly input = schema.object({ company: id('Id of the company'), properties: propertyNames }, ['company']);
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { company, properties } = message.json<Input>();
    return (
      await api.send(path`/crm/v3/objects/companies/${company}`, { query: { properties: named(properties) } })
    ).json();
  }
}
