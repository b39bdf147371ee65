import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { spreadsheetPath } from '../application/google-sheets.ts';
import { type Spreadsheet, spreadsheetField, spreadsheetOutput } from './records.ts';

export class GetSpreadsheet extends AppConnector {
  readonly name = `${this.application.key}-get-spreadsheet`;
  override readonly description = 'A spreadsheet with its sheets and named ranges, without the cells';
  override readonly input = schema.object({ spreadsheet: spreadsheetField });
  override readonly output = spreadsheetOutput;

  async process(message: Message, context: Context): Promise<Spreadsheet> {
    const { spreadsheet } = message.json<{ spreadsheet?: string }>();
    const query = { includeGridData: false };
    return (await context.api.send(await spreadsheetPath(spreadsheet, context), { query })).json();
  }
}
