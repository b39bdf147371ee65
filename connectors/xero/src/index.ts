// Xero, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Xero } from './application/xero.ts';
import { table } from './connectors/table.ts';

export { Xero } from './application/xero.ts';

export const applications: readonly Application[] = [new Xero()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table));
