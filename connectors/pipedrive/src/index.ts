// Pipedrive, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { Pipedrive, PipedriveToken } from './application/pipedrive.ts';
import { CreateRecord } from './connectors/create-record.ts';
import { DeleteRecord } from './connectors/delete-record.ts';
import { GetRecord } from './connectors/get-record.ts';
import { ListPipelines } from './connectors/list-pipelines.ts';
import { ListRecords } from './connectors/list-records.ts';
import { ListStages } from './connectors/list-stages.ts';
import { RESOURCES } from './connectors/resources.ts';
import { SearchItems } from './connectors/search-items.ts';
import { UpdateRecord } from './connectors/update-record.ts';

export { Pipedrive, PipedriveToken } from './application/pipedrive.ts';
export type { Activity, ContactDetail, Deal, Organization, Person } from './connectors/records.ts';

/** By OAuth, and by a personal API token. */
export const applications: readonly Application[] = [new Pipedrive(), new PipedriveToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  ...RESOURCES.flatMap((resource) => [
    new ListRecords(application, resource),
    new GetRecord(application, resource),
    new CreateRecord(application, resource),
    new UpdateRecord(application, resource),
    new DeleteRecord(application, resource),
  ]),
  new SearchItems(application),
  new ListPipelines(application),
  new ListStages(application),
]);
