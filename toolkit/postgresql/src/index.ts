// PostgreSQL, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { sqlSteps } from '@sluice/toolkit-sql';
import { PostgreSql } from './application.ts';

export { PostgreSql } from './application.ts';

const application = new PostgreSql();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = sqlSteps(application);
