// Asana, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Asana, AsanaToken } from './application/asana.ts';
import { common, table } from './connectors/table.ts';

export { Asana, AsanaToken } from './application/asana.ts';

export const applications: readonly Application[] = [new Asana(), new AsanaToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
