// Twilio, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Twilio } from './application/twilio.ts';
import { common, table } from './connectors/table.ts';

export { Twilio } from './application/twilio.ts';

export const applications: readonly Application[] = [new Twilio()];

/** All connectors. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
