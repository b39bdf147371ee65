import { AppConnector, type Context, type Message, path, schema } from '@sluice/sdk';
import { spreadsheetPath } from '../application/google-sheets.ts';
import {
  type Cell,
  parseField,
  parsing,
  rangeField,
  rowsField,
  spreadsheetField,
  type UpdatedValues,
  updatedOutput,
} from './records.ts';

interface Input {
  readonly spreadsheet?: string;
  readonly range: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly parse?: boolean;
}

export class UpdateValues extends AppConnector {
  readonly name = `${this.application.key}-update-values`;
  override readonly description = 'Write values into one range';
  override readonly input = schema.object(
    { spreadsheet: spreadsheetField, range: rangeField, rows: rowsField, parse: parseField },
    ['range', 'rows'],
  );
  override readonly output = updatedOutput;

  async process(message: Message, context: Context): Promise<UpdatedValues> {
    const { spreadsheet, range, rows, parse } = message.json<Input>();
    const at = (await spreadsheetPath(spreadsheet, context)) + path`/values/${range}`;
    const query = { valueInputOption: parsing(parse) };
    return (await context.api.send(at, { method: 'PUT', query, json: { values: rows } })).json();
  }
}
