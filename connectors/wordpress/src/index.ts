// WordPress, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { WordPress } from './application/wordpress.ts';
import { common, table } from './connectors/table.ts';

export { WordPress } from './application/wordpress.ts';

export const applications: readonly Application[] = [new WordPress()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
