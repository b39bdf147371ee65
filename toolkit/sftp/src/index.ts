// SFTP, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { fileSteps } from '@sluice/toolkit-files';
import { Sftp } from './application.ts';

export { Sftp } from './application.ts';

const application = new Sftp();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = fileSteps(application);
