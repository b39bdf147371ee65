// HubSpot, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Hubspot, HubspotToken } from './application/hubspot.ts';
import { GetContact } from './connectors/get-contact.ts';
import { table } from './connectors/table.ts';
import { UpsertContact } from './connectors/upsert-contact.ts';

export { Hubspot, HubspotToken } from './application/hubspot.ts';
export type { CrmRecord } from './connectors/records.ts';

/** By OAuth, and by the token of a private app. */
export const applications: readonly Application[] = [new Hubspot(), new HubspotToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  ...stepsOf(application, table),
  new GetContact(application),
  new UpsertContact(application),
]);
