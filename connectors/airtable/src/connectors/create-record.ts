import { AppConnector, type Context, type Message, pick, schema } from '@sluice/sdk';
import { type Place, tableFields, tablePath } from '../application/places.ts';
import { type AirtableRecord, recordOutput, typecastField, valuesField } from './records.ts';

export class CreateRecord extends AppConnector {
  readonly name = `${this.application.key}-create-record`;
  override readonly description = 'Add a record to a table';
  override readonly input = schema.object({ ...tableFields, fields: valuesField, typecast: typecastField }, ['fields']);
  override readonly output = recordOutput;

  async process(message: Message, context: Context): Promise<AirtableRecord> {
    const input = message.json<Place>();
    const json = pick(input, ['fields', 'typecast']);
    return (await context.api.send(await tablePath(input, context), { json })).json();
  }
}
