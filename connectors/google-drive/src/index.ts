// Google Drive, as a package that a worker can offer.

import { type AnyStep, type Application, stepsOf } from '@sluice/sdk';
import { GoogleDrive, GoogleDriveService } from './application/google-drive.ts';
import { DownloadFile, ExportFile, ReplaceContent, UploadFile } from './connectors/contents.ts';
import { ListChanges } from './connectors/list-changes.ts';
import { common, table } from './connectors/table.ts';

export { GoogleDrive, GoogleDriveService } from './application/google-drive.ts';

/** As a person, and as a service account. */
export const applications: readonly Application[] = [new GoogleDrive(), new GoogleDriveService()];

/** All connectors, for each of the applications. */
export const steps: readonly AnyStep[] = applications.flatMap((application) => [
  ...stepsOf(application, table, common),
  new ListChanges(application),
  new DownloadFile(application),
  new ExportFile(application),
  new UploadFile(application),
  new ReplaceContent(application),
]);
