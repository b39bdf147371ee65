// Intercom, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Intercom, IntercomToken } from './application/intercom.ts';
import { common, table } from './connectors/table.ts';

export { Intercom, IntercomToken } from './application/intercom.ts';

export const applications: readonly Application[] = [new Intercom(), new IntercomToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
