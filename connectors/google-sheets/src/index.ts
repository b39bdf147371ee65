// Google Sheets, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { GoogleSheets, GoogleSheetsService } from './application/google-sheets.ts';
import { AppendRows } from './connectors/append-rows.ts';
import { ClearRanges } from './connectors/clear-ranges.ts';
import { ClearValues } from './connectors/clear-values.ts';
import { CopySheet } from './connectors/copy-sheet.ts';
import { CreateSpreadsheet } from './connectors/create-spreadsheet.ts';
import { GetSpreadsheet } from './connectors/get-spreadsheet.ts';
import { GetValues } from './connectors/get-values.ts';
import { ReadRows } from './connectors/read-rows.ts';
import { UpdateRanges } from './connectors/update-ranges.ts';
import { UpdateSpreadsheet } from './connectors/update-spreadsheet.ts';
import { UpdateValues } from './connectors/update-values.ts';

export { GoogleSheets, GoogleSheetsService } from './application/google-sheets.ts';
export type { Cell, Row, Spreadsheet, UpdatedValues, ValueRange } from './connectors/records.ts';

/** As a person, and as a service account. */
export const applications: readonly Application[] = [new GoogleSheets(), new GoogleSheetsService()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new ReadRows(application),
  new AppendRows(application),
  new GetValues(application),
  new UpdateValues(application),
  new UpdateRanges(application),
  new ClearValues(application),
  new ClearRanges(application),
  new GetSpreadsheet(application),
  new CreateSpreadsheet(application),
  new UpdateSpreadsheet(application),
  new CopySheet(application),
]);
