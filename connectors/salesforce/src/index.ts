// Salesforce, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Salesforce, SalesforceApplication } from './application/salesforce.ts';
import { CreateRecord, QueryRecords, UpdateRecord, UpsertRecord } from './connectors/records.ts';
import { table } from './connectors/table.ts';

export { Salesforce, SalesforceApplication } from './application/salesforce.ts';

/** As a person, and as the application itself. */
export const applications: readonly Application[] = [new Salesforce(), new SalesforceApplication()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new QueryRecords(application),
  new CreateRecord(application),
  new UpdateRecord(application),
  new UpsertRecord(application),
  ...stepsOf(application, table),
]);
