// What Sheets answers: the fields that processes usually need. All others are there as well.

import { schema } from '@sluice/sdk';

/** Texts, numbers and flags as they stand in the cells; '' for an empty one. */
export type Cell = string | number | boolean | null;

export interface ValueRange {
  /** In A1 notation. */
  readonly range: string;
  readonly majorDimension?: string;
  /** Left out when all of the range is empty; empty cells at the end of a row are left out as well. */
  readonly values?: readonly (readonly Cell[])[];
}

export interface UpdatedValues {
  readonly spreadsheetId: string;
  readonly updatedRange: string;
  readonly updatedRows: number;
  readonly updatedColumns: number;
  readonly updatedCells: number;
}

export interface Spreadsheet {
  readonly spreadsheetId: string;
  readonly spreadsheetUrl: string;
  readonly properties: { readonly title: string };
  readonly sheets: readonly { readonly properties: { readonly sheetId: number; readonly title: string } }[];
}

/** A row under a header, by name of the column. */
export interface Row {
  /** Number of the row, from 1. */
  readonly row: number;
  readonly values: Readonly<Record<string, Cell>>;
}

const { choice, flag, integer, list, map, object, record, text } = schema;

const valueRange = object({ range: text(), values: list(list({})) }, ['range']);
export const valueRangeOutput = valueRange;
export const valueRangesOutput = record({ spreadsheetId: text(), valueRanges: list(valueRange) });
const updated = record({
  spreadsheetId: text(),
  updatedRange: text(),
  updatedRows: integer(),
  updatedColumns: integer(),
  updatedCells: integer(),
});
export const updatedOutput = updated;
export const appendedOutput = record({ spreadsheetId: text(), updates: updated });
export const updatedRangesOutput = record({
  spreadsheetId: text(),
  totalUpdatedCells: integer(),
  responses: list({}),
});
export const clearedOutput = record({ spreadsheetId: text(), clearedRange: text() });
export const clearedRangesOutput = record({ spreadsheetId: text(), clearedRanges: list(text()) });
export const spreadsheetOutput = record({
  spreadsheetId: text(),
  spreadsheetUrl: text(),
  properties: record({ title: text() }),
  sheets: list(record({ properties: record({ sheetId: integer(), title: text() }) })),
});
export const repliesOutput = record({ spreadsheetId: text(), replies: list({}) });
export const copiedOutput = record({ sheetId: integer(), title: text() });
export const rowOutput = record({ row: integer(), values: map() });

export const spreadsheetField = text('Id of the spreadsheet; default: the one of the settings', { minLength: 1 });
export const sheetField = text('Title of the sheet; default: the one of the settings', { minLength: 1 });
export const rangeField = text("Range in A1 notation, such as 'Sheet 1'!A1:C9, or a named range", { minLength: 1 });
export const rangesField = list(text(undefined, { minLength: 1 }), 'Ranges in A1 notation', { minItems: 1 });
export const rowsField = list(
  list({ type: ['string', 'number', 'boolean', 'null'] }),
  'Rows of cells; null leaves a cell as it is',
  { minItems: 1 },
);
export const renderField = choice(
  ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'],
  'How cells are given; default: UNFORMATTED_VALUE, numbers as numbers',
);
export const DEFAULT_RENDER = 'UNFORMATTED_VALUE';
export const parseField = flag(
  'Take texts as if typed in, so that dates and formulas come of them; default: false, as they are',
);
/** What Sheets calls it. */
export const parsing = (typed = false): string => (typed ? 'USER_ENTERED' : 'RAW');
