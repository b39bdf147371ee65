import { CustomNode, Fail, type Message, schema } from '@sluice/sdk';
import type { Cell, Sheet } from '../xlsx/read.ts';
import { invalid, MAX_ROWS, maxRowsField } from './content.ts';

const MAX_BYTES = 256 * 1024 * 1024;

interface Parsing {
  readonly content: string;
  readonly sheet?: string;
  readonly header?: boolean;
  readonly maxRows?: number;
}

export class ParseXlsx extends CustomNode {
  readonly name = 'parse-xlsx';
  override readonly description =
    'Rows of a sheet of an XLSX: objects by the names in the first row, or lists of cells';
  override readonly input = schema.object(
    {
      content: schema.text('The file as base64', { maxLength: 100_000_000 }),
      encoding: schema.choice(['base64'], 'Always base64'),
      sheet: schema.text('Name of the sheet; default: the first', { minLength: 1, maxLength: 100 }),
      header: schema.flag('The first row names the columns; default: yes'),
      maxRows: maxRowsField,
    },
    ['content'],
  );
  override readonly output = schema.record({
    rows: schema.list({}),
    count: schema.integer(),
    sheet: schema.text(),
    sheets: schema.list(schema.text(), 'Names of all sheets'),
  });

  async process(message: Message) {
    const { content, sheet: name, header = true, maxRows = MAX_ROWS } = message.json<Parsing>();
    const sheets = await sheetsOf(Buffer.from(content, 'base64'), maxRows);
    const names = sheets.map((one) => one.name);
    const sheet = name === undefined ? sheets[0] : sheets.find((one) => one.name === name);
    if (!sheet)
      throw new Fail(`There is no sheet ${name ? `"${name}"` : ''}; there are: ${names.join(', ').slice(0, 500)}.`, {
        code: 'format.no_sheet',
      });
    const rows = header ? recordsOf(sheet) : sheet.rows;
    return { rows, count: rows.length, sheet: sheet.name, sheets: names };
  }
}

async function sheetsOf(bytes: Buffer, maxRows: number): Promise<Sheet[]> {
  const { readXlsx } = await import('../xlsx/read.ts');
  try {
    return readXlsx(bytes, { maxBytes: MAX_BYTES, maxRows });
  } catch (cause) {
    throw invalid('XLSX', (cause as Error).message.slice(0, 500), cause);
  }
}

/** Columns without a name are called by their number; rows without any cell are none. */
function recordsOf({ rows: [first = [], ...others] }: Sheet): Record<string, Cell>[] {
  const names = first.map((name, at) => (name === null || name === '' ? `column ${at + 1}` : String(name)));
  return others
    .filter((row) => row.some((cell) => cell !== null))
    .map((row) => Object.fromEntries(row.map((cell, at) => [names[at] ?? `column ${at + 1}`, cell])));
}

type RowInput = Readonly<Record<string, unknown>> | readonly unknown[];

export class FormatXlsx extends CustomNode {
  readonly name = 'format-xlsx';
  override readonly description = 'Write rows as an XLSX, one sheet for each list; no text becomes a formula';
  override readonly input = schema.object(
    {
      sheets: schema.list(
        schema.object(
          {
            name: schema.text('Name of the sheet', { minLength: 1, maxLength: 31, pattern: '^[^\\[\\]:*?/\\\\]+$' }),
            rows: schema.list({ type: ['object', 'array'] }, 'Rows: objects, or lists of cells', {
              maxItems: 1_000_000,
            }),
          },
          ['name', 'rows'],
        ),
        'Sheets',
        { minItems: 1, maxItems: 100 },
      ),
    },
    ['sheets'],
  );
  override readonly output = schema.record({
    content: schema.text(),
    encoding: schema.choice(['base64']),
    contentType: schema.text(),
  });

  async process(message: Message) {
    const { sheets } = message.json<{ sheets: { name: string; rows: RowInput[] }[] }>();
    const { writeXlsx } = await import('../xlsx/write.ts');
    const bytes = writeXlsx(sheets.map(({ name, rows }) => ({ name, rows: cellsOf(rows) })));
    return {
      content: bytes.toString('base64'),
      encoding: 'base64',
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    };
  }
}

function cellsOf(rows: readonly RowInput[]): Cell[][] {
  const cell = (value: unknown): Cell =>
    value === null || value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : (value as Cell);
  const objects = rows.filter((row) => !Array.isArray(row));
  const columns = [...new Set(objects.flatMap(Object.keys))];
  const head = columns.length > 0 ? [columns] : [];
  const body = rows.map((row) =>
    Array.isArray(row) ? row.map(cell) : columns.map((name) => cell((row as Record<string, unknown>)[name])),
  );
  return [...head, ...body];
}
