// QuickBooks Online, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { QuickBooks } from './application/quickbooks.ts';
import { QueryRecords } from './connectors/query-records.ts';
import { common, table } from './connectors/table.ts';

export { QuickBooks } from './application/quickbooks.ts';

export const applications: readonly Application[] = [new QuickBooks()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new QueryRecords(application),
  ...stepsOf(application, table, common),
]);
