import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { spreadsheetPath } from '../application/google-sheets.ts';
import { clearedOutput, rangeField, spreadsheetField } from './records.ts';

interface Cleared {
  readonly spreadsheetId: string;
  readonly clearedRange: string;
}

export class ClearValues extends AppConnector {
  readonly name = `${this.application.key}-clear-values`;
  override readonly description = 'Empty the cells of a range; their format stays';
  override readonly input = schema.object({ spreadsheet: spreadsheetField, range: rangeField }, ['range']);
  override readonly output = clearedOutput;

  async process(message: Message, context: Context): Promise<Cleared> {
    const { spreadsheet, range } = message.json<{ spreadsheet?: string; range: string }>();
    const at = (await spreadsheetPath(spreadsheet, context)) + path`/values/${range}:clear`;
    return (await context.api.send(at, { json: {} })).json();
  }
}
