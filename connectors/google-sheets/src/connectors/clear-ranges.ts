import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { spreadsheetPath } from '../application/google-sheets.ts';
import { clearedRangesOutput, rangesField, spreadsheetField } from './records.ts';

interface Cleared {
  readonly spreadsheetId: string;
  readonly clearedRanges: readonly string[];
}

export class ClearRanges extends AppConnector {
  readonly name = `${this.application.key}-clear-ranges`;
  override readonly description = 'Empty the cells of several ranges; their format stays';
  override readonly input = schema.object({ spreadsheet: spreadsheetField, ranges: rangesField }, ['ranges']);
  override readonly output = clearedRangesOutput;

  async process(message: Message, context: Context): Promise<Cleared> {
    const { spreadsheet, ranges } = message.json<{ spreadsheet?: string; ranges: readonly string[] }>();
    const at = `${await spreadsheetPath(spreadsheet, context)}/values:batchClear`;
    return (await context.api.send(at, { json: { ranges } })).json();
  }
}
