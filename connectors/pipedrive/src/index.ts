// Pipedrive, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Pipedrive, PipedriveToken } from './application/pipedrive.ts';
import { common, table } from './connectors/table.ts';

export { Pipedrive, PipedriveToken } from './application/pipedrive.ts';
export type { Activity, ContactDetail, Deal, Organization, Person } from './connectors/records.ts';

/** By OAuth, and by a personal API token. */
export const applications: readonly Application[] = [new Pipedrive(), new PipedriveToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
