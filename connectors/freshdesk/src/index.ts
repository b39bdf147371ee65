// Freshdesk, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Freshdesk } from './application/freshdesk.ts';
import { common, table } from './connectors/table.ts';

export { Freshdesk } from './application/freshdesk.ts';

export const applications: readonly Application[] = [new Freshdesk()];

/** All connectors. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
