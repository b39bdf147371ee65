import { AppBatch, type Context, type HttpResponse, type Message, schema } from '@sluice/sdk';
import { readAnswer } from '../application/answers.ts';
import { sheetName, spreadsheetPath } from '../application/google-sheets.ts';
import {
  type Cell,
  DEFAULT_RENDER,
  type Row,
  renderField,
  rowOutput,
  sheetField,
  spreadsheetField,
  type ValueRange,
} from './records.ts';

const ROWS_PER_PAGE = 500;

interface Input {
  readonly spreadsheet?: string;
  readonly sheet?: string;
  readonly header?: number;
  readonly render?: string;
  readonly pageSize?: number;
}

/** The header comes with every page: each can be asked alone, and again. The cursor is the number of its first row. */
export class ReadRows extends AppBatch {
  readonly name = `${this.application.key}-read-rows`;
  override readonly description = 'Rows of a sheet under its header, by name of the column, one message each';
  override readonly input = schema.object({
    spreadsheet: spreadsheetField,
    sheet: sheetField,
    header: schema.integer('Number of the row with the names of the columns; default: 1', { minimum: 1 }),
    render: renderField,
    pageSize: schema.integer(`Rows that are read at once; default: ${ROWS_PER_PAGE}`, { minimum: 1, maximum: 10_000 }),
  });
  override readonly output = rowOutput;

  async process(message: Message, context: Context) {
    const { spreadsheet, sheet, header = 1, render = DEFAULT_RENDER, pageSize = ROWS_PER_PAGE } = message.json<Input>();
    const first = Number(context.cursor ?? header + 1);
    const name = await sheetName(sheet, context);
    const ranges = new URLSearchParams([
      ['ranges', `${name}!${header}:${header}`],
      ['ranges', `${name}!${first}:${first + pageSize - 1}`],
    ]);
    const response = await context.api.send(
      `${await spreadsheetPath(spreadsheet, context)}/values:batchGet?${ranges}`,
      {
        query: { valueRenderOption: render },
        read: (answer, now) => (isPastTheGrid(answer) ? { verdict: 'ok' } : readAnswer(answer, now)),
      },
    );
    const [names, page] = isPastTheGrid(response) ? [] : response.json<{ valueRanges: ValueRange[] }>().valueRanges;
    // Sheets leaves out empty rows at the end of a range, so a short page may have more behind it; an empty one has not.
    const rows = page?.values ?? [];
    const items = rows.flatMap((cells, at) =>
      cells.length > 0 ? [rowOf(first + at, names?.values?.[0] ?? [], cells)] : [],
    );
    return { items, ...(rows.length > 0 && { cursor: String(first + pageSize) }) };
  }
}

/** Whether the range begins after the last row that the sheet has. */
function isPastTheGrid(response: HttpResponse): boolean {
  return response.status === 400 && response.text().includes('exceeds grid limits');
}

/** A column without a name is given by its number, from 1. */
function rowOf(row: number, names: readonly Cell[], cells: readonly Cell[]): Row {
  const length = Math.max(names.length, cells.length);
  const values = Array.from({ length }, (_, at): [string, Cell] => [
    String(names[at] ?? '') || String(at + 1),
    cells[at] ?? '',
  ]);
  return { row, values: Object.fromEntries(values) };
}
