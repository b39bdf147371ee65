// CSV (RFC 4180), by the library of that name. A row of another length than the header is a failure that names its line.

import { CsvError, type Options, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { invalid } from '../steps/content.ts';

export interface CsvOptions {
  readonly delimiter?: string;
  readonly quote?: string;
  /** The first row names the columns; default true. */
  readonly header?: boolean;
}

export type Row = Record<string, string> | string[];

const MAX_RECORD = 1_048_576;

const optionsOf = ({ delimiter = ',', quote = '"' }: CsvOptions): Options => ({
  delimiter,
  quote,
  skip_empty_lines: true,
  max_record_size: MAX_RECORD,
});

/** @throws Fail `format.invalid` */
export function readCsv(text: string, options: CsvOptions = {}): Row[] {
  return reading(() => parse(text, { ...optionsOf(options), columns: options.header ?? true }) as Row[]);
}

/**
 * Some rows behind an offset.
 * @param from  bytes; 0 is the beginning
 * @returns the rows, and the offset behind them; null when there are no more
 */
export function readPage(
  bytes: Buffer,
  from: number,
  size: number,
  options: CsvOptions = {},
): { rows: Row[]; next: number | null } {
  return reading(() => {
    const common = optionsOf(options);
    const header = options.header ?? true;
    const [names] = header ? (parse(bytes, { ...common, to: 1 }) as string[][]) : [];
    const start = from > 0 ? from : 0;
    const part = bytes.subarray(start);
    const columns = header ? (start > 0 ? (names ?? []) : true) : false;
    const found = parse(part, { ...common, columns, to: size, info: true } as Options) as unknown as {
      record: Row;
      info: { bytes: number };
    }[];
    const end = start + (found.at(-1)?.info.bytes ?? part.length);
    const isMore = found.length === size && end < bytes.length;
    return { rows: found.map(({ record }) => record), next: isMore ? end : null };
  });
}

export interface CsvOutput extends CsvOptions {
  readonly columns?: readonly string[];
  /** A cell that a spreadsheet would run as a formula is made a text. */
  readonly forSpreadsheets?: boolean;
}

/** Members that are no texts are written as JSON has them. */
export function writeCsv(
  rows: readonly unknown[],
  { delimiter = ',', quote = '"', header = true, columns, forSpreadsheets = false }: CsvOutput = {},
): string {
  const isList = rows.length > 0 && Array.isArray(rows[0]);
  return stringify(rows as never, {
    delimiter,
    quote,
    header: header && !isList,
    ...(columns
      ? { columns: [...columns] }
      : isList
        ? {}
        : { columns: [...new Set(rows.flatMap((row) => Object.keys(row as object)))] }),
    escape_formulas: forSpreadsheets,
    record_delimiter: 'windows',
    cast: { boolean: String, object: (value) => JSON.stringify(value) },
  });
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw invalid('CSV', cause instanceof CsvError ? cause.message : (cause as Error).message, cause);
  }
}
