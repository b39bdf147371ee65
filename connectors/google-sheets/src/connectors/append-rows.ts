import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { sheetName, spreadsheetPath } from '../application/google-sheets.ts';
import {
  appendedOutput,
  type Cell,
  parseField,
  parsing,
  rowsField,
  sheetField,
  spreadsheetField,
  type UpdatedValues,
} from './records.ts';

interface Input {
  readonly spreadsheet?: string;
  readonly sheet?: string;
  readonly range?: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly parse?: boolean;
}

interface Appended {
  readonly spreadsheetId: string;
  readonly updates: UpdatedValues;
}

export class AppendRows extends AppConnector {
  readonly name = `${this.application.key}-append-rows`;
  override readonly description = 'Add rows after the last one of a table; new rows are put into the sheet for them';
  override readonly input = schema.object(
    {
      spreadsheet: spreadsheetField,
      sheet: sheetField,
      range: schema.text('Range in which the table is looked for, in A1 notation; default: the whole sheet', {
        minLength: 1,
      }),
      rows: rowsField,
      parse: parseField,
    },
    ['rows'],
  );
  override readonly output = appendedOutput;

  async process(message: Message, context: Context): Promise<Appended> {
    const { spreadsheet, sheet, range, rows, parse } = message.json<Input>();
    const table = range ?? (await sheetName(sheet, context));
    const at = (await spreadsheetPath(spreadsheet, context)) + path`/values/${table}:append`;
    const query = { valueInputOption: parsing(parse), insertDataOption: 'INSERT_ROWS' };
    return (await context.api.send(at, { query, json: { values: rows } })).json();
  }
}
