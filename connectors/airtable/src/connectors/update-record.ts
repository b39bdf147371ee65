import { AppConnector, type Context, type Message, path, pick, schema } from '@sluice/sdk';
import { type Place, tableFields, tablePath } from '../application/places.ts';
import { type AirtableRecord, recordField, recordOutput, typecastField, valuesField } from './records.ts';

export class UpdateRecord extends AppConnector {
  readonly name = `${this.application.key}-update-record`;
  override readonly description = 'Change fields of a record; what is not given stays';
  override readonly input = schema.object(
    { ...tableFields, record: recordField, fields: valuesField, typecast: typecastField },
    ['record', 'fields'],
  );
  override readonly output = recordOutput;

  async process(message: Message, context: Context): Promise<AirtableRecord> {
    const { record, ...input } = message.json<Place & { record: string }>();
    const at = (await tablePath(input, context)) + path`/${record}`;
    return (await context.api.send(at, { method: 'PATCH', json: pick(input, ['fields', 'typecast']) })).json();
  }
}
