// WooCommerce, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { WooCommerce } from './application/woocommerce.ts';
import { common, table } from './connectors/table.ts';

export { WooCommerce } from './application/woocommerce.ts';

export const applications: readonly Application[] = [new WooCommerce()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
