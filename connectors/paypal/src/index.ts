// PayPal, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { PayPal } from './application/paypal.ts';
import { common, table } from './connectors/table.ts';

export { PayPal } from './application/paypal.ts';

export const applications: readonly Application[] = [new PayPal()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
