import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { type CrmRecord, properties, recordOutput } from './records.ts';

export class CreateContact extends AppConnector {
  readonly name = `${this.application.key}-create-contact`;
  override readonly description = 'Make a contact';
  override readonly input = schema.object({ properties }, ['properties']);
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { properties } = message.json<{ properties: object }>();
    return (await api.send('/crm/v3/objects/contacts', { json: { properties } })).json();
  }
}
