// Trello, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Trello } from './application/trello.ts';
import { common, table } from './connectors/table.ts';

export { Trello } from './application/trello.ts';

export const applications: readonly Application[] = [new Trello()];

/** All connectors. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
