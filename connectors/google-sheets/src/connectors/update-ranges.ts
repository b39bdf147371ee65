import { AppConnector, type Context, type Message, schema } from '@sluice/sdk';
import { spreadsheetPath } from '../application/google-sheets.ts';
import {
  type Cell,
  parseField,
  parsing,
  rangeField,
  rowsField,
  spreadsheetField,
  updatedRangesOutput,
} from './records.ts';

interface Input {
  readonly spreadsheet?: string;
  readonly ranges: readonly { readonly range: string; readonly rows: readonly (readonly Cell[])[] }[];
  readonly parse?: boolean;
}

interface Updated {
  readonly spreadsheetId: string;
  readonly totalUpdatedCells: number;
  readonly responses: readonly unknown[];
}

export class UpdateRanges extends AppConnector {
  readonly name = `${this.application.key}-update-ranges`;
  override readonly description = 'Write values into several ranges at once, all or none';
  override readonly input = schema.object(
    {
      spreadsheet: spreadsheetField,
      ranges: schema.list(
        schema.object({ range: rangeField, rows: rowsField }, ['range', 'rows']),
        'Ranges, and what is written into each',
        { minItems: 1 },
      ),
      parse: parseField,
    },
    ['ranges'],
  );
  override readonly output = updatedRangesOutput;

  async process(message: Message, context: Context): Promise<Updated> {
    const { spreadsheet, ranges, parse } = message.json<Input>();
    const data = ranges.map(({ range, rows }) => ({ range, values: rows }));
    const at = `${await spreadsheetPath(spreadsheet, context)}/values:batchUpdate`;
    return (await context.api.send(at, { json: { valueInputOption: parsing(parse), data } })).json();
  }
}
