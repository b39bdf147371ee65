// ClickUp, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { ClickUp, ClickUpToken } from './application/clickup.ts';
import { common, table } from './connectors/table.ts';

export { ClickUp, ClickUpToken } from './application/clickup.ts';

export const applications: readonly Application[] = [new ClickUp(), new ClickUpToken()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
