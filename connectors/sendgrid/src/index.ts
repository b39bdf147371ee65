// SendGrid, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { SendGrid } from './application/sendgrid.ts';
import { common, table } from './connectors/table.ts';

export { SendGrid } from './application/sendgrid.ts';

export const applications: readonly Application[] = [new SendGrid()];

/** All connectors. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
