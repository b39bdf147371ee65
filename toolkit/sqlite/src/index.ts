// SQLite, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { sqlSteps } from '@sluice/toolkit-sql';
import { Sqlite } from './application.ts';

export { Sqlite } from './application.ts';

const application = new Sqlite();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = sqlSteps(application);
