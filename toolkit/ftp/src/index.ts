// FTP, as a package that a worker can offer.

import type { AnyStep, Application } from '@sluice/sdk';
import { fileSteps } from '@sluice/toolkit-files';
import { Ftp } from './application.ts';

export { Ftp } from './application.ts';

const application = new Ftp();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = fileSteps(application);
