// Dropbox, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { Dropbox } from './application/dropbox.ts';
import { DownloadFile, UploadFile } from './connectors/contents.ts';
import { ListFolder, SearchFiles } from './connectors/lists.ts';
import { table } from './connectors/table.ts';

export { Dropbox } from './application/dropbox.ts';

export const applications: readonly Application[] = [new Dropbox()];

export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  new ListFolder(application),
  new SearchFiles(application),
  new UploadFile(application),
  new DownloadFile(application),
  ...stepsOf(application, table),
]);
