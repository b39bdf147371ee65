import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type CrmRecord, id, properties, recordOutput } from './records.ts';

export class UpdateContact extends AppConnector {
  readonly name = `${this.application.key}-update-contact`;
  override readonly description = 'Change properties of a contact; what is not given stays, an empty text empties';
  override readonly input = schema.object({ contact: id('Id of the contact'), properties }, ['contact', 'properties']);
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { contact, properties } = message.json<{ contact: string; properties: object }>();
    return (
      await api.send(path`/crm/v3/objects/contacts/${contact}`, { method: 'PATCH', json: { properties } })
    ).json();
  }
}
