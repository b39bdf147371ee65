// Files, as a package that a worker can offer: those of the worker itself, and the steps that other stores of files share.

import type { AnyStep, Application } from '@sluice/sdk';
import { LocalFiles } from './local/local-files.ts';
import { fileSteps } from './steps/index.ts';

export { LocalFiles } from './local/local-files.ts';
export { remotePath } from './paths.ts';
export { fileSteps } from './steps/index.ts';
export { exists, FileApplication, type FileClient, type FileEntry, notFound, tooLarge } from './store.ts';

const application = new LocalFiles();
export const applications: readonly Application[] = [application];
export const steps: readonly AnyStep[] = fileSteps(application);
