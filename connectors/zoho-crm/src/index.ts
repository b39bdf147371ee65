// Zoho CRM, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { ZohoCrm } from './application/zoho-crm.ts';
import { CreateRecord, DeleteRecord, QueryRecords, UpdateRecord, UpsertRecord } from './connectors/records.ts';
import { table } from './connectors/table.ts';

export { ZohoCrm } from './application/zoho-crm.ts';

export const applications: readonly Application[] = [new ZohoCrm()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  ...stepsOf(application, table),
  new CreateRecord(application),
  new UpdateRecord(application),
  new UpsertRecord(application),
  new DeleteRecord(application),
  new QueryRecords(application),
]);
