// CSV as a list of objects: the first line has the names, all values are text.
//
// Spreadsheets run a cell that begins with "=", "+", "-" or "@" as a formula. Such a cell is written with an apostrophe in front,
// which they take for "this is text"; a number such as -5 stays a number.

import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const MOST_COLUMNS = 1_000;

/** @throws Error */
export function readCsv(text: string): unknown {
  const rows = parse(text, { bom: true, skip_empty_lines: true, max_record_size: 1_048_576 }) as string[][];
  const [names = [], ...lines] = rows;
  if (names.length > MOST_COLUMNS) throw new Error(`it has more than ${MOST_COLUMNS} columns`);
  if (new Set(names).size < names.length) throw new Error('two columns have the same name');
  // Not by assignment: a column may be called __proto__.
  return lines.map((line) => Object.fromEntries(names.map((name, index) => [name, line[index] ?? ''])));
}

/** @throws Error when it is no list of flat objects */
export function writeCsv(value: unknown): string {
  const rows = Array.isArray(value) ? value : [value];
  const names = new Set<string>();
  for (const row of rows) {
    if (typeof row !== 'object' || row === null || Array.isArray(row))
      throw new Error('CSV is written from a list of objects');
    for (const [name, cell] of Object.entries(row)) {
      if (typeof cell === 'object' && cell !== null)
        throw new Error(`"${name.slice(0, 100)}" is an object, and a cell is flat`);
      names.add(name);
    }
    if (names.size > MOST_COLUMNS) throw new Error(`it has more than ${MOST_COLUMNS} columns`);
  }
  const columns = [...names];
  const lines = rows.map((row: Record<string, unknown>) =>
    columns.map((name) => cellOf(Object.hasOwn(row, name) ? row[name] : '')),
  );
  return stringify([columns.map(cellOf), ...lines], { record_delimiter: 'windows' });
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text)
    ? `'${text}`
    : text;
}
