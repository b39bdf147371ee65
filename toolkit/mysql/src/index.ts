// MySQL and MariaDB, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { sqlSteps } from '@sluice/toolkit-sql';
import { MySql } from './application.ts';

export { MySql } from './application.ts';

const application = new MySql();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = sqlSteps(application);
