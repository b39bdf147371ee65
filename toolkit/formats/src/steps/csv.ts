import { Batch, type BatchResult, type Context, CustomNode, Fail, type Message, schema } from '@sluice/sdk';
import { type CsvOptions, type CsvOutput, readCsv, readPage, writeCsv } from '../text/csv.ts';
import { bounded, given, maxRowsField, rowsOutput, type TextInput, textFields, textOf, textOutput } from './content.ts';

const one = (description: string) => schema.text(description, { minLength: 1, maxLength: 1 });
const csvFields = {
  delimiter: one('Between cells; default: a comma'),
  quote: one('Around cells; default: "'),
  header: schema.flag('The first row names the columns; default: yes'),
};

export class ParseCsv extends CustomNode {
  readonly name = 'parse-csv';
  override readonly description = 'Rows of a CSV, all of them in one message: objects by the names of the columns';
  override readonly input = schema.object({ ...textFields, ...csvFields, maxRows: maxRowsField }, ['content']);
  override readonly output = rowsOutput;

  process(message: Message) {
    const input = message.json<TextInput & CsvOptions & { maxRows?: number }>();
    return bounded(readCsv(textOf(input), input), input.maxRows);
  }
}

export class SplitCsv extends Batch {
  readonly name = 'split-csv';
  override readonly description = 'Rows of a CSV, one message each, page by page';
  override readonly input = schema.object(
    {
      ...textFields,
      ...csvFields,
      pageSize: schema.integer('Rows of a page; default 500', { minimum: 1, maximum: 10_000 }),
    },
    ['content'],
  );
  override readonly output = {};

  process(message: Message, { cursor }: Context): BatchResult {
    const input = message.json<TextInput & CsvOptions & { pageSize?: number }>();
    const from = cursor === null ? 0 : Number(cursor);
    if (!Number.isSafeInteger(from) || from < 0) throw new Fail('The cursor was expected to be an offset.');
    const { rows, next } = readPage(Buffer.from(textOf(input)), from, input.pageSize ?? 500, input);
    return next === null ? { items: rows } : { items: rows, cursor: String(next) };
  }
}

export class FormatCsv extends CustomNode {
  readonly name = 'format-csv';
  override readonly description = 'Write rows as CSV';
  override readonly input = schema.object(
    {
      rows: schema.list({ type: ['object', 'array'] }, 'Rows: objects, or lists of cells'),
      ...csvFields,
      columns: schema.list(schema.text('Name'), 'Columns in their order; default: all that the rows have'),
      forSpreadsheets: schema.flag('Cells that a spreadsheet would run as a formula are made texts'),
    },
    ['rows'],
  );
  override readonly output = textOutput;

  process(message: Message) {
    const { rows, ...options } = message.json<CsvOutput & { rows: unknown[] }>();
    return given(writeCsv(rows, options), 'text/csv; charset=utf-8');
  }
}
