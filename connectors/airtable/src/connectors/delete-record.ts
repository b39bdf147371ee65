import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { type Place, tableFields, tablePath } from '../application/places.ts';
import { deletedOutput, recordField } from './records.ts';

export class DeleteRecord extends AppConnector {
  readonly name = `${this.application.key}-delete-record`;
  override readonly description = 'Delete a record';
  override readonly input = schema.object({ ...tableFields, record: recordField }, ['record']);
  override readonly output = deletedOutput;

  async process(message: Message, context: Context): Promise<{ id: string; deleted: boolean }> {
    const { record, ...place } = message.json<Place & { record: string }>();
    const at = (await tablePath(place, context)) + path`/${record}`;
    return (await context.api.send(at, { method: 'DELETE' })).json();
  }
}
