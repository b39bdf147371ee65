import { AppConnector, type Context, Fail, type Message, path, schema } from '@sluice/sdk';
import { type CrmRecord, id, propertyNames, recordOutput } from './records.ts';

interface Input {
  readonly contact?: string;
  readonly email?: string;
  readonly properties?: readonly string[];
}

export class GetContact extends AppConnector {
  readonly name = `${this.application.key}-get-contact`;
  override readonly description = 'One contact, by id or by e-mail address';
  override readonly input = schema.object({
    contact: id('Id of the contact'),
    email: schema.text('E-mail address, instead of the id', { pattern: '^[^\\s@]+@[^\\s@]+$' }),
    properties: propertyNames,
  });
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { contact, email, properties } = message.json<Input>();
    const key = contact ?? email;
    if (key === undefined)
      throw new Fail('No contact is named: give "contact" or "email".', { code: 'step.input_invalid' });
    const query = {
      properties: properties?.join(',') || undefined,
      idProperty: contact === undefined ? 'email' : undefined,
    };
    return (await api.send(path`/crm/v3/objects/contacts/${key}`, { query })).json();
  }
}
