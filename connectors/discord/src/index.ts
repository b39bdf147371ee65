// Discord, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Discord } from './application/discord.ts';
import { common, table } from './connectors/table.ts';

export { Discord } from './application/discord.ts';

export const applications: readonly Application[] = [new Discord()];

/** All connectors. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
