import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { spreadsheetPath } from '../application/google-sheets.ts';
import { copiedOutput, spreadsheetField } from './records.ts';

interface Input {
  readonly spreadsheet?: string;
  readonly sheetId: number;
  readonly to: string;
}

export class CopySheet extends AppConnector {
  readonly name = `${this.application.key}-copy-sheet`;
  override readonly description = 'Copy a sheet into another spreadsheet';
  override readonly input = schema.object(
    {
      spreadsheet: spreadsheetField,
      sheetId: schema.integer('Id of the sheet, as get-spreadsheet gives it', { minimum: 0 }),
      to: schema.text('Id of the spreadsheet that gets the copy', { minLength: 1 }),
    },
    ['sheetId', 'to'],
  );
  override readonly output = copiedOutput;

  async process(message: Message, context: Context): Promise<{ sheetId: number; title: string }> {
    const { spreadsheet, sheetId, to } = message.json<Input>();
    const at = (await spreadsheetPath(spreadsheet, context)) + path`/sheets/${sheetId}:copyTo`;
    return (await context.api.send(at, { json: { destinationSpreadsheetId: to } })).json();
  }
}
