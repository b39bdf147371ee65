// Microsoft Teams, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { MicrosoftTeams } from './application/microsoft-teams.ts';
import { common, table } from './connectors/table.ts';

export { MicrosoftTeams } from './application/microsoft-teams.ts';

export const applications: readonly Application[] = [new MicrosoftTeams()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => stepsOf(application, table, common));
