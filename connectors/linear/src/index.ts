// Linear, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Linear, LinearToken } from './application/linear.ts';
import { common, table } from './connectors/table.ts';

export { Linear, LinearToken } from './application/linear.ts';

export const applications: readonly Application[] = [new Linear(), new LinearToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
