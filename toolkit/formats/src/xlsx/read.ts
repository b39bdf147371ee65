// Cells of the sheets of an XLSX: texts, numbers, booleans, dates as ISO 8601. Formulas come as what was last computed.

import { SaxesParser } from 'saxes';
import { readZip } from './zip.ts';

export type Cell = string | number | boolean | null;

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

export interface ReadOptions {
  readonly maxBytes: number;
  readonly maxRows: number;
}

const MAX_COLUMNS = 16_384;
const DAY_MS = 86_400_000;
/** Formats that show a date, of those that every file has. */
const DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

/** @throws Error in words */
export function readXlsx(bytes: Buffer, options: ReadOptions): Sheet[] {
  const members = readZip(
    bytes,
    (name) =>
      /^xl\/(workbook|sharedStrings|styles)\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^xl\/worksheets\/[^/]+\.xml$/.test(
        name,
      ),
    options,
  );
  const text = (name: string): string => members.get(name)?.toString('utf8') ?? '';
  if (text('xl/workbook.xml') === '') throw new Error('it has no workbook');
  const strings = stringsIn(text('xl/sharedStrings.xml'));
  const isDate = datesIn(text('xl/styles.xml'));
  const { sheets, from1904 } = sheetsIn(text('xl/workbook.xml'));
  const targets = targetsIn(text('xl/_rels/workbook.xml.rels'));
  let left = options.maxRows;
  return sheets.map(({ name, id }) => {
    const target = targets.get(id) ?? '';
    const file = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    const rows = rowsIn(text(file), {
      strings,
      isDate,
      epoch: Date.UTC(from1904 ? 1904 : 1899, from1904 ? 0 : 11, from1904 ? 1 : 30),
      maxRows: left,
    });
    left -= rows.length;
    return { name, rows };
  });
}

type Attributes = Readonly<Record<string, string>>;

/** Walk through a member; a document type is nothing that belongs there. */
function walk(
  text: string,
  on: { open?(name: string, attributes: Attributes): void; text?(text: string): void; close?(name: string): void },
): void {
  if (text === '') return;
  const parser = new SaxesParser();
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('doctype', () => {
    throw new Error('it has a document type, which is not read');
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => on.open?.(local(name), attributes as Attributes));
  parser.on('text', (more) => on.text?.(more));
  parser.on('closetag', ({ name }) => on.close?.(local(name)));
  parser.write(text).close();
}

function stringsIn(text: string): string[] {
  const strings: string[] = [];
  let inText = false;
  let phonetic = false;
  walk(text, {
    open(name) {
      if (name === 'si') strings.push('');
      if (name === 'rPh') phonetic = true;
      inText = name === 't' && !phonetic;
    },
    text(more) {
      if (inText) strings[strings.length - 1] += more;
    },
    close(name) {
      if (name === 'rPh') phonetic = false;
      if (name === 't') inText = false;
    },
  });
  return strings;
}

function datesIn(text: string): (style: number) => boolean {
  const own = new Map<number, string>();
  const styles: number[] = [];
  let inCells = false;
  walk(text, {
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'numFmt') own.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) styles.push(Number(numFmtId));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  const shows = (format: string): boolean => /[dyhms]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''));
  return (style) => {
    const format = styles[style] ?? 0;
    return DATES.has(format) || shows(own.get(format) ?? '');
  };
}

function sheetsIn(text: string): { sheets: { name: string; id: string }[]; from1904: boolean } {
  const sheets: { name: string; id: string }[] = [];
  let from1904 = false;
  walk(text, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name === 'sheet') sheets.push({ name: attributes.name ?? '', id: attributes['r:id'] ?? '' });
    },
  });
  return { sheets, from1904 };
}

function targetsIn(text: string): Map<string, string> {
  const targets = new Map<string, string>();
  walk(text, {
    open(name, { Id = '', Target = '' }) {
      if (name === 'Relationship') targets.set(Id, Target);
    },
  });
  return targets;
}

interface RowOptions {
  readonly strings: readonly string[];
  readonly isDate: (style: number) => boolean;
  /** Day 0, epoch ms. */
  readonly epoch: number;
  readonly maxRows: number;
}

function rowsIn(text: string, { strings, isDate, epoch, maxRows }: RowOptions): Cell[][] {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let at = 0;
  let type = 'n';
  let style = 0;
  let value: string | null = null;
  let inValue = false;
  const cell = (): Cell => {
    if (value === null) return null;
    if (type === 's') return strings[Number(value)] ?? null;
    if (type === 'b') return value === '1';
    if (type === 'n') return isDate(style) ? dateOf(Number(value), epoch) : Number(value);
    return value;
  };
  walk(text, {
    open(name, attributes) {
      if (name === 'row') {
        const number = Number(attributes.r ?? rows.length + 1);
        if (!(number >= 1 && number <= maxRows)) throw new Error(`it has more than ${maxRows} rows`);
        // Rows without cells are left out of the file.
        while (rows.length < number - 1) rows.push([]);
        row = [];
        at = 0;
      } else if (name === 'c') {
        at = attributes.r === undefined ? at + 1 : columnOf(attributes.r);
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        value = null;
      }
      inValue = name === 'v' || name === 't';
      if (inValue) value ??= '';
    },
    text(more) {
      if (inValue) value += more;
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      if (name === 'c') {
        while (row.length < at - 1) row.push(null);
        row.push(cell());
      } else if (name === 'row') rows.push(row);
    },
  });
  return rows;
}

/** `AB12` → 28 */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  if (column < 1 || column > MAX_COLUMNS) throw new Error(`"${reference.slice(0, 20)}" is no place of a cell`);
  return column;
}

function dateOf(days: number, epoch: number): Cell {
  const at = new Date(Math.round((epoch + days * DAY_MS) / 1_000) * 1_000);
  if (Number.isNaN(at.getTime())) return days;
  const iso = at.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.replace('.000Z', '');
}
