// Zendesk, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Zendesk, ZendeskToken } from './application/zendesk.ts';
import { common, table } from './connectors/table.ts';

export { Zendesk, ZendeskToken } from './application/zendesk.ts';

export const applications: readonly Application[] = [new Zendesk(), new ZendeskToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
