import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { baseField, baseOf } from '../application/places.ts';
import { tablesOutput } from './records.ts';

export class ListTables extends AppConnector {
  readonly name = `${this.application.key}-list-tables`;
  override readonly description = 'Tables of a base, with their fields and views';
  override readonly input = schema.object(baseField);
  override readonly output = tablesOutput;

  async process(message: Message, context: Context): Promise<{ tables: unknown[] }> {
    const { base } = message.json<{ base?: string }>();
    return (await context.api.send(path`/v0/meta/bases/${await baseOf(base, context)}/tables`)).json();
  }
}
