import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type Place, tableFields, tablePath } from '../application/places.ts';
import { type AirtableRecord, recordField, recordOutput } from './records.ts';

export class GetRecord extends AppConnector {
  readonly name = `${this.application.key}-get-record`;
  override readonly description = 'One record';
  override readonly input = schema.object({ ...tableFields, record: recordField }, ['record']);
  override readonly output = recordOutput;

  async process(message: Message, context: Context): Promise<AirtableRecord> {
    const { record, ...place } = message.json<Place & { record: string }>();
    return (await context.api.send((await tablePath(place, context)) + path`/${record}`)).json();
  }
}
