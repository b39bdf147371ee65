import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { type CrmRecord, properties, recordOutput } from './records.ts';

interface Input {
  readonly email: string;
  readonly properties: object;
}

export class UpsertContact extends AppConnector {
  readonly name = `${this.application.key}-upsert-contact`;
  override readonly description = 'Change the contact with an e-mail address, or make it: a repeat does no harm';
  override readonly input = schema.object(
    { email: schema.text('E-mail address', { pattern: '^[^\\s@]+@[^\\s@]+$' }), properties },
    ['email', 'properties'],
  );
  override readonly output = recordOutput;

  async process(message: Message, { api }: Context): Promise<CrmRecord> {
    const { email, properties } = message.json<Input>();
    const json = { inputs: [{ idProperty: 'email', id: email, properties }] };
    const answer = await api.send('/crm/v3/objects/contacts/batch/upsert', { json });
    return answer.json<{ results: [CrmRecord] }>().results[0];
  }
}
